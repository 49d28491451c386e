"""What may happen to a submission after it was written. Each step is one transaction, noted in its history and audited.

`by` is who acts (None: the holder of the receipt), `address` where from, kept of staff and accounts only. They raise
Refused, and then nothing has happened. What a step leads to is decided under the row's lock, so a step that is
taken twice at one moment happens once.
"""

from django.db import transaction
from django.utils import timezone

from news.contributions.notices import notices, step_taken
from news.models import Submission, SubmissionStep
from portal import audit
from portal.models import AuditEntry

Stage, Act = Submission.Stage, SubmissionStep.Act
NOT_YOURS = "这篇稿件已经提交，现在不能修改。"
NOT_OURS = "这篇稿件已经处理过，或者投稿人正在修改。请刷新页面。"
SUSPECT = "这篇稿件疑似垃圾信息，请先放行。"


class Refused(ValueError):
    """The step is not possible. `str()` of it says why, in Chinese."""


def locked(submission):
    row = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if row is None:
        raise Refused("这篇稿件已经不在了。")
    return row


def note(submission, act, *, by, address="", remarks="", summary=""):
    """Write a step into the history and the audit log: the last statements of its transaction."""
    step = SubmissionStep.objects.create(submission=submission, act=act, remarks=remarks, by=by)
    step_taken(submission, step)
    said = "，".join(filter(None, [str(act.label), summary]))
    audit.record(
        AuditEntry.Action.SUBMISSION, obj=submission, user=by, address=address if by else "", summary=said
    )  # fmt: skip


@transaction.atomic
def send(submission, *, by=None, address=""):
    """Hand in a draft, or what was sent back; return the row."""
    row = locked(submission)
    if not row.is_with_sender:
        raise Refused(NOT_YOURS)
    is_first = row.stage == Stage.DRAFT
    if is_first:
        row.created_at = timezone.now()
    row.stage = Stage.NEW
    row.save(update_fields=["stage", "created_at"])
    note(row, Act.SEND if is_first else Act.RESEND, by=by, address=address)
    return row


@transaction.atomic
def withdraw(submission, *, by=None, address=""):
    row = locked(submission)
    if not row.takes_withdrawal:
        raise Refused("这篇稿件已经处理完，不能撤回。")
    return _moved(row, Stage.WITHDRAWN, Act.WITHDRAW, by=by, address=address)


@transaction.atomic
def release(submission, *, by, address=""):
    """Take a submission out of quarantine."""
    row = locked(submission)
    if not row.is_quarantined:
        raise Refused("这篇稿件已经放行了。")
    row.is_quarantined = False
    row.save(update_fields=["is_quarantined"])
    notices.ask_to_confirm(row)
    note(row, Act.RELEASE, by=by, address=address)
    return row


@transaction.atomic
def read(submission, *, by, address=""):
    row = at_desk(submission)
    if row.stage == Stage.READ:
        return row
    return _moved(row, Stage.READ, Act.READ, by=by, address=address)


@transaction.atomic
def send_back(submission, *, by, address="", remarks):
    """Ask the contributor for changes; `remarks` say which."""
    row = at_desk(submission)
    if not remarks.strip():
        raise Refused("退回修改要写明意见。")
    return _moved(row, Stage.RETURNED, Act.SEND_BACK, by=by, address=address, remarks=remarks.strip())


@transaction.atomic
def decline(submission, *, by, address="", remarks):
    row = at_desk(submission, also_suspect=True)
    if not remarks.strip():
        raise Refused("不采用要写明理由。")
    return _moved(row, Stage.DECLINED, Act.DECLINE, by=by, address=address, remarks=remarks.strip())


def at_desk(submission, *, also_suspect=False):
    row = locked(submission)
    if not row.is_at_desk:
        raise Refused(NOT_OURS)
    if row.is_quarantined and not also_suspect:
        raise Refused(SUSPECT)
    return row


def _moved(row, stage, act, *, by, address, remarks=""):
    row.stage = stage
    row.save(update_fields=["stage"])
    note(row, act, by=by, address=address, remarks=remarks)
    return row
