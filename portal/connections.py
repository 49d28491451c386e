"""Database connections end with the thread that opened them.

Granian retires idle blocking threads. Django keeps a connection per thread in objects that refer to each other,
so that nothing closes it when its thread ends: PostgreSQL then runs out of connections. A thread-local object
without such circles is finalised by Python as the thread ends, and hands over what its thread had opened.

It is closed by a thread of its own: SQLite takes the GIL anew while it closes, and where a thread state is just being
cleared Python before 3.12.4 then frees it a second time, which kills the process (python/cpython issue 119585).
"""

import threading
from contextlib import suppress
from queue import SimpleQueue

from django.db.backends.signals import connection_created

_local = threading.local()
_left = SimpleQueue()  # may be put into by a destructor


class _OpenedHere(list):
    def __del__(self):
        for raw_connection in self:
            _left.put(raw_connection)


def _remember(connection, **kwargs):
    opened = _local.__dict__.setdefault("opened", _OpenedHere())
    opened[:] = [raw for raw in opened if not getattr(raw, "closed", False)]
    opened.append(connection.connection)


def _close_left():
    while True:
        with suppress(Exception):  # one that is broken already does not keep the others open
            _left.get().close()


def close_with_thread():
    """From now on close each database connection when its thread ends."""
    connection_created.connect(_remember, dispatch_uid="portal.connections")
    threading.Thread(target=_close_left, name="closing", daemon=True).start()
