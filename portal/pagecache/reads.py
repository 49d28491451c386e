"""What is read from the database while a page or a part of one is made, by the names of the tables.

Nobody declares what a part depends on: the statements tell. A table that no trigger watches counts as everything.
"""

import re
import threading
from contextlib import contextmanager
from functools import cache, lru_cache

from django.apps import apps
from django.db import connection

from portal.pagecache.triggers import public_tables

EVERYTHING = ""  # changes with any change

_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
_thread = threading.local()


@contextmanager
def noted():
    """Yield the set that gets the name of everything that this thread reads within; what is around does not get it."""
    around, _thread.names = getattr(_thread, "names", None), set()
    try:
        if around is None:
            with connection.execute_wrapper(_note_statement):
                yield _thread.names
        else:
            yield _thread.names
    finally:
        _thread.names = around


def note(names):
    """Let what is being made in this thread, if anything is, depend on `names`."""
    around = getattr(_thread, "names", None)
    if around is not None:
        around.update(names)


def _note_statement(execute, sql, params, many, context):
    note(names_in(sql))
    return execute(sql, params, many, context)


@lru_cache(maxsize=500)
def names_in(sql):
    """Return the names on which the result of a statement depends."""
    known = watched()
    return frozenset(name for table in _TABLE.findall(sql) for name in known.get(table, (EVERYTHING,)))


@cache
def watched():
    """Return {table: the tables whose triggers tell of its changes}."""
    known = {model._meta.db_table: (model._meta.db_table,) for model, _ in public_tables()}
    for config in apps.get_app_configs():
        for name, source in getattr(config, "derived_content", {}).items():
            known[config.get_model(name)._meta.db_table] = (config.get_model(source)._meta.db_table,)
    return known
