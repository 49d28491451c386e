"""Lists of articles in which every page costs the same: no row is counted and none is passed over.

A page's place is found by the counts of `news/list_counts.py`: the year, the month, then the day that it begins and
ends in; of those days alone the keys are read. What time changes is small and corrects the counts: articles that wait,
and those that end later.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed_zone

from django.db import connection
from django.utils import timezone

from news.list_counts import DAY_MAX, DAY_MIN, LISTED, TABLE
from news.navigation import column_tree
from news.rows import in_database, listed, rows_in, rows_in_column
from portal.pagecache.shared import shared, shared_each

HERE = fixed_zone(timedelta(hours=8))
PINNED_MAX = 5  # articles on top of a list
KINDS = {  # of articles that the counts alone do not tell
    "waits": "published_at > %s AND expires_at IS NULL",
    "ends": "expires_at > %s",
    "pinned": "pinned_until > %s",
}
# One bounded statement: each part goes by an index of its own.
EXCEPTIONS = " UNION ALL ".join(
    f"SELECT '{kind}', id, column_id, published_at, title, expires_at FROM news_article "
    f"WHERE status = 'published' AND {condition}"
    for kind, condition in KINDS.items()
)


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


def exceptions_of(columns, now):
    """Return {column: [Exceptional]} of `columns` (keys) at the moment `now`."""
    found = {column: [] for column in columns}
    with connection.cursor() as cursor:
        cursor.execute(EXCEPTIONS, [in_database(now)] * len(KINDS))
        for kind, pk, column, published_at, title, expires_at in cursor.fetchall():
            item = Exceptional(kind, pk, column, published_at, title)
            has_ended = expires_at is not None and expires_at <= now
            if column in found and (kind == "waits" or (item.published_at <= now and not has_ended)):
                found[column].append(item)
    return found


def exceptional(request, columns):
    """Return all Exceptional of `columns`, as `request` sees them."""
    found = shared_each(
        request, "exceptional", columns, lambda missing: exceptions_of(missing, timezone.now()),
        of=lambda column: (rows_in_column(column),), also=column_tree(request).columns,
    )  # fmt: skip
    return [item for column in columns for item in found[column]]


class Listing:
    """The public articles of `columns` (keys of public columns), newest first: `count()` and slices, for a Paginator.

    `within` is a year (2026) or a month (202611) to keep to. The pinned articles (`pinned`: keys, at most PINNED_MAX)
    are left out of their places where `pinned_apart` is set. `exceptions` are all Exceptional of the columns at `now`,
    `counts` ({period: {part of it: articles}}, time left out) is filled as it is asked.
    """

    def __init__(self, columns, exceptions, counts, *, now, within=None, pinned_apart=False):
        self.columns, self.now, self.within, self.counts = frozenset(columns), now, within, counts
        waiting, self._ending, pinned = ([item for item in exceptions if item.kind == kind] for kind in KINDS)
        pinned = sorted(pinned, key=newest_first)[:PINNED_MAX] if pinned_apart else []
        self.pinned = [item.pk for item in pinned]
        self._corrections = Counter()
        for items, change in ((waiting, -1), (self._ending, 1), (pinned, -1)):
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
        if period not in self.counts:
            if period is None:
                self._count_recent()
            else:
                low, high = period * 100, period * 100 + 99
                parts = [f"level = {level_below(period)} AND period BETWEEN {low} AND {high}"]
                self.counts[period] = {part: number for _, part, number in self._read(parts)}
        return self.counts[period]

    def _count_recent(self):
        """Read the years, and at once what the newest pages need: the months of two years, the days of two months."""
        month = day_of(self.now) // 100
        last_month = month - 1 if month % 100 > 1 else month - 89
        known = {None: {}} | {period: {} for period in (month // 100 - 1, month // 100, last_month, month)}
        parts = [
            "level = 0",
            f"level = 1 AND period BETWEEN {(month // 100 - 1) * 100} AND {month // 100 * 100 + 99}",
            f"level = 2 AND period BETWEEN {last_month * 100} AND {month * 100 + 99}",
        ]
        for level, part, number in self._read(parts):
            known[part // 100 if level else None][part] = number
        self.counts.update(known)

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
        """Return the Rows at `positions` (a slice)."""
        query = self._query(positions.start or 0, positions.stop)
        return rows_in(*query) if query else []

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
        lower, upper = begin_of(last), min(end_of(first), self.now + timedelta(microseconds=1))
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
    """The Listing of `columns` as `request` sees it; kept with its counts until an article of these columns changes."""
    columns = frozenset(columns)
    of = [rows_in_column(column) for column in columns]
    counts = shared(request, ("counts", columns), dict, of=of)

    def make():
        return Listing(columns, exceptional(request, columns), counts, now=timezone.now(), **options)

    return shared(request, ("listing", columns, *options.items()), make, of=of)


def newest_first(item):
    return -item.published_at.timestamp(), -item.pk
