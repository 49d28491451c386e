from datetime import UTC, datetime

import pytest
from django.db import connection
from psycopg.pq import Format


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's moments are Django's to read.")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment", ["2026-11-28 22:41:03.591507", "2026-11-28 22:41:03.5", "0001-01-01", "9999-12-31 23:59:59"]
)
def test_moments_come_from_postgresql_as_they_are(moment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [moment])
        (read, nothing), (column, _) = cursor.fetchone(), cursor.description
        assert (read, nothing) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), None)
        assert read.tzinfo is UTC
        loader = cursor.connection.adapters.get_loader(column.type_code, Format.TEXT)
    assert loader.__name__ == "MomentLoader"  # Django puts its own in its place where it must
