from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from portal.links import validate_link


class HomeBlock(models.Model):
    """A block of the home page, as staff arrange them. `templates/portal/blocks/_<kind>.html` draws it."""

    class Kind(models.TextChoices):
        CAROUSEL = "carousel", "头条轮播"
        NEWEST = "newest", "最新动态"
        NOTICES = "notices", "通知公告"
        COLUMN = "column", "栏目最新"
        ZONES = "zones", "开发区概览"
        ASSOCIATIONS = "associations", "会员协会"
        JOURNAL = "journal", "会刊封面"
        PICTURES = "pictures", "图片链接"
        LINKS = "links", "友情链接"

    class Look(models.TextChoices):
        TEXT = "text", "文字列表"
        PICTURE = "picture", "图文列表"
        LEAD = "lead", "首条配图"

    class Width(models.IntegerChoices):
        THIRD = 4, "三分之一"
        NARROW = 5, "略窄的一半"
        HALF = 6, "二分之一"
        WIDE = 7, "略宽的一半"
        TWO_THIRDS = 8, "三分之二"
        FULL = 12, "整行"

    kind = models.CharField("种类", max_length=20, choices=Kind)
    title = models.CharField("标题", max_length=30, blank=True, help_text="留空时用栏目名称或种类名称。")
    column = models.ForeignKey(
        "news.Column", verbose_name="栏目", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="“栏目最新”和“通知公告”取这个栏目及其下级栏目的文章。",
    )  # fmt: skip
    look = models.CharField("样式", max_length=10, choices=Look, default=Look.TEXT)
    count = models.PositiveSmallIntegerField(
        "条数", default=6, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    width = models.PositiveSmallIntegerField("宽度", choices=Width, default=Width.THIRD)
    position = models.PositiveSmallIntegerField("顺序", default=0, help_text="小的在前。")
    is_active = models.BooleanField("显示", default=True)

    class Meta:
        verbose_name = "首页板块"
        verbose_name_plural = "首页板块"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["column", "notices"]) | Q(column__isnull=False),
                name="portal_homeblock_column_given",
                violation_error_message="“栏目最新”和“通知公告”要选一个栏目。",
            )
        ]

    def __str__(self):
        return self.heading

    @property
    def heading(self):
        return self.title or (self.column.name if self.column else self.get_kind_display())

    @cached_property
    def state(self):
        """All of its row that shows: where it is equal, only what the block lists can differ."""
        return self.pk, self.kind, self.heading, self.column_id, self.look, self.count, self.width

    @property
    def linked_pictures(self):
        return self.pictures.select_related("picture")

    @property
    def template(self):
        return f"portal/blocks/_{self.kind}.html"


class BlockPicture(models.Model):
    """A picture that links somewhere, in a block of the kind "pictures"."""

    block = models.ForeignKey(HomeBlock, verbose_name="板块", on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey("portal.Picture", verbose_name="图片", on_delete=models.PROTECT)
    title = models.CharField("文字", max_length=50)
    url = models.CharField("链接", max_length=300, validators=[validate_link])
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "图片链接"
        verbose_name_plural = "图片链接"
        ordering = ["position", "id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.url
