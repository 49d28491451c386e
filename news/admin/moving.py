"""Moving a column by one step: among its siblings, out of its parent, into the sibling before it."""

from django.db import transaction

from news.models import Column

STEP = 10  # between the positions of siblings
DIRECTIONS = {"up": "上移", "down": "下移", "out": "移到上一级", "in": "移入前一个栏目"}


def move(*, pk, direction):
    """Move the column `pk`. Returns it, or None where there is nothing in that direction.

    Raises Column.DoesNotExist, and ValidationError where the model refuses. Moves wait for each other: each sees the
    tree as the one before left it.
    """
    with transaction.atomic():
        lock_tree()
        column = Column.objects.get(pk=pk)
        siblings = list(siblings_of(column.parent_id))
        index = siblings.index(column)
        if direction in ("up", "down"):
            other = index + (1 if direction == "down" else -1)
            return reorder(column, siblings, other) if 0 <= other < len(siblings) else None
        if direction == "out":
            return move_out(column)
        return place(column, siblings[index - 1].pk, None) if index else None


def lock_tree():
    """Make whoever else moves columns wait for the end of this transaction."""
    list(Column.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def siblings_of(parent_id):
    return Column.objects.filter(parent=parent_id).order_by("position", "pk")


def move_out(column):
    if column.parent_id is None:
        return None
    parent = column.parent
    uncles = list(siblings_of(parent.parent_id))
    return place(column, parent.parent_id, uncles.index(parent) + 1)


def place(column, parent_id, index):
    """Put `column` under the column `parent_id` (None: on the first level), at `index` there, last where None."""
    siblings = list(siblings_of(parent_id))
    column.parent_id = parent_id
    column.save()
    return reorder(column, siblings, len(siblings) if index is None else index)


def reorder(column, siblings, index):
    ordered = [sibling for sibling in siblings if sibling != column]
    ordered.insert(index, column)
    for number, sibling in enumerate(ordered, start=1):
        sibling.position = number * STEP
    Column.objects.bulk_update(ordered, ["position"])
    return column
