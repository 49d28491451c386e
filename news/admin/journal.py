from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path

from news.models import JournalEntry, JournalIssue
from portal.admin.desk import DeskAdmin, PartInline
from portal.admin.widgets import KeptFileInput
from portal.files import download


class IssueForm(forms.ModelForm):
    class Meta:
        widgets = {"pdf": KeptFileInput}


class ArticleChoiceField(forms.ModelChoiceField):
    """An article that `user` may not see is a number to him."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def label_from_instance(self, obj):
        is_seen = obj.is_visible_to(self.user) or obj.is_published()
        return str(obj) if is_seen else f"文章 {obj.pk}（您没有查看的权限）"


class EntryInline(PartInline):
    model = JournalEntry
    fields = ("section", "title", "author", "page", "article", "position")
    autocomplete_fields = ("article",)

    def get_fields(self, request, obj=None):
        may_change = request.user.has_perm("news.change_journalissue")
        return self.fields if may_change else tuple(name for name in self.fields if name != "article")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "article":
            kwargs["form_class"] = partial(ArticleChoiceField, user=request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(JournalIssue)
class JournalIssueAdmin(DeskAdmin):
    form = IssueForm
    list_display = ("__str__", "title", "status", "published_at", "has_pdf")
    list_filter = ("status", "year")
    search_fields = ("title", "=year", "=number")
    fieldsets = (
        (None, {"fields": (("year", "number"), "title", "cover", "introduction", "pdf")}),
        ("发布", {"fields": ("status", ("published_at", "expires_at"))}),
    )
    inlines = (EntryInline,)

    def is_on_site(self, obj):
        return obj.is_published()

    def get_urls(self):
        view = self.admin_site.admin_view(self.pdf_view)
        return [path("<int:pk>/pdf/", view, name="news_journalissue_file"), *super().get_urls()]

    def pdf_view(self, request, pk):
        """The issue's PDF for staff, whether it is published or not."""
        issue = get_object_or_404(JournalIssue.objects.exclude(pdf=""), pk=pk)
        if not self.has_view_permission(request, issue):
            raise PermissionDenied
        return download(issue.pdf, f"{issue}.pdf")

    @admin.display(description="PDF", boolean=True)
    def has_pdf(self, issue):
        return bool(issue.pdf)
