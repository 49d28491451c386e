"""Database connections: never more than threads, and none that outlives its thread.

On PostgreSQL, where GRANIAN_BLOCKING_THREADS says how many threads a process has, they and the one that writes views
share a pool of as many connections: each is taken for a request, or for what is read and written outside of one
(`give_back` ends that), and a calm gives them back to the database.

Otherwise each thread keeps a connection. Granian retires idle blocking threads, and Django's objects refer to each other,
so that nothing closes a connection when its thread ends: PostgreSQL then runs out of them. A thread-local object without
such circles is finalised by Python as the thread ends, and hands over what its thread had opened.

It is closed by a thread of its own: SQLite takes the GIL anew while it closes, and where a thread state is just being
cleared Python before 3.12.4 then frees it a second time, which kills the process (python/cpython issue 119585).
"""

import threading
from contextlib import suppress
from queue import SimpleQueue

from django.db import connection
from django.db.backends.signals import connection_created

PATIENCE = 2.0  # seconds to wait for a connection of the pool
PATIENCE_WHILE_AWAY = 0.05

_local = threading.local()
_left = SimpleQueue()  # may be put into by a destructor


def pool_of(threads):
    """Return the options of the pool that `threads` threads share (psycopg_pool.ConnectionPool).

    Of what a calm of `max_idle` seconds has not needed one connection is closed, down to one. A database that is away is
    tried again by whoever needs it, at once and not ever more rarely; from the first failure on until it is back nobody waits.
    """
    return {
        "min_size": 1, "max_size": threads, "max_idle": 10, "timeout": PATIENCE, "reconnect_timeout": 0,
        "reconnect_failed": _lose_patience,
    }  # fmt: skip


def _lose_patience(pool):
    pool.timeout = PATIENCE_WHILE_AWAY


def give_back():
    """Let go of this thread's connection, outside of a request, as Django does after one: into the pool, or closed if it is
    old. The transaction of a test keeps it.
    """
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


class _OpenedHere(set):
    def __del__(self):
        for opened in self:
            _left.put(opened)


def _remember(connection, **kwargs):
    _local.__dict__.setdefault("opened", _OpenedHere()).add(connection)
    if pool := getattr(connection, "pool", None):
        pool.timeout = PATIENCE


def _close_left():
    while True:
        with suppress(Exception):  # one that is broken already does not keep the others open
            left = _left.get()
            left.inc_thread_sharing()
            left.close()


def close_with_thread():
    """From now on close each database connection when its thread ends."""
    connection_created.connect(_remember, dispatch_uid="portal.connections")
    threading.Thread(target=_close_left, name="closing", daemon=True).start()
