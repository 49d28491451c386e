"""No public page, and not the desk's first one, reads a table that grows: measured with 200,000 articles, on what the
database says it read.

PostgreSQL tells the rows (EXPLAIN ANALYZE), SQLite the steps of its machine (a row read takes several). Both are bounds
on the work, so that a walk along an index that finds nothing fails as a full scan does.
"""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.desk import desk_of
from tests.bench.bulk import fill_views_and_tags, grow_to
from tests.factories import client_of, make_column, make_member

ARTICLES = 200_000
GROWING = ("news_article", "news_viewday", "news_viewhour", "news_articletag", "news_articlecount")
ROWS_MAX = 10_000  # of a growing table, by one query
STEPS_MAX = 400_000  # of SQLite's machine, by one page; a scan of the articles takes 800,000 and more
# What reads more by its nature: a sitemap's page has 10,000 addresses.
LARGE = {"sitemap page"}
SEARCHED = "search at the desk"  # looks at the newest 20,000


def pages(addresses):
    year = timezone.localtime().year
    deep = {
        "index deep": "/news/?page=500",
        "index last": "/news/?page=9000",
        "column deep": "/news/notices/?page=500",
        "tree deep": "/news/info/?page=1500",
        "index month": f"/news/?year={year - 1}&month=6&page=20",
        "column year": f"/news/notices/?year={year - 1}&page=100",
        "rankings day": "/news/hot/?window=day",
        "feed": "/news/feed/",
        "column feed": "/news/info/feed/",
        "sitemap": "/sitemap.xml",
        "sitemap page": "/sitemap-articles-7.xml",
    }
    left_out = ("search", "search results", "search without results")  # tests/portal/search/test_plans.py
    return {name: address for name, address in addresses.items() if name not in left_out} | deep


def rows_read(sql):
    """Return {table: rows} that PostgreSQL read of growing tables for a query."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    read, waiting = {}, [plan]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        if (table := node.get("Relation Name")) in GROWING:
            dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
            read[table] = read.get(table, 0) + (node["Actual Rows"] + dropped) * node["Actual Loops"]
    return read


def steps_of(ask):
    """Return how many thousand steps SQLite's machine took for what `ask` asks."""
    steps = [0]

    def count():
        steps[0] += 1

    connection.connection.set_progress_handler(count, 1_000)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps[0] * 1_000


@pytest.mark.xdist_group("validator")
def test_no_public_page_reads_a_table_that_grows(client, whole_site):
    grow_to(ARTICLES)
    fill_views_and_tags()
    make_column(name="空栏目")
    too_much, manager = {}, make_member("editor", "manager")
    desk = client_of(manager)
    asked = {name: lambda address=address: client.get(address) for name, address in pages(whole_site).items()}
    asked |= {"desk": lambda: desk_of(manager), SEARCHED: lambda: desk.get("/admin/news/article/?q=没有这个词")}
    for name, ask in asked.items():
        cache.clear()
        more = 3 if name == SEARCHED else 1
        if connection.vendor == "sqlite":
            steps = steps_of(ask)
            if steps > STEPS_MAX * more and name not in LARGE:
                too_much[name] = steps
        else:
            with CaptureQueriesContext(connection) as captured:
                ask()
            for row in captured.captured_queries:
                if row["sql"].startswith("SELECT"):
                    read = {table: rows for table, rows in rows_read(row["sql"]).items() if rows > ROWS_MAX * more}
                    if read and name not in LARGE:
                        too_much[name] = (read, row["sql"][:300])
    assert not too_much, too_much
