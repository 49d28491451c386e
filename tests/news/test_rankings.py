import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from news import rankings
from news.counting import ViewCounter, forget_old
from news.models import ViewDay, ViewHour
from tests.factories import make_article

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2026-11-24T00:30:00+08:00")


@pytest.fixture
def read(monkeypatch):
    """Let `views` readers open an article so long ago."""

    def read(article, views, ago):
        moment = NOW - ago
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        counter = ViewCounter()
        for _ in range(views):
            counter.add(article.pk)
        counter.flush()
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    return read


def titles(client, window):
    cache.clear()
    response = client.get(f"/news/hot/?window={window}")
    return [(row.title, views) for row, views in response.context["ranked"]]


def test_each_window_counts_what_was_read_in_it_and_midnight_resets_nothing(client, read):
    old = NOW - timedelta(days=500)
    today, yesterday, month, year = (make_article(title=title, published_at=old) for title in ("今", "昨", "月", "年"))
    read(today, 3, timedelta(minutes=10))
    read(yesterday, 5, timedelta(hours=2))  # before midnight
    read(month, 9, timedelta(days=20))
    read(year, 40, timedelta(days=300))
    read(year, 1, timedelta(hours=1))
    assert titles(client, "day") == [("昨", 5), ("今", 3), ("年", 1)]
    assert titles(client, "week") == [("昨", 5), ("今", 3), ("年", 1)]
    assert titles(client, "month") == [("月", 9), ("昨", 5), ("今", 3), ("年", 1)]
    assert titles(client, "year") == [("年", 41), ("月", 9), ("昨", 5), ("今", 3)]


def test_what_is_withdrawn_leaves_the_ranking_at_once(client, read):
    article = make_article(title="将撤下", published_at=NOW - timedelta(days=3))
    read(article, 2, timedelta(hours=1))
    assert titles(client, "day") == [("将撤下", 2)]
    article.status = "withdrawn"
    article.save()
    assert "将撤下" not in client.get("/news/hot/?window=day").text


def test_an_unknown_window_is_not_found_and_an_empty_one_says_so(client):
    assert client.get("/news/hot/?window=century").status_code == 404
    assert "还没有阅读记录" in client.get("/news/hot/").text


def test_old_hours_are_forgotten_and_days_stay(read):
    article = make_article(published_at=NOW - timedelta(days=9))
    read(article, 2, timedelta(days=3))
    read(article, 2, timedelta(hours=3))
    forget_old()
    assert ViewHour.objects.count() == 1
    assert ViewDay.objects.count() == 2


def test_beside_an_article_stand_the_most_read_of_seven_days_up_to_yesterday(client, read):
    older, newer, other = (
        make_article(title=title, published_at=NOW - timedelta(days=30)) for title in ("旧", "新", "另")
    )
    read(older, 9, timedelta(days=9))
    read(older, 2, timedelta(days=7))
    read(newer, 5, timedelta(days=1))
    read(other, 50, timedelta(minutes=5))  # today
    assert beside(client, other) == ["新", "旧"]
    newer.status = "withdrawn"
    newer.save()
    assert beside(client, other) == ["旧"]


def test_nothing_read_is_no_ranking(client):
    assert "一周阅读排行" not in client.get(make_article().get_absolute_url()).text


def beside(client, article):
    page = client.get(article.get_absolute_url()).text
    ranking = page.partition("一周阅读排行")[2].partition("</ol>")[0]
    return re.findall(r"<li><a [^>]*>(.*?)</a>", ranking)


def test_pages_end_at_the_midnight_at_which_the_days_change():
    assert rankings.next_ranking(NOW) == datetime.fromisoformat("2026-11-25T00:00:00+08:00")
    assert rankings.next_ranking(NOW.astimezone(UTC)) == rankings.next_ranking(NOW)
