from copy import deepcopy

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from news import placement, recycling, review, states, versions
from news.admin.article_actions import ArticleActions
from news.admin.article_form import PLACES, ArticleForm
from news.admin.article_list import ArticleChangeList, ReviewFilter
from news.admin.article_review import ReviewsArticles, told
from news.admin.attachments import AttachmentInline
from news.admin.bin_pages import BinPages
from news.admin.columns import ColumnChoiceField, ColumnFilter
from news.admin.label_report import label_report_view
from news.admin.opened import OpenedVersions
from news.admin.previews import Previews
from news.admin.proofing import ProofingAdmin
from news.admin.submissions import link_to_submission
from news.admin.unsaved import UnsavedForms
from news.admin.version_pages import VersionPages
from news.admin.word import WordAdmin
from news.models import Article, Attachment, Column, Role, Source, Tag
from news.roles import columns_of, roles_of
from portal.admin.desk import DeskAdmin
from portal.admin.periods import period_filter
from portal.exporting import Exporting
from portal.files import download
from portal.proxies import address_of
from portal.publishing import Status


@admin.register(Article)
class ArticleAdmin(
    BinPages, Previews, VersionPages, UnsavedForms, OpenedVersions, ArticleActions, ReviewsArticles, ProofingAdmin,
    WordAdmin, Exporting, DeskAdmin,
):  # fmt: skip
    """Articles, as versions and reviews let people work on them: by role and column, object by object."""

    form = ArticleForm
    list_display = ("title", "column", "state", "published_at", "marks", "view_count", "created_by")
    list_select_related = ("column", "created_by")
    list_defer = ("body", "column__body")
    list_filter = (ReviewFilter, "status", ColumnFilter, "is_headline", period_filter("published_at"))
    search_fields = ("title", "source__name", "author")
    readonly_fields = ("proofing", "sent_in_as", "view_count", "created_by", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "column", "kind", "source", ("author", "editor"))}),
        ("转载", {"fields": ("source_url", ("original_title", "original_author"))}),
        ("正文", {"fields": ("body", "proofing", "summary", "cover", "tag_names")}),
        ("发布", {"fields": (("published_at", "expires_at"), ("pinned_until", "is_headline"))}),
        ("修改", {"fields": ("change_reason", "correction_note")}),
        ("记录", {"fields": (("view_count", "created_by"), ("created_at", "updated_at"), "sent_in_as")}),
    )
    inlines = (AttachmentInline,)
    export_related = ("column", "source", "created_by")
    export_columns = (
        ("编号", "pk"), ("标题", "title"), ("栏目", "column"), ("来源", "source"), ("作者", "author"),
        ("责任编辑", "editor"), ("状态", "exported_state"), ("发布时间", "published_at"), ("点击量", "view_count"),
        ("录入人", "created_by"), ("录入时间", "created_at"), ("地址", "get_absolute_url"),
    )  # fmt: skip
    export_widths = (8, 50, 20, 20, 12, 12, 10, 20, 10, 12, 20, 16)
    change_form_template = "admin/news/article/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        return row and versions.draft_of(row)

    # Rights ---------------------------------------------------------------------------------------

    def has_add_permission(self, request):
        columns = columns_of(request.user, Role.EDITOR)
        return super().has_add_permission(request) and (columns is None or bool(columns))

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj) or obj is None:
            return super().has_change_permission(request, obj)
        # While it is reviewed it is for reading. A form that was open before is answered by the form itself.
        is_open = request.method == "POST" or not self._is_reviewing(obj)
        return is_open and review.may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        if not super().has_delete_permission(request, obj) or obj is None:
            return super().has_delete_permission(request, obj)
        if self._is_reviewing(obj):
            return False
        return recycling.may_erase(request.user) or (not obj.is_live and review.may_edit(request.user, obj))

    def has_view_permission(self, request, obj=None):
        if not super().has_view_permission(request, obj) or obj is None:
            return super().has_view_permission(request, obj)
        return obj.is_visible_to(request.user)

    def _is_reviewing(self, article):
        run = review.active_run(article)
        return run is not None and run.is_reviewing

    # The form -------------------------------------------------------------------------------------

    class Media:
        js = tuple(f"portal/js/admin/{name}.js" for name in ("proof-places", "proof-marks", "proofing"))

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets[:-2]
        if obj.is_live and self.has_change_permission(request, obj):
            return self.fieldsets
        name, _options = self.fieldsets[-2]
        change = (name, {"fields": ("change_reason",)})
        shown = [change] if self.has_change_permission(request, obj) else []
        return (*self.fieldsets[:-2], *shown, self.fieldsets[-1])

    def get_readonly_fields(self, request, obj=None):
        user = request.user
        row = obj and (obj.row or obj)
        may_place = placement.may_place(user, row.column_id) if row else placement.may_place_somewhere(user)
        return self.readonly_fields if may_place else (*self.readonly_fields, *PLACES)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        # Copies: the declared fields are one object for all requests, and rights are this user's.
        if "source" in form.base_fields:
            form.base_fields["source"] = source = deepcopy(form.base_fields["source"])
            source.may_make = request.user.has_perm("news.add_source")
        if "tag_names" in form.base_fields:
            form.base_fields["tag_names"] = tags = deepcopy(form.base_fields["tag_names"])
            tags.allow_making(request.user.has_perm("news.add_tag"))
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "column":
            kwargs |= {"form_class": ColumnChoiceField, "queryset": editable_columns(request.user)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (versions.Locked, review.Refused) as refusal:  # somebody else was quicker, within this very moment
            messages.error(request, str(refusal))
            return redirect("admin:news_article_change", object_id)

    def save_model(self, request, obj, form, change):
        if obj.source and obj.source._state.adding:
            obj.source, is_new = Source.objects.get_or_create(name=obj.source.name)
            if is_new:
                self.log_addition(request, obj.source, [{"added": {}}])
        if not change:
            obj.created_by, obj.status = request.user, Status.DRAFT
            obj.published_at = obj.published_at or timezone.now()
            obj.save(is_findable=False)

    def save_related(self, request, form, formsets, change):
        """Keep the version. The row follows it, or its approval: see `news.versions`."""
        article = form.instance
        row = article.row or article
        form.cleaned_data["tag_names"] = [self._kept(request, tag) for tag in form.cleaned_data["tag_names"]]
        content = form.content(formsets[0].places())
        reason = form.cleaned_data.get("change_reason", "")
        told = "；".join(filter(None, [reason, form.answer]))[:200]
        record = versions.record_held if change else versions.record_first
        record(row, content, by=request.user, reason=told)
        self.forget_unsaved(request, article)
        places = {name: form.cleaned_data[name] for name in PLACES if change and name in form.changed_data}
        if places:
            placement.place(article, by=request.user, address=address_of(request), **places)
        findings = self.tell_findings(request, row, content)
        if "_submit" in request.POST:
            note = form.cleaned_data.get("correction_note", "")
            levels = roles_of(request.user).levels  # read within this transaction
            self._submit(request, row, reason=reason, note=note, findings=findings, levels=levels)

    def _submit(self, request, article, **given):
        try:
            run = review.submit_held(article, by=request.user, address=address_of(request), **given)
        except review.Refused as refusal:
            request.is_refused = True
            messages.error(request, f"已保存，但没有提交：{refusal}")
        else:
            messages.success(request, f"《{article}》{told('submit', run)}")

    def response_add(self, request, obj, post_url_continue=None):
        if getattr(request, "is_refused", False):
            return redirect("admin:news_article_change", obj.pk)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if getattr(request, "is_refused", False):
            return redirect("admin:news_article_change", obj.pk)
        return super().response_change(request, obj)

    def _kept(self, request, tag):
        """Return `tag` saved; meanwhile somebody else may have made one of the same name."""
        if not tag._state.adding:
            return tag
        tag, is_new = Tag.objects.get_or_create(name=tag.name)
        if is_new:
            self.log_addition(request, tag, [{"added": {}}])
        return tag

    def is_on_site(self, obj):
        row = obj.row or obj
        return row.is_published() and row.column.is_public

    def get_urls(self):
        view = self.admin_site.admin_view(self.attachment_view)
        report = self.admin_site.admin_view(label_report_view)
        return [
            path("attachments/<int:pk>/", view, name="news_attachment_file"),
            path("labels/", report, {"admin_site": self.admin_site}, name="news_label_report"),
            *self.proofing_urls(),
            *self.word_urls(),
            *super().get_urls(),
        ]

    def attachment_view(self, request, pk):
        """An attachment for staff, whether its article is published or not."""
        attachment = get_object_or_404(Attachment.objects.select_related("article", "library_file"), pk=pk)
        if not self.has_view_permission(request, attachment.article):
            raise PermissionDenied
        return download(attachment.library_file.file, attachment.file_name)

    @admin.display(description="状态", ordering="status")
    def state(self, article):
        return states.state_of(article, next(iter(article.active_runs), None))

    def exported_state(self, article):
        return states.time_state(article)

    @admin.display(description="投稿")
    def sent_in_as(self, article):
        return link_to_submission(article)

    @admin.display(description="标记")
    def marks(self, article):
        marks = [("置顶", article.is_pinned()), ("头条", article.is_headline)]
        return "、".join(word for word, is_set in marks if is_set)

    @admin.display(description="标签")
    def tag_names(self, article):
        return "、".join(versions.tag_names(article))


def editable_columns(user):
    """Return the columns that `user` may put articles into, in the order of the tree."""
    columns = Column.objects.filter(kind=Column.Kind.LIST).with_tree_fields()
    keys = columns_of(user, Role.EDITOR)
    return columns if keys is None else columns.filter(pk__in=keys)
