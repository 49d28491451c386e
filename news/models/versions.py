from django.conf import settings
from django.db import models

from portal.picture_uses import texts_naming


class AppendOnly(models.Model):
    """A row that is written once. It goes only together with the article that it tells of."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    save.alters_data = True

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} is append-only")

    delete.alters_data = True


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError(f"{self.model.__name__} is append-only")

    update.alters_data = True

    def delete(self):
        raise TypeError(f"{self.model.__name__} is append-only")

    delete.alters_data = True
    delete.queryset_only = True


class ArticleVersion(AppendOnly):
    """What an article said at one moment: every save that changed something made one. See `news/versions.py`."""

    article = models.ForeignKey(
        "news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField("版本")
    content = models.JSONField("内容")
    digest = models.CharField("摘要值", max_length=64)  # sha256 of the canonical JSON of the content
    reason = models.CharField("修改说明", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="修改人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("时间", auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    part_of = "article"

    class Meta:
        verbose_name = "文章版本"
        verbose_name_plural = "文章版本"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="news_articleversion_number")]

    def __str__(self):
        return f"第 {self.number} 版"

    @staticmethod
    def naming_pictures(pictures):
        """The condition for `portal.picture_uses`: covers and bodies of every version."""
        covers = models.Q(content__cover_id__in=[picture.pk for picture in pictures])
        return covers | texts_naming("content__body", pictures, "icontains")
