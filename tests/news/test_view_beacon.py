"""Views that readers' browsers tell of, where a CDN gives out the pages; and the correction of a count by hand."""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from news.counting import views
from news.models import Article, ViewCorrection
from portal.pagecache.front import PageCache
from portal.pagecache.version import current
from tests.factories import client_of, make_article, make_staff, make_user
from tests.wsgi_reader import FIREFOX, Reader

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(transactional_db):
    current.expire()
    return make_article(view_count=204)


@pytest.fixture
def reader(settings):
    settings.VIEWS_BY_BEACON = True
    return Reader(PageCache(get_wsgi_application(), views))


def stored(article):
    views.flush()
    return Article.objects.values_list("view_count", flat=True).get(pk=article.pk)


def beacon_of(page):
    return re.search(r'data-view-beacon="([^"]+)"', page.text)[1]


def test_a_page_counts_by_its_beacon_and_not_by_being_served(reader, article):
    pages = [reader.get(article.get_absolute_url()) for _ in range(3)]
    assert [page.state for page in pages] == ["miss", "hit", "hit"]
    assert stored(article) == 204
    told = [reader.get(beacon_of(pages[0]), method="POST", CONTENT_LENGTH="0") for _ in range(2)]
    assert [answer.text for answer in told] == ['{"count": 205}', '{"count": 206}']
    assert told[0].headers["Cache-Control"] == "no-store"
    assert stored(article) == 206


def test_robots_staff_other_sites_and_made_up_signatures_are_not_counted(reader, article, client):
    address = beacon_of(reader.get(article.get_absolute_url()))
    reader.get(address, method="POST", HTTP_USER_AGENT="Googlebot/2.1")
    client_of(make_user(is_staff=True)).post(address, headers={"User-Agent": FIREFOX})
    assert reader.get(address, method="POST", HTTP_SEC_FETCH_SITE="cross-site").status == 403
    assert reader.get(address).status == 405
    other = make_article()
    assert reader.get(address.replace(f"/{article.pk}/", f"/{other.pk}/"), method="POST").status == 404
    assert stored(article) == 204
    assert stored(other) == 0


def test_without_a_cdn_the_page_has_no_beacon_and_one_that_is_told_counts_nothing(reader, article, settings):
    address = beacon_of(reader.get(article.get_absolute_url()))
    settings.VIEWS_BY_BEACON = False
    assert (
        "data-view-beacon" not in Reader(PageCache(get_wsgi_application(), views)).get(article.get_absolute_url()).text
    )
    assert stored(article) == 205
    reader.get(address, method="POST")
    assert stored(article) == 205


def test_a_count_is_corrected_with_a_reason_and_in_no_other_way(article, client):
    editor = client_of(make_staff("news.add_viewcorrection", "news.view_viewcorrection", "news.view_article"))
    address = "/admin/news/viewcorrection/add/"
    assert editor.post(address, {"article": article.pk, "after": 100, "reason": ""}).status_code == 200
    assert stored(article) == 204
    assert editor.post(address, {"article": article.pk, "after": 100, "reason": "压力测试的请求"}).status_code == 302
    made = ViewCorrection.objects.get()
    assert (made.before, made.after, made.reason, made.made_by.is_staff) == (204, 100, "压力测试的请求", True)
    assert stored(article) == 100
    assert "data-view-count>101<" in client.get(article.get_absolute_url(), headers={"User-Agent": FIREFOX}).text
    assert editor.post(f"/admin/news/viewcorrection/{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client_of(make_staff("news.change_article")).get(address).status_code == 403
    with pytest.raises(ValueError, match="correct"):
        Article.objects.update(view_count=1)
    article.view_count = 7
    article.save()
    assert stored(article) == 101
