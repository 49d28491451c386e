from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from portal.files import files_storage, random_name, validate_attachment
from portal.models.pictures import picture_key
from portal.publishing import Publishable


class JournalIssue(Publishable):
    """An issue of the magazine 《中国开发区》."""

    year = models.PositiveSmallIntegerField("年份", validators=[MinValueValidator(1980), MaxValueValidator(2100)])
    number = models.PositiveSmallIntegerField("期号", validators=[MinValueValidator(1), MaxValueValidator(100)])
    title = models.CharField("专题", max_length=100, blank=True)
    cover = picture_key("封面")
    introduction = models.TextField("卷首语", blank=True, max_length=2000)
    pdf = models.FileField(
        "PDF", storage=files_storage, upload_to=random_name, max_length=200, blank=True,
        validators=[FileExtensionValidator(["pdf"]), validate_attachment],
    )  # fmt: skip

    class Meta(Publishable.Meta):
        verbose_name = "会刊"
        verbose_name_plural = "会刊"
        ordering = ["-year", "-number"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["year", "number"], name="news_journalissue_once", violation_error_message="这一期已经有了。"
            ),
        ]

    def __str__(self):
        return f"《中国开发区》{self.year}年第{self.number}期"

    def get_absolute_url(self):
        return reverse("news:journal_issue", args=[self.year, self.number])

    @property
    def lead(self):
        """The one sentence of labels and cards."""
        return f"{self}{f'：{self.title}' if self.title else ''}。目录与下载。"


class JournalEntry(models.Model):
    """A line of an issue's table of contents."""

    issue = models.ForeignKey(JournalIssue, verbose_name="会刊", on_delete=models.CASCADE, related_name="entries")
    section = models.CharField("栏目", max_length=30, blank=True)
    title = models.CharField("标题", max_length=100)
    author = models.CharField("作者", max_length=50, blank=True)
    page = models.PositiveSmallIntegerField("页码", null=True, blank=True)
    article = models.ForeignKey(
        "news.Article", verbose_name="站内文章", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "目录"
        verbose_name_plural = "目录"
        ordering = ["position", "id"]

    def __str__(self):
        return self.title
