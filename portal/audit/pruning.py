"""Removing what has been kept long enough, so that the rest can still be verified."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.audit.chain import seal
from portal.audit.recording import locked_head, record
from portal.audit.verification import first_problem
from portal.models.audit import AuditEntry

KEEP_DAYS_MIN = 183  # 网络安全法: six months at least


class NotPruned(Exception):
    """Nothing was removed, for the reason that the exception carries, in words for people."""


def prune(*, keep_days):
    """Remove the entries older than `keep_days` days from the beginning of the chain; return how many.

    The head keeps number and hash of the last one removed: the chain begins there. Raises NotPruned for fewer days than
    the law asks, and where the chain does not hold, because removing would hide it.
    """
    if keep_days < KEEP_DAYS_MIN:
        raise NotPruned(f"操作记录至少保留 {KEEP_DAYS_MIN} 天（六个月）。")
    if problem := first_problem():
        raise NotPruned(f"第 {problem.number} 条：{problem.text}查明之前不清理。")
    with transaction.atomic():
        head = locked_head()
        kept = AuditEntry.objects.filter(at__gte=timezone.now() - timedelta(days=keep_days)).order_by("number").first()
        last = AuditEntry.objects.filter(number__lt=kept.number if kept else head.count + 1).first()
        if last is None:
            return 0
        removed = last.number - head.anchor
        head.anchor, head.anchor_hash = last.number, last.hash
        seal(head)
        head.save()  # first: the database's own guard lets go what stands before the anchor
        AuditEntry.objects.filter(number__lte=last.number)._raw_delete(using=AuditEntry.objects.db)
        record(
            AuditEntry.Action.PRUNE, summary=f"清理了第 {last.number} 条及以前的 {removed} 条，保留 {keep_days} 天。"
        )
    return removed
