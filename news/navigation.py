"""The tree of columns, read at most once a request: navigation, breadcrumbs, and what lies below a column."""

from news.models import Column
from portal.pagecache.shared import shared


class ColumnTree:
    """The public columns. `roots` are the entries of the navigation; every column's `below` are those under it,
    `shown` those of them that the navigation shows. `navigation` are the roots that it shows, `root_at` tells under
    which of them an address stands in it, `root_around` under which an address lies that it may not show itself.
    """

    def __init__(self, columns):
        self.columns = {column.pk: column for column in columns}
        self.roots = []
        for column in self.columns.values():
            column.below = []
        for column in self.columns.values():
            parent = self.columns.get(column.parent_id)
            (parent.below if parent else self.roots).append(column)
        for column in self.columns.values():
            column.shown = [child for child in column.below if child.in_navigation]
        self.navigation = [column for column in self.roots if column.in_navigation]
        self.root_at = {item.get_absolute_url(): root for root in self.navigation for item in [*root.shown, root]}

    @classmethod
    def load(cls):
        return cls(Column.objects.public().defer("body").order_by("position", "pk"))

    def called(self, slug):
        """Return the column with this slug, None where the public sees none."""
        return next((column for column in self.columns.values() if column.slug == slug), None)

    def path(self, column):
        """Return the columns from the root down to `column` (a Column, or its key), itself last."""
        node, above = self.columns.get(getattr(column, "pk", column)), []
        while node:
            above.append(node)
            node = self.columns.get(node.parent_id)
        return above[::-1]

    def root_around(self, address):
        """Return the root under which the navigation shows `address`, or the nearest address above it; else None."""
        while address.strip("/"):
            if address in self.root_at:
                return self.root_at[address]
            address = address.rstrip("/").rpartition("/")[0] + "/"
        return None

    def in_order(self, columns=None):
        """Yield the columns as the tree shows them: every one before those below it."""
        for column in self.roots if columns is None else columns:
            yield column
            yield from self.in_order(column.below)

    def keys_below(self, column):
        """Return the keys of `column` and of every column below it."""
        keys, waiting = [], [self.columns[column.pk]]
        while waiting:
            node = waiting.pop()
            keys.append(node.pk)
            waiting.extend(node.below)
        return keys

    def keys_of_type(self, column_type):
        """Return the keys of the columns whose ColumnType (国办发〔2017〕47号) is `column_type`, and of those below."""
        return [
            key
            for column in self.columns.values()
            if column.column_type == column_type
            for key in self.keys_below(column)
        ]


def column_tree(request):
    """Return the tree as this request sees it. Nobody may change it: pages share it."""
    return shared(request, "column_tree", ColumnTree.load)
