"""What staff do with a message, one function a step. Each checks the stage, writes the history, and tells the sender.

All raise `NotNow`, with a line for people, where the message is at another stage than the step needs: two members of
staff who press at the same time do not undo each other.
"""

from django.db import transaction
from django.utils import timezone

from feedback.clock import Calendar, deadline_of, start_clock
from feedback.models import InternalNote, Message, MessageStep, Reply, ReplyDraft
from feedback.notices import notices, stage_changed
from portal import audit, outbox

Stage, Action = Message.Stage, MessageStep.Action
OPEN = Message.OPEN
AT_WORK = (Stage.ACCEPTED, Stage.ASSIGNED)
ENDED = (Stage.CLOSED, Stage.REJECTED, Stage.SPAM, Stage.WITHDRAWN, Stage.MERGED)
# From which stages a step may be taken.
STAGES = {
    Action.ACCEPT: (Stage.NEW,),
    Action.ASSIGN: OPEN,
    Action.DRAFT: AT_WORK,
    Action.SEND_BACK: AT_WORK,
    Action.APPROVE: AT_WORK,
    Action.CLOSE: (Stage.ANSWERED,),
    Action.REOPEN: (Stage.ANSWERED, Stage.CLOSED, Stage.REJECTED, Stage.SPAM),
    Action.REJECT: OPEN,
    Action.SPAM: OPEN,
    Action.MERGE: OPEN,
    Action.TOPIC: OPEN,
    Action.RECEIVE: (Stage.NEW, Stage.SPAM),
}


class NotNow(Exception):
    """The step does not fit the message as it is; the text is for people."""


def locked(pk, action):
    """Return the message, locked until the transaction ends."""
    message = Message.objects.select_for_update(of=("self",)).select_related("topic").get(pk=pk)
    if message.stage not in STAGES.get(action, Stage.values):
        raise NotNow(f"这条留言现在是“{message.get_stage_display()}”，不能{MessageStep.Action(action).label}。")
    if message.is_quarantined and action in STAGES and action != Action.RECEIVE:
        raise NotNow("这条留言疑似垃圾信息，请先放行。")
    return message


def take(message, action, *, by, to=None, note=""):
    """Move `message` to the stage `to` (None: it stays) and write the step."""
    before, message.stage = message.stage, to or message.stage
    if message.stage in ENDED and message.closed_at is None:
        message.closed_at = timezone.now()
    elif message.stage not in ENDED:
        message.closed_at = None
    message.save()
    step = MessageStep.objects.create(
        message=message, by=by, action=action, from_stage=before, to_stage=message.stage, note=note[:500]
    )
    if step.moves:
        stage_changed(message, step)
    return step


@transaction.atomic
def accept(message, *, by):
    return take(locked(message.pk, Action.ACCEPT), Action.ACCEPT, by=by, to=Stage.ACCEPTED)


@transaction.atomic
def assign(message, *, by, department="", person=None):
    """Give the message to a department, a person, or both; the person is told by mail."""
    message = locked(message.pk, Action.ASSIGN)
    message.department = department or message.department or message.topic.department
    message.assigned_to = person
    who = person.get_full_name() or person.get_username() if person else ""
    step = take(
        message, Action.ASSIGN, by=by, to=Stage.ASSIGNED, note="、".join(filter(None, [message.department, who]))
    )
    if person:
        text = f"留言 {message.shown_number} 已分派给您，请在 {message.due_on:%Y-%m-%d} 之前答复。\n请登录后台办理。"
        outbox.enqueue(person.email, "有一条留言分派给您", text, key=f"feedback-staff-{message.pk}-{step.pk}")
    return step


@transaction.atomic
def write_draft(message, *, by, body, department=""):
    message = locked(message.pk, Action.DRAFT)
    values = {"body": body, "department": department, "written_by": by, "remark": ""}
    ReplyDraft.objects.update_or_create(message=message, defaults=values)
    return take(message, Action.DRAFT, by=by)


@transaction.atomic
def send_back(message, *, by, remark):
    message = locked(message.pk, Action.SEND_BACK)
    if not ReplyDraft.objects.filter(message=message).update(remark=remark):
        raise NotNow("还没有答复稿。")
    return take(message, Action.SEND_BACK, by=by, note=remark)


@transaction.atomic
def approve(message, *, by, seen):
    """Make the draft the answer. `seen` is its text as the reviewer read it: a draft changed meanwhile is not approved."""
    message = locked(message.pk, Action.APPROVE)
    draft = ReplyDraft.objects.select_for_update(of=("self",)).filter(message=message).first()
    if draft is None or draft.remark:
        raise NotNow("没有等待审核的答复稿。")
    if draft.body.split() != seen.split():
        raise NotNow("答复稿刚刚被改过，请看过新稿再审核。")
    if draft.written_by_id == by.pk and not by.is_superuser:
        raise NotNow("答复稿要由另一个人审核。")
    store_reply(message, draft, by)
    note = "拟稿人自己审核" if draft.written_by_id == by.pk else ""
    draft.delete()
    return take(message, Action.APPROVE, by=by, to=Stage.ANSWERED, note=note)


