"""The moments at which time alone changes what the public sees."""

from news.models import Article, JournalIssue
from news.rankings import next_ranking
from portal.publishing import Status


def next_moment(now):
    """Return the next moment after `now` at which an item goes live, expires or loses its place on top, or the ranking of
    the week is another.
    """
    moments = [next_ranking(now)]
    for model in (Article, JournalIssue):
        waiting = model.objects.filter(status=Status.PUBLISHED)
        moments.append(first(waiting, "published_at", now))
        moments.append(first(waiting, "expires_at", now))
    moments.append(first(Article.objects.filter(status=Status.PUBLISHED), "pinned_until", now))
    return min(filter(None, moments))


def first(items, field, now):
    return items.filter(**{f"{field}__gt": now}).order_by(field).values_list(field, flat=True).first()
