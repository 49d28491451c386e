"""What a CDN is told: how long it may keep a page, and that the content has changed."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

from news.counting import ViewCounter
from portal.pagecache import cdn
from portal.pagecache.front import PageCache
from portal.pagecache.version import current
from tests.factories import make_article, make_column
from tests.waiting import eventually
from tests.wsgi_reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def reader_behind_cdn(settings, *, age):
    settings.CDN_MAX_AGE = age
    current.expire()
    return Reader(PageCache(get_wsgi_application(), ViewCounter()))


@pytest.fixture
def reader(transactional_db, settings):
    return reader_behind_cdn(settings, age=600)


def test_pages_may_be_kept_until_they_change_by_time_and_what_counts_or_is_personal_may_not(reader, settings):
    column = make_column()
    article = make_article(column=column)
    kept = reader.get(column.get_absolute_url()).headers
    assert kept["CDN-Cache-Control"] == kept["Surrogate-Control"]
    assert 0 < int(kept["CDN-Cache-Control"].removeprefix("max-age=")) <= 600
    assert kept["Cache-Control"] == "public, no-cache"  # browsers ask
    assert kept["Surrogate-Key"] == "pages"
    for address in (article.get_absolute_url(), "/admin/login/", "/search/?q=x", "/feedback/new/?utm=1", "/nowhere/"):
        assert reader.get(address).headers["CDN-Cache-Control"] == "no-store", address
    assert "CDN-Cache-Control" not in reader_behind_cdn(settings, age=0).get(column.get_absolute_url()).headers


def test_a_page_is_not_kept_past_the_moment_at_which_something_goes_on_line(reader):
    from datetime import timedelta

    from django.utils import timezone

    column = make_column()
    make_article(column=column)
    make_article(column=column, published_at=timezone.now() + timedelta(seconds=60))
    age = reader.get(column.get_absolute_url()).headers["CDN-Cache-Control"]
    assert 0 < int(age.removeprefix("max-age=")) <= 60


@pytest.fixture
def emptied(settings, monkeypatch):
    """The requests that a CDN got: (method, header, body)."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self):
            got.append((self.command, self.headers["X-Key"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if len(got) == 1 else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
    settings.CDN_PURGE_METHOD, settings.CDN_PURGE_HEADER, settings.CDN_PURGE_BODY = "PURGE", "X-Key: secret", "all"
    monkeypatch.setattr(cdn, "AGAIN_AFTER", 0.2)
    yield got
    server.shutdown()
    server.server_close()


def test_a_change_empties_the_cdn_once_more_after_all_processes_know_and_is_tried_again(emptied, caplog):
    purge = cdn.Purge()
    for _ in range(5):
        purge.tell()
    eventually(lambda: len(emptied) >= 3)
    assert emptied[0] == ("PURGE", "secret", b"all")
    assert 3 <= len(emptied) <= 5  # refused, taken, and again
    assert "secret" not in caplog.text


def test_a_cdn_that_cannot_be_emptied_is_warned_of(settings):
    settings.CDN_MAX_AGE = 60
    assert "portal.W002" in [found.id for found in run_checks(include_deployment_checks=True)]
    settings.CDN_PURGE_URL = "https://cdn.example.org/purge"
    assert "portal.W002" not in [found.id for found in run_checks(include_deployment_checks=True)]
