"""采用率: what came from which unit in which month, and how much of it was adopted."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from news.models import Source, Submission
from portal.models import User

RANKING_KEPT = 300  # seconds
RANKING_LENGTH = 50
ADOPTED = Q(stage=Submission.Stage.ADOPTED)


@dataclass(frozen=True)
class Line:
    unit: str
    month: object  # the first day; None: all of them
    received: int
    adopted: int

    @property
    def rate(self):
        return round(100 * self.adopted / self.received)


def of_account(year, user):
    """Return the Lines of `year` by month of what the account `user` sent, whatever its unit was called."""
    found = _counted(year, Submission.objects.of_account(user)).annotate(month=TruncMonth("created_at"))
    found = found.values_list("month").annotate(received=Count("pk"), adopted=Count("pk", filter=ADOPTED))
    return [Line(user.unit, timezone.localdate(month), *counts) for month, *counts in found.order_by("month")]


def by_month(year):
    """Return the Lines of `year` by unit and month."""
    found = _counted(year).annotate(month=TruncMonth("created_at")).values_list("source", "month")
    found = found.annotate(received=Count("pk"), adopted=Count("pk", filter=ADOPTED))
    return [
        Line(unit, timezone.localdate(month), *counts) for unit, month, *counts in found.order_by("source", "month")
    ]


def by_unit(year):
    found = _counted(year).values_list("source")
    found = found.annotate(received=Count("pk"), adopted=Count("pk", filter=ADOPTED))
    lines = [Line(unit, None, *counts) for unit, *counts in found]
    return sorted(lines, key=lambda line: (-line.adopted, -line.rate, line.unit))


def _counted(year, rows=None):
    rows = Submission.objects.all() if rows is None else rows
    return rows.counted().filter(created_at__year=year, source__gt="").order_by()


def ranking(year):
    """Return the units of `year` by adopted submissions, for the public: only names that staff know of.

    Kept for RANKING_KEPT: what came in changes no other page.
    """
    return cache.get_or_set(f"contributions:ranking:{year}", lambda: _ranked(year), RANKING_KEPT)


def _ranked(year):
    lines = [line for line in by_unit(year) if line.adopted]
    names = {line.unit for line in lines}
    known = set(Source.objects.filter(name__in=names).values_list("name", flat=True))
    known |= set(User.objects.filter(unit__in=names).values_list("unit", flat=True))
    return [line for line in lines if line.unit in known][:RANKING_LENGTH]
