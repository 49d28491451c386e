"""The newest articles of columns, for blocks, side lists and feeds; and what stands beside an article."""

import heapq
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.db import connection

from news.list_counts import LISTED
from news.listing import from_database, in_database, moment, newest_first
from news.navigation import column_tree
from portal.addresses import path_to

HEAD = 30  # the newest of each column, that blocks and side lists take theirs from
COLUMNS_AT_ONCE = 100  # SQLite takes 500 parts of one query


class Title(NamedTuple):
    """An article of which a page shows the title alone."""

    pk: int
    title: str
    published_at: datetime = None

    def get_absolute_url(self):
        return path_to("news:article", self.pk)


def neighbours(article, *, at):
    """Return the public articles of its column that stand before and after `article` in a list, None where none does."""
    here, now = in_database(article.published_at), in_database(at.now)
    parts = [
        f"SELECT * FROM (SELECT {place} AS place, id, title FROM news_article WHERE column_id = %s "
        f"AND (published_at, id) {than} (%s, %s) AND published_at <= %s AND status = 'published' "
        f"AND (expires_at IS NULL OR expires_at > %s) ORDER BY published_at {order}, id {order} LIMIT 1) AS beside{place}"
        for place, than, order in ((0, ">", "ASC"), (1, "<", "DESC"))
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [article.column_id, here, article.pk, now, now] * 2)
        beside = {place: Title(pk, title) for place, pk, title in cursor.fetchall()}
    return beside.get(0), beside.get(1)


def newest(request, columns, count):
    """Return the keys of the newest `count` (at most HEAD) public articles of `columns`."""
    return [item.pk for item in newest_titles(request, columns, count)]


def newest_titles(request, columns, count):
    """Return the Titles of the newest `count` public articles of `columns`; at most HEAD of each are known."""
    at = moment(request)
    missing = set(columns) - at.heads.keys()
    if missing:  # all that the page may ask for next, in one query
        at.heads |= heads_of(missing | column_tree(request).columns.keys(), at)
    return heapq.nsmallest(count, (item for column in columns for item in at.heads[column]), key=newest_first)


def heads_of(columns, at):
    """Return {column: [Title]} of the newest HEAD of each."""
    heads = {column: [] for column in columns}
    columns = sorted(columns)
    bounds = [*range(0, len(columns), COLUMNS_AT_ONCE), len(columns)]
    for start, stop in pairwise(bounds):
        parts = [
            f"SELECT * FROM (SELECT column_id, id, title, published_at FROM news_article WHERE column_id = {column} "
            f"AND {LISTED.format(row='')} AND published_at <= %s ORDER BY published_at DESC, id DESC LIMIT {HEAD}) AS c{column}"
            for column in columns[start:stop]
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), [in_database(at.now)] * len(parts))
            for column, pk, title, published_at in cursor.fetchall():
                heads[column].append(Title(pk, title, from_database(published_at)))
    for item in at.of("ends", heads):
        heads[item.column].append(Title(item.pk, item.title, item.published_at))
    return heads
