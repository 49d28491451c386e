"""Which words are rare, as far as the newest entries tell. It decides how a search goes, never what it finds."""

import time
from collections import Counter

from django.db import connection

from portal.search.terms import pairs

ENTRIES = 500  # looked at
CHARACTERS = 2_000  # of each
KEPT_FOR = 600  # seconds, by each process


class Sample:
    """Texts of the newest entries, and in how many of them each term stands."""

    def __init__(self, contents=()):
        self.contents = contents
        self.counts = Counter(term for content in contents for term in set(pairs(content)))


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
    """Return the `limit` rarest of the pairs `terms`."""
    return sorted(terms, key=sample().counts.__getitem__)[:limit]


def share(words):
    """Return which part of the newest entries has all `words`."""
    contents = sample().contents
    return sum(all(word in content for word in words) for content in contents) / max(1, len(contents))
