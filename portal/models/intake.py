"""What guards the forms that anybody may send: words of spam, and tries at receipts."""

from django.db import models


class SpamWord(models.Model):
    """A word that makes a message suspicious. Staff keep the list."""

    word = models.CharField("词", max_length=30, unique=True, help_text="空格、标点和大小写不影响识别。")
    weight = models.PositiveSmallIntegerField(
        "可疑分", default=2, help_text="普通广告词 2 分，几乎只有垃圾信息才用的词 5 分。总分到 5 分进入疑似垃圾信息。"
    )
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "垃圾信息用词"
        verbose_name_plural = "垃圾信息用词"
        ordering = ["-weight", "word"]
        constraints = [models.CheckConstraint(condition=models.Q(weight__range=(1, 10)), name="portal_spamword_weight")]

    def __str__(self):
        return self.word


class Tries(models.Model):
    """Wrong tries at one receipt, or from one address, within a span of time. The key is a keyed hash."""

    key = models.CharField("对象", max_length=32, unique=True, editable=False)
    count = models.PositiveIntegerField("次数", default=0, editable=False)
    expires_at = models.DateTimeField("到期时间", db_index=True, editable=False)

    class Meta:
        verbose_name = "查询次数"
        verbose_name_plural = "查询次数"

    def __str__(self):
        return self.key
