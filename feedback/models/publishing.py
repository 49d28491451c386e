"""What the public reads of a message: only what stands here, never the message itself."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from feedback.models.handling import staff_key
from feedback.models.messages import Message
from feedback.models.topics import Topic


class MaskProposal(models.Model):
    """The places that are hidden before publication, as staff left them, in texts that `digest` names."""

    message = models.OneToOneField(
        Message, verbose_name="留言", on_delete=models.CASCADE, related_name="masks", editable=False
    )
    digest = models.CharField("文字摘要", max_length=64, editable=False)
    spans = models.JSONField(
        "遮盖处", default=dict, editable=False
    )  # {"title": [[start, end, kind], …], "body": …, "reply": …}
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "遮盖方案"
        verbose_name_plural = "遮盖方案"

    def __str__(self):
        return f"遮盖方案 {self.pk}"


class PublicationQuerySet(models.QuerySet):
    def published(self):
        """Keep what the public may see: decided by staff, and neither the consent nor the message taken back since."""
        return self.filter(
            ~Q(message__stage__in=[Message.Stage.WITHDRAWN, Message.Stage.SPAM]),
            message__is_public=True,
            message__may_publish=True,
            message__is_quarantined=False,
        )

    def newest(self):
        return self.order_by("-replied_at", "-pk")

    def for_pages(self):
        """Load nothing of the message but what is written here."""
        return self.select_related("topic")


class Publication(models.Model):
    """A published message with its answer, masked. Public pages, feeds, search and exports read only this."""

    message = models.OneToOneField(
        Message,
        verbose_name="留言",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="publication",
        editable=False,
    )
    topic = models.ForeignKey(Topic, verbose_name="主题", on_delete=models.PROTECT, related_name="publications")
    title = models.CharField("标题", max_length=200, editable=False)
    body = models.TextField("内容", editable=False)
    reply = models.TextField("答复", editable=False)
    name = models.CharField("称呼", max_length=10, editable=False)
    department = models.CharField("答复部门", max_length=50, blank=True, editable=False)
    asked_at = models.DateTimeField("留言时间", editable=False)
    replied_at = models.DateTimeField("答复时间", editable=False)
    published_at = models.DateTimeField("公开时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("修改时间", default=timezone.now, editable=False, db_index=True)
    published_by = staff_key("公开人")
    digest = models.CharField("文字摘要", max_length=64, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开的留言"
        verbose_name_plural = "公开的留言"
        ordering = ["-replied_at", "-message"]
        indexes = [
            models.Index(fields=["-replied_at", "-message"], name="feedback_publication_newest"),
            models.Index(fields=["topic", "-replied_at"], name="feedback_publication_topic"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("feedback:message", args=[self.pk])


class MonthlyFigures(models.Model):
    """One month of one topic: received by the day of the message, the rest by the day of the answer."""

    month = models.DateField("月份")  # its first day
    topic = models.ForeignKey(Topic, verbose_name="主题", on_delete=models.CASCADE, related_name="+")
    received = models.PositiveIntegerField("收到", default=0)
    answered = models.PositiveIntegerField("答复", default=0)
    on_time = models.PositiveIntegerField("按期答复", default=0)
    working_days = models.PositiveIntegerField("答复用时合计", default=0)
    ratings = models.PositiveIntegerField("评价数", default=0)
    rating_sum = models.PositiveIntegerField("评分合计", default=0)

    class Meta:
        verbose_name = "月度数据"
        verbose_name_plural = "月度数据"
        ordering = ["-month", "topic"]
        constraints = [
            models.UniqueConstraint(fields=["month", "topic"], name="feedback_figures_once"),
            models.CheckConstraint(condition=Q(on_time__lte=models.F("answered")), name="feedback_figures_on_time"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"
