from django.core.validators import MinValueValidator
from django.db import models


class Topic(models.Model):
    """What a message is about (咨询、建议 …), who answers it, in how many days, and what must be asked for that."""

    class Asks(models.TextChoices):
        PHONE = "phone", "电话"
        EMAIL = "email", "邮箱"
        EITHER = "either", "电话或邮箱"
        NONE = "none", "不用留"

    name = models.CharField("名称", max_length=20, unique=True)
    department = models.CharField("答复部门", max_length=50, blank=True)
    days = models.PositiveSmallIntegerField(
        "答复期限", default=7, validators=[MinValueValidator(1)], help_text="几个工作日之内答复。"
    )
    asks = models.CharField(
        "联系方式", max_length=6, choices=Asks, default=Asks.EITHER,
        help_text="答复需要什么就只问什么。选“不用留”时，姓名也不是必填的。",
    )  # fmt: skip
    is_correction = models.BooleanField(
        "用于纠错", default=False, help_text="文章页的“内容有误？”会选中这个主题。只能有一个。"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "留言主题"
        verbose_name_plural = "留言主题"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1), name="feedback_topic_days"),
            models.UniqueConstraint(
                fields=["is_correction"], condition=models.Q(is_correction=True), name="feedback_topic_one_correction",
                violation_error_message="已经有一个用于纠错的主题。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name
