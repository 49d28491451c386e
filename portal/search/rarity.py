"""Which terms tell most, as far as the newest entries show. It decides how a search goes, never what it finds."""

import time
from collections import defaultdict

from django.db import connection

from portal.search.terms import pairs

ENTRIES = 500  # looked at
CHARACTERS = 2_000  # of each
KEPT_FOR = 600  # seconds, by each process
TERMS = 4  # that are looked up though the sample does not show what they spare
RARE = 1 / 4  # of the entries have such a term at most


class Sample:
    """Texts of the newest entries, and which of them have a term: a bit for each."""

    def __init__(self, contents=()):
        self.contents, holders = contents, defaultdict(int)
        for number, content in enumerate(contents):
            for term in {*content, *pairs(content)}:
                holders[term] |= 1 << number
        # Most terms stand in one text: rare as those that stand in none, and not worth the memory.
        self.holders = {term: texts for term, texts in holders.items() if texts.bit_count() > 1}

    def having(self, term):
        return self.holders.get(term, 0)

    def count(self, term):
        return self.having(term).bit_count()


_sample, _until = Sample(), 0.0


def sample():
    global _sample, _until
    if time.monotonic() >= _until:
        _until = time.monotonic() + KEPT_FOR  # others go on with what was known
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT substr(content, 1, {CHARACTERS}) FROM portal_searchentry ORDER BY place DESC LIMIT {ENTRIES}"  # noqa: S608
            )
            _sample = Sample([content for (content,) in cursor.fetchall()])
    return _sample


def rarest(terms, limit):
    """Return the `limit` rarest of the characters and pairs `terms`."""
    return sorted(terms, key=sample().count)[:limit]


def telling(terms):
    """Return those of the characters and pairs `terms`, all of them wanted, that are worth looking up, the rarest first.

    A common term is worth it only where it rules out texts that have the others: to read where it stands costs more than
    to read the few texts that it might have spared.
    """
    known, chosen = sample(), []
    left = (1 << len(known.contents)) - 1
    for term in sorted(terms, key=known.count):
        fewer = left & known.having(term)
        rare = len(chosen) < TERMS and known.count(term) <= RARE * len(known.contents)
        if rare or fewer != left or not chosen:
            chosen.append(term)
            left = fewer
    return chosen


def share(words, *, titles=False):
    """Return which part of the newest entries has all `words`, in their titles if `titles`."""
    texts = sample().contents
    if titles:
        texts = [content.partition("\n")[0] for content in texts]
    return sum(all(word in text for word in words) for text in texts) / max(1, len(texts))
