"""The recycle bin: articles that were deleted, until somebody restores them or deletes them for good.

Deleting takes an article off the site in the same transaction: what is in the bin is never published (the database
holds that). It comes back as it was, but for one thing: what was on line comes back as withdrawn, because nothing goes
on line without its way through the reviews.
"""

from django.db import transaction
from django.utils import timezone

from news.models import Article, LibraryFile, ReviewRun, Role
from news.roles import can
from news.versions import withdraw
from portal import audit
from portal.models import AuditEntry


class Refused(ValueError):
    """Not now, or not by this person. `str()` of it says why, in Chinese."""


def refusal(articles, *, by):
    """Return why `by` may not delete one of `articles`; empty where nothing stands against it."""
    reviewing = ReviewRun.objects.filter(article__in=articles, state=ReviewRun.State.REVIEWING)
    titles = list(reviewing.values_list("article__title", flat=True)[:3])
    if titles:
        return f"正在审核，请先收回：{'、'.join(titles)}"
    live = [article.title for article in articles if article.is_live]
    if live and not may_erase(by):
        return f"已发布的文章请先申请撤下，或请管理员删除：{'、'.join(live[:3])}"
    return ""


def may_erase(user):
    """Whether `user` deletes for good, and what is on line: 管理员 and superusers."""
    return can(user, Role.MANAGER, None)


@transaction.atomic
def delete(pks, *, by, address=""):
    """Move the articles `pks` to the bin; return them as they were. Raises Refused, and then moves none."""
    articles = list(Article.objects.kept().select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if reason := refusal(articles, by=by):
        raise Refused(reason)
    for article in articles:
        if article.is_live:
            withdraw(article)
    keys, now = [article.pk for article in articles], timezone.now()
    Article.objects.kept().filter(pk__in=keys).update(deleted_at=now, deleted_by=by, updated_at=now)
    if articles:
        audit.record_many(AuditEntry.Action.DELETE, articles, user=by, address=address, summary="移到回收站")
    return articles


@transaction.atomic
def restore(pks, *, by, address=""):
    """Take the articles `pks` out of the bin; return them."""
    articles = list(Article.objects.in_bin().select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    keys = [article.pk for article in articles]
    Article.objects.filter(pk__in=keys).update(deleted_at=None, deleted_by=None, updated_at=timezone.now())
    if articles:
        audit.record_many(AuditEntry.Action.RESTORE, articles, user=by, address=address, summary="从回收站恢复")
    return articles


@transaction.atomic
def erase(pks, *, by, address=""):
    """Delete what is in the bin for good, with the files that no other article names (from storage: after the commit).

    Returns the articles. Raises Refused.
    """
    if not may_erase(by):
        raise Refused("只有管理员可以彻底删除。")
    articles = list(Article.objects.in_bin().select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    keys = [article.pk for article in articles]
    if articles:
        audit.record_many(AuditEntry.Action.DELETE, articles, user=by, address=address, summary="彻底删除")
    files = list(LibraryFile.objects.filter(attachments__article__in=keys).values_list("pk", flat=True))
    Article.objects.filter(pk__in=keys).delete()
    LibraryFile.objects.filter(pk__in=files, attachments=None).delete()
    return articles
