from datetime import UTC, datetime

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's moments say that they are in UTC.")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-28 22:41:03.591507",
        "2026-11-28 22:41:03",
        "2026-11-28 22:41:03+00:00",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59",
    ],
)
def test_moments_come_from_sqlite_in_utc(moment):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE kept (moment datetime)")
        cursor.execute("INSERT INTO kept VALUES (%s), (NULL)", [moment])
        cursor.execute("SELECT moment FROM kept UNION ALL SELECT NULL")
        (read,), *nothing = cursor.fetchall()
    assert read == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert read.tzinfo is UTC
    assert nothing == [(None,), (None,)]
