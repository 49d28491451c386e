"""What a section of the sitemap is made of. The apps give theirs; `portal/sitemaps.py` puts them together.

A page of a section is a range of keys: one bounded query by the primary key, without counting or skipping rows, and
an address stays on its page for good.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q

SPAN = 10_000  # keys a page; the protocol allows 50,000 addresses and 50 MB
RECENT = 1_000  # the latest changes, from which the index tells when a page changed


class Entry(NamedTuple):
    path: str
    changed_at: object = None  # aware datetime
    pictures: tuple = ()  # paths


class Section:
    """Public rows of one model. `changed` names the fields that tell when a row changed, each with an index."""

    span = SPAN
    changed = ()

    def rows(self):
        """Return the QuerySet of what the public sees, with all that `entry` needs."""
        raise NotImplementedError

    def entry(self, row):
        return Entry(row.get_absolute_url(), self.changed_at(row))

    def changed_at(self, row):
        return max((getattr(row, name) for name in self.changed), default=None)

    def pages(self):
        """Return {number: when it last changed, None where that was long ago}, without the empty pages."""
        pages = dict.fromkeys(numbers_of_spans(self.rows(), self.span))
        for key, changed_at in self.latest(RECENT):
            number = self.number_of(key)
            if number in pages:
                pages[number] = max(changed_at, pages[number] or changed_at)
        return pages

    def number_of(self, key):
        return (key - 1) // self.span + 1

    def entries(self, number):
        first = (number - 1) * self.span
        rows = self.rows().filter(pk__gt=first, pk__lte=first + self.span).order_by("pk")
        return [self.entry(row) for row in rows]

    def latest(self, count):
        """Return [(key, when it changed)] of the latest changes, for each way to change `count` at most."""
        rows = self.rows().select_related(None)
        return [row for name in self.changed for row in rows.order_by(f"-{name}").values_list("pk", name)[:count]]

    def changed_since(self, moment, count):
        """Return the paths of the latest `count` rows at most that changed since `moment`."""
        later = Q()
        for name in self.changed:
            later |= Q(**{f"{name}__gte": moment})
        rows = self.rows().filter(later).order_by(*(f"-{name}" for name in self.changed))[:count] if later else []
        return [self.entry(row).path for row in rows]


def numbers_of_spans(rows, span):
    """Return the numbers of those spans of keys that hold any of `rows`, in order.

    One statement that goes from the first key of a span to the first one behind it, whatever lies between.
    """
    sql, values = rows.order_by().values("pk").query.sql_with_params()
    first = f"SELECT pk FROM ({sql}) AS row_ WHERE pk > {{}} ORDER BY pk LIMIT 1"  # noqa: S608
    later = first.format(f"(key + {span - 1}) / {span} * {span}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE span (key) AS (SELECT ({first.format(0)}) UNION ALL"  # noqa: S608
            f" SELECT ({later}) FROM span WHERE key IS NOT NULL)"
            f" SELECT (key + {span - 1}) / {span} FROM span WHERE key IS NOT NULL",
            [*values, *values],
        )
        return [number for (number,) in cursor.fetchall()]
