"""The messages' part of the monthly work report: how many came, how soon they were answered. No visitor's words."""

from django.utils import timezone

from feedback.models import Message
from portal.desk import may_see
from portal.spreadsheets import Sheet

HEADER = ("主题", "收到", "已答复", "平均答复工作日", "最长答复工作日", "超期未答复")


def sheets(user, begin, end):
    if not may_see(user, "feedback.view_message"):
        return []
    real = Message.objects.in_inbox().exclude(stage=Message.Stage.SPAM)
    received = real.filter(created_at__gte=begin, created_at__lt=end)
    topics = {}
    for row in received.order_by("topic__position").values_list(
        "topic__name", "reply__working_days", "due_on", "stage"
    ):
        topics.setdefault(row[0], []).append(row[1:])
    return [Sheet("留言", HEADER, [(name, *_figures(rows)) for name, rows in topics.items()], (24, 10, 10, 14, 14, 12))]


def _figures(rows):
    days = [working_days for working_days, _, _ in rows if working_days is not None]
    today = timezone.localdate()
    late = sum(bool(due and due < today and stage in Message.OPEN) for _, due, stage in rows)
    average = round(sum(days) / len(days), 1) if days else None
    return len(rows), len(days), average, max(days, default=None), late
