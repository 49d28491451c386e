"""The archive of a column: years and months as links, real pages, clear answers to what is no time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_article, make_column

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def column(db):
    column = make_column(slug="news")
    make_article(column=column, title="跨年之夜", published_at=datetime(2024, 12, 31, 23, 30, tzinfo=CHINA))
    make_article(column=column, title="元旦凌晨", published_at=datetime(2025, 1, 1, 0, 30, tzinfo=CHINA))
    make_article(column=make_column(parent=column), title="下级三月", published_at=datetime(2025, 3, 5, tzinfo=CHINA))
    make_article(column=column, title="草稿", status="draft", published_at=datetime(2025, 7, 1, tzinfo=CHINA))
    make_article(column=column, title="今年置顶", pinned_until=datetime(2100, 1, 1, tzinfo=CHINA))
    make_article(title="别的栏目", published_at=datetime(2019, 1, 1, tzinfo=CHINA))
    return column


def titles(page):
    return [title for title in ("跨年之夜", "元旦凌晨", "下级三月", "草稿", "今年置顶") if f">{title}</a>" in page]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["跨年之夜", "元旦凌晨", "下级三月", "今年置顶"]),
        ("year=2024", ["跨年之夜"]),
        ("year=2025", ["元旦凌晨", "下级三月"]),
        ("year=2025&month=1", ["元旦凌晨"]),
        ("year=2024&month=12", ["跨年之夜"]),
        ("year=2025&month=7", []),
        ("year=2001", []),
        ("year=&month=", ["跨年之夜", "元旦凌晨", "下级三月", "今年置顶"]),
    ],
)
def test_a_year_and_a_month_hold_what_was_published_in_them_here(client, column, query, found):
    response = client.get(f"/news/news/?{query}")
    page = response.text[: response.text.index('class="aside"')]
    assert response.status_code == 200
    assert titles(page) == found
    assert ("这段时间没有文章" in page) == (not found)


def test_only_years_and_months_with_articles_are_links(client, column):
    page = client.get("/news/news/?year=2025&page=1").text
    assert 'href="?year=2024"' in page
    assert 'href="?year=2019"' not in page
    assert 'href="?year=2025&amp;month=3"' in page
    assert 'href="?year=2025&amp;month=7"' not in page


def test_the_page_of_a_month_names_its_own_address(client, column):
    page = client.get("/news/news/?month=3&year=2025&page=1").text
    address = "http://testserver/news/news/?year=2025&amp;month=3"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page


@pytest.mark.parametrize(
    "query", ["year=x", "year=20255", "year=0", "year=-1", "month=3", "year=2025&month=13", "year=2025&month=0"]
)
def test_what_is_no_time_is_a_clear_page(client, column, query):
    response = client.get(f"/news/news/?{query}")
    assert response.status_code == 404
    assert "没有这个时间的文章" in response.text


def test_the_pages_of_a_year_keep_the_year(client, db, django_assert_max_num_queries):
    column = make_column(slug="news")
    for day in range(1, 29):
        make_article(column=column, title=f"第{day}日", published_at=datetime(2025, 2, day, tzinfo=CHINA))
    with django_assert_max_num_queries(13):
        page = client.get("/news/news/?year=2025&month=2").text
    assert 'href="?year=2025&amp;month=2&amp;page=2" rel="next" data-load-more' in page
    assert "第8日" in client.get("/news/news/?year=2025&month=2&page=2").text
    assert client.get("/news/news/?year=2025&month=2&page=3").status_code == 404
