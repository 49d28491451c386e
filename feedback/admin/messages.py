"""The inbox and the page of a message. The visitor's words stay as they came; everything else is a step."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from feedback import handling, rights
from feedback.admin.exports import ExportForm, workbook_response
from feedback.admin.masking import MaskingViews
from feedback.admin.steps import STEPS
from feedback.admin.work import work_context
from feedback.clock import Calendar
from feedback.models import Message, MessageAttachment
from portal.admin.desk import DeskAdmin
from portal.files import download
from portal.proxies import address_of
from portal.receipt_pages import taken_home

Stage = Message.Stage


class ClockFilter(admin.SimpleListFilter):
    title = "期限"
    parameter_name = "clock"

    def lookups(self, request, model_admin):
        return [("red", "已超期"), ("amber", "快到期")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "red":
            return queryset.overdue(today)
        if self.value() == "amber":
            return queryset.nearly_due(today, Calendar.current().amber_until(today))
        return queryset


@admin.register(Message)
class MessageAdmin(MaskingViews, DeskAdmin):
    actions = None  # a message ends by a step, with a history
    change_list_template = "admin/feedback/message/change_list.html"
    list_display = (
        "title",
        "stage",
        "clock",
        "shown_number",
        "topic",
        "department",
        "assigned_to",
        "publicity",
        "created_at",
    )
    list_display_links = ("title", "shown_number")
    list_filter = ("stage", ClockFilter, "topic", "is_public", "may_publish")
    list_select_related = ("topic", "assigned_to")
    list_defer = ("body", "passage")
    search_fields = ("number", "title", "body")  # no contacts: what is searched stands in addresses, and so in logs
    search_help_text = "编号、标题或内容"
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        return super().get_queryset(request).in_inbox()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # what a person asks to be erased goes by the step for it

    def is_on_site(self, obj):
        return obj.is_public

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("export/", view(require_POST(self.export_view)), name="feedback_message_export"),
            path("attachments/<int:pk>/", view(require_safe(self.attachment_view)), name="feedback_message_attachment"),
            path("<int:pk>/step/<slug:name>/", view(require_POST(self.step_view)), name="feedback_message_step"),
            path("<int:pk>/reveal/", view(require_POST(self.reveal_view)), name="feedback_message_reveal"),
            path("<int:pk>/person/<slug:what>/", view(require_POST(self.person_view)), name="feedback_message_person"),
            *self.masking_urls(view),
            *super().get_urls(),
        ]

    def get_changelist_instance(self, request):
        """The list, its rows with one calendar for all."""
        changelist = super().get_changelist_instance(request)
        calendar = Calendar.current()
        for message in changelist.result_list:
            message.calendar = calendar
        return changelist

    def changelist_view(self, request, extra_context=None):
        counts = self.get_queryset(request).filter(stage__in=handling.OPEN).order_by().values_list("stage")
        counts = dict(counts.annotate(Count("pk")))
        tabs = [(stage, stage.label, counts.get(stage, 0) if stage in handling.OPEN else None) for stage in Stage]
        current = request.GET.get("stage__exact", "")
        context = {"title": "留言", "tabs": tabs, "current_stage": current, "export_form": ExportForm(stage=current)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a message. It holds no form of the whole: what staff do are steps."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self.work_page(request, self.message_or_404(request, object_id))

    def message_or_404(self, request, pk):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        rows = Message.objects.select_related(
            "topic", "assigned_to", "reply__replied_by", "draft__written_by", "merged_into"
        )
        message = rows.filter(pk=pk).first() if str(pk).isdigit() else None
        if message is None:
            raise Http404("没有这条留言。")
        return message

    def work_page(self, request, message, *, bound=None, status=200, revealed=False):
        context = self.admin_site.each_context(request) | {"opts": self.opts, "revealed": revealed}
        context |= work_context(message, request.user, bound=bound, template=request.GET.get("template", ""))
        return render(request, "admin/feedback/message/work.html", context, status=status)

    def step_view(self, request, pk, name):
        message, step = self.message_or_404(request, pk), STEPS.get(name)
        if step is None:
            raise Http404("没有这个操作。")
        if not request.user.has_perm(f"feedback.{step.permission}"):
            raise PermissionDenied
        form = step.form(request.POST, message=message, prefix=name)
        if form.is_valid():
            try:
                step.do(message, by=request.user, **form.values())
            except handling.NotNow as error:
                form.add_error(None, str(error))
        if form.errors:
            return self.work_page(request, message, bound={name: form}, status=422)
        messages.success(request, f"已{step.label}。")
        return redirect("admin:feedback_message_change", pk)

    def reveal_view(self, request, pk):
        """Show the contact data once, and write down who saw it."""
        message = self.message_or_404(request, pk)
        if not request.user.has_perm("feedback.reveal_contacts"):
            raise PermissionDenied
        handling.reveal(message, by=request.user, address=address_of(request))
        return self.work_page(request, self.message_or_404(request, pk), revealed=True)

    def person_view(self, request, pk, what):
        """Export or erase the data of the sender, who asked for it with the receipt number."""
        message = self.message_or_404(request, pk)
        if not request.user.has_perm("feedback.erase_person"):
            raise PermissionDenied
        if what == "export":
            given = {"user": request.user, "address": address_of(request)}
            return taken_home(message.number, rights.export_person(message, **given))
        if what != "erase":
            raise Http404("没有这个操作。")
        if request.POST.get("number", "").replace("-", "").strip() != message.number:
            messages.error(request, "没有删除：请输入这条留言的编号来确认。")
        else:
            rights.erase_person(message, user=request.user, address=address_of(request))
            messages.success(request, "这个人的信息已经删除，统计数字保留。")
        return redirect("admin:feedback_message_change", pk)

    def attachment_view(self, request, pk):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        item = get_object_or_404(MessageAttachment.objects.filter(message__isnull=False), pk=pk)
        return download(item.file, item.name)

    def export_view(self, request):
        if not request.user.has_perm("feedback.export_messages"):
            raise PermissionDenied
        form = ExportForm(request.POST)
        may_personal = request.user.has_perm("feedback.export_personal_data")
        if not form.is_valid() or (form.cleaned_data["personal"] and not may_personal):
            messages.error(request, "没有导出：请检查条件，含个人信息的导出需要另外的权限。")
            return redirect("admin:feedback_message_changelist")
        return workbook_response(request, form.cleaned_data)

    @admin.display(description="编号", ordering="number")
    def shown_number(self, message):
        return message.shown_number

    @admin.display(description="公开", ordering="is_public", empty_value="")
    def publicity(self, message):
        return "已公开" if message.is_public else None

    @admin.display(description="期限", ordering="due_on")
    def clock(self, message):
        if message.due_on is None or message.stage not in handling.OPEN:
            return message.due_on
        light = message.calendar.light(message.due_on)
        return format_html('<span class="light light-{}">{} {}</span>', light.name.lower(), message.due_on, light.value)
