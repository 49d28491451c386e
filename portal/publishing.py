"""The one rule of what the public may see.

Published is a query, not a job: status, a time that has come, and an end that has not. Nothing has to run for an
item to go on line or to expire.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Status(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class PublishableQuerySet(models.QuerySet):
    def published(self, *, at=None):
        """Keep what the public may see at the moment `at` (aware datetime; now where None)."""
        at = at or timezone.now()
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            status=Status.PUBLISHED,
            published_at__lte=at,
        )


class Publishable(models.Model):
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        "发布时间", default=timezone.now, help_text="可以是将来的时间：到时自动上线，不需要再操作。"
    )
    expires_at = models.DateTimeField("下线时间", null=True, blank=True, help_text="留空为一直在线。")

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("published_at")),
                name="%(app_label)s_%(class)s_expires_after_published",
                violation_error_message="下线时间必须晚于发布时间。",
            )
        ]

    def is_published(self, *, at=None):
        """Tell whether the public may see this item at the moment `at` (aware datetime; now where None)."""
        at = at or timezone.now()
        in_time = self.published_at <= at and (self.expires_at is None or self.expires_at > at)
        return self.status == Status.PUBLISHED and in_time
