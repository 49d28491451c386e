from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from feedback.models.topics import Topic
from portal.personal_data import masked_name
from portal.receipts import new_number, shown_number
from portal.search.entries import Searched, SearchedQuerySet


class MessageQuerySet(SearchedQuerySet):
    def published(self):
        """Keep what the public may see: consent of the sender, decision of staff, and an answer."""
        return self.filter(may_publish=True, is_public=True, is_quarantined=False, reply__isnull=False)

    def in_inbox(self):
        """Keep what waits for staff to work on; what looks like spam waits apart."""
        return self.filter(is_quarantined=False)

    def overdue(self, today):
        """Keep open messages whose end was before `today`."""
        return self.filter(stage__in=Message.OPEN, due_on__lt=today)

    def nearly_due(self, today, until):
        """Keep open messages that end from `today` to `until` (feedback.clock: `Calendar.amber_until`)."""
        return self.filter(stage__in=Message.OPEN, due_on__range=(today, until))


class Message(Searched):
    """A visitor's message （留言）."""

    class Stage(models.TextChoices):
        NEW = "new", "新收到"
        ACCEPTED = "accepted", "已受理"
        ASSIGNED = "assigned", "办理中"
        ANSWERED = "answered", "已答复"
        CLOSED = "closed", "已办结"
        REJECTED = "rejected", "不予受理"
        SPAM = "spam", "垃圾信息"
        WITHDRAWN = "withdrawn", "留言人已撤回"
        MERGED = "merged", "已并入另一条"

    searched_as = "message"
    personal_fields = (
        "title",
        "body",
        "name",
        "phone",
        "email",
        "page_address",
        "passage",
        "rating_comment",
    )  # not in the audit log
    searched_fields = frozenset(["may_publish", "is_public", "is_quarantined", "stage"])

    OPEN = (Stage.NEW, Stage.ACCEPTED, Stage.ASSIGNED)

    number = models.CharField("编号", max_length=14, unique=True, editable=False)
    # Of the secret code only a keyed hash is kept (portal/receipts.py). Empty: no receipt was given.
    code_hash = models.CharField("查询码", max_length=64, blank=True, editable=False)
    # Names one submission of one form, however often it is sent (feedback/intake.py).
    submission_key = models.CharField("提交", max_length=64, blank=True, editable=False)
    stage = models.CharField("阶段", max_length=9, choices=Stage, default=Stage.NEW, db_index=True)
    topic = models.ForeignKey(Topic, verbose_name="主题", on_delete=models.PROTECT, related_name="messages")
    title = models.CharField("标题", max_length=50)
    body = models.TextField("内容", max_length=2000)
    name = models.CharField("姓名", max_length=30, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("邮箱", blank=True)
    may_publish = models.BooleanField("留言人同意公开", default=False)
    is_public = models.BooleanField(
        "公开", default=False, help_text="答复之后、留言人同意时，内容和答复显示在留言页。姓名只显示姓氏。"
    )
    page_address = models.CharField("有误的页面", max_length=200, blank=True, editable=False)
    passage = models.TextField("有误的文字", max_length=500, blank=True)
    created_at = models.DateTimeField("留言时间", default=timezone.now, editable=False)
    department = models.CharField("办理部门", max_length=50, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The days allowed count from here, and end there (feedback/clock.py); empty while the message is in quarantine.
    clock_from = models.DateTimeField("计时开始", null=True, blank=True, editable=False)
    due_on = models.DateField("答复期限", null=True, blank=True)
    notice = models.ForeignKey(
        "portal.PrivacyNotice", verbose_name="同意的告知书", null=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    consented_at = models.DateTimeField("同意时间", null=True, editable=False)
    is_quarantined = models.BooleanField("疑似垃圾信息", default=False, editable=False)
    spam_score = models.PositiveSmallIntegerField("可疑分", default=0, editable=False)
    spam_reasons = models.JSONField("可疑原因", default=list, blank=True, editable=False)
    # Keyed hashes of the address, of its network and of the text: they count, and name nobody.
    sender_key = models.CharField("来源", max_length=32, blank=True, editable=False)
    network_key = models.CharField("来源网络", max_length=32, blank=True, editable=False)
    text_key = models.CharField("内容摘要", max_length=32, blank=True, editable=False)
    rating = models.PositiveSmallIntegerField("满意度", null=True, blank=True, editable=False)
    rating_comment = models.CharField("评价", max_length=300, blank=True, editable=False)
    rated_at = models.DateTimeField("评价时间", null=True, blank=True, editable=False)

    # When phone and e-mail were taken out after the time that the notice names (feedback/rights.py).
    contacts_erased_at = models.DateTimeField("联系方式删除时间", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="merged",
    )  # fmt: skip

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "留言"
        verbose_name_plural = "留言"
        ordering = ["-created_at", "-id"]
        permissions = [
            ("approve_reply", "可以审核答复"),
            ("reveal_contacts", "可以查看留言人的联系方式"),
            ("export_messages", "可以导出留言"),
            ("export_personal_data", "可以导出含个人信息的留言"),
            ("erase_person", "可以导出或删除一个人的信息"),
            ("publish_message", "可以公开留言"),
            ("receive_digest", "每日收到留言汇总"),
        ]
        indexes = [
            models.Index(fields=["is_public", "-created_at"], name="feedback_message_public"),
            models.Index(fields=["created_at"], name="feedback_message_created"),
            models.Index(fields=["sender_key", "created_at"], name="feedback_message_sender"),
            models.Index(fields=["network_key", "created_at"], name="feedback_message_network"),
            models.Index(fields=["text_key", "created_at"], name="feedback_message_text"),
            models.Index(fields=["is_quarantined", "-created_at"], name="feedback_message_quarantine"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission_key"], condition=~models.Q(submission_key=""), name="feedback_message_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(may_publish=True, is_quarantined=False),
                name="feedback_message_public_by_consent",
                violation_error_message="留言人没有同意公开，或者这条留言疑似垃圾信息，不能公开。",
            ),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 5)), name="feedback_message_rating"
            ),
        ]

    def __str__(self):
        return f"留言 {self.shown_number}"  # never a visitor's words: this stands in logs

    def save(self, *args, **kwargs):
        if not self.number:
            self.number = new_number(timezone.localtime(self.created_at).date())
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("feedback:message", args=[self.pk])

    def clean(self):
        if self.is_public and not self.may_publish:
            raise ValidationError({"is_public": "留言人没有同意公开，不能公开。"})

    @property
    def public_name(self):
        """The family name and two stars, as answers are published."""
        return masked_name(self.name) if self.name else "网友"

    @property
    def shown_reply(self):
        """The answer that the sender may read; None before there is one."""
        return getattr(self, "reply", None) if self.stage in (self.Stage.ANSWERED, self.Stage.CLOSED) else None

    @property
    def takes_supplements(self):
        return self.stage in (*self.OPEN, self.Stage.ANSWERED)

    @property
    def takes_withdrawal(self):
        return self.stage in self.OPEN and not self.is_public

    @property
    def takes_rating(self):
        return self.shown_reply is not None and self.rating is None

    @property
    def shown_number(self):
        return shown_number(self.number)


class QuarantinedManager(models.Manager.from_queryset(MessageQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(is_quarantined=True)


class Quarantined(Message):
    """A message that looks like spam, until staff have looked at it."""

    objects = QuarantinedManager()

    class Meta:
        proxy = True
        verbose_name = "疑似垃圾信息"
        verbose_name_plural = "疑似垃圾信息"


class Reply(models.Model):
    """The association's answer to a message, as its sender reads it; the public reads a Publication."""

    message = models.OneToOneField(Message, verbose_name="留言", on_delete=models.CASCADE, related_name="reply")
    body = models.TextField("答复", max_length=5000)
    department = models.CharField("答复部门", max_length=50, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="答复人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    replied_at = models.DateTimeField("答复时间", default=timezone.now, editable=False, db_index=True)
    # Kept for the figures, because the calendar may be corrected later.
    working_days = models.PositiveIntegerField("用时（工作日）", default=0, editable=False)
    is_on_time = models.BooleanField("按期", default=True, editable=False)

    personal_fields = ("body",)

    class Meta:
        verbose_name = "答复"
        verbose_name_plural = "答复"

    def __str__(self):
        return f"答复 {self.pk}"
