import codecs
import re

from news.saved_page.page import NotAnArticle

SIZE_MAX = 10_000_000  # bytes; a saved page without its pictures has rarely 1 MB

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"{\\rtf", "RTF 文件"),
)
_ARCHIVE = re.compile(
    rb"\s*(?:From:.{0,200}\r?\n(?:.{0,200}\r?\n){0,8})?MIME-Version:|.{0,2000}?multipart/related", re.I | re.S
)
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*big5", re.I)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]")


def decode(data):
    """Return the text of a saved page, without control characters. Raises NotAnArticle.

    A byte order mark decides. Then comes strict UTF-8, before the charset that the page declares: Chinese text in
    GBK is practically never valid UTF-8, UTF-8 often is valid GB18030 (as rubbish), and pages that were saved anew
    in UTF-8 keep their old declaration. What is not UTF-8 is GB18030, which holds GBK and GB2312, also where a page
    declares UTF-8 or Latin 1; or Big5, but only where the page says so.
    """
    if len(data) > SIZE_MAX:
        raise NotAnArticle(f"文件太大，超过 {SIZE_MAX // 1_000_000} MB")
    for beginning, kind in _KINDS:
        if data.startswith(beginning):
            raise NotAnArticle(f"这是{kind}，不是网页")
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    text = _NOT_TEXT.sub("", text)
    if not text.strip():
        raise NotAnArticle("文件是空的")
    return text


def _decoded(data):
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, [encoding])
    if b"\0" in data:
        raise NotAnArticle("这是二进制文件，不是网页")
    if _ARCHIVE.match(data[:4000]):
        raise NotAnArticle("这是 MHT 网页归档，请在浏览器里另存为“网页，全部”")
    return _strict(data, ["utf-8", "big5hkscs", "gb18030"] if _BIG5.search(data[:4000]) else ["utf-8", "gb18030"])


def _strict(data, encodings):
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAnArticle("文字编码无法识别(不是 UTF-8,也不是 GB18030),或文件已损坏")
