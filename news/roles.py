"""Who may do what, where: roles per column and everything below it."""

from django.utils.functional import cached_property

from news.models.columns import Column
from news.models.roles import ColumnRole, Role


class Roles:
    """The roles of one person, read once: the columns (keys) of each role; None where it is all of them."""

    def __init__(self, user):
        self.columns = {}
        held = list(ColumnRole.objects.filter(user=user.pk).values_list("role", "column")) if user.is_active else []
        below = self._below({column for role, column in held if column})
        for role, column in held:
            if column is None or self.columns.get(role, set()) is None:
                self.columns[role] = None
            else:
                self.columns.setdefault(role, set()).update(below[column])

    @cached_property
    def levels(self):
        """{key: how many reviews an article needs there}, for what a page shows: a review itself asks anew."""
        return Column.objects.review_levels(self._tree)

    @cached_property
    def _tree(self):
        return Column.objects.tree_rows()

    def _below(self, columns):
        """Return for each column the keys of itself and everything below it."""
        below = {column: {column} for column in columns}
        for pk, path, _reviews in self._tree if columns else ():
            for column in columns.intersection(path):
                below[column].add(pk)
        return below


def roles_of(user):
    """Return the roles of `user`, read once for this user object (in a request: once)."""
    if not hasattr(user, "_column_roles"):
        user._column_roles = Roles(user)
    return user._column_roles


def columns_of(user, *roles):
    """Return the keys of the columns where `user` has one of `roles`; None where it is all columns."""
    if user.is_superuser and user.is_active:
        return None
    held = roles_of(user).columns
    found = [held[role] for role in roles if role in held]
    return None if None in found else set().union(*found)


def can(user, role, column):
    """Tell whether `user` has `role` in `column` (a Column or its key). A superuser has every role everywhere."""
    columns = columns_of(user, role)
    return columns is None or getattr(column, "pk", column) in columns


def visible_columns(user):
    """Return the keys of the columns whose drafts `user` may see; None for all."""
    return columns_of(user, *Role.values)


def has_role(user):
    """Tell whether `user` works at the desk at all."""
    columns = visible_columns(user)
    return columns is None or bool(columns)
