"""Which pairs are rare, as far as the newest entries tell. It decides how a search goes, never what it finds."""

import time
from collections import Counter

from django.db import connection

from portal.search.terms import pairs

ENTRIES = 500  # looked at
CHARACTERS = 2_000  # of each
KEPT_FOR = 600  # seconds, by each process

_counts, _until = Counter(), 0.0


def counts():
    """Return {pair: in how many of the newest entries it stands}."""
    global _counts, _until
    if time.monotonic() >= _until:
        _until = time.monotonic() + KEPT_FOR  # others go on with what was known
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT substr(content, 1, {CHARACTERS}) FROM portal_searchentry ORDER BY place DESC LIMIT {ENTRIES}"  # noqa: S608
            )
            _counts = Counter(pair for (content,) in cursor.fetchall() for pair in set(pairs(content)))
    return _counts


def rarest(terms, limit):
    """Return the `limit` rarest of the pairs `terms`."""
    return sorted(terms, key=counts().__getitem__)[:limit]
