"""The library of files: what may be downloaded with articles, each content once."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from news.models import Article, Attachment, LibraryFile
from portal.admin.kept import KeptOnceAdmin
from portal.files import BEGINNINGS, download, validate_attachment

SHOWN_MAX = 50  # articles that use a file


class UploadForm(forms.ModelForm):
    upload = forms.FileField(
        label="文件",
        validators=[validate_attachment],
        widget=forms.FileInput(attrs={"accept": ",".join(BEGINNINGS)}),
        help_text=f"可以上传：{'、'.join(name[1:] for name in BEGINNINGS)}。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = "便于在文件库里查找，不会显示给读者。留空时用文件名。"


@admin.register(LibraryFile)
class LibraryFileAdmin(KeptOnceAdmin):
    add_form = UploadForm
    list_display = ("title", "extension", "measure", "uploaded_by", "created_at")
    list_select_related = ("uploaded_by",)
    list_filter = ("extension", "created_at")
    search_fields = ("title",)
    readonly_fields = ("link", "measure", "used_in", "uploaded_by", "created_at")

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file:
            file.seen_by = request.user  # for `used_in`, which is not given the request
        return file

    def get_fields(self, request, obj=None):
        return ("upload", "title") if obj is None else ("title", *self.readonly_fields)

    def get_deleted_objects(self, objs, request):
        """A file that an article names, be it in an old version, is not deleted: the page shows where it is used."""
        deletable, counts, needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [self._name_of(article, request) for article in articles_with(objs)]
        return deletable, counts, needed, protected

    def _name_of(self, article, request):
        """Return the name of an article that uses a file, to those who may see it."""
        name = str(article) if article.is_visible_to(request.user) else "（您没有查看的权限）"
        return f"{capfirst(article._meta.verbose_name)}：{name}"

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="news_libraryfile_file"), *super().get_urls()]

    def file_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        file = get_object_or_404(self.get_queryset(request), pk=pk)
        return download(file.file, str(file))

    @admin.display(description="下载")
    def link(self, file):
        return format_html('<a href="{}">{}</a>', reverse("admin:news_libraryfile_file", args=[file.pk]), file)

    @admin.display(description="大小", ordering="size")
    def measure(self, file):
        return filesizeformat(file.size)

    @admin.display(description="用在")
    def used_in(self, file):
        """The articles that name the file in any version: a link to each, for those who may see it."""
        articles = articles_with([file])
        seen = [article for article in articles if article.is_visible_to(file.seen_by)]
        links = ((reverse("admin:news_article_change", args=[article.pk]), article) for article in seen)
        unseen = len(articles) - len(seen)
        return format_html(
            "{}{}", format_html_join("；", '<a href="{}">{}</a>', links),
            f"（另有 {unseen} 篇，您没有查看的权限）" if unseen else "" if seen else "没有文章用它",
        )  # fmt: skip


def articles_with(files):
    """Return the articles that name one of `files` in any version, the newest first."""
    named = Attachment.objects.filter(library_file__in=files).values("article")
    return list(Article.objects.filter(pk__in=named).defer("body").order_by("-pk")[:SHOWN_MAX])
