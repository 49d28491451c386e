"""No search reads the whole table: what the databases say they will do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search import postgresql, rarity, sqlite
from portal.search.finding import plan_of
from portal.search.parsing import Query
from portal.search.plan import Filters, run
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db
QUERIES = ["昆山", "开", "昆山 -高新", "%", "字" * 200, "x'y", "绿色低炭发展", "“绿色 低碳”"]


def explained(sql):
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is told in the transaction, see the next test")
def test_every_statement_on_sqlite_goes_by_the_index(client):
    column = make_column(slug="narrow")
    make_article(column=column)
    for q in QUERIES:
        for sort in ("", "time"):
            with CaptureQueriesContext(connection) as captured:
                client.get("/search/", {"q": q, "sort": sort, "column": "narrow"})
            entries = [row["sql"] for row in captured if "portal_searchentry" in row["sql"]]
            assert entries
            for sql in entries:
                plan = explained(sql)
                assert "SCAN e" not in plan, (q, plan)
                assert "SCAN portal_searchentry'" not in plan, (q, plan)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the way PostgreSQL goes")
def test_every_statement_on_postgresql_goes_by_an_index(client):
    make_article(column=make_column(slug="narrow"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for q in QUERIES:
        for sort in ("", "time"):
            with CaptureQueriesContext(connection) as captured:
                client.get("/search/", {"q": q, "sort": sort, "column": "narrow"})
            entries = [row["sql"] for row in captured if "FROM portal_searchentry" in row["sql"]]
            for sql in entries:
                assert "Seq Scan on portal_searchentry" not in explained(sql), q


def test_a_search_that_takes_too_long_is_ended_and_says_so(client, monkeypatch):
    make_article(title="昆山开发区")
    if connection.vendor == "sqlite":
        monkeypatch.setattr(sqlite, "TIMEOUT", -1)
        monkeypatch.setattr(sqlite, "STEPS", 1)
    else:
        monkeypatch.setattr(postgresql, "TIMEOUT", 50)
        monkeypatch.setattr(postgresql, "extent", lambda plan: run("SELECT pg_sleep(5), 1, 1, 1, 1", []))
    answer = client.get("/search/", {"q": "昆山"})
    assert answer.status_code == 503
    assert "太长时间" in answer.text
    monkeypatch.undo()
    assert "<mark>昆山</mark>" in client.get("/search/", {"q": "昆山"}).text


@pytest.mark.parametrize(
    ("texts", "words", "looked_up"),
    [
        # Pairs that every text has would leave as many candidates as there are texts.
        (["高新技术产业开发区"] * 3, ("高新技术产业开发区扩区",), {"区扩", "扩区"}),
        # Common ones are read where they rule out texts, and only there.
        (["开发", "开发扩区", "扩区", "甲"], ("开发", "扩区"), {"开发", "扩区"}),
        (["甲乙开发区", "甲乙开发区", "开发区", "开发区"], ("甲乙", "开发区"), {"甲乙"}),
        ([], ("开发区",), {"开发", "发区"}),
    ],
)
def test_what_tells_candidates_apart_is_looked_up(texts, words, looked_up, monkeypatch):
    monkeypatch.setattr(rarity, "_until", float("inf"))
    monkeypatch.setattr(rarity, "_sample", rarity.Sample(texts))
    assert set(plan_of(Query(words), Filters()).terms(singles=True)) == looked_up
