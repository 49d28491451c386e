"""The index on PostgreSQL: GIN over the terms of an entry, computed from the stored text by a function.

Nothing but the text and the index is stored: no tsvector of four times the text. The planner is not asked which way to go: the newest
entries are read first, a bounded number of them; where they do not fill the page, the word is rare and its matches
are gathered from GIN.
"""

from django.db import OperationalError, connection, transaction

from portal.models.search import SearchEntry
from portal.search.plan import COLUMNS, Matches, TookTooLong, conditions, count_columns, run
from portal.search.terms import TITLE

SLACK = 0
WALK = 4_000  # newest entries that are read before GIN is asked
TITLES_LOOKED_AT = 1_000
NEAREST_LOOKED_AT = 300
TIMEOUT = 3_000  # ms
CANCELLED = "57014"

# As the migration wrote it into the index: PostgreSQL knows the index again by these words. The terms are those of
# portal.search.terms, but that pairs across two lines are in the index too: no word has one.
TERMS = 'portal_search_terms(e.content, e.kind::integer, e.column_id, e.source_id) COLLATE "C"'


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
        if getattr(error.__cause__, "pgcode", "") == CANCELLED:
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


def from_gin(plan, limit, *, by_time):
    """Return hits by way of GIN: the newest of all of them, or as many as come first."""
    where, values = conditions(plan, position="strpos")
    terms = plan.terms()
    if plan.kind is not None:
        terms.append(f"k:{plan.kind}")
    if plan.source is not None:
        terms.append(f"s:{plan.source}")
    given = [terms]
    narrowed = ""
    if plan.columns is not None:
        narrowed = f" AND {TERMS} && %s::text[]"
        given.append([f"c:{column}" for column in plan.columns])
    found = f"SELECT {COLUMNS} FROM portal_searchentry e WHERE {TERMS} @> %s::text[]{narrowed} AND {where}"  # noqa: S608
    if by_time:
        found = f"WITH e AS MATERIALIZED ({found}) SELECT {COLUMNS} FROM e ORDER BY place DESC, id DESC"  # noqa: S608
    return run(f"{found} LIMIT %s", [*given, *values, limit])


def matches(plan, *, wanted, limit):
    """Return the Matches: at most `limit` hits. `wanted` of them are needed for the page."""
    return bounded(lambda: _matches(plan, wanted, limit))


def _matches(plan, wanted, limit):
    newest = walk(plan, limit + 1)
    if len(newest) > limit:
        return Matches(newest[:limit], True, count_columns(newest[:limit]))
    if len(newest) >= wanted:
        sample = from_gin(plan, limit + 1, by_time=False)
        if len(sample) > limit:
            return Matches(newest, True, count_columns(sample[:limit]))
        sample.sort(key=lambda hit: (hit.place, hit.id), reverse=True)
        return Matches(sample, False, count_columns(sample))
    hits = from_gin(plan, limit + 1, by_time=True)
    return Matches(hits[:limit], len(hits) > limit, count_columns(hits[:limit]))


def in_titles(plan, limit):
    """Return entries that have the words of a `titles` plan in their titles, or nearly so: the newest of those seen."""
    hits = bounded(lambda: from_gin(plan, TITLES_LOOKED_AT, by_time=False))
    return sorted(hits, key=lambda hit: (hit.place, hit.id), reverse=True)[:limit]


def nearest(plan, terms):
    """Return some entries whose titles hold any of `terms`."""
    where, values = conditions(plan, position="strpos")
    sql = f"SELECT {COLUMNS} FROM portal_searchentry e WHERE {TERMS} && %s::text[] AND {where} LIMIT %s"  # noqa: S608
    given = [[TITLE + term for term in terms], *values, NEAREST_LOOKED_AT]
    return bounded(lambda: run(sql, given))
