"""The index on PostgreSQL: GIN over the terms of an entry, computed from the stored text by a function.

Nothing but the text and the index is stored: no tsvector beside the row, only its terms in the index. The planner is
not asked which way to go. Of a word that may be common the newest entries are read first, a bounded number of them;
then GIN is asked for ever longer times, as long as the hits so far promise to be needed: neither way depends on how
many entries there are in all. Terms name the windows of time that an entry stands in, so that GIN itself cuts the time.
"""

from django.db import OperationalError, connection, transaction

from portal.models.search import SearchEntry
from portal.search.plan import COLUMNS, Matches, TookTooLong, conditions, count_columns, run
from portal.search.rarity import share
from portal.search.terms import TITLE

SLACK = 0
WALK = 4_000  # newest entries that are read before GIN is asked
WINDOWS = (17, 20, 23)  # bits of a place that count within a window: 6 days, 7 weeks, a year
AT_ONCE = 16  # windows of a length that are asked for together; for more there are the longer ones
FIRST = 1 << 20  # places that are asked for first where a word is not common
COMMON = 1 / 10  # of the texts have words that must be expected in many titles, though the sample shows none
TITLES_ENOUGH = 20  # a page of them
TITLES_LOOKED_AT = 500
NEAREST_LOOKED_AT = 300
TIMEOUT = 3_000  # ms
CANCELLED = "57014"

# As the migration wrote it into the index: PostgreSQL knows the index again by these words. Its terms are the pairs of
# portal.search.terms (those across two lines too: no word has one). A single character is the beginning of a pair.
TERMS = "portal_search_terms(e.content, e.kind::integer, e.column_id, e.source_id, e.place)"


def write(*, gone, written):
    """Take out the entries `gone`; store pairs (old entry or None, new entry). Inside the caller's transaction."""
    if gone:
        SearchEntry.objects.filter(pk__in=[old.pk for old in gone]).delete()
    SearchEntry.objects.bulk_create(
        [entry for _, entry in written],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["column_id", "source_id", "place", "published_at", "expires_at", "content"],
    )


def bounded(read):
    """Run `read` with the ways that a search may go, and an end. Raises TookTooLong."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '16MB';"
                    f"SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = {TIMEOUT}"
                )
            return read()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TookTooLong from error
        raise


def walk(plan, limit):
    """Return hits among the newest WALK entries."""
    where, values = conditions(plan, position="strpos")
    sql = (
        f"SELECT {COLUMNS} FROM (SELECT * FROM portal_searchentry WHERE place BETWEEN %s AND %s"  # noqa: S608
        f" ORDER BY place DESC, id DESC LIMIT {WALK}) e WHERE {where} LIMIT %s"
    )
    return run(sql, [plan.lowest(SLACK), plan.upto, *values, limit])


def quoted(term):
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(terms):
    return "(" + " | ".join(map(quoted, terms)) + ")"


def expression(plan):
    """Return the tsquery of a plan's terms and filters. Single characters are left to the text where there are pairs."""
    terms = plan.terms(singles=False)
    parts = [quoted(term) + (":*" if len(term.removeprefix(TITLE)) == 1 else "") for term in terms]
    if plan.filters.kind is not None:
        parts.append(quoted(f"k:{plan.filters.kind}"))
    if plan.filters.source is not None:
        parts.append(quoted(f"s:{plan.filters.source}"))
    if plan.filters.columns is not None:
        parts.append(any_of([f"c:{column}" for column in plan.filters.columns] or ["none"]))
    return " & ".join(parts)


class Times:
    """The times that GIN is asked for, ever longer ones up to the plan's end, for what has the terms of a tsquery."""

    def __init__(self, plan, wanted, first):
        self.wanted, self.span = wanted, first
        self.newest, self.oldest = extent(plan)
        self.whole = wanted if plan.filters.start is None else self._within(self.newest - self.oldest)

    @property
    def is_whole(self):
        return self.span >= self.newest - self.oldest

    @property
    def window(self):
        return self.whole if self.is_whole else self._within(self.span)

    def _within(self, span):
        bits = next((bits for bits in WINDOWS if span >> bits < AT_ONCE), WINDOWS[-1])
        windows = range((self.newest - span) >> bits, (self.newest >> bits) + 1)
        return f"{self.wanted} & {any_of([f'{bits}:{window}' for window in windows])}"

    def widen(self, found, goal, *, reached=None):
        """Go on to a time that is likely to have `goal` hits: down to the place `reached`, or till now, `found` were."""
        span = self.span if reached is None else max(self.newest - reached, 1 << WINDOWS[0])
        self.span = int(span * max(2, 1.5 * goal / max(found, 4)))


