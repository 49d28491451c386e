"""Takes in what visitors send: judged, kept once however often it is sent (portal/once.py), and answered with a receipt."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from feedback.clock import start_clock
from feedback.files import holding
from feedback.models import Message
from feedback.notices import notices
from portal import once, receipts
from portal.held_files import remove_files
from portal.models import PrivacyNotice
from portal.spam.history import came_before, text_key
from portal.spam.judgement import Sent, judge

TEXTS = ("topic", "title", "body", "name", "phone", "email", "may_publish", "article", "passage")
TRAP = "homepage"  # the field that people do not see


@dataclass(frozen=True)
class Receipt:
    message: Message
    code: str


def submission_of(data, request, sender, digests):
    """Return the hash that names this submission; the code comes from it, so it is stored nowhere."""
    who = (sender.network, request.headers.get("User-Agent", ""))
    return once.submission_of("feedback", [data.get(name, "") for name in TEXTS], who, digests)


def verdict_at_sight(data, **counts):
    """What the form itself says, and the given `counts` of what came before it."""
    texts = tuple(data.get(name, "")[:3_000] for name in ("title", "body", "name"))
    return judge(Sent(texts, data.get("stamp", ""), data.get(TRAP, ""), **counts))


def verdict_on(data, sender, submission):
    counts = came_before(Message.objects.order_by(), sender, data.get("body", ""), submission)
    return verdict_at_sight(data, **counts)


def receive(form, *, sender, submission, verdict, draft, uploads):
    """Keep the message of a valid `form` with its files; return its Receipt. Sent again, it is the same one."""

    def take_in(name):
        return taken_in(form, name, sender, verdict, draft, uploads)

    message, name = once.kept_once(Message.objects, submission, take_in=take_in, is_same=is_same)
    return Receipt(message, receipts.code_for(name))


def is_same(message):
    return once.is_fresh(message) and message.stage != Message.Stage.WITHDRAWN


def taken_in(form, name, sender, verdict, draft, uploads):
    """Write the message with its files, all or nothing. Raises IntegrityError where key or number is taken."""
    message, stored = filled(form.save(commit=False), name, sender, verdict), []
    message.text_key = text_key(form.data.get("body", ""))
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            stored = holding.hand_over(draft, uploads, message)
            notices.ask_to_confirm(message)
    except BaseException:
        remove_files(stored)
        raise
    return message


def filled(message, name, sender, verdict):
    """Return `message` with all that the visitor did not type."""
    now = timezone.now()
    message.pk, message.submission_key, message.number = (
        None,
        once.key_of(name),
        receipts.new_number(timezone.localdate()),
    )
    message.code_hash = receipts.hash_of(message.number, receipts.code_for(name))
    message.notice, message.consented_at, message.created_at = PrivacyNotice.objects.recorded(), now, now
    message.sender_key, message.network_key = sender.address, sender.network
    message.is_quarantined = verdict.quarantines
    if not message.is_quarantined:
        start_clock(message, now)
    message.spam_score, message.spam_reasons = verdict.score, verdict.reasons
    message.department = message.topic.department
    return message
