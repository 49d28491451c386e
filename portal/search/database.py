"""The one place that knows which database there is."""

from django.db import connection


def store():
    """Return the module that keeps and finds entries on this database."""
    if connection.vendor == "postgresql":
        from portal.search import postgresql as module
    else:
        from portal.search import sqlite as module
    return module
