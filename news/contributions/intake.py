"""Takes submissions in: kept once however often they are sent (portal/once.py), and answered with a receipt."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from news.contributions import steps
from news.contributions.files import holding
from news.contributions.forms import TEXTS
from news.contributions.notices import notices
from news.models import RightsStatement, Submission
from portal import once, receipts
from portal.held_files import remove, remove_files
from portal.models import PrivacyNotice
from portal.spam.history import came_before, text_key
from portal.spam.judgement import Sent, judge

TRAP = "homepage"  # the field that people do not see
JUDGED_MAX = 30_000  # characters of one text: as long as one that is typed may be


@dataclass(frozen=True)
class Receipt:
    submission: Submission
    code: str


def submission_of(data, who, draft, uploads):
    """Return the hash that names this submission; the code comes from it, so it is stored nowhere."""
    texts = [data.get(name, "") for name in TEXTS]
    return once.submission_of("news.contributions", texts, who, holding.digests(draft, uploads))


def verdict_at_sight(data, document="", **counts):
    """What the form itself says, the words of its Word `document`, and the given `counts` of what came before it."""
    typed = (data.get(name, "") for name in ("title", "body", "source", "author"))
    texts = tuple(text[:JUDGED_MAX] for text in (*typed, document))
    return judge(Sent(texts, data.get("stamp", ""), data.get(TRAP, ""), **counts))


def verdict_on(data, sender, submission, document=""):
    counts = came_before(Submission.objects.order_by(), sender, words_of(data, document), submission)
    return verdict_at_sight(data, document, **counts)


def words_of(data, document):
    return f"{data.get('title', '')} {data.get('body', '')} {document[:JUDGED_MAX]}"


def receive(form, *, sender, submission, verdict, draft):
    """Keep a visitor's submission; return its Receipt. Sent again, it is the same one."""

    def take_in(name):
        row = consented(form.instance)
        row.code_hash = ""
        row.sender_key, row.network_key = sender.address, sender.network
        row.is_quarantined, row.spam_reasons = verdict.quarantines, verdict.reasons
        row.text_key = text_key(words_of(form.data, form.document_words))
        return taken_in(row, form, name, draft, has_code=True)

    row, name = once.kept_once(Submission.objects, submission, take_in=take_in, is_same=is_same)
    return Receipt(row, receipts.code_for(name))


def receive_from(user, form, *, submission, draft, address):
    """Keep what the account `user` wrote, as a draft or sent; return it. Posted again, it is the same one."""

    def take_in(name):
        row = form.instance if form.is_draft else consented(form.instance)
        row.created_by = user
        return taken_in(row, form, name, draft, by=user, address=address)

    row, _ = once.kept_once(Submission.objects, submission, take_in=take_in, is_same=is_same)
    if row.stage == Submission.Stage.DRAFT and not form.is_draft:  # kept a moment ago, and now sent as it is
        consented(row).save(update_fields=["rights", "notice", "consented_at"])
        return steps.send(row, by=user, address=address)
    return row


def is_kept(submission):
    return Submission.objects.filter(submission_key__in=once.keys_of(submission)).exists()


def is_same(row):
    return once.is_fresh(row) and row.stage != Submission.Stage.WITHDRAWN


def consented(row):
    """Return `row` with what was agreed to now, by their versions."""
    row.rights, row.notice = RightsStatement.objects.recorded(), PrivacyNotice.objects.recorded()
    row.consented_at, row.contacts_erased_at = timezone.now(), None
    return row


def taken_in(row, form, name, draft, *, has_code=False, by=None, address=""):
    """Write the submission with its files, all or nothing. Raises IntegrityError where key or number is taken."""
    row.pk, row.submission_key, row.created_at = None, once.key_of(name), timezone.now()
    row.number = receipts.new_number(timezone.localdate())
    row.code_hash = receipts.hash_of(row.number, receipts.code_for(name)) if has_code else ""
    row.stage = Submission.Stage.DRAFT if form.is_draft else Submission.Stage.NEW
    stored = []
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            stored = holding.hand_over(draft, form.uploads, row)
            if has_code:
                notices.ask_to_confirm(row)
            if not form.is_draft:
                steps.note(row, steps.Act.SEND, by=by, address=address)
    except BaseException:
        remove_files(stored)
        raise
    return row


def rewrite(form, *, draft, dropped, by=None, address=""):
    """Write what the contributor has changed, and send it unless it stays a draft; return the row.

    Raises steps.Refused where it is not his turn any more: then nothing is written.
    """
    stored, values = [], {name: getattr(form.instance, name) for name in (*TEXTS, "document_text")}
    try:
        with transaction.atomic():
            row = steps.locked(form.instance)
            told_at = row.email
            if not row.is_with_sender:
                raise steps.Refused(steps.NOT_YOURS)
            for name, value in values.items():
                setattr(row, name, value)
            if not form.is_draft:
                consented(row)
            row.save()
            if row.code_hash and row.email != told_at:
                notices.ask_again(row)
            stored = holding.hand_over(draft, form.uploads, row)
            gone = list(row.files.filter(pk__in=dropped))
            if not form.is_draft:
                row = steps.send(row, by=by, address=address)
    except BaseException:
        remove_files(stored)
        raise
    remove(gone)
    return row
