"""From a query and filters to results."""

from dataclasses import dataclass, field

from django.utils import timezone

from portal.search import ranking, registry
from portal.search.database import store
from portal.search.extracts import extract, marked
from portal.search.normal import normalise
from portal.search.parsing import Query
from portal.search.plan import Filters, Matches, Plan, TookTooLong, contents_of, place_of
from portal.search.terms import pairs

CAP = 500  # results of one search; beyond them it says "more than"
RANKED_PAGE = 20
RANKED = 200  # newest hits that are ranked by relevance
TITLES = 100  # hits in titles that are ranked with them, where they have too few of these
CLOSEST = 5


@dataclass(frozen=True)
class Found:
    """`hits` in the order asked for; `total` of them, or more than that where `more`; `columns` as in Matches."""

    hits: list
    total: int
    more: bool
    columns: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """One line of the page. `title` and `extract` are HTML with the hits marked."""

    kind: registry.Kind
    row: object
    title: str
    extract: str

    @property
    def date(self):
        return self.kind.date_of(self.row)


def plan_of(query, filters, *, now=None, **changes):
    now = now or timezone.now()
    upto = place_of(min(now, filters.end) if filters.end else now)
    given = {"words": query.words, "excluded": query.excluded, "now": now, "upto": upto, "filters": filters}
    return Plan(**given | changes)


def find(query, filters, *, by_time=False, wanted=20, now=None):
    """Return what was Found for a Query that has words; `wanted` hits are needed for the page.

    By relevance, the ranked candidates come first and the others follow, the newest first.
    """
    plan = plan_of(query, filters, now=now)
    matches = store().matches(plan, wanted=wanted if by_time else RANKED_PAGE, limit=CAP)
    hits = matches.hits
    if not by_time:
        # What is ranked is the same on every page; pages beyond it go on by time.
        hits = by_relevance(query, filters, matches, now)
        if matches.more and len(hits) < wanted:
            seen = {hit.id for hit in hits}
            further = store().matches(plan, wanted=wanted, limit=CAP).hits
            hits += [hit for hit in further if hit.id not in seen]
    return Found(hits, CAP if matches.more else len(hits), matches.more, matches.columns)


def by_relevance(query, filters, matches: Matches, now):
    candidates = {hit.id: hit for hit in (matches.hits[:RANKED] if matches.more else matches.hits)}
    contents = contents_of(candidates)
    if matches.more and sum(ranking.in_title(content, query.words) for content in contents.values()) < RANKED_PAGE:
        titles = store().in_titles(plan_of(query, filters, now=now, titles=True), TITLES)
        further = {hit.id: hit for hit in titles if hit.id not in candidates}
        candidates, contents = candidates | further, contents | contents_of(further)
    ranked = ranking.rank(candidates.values(), contents, query.words)
    return ranked + [hit for hit in matches.hits if hit.id not in candidates]


def results_of(hits, words):
    """Return the Results of some hits, read from their own tables by the rule of what the public sees there."""
    rows = {}
    for number in {hit.kind for hit in hits}:
        pks = [hit.object_id for hit in hits if hit.kind == number]
        rows |= {(number, row.pk): row for row in registry.by_number(number).public().filter(pk__in=pks)}
    shown = [rows[hit.kind, hit.object_id] for hit in hits if (hit.kind, hit.object_id) in rows]
    numbers = [hit.kind for hit in hits if (hit.kind, hit.object_id) in rows]
    return [result_of(registry.by_number(number), row, words) for number, row in zip(numbers, shown, strict=True)]


def result_of(kind, row, words):
    return Result(kind, row, marked(str(row), words), extract(kind.text_of(row), words))


def titled(phrase, *, kind, limit):
    """Return the keys of the newest `limit` public rows of `kind` (a name) in whose titles `phrase` stands, or nearly so;
    none where finding them takes too long.
    """
    query = Query((normalise(phrase),))
    plan = plan_of(query, Filters(kind=registry.kinds[kind].number), titles=True)
    try:
        return [hit.object_id for hit in store().in_titles(plan, limit)]
    except TookTooLong:
        return []


def closest(query, filters, *, now=None):
    """Return hits whose titles have most in common with what was not found; a bounded number is looked at."""
    terms = list(dict.fromkeys(term for word in query.words for term in pairs(word)))[:24]
    if not terms:
        return []
    plan = plan_of(query, Filters(hidden=filters.hidden), now=now, words=(), excluded=())
    hits = store().nearest(plan, terms)
    contents = contents_of(hit.id for hit in hits)
    in_common = {hit.id: sum(term in contents[hit.id].partition("\n")[0] for term in terms) for hit in hits}
    near = [hit for hit in hits if in_common[hit.id] * 3 >= len(terms)]
    return sorted(near, key=lambda hit: (in_common[hit.id], hit.place), reverse=True)[:CLOSEST]
