"""The files of submissions: one Word document, and pictures, which are re-encoded before anything is kept."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from news.models import SubmissionFile
from news.word import read_docx
from news.word.container import WordRefused, check_container
from portal import pictures
from portal.files import check_archive
from portal.held_files import Holding, shown_name

PICTURES = tuple(extension for names in pictures.NAMES.values() for extension in names)
DOCUMENT = ".docx"
PART_MAX = 4_000_000  # bytes of XML: the longest reports have about 3,000,000, and strangers choose what is parsed


def extension_of(file):
    return PurePath(file.name or "").suffix.lower()


def check_file(file):
    """Raises ValidationError, with the file's name. A picture is decoded; a document is opened, and read later."""
    try:
        if file.size > settings.CONTRIBUTION_FILE_MAX:
            raise ValidationError(f"文件太大，每个最多 {settings.CONTRIBUTION_FILE_MAX // 1_000_000} MB。")
        if extension_of(file) in PICTURES:
            file.seek(0)
            file.checked = pictures.check(file)
        else:
            check_document(file)
    except WordRefused as refusal:
        raise ValidationError(f"“{shown_name(file)}”：{refusal}") from None
    except ValidationError as error:
        raise ValidationError(f"“{shown_name(file)}”：{error.messages[0]}") from None
    finally:
        file.seek(0)


def check_document(file):
    check_container(file)
    check_archive(file, DOCUMENT, part_max=PART_MAX)


def check_picture(file):
    if extension_of(file) not in PICTURES:
        raise ValidationError(f"“{shown_name(file)}”：这里只能上传 JPG、PNG、GIF 或 WebP 图片。")
    check_file(file)


def read_kept(row):
    """Return the WordDocument in a document that is kept. Raises WordRefused and OSError."""
    with row.file.open("rb") as file:
        return read_docx(file)


def stored(file):
    """Return what is kept of `file`: of a picture only what was decoded, without what rode along."""
    checked = getattr(file, "checked", None)
    return ContentFile(checked.data, name=f"x{checked.extension}") if checked else file


holding = Holding(
    SubmissionFile, "submission", "news.contributions", check_file,
    files_max="CONTRIBUTION_FILES_MAX", held_max="CONTRIBUTION_HELD_MAX", stored=stored,
)  # fmt: skip
