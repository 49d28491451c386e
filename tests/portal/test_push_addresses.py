"""Search engines are told of our own new addresses, when somebody switched that on. The services are a local server."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.models import SiteSettings
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    """A local HTTP server that keeps what it was sent; `answer` is its status."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.server.received.append((self.path, self.headers["Content-Type"], body))
            self.send_response(self.server.answer)
            if self.server.answer == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(b'{"success": 1}')

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.received, server.answer = [], 200
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(settings, service):
    SiteSettings.objects.create(name="协会", domain="www.example.org")
    address = f"http://127.0.0.1:{service.server_port}"
    settings.INDEXNOW_URL, settings.BAIDU_PUSH_URL = f"{address}/indexnow", f"{address}/urls"
    settings.INDEXNOW_KEY, settings.BAIDU_PUSH_TOKEN = "0123456789abcdef", "secret-token"
    return settings


def push(*args):
    out, err = StringIO(), StringIO()
    call_command("push_addresses", *args, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_new_addresses_are_pushed_to_both(site, service):
    article = make_article()
    make_article(status="draft")
    old = make_article(published_at=timezone.now() - timedelta(days=9))
    type(old).objects.filter(pk=old.pk).update(updated_at=old.published_at)
    assert "推送了 1 个网址" in push()
    address = f"https://www.example.org/news/{article.pk}/"
    (path, _, indexnow), (baidu_path, kind, baidu) = service.received
    assert path == "/indexnow"
    assert json.loads(indexnow) == {
        "host": "www.example.org",
        "key": "0123456789abcdef",
        "keyLocation": "https://www.example.org/0123456789abcdef.txt",
        "urlList": [address],
    }
    assert (baidu_path, kind) == ("/urls?site=https%3A%2F%2Fwww.example.org&token=secret-token", "text/plain")
    assert baidu == address


def test_nothing_is_sent_unless_switched_on_and_not_by_a_dry_run(site, service):
    article = make_article()
    assert push("--dry-run").strip() == f"https://www.example.org/news/{article.pk}/"
    site.INDEXNOW_KEY = site.BAIDU_PUSH_TOKEN = ""
    assert "什么也没有发送" in push()
    assert service.received == []


def test_only_our_own_addresses_are_pushed(site, service):
    site.BAIDU_PUSH_TOKEN = ""
    told = push("https://www.example.org/zones/", "https://elsewhere.example/", "https://www.example.org.evil.example/")
    assert "2 个网址不属于" in told
    assert json.loads(service.received[0][2])["urlList"] == ["https://www.example.org/zones/"]


@pytest.mark.parametrize("answer", [302, 403, 500])
def test_a_refusal_is_told_without_the_keys(site, service, answer):
    make_article()
    service.answer = answer
    with pytest.raises(CommandError, match=str(answer)) as failure:
        push()
    assert "secret-token" not in str(failure.value)
    assert len(service.received) == 2  # the second service is told though the first refused; no redirect is followed


def test_without_a_domain_it_says_so(site):
    SiteSettings.objects.update(domain="")
    with pytest.raises(CommandError, match="域名"):
        push()
