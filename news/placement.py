"""Where an article stands: pinned, or among the headlines. That is not its text, so it needs no review, but a right."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from news.models import Article, Role
from news.review import Refused
from news.roles import can, columns_of, roles_of
from portal import audit
from portal.models import AuditEntry

PINNED_FOR = timedelta(days=7)


def may_place(user, column):
    """Tell whether `user` may pin in `column` (a key): 终审 and 管理员; the editor where nothing is reviewed."""
    if any(can(user, role, column) for role in (Role.FINAL, Role.MANAGER)):
        return True
    return can(user, Role.EDITOR, column) and roles_of(user).levels.get(column) == 0


def may_place_somewhere(user):
    columns = columns_of(user, Role.FINAL, Role.MANAGER)
    if columns is None or columns:
        return True
    edited = columns_of(user, Role.EDITOR)
    free = {pk for pk, reviews in roles_of(user).levels.items() if reviews == 0}
    return bool(free) if edited is None else bool(free & edited)


@transaction.atomic
def place(article, *, by, address="", **places):
    """Set `pinned_until` and `is_headline`, as far as given. Raises Refused."""
    row = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if row is None:
        raise Refused("这篇文章已经不在了。")
    if not may_place(by, row.column_id):
        raise Refused("置顶和头条由终审或管理员安排。")
    changes = {name: [_shown(getattr(row, name)), _shown(new)] for name, new in places.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        Article.objects.filter(pk=row.pk).update(**places)
        audit.record(AuditEntry.Action.CHANGE, obj=row, user=by, address=address, changes=changes, summary="置顶和头条")
    return row


def pin(article, *, by, address=""):
    return place(article, by=by, address=address, pinned_until=timezone.now() + PINNED_FOR)


def unpin(article, *, by, address=""):
    return place(article, by=by, address=address, pinned_until=None)


def _shown(value):
    return value.isoformat(timespec="minutes") if hasattr(value, "isoformat") else value
