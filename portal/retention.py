"""What people sent in ends after the time that the notice names."""

from datetime import timedelta

from django.utils import timezone

from portal import audit
from portal.models import SiteSettings


def erase_in_batches(erase_batch, *, days, now, what):
    """Call `erase_batch(end)` until it has nothing left; return how many it erased in all, and tell the audit log.

    `end` is the time before which everything ends: `days` days (those of the settings where None) before `now`. `what`
    counts the rows in Chinese ("条留言"). A batch is a transaction of its own, so that a run that was stopped is gone on
    with by the next.
    """
    days = SiteSettings.current().contact_days if days is None else days
    end = (now or timezone.now()) - timedelta(days=days)
    total = 0
    while count := erase_batch(end):
        total += count
    if total:
        audit.record("erase", summary=f"到期删除 {total} {what}的联系方式（{days} 天）")
    return total
