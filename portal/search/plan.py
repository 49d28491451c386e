"""What is asked of the index, and the conditions that both databases check in the same words."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import connection

from portal.search.rarity import rarest, telling
from portal.search.terms import TITLE, needed_terms

EPOCH = 631_152_000  # 1990: small numbers make a small index
UNIT = 4  # seconds
TITLE_PAIRS = 8  # rarest pairs of a word that a title has to have
COLUMNS = "e.id, e.kind, e.object_id, e.column_id, e.place"


def place_of(moment):
    """Return where an aware datetime stands among the entries; later is greater."""
    return (int(moment.timestamp()) - EPOCH) // UNIT


@dataclass(frozen=True)
class Filters:
    """What results are narrowed to. None: not narrowed. `start` and `end` are aware datetimes, `end` exclusive."""

    kind: int | None = None
    columns: tuple[int, ...] | None = None
    hidden: tuple[int, ...] = ()
    source: int | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """Normalised words, and what narrows them. `now` is an aware datetime."""

    words: tuple[str, ...]
    now: datetime
    upto: int  # the place of `now`, or of the end of the range
    excluded: tuple[str, ...] = ()
    filters: Filters = Filters()
    titles: bool = False  # look for the words in titles only

    def lowest(self, slack):
        """The place of the beginning of the range, less the places that an entry may stand below its time."""
        return -(2**40) if self.filters.start is None else place_of(self.filters.start) - slack

    def terms(self, *, singles):
        """Return the terms that the index is asked for; single characters where there are pairs too only if `singles`.

        The text is asked as well, but not whether a word stands in the title: there the terms decide.
        """
        needed = [needed_terms(word) for word in self.words]
        if self.titles:
            needed = [rarest(terms, TITLE_PAIRS) for terms in needed]
        terms = list(dict.fromkeys(chain.from_iterable(needed)))
        if not singles:
            terms = [term for term in terms if len(term) > 1] or terms
        return [TITLE + term for term in terms] if self.titles else telling(terms)


class TookTooLong(Exception):
    """The database gave up: the answer would have cost more than a visitor may ask for."""


@dataclass(frozen=True)
class Hit:
    id: int
    kind: int
    object_id: int
    column_id: int | None
    place: int


@dataclass(frozen=True)
class Matches:
    """`hits`, the newest first. Where `more` is true they are only the newest (or as many as were looked at).

    `columns` counts the hits of each column; where `more` is true these are lower bounds.
    """

    hits: list[Hit]
    more: bool
    columns: dict[int, int]


def conditions(plan, *, position):
    """Return (SQL, parameters): the words themselves, the one rule of what is public, and the filters.

    `position` is the database's function for finding a text in another. Values are always parameters.
    """
    adapt, filters = connection.ops.adapt_datetimefield_value, plan.filters
    parts, values = [], []

    def add(sql, *given):
        parts.append(sql)
        values.extend(given)

    for word in plan.words:
        add(f"{position}(e.content, %s) > 0", word)
    for word in plan.excluded:
        add(f"{position}(e.content, %s) = 0", word)
    # portal.publishing: entries exist for what is published; a time has come, an end has not.
    add("e.published_at <= %s", adapt(plan.now))
    add("(e.expires_at IS NULL OR e.expires_at > %s)", adapt(plan.now))
    if filters.hidden:
        add(f"(e.column_id IS NULL OR e.column_id NOT IN ({marks(filters.hidden)}))", *filters.hidden)
    if filters.columns is not None:
        add(f"e.column_id IN ({marks(filters.columns)})", *filters.columns)
    if filters.kind is not None:
        add("e.kind = %s", filters.kind)
    if filters.source is not None:
        add("e.source_id = %s", filters.source)
    if filters.start:
        add("e.published_at >= %s", adapt(filters.start))
    if filters.end:
        add("e.published_at < %s", adapt(filters.end))
    return " AND ".join(parts), values


def marks(values):
    return ", ".join(["%s"] * len(values)) or "NULL"


def run(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Hit(*row) for row in cursor.fetchall()]


def contents_of(ids):
    """Return {id: content} of some entries."""
    ids = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, content FROM portal_searchentry WHERE id IN ({marks(ids)})", ids)  # noqa: S608
        return dict(cursor.fetchall())


def count_columns(hits):
    counts = {}
    for hit in hits:
        counts[hit.column_id] = counts.get(hit.column_id, 0) + 1
    return counts
