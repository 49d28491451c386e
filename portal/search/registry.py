"""Where apps say what they have to be found: the ground does not know them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet

UNDATED = datetime(1990, 1, 2, tzinfo=UTC)  # what has no date stands behind everything that has one


@dataclass(frozen=True)
class Document:
    """What is found of one row. `published_at` None: it has no date."""

    pk: int
    title: str
    summary: str = ""
    marks: tuple[str, ...] = ()  # source, author, names of attachments …
    body: str = ""
    published_at: datetime | None = None
    expires_at: datetime | None = None
    column_id: int | None = None
    source_id: int | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is found.

    `number` is stored with each entry and never changes. `documents(pks)` yields the Document of every row among `pks`
    that is published, or will be; `public()` is the QuerySet of what the public sees now, with what a result shows;
    `text_of(row)` is the text for the extract and `date_of(row)` the date beside it; `all_rows()` is the
    QuerySet that a rebuild goes through.
    """

    number: int
    name: str
    label: str
    documents: Callable
    public: Callable[[], QuerySet]
    text_of: Callable
    all_rows: Callable[[], QuerySet]
    date_of: Callable = lambda row: None


@dataclass
class Facets:
    """What results may be narrowed by; filled by the app that has columns and sources."""

    columns: Callable = lambda request: []  # -> [(slug, label, keys of the column and those below)]
    hidden_columns: Callable = lambda request: []  # -> keys of columns that the public does not see
    source_called: Callable = lambda name: None  # -> key
    names: dict = field(default_factory=dict)


kinds: dict[str, Kind] = {}
facets = Facets()


def register(kind):
    kinds[kind.name] = kind


def by_number(number):
    return next(kind for kind in kinds.values() if kind.number == number)
