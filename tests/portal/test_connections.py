import threading
from queue import SimpleQueue

import pytest
from django.db import connection

from portal import connections

pytestmark = pytest.mark.django_db(transaction=True)


class Last:
    """Stands in the queue behind what is to be closed, and tells when its turn has come."""

    def __init__(self):
        self.reached = threading.Event()

    def inc_thread_sharing(self):
        pass

    def close(self):
        self.reached.set()


def used_in_a_thread(make, monkeypatch):
    """Return the connection that `make` gives, and its driver's, after a thread has used it and ended."""
    monkeypatch.setattr(connections, "_left", SimpleQueue())  # emptied by the thread that is started here alone
    connections.close_with_thread()
    used = []

    def use_the_database():
        made = make()
        with made.cursor() as cursor:
            cursor.execute("SELECT 1")
        used.extend((made, made.connection))
        made.inc_thread_sharing()

    thread = threading.Thread(target=use_the_database)
    thread.start()
    thread.join()
    last = Last()
    connections._left.put(last)
    assert last.reached.wait(10)  # nothing else touches a connection while it is being closed: that would crash
    return used


def test_a_connection_is_closed_when_its_thread_ends(monkeypatch):
    _, raw = used_in_a_thread(lambda: connection, monkeypatch)
    assert is_closed(raw)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no pool.")
def test_a_connection_of_the_pool_is_given_back_when_its_thread_ends(monkeypatch):
    def pooled():
        made = connection.copy("pooled")
        made.settings_dict |= {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": connections.pool_of(1)}}
        return made

    made, raw = used_in_a_thread(pooled, monkeypatch)
    assert made.pool.get_stats()["pool_available"] == 1
    assert made.pool.getconn() is raw
    made.pool.putconn(raw)
    made.close_pool()


def is_closed(raw):
    if connection.vendor == "postgresql":
        return raw.closed
    try:
        raw.execute("SELECT 1")
    except Exception as error:  # each driver has an error of its own for a closed connection
        return "closed" in str(error)
    return False
