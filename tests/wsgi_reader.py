"""A reader who asks the WSGI application itself, as a server would."""

import gzip
import re
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

import brotli

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        encoding = self.headers.get("Content-Encoding", "")
        decode = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}[encoding]
        return decode(self.body).decode()

    @property
    def state(self):
        return self.headers["X-Page-Cache"]


class Reader:
    """Asks `application`; `headers` are those of every request (as in environ: HTTP_…)."""

    def __init__(self, application, **headers):
        self.application = application
        self.headers = {"HTTP_HOST": "testserver", "HTTP_USER_AGENT": FIREFOX} | headers

    def get(self, address, method="GET", **headers):
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"), "QUERY_STRING": parts.query.encode().decode("latin-1"),
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7",
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(), "wsgi.version": (1, 0),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, "SCRIPT_NAME": "",
        }  # fmt: skip
        seen = {}
        body = self.application(
            environ | self.headers | headers,
            lambda status, given, exc_info=None: seen.update(status=status, given=given),
        )
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        return Answer(int(seen["status"][:3]), dict(seen["given"]), content)


def unstamped(page):
    """Return the page (bytes) without the time at which its form was rendered."""
    return re.sub(rb'name="stamp" value="[^"]*"', b"", page)
