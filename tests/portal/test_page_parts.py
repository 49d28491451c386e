"""Parts of pages are kept until something changes that was read for them, and no longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from associations.models import Link
from news.models import Article
from news.newest import newest_titles
from news.rows import ARTICLES, PUBLIC
from portal.models import SiteSettings
from portal.pagecache.front import RENDERING
from portal.pagecache.reads import EVERYTHING, names_in, noted
from portal.pagecache.shared import shared
from portal.pagecache.version import current
from tests.factories import make_article, make_column, make_link

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rendering(rf):
    """Return a request that renders for the page cache, under the version that is current by then."""

    def request():
        current.expire()
        made = rf.get("/")
        made.META[RENDERING] = current.get()
        return made

    return request


def made_again(rendering, make):
    """Tell whether `make` is asked again now, or its last value still holds."""
    asked = []
    shared(rendering(), "a part of this test", lambda: asked.append(make()))
    return bool(asked)


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ('SELECT "x" FROM "news_column" WHERE 1', {"news_column"}),
        ("SELECT 1 FROM news_article AS a LEFT JOIN portal_picture p ON 1", {"news_article", "portal_picture"}),
        ("SELECT count FROM news_articlecount", {"news_article"}),  # counted by triggers of the articles
        ("SELECT 1 FROM portal_searchentry", {EVERYTHING}),
        ("SELECT 1 FROM nobody_knows", {EVERYTHING}),
        ("SELECT 1", set()),
    ],
)
def test_a_statement_tells_what_it_depends_on(statement, names):
    assert names_in(statement) == names


def test_a_part_is_made_again_after_a_change_of_what_it_read_and_of_nothing_else(rendering):
    link = make_link(name="一个链接")

    def make():
        return [item.name for item in Link.objects.all()]

    assert made_again(rendering, make)
    assert not made_again(rendering, make)
    make_article()
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "改名的协会"})
    assert not made_again(rendering, make)
    Link.objects.filter(pk=link.pk).update(name="改名的链接")
    assert made_again(rendering, make)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE associations_link SET name = 'x'")
    assert made_again(rendering, make)


def test_a_part_depends_on_the_parts_within_it_also_where_those_were_made_before(rendering):
    make_link()

    def around_is_made_again():
        request, asked = rendering(), []  # before: finding the version reads, too

        def make():
            asked.append(True)
            return shared(request, "within", lambda: list(Link.objects.all()))

        shared(request, "around", make)
        return bool(asked)

    shared(rendering(), "within", lambda: list(Link.objects.all()))
    assert around_is_made_again()
    make_article()
    assert not around_is_made_again()
    Link.objects.update(name="改名的链接")
    assert around_is_made_again()


def test_a_publication_leaves_the_newest_of_other_columns_as_they_are(rendering, django_assert_num_queries):
    one, other = make_column(), make_column()
    make_article(column=one)
    make_article(column=other, title="别的栏目的")
    newest_titles(rendering(), [one.pk, other.pk], 5)
    make_article(column=one, title="刚刚发布")
    request = rendering()
    with django_assert_num_queries(0):
        assert [title.title for title in newest_titles(request, [other.pk], 5)] == ["别的栏目的"]
    assert newest_titles(request, [one.pk], 5)[0].title == "刚刚发布"
    Article.objects.filter(title="刚刚发布").update(column=other)  # both columns change
    request = rendering()
    assert "刚刚发布" not in [title.title for title in newest_titles(request, [one.pk], 5)]
    assert newest_titles(request, [other.pk], 5)[0].title == "刚刚发布"


def test_parts_end_when_time_alone_changes_something(rendering, monkeypatch):
    now = timezone.now()
    column = make_column()
    make_article(column=column, title="将要上线", published_at=now + timedelta(seconds=60))

    def newest():
        return [title.title for title in newest_titles(rendering(), [column.pk], 5)]

    assert newest() == []
    later = now + timedelta(seconds=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    monkeypatch.setattr("portal.pagecache.version.time.time", later.timestamp)
    assert newest() == ["将要上线"]


def test_what_is_noted_within_stays_within():
    with noted() as around:
        with noted() as within:
            list(Link.objects.all())
        assert not around
        list(Article.objects.only("pk"))
    assert (within, around) == ({"associations_link"}, {"news_article"})


def test_the_rule_of_what_is_public_is_the_same_written_out():
    now = timezone.now()
    hidden = make_column(is_active=False)
    for column in (make_column(), hidden):
        for status in ("published", "draft", "withdrawn"):
            for published_at in (now - timedelta(days=2), now + timedelta(days=2)):
                for expires_at in (None, published_at + timedelta(days=1), published_at + timedelta(days=9)):
                    make_article(column=column, status=status, published_at=published_at, expires_at=expires_at)
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.id FROM {ARTICLES} WHERE {PUBLIC}", [moment, moment])
        found = {key for (key,) in cursor.fetchall()}
    assert found == set(Article.objects.published(at=now).values_list("pk", flat=True))
    assert len(found) == 2
