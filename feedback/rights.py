"""Retention, and what the law gives a person about their data （《个人信息保护法》第四十四至四十七条）.

`export_person` and `erase_person` act on one message, named by its receipt: for its sender through the receipt page,
for staff in the admin. What is erased leaves its number, topic, stage, times and rating: the statistics stay.
"""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.files import holding
from feedback.handling import ENDED, Stage, take
from feedback.models import (
    MaskProposal,
    Message,
    MessageStep,
    Publication,
    Reply,
    ReplyDraft,
)  # fmt: skip
from feedback.notices import notices
from feedback.publishing import digest_of, hidden, texts_of
from portal import audit
from portal.retention import erase_in_batches

ERASED = "（已应留言人要求删除）"
BATCH = 200
# Fields that end with the contacts: the keyed hashes too, by which messages of one sender could be told alike.
ENDING = (
    "name", "phone", "email", "rating_comment", "sender_key", "network_key", "text_key", "submission_key",
)  # fmt: skip
TITLE_MAX = Message._meta.get_field("title").max_length


def drop_after_commit(file):
    """Remove the stored `file` once its row is gone for good; one that cannot be removed does not keep the others."""

    def drop():
        file.storage.delete(file.name)

    transaction.on_commit(drop, robust=True)


def export_person(message, *, user=None, address=""):
    """Return all that is kept of the sender, as a dict of plain values; written into the audit log."""
    data = {
        "编号": message.shown_number,
        "阶段": message.get_stage_display(),
        "主题": message.topic.name,
        "标题": message.title,
        "内容": message.body,
        "姓名": message.name,
        "电话": message.phone,
        "邮箱": message.email,
        "同意公开": message.may_publish,
        "留言时间": timezone.localtime(message.created_at).isoformat(timespec="seconds"),
        "同意告知书": f"第 {message.notice.version} 版" if message.notice else "",
        "有误的页面": message.page_address,
        "有误的文字": message.passage,
        "补充": [item.body for item in message.supplements.all()],
        "附件": [item.name for item in message.attachments.all()],
        "答复": message.reply.body if hasattr(message, "reply") else "",
        "满意度": message.rating,
        "评价": message.rating_comment,
        "经过": [
            f"{timezone.localtime(step.at):%Y-%m-%d %H:%M} {step.get_to_stage_display()}"
            for step in message.steps.all()
            if step.moves
        ],
    }
    audit.record("export", obj=message, user=user, address=address, summary="导出一个人的信息")
    return data


@transaction.atomic
def erase_person(message, *, user=None, address=""):
    """Take out everything that the person wrote or that names them; return the message. A second time changes nothing."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    forget_parts(message)
    message.notes.all().delete()
    Publication.objects.filter(message=message).delete()
    Reply.objects.filter(message=message).update(body=ERASED)
    message.steps.all().forget_notes()
    for name in (*ENDING, "passage", "page_address", "code_hash"):
        setattr(message, name, "")
    message.title, message.body, message.spam_reasons = ERASED, ERASED, []
    message.is_public = message.may_publish = False
    message.contacts_erased_at = message.contacts_erased_at or timezone.now()
    to = None if message.stage in ENDED or message.stage == Stage.ANSWERED else Stage.WITHDRAWN
    take(message, MessageStep.Action.ERASE, by=user, to=to)
    audit.record("erase", obj=message, user=user, address=address, summary="删除一个人的信息")
    return message


def forget_parts(message):
    """Delete what came with the message, and what tells how to reach its sender; the files once that is committed."""
    for item in message.attachments.all():
        drop_after_commit(item.file)
    message.attachments.all().delete()
    message.supplements.all().delete()
    for model in (ReplyDraft, MaskProposal):
        model.objects.filter(message=message).delete()
    notices.forget(message)


def erase_contacts(*, days=None, now=None):
    """Erase the contacts of messages that ended `days` days ago (the settings' where None); return how many.

    What came with them goes too: files, supplements, drafts, the words beside a rating, keys that tell senders alike. Of
    the texts personal data alone is hidden. In batches of their own transactions; running it again goes on where it
    stopped. Files of forms that were never completed go with them.
    """
    holding.forget_old(limit=None)
    return erase_in_batches(erase_batch, days=days, now=now, what="条留言")


def due_for_erasing(end):
    """Messages that ended before `end`, whoever ended them, and whose contacts are still kept."""
    ended = (
        Q(closed_at__lt=end)
        | Q(stage=Stage.ANSWERED, reply__replied_at__lt=end)
        | Q(stage__in=ENDED, closed_at=None, created_at__lt=end)
        | Q(is_quarantined=True, created_at__lt=end)
    )
    return Message.objects.filter(ended, contacts_erased_at=None)


@transaction.atomic
def erase_batch(end):
    due = due_for_erasing(end).select_related("reply").select_for_update(of=("self",))
    messages = list(due.order_by("pk")[:BATCH])
    for message in messages:
        forget_parts(message)
        hide_in_texts(message)
        for name in ENDING:
            setattr(message, name, "")
        message.contacts_erased_at = timezone.now()
        message.save()
    return len(messages)


def hide_in_texts(message):
    """Hide personal data in what was written by and about the sender; in the answer only what is the sender's own."""
    hide = partial(hidden, message)
    before = digest_of(texts_of(message)) if hasattr(message, "reply") else ""
    message.title = hide(message.title)[:TITLE_MAX]
    message.body, message.passage = hide(message.body), hide(message.passage)
    message.steps.all().hide_in_notes(hide)
    for note in message.notes.all():
        note.body = hide(note.body)
        note.save(update_fields=["body"])
    if before:
        message.reply.body = hidden(message, message.reply.body, kinds=())
        message.reply.save(update_fields=["body"])
        # What is public was made of the same texts, masked: it is not out of date now.
        Publication.objects.filter(message=message, digest=before).update(digest=digest_of(texts_of(message)))
