from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from portal.search.entries import refresh


class SourceQuerySet(models.QuerySet):
    def called(self, name):
        """Keep the source (none or one) whose name or alias is `name`, blanks around it aside."""
        return self.filter(Q(name=name.strip()) | Q(aliases__name=name.strip())).distinct()


class Source(models.Model):
    """Where an article comes from (来源)."""

    class MayReprint(models.TextChoices):
        UNKNOWN = "unknown", "不清楚"
        YES = "yes", "允许"
        NO = "no", "不允许"

    name = models.CharField("名称", max_length=100, unique=True)
    site = models.URLField("网站", blank=True)
    may_reprint = models.CharField(
        "允许转载",
        max_length=10,
        choices=MayReprint,
        default=MayReprint.UNKNOWN,
        help_text="没有取得许可的来源，转载它的文章时会提醒。",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "来源"
        verbose_name_plural = "来源"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_reprint__in=["unknown", "yes", "no"]), name="news_source_may_reprint_known"
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not is_new:  # its articles are found by its name; entries that stay the same are not written
                refresh("article", self.articles.values_list("pk", flat=True))

    save.alters_data = True

    def clean(self):
        self.name = self.name.strip()
        if SourceAlias.objects.filter(name=self.name).exclude(source=self.pk).exists():
            raise ValidationError({"name": "这个名称已经是另一个来源的别名。"})


class SourceAlias(models.Model):
    """Another name of a source. One name means one source, aliases included."""

    source = models.ForeignKey(Source, verbose_name="来源", on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100, unique=True)

    class Meta:
        verbose_name = "别名"
        verbose_name_plural = "别名"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        self.name = self.name.strip()
        if Source.objects.filter(name=self.name).exists():
            raise ValidationError({"name": "这个名称已经是一个来源。"})
