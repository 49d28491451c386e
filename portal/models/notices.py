from django.db import models
from django.db.models import Q


class Confirmation(models.Model):
    """Whether the sender of something wants news of it by mail. The address is that of what was sent."""

    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)
    stopped_at = models.DateTimeField("退订时间", null=True, editable=False)

    class Meta:
        abstract = True
        verbose_name = "邮件通知"
        verbose_name_plural = "邮件通知"
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(confirmed_at__isnull=False), name="%(app_label)s_notices_order"
            )
        ]

    def __str__(self):
        return f"通知 {self.pk}"
