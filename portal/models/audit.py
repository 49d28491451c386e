from django.conf import settings
from django.db import models


class AppendOnly(Exception):
    """Something tried to change or remove what the audit log holds."""


class AuditQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise AppendOnly("The audit log is append-only: see portal/audit.")

    update = delete = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_update = aupdate_or_create = _refuse


def actions():
    """The choices of `AuditEntry.action`; a function, so that a new action needs no migration."""
    return AuditEntry.Action.choices


class AuditEntry(models.Model):
    """One thing that somebody did: when, who, from where, on what, and what changed.

    Entries are numbered without gaps and chained: `hash` covers the entry and the hash before it (portal/audit/chain.py).
    Nothing refers to other tables with a constraint: an entry outlives its user and its object, unchanged.
    """

    class Action(models.TextChoices):
        LOGIN = "login", "登录"
        LOGIN_FAILED = "login_failed", "登录失败"
        LOCKED_OUT = "locked_out", "登录被锁定"
        LOGOUT = "logout", "退出"
        ADD = "add", "新增"
        CHANGE = "change", "修改"
        DELETE = "delete", "删除"
        RESTORE = "restore", "恢复"
        PERMISSION = "permission", "权限变更"
        PASSWORD = "password", "设置密码"
        EXPORT = "export", "导出"
        IMPORT = "import", "导入"
        SUBMIT = "submit", "送审"
        APPROVE = "approve", "审核通过"
        SEND_BACK = "send_back", "退回"
        RECALL = "recall", "撤回送审"
        PUBLISH = "publish", "发布"
        WITHDRAW = "withdraw", "撤下"
        CORRECT = "correct", "更正"
        REVEAL = "reveal", "查看个人信息"
        ERASE = "erase", "删除个人信息"
        SUBMISSION = "submission", "投稿办理"
        PRUNE = "prune", "清理旧记录"
        SEAL_BROKEN = "seal_broken", "封印不符"

    number = models.PositiveBigIntegerField("序号", primary_key=True, editable=False)
    at = models.DateTimeField("时间", editable=False, db_index=True)
    action = models.CharField("操作", max_length=20, choices=actions, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", null=True, editable=False,
        on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+",
    )  # fmt: skip
    user_name = models.CharField("人员", max_length=100, blank=True, editable=False)
    address = models.CharField("地址", max_length=45, blank=True, editable=False)
    object_type = models.CharField("对象种类", max_length=60, blank=True, editable=False)  # "news.article"
    object_id = models.CharField("对象编号", max_length=40, blank=True, editable=False)
    object_name = models.CharField("对象", max_length=200, blank=True, editable=False)
    summary = models.CharField("说明", max_length=300, blank=True, editable=False)
    changes = models.JSONField("改动", default=dict, blank=True, editable=False)
    previous_hash = models.CharField("前一条的摘要", max_length=64, editable=False)
    hash = models.CharField("摘要", max_length=64, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-number"]
        default_permissions = ("view",)
        permissions = [("export_lists", "导出列表和报表")]
        indexes = [
            models.Index(fields=["user", "-number"], name="portal_audit_user"),
            models.Index(fields=["action", "-number"], name="portal_audit_action"),
            models.Index(fields=["object_type", "object_id", "-number"], name="portal_audit_object"),
        ]

    def __str__(self):
        return f"{self.number} {self.get_action_display()} {self.object_name}".strip()

    def save(self, *args, **kwargs):
        """Raises AppendOnly for a row that is kept already."""
        if not self._state.adding:
            raise AppendOnly("An entry of the audit log is never changed.")
        super().save(*args, **kwargs | {"force_insert": True})

    save.alters_data = True

    def delete(self, *args, **kwargs):
        raise AppendOnly("An entry of the audit log is never removed.")

    delete.alters_data = True


class AuditHead(models.Model):
    """The end of the chain, in one row: number and hash of the last entry, sealed with a key that is not in the database.

    `anchor` and `anchor_hash` are of the last entry that `prune_audit` removed: the chain begins after it.
    """

    count = models.PositiveBigIntegerField(default=0, editable=False)
    last_hash = models.CharField(max_length=64, blank=True, editable=False)
    anchor = models.PositiveBigIntegerField(default=0, editable=False)
    anchor_hash = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "操作记录的末端"
        verbose_name_plural = "操作记录的末端"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="portal_audithead_one_row"),
            models.CheckConstraint(condition=models.Q(anchor__lte=models.F("count")), name="portal_audithead_anchor"),
        ]

    def __str__(self):
        return f"{self.anchor}–{self.count}"
