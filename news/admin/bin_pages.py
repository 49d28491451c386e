"""The recycle bin in the admin: deleting moves there, restoring brings back, and only 管理员 delete for good."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, DELETION
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from news import recycling
from news.models import Article
from portal.pagination import page_of
from portal.proxies import address_of

PER_PAGE = 50
CHOSEN_MAX = 200


class BinPages:
    """Admin mixin. The list, search and every other page of the admin leave out what is in the bin."""

    delete_confirmation_template = "admin/news/article/delete.html"
    delete_selected_confirmation_template = "admin/news/article/delete_selected.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("bin/", view(self.bin_view), name="news_article_bin"),
            path("bin/restore/", view(self.bin_restore_view), name="news_article_bin_restore"),
            path("bin/erase/", view(self.bin_erase_view), name="news_article_bin_erase"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        context = {"may_open_bin": self.has_delete_permission(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def get_queryset(self, request):
        return super().get_queryset(request).kept()

    def get_deleted_objects(self, objs, request):
        """What the page that asks says: the articles, and why they may not be deleted if they may not."""
        articles = list(objs)
        if reason := recycling.refusal(articles, by=request.user):
            return [], {}, set(), [reason]
        may_delete = all(self.has_delete_permission(request, article) for article in articles)
        return [article.title for article in articles], {}, set() if may_delete else {self.opts.verbose_name}, []

    def delete_model(self, request, obj):
        recycling.delete([obj.pk], by=request.user, address=address_of(request))

    def delete_queryset(self, request, queryset):
        recycling.delete(list(queryset.values_list("pk", flat=True)), by=request.user, address=address_of(request))

    def log_deletions(self, request, queryset):
        self.log_history(request, queryset, DELETION)  # `recycling` writes the audit log

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except recycling.Refused as error:  # somebody submitted it between the question and the answer
            messages.error(request, str(error))
            return redirect("admin:news_article_change", unquote(object_id))

    def response_action(self, request, queryset):
        try:
            with transaction.atomic():
                return super().response_action(request, queryset)
        except recycling.Refused as error:
            messages.error(request, str(error))
            return redirect("admin:news_article_changelist")

    def binned(self, request):
        """What is in the bin of what this person may see, the last deleted first."""
        found = Article.objects.in_bin().visible_to(request.user)
        return found.select_related("column", "deleted_by").defer("body", "column__body").order_by("-deleted_at", "-pk")

    @method_decorator(require_safe)
    def bin_view(self, request):
        if not self.has_delete_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "回收站",
            "page": page_of(self.binned(request), request, per_page=PER_PAGE),
            "may_erase": recycling.may_erase(request.user),
        }
        return TemplateResponse(request, "admin/news/article/bin.html", context)

    def chosen(self, request):
        """Return the keys of the ticked rows that this person may delete, and so restore."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        keys = [key for key in request.POST.getlist("article")[:CHOSEN_MAX] if key.isdecimal() and len(key) < 19]
        articles = self.binned(request).filter(pk__in=keys)
        return [article for article in articles if self.has_delete_permission(request, article)]

    @method_decorator(require_POST)
    @transaction.atomic
    def bin_restore_view(self, request):
        articles = recycling.restore(
            [article.pk for article in self.chosen(request)], by=request.user, address=address_of(request)
        )
        self.log_history(request, articles, CHANGE, "从回收站恢复")
        self.tell(request, articles, "已恢复 {} 篇文章：原来已发布的恢复为“已撤下”，其余和删除前一样。")
        return redirect("admin:news_article_bin")

    @method_decorator(require_POST)
    @transaction.atomic
    def bin_erase_view(self, request):
        """Asks once more, then deletes for good."""
        articles = self.chosen(request)
        if not recycling.may_erase(request.user):
            raise PermissionDenied
        if articles and "confirmed" not in request.POST:
            context = self.admin_site.each_context(request) | {
                "opts": self.opts,
                "title": "彻底删除",
                "articles": articles,
            }
            return TemplateResponse(request, "admin/news/article/erase.html", context)
        self.log_deletions(request, Article.objects.filter(pk__in=[article.pk for article in articles]))
        articles = recycling.erase([article.pk for article in articles], by=request.user, address=address_of(request))
        self.tell(request, articles, "已彻底删除 {} 篇文章和它们的附件。")
        return redirect("admin:news_article_bin")

    def tell(self, request, articles, message):
        if articles:
            messages.success(request, message.format(len(articles)))
        else:
            messages.warning(request, "没有选中文章，或者它们已经不在回收站里。")
