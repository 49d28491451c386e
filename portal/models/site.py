from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.functional import cached_property

from portal.colors import validate_main_color
from portal.leaving import listed_hosts, validate_hosts
from portal.models.pictures import picture_key

ICP_NUMBER = r"[\u4e00-\u9fa5]ICP[备证]\d{6,10}号(-\d{1,3})?"
POLICE_NUMBER = r"[\u4e00-\u9fa5]公网安备\s?\d{11,14}号?"


class SiteSettings(models.Model):
    """The one row of the site's identity. What is empty prints nothing."""

    class MourningScope(models.TextChoices):
        HOME = "home", "只有首页"
        SITE = "site", "整个网站"

    name = models.CharField("网站名称", max_length=50, default="协会门户")
    short_name = models.CharField("简称", max_length=20, blank=True)
    slogan = models.CharField("副标题", max_length=100, blank=True)
    description = models.CharField("网站简介", max_length=200, blank=True, help_text="搜索引擎结果里显示的一句话。")
    keywords = models.CharField("网站关键词", max_length=200, blank=True, help_text="用逗号分隔。")
    domain = models.CharField(
        "网站域名", max_length=100, blank=True, help_text="例如 www.example.org.cn，写入网页标签 SiteDomain。"
    )
    site_id_code = models.CharField(
        "网站标识码", max_length=20, blank=True, help_text="党政机关网站才有，没有就留空。",
        validators=[RegexValidator(r"^([a-z]{2}\d{8}|\d{10})$", "标识码是十位数字，或两个小写字母加八位数字。")],
    )  # fmt: skip
    logo = picture_key("标志")
    main_color = models.CharField("主色", max_length=7, default="#0b3d91", validators=[validate_main_color])
    host_unit = models.CharField("主办单位", max_length=100, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField(
        "邮编", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "邮编是六位数字。")]
    )
    phone = models.CharField("电话", max_length=50, blank=True)
    email = models.EmailField("邮箱", blank=True)
    icp_number = models.CharField(
        "ICP 备案号", max_length=40, blank=True, help_text="例如 京ICP备12345678号。页脚会链接到工业和信息化部备案网站。",
        validators=[RegexValidator(rf"^{ICP_NUMBER}$", "格式应为“京ICP备12345678号”。")],
    )  # fmt: skip
    police_number = models.CharField(
        "公安备案号", max_length=40, blank=True, help_text="例如 京公网安备 11010502000000号。",
        validators=[RegexValidator(rf"^{POLICE_NUMBER}$", "格式应为“京公网安备 11010502000000号”。")],
    )  # fmt: skip
    wechat_name = models.CharField("公众号名称", max_length=50, blank=True)
    wechat_qr = picture_key("公众号二维码")
    qq_group = models.CharField(
        "QQ 群号", max_length=20, blank=True, validators=[RegexValidator(r"^\d{5,12}$", "QQ 群号是 5 到 12 位数字。")]
    )
    qq_qr = picture_key("QQ 群二维码")
    contact_days = models.PositiveSmallIntegerField(
        "联系方式保留天数", default=365, validators=[MinValueValidator(1)],
        help_text="留言办结、稿件处理完多少天以后，删除电话、邮箱等个人信息。要和个人信息告知书写的一致。",
    )  # fmt: skip
    footer_text = models.TextField("页脚文字", blank=True, max_length=500)
    mourning_from = models.DateTimeField(
        "灰色模式开始", null=True, blank=True, help_text="哀悼日使用。到时自动变灰，到结束时自动恢复。"
    )
    mourning_until = models.DateTimeField("灰色模式结束", null=True, blank=True)
    mourning_scope = models.CharField("灰色模式范围", max_length=4, choices=MourningScope, default=MourningScope.SITE)
    outside_list = models.TextField(
        "直接打开的外部网站", blank=True, max_length=5000, validators=[validate_hosts],
        help_text="每行一个域名，例如 example.org，它的下级域名也算在内。政府网站（gov.cn）以及友情链接、会员协会、开发区名录里"
        "的网站不用填写。文章里指向其他网站的链接会先打开离站提示。",
    )  # fmt: skip

    one_person_reviews = models.BooleanField(
        "允许一人多审", default=False,
        help_text="人手少时使用：允许审核自己写的文章，一个人可以签几级审核。每一次签字仍然记录在案。平时请不要打开。",
    )  # fmt: skip
    shows_ranking = models.BooleanField(
        "公开采用排行", default=False, help_text="打开后，投稿页会链接到各单位今年来稿和采用的排行。"
    )

    class Meta:
        verbose_name = "站点设置"
        verbose_name_plural = "站点设置"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="portal_sitesettings_one_row"),
            models.CheckConstraint(
                condition=models.Q(mourning_from__isnull=True, mourning_until__isnull=True)
                | models.Q(
                    mourning_from__isnull=False,
                    mourning_until__isnull=False,
                    mourning_until__gt=models.F("mourning_from"),
                ),
                name="portal_sitesettings_mourning_ends",
                violation_error_message="灰色模式的开始和结束要一起填写，结束必须晚于开始。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return "/"

    @classmethod
    def current(cls):
        """Return the settings as stored, or the defaults (unsaved) where staff have not opened them yet."""
        return cls.objects.select_related("logo", "wechat_qr", "qq_qr").filter(pk=1).first() or cls(pk=1)

    @cached_property
    def state(self):
        """Equal where all that these settings say is."""
        pictures = [picture and (picture.file.name, picture.alt) for picture in (self.logo, self.wechat_qr, self.qq_qr)]
        return *(getattr(self, field.attname) for field in self._meta.concrete_fields), *pictures

    @cached_property
    def outside_hosts(self):
        return listed_hosts(self.outside_list)

    @property
    def police_digits(self):
        return "".join(character for character in self.police_number if character.isdigit())
