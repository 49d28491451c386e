from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feedback import intake
from feedback.files import holding
from feedback.forms import MessageForm
from feedback.models import Topic
from portal.held_files import lost_remarks, read_text_first, unsaid
from portal.models import PrivacyNotice
from portal.pagecache.front import NOTHING_WRITTEN
from portal.public_forms import keeps_text, public_form
from portal.question import is_answered, question_page
from portal.receipt_pages import shown
from portal.search.registry import kinds
from portal.spam.senders import sender_of
from portal.spam.stamp import age_of, stamp

KEPT = (*intake.TEXTS, "agrees", "draft", "stamp", intake.TRAP)  # what the page of the question carries on


@public_form
@keeps_text("留言", KEPT)
@require_http_methods(["GET", "HEAD", "POST"])
def message_new(request):
    if request.method != "POST":
        return form_page(request, MessageForm(initial=initial(request), article=article_named(request.GET)))
    read_text_first(request)
    return posted(request)


@never_cache
def posted(request):
    """Answer a post: with a question, with the form and its errors, or with the receipt."""
    data, sender, draft = request.POST, sender_of(request), request.POST.get("draft", "")[:64]
    if "change" in data:
        return form_page(request, form_of(data), draft=draft)
    holding.drop(draft, data.getlist("drop"))
    uploads = request.FILES.getlist("files")
    submission = intake.submission_of(data, request, sender, holding.digests(draft, uploads))
    is_solved = is_answered(submission, data)
    verdict = intake.verdict_at_sight(data)
    if is_solved or not verdict.asks:  # only then is the database asked: floods of spam do not reach it
        verdict = intake.verdict_on(data, sender, submission)
    if verdict.asks and not is_solved:
        return ask(request, sender, submission, uploads, draft)
    form = MessageForm(data, request.FILES, article=article_named(data), held=holding.waiting_count(draft))
    if not form.is_valid():
        draft, remarks = holding.hold(uploads, draft) if uploads else (draft, [])
        return form_page(request, form, draft=draft, remarks=remarks, status=422)
    given = {"sender": sender, "submission": submission, "verdict": verdict}
    return receipt_page(request, intake.receive(form, draft=draft, uploads=form.cleaned_data["files"], **given))


def form_page(request, form, *, draft="", remarks=(), status=200):
    sent = request.POST.get("stamp", "")
    context = {
        "form": form,
        "held": holding.of_draft(draft, waiting=True),
        "remarks": unsaid([*remarks, *lost_remarks(request)], form),
        "draft": draft,
        "stamp": sent if age_of(sent) is not None else stamp(),
        "trap": intake.TRAP,
        "notice": PrivacyNotice.objects.in_force(),
    }
    return render(request, "feedback/message_new.html", context, status=status)


def form_of(data):
    """The form with what was typed, not yet judged."""
    return MessageForm(initial={name: data.get(name) for name in KEPT}, article=article_named(data))


def ask(request, sender, submission, uploads, draft):
    """The question, with everything that was sent."""
    remarks = []
    if uploads:
        draft, remarks = holding.hold(uploads, draft)
        submission = intake.submission_of(request.POST, request, sender, holding.digests(draft, []))
    else:
        request.META[NOTHING_WRITTEN] = True
    fields = {name: request.POST[name] for name in KEPT if name in request.POST} | {"draft": draft}
    held = holding.of_draft(draft, waiting=True) if draft else ()
    return question_page(request, submission, fields=fields, held=held, remarks=remarks, submit="提交留言")


def receipt_page(request, receipt):
    message = receipt.message
    context = {"message": message} | shown(request, message.number, receipt.code, reverse("feedback:receipt"))
    return render(request, "feedback/message_receipt.html", context)


def article_named(query):
    """The public article that a correction is about; None where none is named, or it is not public."""
    key = query.get("article", "")
    return kinds["article"].public().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None


def initial(request):
    """What the address fills in: the topic by its key, or the one for corrections where an article is named."""
    topics, key = Topic.objects.filter(is_active=True), request.GET.get("topic", "")
    if key.isdecimal() and len(key) < 19:
        return {"topic": topics.filter(pk=key).first()}
    return {"topic": topics.filter(is_correction=True).first()} if request.GET.get("article") else {}
