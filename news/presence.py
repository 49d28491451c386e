"""Who else has the form of an article open."""

from datetime import timedelta

from django.utils import timezone

from news.models.desk import Presence

GONE_AFTER = timedelta(minutes=2)  # a browser that is still there says so every 30 seconds


def touch(user, article):
    """Note that `user` has the form open; return the presences of the others, the first come first."""
    seen = Presence(article=article, user=user, seen_at=timezone.now())
    Presence.objects.bulk_create(
        [seen], update_conflicts=True, unique_fields=["article", "user"], update_fields=["seen_at"]
    )
    return others(user, article)


def forget_gone(article):
    Presence.objects.filter(article=article, seen_at__lte=timezone.now() - GONE_AFTER).delete()


def others(user, article):
    since = timezone.now() - GONE_AFTER
    found = Presence.objects.filter(article=article, seen_at__gt=since).exclude(user=user)
    return list(found.select_related("user").order_by("id"))


def banner(presences):
    """Return the line that the form shows; empty where nobody else is there."""
    names = [presence.user.get_full_name() for presence in presences]
    if not names:
        return ""
    return f"{'、'.join(names)} 也打开着这篇文章。后保存的人会看到两份内容，不会互相覆盖。"
