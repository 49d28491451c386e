"""The articles of the home page's blocks."""

from news.models import Column
from news.navigation import column_tree
from news.newest import newest_titles
from news.rows import rows_of_lists

TABS = 3  # columns shown beside "all" in a block of the kind "newest"


def lists_of(request, block):
    """Return [(Column or None, [Row])] of a portal.HomeBlock: of its column, for "newest" of all and of some columns.

    A block without articles, or whose column the public does not see, has none.
    """
    lists = titles_of(request, block)
    rows = rows_of_lists(request, [titles for _, titles in lists])
    return [(column, articles) for (column, _), articles in zip(lists, rows, strict=True)]


def read_together(request, blocks):
    """Read what all blocks list at once, so that each finds it there."""
    rows_of_lists(request, [titles for block in blocks for _, titles in titles_of(request, block)])


def titles_of(request, block):
    tree = column_tree(request)
    column = tree.columns.get(block.column_id)
    if block.kind == "newest":
        wanted = [(None, tree.columns), *((tab, tree.keys_below(tab)) for tab in tabs_of(column, tree))]
    elif block.kind in ("column", "notices") and column:
        wanted = [(column, tree.keys_below(column))]
    else:
        wanted = []
    return [(column, newest_titles(request, keys, block.count)) for column, keys in wanted]


def tabs_of(column, tree):
    below = column.below if column else tree.roots
    return [tab for tab in below if tab.kind == Column.Kind.LIST and tab.in_navigation][:TABS]
