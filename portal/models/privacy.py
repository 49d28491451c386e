"""What visitors are told before they give personal data （《个人信息保护法》第十七条）, version by version."""

from django.db import models
from django.utils import timezone

STARTING_TEXT = {
    "handler": "本网站的主办单位。名称、地址和电话见每一页的页脚。",
    "purpose": "办理并答复您的留言，处理您的来稿，必要时就其内容与您联系。",
    "kinds": "您填写的姓名、电话或者邮箱，留言或者稿件的标题和内容，您上传的附件。网络地址只以无法还原的摘要保留，用来防止滥用。",
    "retention": "联系方式、附件和补充的内容在留言办结、稿件处理完后保留一年，到期删除；留言和答复的文字作为工作记录保存，其中的个人信息到期隐去。",
    "rights": "您可以凭编号和查询码查询、补充、撤回留言和稿件，也可以要求查阅、复制、更正、删除您的个人信息，或者撤回同意。"
    "撤回同意不影响撤回之前已经进行的处理。",
    "contact": "在“查询留言”“查询我的稿件”页面办理，或者拨打页脚的电话。",
}


class PrivacyNoticeQuerySet(models.QuerySet):
    def in_force(self):
        """Return the notice that counts now: the latest one that has begun, or the starting one (unsaved)."""
        begun = self.filter(effective_from__lte=timezone.now())
        return begun.order_by("-effective_from", "-version").first() or PrivacyNotice(version=1, **STARTING_TEXT)

    def recorded(self):
        """Return the notice in force as a row that a consent can point to."""
        notice = self.in_force()
        if notice.pk is None:
            notice, _ = self.get_or_create(version=1, defaults=STARTING_TEXT)
        return notice


def next_moment(now):
    """Return when the next notice takes effect, for the page cache; None where none waits."""
    waiting = PrivacyNotice.objects.filter(effective_from__gt=now)
    return waiting.order_by("effective_from").values_list("effective_from", flat=True).first()


class PrivacyNotice(models.Model):
    """One version of the notice. A version to which somebody has consented is never changed: a new one is added."""

    version = models.PositiveIntegerField("版本", unique=True, editable=False)
    handler = models.CharField("处理者", max_length=200, help_text="谁处理个人信息：单位名称和联系方式。")
    purpose = models.TextField("目的和方式", max_length=1000)
    kinds = models.TextField("种类", max_length=1000, help_text="收集哪些个人信息。")
    retention = models.TextField("保存期限", max_length=500)
    rights = models.TextField("您的权利", max_length=1000)
    contact = models.TextField("怎样行使权利", max_length=500)
    effective_from = models.DateTimeField("生效时间", default=timezone.now)

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "个人信息告知书"
        verbose_name_plural = "个人信息告知书"
        ordering = ["-version"]

    def __str__(self):
        return f"第 {self.version} 版"

    def save(self, *args, **kwargs):
        if self.version is None:
            self.version = (PrivacyNotice.objects.aggregate(models.Max("version"))["version__max"] or 0) + 1
        super().save(*args, **kwargs)

    def parts(self):
        """The (heading, text) pairs, in the order of the law."""
        names = ("handler", "purpose", "kinds", "retention", "rights", "contact")
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names]
