from django.db import models
from django.db.models import Q


class ArticleCount(models.Model):
    """How many listed articles a column holds in a year, a month or a day. Triggers write it; see news/list_counts.py.

    `period` is 2026, 202611 or 20261123. The sum over the slots counts: on PostgreSQL a transaction that would have to
    wait for another's slot takes one of its own.
    """

    class Level(models.IntegerChoices):
        YEAR = 0
        MONTH = 1
        DAY = 2

    column = models.ForeignKey(
        "news.Column", on_delete=models.CASCADE, related_name="+", db_index=False, editable=False
    )
    level = models.PositiveSmallIntegerField(choices=Level, editable=False)
    period = models.PositiveIntegerField(editable=False)
    slot = models.BigIntegerField(default=0, editable=False)
    count = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = "文章数"
        verbose_name_plural = "文章数"
        constraints = [
            models.UniqueConstraint(fields=["column", "level", "period", "slot"], name="news_articlecount_once")
        ]
        indexes = [models.Index(fields=["slot"], name="news_articlecount_apart", condition=~Q(slot=0))]

    def __str__(self):
        return f"{self.column_id} {self.period}: {self.count}"
