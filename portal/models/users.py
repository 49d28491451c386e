from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff, or the account of a unit that sends articles in. One name field: Chinese names have no first and last in forms."""

    first_name = None
    last_name = None
    name = models.CharField("姓名", max_length=50, blank=True)
    unit = models.CharField(
        "单位名称", max_length=100, blank=True,
        help_text="给协会、开发区的供稿账号填写（不勾选“工作人员状态”），凭它在投稿页登录；投稿时作为来源。",
    )  # fmt: skip

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return self.name or self.username

    @property
    def is_contributor(self):
        """Whether this is the account of a unit （供稿账号）, not of staff."""
        return bool(self.is_active and self.unit and not self.is_staff)

    def get_short_name(self):
        return self.get_full_name()
