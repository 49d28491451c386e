"""What a row of a list shows of an article: plain values, read in one statement, equal where the row looks the same."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from portal.addresses import path_to
from portal.models import Picture
from portal.pagecache.shared import shared_each

# The rule of `Article.objects.published()`, written out; a test holds the two equal.
PUBLIC = (
    "a.status = 'published' AND a.published_at <= %s AND (a.expires_at IS NULL OR a.expires_at > %s) AND c.is_public"
)
ARTICLES = "news_article AS a JOIN news_column AS c ON c.id = a.column_id"
# All that rows are made from besides the articles themselves.
TABLES = ("news_column", "news_source", "portal_picture")
SELECT = (
    "SELECT a.id, a.title, a.published_at, CASE WHEN a.summary <> '' THEN a.summary ELSE a.excerpt END, a.column_id, "
    f"c.name, c.slug, COALESCE(s.name, ''), p.file, p.width, p.height, p.alt FROM {ARTICLES} LEFT JOIN news_source AS s ON s.id = a.source_id "
    "LEFT JOIN portal_picture AS p ON p.id = a.cover_id WHERE a.id IN ({keys}) ORDER BY a.published_at DESC, a.id DESC"
)
TITLES = f"SELECT a.id, a.title, a.published_at FROM {ARTICLES} WHERE a.id IN ({{keys}}) AND {PUBLIC}"


def path_of(item):
    return path_to("news:article", item.pk)


def day_of(item):
    """The day on which it was published here: "2026-11-28"."""
    return timezone.localtime(item.published_at).date().isoformat()


class Title(NamedTuple):
    """An article of which a page shows the title alone."""

    pk: int
    title: str
    published_at: datetime = None
    column: int = None

    get_absolute_url = path_of
    day = property(day_of)


class Row(NamedTuple):
    """An article in a list. `source` is a name, empty where it has none, `cover_file` too."""

    pk: int
    title: str
    published_at: datetime
    lead: str
    column: int
    column_name: str
    column_slug: str
    source: str
    cover_file: str
    cover_width: int
    cover_height: int
    cover_alt: str

    get_absolute_url = path_of
    day = property(day_of)

    @property
    def column_url(self):
        return path_to("news:column", self.column_slug)

    @property
    def cover(self):
        """The cover as a Picture that is not to be saved, None where there is none."""
        if not self.cover_file:
            return None
        return Picture(file=self.cover_file, width=self.cover_width, height=self.cover_height, alt=self.cover_alt)


def rows_in(keys, parameters=()):
    """Return the Rows of the articles whose keys the SQL `keys` names or selects, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT.format(keys=keys), parameters)
        return [Row(*record) for record in cursor.fetchall()]


def rows_of(keys):
    """Return the Rows of the articles with these keys, in their order; of those that there are."""
    keys = list(keys)
    # As parameters: SQLite prepares the statement once for as many keys.
    found = {row.pk: row for row in rows_in(", ".join(["%s"] * len(keys)), keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def public_rows_of(keys):
    """Return the Rows of those of the articles `keys` that are published now, newest first."""
    now = in_database(timezone.now())
    return rows_in(f"SELECT a.id FROM {ARTICLES} WHERE a.id IN ({listed(keys)}) AND {PUBLIC}", [now, now])


def public_titles_of(keys):
    """Return the Titles of those of the articles `keys` that are published now, in no order."""
    now = in_database(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(TITLES.format(keys=listed(keys)), [now, now])
        return [Title(*record) for record in cursor.fetchall()]


class RowsByPage:
    """The Rows of many `keys` for a Paginator, which reads those of one page."""

    def __init__(self, keys):
        self.keys = list(keys)

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, positions):
        return rows_of(self.keys[positions])


def rows_of_lists(request, lists):
    """Return a tuple of Rows for each of `lists`: Titles that know their column. What has to be read is read together;
    a row and a list are kept until its columns or what they show change.
    """
    keys = [tuple(title.pk for title in titles) for titles in lists]
    columns = {title.pk: title.column for titles in lists for title in titles}

    def names_of(*pks):
        return (*{rows_in_column(columns[pk]) for pk in pks}, *TABLES)

    def read(missing):
        return {row.pk: row for row in rows_of(missing)}

    def make(missing):
        rows = shared_each(request, "row", {pk for key in missing for pk in key}, read, of=names_of)
        return {key: tuple(rows[pk] for pk in key if pk in rows) for key in missing}

    kept = shared_each(request, "rows", set(keys), make, of=lambda key: names_of(*key))
    return [kept[key] for key in keys]


def rows_in_column(column):
    """The articles of a column, as what is kept of pages depends on them."""
    return f"news_article/{column}"


def listed(numbers):
    """Keys as SQL; a key that no row has where there are none."""
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "0"


def in_database(value):
    return connection.ops.adapt_datetimefield_value(value)
