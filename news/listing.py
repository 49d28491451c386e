"""Lists of articles in which every page costs the same: no row is counted and none is passed over.

A page's place is found by the counts of `news/list_counts.py`: the year, the month, then the day that it begins and
ends in; of those days alone the keys are read. What time changes is small and corrects the counts: articles that wait,
and those that end later.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed_zone

from django.db import connection
from django.db.models import Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from news.list_counts import DAY_MAX, DAY_MIN, LISTED, TABLE
from news.models import Article
from portal.pagecache.shared import shared
from portal.publishing import Status

HERE = fixed_zone(timedelta(hours=8))
PINNED_MAX = 5  # articles on top of a list


def day_of(moment):
    """The day of a moment as the counts name it: 20261123."""
    try:
        here = moment.astimezone(HERE)
    except OverflowError:
        return DAY_MAX
    return max((here.year * 100 + here.month) * 100 + here.day, DAY_MIN)


def level_below(period):
    """The level of the counts that parts `period`: years, the months of a year, the days of a month."""
    if period is None:
        return 0
    return 1 if period < 10_000 else 2


def midnight(day):
    return datetime(day // 10000, day // 100 % 100, day % 100, tzinfo=HERE)


def begin_of(day):
    return midnight(day) if day > DAY_MIN else datetime.min.replace(tzinfo=UTC)


def end_of(day):
    return midnight(day) + timedelta(days=1) if day < DAY_MAX else datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Exceptional:
    """An article that the counts alone do not tell: it waits, ends later, or is pinned."""

    kind: str
    pk: int
    column: int
    published_at: datetime
    title: str


@dataclass
class Moment:
    """The public articles at one moment: what all lists of a version share."""

    now: datetime = field(default_factory=lambda: timezone.now())
    counts: dict = field(default_factory=dict)  # (columns, period): {part of it: articles}, time left out
    heads: dict = field(default_factory=dict)  # column: see heads_of

    def __post_init__(self):
        self.exceptions = [
            Exceptional(kind, pk, column, published_at, title)
            for kind, pk, column, published_at, title, expires_at in self._rows()
            if kind == "waits" or (published_at <= self.now and (expires_at is None or expires_at > self.now))
        ]

    def _rows(self):
        """One bounded query: each part goes by an index of its own."""
        published = Article.objects.filter(status=Status.PUBLISHED).order_by()
        parts = [
            ("waits", published.filter(published_at__gt=self.now, expires_at__isnull=True)),
            ("ends", published.filter(expires_at__gt=self.now)),
            ("pinned", published.filter(pinned_until__gt=self.now)),
        ]
        first, *others = [
            part.values_list(Value(kind), "pk", "column_id", "published_at", "title", "expires_at")
            for kind, part in parts
        ]
        return first.union(*others, all=True)

    def of(self, kind, columns):
        return [item for item in self.exceptions if item.kind == kind and item.column in columns]


def moment(request):
    """The Moment that `request` renders; kept while the version of the content lasts, which ends when time changes it."""
    if not hasattr(request, "articles_moment"):
        request.articles_moment = shared(request, "articles_moment", Moment)
    return request.articles_moment


class Listing:
    """The public articles of `columns` (keys of public columns), newest first: `count()` and slices, for a Paginator.

    `within` is a year (2026) or a month (202611) to keep to. The pinned articles (`pinned`: keys, at most PINNED_MAX)
    are left out of their places where `pinned_apart` is set.
    """

    def __init__(self, columns, *, at, within=None, pinned_apart=False):
        self.columns, self.at, self.within = frozenset(columns), at, within
        pinned = sorted(at.of("pinned", self.columns), key=newest_first) if pinned_apart else []
        self.pinned = [item.pk for item in pinned[:PINNED_MAX]]
        self._ending = at.of("ends", self.columns)
        self._corrections = Counter()
        for items, change in ((at.of("waits", self.columns), -1), (self._ending, 1), (pinned[:PINNED_MAX], -1)):
            self._corrections.update({day_of(item.published_at): 0 for item in items})
            for item in items:
                self._corrections[day_of(item.published_at)] += change
        self._parts = {}

    def count(self):
        return sum(number for _, number in self.parts(self.within))

    def parts(self, period=None):
        """Return [(period, articles)] of the years, of the months of a year or of the days of a month, newest first;
        those without articles are left out.
        """
        if period not in self._parts:
            found = Counter(self._counted(period))
            days = 100 ** (2 - level_below(period))
            for day, change in self._corrections.items():
                if period is None or day // days // 100 == period:
                    found[day // days] += change
            self._parts[period] = [(key, found[key]) for key in sorted(found, reverse=True) if found[key] > 0]
        return self._parts[period]

    def _counted(self, period):
        """Return {part of the period: articles}, time left out."""
        if (self.columns, period) not in self.at.counts:
            if period is None:
                self._count_recent()
            else:
                low, high = period * 100, period * 100 + 99
                parts = [f"level = {level_below(period)} AND period BETWEEN {low} AND {high}"]
                self.at.counts[self.columns, period] = {part: number for _, part, number in self._read(parts)}
        return self.at.counts[self.columns, period]

    def _count_recent(self):
        """Read the years, and at once what the newest pages need: the months of two years, the days of two months."""
        month = day_of(self.at.now) // 100
        last_month = month - 1 if month % 100 > 1 else month - 89
        known = {None: {}} | {period: {} for period in (month // 100 - 1, month // 100, last_month, month)}
        parts = [
            "level = 0",
            f"level = 1 AND period BETWEEN {(month // 100 - 1) * 100} AND {month // 100 * 100 + 99}",
            f"level = 2 AND period BETWEEN {last_month * 100} AND {month * 100 + 99}",
        ]
        for level, part, number in self._read(parts):
            known[part // 100 if level else None][part] = number
        self.at.counts |= {(self.columns, period): counts for period, counts in known.items()}

    def _read(self, parts):
        columns = listed(self.columns)
        query = " UNION ALL ".join(
            f"SELECT level, period, sum(count) FROM {TABLE} WHERE column_id IN ({columns}) AND {part} GROUP BY level, period"
            for part in parts
        )
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [(level, part, int(number)) for level, part, number in cursor.fetchall()]

    def __getitem__(self, positions):
        """Return the articles at `positions` (a slice), as lists show them."""
        query = self._query(positions.start or 0, positions.stop)
        return list(Article.objects.for_lists().filter(pk__in=RawSQL(*query)).newest()) if query else []  # noqa: S611

    def keys(self, start, stop):
        """Return the keys of the articles at the positions from `start` to before `stop`."""
        query = self._query(start, stop)
        if not query:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*query)
            return [key for (key,) in cursor.fetchall()]

    def _query(self, start, stop):
        """Return (SQL, parameters) for the keys at these positions, None where there are none."""
        stop = min(stop, self.count())
        if start >= stop:
            return None
        first, passed = self._locate(start)
        last, _ = self._locate(stop - 1)
        lower, upper = begin_of(last), min(end_of(first), self.at.now + timedelta(microseconds=1))
        ending = [item.pk for item in self._ending if lower <= item.published_at < upper]
        also = f"UNION ALL SELECT id, published_at FROM news_article WHERE id IN ({listed(ending)})" if ending else ""
        without = f"WHERE id NOT IN ({listed(self.pinned)})" if self.pinned else ""
        query = (
            "SELECT id FROM (SELECT id, published_at FROM news_article "
            f"WHERE column_id IN ({listed(self.columns)}) AND {LISTED.format(row='')} "
            f"AND published_at >= %s AND published_at < %s {also}) AS found {without} "
            f"ORDER BY published_at DESC, id DESC LIMIT {stop - start} OFFSET {passed}"
        )
        return query, [in_database(lower), in_database(upper)]

    def _locate(self, position):
        """Return (day, articles of that day before the one at `position`)."""
        period = self.within
        while period is None or period < 10**6:
            for period, number in self.parts(period):  # noqa: B007, B020  the part found is looked into next
                if position < number:
                    break
                position -= number
            else:
                raise LookupError(f"The counts below {period} do not agree.")
        return period, position


def listing(request, columns, **options):
    """The Listing of `columns` as `request` sees it; kept with the version, its counts included."""
    at, key = moment(request), ("listing", frozenset(columns), *options.items())
    return shared(request, key, lambda: Listing(columns, at=at, **options))


def articles_of(keys, articles=None):
    """Return the articles with these keys, in their order, as lists show them; `articles` where they need more."""
    chosen = Article.objects.for_lists() if articles is None else articles
    found = {article.pk: article for article in chosen.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


def newest_first(item):
    return -item.published_at.timestamp(), -item.pk


def listed(numbers):
    """Keys as SQL; a key that no row has where there are none."""
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "0"


def in_database(value):
    return connection.ops.adapt_datetimefield_value(value)


def from_database(value):
    """SQLite's moments are in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
