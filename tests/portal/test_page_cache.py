"""The cache of whole pages: what it keeps, what goes past it, and that nothing it gives is stale."""

from datetime import timedelta

import pytest
from django.core.wsgi import get_wsgi_application
from django.db.models import QuerySet
from django.utils import timezone

from associations.models import Link
from news.counting import ViewCounter
from news.models import Article, Attachment, Column
from portal.models import SiteSettings, User
from portal.pagecache.front import PageCache
from portal.pagecache.version import current
from tests.factories import make_article, make_message, make_zone
from tests.wsgi_reader import Reader, unstamped

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(whole_site):
    current.expire()
    return Reader(PageCache(get_wsgi_application(), ViewCounter()))


@pytest.fixture
def whole_site(transactional_db):
    from tests.whole_site import make_site

    return make_site()


def states(reader, address, times=2, **headers):
    answers = [reader.get(address, **headers) for _ in range(times)]
    return [answer.state for answer in answers]


def test_every_public_page_is_kept_and_the_same_bytes_as_fresh(reader, whole_site, client):
    for name, address in whole_site.items():
        if name in ("rankings", "contribution ranking", "notice before leaving", "correction") or name.startswith(
            "search"
        ):
            assert states(reader, address) == ["bypass", "bypass"]
            continue
        if name == "preview":  # of a draft, for whoever has the link
            assert states(reader, address) == ["miss", "miss"]
            continue
        first, second = reader.get(address), reader.get(address)
        assert (first.state, second.state) == ("miss", "hit"), name
        if name not in ("article", "reprint"):
            assert first.body == second.body
            assert unstamped(first.body) == unstamped(client.get(address).content), name


def test_staff_posts_and_unknown_queries_go_past(reader, whole_site, client, settings):
    client.force_login(User.objects.create_superuser("chief", password="x"))
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert states(reader, "/", HTTP_COOKIE=session) == ["bypass", "bypass"]
    assert states(reader, "/?utm_source=x") == ["bypass", "bypass"]
    assert states(reader, "/news/?page=1&page=2") == ["bypass", "bypass"]
    assert states(reader, "/feedback/new/", method="POST") == ["bypass", "bypass"]
    assert states(reader, "/admin/login/") == ["bypass", "bypass"]
    assert states(reader, "/", HTTP_COOKIE="seen=1") == ["miss", "hit"]


def test_the_order_of_a_query_makes_no_other_page(reader, whole_site):
    assert reader.get("/zones/?level=national&type=etdz").state == "miss"
    assert reader.get("/zones/?type=etdz&level=national").state == "hit"


def test_errors_and_redirects_are_given_once(reader, whole_site):
    for address, status in [
        ("/nowhere/", 404),
        ("/news/?page=999", 404),
        ("/news/zones/", 302),
        ("/zones/?level=x", 400),
    ]:
        answers = [reader.get(address) for _ in range(2)]
        assert [(answer.status, answer.state) for answer in answers] == [(status, "miss")] * 2


def test_a_file_is_handed_on_and_never_held(whole_site, client):
    current.expire()
    cache = PageCache(get_wsgi_application(), ViewCounter())
    reader = Reader(cache)
    address = Attachment.objects.get().get_absolute_url()
    answers = [reader.get(address), reader.get(address), reader.get(address, method="HEAD")]
    assert [answer.state for answer in answers] == ["miss"] * 3
    assert [answer.body for answer in answers] == [b"%PDF-1.4 test"] * 2 + [b""]
    assert len(cache.store) == 0


def test_encodings_hold_the_same_page_and_a_known_one_is_not_sent_again(reader, whole_site):
    for address in (whole_site["home"], whole_site["article"]):
        plain = reader.get(address, HTTP_USER_AGENT="some bot")
        packed = [
            reader.get(address, HTTP_USER_AGENT="some bot", HTTP_ACCEPT_ENCODING=value)
            for value in ("gzip", "gzip, br", "br;q=0")
        ]
        assert {answer.text for answer in packed} == {plain.text}
        assert packed[0].headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in packed[2].headers
        again = reader.get(address, HTTP_USER_AGENT="some bot", HTTP_IF_NONE_MATCH=plain.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        head = reader.get(address, method="HEAD")
        assert (head.body, head.headers["Content-Length"]) == (b"", str(len(plain.body)))


def test_a_change_by_any_way_of_writing_is_seen(reader, whole_site):
    article = Article.objects.get(view_count=204)
    address = article.get_absolute_url()
    ways = [
        lambda: Article.objects.filter(pk=article.pk).update(title="改过的标题一"),
        lambda: Article.objects.bulk_update([Article(pk=article.pk, title="改过的标题二")], ["title"]),
        lambda: SiteSettings.objects.update(name="改名的协会"),
        lambda: Column.objects.filter(slug="provincial").update(name="改名的栏目"),
        lambda: make_zone(name="新添的开发区"),
        lambda: make_message(reply="新的答复。", may_publish=True, is_public=True),
    ]
    for way in ways:
        assert reader.get(address).state in ("miss", "hit")
        assert reader.get(address).state == "hit"
        way()
        current.expire()
        assert reader.get(address).state == "miss"
    text = reader.get(address).text
    assert "改过的标题二" in text
    assert "改名的协会" in text


def test_what_pages_share_is_made_once_and_staff_see_it_fresh(
    reader, whole_site, client, settings, django_assert_max_num_queries
):
    reader.get(whole_site["article"])
    with django_assert_max_num_queries(2):  # the page's own text, and the version if it is time to ask
        assert reader.get("/news/profile/").state == "miss"
    Link.objects.filter(group__name="政府部门").update(name="改名的部门")
    client.force_login(User.objects.create_superuser("chief", password="x"))
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert "改名的部门" in reader.get("/news/profile/", HTTP_COOKIE=session).text
    current.expire()
    for address in whole_site.values():
        assert "改名的部门" in reader.get(address).text, address


def test_what_is_not_public_changes_nothing(reader, whole_site):
    reader.get("/")
    make_message()
    QuerySet(Article).update(view_count=5)
    current.expire()
    assert reader.get("/").state == "hit"


def test_a_page_ends_when_something_goes_live_or_expires(reader, whole_site, monkeypatch):
    now = timezone.now()
    column = Column.objects.get(slug="provincial")
    make_article(title="将要上线", column=column, published_at=now + timedelta(seconds=600))
    make_article(title="将要下线", column=column, expires_at=now + timedelta(seconds=900))
    current.expire()
    seen = []
    for seconds in (0, 599, 601, 899, 901):
        travel(monkeypatch, now + timedelta(seconds=seconds))
        text = reader.get("/news/provincial/").text
        seen.append(("将要上线" in text, "将要下线" in text))
    assert seen == [(False, True), (False, True), (True, True), (True, True), (True, False)]


def travel(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    monkeypatch.setattr("portal.pagecache.version.time.time", moment.timestamp)
    current.expire()
