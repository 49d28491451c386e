from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from news.models.versions import AppendOnly, AppendOnlyQuerySet
from portal.files import files_storage, random_name
from portal.models import Confirmation
from portal.receipts import new_number, shown_number


class RightsStatementQuerySet(models.QuerySet):
    def in_force(self):
        """Return the statement that counts now: the newest one, or the starting one (unsaved)."""
        return self.order_by("-version").first() or RightsStatement(version=1, text=STARTING_TEXT)

    def recorded(self):
        """Return the statement in force as a row that a submission can point to."""
        statement = self.in_force()
        if statement.pk is None:
            statement, _ = self.get_or_create(version=1, defaults={"text": STARTING_TEXT})
        return statement


STARTING_TEXT = (
    "本稿件为本人或者本单位的原创作品，或者已经取得著作权人的许可；文字和图片不侵犯他人的著作权、肖像权、名誉权和隐私权，"
    "不涉及国家秘密和商业秘密，事实和数据已经核实。同意贵网站修改后发表，发表时注明来源和作者。"
)


class RightsStatement(models.Model):
    """One version of what a contributor declares. One that somebody has accepted is never changed: a new one is added."""

    version = models.PositiveIntegerField("版本", unique=True, editable=False)
    text = models.TextField("内容", max_length=1000, help_text="投稿人勾选同意的原话。保存之后就对新的投稿生效。")
    created_at = models.DateTimeField("生效时间", default=timezone.now, editable=False)

    objects = RightsStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "版权声明"
        verbose_name_plural = "版权声明"
        ordering = ["-version"]

    def __str__(self):
        return f"第 {self.version} 版"

    def save(self, *args, **kwargs):
        if self.version is None:
            self.version = (RightsStatement.objects.aggregate(models.Max("version"))["version__max"] or 0) + 1
        super().save(*args, **kwargs)


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep what `user` may see: all that was sent at the desk, only his own for an account without a role."""
        from news.roles import has_role

        sent = self.exclude(stage=Submission.Stage.DRAFT)
        return sent if has_role(user) else sent.filter(created_by=user.pk)

    def of_account(self, user):
        """Keep what the account of a unit may see and work on: its own."""
        return self.filter(created_by=user.pk)

    def counted(self):
        """Keep what figures count: what was sent, stands, and is no spam."""
        left_out = (Submission.Stage.DRAFT, Submission.Stage.WITHDRAWN)
        return self.filter(is_quarantined=False).exclude(stage__in=left_out)


class Submission(models.Model):
    """An article that somebody outside sends in （投稿）."""

    personal_fields = ("title", "body", "author", "phone", "email")  # of a visitor: the audit log does not hold them

    class Stage(models.TextChoices):
        DRAFT = "draft", "草稿"
        NEW = "new", "未读"
        READ = "read", "已读"
        RETURNED = "returned", "退回修改"
        ADOPTED = "adopted", "采用"
        DECLINED = "declined", "不采用"
        WITHDRAWN = "withdrawn", "已撤回"

    AT_DESK = (Stage.NEW, Stage.READ)  # staff decide
    WITH_SENDER = (Stage.DRAFT, Stage.RETURNED)  # the contributor writes

    number = models.CharField("编号", max_length=14, unique=True, editable=False)
    code_hash = models.CharField("查询码", max_length=64, blank=True, editable=False)  # empty: an account's
    submission_key = models.CharField("提交", max_length=64, blank=True, editable=False)  # portal/once.py
    title = models.CharField("标题", max_length=100)
    body = models.TextField("正文", max_length=30_000, blank=True)
    document_text = models.TextField("文档里的文字", blank=True, editable=False)
    source = models.CharField("单位", max_length=100)
    author = models.CharField("作者", max_length=50)
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("邮箱", blank=True)
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.NEW, db_index=True)
    article = models.OneToOneField(
        "news.Article", verbose_name="采用后的文章", null=True, editable=False, on_delete=models.SET_NULL,
        related_name="submission",
    )  # fmt: skip
    rights = models.ForeignKey(
        RightsStatement, verbose_name="同意的版权声明", null=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    notice = models.ForeignKey(
        "portal.PrivacyNotice", verbose_name="同意的告知书", null=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    consented_at = models.DateTimeField("同意时间", null=True, editable=False)
    is_quarantined = models.BooleanField("疑似垃圾信息", default=False, editable=False)
    spam_reasons = models.JSONField("可疑原因", default=list, blank=True, editable=False)
    # Keyed hashes of the address, of its network and of the text: they count, and name nobody.
    sender_key = models.CharField("来源地址", max_length=32, blank=True, editable=False)
    network_key = models.CharField("来源网络", max_length=32, blank=True, editable=False)
    text_key = models.CharField("内容摘要", max_length=32, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="供稿账号",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)
    # When phone and e-mail were taken out, on request or after the time that the notice names (news/contributions/rights.py).
    contacts_erased_at = models.DateTimeField("联系方式删除时间", null=True, blank=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "投稿"
        verbose_name_plural = "投稿"
        ordering = ["-created_at", "-id"]
        permissions = [("erase_contributor", "可以导出或删除投稿人的信息")]
        indexes = [
            models.Index(fields=["-created_at"], name="news_submission_newest"),
            models.Index(fields=["network_key", "created_at"], name="news_submission_network"),
            models.Index(fields=["text_key", "created_at"], name="news_submission_text"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission_key"], condition=~Q(submission_key=""), name="news_submission_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(stage="adopted"), name="news_submission_article_adopted"
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if not self.number:
            self.number = new_number(timezone.localtime(self.created_at).date())
        super().save(*args, **kwargs)

    @property
    def shown_number(self):
        return shown_number(self.number)

    @property
    def text(self):
        return self.body or self.document_text

    @property
    def is_at_desk(self):
        return self.stage in self.AT_DESK

    @property
    def is_with_sender(self):
        return self.stage in self.WITH_SENDER

    @property
    def takes_withdrawal(self):
        return self.stage in (*self.AT_DESK, self.Stage.RETURNED)

    @property
    def address(self):
        """Where the public reads it; empty as long as it does not."""
        from news.models.articles import Article

        article = Article.objects.published().filter(pk=self.article_id).first() if self.article_id else None
        return article.get_absolute_url() if article else ""


class SubmissionFile(models.Model):
    """A picture (as it was re-encoded) or the Word document of a submission, in private.

    It is kept before its submission is: a form that comes back with a remark keeps its files under `draft_key`.
    """

    submission = models.ForeignKey(
        Submission, verbose_name="投稿", null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    draft_key = models.CharField("草稿", max_length=64, blank=True, editable=False, db_index=True)
    name = models.CharField("文件名", max_length=100)
    file = models.FileField("文件", upload_to=random_name, storage=files_storage, max_length=200)
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=64, editable=False)  # of what was sent
    created_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "投稿文件"
        verbose_name_plural = "投稿文件"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False) | ~Q(draft_key=""), name="news_submissionfile_belongs"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_document(self):
        return self.name.lower().endswith(".docx")


@receiver(post_delete, sender=SubmissionFile)
def remove_file_of_deleted(instance, **kwargs):
    if instance.file:
        name = instance.file.name
        transaction.on_commit(lambda: instance.file.storage.delete(name), robust=True)


class SubmissionNotices(Confirmation):
    submission = models.OneToOneField(
        Submission, verbose_name="投稿", on_delete=models.CASCADE, related_name="notices", editable=False
    )


class StepQuerySet(AppendOnlyQuerySet):
    def hide_in_remarks(self, hide):
        """Replace what was written beside the steps by `hide(remarks)`, when personal data ends: who and when stay."""
        for pk, remarks in self.exclude(remarks="").values_list("pk", "remarks"):
            models.QuerySet.update(self.filter(pk=pk), remarks=hide(remarks)[:500])


class SubmissionStep(AppendOnly):
    """What happened to a submission: who did what, when. Never changed."""

    class Act(models.TextChoices):
        SEND = "send", "提交"
        RESEND = "resend", "修改后再次提交"
        WITHDRAW = "withdraw", "撤回"
        RELEASE = "release", "放行"
        READ = "read", "已读"
        SEND_BACK = "send_back", "退回修改"
        ADOPT = "adopt", "采用"
        DECLINE = "decline", "不采用"
        ERASE = "erase", "删除个人信息"

    submission = models.ForeignKey(Submission, verbose_name="投稿", on_delete=models.CASCADE, related_name="steps")
    act = models.CharField("事项", max_length=10, choices=Act)
    remarks = models.CharField("意见", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "投稿记录"
        verbose_name_plural = "投稿记录"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=["send_back", "decline"]) | ~Q(remarks=""), name="news_submissionstep_remarks"
            )
        ]

    def __str__(self):
        return self.get_act_display()
