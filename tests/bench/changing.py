"""A public change: an article is published, and this process knows of it."""

from django.utils import timezone

from news.models import Article, Column
from portal.pagecache.version import current


def publish(slug="provincial"):
    """Publish an article in the column `slug`, which every measured page shows in some way."""
    Article.objects.create(
        title="刚刚发布的一篇", body="<p>正文。</p>", column=Column.objects.get(slug=slug), status="published",
        published_at=timezone.now(),
    )  # fmt: skip
    current.changed()
