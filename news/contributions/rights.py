"""Retention, and what the law gives contributors about their data （《个人信息保护法》第四十四至四十七条）.

What is erased leaves its number, unit, stage, article and times: the statistics stay. An article that was made of a
submission is the desk's, and is corrected or taken off there.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from news.contributions import steps
from news.contributions.files import holding
from news.contributions.notices import notices
from news.models import Submission, SubmissionStep
from portal import audit
from portal.personal_data import find, masked
from portal.retention import erase_in_batches

ERASED = "（已应投稿人要求删除）"
BATCH = 200
Stage = Submission.Stage
OVER = (Stage.ADOPTED, Stage.DECLINED, Stage.WITHDRAWN, Stage.RETURNED)  # what was sent back, and never came again
# The text too: of what was adopted there is the article, and what was not belongs to its author.
ENDING = (
    "body", "document_text", "phone", "email", "sender_key", "network_key", "text_key", "submission_key",
)  # fmt: skip


def export_person(submission, *, user=None, address=""):
    """Return all that is kept of the contributor, as a dict of plain values; written into the audit log."""
    data = {
        "编号": submission.shown_number,
        "处理情况": submission.get_stage_display(),
        "标题": submission.title,
        "正文": submission.text,
        "来源": submission.source,
        "作者": submission.author,
        "电话": submission.phone,
        "邮箱": submission.email,
        "提交时间": timezone.localtime(submission.created_at).isoformat(timespec="seconds"),
        "同意告知书": f"第 {submission.notice.version} 版" if submission.notice else "",
        "同意版权声明": f"第 {submission.rights.version} 版" if submission.rights else "",
        "文件": [row.name for row in submission.files.all()],
        "发表的网址": submission.address,
        "经过": [
            f"{timezone.localtime(step.at):%Y-%m-%d %H:%M} {step.get_act_display()} {step.remarks}".strip()
            for step in submission.steps.all()
        ],
    }
    audit.record("export", obj=submission, user=user, address=address, summary="导出一个人的信息")
    return data


@transaction.atomic
def erase_person(submission, *, user=None, address=""):
    """Take out everything that the person wrote or that names them; return the row. A second time changes nothing more."""
    row = steps.locked(submission)
    forget(row)
    row.title, row.author, row.code_hash, row.spam_reasons = ERASED, "", "", []
    if row.stage not in OVER or row.stage == Stage.RETURNED:
        row.stage = Stage.WITHDRAWN
    row.save()
    row.steps.all().hide_in_remarks(lambda remarks: ERASED)
    SubmissionStep.objects.create(submission=row, act=SubmissionStep.Act.ERASE, by=user)
    audit.record("erase", obj=row, user=user, address=address, summary="删除一个人的信息")
    return row


def forget(row):
    """Take out of `row` (to be saved) what ends with the contacts; its files are removed once that is committed."""
    row.files.all().delete()
    notices.forget(row)
    for name in ENDING:
        setattr(row, name, "")
    row.contacts_erased_at = row.contacts_erased_at or timezone.now()


def erase_contacts(*, days=None, now=None):
    """Erase the contacts of submissions that ended `days` days ago (the settings' where None); return how many.

    In batches of their own transactions; running it again goes on where it stopped. Files of forms that were never
    completed go with them.
    """
    holding.forget_old(limit=None)
    return erase_in_batches(erase_batch, days=days, now=now, what="篇投稿")


def due_for_erasing(end):
    """Submissions with which nothing was done since `end`, that are over, and whose contacts are still kept."""
    later = SubmissionStep.objects.filter(submission=OuterRef("pk"), at__gte=end)
    over = Submission.objects.filter(Q(stage__in=OVER) | Q(is_quarantined=True), created_at__lt=end)
    return over.filter(~Exists(later), contacts_erased_at=None)


@transaction.atomic
def erase_batch(end):
    rows = list(due_for_erasing(end).select_for_update(of=("self",)).order_by("pk")[:BATCH])
    for row in rows:
        forget(row)
        row.title = masked(row.title, find(row.title))[:100]
        if row.stage != Stage.ADOPTED:
            row.author = ""
        row.save()
        row.steps.all().hide_in_remarks(lambda remarks: masked(remarks, find(remarks)))
    return len(rows)
