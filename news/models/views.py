from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models


class ViewBucket(models.Model):
    """The views of an article in one span of time. The constraint of each kind is the index by article."""

    article = models.ForeignKey(
        "news.Article", on_delete=models.CASCADE, related_name="+", db_index=False, editable=False
    )
    count = models.PositiveBigIntegerField(editable=False)

    class Meta:
        abstract = True


class ViewHour(ViewBucket):
    """The views of an article in one hour (UTC), for the ranking of the last 24 hours. Old rows are removed."""

    hour = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "小时点击量"
        verbose_name_plural = "小时点击量"
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="news_viewhour_once")]
        indexes = [models.Index(fields=["hour"], name="news_viewhour_hour")]

    def __str__(self):
        return f"{self.article_id} {self.hour:%Y-%m-%d %H}"


class ViewDay(ViewBucket):
    """The views of an article on one day (Asia/Shanghai)."""

    day = models.DateField(editable=False)

    class Meta:
        verbose_name = "每日点击量"
        verbose_name_plural = "每日点击量"
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="news_viewday_once")]
        indexes = [models.Index(fields=["day"], name="news_viewday_day")]

    def __str__(self):
        return f"{self.article_id} {self.day}"


class ViewFlush(models.Model):
    """The last batch of views that a process has written; see news/counting.py."""

    process = models.CharField(max_length=32, primary_key=True, editable=False)
    sequence = models.BigIntegerField(editable=False)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "点击量写入记录"
        verbose_name_plural = "点击量写入记录"

    def __str__(self):
        return f"{self.process}:{self.sequence}"


class ViewCorrection(models.Model):
    """The one way to change a view count by hand: written down, and never changed. See news.counting.correct."""

    article = models.ForeignKey("news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="+")
    before = models.PositiveBigIntegerField("更正前", editable=False)
    after = models.PositiveBigIntegerField("更正为")
    reason = models.CharField("原因", max_length=200, validators=[MinLengthValidator(4)])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="更正人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField("更正时间", auto_now_add=True)

    class Meta:
        verbose_name = "点击量更正"
        verbose_name_plural = "点击量更正"
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.article}：{self.before} → {self.after}"
