"""How processes tell each other at once that public content has changed, where Redis is set.

Without Redis, or while it is away, each process finds out by itself within a check's time; see `version`.
"""

import logging
import threading
import time

from django.conf import settings

logger = logging.getLogger(__name__)

CHANNEL = "portal:version"
RETRY_AFTER = 2.0  # seconds


class Wire:
    def __init__(self, location):
        self.location = location
        self.is_away = False
        self._client = None
        self._listening = threading.Lock()

    def tell(self):
        """Tell every other process that the version has changed."""
        if self.location:
            self._try(lambda: self._redis().publish(CHANNEL, "changed"))

    def listen(self, heard):
        """Call `heard` for each change that another process tells of, from a thread of its own; once a process."""
        if self.location and self._listening.acquire(blocking=False):
            threading.Thread(target=self._run, args=(heard,), name="version-wire", daemon=True).start()

    def _run(self, heard):
        while True:
            self._try(lambda: self._hear(heard))
            time.sleep(RETRY_AFTER)

    def _hear(self, heard):
        with self._redis().pubsub(ignore_subscribe_messages=True) as subscription:
            subscription.subscribe(CHANNEL)
            heard()  # what was missed while away
            self.is_away = False
            for _ in subscription.listen():
                heard()

    def _redis(self):
        import redis

        if self._client is None:
            self._client = redis.Redis.from_url(self.location, socket_connect_timeout=1, health_check_interval=10)
        return self._client

    def _try(self, act):
        import redis

        try:
            act()
        except (redis.RedisError, OSError):
            if not self.is_away:
                logger.exception("Redis is away: processes find out about changes by themselves.")
            self.is_away = True


def redis_location():
    """Return the address of the shared cache, "" where the cache is the process's own."""
    default = settings.CACHES["default"]
    location = default.get("LOCATION", "")
    return location if "redis" in default["BACKEND"].lower() else ""
