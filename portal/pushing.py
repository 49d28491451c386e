"""Telling search engines about new addresses: IndexNow (https://www.indexnow.org/documentation) and Baidu's push.

Off unless their variables are set. Only addresses of this site are sent.
"""

import json
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

TIMEOUT = 10  # seconds
ANSWER_MAX = 2_000  # bytes of an answer that are read
INDEXNOW_MAX, BAIDU_MAX = 10_000, 2_000  # addresses a request, as the services allow


class NoRedirect(HTTPRedirectHandler):
    """The keys go to the service that was configured, and to nobody it names."""

    def redirect_request(self, *args, **kwargs):
        return None


def own_addresses(addresses, root):
    """Return those of `addresses` that belong to this site; `root` is the full address of its home page."""
    own = urlsplit(root)
    return [address for address in addresses if urlsplit(address)[:2] == own[:2]]


def services():
    """Return {name: function(addresses, root) → requests} of the services that are switched on."""
    known = {
        "IndexNow": (settings.INDEXNOW_KEY, indexnow_requests),
        "百度": (settings.BAIDU_PUSH_TOKEN, baidu_requests),
    }
    return {name: make for name, (key, make) in known.items() if key}


def indexnow_requests(addresses, root):
    for part in parts(addresses, INDEXNOW_MAX):
        key = settings.INDEXNOW_KEY
        body = {"host": urlsplit(root).netloc, "key": key, "keyLocation": f"{root}{key}.txt", "urlList": part}
        yield request(settings.INDEXNOW_URL, json.dumps(body), "application/json; charset=utf-8")


def baidu_requests(addresses, root):
    query = urlencode({"site": root[:-1], "token": settings.BAIDU_PUSH_TOKEN})
    for part in parts(addresses, BAIDU_MAX):
        yield request(f"{settings.BAIDU_PUSH_URL}?{query}", "\n".join(part), "text/plain")


def parts(addresses, size):
    return (addresses[start : start + size] for start in range(0, len(addresses), size))


def request(address, body, content_type):
    """Raises ValueError for an address that is not http(s)."""
    if not address.startswith(("https://", "http://")):
        raise ValueError("not an http(s) address")
    headers = {"Content-Type": content_type, "User-Agent": "association-portal"}
    return Request(address, body.encode(), headers, method="POST")  # noqa: S310 the scheme is checked above


def send(made):
    """Send a Request. Return (status, the beginning of the answer). Raises OSError where nobody takes it."""
    with build_opener(NoRedirect).open(made, timeout=TIMEOUT) as answer:
        return answer.status, answer.read(ANSWER_MAX).decode(errors="replace").strip()
