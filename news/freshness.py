"""Which columns have gone stale, by 《政府网站与政务新媒体检查指标》(国办秘函〔2019〕19号)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from news.listing import exceptions_of
from news.models import Column
from news.newest import heads_of

TWO_WEEKS, HALF_A_YEAR = 14, 183  # days
HOME_DAYS = 14
TYPES = {"工作动态": TWO_WEEKS, "公告通知": HALF_A_YEAR, "政策文件": HALF_A_YEAR, "政策解读": HALF_A_YEAR}
NAMES = ((re.compile("动态|要闻|新闻"), TWO_WEEKS), (re.compile("通知|公告|政策"), HALF_A_YEAR))


@dataclass(frozen=True)
class Freshness:
    column: Column
    newest: datetime | None  # when something last appeared in it or below it
    days: int | None  # within which something must appear; None: no matter when

    @property
    def is_empty(self):
        return self.newest is None

    @property
    def is_stale(self):
        return bool(self.newest and self.days) and self.newest < timezone.now() - timedelta(days=self.days)


def days_allowed(column):
    """Return the days within which `column` must have something new: as set, by its type, or by its name."""
    if column.update_days is not None:
        return column.update_days or None
    if column.column_type:
        return TYPES.get(column.column_type)
    return next((days for pattern, days in NAMES if pattern.search(column.name)), None)


def of_columns():
    """Return the Freshness of each public column of articles, by the heads of lists: a column without any costs least.

    Asked by a subquery for each column, PostgreSQL walks all articles in search of the first of an empty one.
    """
    columns = list(Column.objects.public().with_tree_fields().defer("body"))
    keys, now, latest = {column.pk for column in columns}, timezone.now(), {}
    heads = heads_of(keys, [item for items in exceptions_of(keys, now).values() for item in items], now)
    for column in columns:
        own = [title.published_at for _, title in heads[column.pk]]
        for pk in column.tree_path:
            latest[pk] = max(filter(None, (latest.get(pk), *own)), default=None)
    return [Freshness(column, latest[column.pk], days_allowed(column)) for column in columns if column.kind == "list"]


def needing_care(freshness):
    """Return ([stale], [empty])."""
    return [item for item in freshness if item.is_stale], [item for item in freshness if item.is_empty]


def home_newest(freshness):
    return max((item.newest for item in freshness if item.newest), default=None)
