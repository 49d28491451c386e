"""What staff do with a message: its steps, notes, drafts, and the templates of replies."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from feedback.models.messages import Message
from feedback.models.topics import Topic


def staff_key(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+", **options,
    )  # fmt: skip


class StepQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise TypeError("The history of a message is append-only.")

    update = delete = bulk_update = update_or_create = _refuse

    def forget_notes(self):
        """Take out what was written beside the steps, when the person is erased: who and when stay."""
        return super().update(note="")

    def hide_in_notes(self, hide):
        """Replace what was written beside the steps by `hide(note)`, when contacts end: who and when stay."""
        for pk, note in self.exclude(note="").values_list("pk", "note"):
            models.QuerySet.update(self.filter(pk=pk), note=hide(note)[:500])


class MessageStep(models.Model):
    """One step of a message's way: when, who, from which stage to which, with what remark. Never changed."""

    class Action(models.TextChoices):
        RECEIVE = "receive", "移出疑似垃圾"
        ACCEPT = "accept", "受理"
        ASSIGN = "assign", "分派"
        DRAFT = "draft", "拟写答复"
        SEND_BACK = "send_back", "退回修改"
        APPROVE = "approve", "审核通过并答复"
        CLOSE = "close", "办结"
        REOPEN = "reopen", "重新办理"
        REJECT = "reject", "不予受理"
        SPAM = "spam", "标为垃圾信息"
        MERGE = "merge", "并入"
        ABSORB = "absorb", "并入了另一条"
        NOTE = "note", "内部备注"
        PUBLISH = "publish", "公开"
        UNPUBLISH = "unpublish", "取消公开"
        REVEAL = "reveal", "查看联系方式"
        ERASE = "erase", "删除个人信息"
        TOPIC = "topic", "改主题"
        WITHDRAW = "withdraw", "留言人撤回"

    message = models.ForeignKey(
        Message, verbose_name="留言", on_delete=models.CASCADE, related_name="steps", editable=False
    )
    at = models.DateTimeField("时间", default=timezone.now, editable=False)
    by = staff_key("经手人")
    action = models.CharField("操作", max_length=10, choices=Action, editable=False)
    from_stage = models.CharField("原阶段", max_length=9, choices=Message.Stage, editable=False)
    to_stage = models.CharField("新阶段", max_length=9, choices=Message.Stage, editable=False)
    note = models.CharField("说明", max_length=500, blank=True, editable=False)

    objects = StepQuerySet.as_manager()
    personal_fields = ("note",)

    class Meta:
        verbose_name = "办理经过"
        verbose_name_plural = "办理经过"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_action_display()} {self.at:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("The history of a message is append-only.")
        super().save(*args, **kwargs)

    @property
    def moves(self):
        return self.from_stage != self.to_stage


class InternalNote(models.Model):
    """What staff tell each other about a message; the sender never sees it."""

    message = models.ForeignKey(
        Message, verbose_name="留言", on_delete=models.CASCADE, related_name="notes", editable=False
    )
    body = models.TextField("内部备注", max_length=1000)
    by = staff_key("备注人")
    at = models.DateTimeField("时间", default=timezone.now, editable=False)

    personal_fields = ("body",)

    class Meta:
        verbose_name = "内部备注"
        verbose_name_plural = "内部备注"
        ordering = ["id"]

    def __str__(self):
        return f"备注 {self.pk}"


class ReplyDraft(models.Model):
    """The answer on its way: written by one, approved by another."""

    message = models.OneToOneField(
        Message, verbose_name="留言", on_delete=models.CASCADE, related_name="draft", editable=False
    )
    body = models.TextField("答复内容", max_length=5000)
    department = models.CharField("答复部门", max_length=50, blank=True)
    written_by = staff_key("拟稿人")
    updated_at = models.DateTimeField("修改时间", auto_now=True)
    remark = models.CharField(
        "退回意见", max_length=300, blank=True
    )  # why it was sent back; empty: it waits for approval

    personal_fields = ("body", "remark")

    class Meta:
        verbose_name = "答复稿"
        verbose_name_plural = "答复稿"

    def __str__(self):
        return f"答复稿 {self.pk}"


class ReplyTemplate(models.Model):
    """A text to begin an answer with."""

    name = models.CharField("名称", max_length=50, unique=True)
    topic = models.ForeignKey(
        Topic, verbose_name="主题", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="留空为所有主题都能用。",
    )  # fmt: skip
    body = models.TextField(
        "内容", max_length=3000,
        help_text="可以用：{称呼} {标题} {编号} {主题} {部门} {期限}，拟稿时自动换成这条留言的内容。",
    )  # fmt: skip
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "答复模板"
        verbose_name_plural = "答复模板"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def filled(self, message):
        """Return the text for `message`; what is no placeholder stays as it is written."""
        values = {
            "称呼": f"{message.name[:1]}先生/女士" if message.name else "您好",
            "标题": message.title,
            "编号": message.shown_number,
            "主题": message.topic.name,
            "部门": message.department or message.topic.department,
            "期限": f"{message.due_on:%Y-%m-%d}" if message.due_on else "",
        }
        text = self.body
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text
