"""What is found is what a scan of every text would find, on whichever database the tests run."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from news.models import Article
from portal.search import postgresql
from portal.search.database import store
from portal.search.finding import CAP, find, plan_of
from portal.search.normal import normalise
from portal.search.parsing import Query, parse
from portal.search.plan import Filters
from tests.factories import make_article, make_column, make_source
from tests.portal.search.generated import article_text

ARTICLES = 20_000
LENGTH = 40  # characters of a body
WALK = 1_000  # fewer than there are, so that both of PostgreSQL's ways are gone
QUERIES = 2_000


@pytest.fixture
def texts(db):
    """{pk: normalised text, title and body} of the articles."""
    column, source, now = make_column(), make_source(name="来源"), timezone.now()
    rows = []
    for number in range(ARTICLES):
        title, body = article_text(number, length=LENGTH)
        moment = now - timedelta(minutes=number)
        rows.append(
            Article(
                title=title,
                body=f"<p>{body}</p>",
                column=column,
                source=source,
                status="published",
                published_at=moment,
            )
        )
    Article.objects.bulk_create(rows)
    return {row.pk: [normalise(row.title), normalise(row.body[3:-4])] for row in rows}


def queries(texts):
    randomness = random.Random(4)
    fields = [field for pair in texts.values() for field in pair]
    for number in range(QUERIES):
        field, length = randomness.choice(fields), randomness.randint(1, 20)
        start = randomness.randrange(max(1, len(field) - length + 1))
        word = field[start : start + length]
        if number % 4 == 0:  # characters in another order: mostly absent, all of their terms common
            word = "".join(randomness.sample(word, len(word)))
        if word := normalise(word):
            yield word


def test_two_thousand_queries_find_what_a_scan_finds(texts, monkeypatch):
    monkeypatch.setattr(postgresql, "WALK", WALK)
    for word in queries(texts):
        truth = {pk for pk, fields in texts.items() if any(word in field for field in fields)}
        query = parse(f"“{word}”")
        if '"' in word or not query.words:
            continue
        everything = store().matches(plan_of(query, Filters()), wanted=ARTICLES + 1, limit=ARTICLES)
        assert {hit.object_id for hit in everything.hits} == truth, word
        found = find(query, Filters(), by_time=True)
        assert found.total == min(len(truth), CAP), word
        assert found.more == (len(truth) > CAP), word
        newest = [hit.object_id for hit in found.hits[:20]]
        assert newest == sorted(truth)[:20], word  # the first article is the newest
    several_words(texts)


def several_words(texts):
    """All words are wanted, and the excluded ones are not; the same articles serve, because they take a while to make."""
    randomness = random.Random(5)
    words = ["昆山", "开发区", "光伏", "高质量发展", "8.5", "ai产业", "产业园"]
    for _ in range(60):
        wanted, excluded = randomness.sample(words, 2), randomness.sample(words, 1)
        truth = {
            pk for pk, fields in texts.items()
            if all(any(word in field for field in fields) for word in wanted)
            and not any(word in field for word in excluded for field in fields)
        }  # fmt: skip
        plan = plan_of(Query(tuple(wanted), tuple(excluded)), Filters())
        hits = store().matches(plan, wanted=ARTICLES + 1, limit=ARTICLES).hits
        assert {hit.object_id for hit in hits} == truth, (wanted, excluded)
        assert {hit.id for hit in find(Query(tuple(wanted), tuple(excluded)), Filters()).hits} <= {h.id for h in hits}


def test_width_case_script_and_blanks_make_no_difference(db):
    article = make_article(title="ＡＢＣ產業園", body="<p>第①期　　投資\n５Ｇ</p>")
    for text in ("abc产业园", "ABC產業園", "第1期 投资", "5g", "Ｃ产"):
        assert [hit.object_id for hit in find(parse(f'"{text}"'), Filters()).hits] == [article.pk], text


def test_many_articles_of_one_second_are_all_found(db):
    now = timezone.now() - timedelta(hours=1)
    column = make_column()
    made = {make_article(title="同一时刻", column=column, published_at=now).pk for _ in range(30)}
    assert {hit.object_id for hit in find(parse("同一时刻"), Filters()).hits} == made


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite goes one way only")
@pytest.mark.parametrize("share", [0, 0.001, 1])  # taken for rare, for neither, for common
def test_the_newest_are_found_whichever_way_postgresql_goes(db, monkeypatch, share):
    monkeypatch.setattr(postgresql, "share", lambda words, **titles: share)
    monkeypatch.setattr(postgresql, "WALK", 3)
    now, column = timezone.now(), make_column()
    days = [number * number for number in range(40)]  # from today to four years ago
    random.Random(6).shuffle(days)
    made = {
        day: make_article(title="综合保税区", column=column, published_at=now - timedelta(days=day)) for day in days
    }
    newest = [made[day].pk for day in sorted(made)]
    plan = plan_of(Query(("综合保税区",)), Filters())
    for wanted, limit in ((2, 5), (5, 30), (20, 30), (20, 100)):
        found = store().matches(plan, wanted=wanted, limit=limit)
        assert found.more == (limit < len(made))
        hits = [hit.object_id for hit in found.hits]
        assert wanted <= len(hits) <= limit
        assert hits == newest[: len(hits)]
    since = plan_of(Query(("综合保税区",)), Filters(start=now - timedelta(days=500)))
    found = store().matches(since, wanted=20, limit=30)
    assert [hit.object_id for hit in found.hits] == [made[day].pk for day in sorted(made) if day <= 500]
    assert [hit.object_id for hit in find(Query(("综合保税区",)), Filters()).hits] == newest
