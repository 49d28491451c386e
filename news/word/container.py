"""The file that a Word document comes in: refused with a clear line where it cannot be read, or should not."""

from pathlib import PurePath

from django.core.exceptions import ValidationError

from portal.files import OLD_OFFICE, check_archive

SIZE_MAX = 60_000_000  # bytes
PART_MAX = 20_000_000  # bytes of XML; the longest government reports have about 3,000,000
AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"


class WordRefused(Exception):
    """Says in Chinese why a file is not read."""


def check_container(file):
    """Raise WordRefused unless `file` (a file object with name and size) is a .docx that may be opened."""
    extension = PurePath(file.name or "").suffix.lower()
    if extension in (".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt"):
        raise WordRefused(f"“{extension}”是别的格式。{AS_DOCX}")
    if extension in (".docm", ".dotm"):
        raise WordRefused(f"文件里可以有宏，没有读取。{AS_DOCX}")
    if extension != ".docx":
        raise WordRefused(f"这不是 Word 文档（{extension[:10] or '没有扩展名'}）。请上传 .docx 文件。")
    if file.size > SIZE_MAX:
        raise WordRefused(f"文件太大，最多 {SIZE_MAX // 1_000_000} MB。请压缩图片后再上传。")
    file.seek(0)
    beginning = file.read(8)
    if beginning == OLD_OFFICE:
        _refuse_old(file)
    if not file.size or not beginning.startswith(b"PK\x03\x04"):
        raise WordRefused("文件的内容不是 Word 文档，或者没有传完整。请重新保存后再上传。")
    try:
        check_archive(file, ".docx", part_max=PART_MAX)
    except ValidationError as error:
        raise WordRefused(error.messages[0]) from error


def _refuse_old(file):
    """An OLE container: a .docx under a password, or a .doc under another name."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        raise WordRefused("文件设了打开密码，无法读取。请去掉密码后再上传。")
    raise WordRefused(f"这是旧格式的文档，只是扩展名改成了 .docx。{AS_DOCX}")
