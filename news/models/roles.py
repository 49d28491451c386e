from django.conf import settings
from django.db import models
from django.db.models import Q

from news.models.columns import Column


class Role(models.TextChoices):
    """What somebody does at the desk. The names are those of the groups that hold the rights."""

    EDITOR = "editor", "编辑"
    FIRST = "first", "初审"
    SECOND = "second", "复审"
    FINAL = "final", "终审"
    MANAGER = "manager", "管理员"


class ColumnRole(models.Model):
    """A person's role in a column and everything below it; in all columns where none is named."""

    grants_rights = True  # the audit log calls a change of it a change of rights

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="用户", on_delete=models.CASCADE, related_name="column_roles"
    )
    role = models.CharField("角色", max_length=10, choices=Role)
    column = models.ForeignKey(
        Column,
        verbose_name="栏目",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="包括它的下级栏目。留空为全部栏目。",
    )

    class Meta:
        verbose_name = "栏目权限"
        verbose_name_plural = "栏目权限"
        ordering = ["user", "role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "column"], name="news_columnrole_once"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(column__isnull=True),
                name="news_columnrole_once_everywhere",
                violation_error_message="这个角色已经有了。",
            ),
            models.CheckConstraint(
                condition=~Q(role="manager") | Q(column__isnull=True),
                name="news_columnrole_manager_of_all",
                violation_error_message="管理员管全部栏目：栏目请留空。",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}（{self.column or '全部栏目'}）"
