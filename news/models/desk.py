"""What the desk remembers beside the articles: forms that are being filled in, who has which open, links to previews."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from news.models.versions import ArticleVersion
from portal.picture_uses import texts_naming


class Autosave(models.Model):
    """A form that was not saved yet, as its fields were sent. One row for each person and form, replaced, no version.

    `key` names the form: the article's number, or `new-` and a random number for one that does not exist yet.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False, editable=False
    )
    key = models.CharField(max_length=40, editable=False)
    article = models.ForeignKey("news.Article", null=True, on_delete=models.CASCADE, related_name="+", editable=False)
    data = models.JSONField(editable=False)  # {name of a field: [its values]}
    saved_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = "未保存的内容"
        verbose_name_plural = "未保存的内容"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="news_autosave_user_key")]

    part_of = "article"

    def __str__(self):
        return self.key

    @staticmethod
    def naming_pictures(pictures):
        """The condition for `portal.picture_uses`: covers and bodies of forms that are not saved yet."""
        covers = Q(data__cover__0__in=[str(picture.pk) for picture in pictures])
        return covers | texts_naming("data__body__0", pictures, "icontains")


class Presence(models.Model):
    """Somebody has the form of an article open; `seen_at` is when his browser last said so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    article = models.ForeignKey(
        "news.Article", on_delete=models.CASCADE, related_name="+", db_index=False, editable=False
    )
    seen_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "正在编辑"
        verbose_name_plural = "正在编辑"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="news_presence_article_user")]

    def __str__(self):
        return f"{self.user_id}/{self.article_id}"


def token_hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, *, at=None):
        """Keep the links that still open: not revoked, not expired, the article not in the recycle bin."""
        at = at or timezone.now()
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, version__article__deleted_at__isnull=True)

    def called(self, token):
        return self.filter(token_hash=token_hash(token))


class PreviewLink(models.Model):
    """An address that shows one version to whoever has it, until it expires. Only the hash of its token is kept."""

    version = models.ForeignKey(ArticleVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="生成人", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("生成时间", default=timezone.now)
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("作废时间", null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "预览链接"
        verbose_name_plural = "预览链接"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="news_previewlink_expires_later")
        ]

    def __str__(self):
        return f"预览链接 {self.pk}"
