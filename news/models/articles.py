import html
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from news.models.columns import Column
from portal.addresses import path_to
from portal.models.pictures import picture_key
from portal.publishing import Publishable, PublishableQuerySet, Status
from portal.richtext.cleaning import clean, plain_text
from portal.richtext.fields import RichTextField
from portal.search.entries import Searched, SearchedQuerySet

SUMMARY_LENGTH = 120  # characters
REPRINT_FIELDS = ("source", "source_url", "original_title", "original_author")
PICTURE = re.compile(r'<img (?:[^>]* )?src="(/[^"]+)"')


class ArticleQuerySet(SearchedQuerySet, PublishableQuerySet):
    def published(self, *, at=None):
        return super().published(at=at).filter(column__is_public=True)

    def kept(self):
        """Leave out what is in the recycle bin."""
        return self.filter(deleted_at__isnull=True)

    def in_bin(self):
        return self.filter(deleted_at__isnull=False)

    def visible_to(self, user):
        """Keep what `user` may see at the desk, drafts included: what is in his columns, and what he wrote himself."""
        from news.roles import visible_columns

        columns = visible_columns(user)
        return self if columns is None else self.filter(Q(column__in=columns) | Q(created_by=user.pk))

    def newest(self):
        return self.order_by("-published_at", "-id")

    def pinned(self, *, at=None):
        return self.filter(pinned_until__gt=at or timezone.now())

    def update(self, **values):
        if "view_count" in values:
            raise ValueError("A view count is changed by news.counting.correct, which writes down who and why.")
        return super().update(**values)

    update.alters_data = True

    def for_desk(self):
        """With what every step of the desk asks: column, source, versions, and in `active_runs` the review under way."""
        from news.models.review import ReviewRun

        active = Prefetch("runs", ReviewRun.objects.active().select_related("version"), to_attr="active_runs")
        rows = self.select_related("column", "source", "latest_version", "live_version").defer("column__body")
        return rows.prefetch_related(active)


