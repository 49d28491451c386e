"""投稿 by anybody: the form, its receipt, and what the holder of a receipt sees and does."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from news.contributions import figures, intake, rights, steps
from news.contributions.files import holding
from news.contributions.forms import TEXTS, ContributionForm
from news.models import Submission
from portal.held_files import lost_remarks, read_text_first, unsaid
from portal.models import PrivacyNotice, SiteSettings
from portal.pagecache.front import NOTHING_WRITTEN
from portal.proxies import address_of
from portal.public_forms import keeps_text, public_form
from portal.question import is_answered, question_page
from portal.receipt_pages import NOT_SURE, ReceiptForm, opened, shown, taken_home, token_of
from portal.spam.senders import sender_of
from portal.spam.stamp import age_of, stamp

KEPT = (*TEXTS, "owns", "agrees", "draft", "stamp", intake.TRAP)  # what the page of the question carries on


@public_form
@keeps_text("稿件", KEPT)
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request):
    if request.method != "POST":
        return form_page(request, ContributionForm())
    read_text_first(request)
    return posted(request)


@never_cache
def posted(request):
    """Answer a post: with a question, with the form and its errors, or with the receipt."""
    data, sender, draft = request.POST, sender_of(request), request.POST.get("draft", "")[:64]
    if "change" in data:
        return form_page(request, ContributionForm(initial={name: data.get(name) for name in KEPT}), draft=draft)
    holding.drop(draft, data.getlist("drop"))
    uploads = uploads_of(request)
    submission = intake.submission_of(data, who(request, sender), draft, uploads)
    is_solved, verdict = is_answered(submission, data), intake.verdict_at_sight(data)
    if is_solved or not verdict.asks:  # only then is the database asked: floods of spam do not reach it
        verdict = intake.verdict_on(data, sender, submission)
    if verdict.asks and not is_solved:
        return ask(request, sender, submission, uploads, draft)
    form = ContributionForm(data, request.FILES, kept=files_brought(draft, submission))
    if not form.is_valid():
        draft, remarks = holding.hold(uploads, draft) if uploads else (draft, [])
        return form_page(request, form, draft=draft, remarks=remarks, status=422)
    if form.word:
        verdict = intake.verdict_on(data, sender, submission, form.document_words)
        if verdict.asks and not is_solved:
            return ask(request, sender, submission, uploads, draft)
    receipt = intake.receive(form, sender=sender, submission=submission, verdict=verdict, draft=draft)
    context = {"submission": receipt.submission}
    context |= shown(request, receipt.submission.number, receipt.code, reverse("news:contribute_receipt"))
    return render(request, "news/contribute_sent.html", context)


def files_brought(draft, submission):
    """The files that wait for their form; where it was sent a second time, those that the first has taken along."""
    waiting = list(holding.of_draft(draft, waiting=True))
    return waiting or (list(holding.of_draft(draft)) if intake.is_kept(submission) else [])


def uploads_of(request):
    return [*request.FILES.getlist("document"), *request.FILES.getlist("pictures")]


def who(request, sender):
    return sender.network, request.headers.get("User-Agent", "")


def guards(request, form, *, draft="", remarks=(), kept=()):
    """What stands in the form besides its fields."""
    sent = request.POST.get("stamp", "")
    return {
        "form": form,
        "held": [*kept, *holding.of_draft(draft, waiting=True)],
        "remarks": unsaid([*remarks, *lost_remarks(request)], form),
        "draft": draft,
        "stamp": sent if age_of(sent) is not None else stamp(),
        "trap": intake.TRAP,
        "notice": PrivacyNotice.objects.in_force(),
    }


def form_page(request, form, *, draft="", remarks=(), status=200):
    context = guards(request, form, draft=draft, remarks=remarks)
    return render(request, "news/contribute.html", context, status=status)


def ask(request, sender, submission, uploads, draft):
    """The question, with everything that was sent."""
    remarks = []
    if uploads:
        draft, remarks = holding.hold(uploads, draft)
        submission = intake.submission_of(request.POST, who(request, sender), draft, [])
    else:
        request.META[NOTHING_WRITTEN] = True
    fields = {name: request.POST[name] for name in KEPT if name in request.POST} | {"draft": draft}
    held = holding.of_draft(draft, waiting=True) if draft else ()
    return question_page(request, submission, fields=fields, held=held, remarks=remarks, submit="提交稿件")


@public_form
@keeps_text("稿件", (*TEXTS, "token", "act", "draft"))
@require_http_methods(["GET", "HEAD", "POST"])
def contribute_receipt(request):
    """Show a submission to the holder of its receipt, and let him act. No cookie: the page carries a signed token."""
    if request.method != "POST":
        return render(request, "news/contribute_receipt.html", {"form": ReceiptForm()})
    read_text_first(request)
    return looked_up(request)


@never_cache
def looked_up(request):
    submission, context, status = opened(request, Submission.objects)
    if submission is None:
        return render(request, "news/contribute_receipt.html", context, status=status)
    try:
        return ACTS.get(request.POST.get("act"), case_page)(request, submission)
    except steps.Refused as refusal:
        submission.refresh_from_db()
        return case_page(request, submission, done=str(refusal), typed=request.POST.get("body", ""), status=422)


def withdrawn(request, submission):
    return case_page(request, steps.withdraw(submission), done="稿件已撤回。")


def exported(request, submission):
    return taken_home(submission.number, rights.export_person(submission, address=address_of(request)))


def erased(request, submission):
    if request.POST.get("sure") != "on":
        return case_page(request, submission, done=NOT_SURE, status=422)
    row = rights.erase_person(submission, address=address_of(request))
    return case_page(request, row, done="您的个人信息和稿件内容已删除。这个编号以后不能再查询。")


def rewritten(request, submission):
    draft, dropped, kept = files_of(request, submission)
    form = ContributionForm(request.POST, request.FILES, instance=submission, kept=kept)
    if form.is_valid():
        row = intake.rewrite(form, draft=draft, dropped=dropped)
        return case_page(request, row, done="修改后的稿件已经提交。")
    draft, remarks = holding.hold(uploads_of(request), draft)
    return case_page(
        request, Submission.objects.get(pk=submission.pk), form=form, draft=draft, remarks=remarks, status=422
    )  # fmt: skip


def files_of(request, submission):
    """Return (draft, keys of files to be taken away, files that stay) of a form that changes `submission`."""
    draft, drop = request.POST.get("draft", "")[:64], request.POST.getlist("drop")
    holding.drop(draft, drop)
    dropped = [int(key) for key in drop if key.isascii() and key.isdecimal() and len(key) < 19]
    return draft, dropped, [*submission.files.exclude(pk__in=dropped), *holding.of_draft(draft, waiting=True)]


def case_page(request, submission, *, form=None, done="", typed="", draft="", remarks=(), status=200):
    context = {
        "submission": submission,
        "steps": submission.steps.all(),
        "files": submission.files.all(),
        "token": token_of(submission),
        "done": done,
        "typed": typed,
    }
    if submission.stage == Submission.Stage.RETURNED:
        form = form or ContributionForm(instance=submission, initial={"owns": False, "agrees": False})
        context |= guards(request, form, draft=draft, remarks=remarks, kept=submission.files.all())
    return render(request, "news/contribute_case.html", context, status=status)


ACTS = {"withdraw": withdrawn, "rewrite": rewritten, "export": exported, "erase": erased}


@require_safe
def contribute_ranking(request):
    """采用排行 of this year, where the site's settings show it."""
    if not SiteSettings.objects.filter(pk=1, shows_ranking=True).exists():
        raise Http404("没有公开采用排行。")
    year = timezone.localdate().year
    return render(request, "news/contribute_ranking.html", {"year": year, "lines": figures.ranking(year)})
