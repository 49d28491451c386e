"""Word documents at the desk: what comes along, what is told, what is refused with a clear line."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from news.models import Article
from news.word import WordRefused, read_docx
from portal.models import Picture
from tests.factories import client_of, make_column, make_member, make_staff
from tests.news.word_documents import docx, p, picture, png, relationships, run

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/news/article/from-word/"


def refusal(file):
    with pytest.raises(WordRefused) as refused:
        read_docx(file)
    return str(refused.value)


def with_part(name, data, **options):
    return docx(p("文。"), extra=[(name, data)], **options)


def changed(file, act):
    return ContentFile(act(file.read()), name=file.name)


def encrypted_entry(data):
    """The bit that says an entry is encrypted, in its local and its central header."""
    local, central = bytearray(data), data.index(b"PK\x01\x02")
    local[6] |= 1
    local[central + 8] |= 1
    return bytes(local)


def bomb():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(3):
            archive.writestr(f"word/media/{number}.png", b"\x00" * 40_000_000)
    return ContentFile(buffer.getvalue(), name="a.docx")


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: ContentFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, name="a.doc"), "另存为 .docx"),
        (lambda: ContentFile(b"x", name="a.wps"), "另存为 .docx"),
        (lambda: ContentFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, name="a.docx"), "旧格式"),
        (
            lambda: ContentFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), name="a.docx"),
            "打开密码",
        ),
        (lambda: docx(p("文。"), name="a.docm"), "宏"),
        (lambda: ContentFile(b"%PDF-1.4", name="a.pdf"), "不是 Word 文档"),
        (lambda: ContentFile(b"", name="a.docx"), "没有传完整"),
        (lambda: changed(docx(p("文。")), lambda data: data[: len(data) // 2]), "已损坏"),
        (lambda: changed(docx(p("文。")), encrypted_entry), "密码"),
        (bomb, "解压后太大"),
        (lambda: with_part("word/a.xml", b"<a>" + b" " * 21_000_000 + b"</a>"), "解压后太大"),
        (lambda: with_part("../../etc/cron.d/x", b"x"), "路径不安全"),
        (lambda: with_part("C:\\x.xml", b"x"), "路径不安全"),
        (lambda: with_part("word/vbaProject.bin", b"x"), "宏"),
        (lambda: with_part("word/x.xml", ENTITY.encode()), "外部内容"),
        (lambda: with_part("word/x.rels", ENTITY.encode("utf-16")), "外部内容"),
        (lambda: docx("<w:p><w:r>"), "内部结构"),
        (lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000), "内部结构"),
    ],
)  # fmt: skip
def test_what_cannot_or_must_not_be_read_gets_a_clear_line(make, line):
    assert line in refusal(make())


def test_a_picture_of_a_gigabyte_of_pixels_is_left_out_and_told():
    huge = bytearray(png())
    huge[16:24] = (30_000).to_bytes(4, "big") + (12_000).to_bytes(4, "big")
    import zlib

    huge[29:33] = zlib.crc32(bytes(huge[12:29])).to_bytes(4, "big")
    document = read_docx(docx(p("文。") + p(inside=picture(1)), pictures=[bytes(huge)]))
    assert document.pictures == []
    assert "<img" not in document.body_html
    assert any("像素太多" in line for line in document.dropped)


def test_a_linked_picture_is_not_fetched():
    relations = relationships(
        [("rId1", "styles", "styles.xml", ""), ("rIdP1", "image", "http://127.0.0.1:9/x.png", ' TargetMode="External"')]
    )
    xml = picture(1).replace("r:embed", "r:link")
    document = read_docx(docx(p("文。") + p(inside=xml), extra=[("word/_rels/document.xml.rels", relations)]))
    assert "<img" not in document.body_html
    assert any("只是一个链接" in line for line in document.dropped)


def test_links_that_run_something_go_and_good_ones_stay():
    links = [("rIdL1", "javascript:alert(1)"), ("rIdL2", "https://example.org/a")]
    body = "".join(f'<w:p><w:hyperlink r:id="{key}">{run(key)}</w:hyperlink></w:p>' for key, _ in links)
    html = read_docx(docx(body, links=links)).body_html
    assert "javascript" not in html
    assert 'href="https://example.org/a"' in html


def test_alignment_indents_headings_and_the_title_come_along():
    body = (
        p("某某协会文件", align="center") + p("关于开展活动的通知", style="1") + p("一、安排", style="2", align="center")
        + p("正文。", first=420) + p("秘书处", align="right") + p("居中说明", style="a4")
    )  # fmt: skip
    document = read_docx(docx(body))
    assert document.title == "关于开展活动的通知"
    assert document.body_html == (
        '<p style="text-align:center">某某协会文件</p><h2 style="text-align:center">一、安排</h2>'
        '<p style="text-indent:2em">正文。</p><p style="text-align:right">秘书处</p><p style="text-align:center">居中说明</p>'
    )
    assert read_docx(docx(p("没有样式的标题", align="center") + p("正文。"))).title == "没有样式的标题"
    assert read_docx(docx(p("只有正文。"))).title == ""


def test_nested_lists_are_nested():
    body = p("甲", num=(1, 0)) + p("乙", num=(1, 1)) + p("丙", num=(1, 0))
    assert read_docx(docx(body)).body_html == "<ol><li>甲<ol><li>乙</li></ol></li><li>丙</li></ol>"


def test_what_does_not_come_along_is_counted():
    body = (
        '<w:p><w:r><w:commentReference w:id="1"/></w:r><m:oMath><m:r/></m:oMath></w:p>'
         f'<w:p><w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>{run("文", properties=chr(60) + "w:color w:val=" + chr(34) + "FF0000" + chr(34) + "/>")}</w:p>'
        + p("项", num=(3, 0))
    )  # fmt: skip
    header = "<w:hdr xmlns:w='x'><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>"
    lines = read_docx(docx(body, extra=[("word/header1.xml", header)])).dropped
    for expected in ("批注 1 条", "公式 1 个", "修订中删去的文字 1 处", "页眉和页脚", "自动编号", "字体、字号和颜色"):
        assert any(expected in line for line in lines), expected


def test_an_editor_makes_a_draft_from_a_document():
    column, editor = make_column(), make_member("editor")
    file = docx(
        p("园区发展报告", style="a3") + p("既使正文。") + p(inside=picture(1)) + p(inside=picture(2, description="图片 2")) + p("末。"),
        pictures=[png(1), png(1)],
    )  # fmt: skip
    answer = client_of(editor).post(UPLOAD, {"column": column.pk, "file": file}, follow=True)
    article = Article.objects.get()
    assert answer.redirect_chain == [(f"/admin/news/article/{article.pk}/change/", 302)]
    assert (article.title, article.status, article.created_by) == ("园区发展报告", "draft", editor)
    version = article.versions.get()
    assert (version.created_by, version.content["published_at"]) == (editor, None)
    kept = Picture.objects.get()  # the same picture twice is one
    assert (kept.alt, kept.uploaded_by) == ("园区全景", editor)
    assert article.body.count(f'src="{kept.file.url}"') == 2
    assert 'width="41" height="30"' in article.body
    assert "存为草稿" in answer.content.decode()


def test_a_refused_document_keeps_the_form(settings):
    column, editor = make_column(), make_member("editor")
    answer = client_of(editor).post(UPLOAD, {"column": column.pk, "file": ContentFile(b"x", name="a.doc")})
    page = answer.content.decode()
    assert "另存为 .docx" in page
    assert f'<option value="{column.pk}" selected>' in page
    assert not Article.objects.exists()
    elsewhere = make_member("editor", columns=[make_column()])
    refused = client_of(elsewhere).post(UPLOAD, {"column": column.pk, "file": docx(p("文。"))})
    assert refused.status_code == 200
    assert not Article.objects.exists()
    assert client_of(make_staff("news.view_article")).get(UPLOAD).status_code == 403
