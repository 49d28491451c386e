"""The newest articles of columns, for blocks, side lists and feeds; and what stands beside an article."""

import heapq
from itertools import islice, pairwise

from django.db import connection
from django.utils import timezone

from news.list_counts import LISTED
from news.listing import exceptional, newest_first
from news.navigation import column_tree
from news.rows import ARTICLES, PUBLIC, Title, in_database, rows_in, rows_in_column
from portal.pagecache.shared import shared, shared_each

HEAD = 30  # the newest of each column, that blocks and side lists take theirs from
COLUMNS_AT_ONCE = 100  # SQLite takes 500 parts of one query
BESIDE = " UNION ALL ".join(
    f"SELECT * FROM (SELECT {place} AS place, id, title FROM news_article WHERE column_id = %s "
    f"AND (published_at, id) {than} (%s, %s) AND published_at <= %s AND status = 'published' "
    f"AND (expires_at IS NULL OR expires_at > %s) ORDER BY published_at {order}, id {order} LIMIT 1) AS beside{place}"
    for place, than, order in ((0, ">", "ASC"), (1, "<", "DESC"))
)

HEADLINES = (
    f"SELECT id FROM (SELECT a.id FROM {ARTICLES} WHERE a.is_headline AND a.cover_id IS NOT NULL AND {PUBLIC} "
    "ORDER BY a.published_at DESC, a.id DESC LIMIT %s) AS headlines"
)


def newest_headlines(count):
    """Return the Rows of the newest `count` headlines that have a cover."""
    now = in_database(timezone.now())
    return tuple(rows_in(HEADLINES, [now, now, count]))


def neighbours(article):
    """Return the public articles of its column that stand before and after `article` in a list, None where none does."""
    here, now = in_database(article.published_at), in_database(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, [article.column_id, here, article.pk, now, now] * 2)
        beside = {place: Title(pk, title) for place, pk, title in cursor.fetchall()}
    return beside.get(0), beside.get(1)


def newest_titles(request, columns, count):
    """Return the Titles of the newest `count` public articles of `columns`; at most HEAD of each are known."""
    columns = frozenset(columns)

    def make():
        return tuple(title for _, title in islice(heapq.merge(*heads(request, columns).values()), count))

    return shared(request, ("newest", columns, count), make)


def heads(request, columns):
    """Return {column: [(place, Title)]} of the newest HEAD of each, newest first: by rising places."""
    return shared_each(
        request, "head", columns, lambda missing: heads_of(missing, exceptional(request, missing), timezone.now()),
        of=lambda column: (rows_in_column(column),), also=column_tree(request).columns,
    )  # fmt: skip


def heads_of(columns, exceptions, now):
    """Read `heads` at the moment `now`; `exceptions` are all Exceptional of `columns`."""
    found = {column: [] for column in columns}
    for item in exceptions:
        if item.kind == "ends":
            found[item.column].append((newest_first(item), Title(item.pk, item.title, item.published_at, item.column)))
    columns = sorted(columns)
    bounds = [*range(0, len(columns), COLUMNS_AT_ONCE), len(columns)]
    for start, stop in pairwise(bounds):
        parts = [
            f"SELECT * FROM (SELECT column_id, id, title, published_at FROM news_article WHERE column_id = {column} "
            f"AND {LISTED.format(row='')} AND published_at <= %s ORDER BY published_at DESC, id DESC LIMIT {HEAD}) AS c{column}"
            for column in columns[start:stop]
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), [in_database(now)] * len(parts))
            for column, pk, title, published_at in cursor.fetchall():
                item = Title(pk, title, published_at, column)
                found[column].append((newest_first(item), item))
    return {column: sorted(items)[:HEAD] for column, items in found.items()}
