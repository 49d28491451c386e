"""The files of messages: which are taken."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError

from feedback.models import MessageAttachment
from portal import pictures
from portal.files import validate_attachment
from portal.held_files import Holding, shown_name

PICTURES = (".jpg", ".jpeg", ".png")
EXTENSIONS = (*PICTURES, ".pdf", ".doc", ".docx")


def validate_file(file):
    """Raises ValidationError, with the file's name, for one that is not taken; a picture is decoded."""
    name, extension = shown_name(file), PurePath(file.name or "").suffix.lower()
    try:
        if extension not in EXTENSIONS:
            raise ValidationError("只能上传 JPG、PNG 图片，PDF 和 Word 文件。")
        if file.size > settings.MESSAGE_FILE_MAX:
            raise ValidationError(f"文件太大，每个最多 {settings.MESSAGE_FILE_MAX // 1_000_000} MB。")
        validate_attachment(file)
        if extension in PICTURES:
            file.seek(0)
            pictures.check(file)
    except ValidationError as error:
        raise ValidationError(f"“{name}”：{error.messages[0]}") from None
    finally:
        file.seek(0)


holding = Holding(
    MessageAttachment, "message", "feedback", validate_file, files_max="MESSAGE_FILES_MAX", held_max="MESSAGE_HELD_MAX"
)
