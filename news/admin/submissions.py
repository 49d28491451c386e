"""投稿 in the admin: what came stays as it came; staff read, send back, adopt or decline it, each step on record."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST, require_safe

from news.admin.columns import ColumnChoiceField
from news.admin.contribution_figures import rates_view
from news.admin.sources import SourceField
from news.contributions import adoption, rights, steps
from news.models import Article, Column, RightsStatement, Role, Submission, SubmissionFile
from news.roles import columns_of, has_role
from portal.admin.desk import DeskAdmin
from portal.files import download
from portal.headers import DOWNLOAD_POLICY
from portal.proxies import address_of
from portal.receipt_pages import taken_home
from portal.receipts import read_number

SENT = (
    "shown_number", "title", "source", "author", "phone", "email", "text", "sent_files", "rights", "notice",
    "consented_at", "created_by", "created_at", "stage", "adopted_as", "suspicion",
)  # fmt: skip
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
STEPS = {"read": steps.read, "release": steps.release, "send_back": steps.send_back, "decline": steps.decline}
DONE = {
    "read": "已标为已读。",
    "release": "已放行。",
    "send_back": "已退回，投稿人查询时看到您的意见。",
    "decline": "已记为不采用。",
}


class RemarksForm(forms.Form):
    remarks = forms.CharField(max_length=500, required=False)


class AdoptForm(forms.Form):
    """Where the article goes, and under which source: the name that was sent, or what staff correct it to."""

    column = ColumnChoiceField(label="栏目", queryset=Column.objects.none())
    source = SourceField(required=True)
    submits = forms.BooleanField(label="马上送审", required=False, initial=True)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        columns = Column.objects.filter(kind=Column.Kind.LIST).with_tree_fields()
        allowed = columns_of(user, Role.EDITOR)
        self.fields["column"].queryset = columns if allowed is None else columns.filter(pk__in=allowed)
        self.fields["source"].may_make = user.has_perm("news.add_source")


class QuarantineFilter(admin.SimpleListFilter):
    """What looks like spam waits apart."""

    title = "疑似垃圾信息"
    parameter_name = "suspect"

    def lookups(self, request, model_admin):
        return [("yes", "只看疑似的")]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": "不看疑似的"}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(is_quarantined=self.value() == "yes")


@admin.register(Submission)
class SubmissionAdmin(DeskAdmin):
    list_display = ("title", "source", "author", "stage", "created_by", "created_at")
    list_filter = ("stage", QuarantineFilter)
    list_select_related = ("created_by",)
    list_defer = ("body", "document_text")
    search_fields = ("number", "title", "source", "author")
    date_hierarchy = "created_at"
    fields = SENT
    readonly_fields = SENT
    change_form_template = "admin/news/submission/change_form.html"
    change_list_template = "admin/news/submission/change_list.html"

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_work_on(self, request):
        return self.has_change_permission(request) and has_role(request.user)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("rates/", view(require_safe(rates_view)), name="news_submission_rates"),
            path("files/<int:pk>/", view(require_safe(self.file_view)), name="news_submission_file"),
            path("<int:pk>/person/<slug:what>/", view(require_POST(self.person_view)), name="news_submission_person"),
            path("<int:pk>/step/<slug:act>/", view(require_POST(self.step_view)), name="news_submission_step"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        submission = self.get_object(request, object_id)
        context = {"show_save": False, "show_save_and_continue": False}
        if submission:
            context |= self._panel(request, submission)
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _panel(self, request, submission):
        context = {"steps": submission.steps.select_related("by"), "submission": submission}
        context["may_erase"] = request.user.has_perm("news.erase_contributor")
        if self.may_work_on(request) and submission.is_at_desk:
            context["works"] = True
            if self._may_adopt(request) and not submission.is_quarantined:
                context["adopt_form"] = AdoptForm(
                    user=request.user, initial={"source": submission.source, "submits": True}
                )
        return context

    def _may_adopt(self, request):
        columns = columns_of(request.user, Role.EDITOR)
        return request.user.has_perm("news.add_article") and (columns is None or bool(columns))

    def step_view(self, request, pk, act):
        if not self.may_work_on(request):
            raise PermissionDenied
        submission = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            if act == "adopt":
                return self._adopt(request, submission)
            if act not in STEPS:
                raise Http404
            return self._step(request, submission, act)
        except steps.Refused as refusal:
            kept = request.POST.get("remarks", "").strip()[:500]
            messages.error(request, f"{refusal}{f'您写的意见：“{kept}”' if kept else ''}")
        return redirect("admin:news_submission_change", pk)

    def _step(self, request, submission, act):
        form = RemarksForm(request.POST)
        if not form.is_valid():
            raise steps.Refused("意见最多 500 字。")
        given = {"remarks": form.cleaned_data["remarks"]} if act in ("send_back", "decline") else {}
        STEPS[act](submission, by=request.user, address=address_of(request), **given)
        messages.success(request, DONE[act])
        return redirect("admin:news_submission_change", submission.pk)

    def _adopt(self, request, submission):
        if not self._may_adopt(request):
            raise PermissionDenied
        form = AdoptForm(request.POST, user=request.user)
        if not form.is_valid():
            raise steps.Refused(
                "没有采用。" + "；".join(f"{form.fields[n].label}：{e[0]}" for n, e in form.errors.items())
            )
        given = {"by": request.user, "address": address_of(request)}
        was_adopted = submission.stage == Submission.Stage.ADOPTED
        article = adoption.adopt(
            submission, column=form.cleaned_data["column"], source=form.cleaned_data["source"], **given
        )  # fmt: skip
        if was_adopted:
            messages.info(request, "这篇稿件已经采用过，这是它的文章。")
        else:
            messages.success(request, "已采用，存为文章的草稿，来稿的图片存入图库。")
            if form.cleaned_data["submits"] and (remark := adoption.submitted(article, **given)):
                messages.warning(request, remark)
        return redirect("admin:news_article_change", article.pk)

    def person_view(self, request, pk, what):
        """Export or erase the data of the contributor, who asked for it with the receipt number."""
        if not request.user.has_perm("news.erase_contributor"):
            raise PermissionDenied
        submission = get_object_or_404(self.get_queryset(request), pk=pk)
        given = {"user": request.user, "address": address_of(request)}
        if what == "export":
            return taken_home(submission.number, rights.export_person(submission, **given))
        if what != "erase":
            raise Http404("没有这个操作。")
        if read_number(request.POST.get("number", "")) != submission.number:
            messages.error(request, "没有删除：请输入这篇稿件的编号来确认。")
        else:
            rights.erase_person(submission, **given)
            messages.success(request, "投稿人的信息已经删除，统计数字保留。")
        return redirect("admin:news_submission_change", pk)

    def file_view(self, request, pk):
        """A file of a submission: a picture is shown, a document is a download. For those who see the submission."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(SubmissionFile.objects.filter(submission__in=self.get_queryset(request)), pk=pk)
        try:
            if row.is_document:
                return download(row.file, row.name)
            with row.file.open("rb") as file:
                response = HttpResponse(file.read(), content_type=PICTURE_TYPES[row.file.name.rpartition(".")[2]])
        except OSError:
            raise Http404("这个文件不见了。") from None
        response["Content-Security-Policy"] = DOWNLOAD_POLICY
        return response

    @admin.display(description="编号")
    def shown_number(self, submission):
        return submission.shown_number

    @admin.display(description="正文")
    def text(self, submission):
        return submission.text

    @admin.display(description="文件")
    def sent_files(self, submission):
        rows = [(reverse("admin:news_submission_file", args=[row.pk]), row.name) for row in submission.files.all()]
        return format_html_join("\n", '<a href="{}" target="_blank" rel="noopener">{}</a><br>', rows) or "没有"

    @admin.display(description="文章")
    def adopted_as(self, submission):
        if not submission.article_id:
            return "—"
        url = reverse("admin:news_article_change", args=[submission.article_id])
        return format_html('<a href="{}">采用后的文章（{}）</a>', url, submission.article_id)

    @admin.display(description="可疑原因")
    def suspicion(self, submission):
        return "；".join(submission.spam_reasons) or "—"


@admin.register(RightsStatement)
class RightsStatementAdmin(DeskAdmin):
    """Versions are added; one that contributors have been shown is never changed or removed."""

    list_display = ("__str__", "text", "created_at")
    fields = ("text",)

    def get_changeform_initial_data(self, request):
        return {"text": RightsStatement.objects.in_force().text} | super().get_changeform_initial_data(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def link_to_submission(article: Article):
    """Return the link from an adopted article to what was sent in; a dash where it is none."""
    is_sent_in = article.pk and article.kind == Article.Kind.SUBMISSION
    submission = Submission.objects.filter(article=article.pk).only("pk", "number").first() if is_sent_in else None
    if submission is None:
        return "—"
    url = reverse("admin:news_submission_change", args=[submission.pk])
    return format_html('<a href="{}">{}</a>', url, submission.shown_number)
