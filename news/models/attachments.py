"""Files that readers download with an article. The files themselves belong to one library, each content once; an
attachment gives one of them a name and a place in an article.
"""

from pathlib import PurePath

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat

from news.models.articles import Article
from portal.addresses import path_to
from portal.files import BEGINNINGS, files_storage, random_name, validate_attachment
from portal.held_files import digest_of
from portal.models.kept import KeptOnce, KeptOnceQuerySet
from portal.search.entries import Searched, SearchedQuerySet

NAME_LENGTH = 150  # characters


def extension_of(name):
    return PurePath(name).suffix[1:].lower()


def stem_of(name):
    """Return the name of an uploaded file as people read it: without its extension, as long as fits."""
    return PurePath(name).stem[:NAME_LENGTH]


def extensions():
    return [(name[1:], name[1:].upper()) for name in BEGINNINGS]


def label_of(file):
    """Type and size, as the list of attachments shows them: `PDF，1.2 MB`."""
    return f"{file.extension.upper()}，{filesizeformat(file.size)}"


def path_of(attachment):
    return path_to("news:attachment", attachment.pk)


class LibraryFileQuerySet(KeptOnceQuerySet):
    def keep(self, file, *, title="", uploaded_by=None):
        """Keep `file`, which `validate_attachment` let pass, once; under another extension it is another file."""
        title = (title or stem_of(file.name)).strip()
        row = self.model(title=title, extension=extension_of(file.name), size=file.size, uploaded_by=uploaded_by)
        row.sha256 = digest_of(file)
        return self.keep_once(row, lambda: row.file.save(file.name, file, save=False))

    def visible_to(self, user):
        """Keep what `user` uploaded, what belongs to an article that he sees at the desk, and what every reader has."""
        from news.roles import visible_columns

        if visible_columns(user) is None:
            return self
        attached = Attachment.objects.filter(library_file=OuterRef("pk"))
        public = attached.live().filter(article__in=Article.objects.published().order_by())
        at_desk = attached.filter(article__in=Article.objects.visible_to(user).order_by())
        return self.filter(Q(uploaded_by=user.pk) | Exists(at_desk) | Exists(public))


class LibraryFile(KeptOnce):
    """A file of the library. Its content is never changed: versions of articles name it."""

    title = models.CharField("名称", max_length=NAME_LENGTH, help_text="便于在文件库里查找，不会显示给读者。")
    file = models.FileField(
        "文件", storage=files_storage, upload_to=random_name, max_length=200, validators=[validate_attachment],
        editable=False,
    )  # fmt: skip
    extension = models.CharField("类型", max_length=5, choices=extensions, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)  # empty: of before the library, and lost
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = LibraryFileQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件库"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "extension"], condition=~Q(sha256=""), name="news_libraryfile_once"
            ),
        ]

    def __str__(self):
        return f"{self.title}.{self.extension}"

    @property
    def is_same(self):
        return Q(sha256=self.sha256, extension=self.extension)

    def remove_files(self):
        self.file.delete(save=False)

    label = property(label_of)


@receiver(post_delete, sender=LibraryFile)
def remove_files_of_deleted(instance, **kwargs):
    transaction.on_commit(instance.remove_files, robust=True)


class AttachmentQuerySet(SearchedQuerySet):
    def live(self):
        """Keep what belongs to the article as it stands, not to an older version or one that is still reviewed."""
        return self.filter(is_live=True)


class Attachment(Searched):
    """A file of the library in its place in an article. No version's attachment is ever given another file."""

    searched_as, searched_through, searched_fields = (
        "article",
        "article",
        frozenset({"name", "article", "article_id", "is_live"}),
    )

    article = models.ForeignKey(Article, verbose_name="文章", on_delete=models.CASCADE, related_name="attachments")
    library_file = models.ForeignKey(
        LibraryFile, verbose_name="文件库里的文件", on_delete=models.PROTECT, related_name="attachments"
    )
    name = models.CharField("显示名称", max_length=NAME_LENGTH, blank=True, help_text="留空时用文件名。")
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_live = models.BooleanField(default=True, editable=False)  # part of what the article's row says, see `versions`

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["position", "id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = self.name or self.library_file.title
        super().save(*args, **kwargs)

    get_absolute_url = path_of

    @property
    def label(self):
        return self.library_file.label

    @property
    def file_name(self):
        """What the file is called when it is downloaded."""
        return f"{self.name}.{self.library_file.extension}"
