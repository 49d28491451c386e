"""The most read articles of a window of time, from the hourly and daily sums of views.

The windows of the page of rankings slide: the last 24 hours end now, not at midnight. Adding up a window costs with its
length, so each is kept for a while that is short beside it. What stands beside articles are the seven days up to
yesterday: the same all day, so that pages which are kept can show it.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.core.cache import cache
from django.db.models import F, Sum
from django.utils import timezone

from news.models import ViewDay, ViewHour
from news.rows import public_rows_of, public_titles_of
from portal.pagecache.shared import shared

LENGTH = 20
BESIDE = 10
CANDIDATES = 60  # so that some may have been withdrawn since


@dataclass(frozen=True)
class Window:
    name: str
    label: str
    hours: int
    kept: int  # seconds that a sum is used for


WINDOWS = {
    window.name: window
    for window in (
        Window("day", "24小时", 24, 60),
        Window("week", "7天", 7 * 24, 300),
        Window("month", "30天", 30 * 24, 900),
        Window("year", "一年", 365 * 24, 3_600),
    )
}


def most_read(window):
    """Return [(Row, views in it)] of the published articles most read in `window`, at most LENGTH."""
    sums = dict(cache.get_or_set(f"most-read:{window.name}", lambda: add_up(window), window.kept))
    ranked = sorted(public_rows_of(sums), key=lambda row: (-sums[row.pk], -row.pk))[:LENGTH]
    return [(row, sums[row.pk]) for row in ranked]


def most_read_lately(request):
    """Return the Titles of the published articles most read in the seven days up to yesterday, at most BESIDE."""

    def make():
        keys = most_read_before(timezone.localdate())
        titles = {title.pk: title for title in public_titles_of(keys)}
        return tuple(titles[key] for key in keys if key in titles)[:BESIDE]

    return shared(request, "most read lately", make)


@lru_cache(maxsize=1)
def most_read_before(day):
    """Return the keys of the articles most read in the seven days before `day`. These are over, so each process adds them up
    once; the shared cache is not asked, because pages have to be made while it is away.
    """
    sums = most_of(ViewDay.objects.filter(day__gte=day - timedelta(days=7), day__lt=day))
    return tuple(key for key, _ in sums[: 2 * BESIDE])


def next_ranking(now):
    """Return the midnight after `now`, at which the days up to yesterday become others."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def add_up(window):
    """Return [(article key, views)] of the most read in `window`, the most read first."""
    since = timezone.now() - timedelta(hours=window.hours)
    if window.hours <= 24:
        rows = ViewHour.objects.filter(hour__gt=since.replace(minute=0, second=0, microsecond=0))
    else:
        rows = ViewDay.objects.filter(day__gt=timezone.localdate(since))
    return most_of(rows)


def most_of(rows):
    """Return [(article key, views)] of the CANDIDATES most read by these sums, the most read first."""
    # By an expression: to group by the field itself, SQLite walks the index of all articles instead of the window.
    sums = rows.annotate(key=F("article_id") + 0).values("key").annotate(views=Sum("count")).order_by("-views", "-key")
    return list(sums.values_list("key", "views")[:CANDIDATES])
