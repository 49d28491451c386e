"""Publication of a message with its answer: masked first, and only what staff have seen masked."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from feedback.handling import NotNow, Stage, take
from feedback.models import MaskProposal, Message, MessageStep, Publication
from portal import audit
from portal.personal_data import Found, find, masked

PARTS = {"title": "标题", "body": "内容", "reply": "答复"}
KIND_NAMES = {
    "mobile": "手机号", "landline": "电话", "id_number": "证件号", "bank_card": "银行卡", "plate": "车牌", "email": "邮箱",
    "wechat": "微信", "qq": "QQ", "street_address": "住址", "name": "姓名", "staff": "人工添加",
}  # fmt: skip


def texts_of(message):
    return {"title": message.title, "body": message.body, "reply": message.reply.body}


def digest_of(texts):
    return hashlib.sha256(json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def proposed(message):
    """Return {part: [Found]} of what is to be masked, as found in the texts and in the sender's own data."""
    return {part: private(message, text) for part, text in texts_of(message).items()}


def private(message, text, kinds=None):
    """Return the places in `text` that name the message's sender or hold personal data (of `kinds`; all where None)."""
    own = [word for word in (message.name, message.phone, message.email) if len(word) > 1]
    return together(text, find(text, kinds), occurrences(text, own, "name"))


def hidden(message, text, kinds=None):
    """Return `text` without what names the message's sender or holds personal data."""
    return masked(text, private(message, text, kinds))


def occurrences(text, words, kind):
    """Return every place in `text` where one of `words` stands."""
    found = []
    for word in filter(None, words):
        start = text.find(word)
        while start >= 0:
            found.append(Found(kind, start, start + len(word)))
            start = text.find(word, start + 1)
    return found


def together(text, *lists):
    """Return the places of all lists in their order; those that overlap become one."""
    joined = []
    for item in sorted((item for found in lists for item in found), key=lambda item: (item.start, -item.end)):
        if joined and item.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, item.end))
        else:
            joined.append(item)
    return [item for item in joined if 0 <= item.start < item.end <= len(text)]


def masks_of(message):
    """Return the MaskProposal for the texts as they are now; unsaved where it is a new proposal."""
    digest = digest_of(texts_of(message))
    stored = MaskProposal.objects.filter(message=message, digest=digest).first()
    return stored or MaskProposal(message=message, digest=digest, spans=proposed(message))


def spans_of(proposal):
    return {part: [Found(kind, start, end) for kind, start, end in proposal.spans.get(part, [])] for part in PARTS}


def pieces(text, spans):
    """Return [(text, kind or "", number of the span)]: the text in place, with its masks as pieces of their own."""
    result, here = [], 0
    for number, item in enumerate(spans):
        result += [(text[here : item.start], "", None), (text[item.start : item.end], item.kind, number)]
        here = item.end
    return [piece for piece in [*result, (text[here:], "", None)] if piece[0]]


@transaction.atomic
def save_masks(message, *, digest, kept, words):
    """Store which proposed places stay (`kept`: {"body-0", …}) and what else is hidden (`words`, wherever they stand).

    Raises NotNow for words that stand nowhere, and where the text was changed meanwhile.
    """
    message = Message.objects.select_related("reply").get(pk=message.pk)
    texts, proposal = texts_of(message), masks_of(message)
    if proposal.digest != digest:
        raise NotNow("文字刚刚被改过，请重新核对。")
    missing = [word for word in words if not any(word in text for text in texts.values())]
    if missing:
        raise NotNow(f"找不到这些文字：{'、'.join(missing)}。")
    spans = {}
    for part, found in spans_of(proposal).items():
        chosen = [item for number, item in enumerate(found) if f"{part}-{number}" in kept]
        spans[part] = together(texts[part], chosen, occurrences(texts[part], words, "staff"))
    MaskProposal.objects.update_or_create(message=message, defaults={"digest": digest, "spans": spans})


@transaction.atomic
def publish(message, *, by, address="", digest):
    """Publish what staff have checked: the masks must be stored for exactly these texts (`digest`)."""
    message = Message.objects.select_for_update(of=("self",)).select_related("topic", "reply").get(pk=message.pk)
    if not message.may_publish:
        raise NotNow("留言人没有同意公开，不能公开。")
    if message.stage not in (Stage.ANSWERED, Stage.CLOSED) or not hasattr(message, "reply"):
        raise NotNow("答复之后才能公开。")
    proposal = MaskProposal.objects.filter(message=message, digest=digest).first()
    if proposal is None or digest != digest_of(texts_of(message)):
        raise NotNow("文字改过以后还没有核对遮盖，请先核对。")
    write_publication(message, proposal, by)
    message.is_public = True
    take(message, MessageStep.Action.PUBLISH, by=by)
    audit.record("publish", obj=message, user=by, address=address)


def write_publication(message, proposal, by):
    """Write the public texts; nothing of the original stands in them where a mask is."""
    texts, spans = texts_of(message), spans_of(proposal)
    Publication.objects.update_or_create(
        message=message,
        defaults={part: masked(texts[part], spans[part]) for part in PARTS}
        | {
            "topic": message.topic,
            "name": message.public_name,
            "department": message.reply.department,
            "asked_at": message.created_at,
            "replied_at": message.reply.replied_at,
            "updated_at": timezone.now(),
            "published_by": by,
            "digest": proposal.digest,
        },
    )


@transaction.atomic
def unpublish(message, *, by, address=""):
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    Publication.objects.filter(message=message).delete()
    message.is_public = False
    take(message, MessageStep.Action.UNPUBLISH, by=by)
    audit.record("withdraw", obj=message, user=by, address=address)


def publish_with_proposal(message, *, by=None):
    """Publish with the masks as proposed: for demo content and for what was public before there were masks."""
    proposal = masks_of(message)
    proposal.save()
    write_publication(message, proposal, by)
    Message.objects.filter(pk=message.pk).update(is_public=True)
