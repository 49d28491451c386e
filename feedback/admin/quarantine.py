"""What looks like spam waits here, with the reasons; a click brings it into the inbox."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from feedback import handling
from feedback.models import MessageAttachment, Quarantined
from portal.admin.desk import DeskAdmin
from portal.files import download
from portal.proxies import address_of

DECISIONS = {
    "_release": (handling.release, "已放行，可以在“留言”里办理了，从现在开始计时。"),
    "_spam": (handling.confirm_spam, "已确认是垃圾信息。"),
}


class DecisionFilter(admin.SimpleListFilter):
    title = "判断"
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("waiting", "等待判断"), ("spam", "已确认是垃圾信息")]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.exclude(stage=Quarantined.Stage.SPAM)
        return queryset.filter(stage=Quarantined.Stage.SPAM) if self.value() == "spam" else queryset


@admin.register(Quarantined)
class QuarantineAdmin(DeskAdmin):
    list_display = ("title", "why", "spam_score", "decision", "topic", "created_at")
    list_filter = (DecisionFilter, "topic")
    list_select_related = ("topic",)
    list_defer = ("body",)
    search_fields = ("title", "body")
    date_hierarchy = "created_at"
    actions = ("release", "confirm")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_actions(self, request):
        return super().get_actions(request) if self.has_change_permission(request) else {}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a message in quarantine. It holds no form of the whole: what staff do are decisions."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        rows = Quarantined.objects.select_related("topic")
        message = get_object_or_404(rows, pk=object_id) if str(object_id).isdecimal() else None
        if message is None:
            raise Http404("没有这条留言。")
        if request.method != "POST":
            return self.look_page(request, message)
        return self.revealed(request, message) if "_reveal" in request.POST else self.decided(request, message)

    def look_page(self, request, message, *, revealed=False):
        context = self.admin_site.each_context(request) | {
            "title": f"疑似垃圾信息 {message.shown_number}",
            "opts": self.opts,
            "message_row": message,
            "attachments": message.attachments.all(),
            "steps_taken": message.steps.select_related("by"),
            "revealed": revealed,
            "may_change": self.has_change_permission(request),
            "may_reveal": request.user.has_perm("feedback.reveal_contacts"),
        }
        return render(request, "admin/feedback/quarantined/look.html", context)

    def revealed(self, request, message):
        """Show the contact data once, and write down who saw it."""
        if not request.user.has_perm("feedback.reveal_contacts"):
            raise PermissionDenied
        handling.reveal(message, by=request.user, address=address_of(request))
        return self.look_page(request, message, revealed=True)

    def decided(self, request, message):
        if not self.has_change_permission(request):
            raise PermissionDenied
        name = next((name for name in DECISIONS if name in request.POST), None)
        if name is None:
            raise PermissionDenied
        act, words = DECISIONS[name]
        try:
            act(message, by=request.user, address=address_of(request))
        except handling.NotNow as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, words)
        return redirect("admin:feedback_quarantined_changelist")

    @admin.action(description="放行：移到留言，从现在开始计时", permissions=["change"])
    def release(self, request, queryset):
        messages.success(request, f"已放行 {each(handling.release, request, queryset)} 条。")

    @admin.action(description="确认是垃圾信息", permissions=["change"])
    def confirm(self, request, queryset):
        messages.success(request, f"已确认 {each(handling.confirm_spam, request, queryset)} 条。")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "疑似垃圾信息"} | (extra_context or {}))

    @admin.display(description="判断", ordering="stage")
    def decision(self, message):
        return "垃圾信息" if message.stage == Quarantined.Stage.SPAM else "等待判断"

    @admin.display(description="可疑原因")
    def why(self, message):
        return "；".join(message.spam_reasons)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.attachment_view))
        return [path("attachments/<int:pk>/", view, name="feedback_attachment"), *super().get_urls()]

    def attachment_view(self, request, pk):
        """A file of a message in quarantine: always a download."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = get_object_or_404(MessageAttachment.objects.filter(message__is_quarantined=True), pk=pk)
        return download(row.file, row.name)


def each(act, request, queryset):
    """Decide on each message by itself; return how many it fitted."""
    done = 0
    for message in queryset:
        try:
            act(message, by=request.user, address=address_of(request))
            done += 1
        except handling.NotNow:
            continue
    return done
