"""What a CDN in front is told: how long it may keep a page, and that it shall forget all of them.

`CDN-Cache-Control` is RFC 9213, `Surrogate-Control` its elder; browsers heed neither. A page is never kept past the
next moment at which time alone changes it.
"""

import logging
import threading
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

logger = logging.getLogger(__name__)

TAGS = [("Surrogate-Key", "pages"), ("Cache-Tag", "pages")]
AGAIN_AFTER = 1.5  # seconds: until then a process that has not heard yet may still give the CDN an old page
RETRIES = 5
TIMEOUT = 5  # seconds


def told(age):
    value = f"max-age={age}" if age > 0 else "no-store"
    return [("CDN-Cache-Control", value), ("Surrogate-Control", value)]


def headers_of(page):
    """Return the headers for the CDN of a kept page, where there is a CDN. A page that counts is not for it."""
    left = min(settings.CDN_MAX_AGE, page.version.ends - time.time())
    return told(0 if page.counted else int(left)) + TAGS


def headers_past(path):
    """Return the headers of an answer that is one reader's own; files keep theirs."""
    return told(0) if settings.CDN_MAX_AGE and not path.startswith(("/static/", "/media/")) else []


class Purge:
    """Empties the CDN, from a thread of its own: nobody waits for it. Changes close together are one request."""

    def __init__(self):
        self._wanted = threading.Event()
        self._starting = threading.Lock()

    def tell(self):
        """Have the CDN forget every page."""
        if not settings.CDN_PURGE_URL:
            return
        self._wanted.set()
        if self._starting.acquire(blocking=False):
            threading.Thread(target=self._run, name="cdn-purge", daemon=True).start()

    def _run(self):
        while self._wanted.wait():
            self._wanted.clear()
            self._send()
            time.sleep(AGAIN_AFTER)
            self._send()

    def _send(self):
        for attempt in range(RETRIES):
            try:
                with urlopen(purge_request(), timeout=TIMEOUT):  # noqa: S310 an address of the settings
                    return
            except (URLError, OSError, ValueError):
                logger.warning("The CDN could not be emptied, attempt %s of %s.", attempt + 1, RETRIES)
                time.sleep(2**attempt)
        logger.error("The CDN was not emptied: it may give old pages for CDN_MAX_AGE seconds.")


def purge_request():
    name, _, value = settings.CDN_PURGE_HEADER.partition(":")
    headers = {name.strip(): value.strip()} if value else {}
    return Request(  # noqa: S310 an address of the settings
        settings.CDN_PURGE_URL, settings.CDN_PURGE_BODY.encode() or None, headers, method=settings.CDN_PURGE_METHOD
    )
