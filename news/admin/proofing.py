"""Proofing in the admin: the list of words, the check behind the editor, and letting a finding pass."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from news.admin.word_sheets import WordSheets
from news.models import ArticleVersion, ProofOverrule, ProofWord, Role, Source
from news.proofing import blocking, check, overrule
from news.proofing.content import for_browser
from news.roles import can
from news.versions import content_of
from portal import audit
from portal.admin.desk import DeskAdmin
from portal.models import AuditEntry, SiteSettings
from portal.proxies import address_of
from portal.richtext.fields import BODY_MAX

REVIEWERS = (Role.FIRST, Role.SECOND, Role.FINAL)


@admin.register(ProofWord)
class ProofWordAdmin(WordSheets, DeskAdmin):
    list_display = ("word", "suggestion", "kind", "level", "note", "is_active")
    list_filter = ("kind", "level", "is_active")
    list_per_page = 100
    search_fields = ("word", "suggestion", "note")
    fields = ("word", "suggestion", ("kind", "level"), "note", "exceptions", "is_active")


class CheckForm(forms.Form):
    """What the browser sends of an article's form that is not saved yet. Nothing is required: it is being written."""

    title = forms.CharField(max_length=1_000, required=False, strip=False)
    subtitle = forms.CharField(max_length=1_000, required=False, strip=False)
    summary = forms.CharField(max_length=5_000, required=False, strip=False)
    author = forms.CharField(max_length=1_000, required=False, strip=False)
    original_title = forms.CharField(max_length=1_000, required=False, strip=False)
    source = forms.CharField(max_length=1_000, required=False)
    source_url = forms.CharField(max_length=2_000, required=False, strip=False)
    kind = forms.CharField(max_length=20, required=False)
    published_at = forms.CharField(max_length=40, required=False)
    body = forms.CharField(max_length=BODY_MAX, required=False, strip=False)

    @property
    def content(self):
        content = dict(self.cleaned_data)
        name = content.pop("source")
        content["source_name"] = name
        content["source_id"] = Source.objects.called(name).values_list("pk", flat=True).first() if name else None
        return content


def check_view(request):
    """Answer what proofing finds in an article as it stands in the form, in JSON. Nothing is kept."""
    if not (request.user.has_perm("news.change_article") or request.user.has_perm("news.add_article")):
        raise PermissionDenied
    form = CheckForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "内容太长，无法检查。"}, status=413)
    content = form.content
    return JsonResponse({"findings": for_browser(check(content), content)})


class OverruleForm(forms.Form):
    finding = forms.CharField(max_length=60)
    reason = forms.CharField(
        label="放行的理由", max_length=300, widget=forms.TextInput(attrs={"class": "vTextField", "required": True})
    )


def may_overrule(user, article):
    """Tell whether `user` reviews the column and has not written the text himself, unless the site allows that."""
    if not any(can(user, role, article.column_id) for role in REVIEWERS):
        return False
    own = ArticleVersion.objects.filter(article=article.pk, created_by=user.pk).exists()
    return not own or SiteSettings.objects.filter(pk=1, one_person_reviews=True).exists()


class ProofingAdmin:
    """What ArticleAdmin takes over from here."""

    def proofing_urls(self):
        view, listing = require_POST(check_view), require_http_methods(["GET", "HEAD", "POST"])(self.proofing_view)
        return [
            path("proof/", self.admin_site.admin_view(view), name="news_article_proof"),
            path("<int:pk>/proofing/", self.admin_site.admin_view(listing), name="news_article_proofing"),
        ]

    @admin.display(description="校对")
    def proofing(self, article):
        context = {"article": article, "findings": check(content_of(article)) if article.pk else []}
        return render_to_string("admin/news/article/_proofing.html", context)

    def tell_findings(self, request, article, content):
        """Tell the editor what proofing finds in `content`, and return it."""
        findings = check(content)
        stopping = len(blocking(content, article, found=findings))
        if stopping:
            messages.warning(
                request, f"校对发现 {len(findings)} 处，其中 {stopping} 处会阻止提交，请看正文下面的“校对”。"
            )
        elif findings:
            messages.info(request, f"校对发现 {len(findings)} 处要核对，请看正文下面的“校对”。")
        return findings

    def proofing_view(self, request, pk):
        """What was found in the article as it is saved; a reviewer lets a finding pass here, with his reason."""
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404("没有这篇文章。")
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        content = content_of(article)
        findings = check(content)
        stopping = blocking(content, article, found=findings)
        form = OverruleForm(request.POST or None)
        if request.method == "POST" and self._let_pass(request, article, stopping, form):
            return redirect(reverse("admin:news_article_proofing", args=[article.pk]))
        context = self.admin_site.each_context(request) | {
            "title": f"校对：{article.title}",
            "article": article,
            "opts": self.opts,
            "findings": findings,
            "stopping": stopping,
            "passed": ProofOverrule.objects.filter(article=article).select_related("by"),
            "form": form,
            "may_overrule": may_overrule(request.user, article),
        }
        return render(request, "admin/news/article/proofing.html", context)

    def _let_pass(self, request, article, stopping, form):
        if not may_overrule(request.user, article):
            raise PermissionDenied
        if not form.is_valid():
            return False
        finding = next((f for f in stopping if f.key == form.cleaned_data["finding"]), None)
        if finding is None:
            messages.info(request, "这一处已经改动，请再看一遍。")
            return True
        try:
            overrule(article, finding, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error)
            return False
        summary = f"校对放行（{finding.label}）：{form.cleaned_data['reason']}"
        audit.record(
            AuditEntry.Action.CHANGE, obj=article, user=request.user, address=address_of(request), summary=summary
        )
        messages.success(request, "已放行，理由已记录。")
        return True