class Article(Searched, Publishable):
    searched_as = "article"
    searched_fields = frozenset(
        [
            "title",
            "subtitle",
            "column",
            "column_id",
            "source",
            "source_id",
            "author",
            "summary",
            "body",
            "status",
            "published_at",
            "expires_at",
        ]
    )

    class Kind(models.TextChoices):
        OWN = "own", "原创"
        REPRINT = "reprint", "转载"
        SUBMISSION = "submission", "投稿"

    title = models.CharField("标题", max_length=100)
    subtitle = models.CharField("副标题", max_length=150, blank=True)
    column = models.ForeignKey(
        Column,
        verbose_name="栏目",
        on_delete=models.PROTECT,
        related_name="articles",
        limit_choices_to={"kind": "list"},
    )
    source = models.ForeignKey(
        "news.Source", verbose_name="来源", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    kind = models.CharField(
        "文章种类",
        max_length=10,
        choices=Kind,
        default=Kind.OWN,
        help_text="转载要写明来源、原标题、原作者和原文地址。",
    )
    source_url = models.URLField("原文地址", max_length=500, blank=True)
    original_title = models.CharField("原标题", max_length=150, blank=True)
    original_author = models.CharField("原作者", max_length=50, blank=True)
    author = models.CharField("作者", max_length=50, blank=True)
    editor = models.CharField("责任编辑", max_length=50, blank=True)
    summary = models.TextField("摘要", max_length=300, blank=True, help_text="留空时取正文开头。")
    cover = picture_key("封面图")
    body = RichTextField("正文", blank=True)
    excerpt = models.CharField(max_length=SUMMARY_LENGTH, blank=True, editable=False)  # the beginning of the body
    tags = models.ManyToManyField(
        "news.Tag", verbose_name="标签", through="news.ArticleTag", blank=True, related_name="articles"
    )
    pinned_until = models.DateTimeField("置顶到", null=True, blank=True, help_text="到时自动取消置顶。")
    is_headline = models.BooleanField("头条", default=False, help_text="进入首页轮播，要有封面图。")
    view_count = models.PositiveBigIntegerField("点击量", default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="录入人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    latest_version = models.ForeignKey(
        "news.ArticleVersion",
        verbose_name="最新版本",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    live_version = models.ForeignKey(
        "news.ArticleVersion",
        verbose_name="在线版本",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField("删除时间", null=True, editable=False)  # in the recycle bin: `news/recycling.py`
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="删除人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    draft_content, row = None, None  # what a draft carries, and the article as it stands: `news.versions.draft_of`

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            # So the rule of what is public needs no second condition: what is published is not in the recycle bin.
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | ~Q(status=Status.PUBLISHED),
                name="news_article_deleted_not_public",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["own", "submission"])
                | Q(kind="reprint") & ~Q(source_url="") & ~Q(original_title="") & ~Q(original_author=""),
                name="news_article_reprint_complete",
                violation_error_message="转载要写明来源、原标题、原作者和原文地址。",
            ),
        ]
        verbose_name = "文章"
        verbose_name_plural = "文章"
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(  # one's own drafts, on the first page of the admin
                fields=["created_by"],
                name="news_article_drafts",
                condition=Q(status="draft", deleted_at__isnull=True),
            ),
            models.Index(fields=["-deleted_at"], name="news_article_deleted", condition=Q(deleted_at__isnull=False)),
            models.Index(fields=["column", "-published_at", "-id"], name="news_article_column_newest"),
            models.Index(fields=["-published_at", "-id"], name="news_article_newest"),
            models.Index(  # what news/listing.py reads
                fields=["column", "-published_at", "-id"],
                name="news_article_listed",
                condition=Q(status="published", expires_at__isnull=True),
            ),
            models.Index(fields=["expires_at"], name="news_article_ending", condition=Q(expires_at__isnull=False)),
            models.Index(fields=["-updated_at"], name="news_article_changed"),
            models.Index(fields=["-pinned_until"], name="news_article_pinned", condition=Q(pinned_until__isnull=False)),
            models.Index(  # in the order that is asked for: by the time alone, SQLite walks all articles instead
                fields=["-published_at", "-id"], name="news_article_headlines", condition=Q(is_headline=True)
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.draft_content is not None:
            raise TypeError("a draft is recorded as a version, its row is not saved")
        if "body" not in self.get_deferred_fields():
            self.excerpt = excerpt_of(self.body)
        if not self._state.adding and not kwargs.get("update_fields"):
            # Views are counted beside the editor: the number that he read is old by now.
            kept_out = self.get_deferred_fields() | {"id", "view_count"}
            names = [field.attname for field in self._meta.concrete_fields]
            kwargs["update_fields"] = [name for name in names if name not in kept_out]
        super().save(*args, **kwargs)

    save.alters_data = True

    def clean(self):
        super().clean()
        if self.expires_at and self.published_at and self.expires_at <= self.published_at:
            raise ValidationError("下线时间必须晚于发布时间。")
        if self.kind == self.Kind.REPRINT and (missing := [name for name in REPRINT_FIELDS if not getattr(self, name)]):
            raise ValidationError(dict.fromkeys(missing, "转载的文章要填写。"))

    def validate_constraints(self, exclude=None):
        """Nothing: `clean` says it in Python, and Django would ask the database for each constraint in a savepoint."""

    def get_absolute_url(self):
        return path_to("news:article", self.pk)

    def is_visible_to(self, user):
        """The rule of `ArticleQuerySet.visible_to` for one article."""
        from news.roles import visible_columns

        columns, row = visible_columns(user), self.row or self
        return columns is None or row.column_id in columns or row.created_by_id == user.pk

    @property
    def lead(self):
        """The summary, or the beginning of the body where none was written."""
        return self.summary or self.excerpt

    @property
    def first_picture(self):
        """The path of the cover, or of the body's first picture; empty where the article has neither."""
        if self.cover:
            return self.cover.url
        found = PICTURE.search(self.body)
        return html.unescape(found[1]) if found else ""

    @property
    def changed_at(self):
        """When readers last got something new: edited, or gone on line."""
        return max(self.updated_at, self.published_at)

    @property
    def is_live(self):
        """Whether the row is what was approved: it stays untouched until the next approval, also before its time comes
        and after its time is over.
        """
        return self.status == Status.PUBLISHED

    def is_pinned(self, *, at=None):
        return self.pinned_until is not None and self.pinned_until > (at or timezone.now())


def excerpt_of(body):
    """Return the beginning of rich text, at most SUMMARY_LENGTH characters, whole sentences where they fit."""
    text = plain_text(clean(body)).replace("\n", " ")
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    end = max(cut.rfind(mark) for mark in "。！？；")
    return cut[: end + 1] if end >= SUMMARY_LENGTH // 2 else cut[:-1] + "…"
