from django.db import models


class LoginTries(models.Model):
    """How often a log-in was tried within a span of time; see portal/logins.py. `key` tells neither name nor address."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    count = models.PositiveIntegerField(editable=False)
    since = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = "登录次数"
        verbose_name_plural = "登录次数"
        default_permissions = ()

    def __str__(self):
        return f"{self.key[:8]}:{self.count}"
