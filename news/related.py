"""Articles that belong beside another: by the tags they share and the zones they name, then by the terms of their titles."""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nlargest
from math import fsum, log

from django.db import connection

from news.newest import heads
from news.rows import public_titles_of, rows_in_column
from portal.pagecache.shared import shared, shared_each
from portal.search.finding import titled
from portal.subjects import named_in

COUNT = 5
PER_TAG = 50  # candidates by each tag: the latest that carry it
TAGS_MAX = 10
PER_ZONE = 20  # candidates by each zone that the title names: the latest whose titles name it
ZONES_MAX = 3
FURTHER_MAX = 20  # candidates by tags and zones beside the newest: those with most of them, then the latest
SHARED_MIN = 2  # telling terms that two titles have to share

_WORD = re.compile(r"[a-z][a-z0-9-]+|[\u3400-\u9fff]+")


class Candidates:
    """Titles that can be asked for a name or a term at once, however many they are; with `only`, for those terms alone."""

    def __init__(self, titles, *, only=None):
        self.titles = {title.pk: title for title in titles}
        self.text = "\n".join(title.title for title in titles)
        self.by_term = defaultdict(list)
        for title in titles:
            for term in terms(title.title) if only is None else only & terms(title.title):
                self.by_term[term].append(title.pk)

    def naming(self, names):
        """Return the keys of those whose titles have any of `names` in them."""
        names = [name for name in names if name in self.text]
        return [pk for pk, title in self.titles.items() if any(name in title.title for name in names)] if names else []


def related_to(request, article, *, tags, columns):
    """Return at most COUNT published articles related to `article`, the nearest first.

    `tags` are its tags, `columns` the keys of the columns to look in, in each among the newest. The candidates are
    bounded, whatever the number of articles. A tag counts where the other is among the latest that carry it, or names
    it in its title; a development zone that the title names counts as much.
    """
    zones = named_in(article.title)[:ZONES_MAX]
    carriers = latest_of(request, tags)
    groups = list(newest_of(request, columns).values())
    further = carriers + Counter(titled_after(request, zones))
    for pk in {article.pk}.union(*(group.titles for group in groups)) & further.keys():
        del further[pk]
    if further:
        nearest = nlargest(FURTHER_MAX, further, key=lambda pk: (further[pk], pk))
        groups.append(Candidates(public_titles_of(nearest), only=terms(article.title)))
    with_tags, with_zones = naming(groups, [{tag.name} for tag in tags]), naming(groups, zones)
    nearness = nearness_of(article, groups)
    near = {pk for pk, weights in nearness.items() if len(weights) >= SHARED_MIN}
    ranked = []
    for pk in near.union(carriers, with_tags, with_zones) - {article.pk}:
        if title := next((group.titles[pk] for group in groups if pk in group.titles), None):
            by_tags = max(carriers[pk], with_tags[pk]) + with_zones[pk]
            ranked.append((by_tags, fsum(nearness.get(pk, ())), title.published_at, pk, title))
    return tuple(row[-1] for row in sorted(ranked, reverse=True)[:COUNT])


def naming(groups, subjects):
    """Return {key: how many of `subjects` (each the set of its names) its title names} of the titles in `groups`."""
    found = Counter()
    for names in subjects:
        for group in groups:
            for pk in group.naming(names):
                found[pk] += 1
    return found


def newest_of(request, columns):
    """Return {column: Candidates} of the newest articles of each of `columns`."""

    def make(missing):
        return {key: Candidates([title for _, title in head]) for key, head in heads(request, missing).items()}

    return shared_each(request, "candidates", columns, make, of=lambda column: (rows_in_column(column),))


def titled_after(request, zones):
    """Return the keys of the latest articles whose titles name one of `zones` (each the set of its names)."""
    found = set()
    for name in (name for names in zones for name in names):
        found.update(shared(request, ("titled", name), lambda name=name: titled(name, kind="article", limit=PER_ZONE)))
    return found


def latest_of(request, tags):
    """Return {article key: how many of `tags` it carries} of the latest that carry each."""
    keys = [tag.pk for tag in tags[:TAGS_MAX]]
    found = shared_each(request, "tagged", keys, latest_with, of=lambda key: ("news_articletag",))
    return Counter(pk for carriers in found.values() for pk in carriers)


def latest_with(tags):
    """Return {tag: [article key]} of the latest that carry each of `tags` (keys)."""
    parts = [
        f"SELECT * FROM (SELECT tag_id, article_id FROM news_articletag WHERE tag_id = {int(tag)} "
        f"ORDER BY article_id DESC LIMIT {PER_TAG}) AS latest{int(tag)}"
        for tag in tags
    ]
    found = {tag: [] for tag in tags}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for tag, pk in cursor.fetchall():
            found[tag].append(pk)
    return found


@lru_cache(maxsize=20_000)
def terms(title):
    """The terms of a title: overlapping pairs of Han characters, and whole Latin words."""
    found = set()
    for word in _WORD.findall(title.lower()):
        found |= {word} if word.isascii() else {word[i : i + 2] for i in range(len(word) - 1)}
    return frozenset(found)


def nearness_of(article, groups):
    """Return {key: [weight]} of the titles in `groups`: of each term that they share with `article` and that tells titles
    apart. A rare one weighs more, one in every fourth nothing.
    """
    own, holders = terms(article.title), defaultdict(list)
    for group in groups:
        for term in own & group.by_term.keys():
            holders[term] += group.by_term[term]
    total = sum(len(group.titles) for group in groups)
    found = defaultdict(list)
    for keys in holders.values():
        if len(keys) <= max(2, total // 4):
            weight = log((total + 1) / len(keys))
            for pk in keys:
                found[pk].append(weight)
    return found
