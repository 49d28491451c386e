"""The check of links: what does not open is kept with its place, and nothing inside our network is ever asked."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command

from portal.link_checks.outside import is_public, problem_of
from portal.models import LinkCheck
from tests.factories import make_article, make_association, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A site on this machine, which for this test alone counts as a public one. Yields (address, paths asked)."""
    asked = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status = {"/good": 200, "/gone": 404, "/robots": 403, "/loop": 302, "/inward": 302}[self.path]
            self.send_response(status)
            if status == 302:
                self.send_header("Location", {"/loop": "/loop", "/inward": "http://169.254.169.254/"}[self.path])
            self.end_headers()

        def log_message(self, *args):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    port = httpd.server_port
    connect, look_up = socket.create_connection, socket.getaddrinfo

    def known(host, *args, **kwargs):
        return look_up(ADDRESSES.get(host, host), *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setattr(socket, "create_connection", lambda to, **options: connect(("127.0.0.1", port), **options))
    yield asked
    httpd.shutdown()
    thread.join()
    httpd.server_close()


ADDRESSES = {"good.example.org": "93.184.215.14", "inner.example.org": "10.0.0.5"}


def test_answers_are_judged(server):
    site = "http://good.example.org"
    assert problem_of(f"{site}/good") == ""
    assert problem_of(f"{site}/robots") == ""
    assert problem_of(f"{site}/gone") == "回答 404"
    assert problem_of(f"{site}/loop") == "重定向次数太多"


def test_private_addresses_are_never_asked(server):
    for url in (
        "http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/", "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]/",
        "http://inner.example.org/", "http://good.example.org/inward",
    ):  # fmt: skip
        assert problem_of(url) in ("指向内部网络", "不是可用的网址"), url
    assert server == ["/inward"]
    assert problem_of("http://good.example.org:22/") == "不是可用的网址"
    assert not is_public("100.64.0.1")
    assert not is_public("224.0.0.1")


def test_the_command_keeps_what_it_found_and_where(server, capsys):
    article = make_article(
        body='<p><a href="/news/999999/">旧</a><a href="/associations/">协会</a><a href="http://good.example.org/gone">外</a></p>'
    )
    make_association(name="好协会", website="http://good.example.org/good")
    make_link(url="http://10.0.0.5/")
    call_command("check_links")
    found = dict(LinkCheck.objects.values_list("url", "problem"))
    assert found["/news/999999/"] == "站内没有这个页面（404）"
    assert found["/associations/"] == found["http://good.example.org/good"] == ""
    assert found["http://good.example.org/gone"] == "回答 404"
    assert found["http://10.0.0.5/"] == "指向内部网络"
    broken = LinkCheck.objects.get(url="/news/999999/")
    assert (broken.place_type, broken.place_id) == ("news.article", str(article.pk))
    assert "3 个打不开" in capsys.readouterr().out
    since = broken.failing_since
    article.body = '<p><a href="/news/999999/">旧</a></p>'
    article.save()
    call_command("check_links", inside_only=True)
    assert LinkCheck.objects.get(url="/news/999999/").failing_since == since
    assert not LinkCheck.objects.filter(url__contains="gone").exists()
