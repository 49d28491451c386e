"""The versions of an article: the list, one of them, any two side by side, and going back to one."""

from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from news.field_changes import changes
from news.models import Column, ReviewRun
from news.versions import Locked, record
from portal import audit
from portal.models import AuditEntry
from portal.pagination import page_of
from portal.proxies import address_of

PER_PAGE = 50


class ChoiceForm(forms.Form):
    """Which two versions to put beside each other."""

    left = forms.IntegerField(min_value=1, max_value=1_000_000)
    right = forms.IntegerField(min_value=1, max_value=1_000_000)


class VersionPages:
    """Admin mixin. Who may see the article may see its versions; who may change it may go back to one."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/versions/", view(self.version_list_view), name="news_article_versions"),
            path("<int:pk>/versions/compare/", view(self.compare_view), name="news_article_compare"),
            path("<int:pk>/versions/<int:number>/", view(self.version_view), name="news_article_version"),
            path("<int:pk>/versions/<int:number>/restore/", view(self.restore_view), name="news_article_restore"),
            *super().get_urls(),
        ]

    def seen_article(self, request, pk):
        """Return the article `pk` if this person may see it; who may not is refused."""
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404("没有这篇文章，或者它在回收站里。")
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def version_of(self, request, pk, number):
        article = self.seen_article(request, pk)
        versions = article.versions.select_related("created_by")
        return article, get_object_or_404(versions, number=number)

    def desk_page(self, request, template, article, title, **context):
        """Answer with a page about `article` within the admin."""
        context |= self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "article": article,
            "has_change_permission": self.has_change_permission(request, article),
        }
        return TemplateResponse(request, f"admin/news/article/{template}", context)

    def version_marks(self, article):
        """Return {key of a version: what it is now}."""
        marks = {}
        reviewing = article.runs.filter(state=ReviewRun.State.REVIEWING).values_list("version", flat=True)
        named = [(article.latest_version_id, "最新"), (article.live_version_id, "在线")]
        for key, word in [*named, *((key, "审核中") for key in reviewing)]:
            marks.setdefault(key, []).append(word)
        return marks

    @method_decorator(require_safe)
    def version_list_view(self, request, pk):
        article = self.seen_article(request, pk)
        versions = article.versions.select_related("created_by").defer("content")
        page, marks = page_of(versions, request, per_page=PER_PAGE), self.version_marks(article)
        for version in page:
            version.marks = marks.get(version.pk, [])
        return self.desk_page(request, "versions.html", article, f"版本记录：{article.title}", page=page)

    @method_decorator(require_safe)
    def version_view(self, request, pk, number):
        article, version = self.version_of(request, pk, number)
        version.marks = self.version_marks(article).get(version.pk, [])
        empty = dict.fromkeys(version.content)
        return self.desk_page(
            request, "version.html", article, f"第 {number} 版：{article.title}",
            version=version, fields=changes(empty, version.content),
        )  # fmt: skip

    @method_decorator(require_safe)
    def compare_view(self, request, pk):
        article = self.seen_article(request, pk)
        form = ChoiceForm(request.GET)
        if not form.is_valid():
            raise BadRequest("no two versions")
        numbers = sorted(form.cleaned_data.values())
        found = {
            version.number: version
            for version in article.versions.select_related("created_by").filter(number__in=numbers)
        }
        if not found.keys() >= set(numbers):
            raise Http404("没有这个版本。")
        left, right = (found[number] for number in numbers)
        return self.desk_page(
            request, "version_compare.html", article, f"版本比较：{article.title}",
            left=left, right=right, changes=changes(left.content, right.content),
        )  # fmt: skip

    @method_decorator(require_POST)
    @transaction.atomic
    def restore_view(self, request, pk, number):
        """Go back to a version: it becomes the newest one, nothing is taken out of the record."""
        article, version = self.version_of(request, pk, number)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        content = version.content | {"column_id": self.column_to_restore(request, article, version)}
        try:
            made = record(article, content, by=request.user, reason=f"恢复到第 {number} 版")
        except Locked as error:
            messages.error(request, str(error))
            return redirect("admin:news_article_versions", pk)
        if made is None:
            messages.info(request, f"第 {number} 版和现在的内容一样，不用恢复。")
        else:
            self.tell_audit(request, article, AuditEntry.Action.RESTORE, f"恢复到第 {number} 版")
            messages.success(request, f"已恢复到第 {number} 版的内容，成为第 {made.number} 版。")
        return redirect("admin:news_article_change", pk)

    def tell_audit(self, request, article, action, summary):
        self.log_history(request, [article], CHANGE, summary)
        audit.record(action, obj=article, user=request.user, address=address_of(request), summary=summary)

    def column_to_restore(self, request, article, version):
        """Return the column (its key) of `version`; that of now where it is gone, or is not this person's to write in."""
        there = copy(article)
        there.column_id = version.content["column_id"]
        exists = Column.objects.filter(pk=there.column_id).exists()
        return there.column_id if exists and self.has_change_permission(request, there) else article.column_id
