"""Pictures of other sites come into the library by an editor's own act, and never from this machine or its network."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError

from portal import fetching
from portal.fetching import checked_address, fetch_picture, is_public
from portal.models import Picture
from tests.factories import client_of, make_staff, picture_bytes

FETCH = "/admin/pictures/fetch/"


class Host(BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.asked.append((self.path, self.headers.get("Host")))
        act = unquote(self.path).strip("/").split("?")[0]
        act = "to:|loop" if act == "loop" else act
        if act == "slowly":  # not even the head of the answer comes
            for number in range(600):
                self.wfile.write(b"H" if number else b"HTTP/1.0 200 OK\r\nX: ")
                self.wfile.flush()
                time.sleep(0.1)
        if act.startswith("to:"):
            self.send_response(302)
            self.send_header("Location", act[3:].replace("|", "/"))
            self.end_headers()
            return
        self.send_response(404 if act == "gone" else 200)
        self.end_headers()
        if act == "picture.png":
            self.wfile.write(picture_bytes())
        elif act == "page":
            self.wfile.write(b"<html>secret</html>")
        elif act == "endless":
            self.send_endless()
        elif act == "slow":
            for _ in range(600):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

    def send_endless(self):
        while True:
            self.wfile.write(b"\xff\xd8\xff" + b"x" * 65_536)

    def log_message(self, *args):
        pass


@pytest.fixture
def host(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # the other side had enough
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    Host.asked.clear()
    settings.PICTURE_FETCH_ALSO = frozenset({("127.0.0.1", server.server_port)})
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refusal(url):
    with pytest.raises(ValidationError) as refused:
        fetch_picture(url)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2400:3200::1", True), ("127.0.0.1", False), ("127.8.8.8", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("::ffff:8.8.8.8", True), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False), ("::127.0.0.1", False), ("ff02::1", False), ("192.0.2.1", False), ("198.18.0.1", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_open_internet_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png", "http://localhost/x.png", "http://[::1]/x.png", "http://[::ffff:127.0.0.1]/x.png", "http://2130706433/",
        "http://0x7f.1/", "http://127.1/", "http://0/", "http://169.254.169.254/latest/", "http://10.0.0.1:80/", "https://192.168.0.1/",
    ],
)  # fmt: skip
def test_nothing_of_this_network_is_fetched(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("connected"))
    assert "内部网络" in refusal(url)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "javascript:1", "http://a@example.org/", "http:///x", "data:x", "x"],
)
def test_only_web_addresses_are_fetched(url):
    assert "不是可以取图的网址" in refusal(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(ValidationError, match="内部网络"):
        checked_address("two.example", 80)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that answers differently the second time is not asked a second time."""
    answers = iter([[(2, 1, 6, "", ("8.8.8.8", 80))], [(2, 1, 6, "", ("127.0.0.1", 80))]])
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *args, **kwargs: next(answers))
    connected = []

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    refusal("http://rebinding.example/x.png")
    assert connected == [("8.8.8.8", 80)]


@pytest.mark.django_db
def test_an_editor_fetches_a_picture_into_the_library(host):
    editor = client_of(make_staff("portal.add_picture"))
    answer = editor.post(FETCH, {"url": f"{host}/picture.png?wx_fmt=png"}).json()
    picture = Picture.objects.get()
    assert answer["uploaded"] == 1
    assert answer["url"] == picture.file.url
    assert editor.post(FETCH, {"url": f"{host}/to:|picture.png"}).json()["url"] == picture.file.url
    assert client_of(make_staff("news.change_article")).post(FETCH, {"url": f"{host}/picture.png"}).status_code == 403
    assert editor.get(FETCH).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/page", "不是可用的图片"), ("/gone", "没有取到图片"), ("/endless", "图片太大"), ("/slow", "没有取到图片"),
        ("/to:http:||169.254.169.254|x", "内部网络"), ("/to:http:||127.0.0.1:1|x", "内部网络"), ("/to:file:|||etc|passwd", "不是可以取图的网址"),
        ("/loop", "转来转去"), ("/slowly", "没有取到图片"),
    ],
)  # fmt: skip
def test_what_is_no_picture_or_leads_elsewhere_is_refused(host, path, line, settings, monkeypatch):
    settings.PICTURE_MAX = 1_000_000
    monkeypatch.setattr(fetching, "SECONDS", 1.5)
    editor = client_of(make_staff("portal.add_picture"))
    answer = editor.post(FETCH, {"url": host + path}).json()
    assert answer["uploaded"] == 0
    assert line in answer["error"]["message"]
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_what_was_pasted_is_told(client):
    editor = client_of(make_staff("news.change_article"))
    answer = editor.post("/admin/pasted/", {"html": "<p style='mso-x:1'><o:p></o:p></p><script>1</script>"}).json()
    assert {row["what"] for row in answer["dropped"]} == {"Word 或 WPS 的格式", "脚本"}
    assert client.post("/admin/pasted/", {"html": "x"}).status_code == 302
