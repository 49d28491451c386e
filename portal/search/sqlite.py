"""The index on SQLite: an FTS5 table of terms without positions and without contents.

Its rowid is the entry's place, which sorts by time: FTS5 then yields the newest first, and stops when there are
enough. The tokenizer "ascii" takes every character above 127 for a letter and folds nothing there, so the ASCII ones
are moved into the private use area, which no normalised text holds.
"""

import time

from django.db import OperationalError, connection

from portal.models.search import SearchEntry
from portal.search.plan import COLUMNS, Matches, TookTooLong, conditions, count_columns, run
from portal.search.terms import TITLE, terms_of

SLACK = 20_000  # places that an entry may stand below its time, where many have the same
TABLE = "portal_searchentry_terms"
PUT_IN = f"INSERT INTO {TABLE}(rowid, terms) VALUES (%s, %s)"  # noqa: S608
TAKE_OUT = f"INSERT INTO {TABLE}({TABLE}, rowid, terms) VALUES ('delete', %s, %s)"  # noqa: S608
_LETTERS = {code: chr(0xE000 + code) for code in range(128)}
NEAREST_LOOKED_AT = 300
TIMEOUT = 3  # seconds
STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond


def token(term):
    return term.translate(_LETTERS)


def tokens_of(entry):
    """Return what FTS5 is given for an entry; the same again to take it out."""
    facets = [f"k{entry.kind}"]
    if entry.column_id is not None:
        facets.append(f"c{entry.column_id}")
    if entry.source_id is not None:
        facets.append(f"s{entry.source_id}")
    return " ".join([*facets, *map(token, sorted(terms_of(entry.content)))])


def write(*, gone, written):
    """Take out the entries `gone`; store pairs (old entry or None, new entry). Inside the caller's transaction."""
    with connection.cursor() as cursor:
        for old in [*gone, *(old for old, _ in written if old)]:
            cursor.execute(TAKE_OUT, [old.place, tokens_of(old)])
        SearchEntry.objects.filter(pk__in=[old.pk for old in gone]).delete()
        for old, entry in written:
            entry.pk = old and old.pk
            if old is None or old.place != entry.place:
                entry.place = free_place(cursor, entry.place)
            entry.save(force_insert=old is None, force_update=old is not None)
            cursor.execute(PUT_IN, [entry.place, tokens_of(entry)])


def free_place(cursor, wanted):
    """Return the greatest place up to `wanted` where nothing stands. Writers wait for each other on SQLite."""
    cursor.execute(
        "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM portal_searchentry WHERE place = %s) THEN %s ELSE ("
        "SELECT e.place - 1 FROM portal_searchentry e WHERE e.place <= %s AND NOT EXISTS"
        " (SELECT 1 FROM portal_searchentry b WHERE b.place = e.place - 1) ORDER BY e.place DESC LIMIT 1) END",
        [wanted, wanted, wanted],
    )
    return cursor.fetchone()[0]


def expression(plan):
    """Return the FTS5 query of a plan. Terms are quoted, and hold no quote: ASCII has moved away."""
    parts = [f'"{token(term)}"' for term in plan.terms(singles=True)]
    if plan.filters.kind is not None:
        parts.append(f'"k{plan.filters.kind}"')
    if plan.filters.source is not None:
        parts.append(f'"s{plan.filters.source}"')
    if plan.filters.columns is not None:
        parts.append("(" + (" OR ".join(f'"c{column}"' for column in plan.filters.columns) or '"none"') + ")")
    return " AND ".join(parts)


def bounded(sql, values):
    """Run a statement that ends when its time is over. Raises TookTooLong."""
    connection.ensure_connection()
    ends = time.monotonic() + TIMEOUT
    connection.connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    try:
        return run(sql, values)
    except OperationalError as error:
        if str(error) == "interrupted":
            raise TookTooLong from error
        raise
    finally:
        connection.connection.set_progress_handler(None, 0)


def newest(plan, limit):
    where, values = conditions(plan, position="instr")
    sql = (
        f"SELECT {COLUMNS} FROM {TABLE} f CROSS JOIN portal_searchentry e ON e.place = f.rowid"  # noqa: S608
        f" WHERE f.{TABLE} MATCH %s AND f.rowid <= %s AND f.rowid >= %s AND {where} ORDER BY f.rowid DESC LIMIT %s"
    )
    return bounded(sql, [expression(plan), plan.upto, plan.lowest(SLACK), *values, limit])


def matches(plan, *, wanted, limit):
    """Return the Matches: at most `limit` hits. `wanted` of them are needed for the page."""
    hits = newest(plan, limit + 1)
    return Matches(hits[:limit], len(hits) > limit, count_columns(hits[:limit]))


def in_titles(plan, limit):
    """Return the newest entries that have the words of a `titles` plan in their titles, or nearly so."""
    return newest(plan, limit)


def nearest(plan, terms):
    """Return some entries whose titles hold any of `terms`."""
    where, values = conditions(plan, position="instr")
    query = " OR ".join(f'"{token(TITLE + term)}"' for term in terms)
    sql = (
        f"SELECT {COLUMNS} FROM {TABLE} f CROSS JOIN portal_searchentry e ON e.place = f.rowid"  # noqa: S608
        f" WHERE f.{TABLE} MATCH %s AND f.rowid <= %s AND {where} ORDER BY f.rowid DESC LIMIT %s"
    )
    return bounded(sql, [query, plan.upto, *values, NEAREST_LOOKED_AT])
