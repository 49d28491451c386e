"""Reviews on the page of an article: the panel, and the addresses that its buttons post to."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from news import changes, review, states
from news.models import ArticleVersion, ReviewRun
from portal.proxies import address_of

DONE = {
    "approve": "已通过。",
    "send_back": "已退回。",
    "recall": "已收回，可以修改了。",
    "submit": "已提交审核。",
    "withdraw": "已申请撤下。",
}


class ReviewForm(forms.Form):
    opinion = forms.CharField(label="意见", max_length=500, required=False)
    note = forms.CharField(label="更正说明", max_length=300, required=False)
    version = forms.IntegerField(min_value=1, required=False)
    level = forms.IntegerField(min_value=1, max_value=3, required=False)


class ReviewsArticles:
    """For the admin of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.review_view)
        return [path("<int:pk>/review/<str:verb>/", view, name="news_article_review"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.pk:
            context["review"] = panel(request.user, obj.row or obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def review_view(self, request, pk, verb):
        """One step of the review; the article's page follows, or the list of what else waits."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if verb not in DONE:
            raise Http404("没有这个操作。")
        article = get_object_or_404(self.get_queryset(request).select_related(None), pk=pk)
        form = ReviewForm(request.POST)
        if not form.is_valid():
            messages.error(request, "意见最多 500 字，更正说明最多 300 字。请缩短后再提交。")
            return redirect("admin:news_article_change", pk)
        return self._take_step(request, article, verb, form.cleaned_data)

    def _take_step(self, request, article, verb, given):
        try:
            run = step(verb, article, given, by=request.user, address=address_of(request))
        except review.Refused as refusal:
            kept = f"您写的意见：“{given['opinion']}”" if given["opinion"] else ""
            messages.error(request, f"{refusal}{kept}")
            return redirect("admin:news_article_change", article.pk)
        messages.success(request, f"《{article}》{told(verb, run)}")
        if verb in ("approve", "send_back"):
            return redirect(f"{reverse('admin:news_article_changelist')}?review=mine")
        return redirect("admin:news_article_change", article.pk)


def step(verb, article, given, **who):
    """Take the step `verb` of a review; return the run."""
    if verb == "submit":
        return review.submit(article, reason=given["opinion"], note=given["note"], **who)
    if verb == "withdraw":
        return review.request_withdrawal(article, reason=given["opinion"], **who)
    if verb == "recall":
        return review.recall(article, **who)
    seen = ArticleVersion.objects.filter(article=article.pk, number=given["version"]).only("pk").first()
    if seen is None:
        raise review.Refused("请重新打开文章，看过提交的版本再签。")
    act = {"approve": review.approve, "send_back": review.send_back}[verb]
    return act(article, version=seen, level=given["level"], opinion=given["opinion"], **who)


def told(verb, run):
    if run.state == ReviewRun.State.APPROVED:
        return {"publish": "已发布。", "correct": "的更正已发布。", "withdraw": "已撤下。"}[run.kind]
    return DONE[verb]


def panel(user, article):
    """Return what the panel shows: the active run, who may do what, and all signatures of the article."""
    runs = list(article.runs.select_related("version", "started_by").prefetch_related("steps__by", "steps__version"))
    run = next((run for run in runs if run.is_active), None)
    may_edit = review.may_edit(user, article) and user.has_perm("news.change_article")
    context = {"article": article, "run": run, "runs": runs, "state": states.state_of(article, run)}
    context["may_withdraw"] = may_edit and article.is_live and not (run and run.is_reviewing)
    context["has_unsubmitted"] = may_edit and not (run and run.is_reviewing) and is_unsubmitted(article)
    if run:
        run.article = article
        context["why_not"] = review.why_not(run, user) if run.is_reviewing else ""
        context["changes"] = changes.summary_of(run.version, changes.approved_before(run))
        is_own = any(step.decision == step.Decision.SUBMIT and step.by_id == user.pk for step in run.steps.all())
        context["sent_back"] = None if run.is_reviewing else last_refusal(run)
        context["may_recall"] = is_own or (may_edit and not run.is_reviewing)
    return context


def last_refusal(run):
    """Return the step that sent `run` back: what its author must read first."""
    return next((step for step in reversed(list(run.steps.all())) if step.decision == step.Decision.SEND_BACK), None)


def is_unsubmitted(article):
    return not article.is_live or article.latest_version_id != article.live_version_id
