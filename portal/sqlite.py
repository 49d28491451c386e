"""Moments from SQLite, which keeps them in UTC without saying so: read as such at once, not made aware one by one."""

import sqlite3
from datetime import datetime


def read_moments_fast():
    """From now on let each connection read `datetime` so; Django takes a moment that is aware as it is."""
    sqlite3.register_converter("datetime", moment_of)


def moment_of(data):
    text = data.decode()
    try:
        return datetime.fromisoformat(f"{text}Z")
    except ValueError:  # written with its offset, past Django
        return datetime.fromisoformat(text)
