"""The articles of the home page's blocks, for all blocks in one query."""

from news.listing import articles_of
from news.models import Column
from news.navigation import column_tree
from news.newest import newest

TABS = 3  # columns shown beside "all" in a block of the kind "newest"


def fill(blocks, request):
    """Set `articles` on every block that lists articles, and `tabs` ([(column or None, articles)]) on "newest" ones.

    `blocks` are portal.HomeBlock objects. A block whose column the public does not see gets no articles.
    """
    tree, wanted = column_tree(request), {}
    for block in blocks:
        column = tree.columns.get(block.column_id)
        block.articles, block.tabs = [], []
        if block.kind in ("column", "notices") and column:
            wanted[block.pk, column.pk] = (tree.keys_below(column), block.count)
        elif block.kind == "newest":
            wanted[block.pk, None] = (tree.columns, block.count)
            for tab in tabs_of(column, tree):
                wanted[block.pk, tab.pk] = (tree.keys_below(tab), block.count)
    found = newest_of_each(request, wanted)
    for block in blocks:
        lists = [(tree.columns.get(key), found[owner, key]) for owner, key in wanted if owner == block.pk]
        if block.kind == "newest":
            block.tabs = lists
        elif lists:
            block.articles = lists[0][1]


def tabs_of(column, tree):
    below = column.below if column else tree.roots
    return [tab for tab in below if tab.kind == Column.Kind.LIST and tab.in_navigation][:TABS]


def newest_of_each(request, wanted):
    """Return {name: [articles]} for {name: (column keys, count)}, the articles of all in one query."""
    keys = {name: newest(request, columns, count) for name, (columns, count) in wanted.items()}
    every = {key for found in keys.values() for key in found}
    articles = {article.pk: article for article in articles_of(every)} if every else {}
    return {name: [articles[key] for key in found if key in articles] for name, found in keys.items()}
