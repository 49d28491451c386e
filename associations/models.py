import re

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Count
from django.urls import reverse

from associations.regions import PROVINCE_CHOICES, REGION_CHOICES, region_order
from portal.models.pictures import picture_key
from portal.richtext.fields import RichTextField
from portal.search.entries import Searched, SearchedQuerySet


class AssociationQuerySet(SearchedQuerySet):
    def visible(self):
        """Keep the members that the public sees."""
        return self.filter(is_active=True)


class Association(Searched):
    """A member association of the register."""

    searched_as = "association"
    searched_fields = frozenset(["name", "short_name", "region", "member_class", "introduction", "is_active"])

    class MemberClass(models.TextChoices):
        PRESIDENT = "会长单位", "会长单位"
        VICE_PRESIDENT = "副会长单位", "副会长单位"
        STANDING_COUNCIL = "常务理事单位", "常务理事单位"
        COUNCIL = "理事单位", "理事单位"
        MEMBER = "会员单位", "会员单位"

    name = models.CharField("名称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=30, blank=True)
    region = models.CharField("地区", max_length=10, choices=REGION_CHOICES)
    region_order = models.PositiveSmallIntegerField(default=0, editable=False, db_index=True)
    member_class = models.CharField("会员类别", max_length=10, choices=MemberClass, default=MemberClass.MEMBER)
    logo = picture_key("标志")
    introduction = RichTextField("简介", blank=True)
    website = models.URLField("网站", blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = models.CharField("电话", max_length=50, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    joined_on = models.DateField("入会日期", null=True, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0, help_text="同一地区内，小的在前。")
    is_active = models.BooleanField("公开", default=True)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = "会员协会"
        verbose_name_plural = "会员协会"
        ordering = ["region_order", "position", "id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.region_order = region_order(self.region)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("associations:association", args=[self.pk])

    @property
    def lead(self):
        """The one sentence of labels and cards."""
        return f"{self.name}：{self.region}，{self.member_class}。"


class ZoneQuerySet(SearchedQuerySet):
    def visible(self):
        """Keep the zones that the public sees."""
        return self.filter(is_active=True)

    def count_by(self, *fields):
        """Return one row for each combination of `fields` that occurs, with `total` zones."""
        return self.order_by().values(*fields).annotate(total=Count("pk")).order_by("-total")


class Zone(Searched):
    """A development zone (开发区), as the 审核公告目录 lists them."""

    searched_as = "zone"
    searched_fields = frozenset(["code", "name", "level", "type", "province", "industries", "is_active"])

    class Level(models.TextChoices):
        NATIONAL = "national", "国家级"
        PROVINCIAL = "provincial", "省级"

    class Type(models.TextChoices):
        ETDZ = "etdz", "经济技术开发区"
        HIDZ = "hidz", "高新技术产业开发区"
        CUSTOMS = "customs", "海关特殊监管区域"
        BORDER = "border", "边境/跨境经济合作区"
        INDUSTRIAL = "industrial", "省级工业园区"
        OTHER = "other", "其他"

    code = models.CharField(
        "代码",
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]\d{6}$", "代码是一个大写字母加六位数字，例如 G371001。")],
    )
    name = models.CharField("名称", max_length=100)
    level = models.CharField("级别", max_length=10, choices=Level)
    type = models.CharField("类型", max_length=10, choices=Type)
    province = models.CharField("省份", max_length=10, choices=PROVINCE_CHOICES)
    approved = models.CharField(
        "批准年月",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^(19|20)\d\d-(0[1-9]|1[0-2])$", "写成 1984-09 的形式。")],
    )
    hectares = models.DecimalField(
        "核准面积（公顷）", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    industries = models.CharField("主导产业", max_length=200, blank=True, help_text="用顿号分隔。")
    website = models.URLField("网站", blank=True)
    is_active = models.BooleanField("公开", default=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = "开发区"
        verbose_name_plural = "开发区"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["province", "code"], name="assoc_zone_province"),
            models.Index(fields=["level", "type", "code"], name="assoc_zone_level_type"),
            models.Index(fields=["name"], name="assoc_zone_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("associations:zone", args=[self.code])

    @property
    def lead(self):
        """The one sentence of labels and cards."""
        industries = f"，主导产业{self.industries}" if self.industries else ""
        return f"{self.name}：{self.province}，{self.get_level_display()}{self.get_type_display()}{industries}。"

    @property
    def square_kilometres(self):
        return None if self.hectares is None else self.hectares / 100

    @property
    def industry_list(self):
        return [item for item in re.split("[、,\uff0c]", self.industries) if item]


class LinkGroup(models.Model):
    """A tab of links in the footer."""

    class Content(models.TextChoices):
        LINKS = "links", "链接"
        ASSOCIATIONS = "associations", "会员协会名录"

    name = models.CharField("名称", max_length=20, unique=True)
    content = models.CharField(
        "内容",
        max_length=20,
        choices=Content,
        default=Content.LINKS,
        help_text="“会员协会名录”直接取会员协会，不用再录一遍。",
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "链接组"
        verbose_name_plural = "链接组"
        ordering = ["position", "id"]

    def __str__(self):
        return self.name


class Link(models.Model):
    group = models.ForeignKey(LinkGroup, verbose_name="链接组", on_delete=models.CASCADE, related_name="links")
    name = models.CharField("名称", max_length=50)
    url = models.URLField("网址", max_length=300)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_active = models.BooleanField("显示", default=True)

    class Meta:
        verbose_name = "链接"
        verbose_name_plural = "链接"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "url"], name="associations_link_once")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.url
