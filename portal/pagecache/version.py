"""What is current: the version of the public content, and the moment until which time alone changes nothing.

Every process asks the database at most every CHECK_EVERY seconds, and at once after a request of its own that may have
written. Where Redis is set, whoever sees a new version tells the others.
"""

import logging
import threading
import time
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.connections import give_back
from portal.pagecache.cdn import Purge
from portal.pagecache.reads import EVERYTHING
from portal.pagecache.wire import Wire, redis_location

logger = logging.getLogger(__name__)

CHECK_EVERY = 0.5  # seconds
KEEP_ROWS = 1_000  # rows of the version's table before old ones are removed


@dataclass(frozen=True, eq=False)
class Version:
    """A state of the public content. Pages made under it hold until `ends` (seconds since 1970)."""

    stamps: dict  # {subject: what tells its state from another}; see `triggers`
    clock: int  # how often time alone has changed pages since this process began
    ends: float
    began: float  # monotonic seconds at which this process first saw it

    @cached_property
    def tables(self):
        found = {}
        for subject, stamp in self.stamps.items():
            found.setdefault(subject.partition("/")[0], {})[subject] = stamp
        return found

    def stamp_of(self, name):
        """Return what tells this state of `name` from another: of a table, a part of one ("news_article/7"), EVERYTHING."""
        if name == EVERYTHING:
            return self.stamps
        table, slash, _ = name.partition("/")
        return (self.stamps.get(name), self.stamps.get(table)) if slash else self.tables.get(table)


class CurrentVersion:
    """The version that this process believes in. `get()` costs a clock reading between two checks."""

    def __init__(self, wire, purge):
        self._wire = wire
        self._purge = purge
        self._lock = threading.Lock()
        self._version = None
        self._check_at = 0.0
        self.is_away = False  # the database did not answer at the last check

    def get(self):
        """Return the current Version; None where the database has never answered yet."""
        # One thread asks; the others go on with what was true less than a check ago.
        if time.monotonic() >= self._check_at and self._lock.acquire(blocking=self._version is None):
            try:
                self._check()
            finally:
                self._lock.release()
        return self._version

    def changed(self):
        """Find out now: this process may have written. The others are told where they can be."""
        with self._lock:
            self._check()

    def expire(self):
        """Find out at the next request: another process has written."""
        self._check_at = 0.0

    def _check(self):
        try:
            stamps, last = read_stamps(), self._version
            is_over = last is not None and time.time() >= last.ends
            if last is None or is_over or stamps != last.stamps:
                clock = last.clock + is_over if last else 0
                self._version = Version(stamps, clock, next_moment(), time.monotonic())
                if last is None:
                    self._wire.listen(self.expire)
                else:
                    self._wire.tell()
                    self._purge.tell()
            self.is_away = False
        except (DatabaseError, InterfaceError):
            if not self.is_away:
                logger.exception("The database is away: pages are served as they last were.")
            self.is_away = True
            connection.close()
        give_back()
        wait = CHECK_EVERY if self.is_away else min(CHECK_EVERY, self._version.ends - time.time())
        self._check_at = time.monotonic() + wait


def read_stamps():
    """Return {subject: what tells one state of it from another}; see `triggers`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, sum(number), max(id), count(*) FROM portal_contentversion GROUP BY subject")
        stamps = {subject: (int(number), last, rows) for subject, number, last, rows in cursor.fetchall()}
        if sum(rows for _, _, rows in stamps.values()) > KEEP_ROWS:
            newest = max(last for _, last, _ in stamps.values())
            cursor.execute("DELETE FROM portal_contentversion WHERE id <= %s", [newest - KEEP_ROWS // 2])
    return stamps


def next_moment():
    """Return the next moment (seconds since 1970) at which time alone changes a page."""
    now = timezone.now()
    moments = [import_string(name)(now) for name in settings.PAGE_CACHE_MOMENTS]
    return min((moment.timestamp() for moment in moments if moment), default=float("inf"))


current = CurrentVersion(Wire(redis_location()), Purge())
