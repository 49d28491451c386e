"""投稿 by the account of an association or zone: its own list, drafts and figures. Nothing here is ever kept on the way."""

from functools import wraps

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from news.contributions import figures, intake, steps
from news.contributions.files import holding
from news.contributions.forms import ContributionForm
from news.models import Article, Submission
from news.views.contributions import files_of, guards, uploads_of
from portal.audit import record
from portal.held_files import read_text_first
from portal.logins import guarded_login
from portal.models import AuditEntry
from portal.pagination import page_of
from portal.proxies import address_of


class ContributorLoginForm(AuthenticationForm):
    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if not user.is_contributor:
            raise ValidationError("这个账号不是供稿账号。工作人员请从后台登录。", code="not_a_contributor")


def private(view):
    """Decorator: the answer is this person's alone."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def contributors_only(view):
    """Decorator of the views that the account of a unit opens; anybody else is led to the log-in page."""

    @private
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not getattr(request.user, "is_contributor", False):
            return redirect("news:contribute_login")
        return view(request, *args, **kwargs)

    return wrapped


@private
@sensitive_post_parameters("password")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def contribute_login(request):
    if getattr(request.user, "is_contributor", False):
        return redirect("news:mine")
    if request.method != "POST":
        return render(request, "news/contribute_login.html", {"form": ContributorLoginForm(request)})
    return guarded_login(request, lambda: logged_in(request), locked_page="news/contribute_locked.html")


def logged_in(request):
    form = ContributorLoginForm(request, request.POST)
    if not form.is_valid():
        return render(request, "news/contribute_login.html", {"form": form}, status=422)
    login(request, form.get_user())
    return redirect("news:mine")


@private
@require_POST
def contribute_logout(request):
    if request.user.is_authenticated:
        record(AuditEntry.Action.LOGOUT, user=request.user, address=address_of(request))
        logout(request)
    return redirect("news:contribute_login")


@contributors_only
@require_safe
def mine(request):
    """What this account has written, newest first, with its figures of the year."""
    own = Submission.objects.of_account(request.user)
    year = timezone.localdate().year
    lines = figures.of_account(year, request.user)
    received, adopted = sum(line.received for line in lines), sum(line.adopted for line in lines)
    page = page_of(own.defer("body", "document_text"), request, per_page=20)
    public = Article.objects.published().filter(pk__in=[row.article_id for row in page if row.article_id]).only("pk")
    addresses = {article.pk: article.get_absolute_url() for article in public}
    for row in page:
        row.shown_at = addresses.get(row.article_id, "")
    context = {
        "page": page,
        "lines": lines, "year": year, "received": received, "adopted": adopted,
        "rate": round(100 * adopted / received) if received else None,
    }  # fmt: skip
    return render(request, "news/mine.html", context)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_new(request):
    read_text_first(request)
    user = request.user
    if request.method != "POST":
        form = ContributionForm(unit=user.unit, initial={"author": user.name, "email": user.email})
        return edit_page(request, form)
    draft, is_draft = request.POST.get("draft", "")[:64], "keep" in request.POST
    holding.drop(draft, request.POST.getlist("drop"))
    kept = holding.of_draft(draft, waiting=True)
    submission = intake.submission_of(request.POST, ("account", user.pk), draft, uploads_of(request))
    form = ContributionForm(request.POST, request.FILES, unit=user.unit, kept=kept, is_draft=is_draft)
    if not form.is_valid():
        return unsaved(request, form, draft)
    row = intake.receive_from(user, form, submission=submission, draft=draft, address=address_of(request))
    return redirect("news:mine_case", row.pk)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_case(request, pk):
    submission, refusal = get_object_or_404(Submission.objects.of_account(request.user), pk=pk), ""
    if request.method == "POST" and "withdraw" in request.POST:
        try:
            steps.withdraw(submission, by=request.user, address=address_of(request))
            return redirect("news:mine_case", pk)
        except steps.Refused as refused:
            refusal = str(refused)
    context = {"submission": submission, "steps": submission.steps.all(), "files": submission.files.all()}
    return render(request, "news/mine_case.html", context | {"done": refusal}, status=422 if refusal else 200)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_edit(request, pk):
    read_text_first(request)
    submission, unit = get_object_or_404(Submission.objects.of_account(request.user), pk=pk), request.user.unit
    if request.method != "POST":
        if not submission.is_with_sender:
            return redirect("news:mine_case", pk)
        return edit_page(request, ContributionForm(instance=submission, unit=unit), submission=submission)
    is_draft = "keep" in request.POST and submission.stage == Submission.Stage.DRAFT
    draft, dropped, kept = files_of(request, submission)
    form = ContributionForm(
        request.POST, request.FILES, instance=submission, unit=unit, kept=kept, is_draft=is_draft
    )  # fmt: skip
    if not form.is_valid():
        return unsaved(request, form, draft, submission=Submission.objects.get(pk=pk))
    try:
        intake.rewrite(form, draft=draft, dropped=dropped, by=request.user, address=address_of(request))
    except steps.Refused as refusal:
        form.add_error(None, str(refusal))
        return unsaved(request, form, draft, submission=Submission.objects.get(pk=pk))
    return redirect("news:mine_case", pk)


def unsaved(request, form, draft, submission=None):
    draft, remarks = holding.hold(uploads_of(request), draft)
    return edit_page(request, form, submission=submission, draft=draft, remarks=remarks, status=422)


def edit_page(request, form, *, submission=None, draft="", remarks=(), status=200):
    kept = submission.files.all() if submission else ()
    context = guards(request, form, draft=draft, remarks=remarks, kept=kept) | {"submission": submission}
    context["takes_draft"] = submission is None or submission.stage == Submission.Stage.DRAFT
    return render(request, "news/mine_edit.html", context, status=status)
