"""Attachments: what may be kept, and how it is given out."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import LibraryFile
from portal.files import ENTRIES_MAX, validate_attachment
from tests.factories import make_article, make_attachment, make_journal_issue, picture_bytes


def archive(**parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def docx(**parts):
    return archive(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w:document/>"} | parts)


ACCEPTED = {
    "a.pdf": b"%PDF-1.7 ...",
    "表.DOCX": docx(),
    "a.xlsx": docx(),
    "a.zip": archive(a="1"),
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...",
    "a.png": picture_bytes(),
    "a.txt": "文字".encode(),
}
REFUSED = {
    "program": ("a.exe", b"MZ", "不能上传"),
    "page": ("a.html", b"<script>", "不能上传"),
    "drawing": ("a.svg", b"<svg onload=alert(1)>", "不能上传"),
    "no extension": ("a", b"%PDF-", "没有扩展名"),
    "two extensions": ("a.pdf.html", b"%PDF-", "不能上传"),
    "HTML as .pdf": ("a.pdf", b"<html>", "不是 pdf 格式"),
    "zip as .docx": ("a.docx", archive(a="1"), "不是 docx 格式"),
    "macros": ("a.docx", docx(**{"word__vbaProject.bin": "x"}), "宏"),
    "path that climbs": ("a.zip", archive(**{"..__evil": "x"}), "路径不安全"),
    "too many parts": ("a.zip", archive(**{f"f{n}": "" for n in range(ENTRIES_MAX + 1)}), "解压后太大"),
    "bomb": ("a.docx", docx(bomb=b"\0" * 101_000_000), "解压后太大"),
    "cut": ("a.docx", docx(big="x" * 5_000)[:-30], "已损坏"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_may_be_kept(name):
    validate_attachment(SimpleUploadedFile(name, ACCEPTED[name]))


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_with_a_reason(case):
    name, content, message = REFUSED[case]
    with pytest.raises(ValidationError, match=message):
        validate_attachment(SimpleUploadedFile(name, content))


def test_a_part_that_is_not_what_it_announces_is_broken():
    content = bytearray(docx(part="x" * 1_000))
    content[content.index(b"part") + 8] ^= 0xFF
    with pytest.raises(ValidationError, match="已损坏"):
        validate_attachment(SimpleUploadedFile("a.docx", bytes(content)))


def test_too_large(settings):
    settings.ATTACHMENT_MAX = 1_000_000
    with pytest.raises(ValidationError, match="文件太大"):
        validate_attachment(SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 1_000_000))


@pytest.mark.django_db
def test_a_kept_file_is_not_judged_again_even_when_it_is_lost():
    attachment = make_attachment(make_article())
    file = attachment.library_file
    file.file.storage.delete(file.file.name)
    LibraryFile.objects.get(pk=file.pk).full_clean()


@pytest.mark.django_db
def test_a_lost_file_is_a_page_that_says_so(client):
    attachment, issue = make_attachment(make_article()), make_journal_issue()
    issue.pdf.save("a.pdf", ContentFile(b"%PDF-1.4"))
    for row, file, address in (
        (attachment.library_file, "file", attachment.get_absolute_url()),
        (issue, "pdf", reverse("news:journal_pdf", args=[issue.year, issue.number])),
    ):
        assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4"
        kept = getattr(row, file)
        kept.storage.delete(kept.name)
        answer = client.get(address)
        assert (answer.status_code, "这个文件不在了" in answer.text) == (404, True)


@pytest.mark.django_db
def test_readers_get_a_download_and_nothing_that_runs(client):
    attachment = make_attachment(make_article(), name='报告"\r\nX-Evil: 1')
    response = client.get(attachment.get_absolute_url())
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "X-Evil" not in response.headers
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
