from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import OrderableTreeNode
from tree_queries.query import TreeQuerySet

from portal.addresses import path_to
from portal.links import validate_link
from portal.richtext.fields import RichTextField

RESERVED_SLUGS = {"hot", "feed", "attachments", "archive", "tags"}


def validate_slug(value):
    """Raises ValidationError where /news/<slug>/ would be another page."""
    if value.isdigit() or value in RESERVED_SLUGS:
        raise ValidationError("这个标识已用于别的页面，请换一个。")


class ColumnQuerySet(TreeQuerySet):
    def public(self):
        """Keep the columns that the public sees: in use, and so is every column above them."""
        return self.filter(is_public=True)

    def tree_rows(self):
        """Return (key, keys from the root down to it, reviews set there) of every column, parents before children."""
        return list(self.model.objects.with_tree_fields().values_list("pk", "tree_path", "reviews"))

    def review_levels(self, rows=None):
        """Return {key: how many reviews an article needs there} for all columns, in one query.

        `rows` are `tree_rows`, where the caller has read them.
        """
        levels = {None: Column.REVIEWS_DEFAULT}
        for pk, path, reviews in self.tree_rows() if rows is None else rows:
            levels[pk] = levels[path[-2] if path[1:] else None] if reviews is None else reviews
        return levels


class Column(OrderableTreeNode):
    """A column (栏目) of the site. Columns form a tree; a hidden column hides what is below it."""

    class Kind(models.TextChoices):
        LIST = "list", "文章列表"
        PAGE = "page", "单页"
        LINK = "link", "链接"

    class Look(models.TextChoices):
        TEXT = "text", "文字列表"
        PICTURE = "picture", "图文列表"

    REVIEWS = ((0, "不审核，编辑直接发布"), (1, "一审"), (2, "二审"), (3, "三审"))
    REVIEWS_DEFAULT = 3

    parent = TreeNodeForeignKey(
        "self", verbose_name="上级栏目", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField("顺序", default=0, db_index=True, editable=False)
    name = models.CharField("名称", max_length=30)
    slug = models.SlugField(
        "标识", max_length=60, unique=True,
        help_text="网址的一部分，例如 /news/notices/ 里的 notices。用小写字母、数字和连字符，定下后尽量不改。",
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "只用小写字母、数字和连字符。"), validate_slug],
    )  # fmt: skip
    kind = models.CharField("种类", max_length=4, choices=Kind, default=Kind.LIST)
    look = models.CharField("列表样式", max_length=10, choices=Look, default=Look.TEXT)
    url = models.CharField(
        "链接地址", max_length=300, blank=True, validators=[validate_link], help_text="种类为“链接”时填写。"
    )
    body = RichTextField("正文", blank=True, help_text="种类为“单页”时填写。")
    in_navigation = models.BooleanField("在导航中显示", default=True)
    is_active = models.BooleanField("启用", default=True, help_text="停用后，栏目和它的下级栏目、文章都不再公开。")
    is_public = models.BooleanField(default=True, editable=False)  # in use, with every column above it: see `save`
    reviews = models.PositiveSmallIntegerField(
        "审核级数",
        null=True,
        blank=True,
        choices=REVIEWS,
        help_text="文章发布前要经过几级审核。留空时和上级栏目一样；第一级栏目留空为三审。",
    )
    description = models.CharField("栏目说明", max_length=200, blank=True, help_text="网页标签 ColumnDescription。")
    keywords = models.CharField(
        "栏目关键词", max_length=200, blank=True, help_text="网页标签 ColumnKeywords，用逗号分隔。"
    )
    update_days = models.PositiveSmallIntegerField(
        "更新要求", null=True, blank=True,
        help_text="多少天内要有新内容，0 为不要求。留空时动态、要闻 14 天，通知、公告、政策 183 天，其他不要求。",
    )  # fmt: skip
    column_type = models.CharField("栏目类别", max_length=50, blank=True, help_text="网页标签 ColumnType。")

    objects = ColumnQuerySet.as_manager()

    class Meta(OrderableTreeNode.Meta):
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="link") | ~Q(url=""),
                name="news_column_link_has_url",
                violation_error_message="种类为“链接”的栏目要填写链接地址。",
            ),
            models.CheckConstraint(
                condition=Q(reviews__isnull=True) | Q(reviews__lte=3), name="news_column_reviews_at_most_three"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Raises ValidationError where the parent is the column itself or below it: a tree has no circles."""
        with transaction.atomic():
            if self.pk and self.parent_id:
                # Two moves at once could close a circle that neither sees: one waits for the other.
                list(Column.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
                self.refuse_circle()
            super().save(*args, **kwargs)
            refresh_public()

    save.alters_data = True

    def clean(self):
        if self.pk and self.parent_id:
            self.refuse_circle()

    def refuse_circle(self):
        if Column.objects.ancestors(self.parent_id, include_self=True).filter(pk=self.pk).exists():
            raise ValidationError({"parent": "上级栏目不能是它自己或它的下级栏目。"})

    def get_absolute_url(self):
        if self.kind == self.Kind.LINK:
            return self.url
        return path_to("news:column", self.slug)

    @cached_property
    def state(self):
        """Equal where the column's labels and its place say the same."""
        return self.pk, self.name, self.get_absolute_url(), self.description, self.keywords, self.column_type


def refresh_public():
    """Bring `is_public` of every column in line with the tree: hidden where itself or a column above is not in use."""
    shown, hidden = set(), set()
    for column in Column.objects.with_tree_fields():
        below_public = column.parent_id is None or column.parent_id in shown
        (shown if below_public and column.is_active else hidden).add(column.pk)
    Column.objects.filter(pk__in=shown, is_public=False).update(is_public=True)
    Column.objects.filter(pk__in=hidden, is_public=True).update(is_public=False)
