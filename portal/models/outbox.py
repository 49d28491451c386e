from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutboxMail(models.Model):
    """A mail that waits for its sending; written in the transaction of what it tells about. See portal/outbox.py."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        UNSURE = "unsure", "不确定是否发出"
        FAILED = "failed", "发送失败"

    key = models.CharField("标识", max_length=150, unique=True, editable=False)
    to = models.EmailField("收件人", blank=True, editable=False)
    subject = models.CharField("标题", max_length=150, editable=False)
    body = models.TextField("内容", blank=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0, editable=False)
    error = models.CharField("上次的错误", max_length=100, blank=True, editable=False)
    next_try_at = models.DateTimeField("下次发送时间", default=timezone.now, editable=False)
    claimed_at = models.DateTimeField("开始发送时间", null=True, editable=False)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("发送时间", null=True, editable=False)

    class Meta:
        verbose_name = "待发邮件"
        verbose_name_plural = "邮件发送"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="portal_outbox_due", condition=Q(state__in=["waiting", "sending"])
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", to="", body="") | ~Q(state="sent"), name="portal_outbox_sent_is_empty"
            )
        ]

    def __str__(self):
        return f"{self.subject}（{self.get_state_display()}）"