def store_reply(message, draft, by):
    """Keep the answer, with how long it took in working days. A second answer keeps the time of the first."""
    now = timezone.now()
    today, start = timezone.localdate(now), timezone.localtime(message.clock_from).date()
    values = {"body": draft.body, "department": draft.department, "replied_by": by}
    first = values | {
        "replied_at": now,
        "working_days": max(Calendar.current().between(start, today), 0),
        "is_on_time": today <= message.due_on,
    }
    Reply.objects.update_or_create(message=message, defaults=values, create_defaults=first)


@transaction.atomic
def close(message, *, by):
    return take(locked(message.pk, Action.CLOSE), Action.CLOSE, by=by, to=Stage.CLOSED)


@transaction.atomic
def reopen(message, *, by):
    message = locked(message.pk, Action.REOPEN)
    return take(message, Action.REOPEN, by=by, to=Stage.NEW if message.stage == Stage.SPAM else Stage.ACCEPTED)


@transaction.atomic
def reject(message, *, by, reason):
    """The reason is read by the sender."""
    return take(locked(message.pk, Action.REJECT), Action.REJECT, by=by, to=Stage.REJECTED, note=reason)


@transaction.atomic
def mark_spam(message, *, by):
    return take(locked(message.pk, Action.SPAM), Action.SPAM, by=by, to=Stage.SPAM)


def quarantined(message):
    """Return the message, locked, while it waits in quarantine."""
    message = locked(message.pk, Action.RECEIVE)
    if not message.is_quarantined:
        raise NotNow("这条留言已经移出疑似垃圾。")
    return message


@transaction.atomic
def release(message, *, by, address=""):
    """Bring a message out of quarantine into the inbox: the days allowed count from now, as if it had just come."""
    message = quarantined(message)
    message.is_quarantined = False
    start_clock(message, timezone.now())
    step = take(message, Action.RECEIVE, by=by, to=Stage.NEW)
    notices.ask_to_confirm(message)
    audit.record("restore", obj=message, user=by, address=address, summary="移出疑似垃圾")
    return step


@transaction.atomic
def confirm_spam(message, *, by, address=""):
    """Leave a message in quarantine for good; it can still be released."""
    message = quarantined(message)
    if message.stage == Stage.SPAM:
        raise NotNow("这条留言已经确认是垃圾信息。")
    step = take(message, Action.SPAM, by=by, to=Stage.SPAM)
    audit.record("change", obj=message, user=by, address=address, summary="确认是垃圾信息")
    return step


@transaction.atomic
def change_topic(message, *, by, topic):
    message = locked(message.pk, Action.TOPIC)
    note = f"{message.topic} → {topic}"
    message.topic = topic
    message.due_on = deadline_of(message, message.clock_from)
    return take(message, Action.TOPIC, by=by, note=note)


@transaction.atomic
def merge(message, *, by, into):
    """End `message` as a duplicate of `into`, whose answer its sender then reads."""
    first, second = sorted([message.pk, into.pk])
    list(Message.objects.select_for_update(of=("self",)).filter(pk__in=[first, second]).order_by("pk"))
    message, into = locked(message.pk, Action.MERGE), Message.objects.select_related("topic").get(pk=into.pk)
    if into.pk == message.pk:
        raise NotNow("不能并入它自己。")
    if into.stage in (Stage.MERGED, Stage.SPAM, Stage.WITHDRAWN):
        raise NotNow(f"留言 {into.shown_number} 是“{into.get_stage_display()}”，不能并入。")
    message.merged_into = into
    take(into, Action.ABSORB, by=by, note=message.shown_number)
    return take(message, Action.MERGE, by=by, to=Stage.MERGED, note=into.shown_number)


@transaction.atomic
def add_note(message, *, by, body):
    InternalNote.objects.create(message=message, by=by, body=body)
    return take(locked(message.pk, Action.NOTE), Action.NOTE, by=by)


def rejection_reason(message):
    """Return why the message was rejected, for its sender; "" where it was not."""
    step = message.steps.filter(action=Action.REJECT).order_by("-id").first()
    return step.note if step and message.stage == Stage.REJECTED else ""


@transaction.atomic
def reveal(message, *, by, address=""):
    """Write down that `by` looks at the contact data."""
    take(locked(message.pk, Action.REVEAL), Action.REVEAL, by=by)
    audit.record("reveal", obj=message, user=by, address=address)


@transaction.atomic
def withdraw(message):
    """Take the message back for its sender; False where it is answered or ended, and so cannot be."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.stage not in OPEN or message.is_public:
        return False
    take(message, Action.WITHDRAW, by=None, to=Stage.WITHDRAWN)
    return True
