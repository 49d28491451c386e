"""The staff's side of columns, articles, sources, the magazine and submissions."""

from news.admin import (
    articles,
    columns,
    journal,
    library,
    proofing,
    roles,
    sources,
    submissions,
    tags,
    view_corrections,
)

__all__ = [
    "articles",
    "columns",
    "journal",
    "library",
    "proofing",
    "roles",
    "sources",
    "submissions",
    "tags",
    "view_corrections",
]
