"""点击量: one for each time a reader opens an article, whether the page was rendered or came from memory.

Views are gathered in the process and written once a second: the total on the article, hourly and daily sums in narrow
tables. A batch carries a number that is written in the same transaction, so a batch whose fate is unknown (the
connection broke at the commit) is looked up before it is tried again: nothing is counted twice. What a process held
for the last second is lost if it is killed, and nothing else.
"""

import hashlib
import logging
import re
import threading
import time
import uuid
from datetime import timedelta
from functools import lru_cache
from multiprocessing.util import Finalize

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from news.models import Article, ViewCorrection, ViewDay, ViewFlush, ViewHour
from portal.connections import give_back

logger = logging.getLogger(__name__)

FLUSH_EVERY = 1.0  # seconds
SHOWN_LATELY = 30.0  # seconds
READ_AT_ONCE = 500  # articles
CLEAN_EVERY = 3_600.0  # seconds
HOURS_KEPT = timedelta(hours=48)
DRAIN_FOR = 10.0  # seconds
ROBOTS = re.compile(
    r"bot\b|bot/|spider|crawl|slurp|archiver|scrap|fetch|monitor|preview|validator|lighthouse|headless|phantom|feed|rss"
    r"|curl|wget|python|java/|go-http|httpclient|okhttp|libwww|php/|ruby|axios|node|scan|check",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def is_robot(agent):
    """Tell whether a User-Agent is a program's: search engines, feed readers, monitors, tools; and one that is empty."""
    return not agent or ROBOTS.search(agent) is not None


def is_view(meta, method="GET"):
    """Tell whether a request (its WSGI environ) is a reader opening a page: no HEAD, no prefetch, no robot.

    `method` is that of a beacon where the page came from elsewhere.
    """
    if meta["REQUEST_METHOD"] != method or is_robot(meta.get("HTTP_USER_AGENT", "")[:500]):
        return False
    purpose = meta.get("HTTP_SEC_PURPOSE") or meta.get("HTTP_PURPOSE") or meta.get("HTTP_X_MOZ") or ""
    return "prefetch" not in purpose and "prerender" not in purpose and "preview" not in purpose


def is_repeat(meta, key, window):
    """Tell whether this visitor opened the article within the last `window` seconds.

    What is remembered is a salted hash of address and agent, and only as long as the window.
    """
    visitor = f"{settings.SECRET_KEY}|{meta.get('REMOTE_ADDR')}|{meta.get('HTTP_USER_AGENT')}|{key}"
    return not cache.add("seen:" + hashlib.blake2b(visitor.encode(), digest_size=16).hexdigest(), 1, timeout=window)


class ViewCounter:
    """The views that this process has counted and not written yet. A visitor counts once in `window` seconds, always at 0."""

    def __init__(self, window=0):
        self._window = window
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._pending = {}
        self._in_flight = {}
        self._totals = {}  # as last written or read, under _version
        self._shown = {}  # article key: when a kept page last showed it (monotonic seconds)
        self._version = None
        self._name = uuid.uuid4().hex
        self._sequence = 0
        self._thread = None
        self._clean_at = 0.0

    def seen(self, environ, key, method="GET"):
        """Count the request as a view of the article `key` where it is one. Return how many were added: 0 or 1."""
        if not is_view(environ, method) or (self._window and is_repeat(environ, key, self._window)):
            return 0
        self.add(key)
        return 1

    def add(self, pk):
        with self._lock:
            self._pending[pk] = self._pending.get(pk, 0) + 1
        if self._thread is None:
            self._start()

    def own(self, pk):
        """Return how many views of the article this process holds that the database does not have yet."""
        return self._pending.get(pk, 0) + self._in_flight.get(pk, 0)

    def total(self, page):
        """Return the count to show now on a kept page (with `counted`, `count`, `made` and `version`).

        What other processes counted is at most a second old: the totals of articles shown lately are read once a
        second for all of them, that of an article not shown for a while as it is shown again.
        """
        if page.version is not self._version:
            self._totals, self._shown, self._version = {}, {}, page.version
        pk = page.counted
        return max(page.count, self._lately(pk, page.made)) + self.own(pk)

    def told(self, pk):
        """Return the count to answer a beacon with."""
        return self._lately(pk, 0) + self.own(pk)

    def _lately(self, pk, known_at):
        """Return the total as this process knows it, at most a second old; 0 where what was `known_at` still holds."""
        now = time.monotonic()
        if pk not in self._shown and now > known_at + FLUSH_EVERY:
            self._read([pk])
        self._shown[pk] = now
        return self._totals.get(pk, 0)

    def _read(self, pks):
        try:
            found = dict(Article.objects.filter(pk__in=pks).values_list("pk", "view_count"))
        except (DatabaseError, InterfaceError):
            return  # the last known totals are shown
        finally:
            give_back()
        with self._lock:
            for pk, total in found.items():
                if pk not in self._in_flight:  # what is being written might be in both
                    self._totals[pk] = max(total, self._totals.get(pk, 0))

    def _read_shown(self):
        shown = self._shown
        since = time.monotonic() - SHOWN_LATELY
        for pk in [pk for pk, at in list(shown.items()) if at < since]:
            shown.pop(pk, None)
        lately = sorted(shown, key=shown.get, reverse=True)
        for pk in lately[READ_AT_ONCE:]:
            shown.pop(pk, None)
        if lately:
            self._read(lately[:READ_AT_ONCE])

    def flush(self):
        """Write what is pending. Leaves it pending where the database does not take it."""
        with self._flushing:
            try:
                self._settle()
                if self._in_flight or self._pending:
                    self._write()
            except (DatabaseError, InterfaceError):
                logger.exception(
                    "Views could not be written; %s articles wait.", len(self._pending) + len(self._in_flight)
                )
                connection.close()

    def drain(self):
        """Write everything before the process ends; rows that others hold are waited for, a few seconds at most."""
        give_up = time.monotonic() + DRAIN_FOR
        while (self._pending or self._in_flight) and time.monotonic() < give_up:
            self.flush()
            if self._pending or self._in_flight:
                time.sleep(0.05)

    def _settle(self):
        """Find out what became of a batch whose commit was not confirmed."""
        if self._in_flight and ViewFlush.objects.filter(process=self._name, sequence=self._sequence).exists():
            self._in_flight = {}

    def _write(self):
        with transaction.atomic():
            if not self._in_flight:
                self._take_batch()
            written = write_views(self._in_flight, at=timezone.now()) if self._in_flight else []
            ViewFlush.objects.update_or_create(process=self._name, defaults={"sequence": self._sequence})
        with self._lock:
            self._totals.update(written)
            self._in_flight = {}

    def _take_batch(self):
        """Move to the batch what can be written now; rows that somebody holds locked wait for the next second."""
        waiting = list(self._pending)
        free = set(lock_free(waiting))
        held = set(Article.objects.filter(pk__in=set(waiting) - free).values_list("pk", flat=True))
        with self._lock:
            batch = {pk: self._pending.pop(pk) for pk in waiting if pk not in held}
            self._in_flight = {pk: count for pk, count in batch.items() if pk in free}
            self._sequence += 1

    def _start(self):
        with self._lock:
            if self._thread is not None:
                return
            self._thread = threading.Thread(target=self._run, name="views", daemon=True)
            self._wake = threading.Event()
        self._thread.start()
        # Servers run their workers through multiprocessing, where atexit is never reached.
        Finalize(None, self.drain, exitpriority=100)

    def _run(self):
        while not self._wake.wait(FLUSH_EVERY):
            self._read_shown()
            if self._pending or self._in_flight:
                self.flush()
                if time.monotonic() >= self._clean_at:
                    self._clean_at = time.monotonic() + CLEAN_EVERY
                    forget_old()
            give_back()


def lock_free(pks):
    """Lock and return those articles' keys that nobody else holds: no waiting, so no deadlock with an editor's save."""
    rows = Article.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=pks).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def write_views(counts, *, at):
    """Add `counts` ({article key: views}) to totals and buckets. Return [(key, total)]. To be run in a transaction."""
    pairs = [value for pair in counts.items() for value in pair]
    given = f"(SELECT column1 AS id, column2 AS n FROM (VALUES {', '.join(['(%s, %s)'] * len(counts))}) AS v) AS given"
    hour = at.replace(minute=0, second=0, microsecond=0)
    day = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE news_article SET view_count = view_count + given.n FROM {given} WHERE news_article.id = given.id "
            "RETURNING news_article.id, news_article.view_count",
            pairs,
        )
        totals = cursor.fetchall()
        for model, column, moment in ((ViewHour, "hour", hour), (ViewDay, "day", day)):
            table = model._meta.db_table
            rows = [
                value
                for pk, count in counts.items()
                for value in (pk, model._meta.get_field(column).get_db_prep_value(moment, connection), count)
            ]
            cursor.execute(
                f"INSERT INTO {table} (article_id, {column}, count) VALUES {', '.join(['(%s, %s, %s)'] * len(counts))} "
                f"ON CONFLICT (article_id, {column}) DO UPDATE SET count = {table}.count + excluded.count",
                rows,
            )
    return totals


def correct(article, *, count, reason, by):
    """Set the view count of `article` to `count` and write down who did it and why. Return the ViewCorrection.

    Views that wait in some process come on top. The hourly and daily sums stay: they count what was opened.
    """
    with transaction.atomic():
        before = Article.objects.select_for_update().values_list("view_count", flat=True).get(pk=article.pk)
        QuerySet(Article).filter(pk=article.pk).update(view_count=count)
        return ViewCorrection.objects.create(article=article, before=before, after=count, reason=reason, made_by=by)


def forget_old():
    """Remove the hourly sums that no ranking asks for, and the marks of processes that are long gone."""
    try:
        ViewHour.objects.filter(hour__lt=timezone.now() - HOURS_KEPT).delete()
        ViewFlush.objects.filter(written_at__lt=timezone.now() - HOURS_KEPT).delete()
    except (DatabaseError, InterfaceError):
        logger.exception("Old sums of views could not be removed; the next hour tries again.")


views = ViewCounter(settings.VIEWS_WINDOW)
