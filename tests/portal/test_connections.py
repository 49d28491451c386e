import threading
from queue import SimpleQueue

import pytest
from django.db import connection

from portal import connections


class Last:
    """Stands in the queue behind what is to be closed, and tells when its turn has come."""

    def __init__(self):
        self.reached = threading.Event()

    def close(self):
        self.reached.set()


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_closed_when_its_thread_ends(monkeypatch):
    monkeypatch.setattr(connections, "_left", SimpleQueue())  # emptied by the thread that is started here alone
    connections.close_with_thread()
    raw_connections = []

    def use_the_database():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        raw_connections.append(connection.connection)
        connection.inc_thread_sharing()

    thread = threading.Thread(target=use_the_database)
    thread.start()
    thread.join()
    last = Last()
    connections._left.put(last)
    assert last.reached.wait(10)  # nothing else touches a connection while it is being closed: that would crash
    assert is_closed(raw_connections[0])


def is_closed(raw):
    if connection.vendor == "postgresql":
        return raw.closed
    try:
        raw.execute("SELECT 1")
    except Exception as error:  # each driver has an error of its own for a closed connection
        return "closed" in str(error)
    return False
