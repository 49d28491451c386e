"""The monthly figures: counted into a small table, so that no reader's request counts messages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from feedback.models import Message, MonthlyFigures, Reply

SAMPLE_MIN = 5  # ratings below which a satisfaction would point at single persons
MONTHS_SHOWN = 12
COUNTS = ("received", "answered", "on_time", "working_days", "ratings", "rating_sum")


@dataclass(frozen=True)
class Figures:
    """The sums of some rows: of a month, of a topic."""

    label: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    working_days: int = 0
    ratings: int = 0
    rating_sum: int = 0
    month: date | None = None

    @property
    def on_time_share(self):
        return round(100 * self.on_time / self.answered) if self.answered else None

    @property
    def average_days(self):
        return round(self.working_days / self.answered, 1) if self.answered else None

    @property
    def satisfaction(self):
        """The mean of the ratings (1 to 5); None where there are too few."""
        return round(self.rating_sum / self.ratings, 1) if self.ratings >= SAMPLE_MIN else None


def first_day(day):
    return day.replace(day=1)


def month_after(month):
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month):
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def beginning(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def refresh(month):
    """Count one month anew. Rows that are as they were are not written, so that kept pages stay; return how many were."""
    span = (beginning(month), beginning(month_after(month)))
    counted = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    real = Message.objects.filter(is_quarantined=False).exclude(stage=Message.Stage.SPAM)
    received = real.filter(created_at__gte=span[0], created_at__lt=span[1])
    for topic, count in received.order_by().values_list("topic").annotate(Count("pk")):
        counted[topic]["received"] = count
    answered = Reply.objects.filter(replied_at__gte=span[0], replied_at__lt=span[1])
    for row in answered.order_by().values("message__topic").annotate(
        answered=Count("pk"), on_time=Count("pk", filter=Q(is_on_time=True)), days=Sum("working_days"),
        ratings=Count("message__rating"), rating_sum=Sum("message__rating"),
    ):  # fmt: skip
        counted[row["message__topic"]] |= {
            "answered": row["answered"], "on_time": row["on_time"], "working_days": row["days"] or 0,
            "ratings": row["ratings"], "rating_sum": row["rating_sum"] or 0,
        }  # fmt: skip
    return store(month, counted)


@transaction.atomic
def store(month, counted):
    changed = 0
    for row in MonthlyFigures.objects.select_for_update().filter(month=month):
        values = counted.pop(row.topic_id, dict.fromkeys(COUNTS, 0))
        if any(getattr(row, name) != values[name] for name in COUNTS):
            changed += MonthlyFigures.objects.filter(pk=row.pk).update(**values)
    for topic, values in counted.items():
        MonthlyFigures.objects.update_or_create(month=month, topic_id=topic, defaults=values)
        changed += 1
    return changed


def sums(rows, label, month=None):
    rows = list(rows)
    return Figures(label, *(sum(getattr(row, name) for row in rows) for name in COUNTS), month=month)


def by_month(rows):
    """Return the Figures of each month among `rows`, the newest first."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.month].append(row)
    return [
        sums(group, f"{month.year} 年 {month.month} 月", month) for month, group in sorted(groups.items(), reverse=True)
    ]


def by_topic(rows):
    groups = defaultdict(list)
    for row in rows:
        groups[row.topic].append(row)
    return [sums(group, topic.name) for topic, group in sorted(groups.items(), key=lambda pair: pair[0].position)]


def chart(months, *, width=720, height=220):
    """Return the bars of a chart of received and answered, in the units of its viewBox; the oldest month at left."""
    months = list(reversed(months))
    top = max([item.received for item in months] + [item.answered for item in months] + [1])
    step = width / max(len(months), 1)
    bar = min(step / 3, 28)
    bars = []
    for number, item in enumerate(months):
        left = number * step + step / 2 - bar
        tall = [round((height - 50) * value / top) for value in (item.received, item.answered)]
        bars.append(
            {
                "month": item, "middle": round(left + bar), "width": round(bar) - 1,
                "received": {"x": round(left), "y": height - 26 - tall[0], "height": tall[0]},
                "answered": {"x": round(left + bar), "y": height - 26 - tall[1], "height": tall[1]},
            }
        )  # fmt: skip
    return {"bars": bars, "width": width, "height": height, "base": height - 26, "label_y": height - 8}
