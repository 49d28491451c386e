from functools import lru_cache

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from portal import pictures
from portal.files import files_storage
from portal.models.kept import KeptOnce, KeptOnceQuerySet


class PictureQuerySet(KeptOnceQuerySet):
    def add(self, file, *, title="", alt="", uploaded_by=None):
        """Check, re-encode and keep an uploaded picture, with its smaller versions.

        `file` is a file object with `name` and `size`. The same picture uploaded again is the one already kept.
        Raises ValidationError, with a message for people, where it is not a picture that may be kept.
        """
        return self.keep(pictures.check(file), title=title, alt=alt, uploaded_by=uploaded_by)

    def keep(self, checked, *, title="", alt="", uploaded_by=None):
        """Keep a `pictures.Checked` once: the same file, or the same picture in another wrapping, is no second one."""
        picture = self.model(title=title or checked.title, alt=alt, uploaded_by=uploaded_by)
        picture.sha256, picture.content_hash = checked.sha256, checked.content
        return self.keep_once(picture, lambda: picture.take(checked))


@lru_cache(maxsize=10_000)
def address_of(storage, name):
    """Return the public address of a file, which does not change."""
    return storage.url(name)


class Picture(KeptOnce):
    """A picture of the library: re-encoded, under a random name, with WebP versions of smaller widths beside it."""

    file = models.ImageField("图片", upload_to=pictures.random_name)
    title = models.CharField("名称", max_length=100, blank=True, help_text="便于在图库里查找，不会显示给读者。")
    alt = models.CharField(
        "图片说明", max_length=200, blank=True, help_text="图上有什么。读屏软件会读出来，看不到图的读者靠它。"
    )
    width = models.PositiveIntegerField("宽（像素）", editable=False, default=0)
    height = models.PositiveIntegerField("高（像素）", editable=False, default=0)
    size = models.PositiveIntegerField("大小（字节）", editable=False, default=0)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # As it was sent, with everything in it: private, for staff with the right to it.
    original = models.FileField(
        "原图", upload_to=pictures.original_name, storage=files_storage, max_length=200, blank=True, editable=False
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = "图片"
        verbose_name_plural = "图库"
        permissions = [("download_original", "下载原图")]
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash"], condition=~Q(content_hash=""), name="portal_picture_content_once"
            ),
        ]

    def __str__(self):
        return self.title or f"图片 {self.pk}"

    def get_absolute_url(self):
        return self.url

    @property
    def is_same(self):
        return Q(sha256=self.sha256) | Q(content_hash=self.content_hash)

    def take(self, checked):
        """Take over the bytes of a `pictures.Checked`, and write its smaller versions."""
        self.width, self.height, self.size = checked.width, checked.height, len(checked.data)
        self.file.save(f"x{checked.extension}", ContentFile(checked.data), save=False)
        pictures.write_smaller(self.file.storage, self.file.name, checked.data)
        self.original.save(f"x{checked.extension}", ContentFile(checked.sent), save=False)

    def remove_files(self):
        """Remove the picture's files from storage, where there are any."""
        if self.file:
            pictures.remove_files(self.file.storage, self.file.name, self.width, self.height)
        if self.original:
            self.original.storage.delete(self.original.name)

    @property
    def url(self):
        return address_of(self.file.storage, self.file.name)

    def _smaller_url(self, width):
        return address_of(self.file.storage, pictures.smaller_name(self.file.name, width))

    @property
    def smaller_widths(self):
        return [width for width, height in pictures.smaller_sizes(self.width, self.height)]

    @property
    def srcset(self):
        """The value of `srcset`: every smaller WebP version and its width."""
        return ", ".join(f"{self._smaller_url(width)} {width}w" for width in self.smaller_widths)

    def url_for(self, width):
        """Return the address of the smallest version at least `width` pixels wide."""
        for candidate in self.smaller_widths:
            if candidate >= width:
                return self._smaller_url(candidate)
        return self.url


@receiver(post_delete, sender=Picture)
def remove_files_of_deleted(instance, **kwargs):
    transaction.on_commit(instance.remove_files, robust=True)


def picture_key(verbose_name, **options):
    """Return a foreign key to a picture of the library that may be empty."""
    return models.ForeignKey(
        "portal.Picture",
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **options,
    )
