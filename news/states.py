"""Where an article is on its way, in a word for lists and for the head of its page."""

from django.utils import timezone

from news.models.review import LEVELS
from portal.publishing import Status


def state_of(article, run=None):
    """Return the state of a row with its active run (None: it has none)."""
    if run and not run.is_reviewing:
        return "被退回"
    if article.is_live:
        return f"{time_state(article)}{pending(article, run)}"
    if run:
        return f"待{LEVELS[run.level].label}"
    return article.get_status_display()


def time_state(article):
    now = timezone.now()
    if article.status != Status.PUBLISHED:
        return article.get_status_display()
    if article.published_at > now:
        return "待上线"
    return "已过期" if article.expires_at and article.expires_at <= now else "已发布"


def pending(article, run):
    """What of a live article is not live yet."""
    if run:
        what = "申请撤下" if run.kind == run.Kind.WITHDRAW else "有修改"
        return f"（{what}，待{LEVELS[run.level].label}）"
    return "（有修改未提交）" if article.latest_version_id != article.live_version_id else ""