def extent(plan):
    """Return the places of the newest and the oldest entry of the plan's time."""
    with connection.cursor() as cursor:
        sql = "SELECT max(place), min(place) FROM portal_searchentry WHERE place BETWEEN %s AND %s"
        cursor.execute(sql, [plan.lowest(SLACK), plan.upto])
        newest, oldest = cursor.fetchone()
    return (plan.upto, plan.upto) if newest is None else (newest, oldest)


def from_gin(plan, wanted, limit, *, by_time=False):
    """Return hits that have the terms of the tsquery `wanted`: the newest of them, or as many as come first."""
    where, values = conditions(plan, position="strpos")
    found = f"SELECT {COLUMNS} FROM portal_searchentry e WHERE {TERMS} @@ %s::tsquery AND {where}"  # noqa: S608
    if by_time:
        found = f"WITH e AS MATERIALIZED ({found}) SELECT {COLUMNS} FROM e ORDER BY place DESC, id DESC"  # noqa: S608
    return run(f"{found} LIMIT %s", [wanted, *values, limit])


def newest_first(hits):
    return sorted(hits, key=lambda hit: (hit.place, hit.id), reverse=True)


def matches(plan, *, wanted, limit):
    """Return the Matches: at most `limit` hits. `wanted` of them are needed for the page."""
    return bounded(lambda: _matches(plan, wanted, limit))


def _matches(plan, wanted, limit):
    seen, newest, hits = share(plan.words), [], []
    if seen * WALK >= wanted:
        newest = walk(plan, limit + 1)
        if len(newest) > limit:
            return Matches(newest[:limit], True, count_columns(newest[:limit]))
    times = Times(plan, expression(plan), FIRST)
    if not seen:  # it is rare, and these are likely to be all
        hits = from_gin(plan, times.whole, limit + 1)
        if len(hits) <= limit:
            return Matches(newest_first(hits), False, count_columns(hits))
    if newest:
        times.widen(len(newest), limit if len(newest) >= wanted else wanted, reached=newest[-1].place)
    while len(newest) < wanted or len(hits) <= limit:
        found = from_gin(plan, times.window, limit + 1)
        if len(found) <= limit:
            newest = max(newest, newest_first(found), key=len)  # both lack nothing of their time
        else:
            hits = found
            newest = newest if len(newest) >= wanted else from_gin(plan, times.window, limit, by_time=True)
        if times.is_whole:
            break
        times.widen(len(newest), limit if len(newest) >= wanted else wanted)
    more = len(hits) > limit
    return Matches(newest, more, count_columns(hits[:limit] if more else newest))


def in_titles(plan, limit):
    """Return entries that have the words of a `titles` plan in their titles, or nearly so: the newest of those seen."""
    return bounded(lambda: in_windows(plan, expression(plan), TITLES_ENOUGH, TITLES_LOOKED_AT))[:limit]


def nearest(plan, terms):
    """Return some entries whose titles hold any of `terms`."""
    wanted = any_of([TITLE + term for term in terms])
    return bounded(lambda: in_windows(plan, wanted, NEAREST_LOOKED_AT, NEAREST_LOOKED_AT))


def in_windows(plan, wanted, enough, limit):
    seen = share(plan.words, titles=plan.titles)
    times = Times(plan, wanted, 1 << WINDOWS[0] if seen else FIRST)
    if not seen and share(plan.words) < COMMON:
        return newest_first(from_gin(plan, times.whole, limit))
    while len(hits := from_gin(plan, times.window, limit)) < enough and not times.is_whole:
        times.widen(len(hits), enough)
    return newest_first(hits)
