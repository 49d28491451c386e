"""The bad-input table: a clear page or a clear form error, never a 500, nothing half-saved."""

import pytest
from django.test import Client

from feedback.models import Message, Topic
from tests.factories import make_article, make_zone

pytestmark = pytest.mark.django_db

PAGE_NUMBERS = ["0", "-1", "abc", "1000000000", "9" * 3000, "1.5", "２", "", " 1", "%ED%A0%80", "1e3"]
LISTS = ["/news/", "/news/tags/", "/journal/", "/feedback/", "/zones/"]
UNKNOWN = [
    "/news/999999/", "/news/99999999999999999999999/", "/news/no-such-column/", "/news/attachments/1/", "/news/1/qr.svg",
    "/journal/2026/99/", "/journal/99999999999999999999/1/", "/journal/2026/1/pdf/", "/associations/0/", "/feedback/0/",
    "/feedback/99999999999999999999/",
    "/associations/99999999999999999999/", "/zones/NOPE/", "/zones/%00/", "/zones/%ED%A0%80/", "/zones/" + "x" * 3000 + "/",
    "/media/pictures/2026/11/" + "0" * 32 + ".jpg", "/media/../settings.py", "/media/pictures/..%2F..%2Fdb.sqlite3",
    "/sitemap-articles-0.xml", "/sitemap-articles-99.xml", "/sitemap-no-1.xml", "/sitemap-pages-99999999999999999999.xml",
    "/news/tags/1/", "/news/tags/99999999999999999999/", "/abcdefgh.txt", "/news/feed/x/", "/news/nothing/feed/", "/%FF%FE/", "/admin/%00/",
]  # fmt: skip


@pytest.fixture
def visitor():
    """A client that shows a server error as the reader would see it."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("number", PAGE_NUMBERS)
def test_a_bad_page_number_is_a_clear_page(visitor, number):
    make_article()
    for address in LISTS:
        response = visitor.get(f"{address}?page={number}")
        assert response.status_code == 404, address
        assert "页" in response.text


@pytest.mark.parametrize("address", UNKNOWN, ids=lambda address: address[:40])
def test_an_unknown_address_is_not_found(visitor, address):
    response = visitor.get(address)
    assert response.status_code in (302, 400, 404), response.status_code
    if response.status_code == 302:
        assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize(
    "query",
    [
        "province=x",
        "level=%00",
        "type=" + "9" * 500,
        "q=" + "字" * 31,
        "q=%00",
        "q=%ED%A0%80",
        "province=山东&province=x",
        "level[]=1",
    ],
)
def test_a_bad_filter_is_a_clear_page(visitor, query):
    make_zone()
    response = visitor.get(f"/zones/?{query}")
    assert response.status_code in (200, 400)
    assert "<h1" in response.text


def test_a_nul_in_a_query_is_refused(visitor):
    for address in ["/news/?page=1%00", "/zones/?q=%00", "/admin/login/?next=%00"]:
        assert visitor.get(address).status_code == 400


def test_an_address_beyond_the_limit_is_refused(visitor):
    response = visitor.get("/news/?x=" + "a" * 5000)
    assert response.status_code == 414
    assert "地址太长" in response.text


def test_a_fifty_megabyte_body_is_refused_before_it_is_read(visitor):
    topic = Topic.objects.create(name="咨询")
    response = visitor.post("/feedback/new/", {"topic": topic.pk, "body": "x" * 50_000_000})
    assert response.status_code == 413
    assert "没有保存" in response.text
    assert not Message.objects.exists()


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "gbk", "nonsense", "utf-8-sig"])
def test_a_form_in_another_encoding_is_refused(visitor, charset):
    body = "title=x".encode("utf-16")
    form = f"application/x-www-form-urlencoded; charset={charset}"
    response = visitor.generic("POST", "/feedback/new/", body, content_type=form)
    assert response.status_code == 400
    assert "UTF-8" in response.text


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data", "multipart/form-data; boundary=", "text/xml", "application/json", ""]
)
def test_a_broken_form_body_is_a_clear_answer(visitor, content_type):
    response = visitor.post("/feedback/new/", b"\xff\x00 no form at all", content_type=content_type)
    assert response.status_code in (400, 422)
    assert not Message.objects.exists()


def test_too_many_fields_are_refused(visitor):
    body = "&".join(f"f{number}=1" for number in range(2_100))
    response = visitor.post("/feedback/new/", body.encode(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_methods_that_no_page_knows_are_refused(visitor):
    for address in ["/", "/news/", "/zones/", "/feedback/"]:
        for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
            assert method(address).status_code == 405


def test_an_unknown_host_is_refused_without_the_site(visitor):
    response = visitor.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


def test_the_error_pages_that_stand_alone_need_no_database(django_db_blocker, rf):
    from portal.views.errors import bad_request, server_error

    with django_db_blocker.block():
        for view, status in ((bad_request, 400), (server_error, 500)):
            response = view(rf.get("/"))
            assert response.status_code == status
            assert '<html lang="zh-CN"' in response.text
