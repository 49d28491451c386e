"""Lists found by counts are the lists that COUNT and OFFSET give, on any site, at any moment, on any page."""

import random
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Thread

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from news import list_counts
from news.listing import HERE, Listing, exceptions_of
from news.models import Article, ArticleCount, Column
from news.newest import newest_titles
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db
START = datetime(2024, 12, 28, 22, tzinfo=HERE)
STEPS = 60
MOMENTS = [timedelta(days=days, seconds=seconds) for days, seconds in ((-900, 0), (0, 1), (3, 0), (40, 7), (800, 0))]


class Writer:
    """Writes articles at random by every way there is, many at equal moments and around midnight."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.columns = [make_column() for _ in range(4)]

    def values(self):
        published_at = self.random.choice([START, START + timedelta(hours=2), self.random_moment()])
        expires_at = published_at + timedelta(days=self.random.choice([1, 40, 900]))
        return {
            "column": self.random.choice(self.columns),
            "status": self.random.choice(["published"] * 4 + ["draft", "withdrawn"]),
            "published_at": published_at,
            "expires_at": self.random.choice([None, None, None, expires_at]),
            "pinned_until": self.random.choice([None] * 9 + [START + timedelta(days=30)]),
        }

    def random_moment(self):
        return START + timedelta(seconds=self.random.randrange(-86_400 * 900, 86_400 * 100))

    def some(self, share=0.2):
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        return [key for key in keys if self.random.random() < share]

    def insert(self):
        make_article(**self.values())

    def insert_many(self):
        rows = [Article(title="批量", **self.values()) for _ in range(self.random.randint(1, 12))]
        models.QuerySet(Article).bulk_create(rows)

    def save(self):
        for article in Article.objects.filter(pk__in=self.some(0.1)):
            for name, value in self.values().items():
                setattr(article, name, value)
            article.save()

    def update(self):
        values = self.values()
        name = self.random.choice([["column"], ["status"], ["published_at", "expires_at"], ["pinned_until"]])
        models.QuerySet(Article).filter(pk__in=self.some()).update(**{key: values[key] for key in name})

    def by_hand(self):
        keys = ", ".join(map(str, self.some())) or "0"
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE news_article SET expires_at = NULL, title = 'x' WHERE id IN ({keys})")

    def delete(self):
        models.QuerySet(Article).filter(pk__in=self.some(0.05)).delete()

    def step(self):
        ways = [self.insert, self.insert_many, self.insert_many, self.save, self.update, self.by_hand, self.delete]
        self.random.choice(ways)()


def listing_of(columns, now=None, **options):
    now = now or timezone.now()
    exceptions = [item for found in exceptions_of(columns, now).values() for item in found]
    return Listing(columns, exceptions, {}, now=now, **options)


def expected(columns, at, *, pinned_apart):
    """Return (pinned, the others) as the whole tables say: keys, newest first."""
    rows = Article.objects.published(at=at).filter(column__in=columns).newest()
    pinned = list(rows.pinned(at=at).values_list("pk", flat=True)[:5]) if pinned_apart else []
    return pinned, list(rows.exclude(pk__in=pinned).values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(3))
def test_every_page_is_the_slice_that_offset_gives(seed):
    writer = Writer(seed)
    for number in range(STEPS):
        writer.step()
        if number % 6:
            continue
        columns = writer.random.sample([column.pk for column in writer.columns], writer.random.randint(1, 4))
        for after in MOMENTS:
            now = START + after
            for pinned_apart in (True, False):
                pinned, others = expected(columns, now, pinned_apart=pinned_apart)
                listing = listing_of(columns, now, pinned_apart=pinned_apart)
                assert listing.pinned == pinned
                assert listing.count() == len(others)
                size = writer.random.choice([1, 3, 7, 20])
                for start, stop in pairwise([*range(0, len(others), size), len(others)]):
                    assert listing.keys(start, stop) == others[start:stop], (start, stop)
                assert listing.keys(len(others), len(others) + size) == []


def test_a_year_and_a_month_hold_their_slices():
    writer = Writer(seed=7)
    for _ in range(30):
        writer.step()
    now, columns = START + timedelta(days=30), [column.pk for column in writer.columns]
    published = Article.objects.published(at=now).newest()
    for year, total in listing_of(columns, now).parts():
        moments = dict(published.values_list("pk", "published_at"))
        of_year = [key for key, moment in moments.items() if moment.astimezone(HERE).year == year]
        assert listing_of(columns, now, within=year).keys(0, total) == of_year
        for month, number in listing_of(columns, now).parts(year):
            of_month = [key for key in of_year if moments[key].astimezone(HERE).month == month % 100]
            listing = listing_of(columns, now, within=month)
            assert (listing.count(), listing.keys(0, number)) == (len(of_month), of_month)


def test_the_newest_of_columns_are_the_first_of_their_list(rf, monkeypatch):
    writer = Writer(seed=3)
    for _ in range(40):
        writer.step()
    columns = [column.pk for column in writer.columns]
    for after in MOMENTS:
        now = START + after
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        request = rf.get("/")
        for column in columns:
            keys = [title.pk for title in newest_titles(request, [column], 30)]
            assert keys == listing_of([column], now).keys(0, 30)
        together = [title.pk for title in newest_titles(request, columns, 30)]
        assert together == listing_of(columns, now).keys(0, 30)


def test_counts_made_anew_are_the_counts_that_stood():
    writer = Writer(seed=5)
    for _ in range(40):
        writer.step()

    def counts():
        rows = ArticleCount.objects.exclude(count=0).values_list("column", "level", "period", "slot", "count")
        return sorted(rows)

    before = counts()
    list_counts.install()
    assert before
    assert counts() == before


def test_moments_at_the_ends_of_time_do_no_harm():
    column = make_column()
    first = make_article(column=column, published_at=datetime(2, 1, 1, tzinfo=HERE))
    make_article(column=column, published_at=datetime(9999, 12, 31, 23, 59, tzinfo=HERE))
    listing = listing_of([column.pk])
    assert (listing.count(), listing.keys(0, 20)) == (1, [first.pk])


def test_a_page_reads_no_more_articles_than_its_days_hold(django_assert_max_num_queries):
    """Page 1 and the last one ask the same few questions, whatever stands between."""
    column = make_column()
    now = timezone.now()
    rows = [
        Article(title="旧", column=column, status="published", published_at=now - timedelta(hours=6 * n))
        for n in range(900)
    ]
    models.QuerySet(Article).bulk_create(rows)
    for start in (0, 880):
        with django_assert_max_num_queries(6):
            listing = listing_of([column.pk])
            assert len(listing[start : start + 20]) == 20


def test_more_pinned_articles_than_stand_on_top_keep_their_places(client):
    column = make_column(slug="pins")
    until = timezone.now() + timedelta(days=1)
    for number in range(8):
        make_article(column=column, title=f"置顶第{number}篇", pinned_until=until)
    page = client.get("/news/pins/").text
    page = page[: page.index('class="aside"')]
    assert page.count("mark-pinned") == 5
    assert [page.count(f">置顶第{number}篇<") for number in range(8)] == [1] * 8


def test_an_old_link_to_a_page_still_works_and_one_beyond_the_last_is_a_clear_page(client):
    column = make_column(slug="deep")
    now = timezone.now()
    rows = [
        Article(title=f"第{n}篇", column=column, status="published", published_at=now - timedelta(hours=n))
        for n in range(1, 62)
    ]
    models.QuerySet(Article).bulk_create(rows)
    page = client.get("/news/deep/?page=4").text
    assert ">第61篇</a>" in page
    assert "共 61 条，4 页" in page
    assert client.get("/news/deep/?page=5").status_code == 404
    assert Column.objects.get(slug="deep").articles.count() == 61


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_in_one_column_at_once_do_not_wait_for_each_other():
    column = make_column()

    def publish_beside():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 5000")
            make_article(column=column)
        finally:
            connection.close()

    with transaction.atomic():
        make_article(column=column)
        beside = Thread(target=publish_beside)
        beside.start()
        beside.join()
        assert ArticleCount.objects.exclude(slot=0).exists()
        make_article(column=column)
    make_article(column=column)  # folds in what stood apart
    assert not ArticleCount.objects.exclude(slot=0).exists()
    assert listing_of([column.pk]).count() == 4
