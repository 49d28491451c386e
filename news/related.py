"""Articles that belong beside another: by the tags they share and the zones they name, then by the terms of their titles."""

import re
from collections import Counter
from functools import lru_cache
from math import log

from django.db import connection
from django.utils import timezone

from news.newest import newest_titles
from news.rows import ARTICLES, PUBLIC, Title, from_database, in_database, listed
from portal.pagecache.shared import shared
from portal.search.finding import titled
from portal.subjects import named_in

COUNT = 5
RECENT = 200  # candidates by title: the newest of the column's tree, at most news.newest.HEAD of each column
PER_TAG = 50  # candidates by each tag: the latest that carry it
TAGS_MAX = 10
PER_ZONE = 20  # candidates by each zone that the title names: the latest whose titles name it
ZONES_MAX = 3
SHARED_MIN = 2  # telling terms that two titles have to share

TITLES = f"SELECT a.id, a.title, a.published_at FROM {ARTICLES} WHERE a.id IN ({{keys}}) AND {PUBLIC}"
_WORD = re.compile(r"[a-z][a-z0-9-]+|[\u3400-\u9fff]+")


def related_to(request, article, *, tags, columns):
    """Return at most COUNT published articles related to `article`, the nearest first.

    `tags` are its tags, `columns` the keys of the columns to look in. The candidates are bounded, whatever the number
    of articles. A tag counts where the other is among the latest that carry it, or names it in its title; a development
    zone that the title names counts as much.
    """
    zones = named_in(article.title)[:ZONES_MAX]
    shared_tags, own = latest_of(tags), terms(article.title)
    found = {item.pk: item for item in recent(request, columns)}
    if further := (shared_tags.keys() | titled_after(request, zones)) - found.keys() - {article.pk}:
        found |= {item.pk: item for item in titles_of(further)}
    found.pop(article.pk, None)
    terms_of = {pk: terms(candidate.title) for pk, candidate in found.items()}
    weights = weights_of(own, terms_of.values())
    ranked = []
    for pk, candidate in found.items():
        by_tags = max(shared_tags.get(pk, 0), sum(tag.name in candidate.title for tag in tags))
        by_tags += sum(any(name in candidate.title for name in names) for names in zones)
        shared = [weights[term] for term in own & terms_of[pk] if term in weights]
        if by_tags or len(shared) >= SHARED_MIN:
            ranked.append((by_tags, sum(shared), candidate.published_at, pk, candidate))
    return tuple(row[-1] for row in sorted(ranked, reverse=True)[:COUNT])


def recent(request, columns):
    """The newest of the columns; read once for all articles of a version."""
    key = "recent", frozenset(columns)
    return shared(request, key, lambda: newest_titles(request, columns, RECENT))


def titled_after(request, zones):
    """Return the keys of the latest articles whose titles name one of `zones` (each the set of its names)."""
    found = set()
    for name in (name for names in zones for name in names):
        found.update(shared(request, ("titled", name), lambda name=name: titled(name, kind="article", limit=PER_ZONE)))
    return found


def latest_of(tags):
    """Return {article key: how many of `tags` it carries} of the latest that carry each."""
    if not tags:
        return {}
    parts = [
        f"SELECT * FROM (SELECT article_id FROM news_articletag WHERE tag_id = {tag.pk} "
        f"ORDER BY article_id DESC LIMIT {PER_TAG}) AS latest{tag.pk}"
        for tag in tags[:TAGS_MAX]
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return Counter(key for (key,) in cursor.fetchall())


def titles_of(keys):
    """Return the Titles of those of the articles `keys` that are published."""
    now = in_database(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(TITLES.format(keys=listed(keys)), [now, now])
        return [Title(pk, title, from_database(published_at)) for pk, title, published_at in cursor.fetchall()]


@lru_cache(maxsize=20_000)
def terms(title):
    """The terms of a title: overlapping pairs of Han characters, and whole Latin words."""
    found = set()
    for word in _WORD.findall(title.lower()):
        found |= {word} if word.isascii() else {word[i : i + 2] for i in range(len(word) - 1)}
    return frozenset(found)


def weights_of(own, titles):
    """Return {term: weight} of those of the terms `own` that tell `titles` (sets of terms) apart: a rare one weighs
    more, one in every fourth nothing.
    """
    titles = list(titles)
    uses = Counter(term for found in titles for term in own & found)
    common = max(2, len(titles) // 4)
    return {term: log((len(titles) + 1) / count) for term, count in uses.items() if count <= common}
