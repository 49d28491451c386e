"""What belongs to a message: the files that came with it, and what its sender adds later."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils import timezone

from feedback.models.messages import Message
from portal.files import files_storage, random_name


class MessageAttachment(models.Model):
    """A file that a visitor sent.

    It is kept before its message is: a form that comes back with a remark keeps its files under `draft_key`, the hash of
    a secret in that form.
    """

    message = models.ForeignKey(
        Message, verbose_name="留言", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    draft_key = models.CharField("草稿", max_length=64, blank=True, editable=False, db_index=True)
    name = models.CharField("文件名", max_length=100)
    file = models.FileField(
        "文件", upload_to=random_name, storage=files_storage, max_length=200,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "pdf", "doc", "docx"])],
    )  # fmt: skip
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=64, editable=False)
    created_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "留言附件"
        verbose_name_plural = "留言附件"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(message__isnull=False) | ~models.Q(draft_key=""), name="feedback_attachment_belongs"
            )
        ]

    def __str__(self):
        return f"附件 {self.pk}"  # its name is the sender's


class Supplement(models.Model):
    """What the sender adds to a message with the receipt."""

    message = models.ForeignKey(Message, verbose_name="留言", on_delete=models.CASCADE, related_name="supplements")
    body = models.TextField("补充内容", max_length=1000)
    digest = models.CharField("摘要", max_length=64, editable=False)
    created_at = models.DateTimeField("补充时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "补充"
        verbose_name_plural = "补充"
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["message", "digest"], name="feedback_supplement_once")]

    def __str__(self):
        return f"补充 {self.pk}"
