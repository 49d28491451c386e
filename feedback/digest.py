"""The daily digest for whoever may read it (right: 每日收到留言汇总): numbers only, nothing of what people wrote."""

from django.db.models import Count
from django.utils import timezone

from feedback.clock import Calendar, warning_for
from feedback.handling import OPEN
from feedback.models import Message
from portal import outbox
from portal.models import User

LISTED_MAX = 50


def write(today=None):
    """Write the digest of `today` to each reader's outbox; a second time on the same day writes nothing. Return how many."""
    today = today or timezone.localdate()
    readers = User.objects.with_perm(
        "feedback.receive_digest", include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    ).exclude(email="")
    body = text_of(today)
    for reader in readers:
        outbox.enqueue(reader.email, f"留言办理汇总 {today:%Y-%m-%d}", body, key=f"feedback-digest-{today}-{reader.pk}")
    return len(readers)


def text_of(today):
    inbox = Message.objects.in_inbox()
    counts = dict(inbox.filter(stage__in=OPEN).order_by().values_list("stage").annotate(Count("pk")))
    lines = [f"{stage.label}：{counts.get(stage, 0)} 条" for stage in OPEN]
    lines.append(f"等待审核的答复稿：{inbox.filter(stage__in=OPEN, draft__remark='').count()} 条")
    calendar = Calendar.current()
    soon = inbox.nearly_due(today, calendar.amber_until(today))
    lines += section("已超期", inbox.overdue(today).order_by("due_on")[:LISTED_MAX])
    lines += section("快到期", soon.order_by("due_on")[:LISTED_MAX])
    return "\n".join([*lines, "", warning_for(calendar.add(today, 15)), "请登录后台办理。"])


def section(name, messages):
    rows = [f"  {message.shown_number}  期限 {message.due_on:%Y-%m-%d}  {message.department}" for message in messages]
    return ["", f"{name}：", *rows] if rows else []
