"""Attachments: what may be kept, how it is kept and how it is given out."""

import re
import uuid
import zipfile
import zlib
from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404
from django.utils import timezone

from portal.headers import DOWNLOAD_POLICY

# Extension → how such a file begins.
OFFICE = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = {
    ".pdf": [b"%PDF-"],
    ".docx": [OFFICE], ".xlsx": [OFFICE], ".pptx": [OFFICE], ".zip": [OFFICE],
    ".doc": [OLD_OFFICE], ".xls": [OLD_OFFICE], ".ppt": [OLD_OFFICE], ".wps": [OLD_OFFICE], ".et": [OLD_OFFICE],
    ".ofd": [OFFICE],
    ".jpg": [b"\xff\xd8\xff"], ".jpeg": [b"\xff\xd8\xff"], ".png": [b"\x89PNG\r\n\x1a\n"],
    ".txt": [], ".csv": [],
}  # fmt: skip
OFFICE_PARTS = (".docx", ".xlsx", ".pptx")
ENTRIES_MAX = 2_000
UNPACKED_MAX = 500_000_000  # bytes
OFFICE_UNPACKED_MAX = 100_000_000
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def files_storage():
    return storages["files"]


def random_name(instance, filename):
    """`upload_to` of every attachment: a random name with the checked extension."""
    return f"attachments/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


def validate_attachment(file):
    """Validator of file fields. Raises ValidationError, with a message for people, for what may not be kept.

    A file that is kept already was judged when it came: it is not read again, and may even be missing.
    """
    if getattr(file, "_committed", False):
        return
    extension = PurePath(file.name or "").suffix.lower()
    if extension not in BEGINNINGS:
        raise ValidationError(
            f"不能上传“{extension[:10] or '没有扩展名'}”文件。可以上传：{'、'.join(e[1:] for e in BEGINNINGS)}。",
            code="extension",
        )
    if file.size > settings.ATTACHMENT_MAX:
        raise ValidationError(f"文件太大，最多 {settings.ATTACHMENT_MAX // 1_000_000} MB。", code="too_large")
    file.seek(0)
    beginning = file.read(16)
    file.seek(0)
    expected = BEGINNINGS[extension]
    if expected and not any(beginning.startswith(start) for start in expected):
        raise ValidationError(f"文件的内容不是 {extension[1:]} 格式，请检查后再上传。", code="content")
    if beginning.startswith(OFFICE):
        check_archive(file, extension)


def check_archive(file, extension, *, part_max=OFFICE_UNPACKED_MAX):
    """Raise ValidationError for an archive that is broken, encrypted or made to do harm; `file` is left at its start.

    Of office documents every part is read: it has the size that it announces, at most `part_max` where it is XML.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_paths(entry.filename for entry in entries)
            limit = OFFICE_UNPACKED_MAX if extension in OFFICE_PARTS else UNPACKED_MAX
            if len(entries) > ENTRIES_MAX or sum(entry.file_size for entry in entries) > limit:
                raise ValidationError("文件解压后太大，没有保存。", code="bomb")
            if extension in OFFICE_PARTS:
                _check_office(entries, extension)
                for entry in entries:
                    _check_part(archive, entry, part_max)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise ValidationError("文件已损坏，无法打开。", code="broken") from error
    finally:
        file.seek(0)


def _check_paths(names):
    for name in names:
        path = name.replace("\\", "/")
        if path.startswith("/") or re.match("[a-zA-Z]:", path) or ".." in path.split("/"):
            raise ValidationError("文件内部的路径不安全，没有保存。", code="path")


def _check_office(entries, extension):
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError("文件设了密码，没有保存。请去掉密码后再上传。", code="encrypted")
    if len(set(names)) != len(names):
        raise ValidationError("文件内部有重名的部分，没有保存。请重新另存后再上传。", code="broken")
    if "[Content_Types].xml" not in names:
        raise ValidationError(f"文件的内容不是 {extension[1:]} 格式，请检查后再上传。", code="content")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError("文件中有宏，没有保存。请另存为不含宏的文件。", code="macro")


def _check_part(archive, entry, part_max):
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    if is_xml and entry.file_size > part_max:
        raise ValidationError("文件解压后太大，没有保存。", code="bomb")
    with archive.open(entry) as part:  # reading to the end compares size and checksum
        if not is_xml:
            while part.read(1_000_000):
                pass
            return
        # No office program writes a document type: it is there to name entities, in files or on other hosts.
        if DOCTYPE.search(part.read().replace(b"\0", b"")):
            raise ValidationError("文件里引用了外部内容，没有保存。请重新另存后再上传。", code="entities")


def download(file, name):
    """Return the answer that gives `file` out as a download called `name`: never shown inside the site.

    Raises Http404 where the storage has lost it.
    """
    try:
        content = file.open("rb")
    except OSError:
        raise Http404("这个文件不在了，请联系网站管理员。") from None
    response = FileResponse(content, content_type="application/octet-stream")
    fallback = f"download{PurePath(name).suffix}".encode("ascii", "ignore").decode()
    response["Content-Disposition"] = f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response
