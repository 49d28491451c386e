from django.core.exceptions import ValidationError
from django.db import models


class SearchEntry(models.Model):
    """What the search knows of one published row of some app. Written by portal.search.entries only.

    Beside it stands an index of terms that Django knows nothing of: see portal/search/sqlite.py and postgresql.py.
    """

    kind = models.PositiveSmallIntegerField("种类")  # Kind.number
    object_id = models.BigIntegerField("编号")
    column_id = models.BigIntegerField("栏目编号", null=True, blank=True)
    source_id = models.BigIntegerField("来源编号", null=True, blank=True)
    place = models.BigIntegerField("时间位置", db_index=True)  # sorts by time; the rowid of the terms on SQLite
    published_at = models.DateTimeField("发布时间")
    expires_at = models.DateTimeField("下线时间", null=True, blank=True)
    content = models.TextField("文字")  # normalised: title, summary, marks, body, each on its line

    class Meta:
        verbose_name = "搜索条目"
        verbose_name_plural = "搜索条目"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="portal_searchentry_once")]

    def __str__(self):
        return self.content.partition("\n")[0]


class Synonym(models.Model):
    """Two names of one thing, offered to readers who search for either."""

    term = models.CharField("说法", max_length=30, help_text="例如：经开区")
    other = models.CharField("又叫", max_length=30, help_text="例如：经济技术开发区")

    class Meta:
        verbose_name = "同义词"
        verbose_name_plural = "同义词"
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["term", "other"], name="portal_synonym_once")]

    def __str__(self):
        return f"{self.term} = {self.other}"

    def clean(self):
        self.term, self.other = self.term.strip(), self.other.strip()
        if self.term == self.other:
            raise ValidationError({"other": "两个说法是一样的。"})


class SearchTerm(models.Model):
    """How often a term was searched and found on a day. Nothing about who searched is kept."""

    term = models.CharField("搜索词", max_length=20)
    day = models.DateField("日期")
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "搜索词"
        verbose_name_plural = "搜索词"
        ordering = ["-day", "-count"]
        constraints = [models.UniqueConstraint(fields=["day", "term"], name="portal_searchterm_once")]

    def __str__(self):
        return self.term


class SearchRebuild(models.Model):
    """How far a rebuild of the search index has come, so that it can go on after a stop."""

    kind = models.CharField("种类", max_length=20, unique=True)
    last_pk = models.BigIntegerField("做到", default=0)

    class Meta:
        verbose_name = "搜索索引重建"
        verbose_name_plural = "搜索索引重建"

    def __str__(self):
        return f"{self.kind}:{self.last_pk}"
