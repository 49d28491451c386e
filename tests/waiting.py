"""Waiting for what another process, thread or browser does, as long as a busy machine needs."""

import time
from contextlib import suppress

from django.db import connection

PATIENCE = 60  # seconds: only a test that fails waits as long


def eventually(condition, *, but=()):
    """Return once `condition()` is true; fail if it does not become so. Errors of the kinds `but` are not yet true."""
    ends = time.monotonic() + PATIENCE
    while True:
        with suppress(*but):
            if condition():
                return
        assert time.monotonic() < ends, "What was waited for did not happen."
        time.sleep(0.1)


def connections_of_others():
    """How many connections to the test's database the processes hold that a test has started (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE application_name = 'portal-under-test' AND datname = current_database()"
        )
        return cursor.fetchone()[0]
