"""The WSGI wrapper that answers anonymous readers from memory."""

import time
from collections import defaultdict
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from portal.pagecache import cdn
from portal.pagecache.store import PageStore
from portal.pagecache.variants import Page, best_of
from portal.pagecache.version import current

# Names of query parameters that make a page of its own. Any other goes past the cache.
QUERY = frozenset(("page", "province", "level", "type", "topic", "year", "month"))
QUERY_MAX = 300  # characters
# Pages of staff, files, and what changes without a change of the content (searches and rankings keep what is dear).
PAST = (
    "/admin/", "/static/", "/media/", "/healthz", "/readyz", "/search/", "/news/hot/", "/leave/", "/feedback/attachments/",
    "/contribute/login/", "/contribute/mine/", "/contribute/ranking/",
)  # fmt: skip
STALE_FOR = 1.0  # seconds that the last page may be given while the next is rendered
WROTE_NOTHING = ("X-Wrote", "nothing")  # on the answer to a post after which nobody need look for a change
RENDERING = "portal.page_cache"  # in environ: this request renders a page for the cache
NOTHING_WRITTEN = "portal.nothing_written"  # in environ: a post that changed nothing, as its view says

# Of a reader's request that a rendering must not see: pages are kept whole, plain and the same for everybody.
OWN_OF_READER = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_COOKIE")


class PageCache:
    """WSGI wrapper. `views` counts: `views.seen(environ, key)` returns how many a reader adds (0 or 1),
    `views.total(page)` the count to show on a kept page.
    """

    def __init__(self, application, views, *, max_bytes=None):
        self.application = application
        self.views = views
        self.store = PageStore(max_bytes or settings.PAGE_CACHE_BYTES)
        self.session_cookie = settings.SESSION_COOKIE_NAME + "="
        self.has_cdn = settings.CDN_MAX_AGE > 0
        self._locks = defaultdict(Lock)

    def __call__(self, environ, start_response):
        key = self.key_of(environ)
        version = current.get() if key else None
        if version is None:
            return self.go_past(environ, start_response)
        page = self.store.get(key)
        state = "hit"
        if page is None or page.version is not version:
            page, state = self.fresh(key, environ, version, page)
        if isinstance(page, Uncached):
            start_response(page.status, [*page.headers, ("X-Page-Cache", "miss"), *cdn.headers_past("")])
            return page.body if environ["REQUEST_METHOD"] == "GET" else nothing_of(page.body)
        return self.answer(page, state, environ, start_response)

    def key_of(self, environ):
        """Return the key of the page that the request asks for, None where it goes past the cache."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ["PATH_INFO"]
        if not self.is_of_reader(environ):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            query = canonical(query)
            if query is None:
                return None
        return environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path, query

    def is_of_reader(self, environ):
        return not environ["PATH_INFO"].startswith(PAST) and self.session_cookie not in environ.get("HTTP_COOKIE", "")

    def go_past(self, environ, start_response):
        may_write = environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS")
        if may_write and self.is_of_reader(environ):
            environ[RENDERING] = current.get()  # the answer to a form takes what pages share as it is kept

        def marked(status, headers, exc_info=None):
            nonlocal may_write
            may_write = may_write and WROTE_NOTHING not in headers
            own = [("X-Page-Cache", "bypass"), *cdn.headers_past(environ["PATH_INFO"])]
            return start_response(status, without(headers, "X-Counted") + own, exc_info)

        try:
            return self.application(environ, marked)
        finally:
            if may_write and NOTHING_WRITTEN not in environ:
                current.changed()

    def fresh(self, key, environ, version, last):
        """Return (page, state), the page rendered under `version` by one thread however many ask for it."""
        lock = self._locks[key]
        may_be_late = last is not None and time.monotonic() < version.began + STALE_FOR
        if not lock.acquire(blocking=not may_be_late):
            return last, "stale"
        try:
            page = self.store.get(key)
            if page is not None and page.version is version:
                return page, "hit"
            page = self.render(environ, version)
            if isinstance(page, Uncached):
                if last is not None and page.status.startswith("5"):
                    return last, "stale"
            else:
                self.store.put(key, page)
            return page, "miss"
        finally:
            lock.release()
            self._locks.pop(key, None)

    def render(self, environ, version):
        """Render the page as for a reader without cookies; return a Page, or an Uncached where it may not be kept."""
        inner = {name: value for name, value in environ.items() if name not in OWN_OF_READER}
        inner |= {"REQUEST_METHOD": "GET", RENDERING: version}
        seen = {}
        inner.pop("wsgi.file_wrapper", None)
        iterable = self.application(
            inner, lambda status, headers, exc_info=None: seen.update(status=status, headers=headers)
        )
        if getattr(iterable, "streaming", False):  # a file: handed on piece by piece, never held whole
            return Uncached(seen["status"], without(seen["headers"], "X-Counted"), iterable)
        try:
            body = b"".join(iterable)
        finally:
            iterable.close()
        names = {name.lower(): value for name, value in seen["headers"]}
        headers = without(seen["headers"], "X-Counted")
        keeps_out = (
            "set-cookie" in names
            or "no-store" in names.get("cache-control", "")
            or "private" in names.get("cache-control", "")
        )
        if not seen["status"].startswith("200") or keeps_out:
            return Uncached(seen["status"], headers, [body])
        return Page(headers, body, version, counted=names.get("x-counted"))

    def answer(self, page, state, environ, start_response):
        count = 0
        if page.counted:
            self.views.seen(environ, page.counted)
            count = self.views.total(page)
        own = [("X-Page-Cache", state), *(cdn.headers_of(page) if self.has_cdn else ())]
        if "HTTP_IF_NONE_MATCH" in environ and (tag := page.tag_with(count)) in environ["HTTP_IF_NONE_MATCH"]:
            start_response("304 Not Modified", [*page.headers, ("ETag", tag), *own])
            return [b""]
        headers, body = page.served(best_of(page.encodings, environ.get("HTTP_ACCEPT_ENCODING", "")), count)
        start_response("200 OK", headers + own)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class Uncached:
    """An answer that is given once: an error, a redirect, a page with a cookie, a file. `body` is a WSGI iterable."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


def without(headers, name):
    return [header for header in headers if header[0] != name]


def nothing_of(body):
    """Return the body of an answer to HEAD; a file that stands open for GET is closed."""
    if hasattr(body, "close"):
        body.close()
    return [b""]


def canonical(query):
    """Return the query in the one order that names its page; None where it has other names, repeats or is too long."""
    if len(query) > QUERY_MAX:
        return None
    pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    names = [name for name, value in pairs]
    if len(set(names)) != len(names) or not QUERY.issuperset(names):
        return None
    return urlencode(sorted(pairs), encoding="latin-1")
