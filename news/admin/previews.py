"""Looking at a draft as readers will see it, and links to it for people without an account."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from news import autosaving, previewing
from news.models import PreviewLink, Tag
from news.versions import attachments_of, latest_content
from portal.models import AuditEntry


class LinkForm(forms.Form):
    life = forms.ChoiceField(label="有效期", choices=[(key, words) for key, (words, _) in previewing.LIVES.items()])


class Previews:
    """Admin mixin. A preview needs the right that its article needs; a link to give away the right to change it."""

    def get_urls(self):
        view = self.admin_site.admin_view
        version = "<int:pk>/versions/<int:number>"
        return [
            path("preview/", view(self.preview_view), name="news_article_preview"),
            path("preview/<str:key>/", view(self.preview_frame_view), name="news_article_preview_frame"),
            path("preview/<str:key>/page/", view(self.preview_page_view), name="news_article_preview_page"),
            path(f"{version}/preview/", view(self.version_frame_view), name="news_article_version_preview"),
            path(f"{version}/preview/page/", view(self.version_page_view), name="news_article_version_page"),
            path(f"{version}/links/", view(self.links_view), name="news_article_links"),
            path("links/<int:pk>/revoke/", view(self.revoke_view), name="news_article_link_revoke"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def preview_view(self, request):
        """Keep the form as it is, unsaved, and show its preview."""
        key = request.POST.get("autosave_key", "")
        article = self.editable(request, key)
        try:
            autosaving.keep(request.user, key, article, request.POST)
        except autosaving.TooLarge:
            return HttpResponseBadRequest("内容太大，不能预览。请先保存。", content_type="text/plain; charset=utf-8")
        return redirect("admin:news_article_preview_frame", key)

    def kept_form(self, request, key):
        """Return the checked form of what this person keeps under `key`."""
        article = self.editable(request, key)
        kept = autosaving.kept_for(request.user, key)
        if kept is None:
            raise Http404("没有要预览的内容。请回到编辑页面，再点“预览”。")
        form = self.form_of(request, article, kept.data)
        form.is_valid()
        return article, form

    @method_decorator(require_safe)
    def preview_frame_view(self, request, key):
        article, form = self.kept_form(request, key)
        errors = {form[name].label: list(found) for name, found in form.errors.items() if name in form.fields}
        address = reverse("admin:news_article_preview_page", args=[key])
        return self.frame(request, article, "预览（还没有保存）", address, errors=errors, missing=lacks(form))

    @method_decorator(require_safe)
    def preview_page_view(self, request, key):
        article, form = self.kept_form(request, key)
        if lacks(form):
            raise Http404("请先填写标题和栏目，再预览。")
        draft = form.instance
        tags = form.cleaned_data.get("tag_names", [])
        attachments = attachments_of(latest_content(article)) if article else []
        return self.page(request, draft, tags, attachments)

    @method_decorator(require_safe)
    def version_frame_view(self, request, pk, number):
        article, version = self.version_of(request, pk, number)
        address = reverse("admin:news_article_version_page", args=[pk, number])
        links = version.links.open().select_related("created_by")
        return self.frame(
            request, article, f"预览第 {number} 版", address, version=version, links=links, form=LinkForm()
        )

    @method_decorator(require_safe)
    def version_page_view(self, request, pk, number):
        _, version = self.version_of(request, pk, number)
        article, names, attachments = previewing.preview_of(version)
        return self.page(request, article, list(Tag.objects.filter(name__in=names)), attachments)

    def frame(self, request, article, title, address, **context):
        context |= {"address": address, "wide": request.GET.get("width") != "phone"}
        response = self.desk_page(request, "preview_frame.html", article, title, **context)
        return previewing.private(response)

    def page(self, request, article, tags, attachments):
        for attachment in attachments:
            attachment.get_absolute_url = reverse("admin:news_attachment_file", args=[attachment.pk])
        response = previewing.preview_page(request, article, tags=tags, attachments=attachments)
        return previewing.framed(response)

    @method_decorator(require_POST)
    def links_view(self, request, pk, number):
        """Make a link to this version; its address is shown this once."""
        article, version = self.version_of(request, pk, number)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = LinkForm(request.POST)
        if not form.is_valid():
            messages.error(request, "请选择有效期。")
            return redirect("admin:news_article_version_preview", pk, number)
        link, token = previewing.make_link(version, by=request.user, life=form.cleaned_data["life"])
        life = previewing.LIVES[form.cleaned_data["life"]][0]
        summary = f"生成第 {number} 版的预览链接，有效期 {life}"
        self.tell_audit(request, article, AuditEntry.Action.EXPORT, summary)
        address = request.build_absolute_uri(reverse("news:preview", args=[token]))
        response = self.desk_page(
            request, "preview_link.html", article, "预览链接", version=version, link=link, address=address
        )
        return previewing.private(response)

    @method_decorator(require_POST)
    def revoke_view(self, request, pk):
        link = get_object_or_404(PreviewLink.objects.select_related("version__article"), pk=pk)
        article = self.seen_article(request, link.version.article_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        PreviewLink.objects.filter(pk=pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
        self.tell_audit(request, article, AuditEntry.Action.CHANGE, f"作废第 {link.version.number} 版的预览链接")
        messages.success(request, "链接已作废，马上打不开了。")
        return redirect("admin:news_article_version_preview", article.pk, link.version.number)


def lacks(form):
    """Which fields a preview cannot do without."""
    return [form[name].label for name in ("title", "column") if not form.cleaned_data.get(name)]
