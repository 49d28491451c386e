"""What `read` refuses, and what it never lets through, however a page is made."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.saved_page import NotAnArticle, SavedPage, read
from tests.news.saved_pages import NAMES, make_page, page_text

KNOWN_ELEMENTS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "table", "caption", "tbody", "tr", "td", "th", "a", "img", "br", "strong", "em", "u",
    "sub", "sup",
}  # fmt: skip
KNOWN_ATTRIBUTES = {"href", "src", "alt", "class", "style", "colspan", "rowspan"}


def refusal(data):
    with pytest.raises(NotAnArticle) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t ", "文件是空的"),
        (b"\xef\xbb\xbf", "文件是空的"),
        (b"%PDF-1.4 ...", "这是PDF 文件，不是网页"),
        (b"PK\x03\x04....", "这是压缩包或 Office 文件，不是网页"),
        (b"\x89PNG\r\n\x1a\n...", "这是图片，不是网页"),
        (b"<html>\0\0", "这是二进制文件，不是网页"),
        (b"a" * 10_000_001, "文件太大，超过 10 MB"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "这是 MHT 网页归档，请在浏览器里另存为“网页，全部”"),
        ("网页".encode() + b"\xff\xff\x80", "文字编码无法识别(不是 UTF-8,也不是 GB18030),或文件已损坏"),
        (b"\xff\xfe\x00", "文字编码无法识别(不是 UTF-8,也不是 GB18030),或文件已损坏"),
        (page_text("list_page.html").encode(), "像是列表页，不是文章"),
        (page_text("title_list.html").encode(), "像是列表页，不是文章"),
        (page_text("login.html").encode(), "像是登录页，不是文章"),
        (b"<html><title>404 Not Found</title><body><h1>404 Not Found</h1></body></html>", "没有找到发布时间"),
        (make_page(body=""), "没有找到正文"),
        (make_page(body="<a href='1.html'>一</a> <a href='2.html'>二</a>"), "没有找到正文"),
        (make_page(title=""), "没有找到标题"),
        (make_page(title="长" * 101), "标题超过 100 个字"),
        (make_page(body="<p>长。</p>" * 80_000), "正文太长，超过 50 万个字符"),
        (make_page(body="<div>" * 100_000 + "文字。"), "网页的标签嵌套太深，读不完整"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(data, reason):
    assert refusal(data) == reason


def test_a_page_nested_as_deeply_as_pages_are_is_read():
    saved = read(make_page(body="<div>" * 1_500 + "<b>" * 400 + "园区建成光伏。"))
    assert saved.body_html == "<p><strong>园区建成光伏。</strong></p>"


def test_entities_of_a_document_type_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("不可读出的内容", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "替换后的内容">]>'
    saved = read(doctype.encode() + make_page(body="<p>园区建成光伏。&a;&b;</p>"))
    assert "内容" not in saved.body_html


@pytest.mark.parametrize(
    "address",
    [
        "../secret.png", "a/../../secret.png", "/etc/secret.png", "\\\\host\\secret.png", "C:\\secret.png", "file:///etc/secret.png",
        "%2e%2e/secret.png", "..%2fsecret.png", "..%5csecret.png", "%2fetc/secret.png", "a%00/secret.png", "javascript:secret.png",
    ],
)  # fmt: skip
def test_a_picture_outside_of_the_folder_is_left_out_and_named(address):
    saved = read(make_page(body=f'<p>园区建成光伏。</p><p><img src="{address}"></p>'))
    assert saved.pictures == ()
    assert "img" not in saved.body_html
    assert "secret.png" in saved.notes[0]


def test_pictures_of_other_hosts_are_left_as_links_and_written_in_ones_are_named():
    remote = '<img src="https://img.example/a.png" alt="园区"><img src="//img.example/b.png">'
    saved = read(make_page(body=f'<p>园区建成光伏。</p><p>{remote}<img src="data:image/png;base64,iVBORw0KGgo="></p>'))
    assert '<a class="remote-picture" href="https://img.example/a.png">[园区]</a>' in saved.body_html
    assert "https://img.example/b.png" in saved.body_html
    assert "<img" not in saved.body_html
    assert saved.notes == ("写在网页里的图片(data:)没有导入",)


def test_a_local_picture_is_found_under_every_way_of_writing_its_path():
    body = "".join(
        f'<p><img src="{path}"></p>' for path in ("./图/一.png", quote("图/二.png"), "图\\三.png", "图/四.png?v=2")
    )
    assert read(make_page(body=body)).pictures == ("图/一.png", "图/二.png", "图/三.png", "图/四.png")
    lazy = (
        '<p><img src="loading.gif" data-original="图/五.png"></p><p><img src="icon.gif" width="16">园区建成光伏。</p>'
    )
    assert read(make_page(body=lazy)).pictures == ("图/五.png",)


def test_nothing_that_runs_comes_through():
    body = (
        '<p onclick="alert(1)">园区<script>alert(2)</script>建成<a href="javascript:alert(3)">光伏</a>。</p>'
        '<iframe src="https://x.example"></iframe><svg><script>alert(4)</script></svg><style>p{}</style>'
        """<p>甲<img src='a" onerror="alert(5).png' alt='" onload="alert(6)'>乙。&lt;script&gt;</p>"""
    )
    html = read(make_page(body=body)).body_html
    assert "<p>园区建成光伏。</p>" in html
    assert "&lt;script&gt;" in html
    assert_harmless(html)


def assert_harmless(html):
    """Every "<" begins an element we write, with attributes we write, and nothing breaks out of their quotes."""
    element = re.compile(r'</?([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>')
    for rest in html.split("<")[1:]:
        match = element.match("<" + rest)
        assert match, rest[:80]
        assert match[1] in KNOWN_ELEMENTS
        assert set(re.findall(r' ([a-z]+)="[^"]*"', match[2])) <= KNOWN_ATTRIBUTES
        assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript):', match[2], re.IGNORECASE)


def read_or_refuse(data):
    """Read; the outcome is a SavedPage that keeps its promises, or a refusal in words. Anything else fails the test."""
    saved = reason = None
    try:
        saved = read(data)
    except NotAnArticle as refused:
        reason = str(refused)
    if saved is None:
        assert re.search("[\u4e00-\u9fff]", reason)
        return
    assert isinstance(saved, SavedPage)
    assert saved.published_at.tzinfo is not None
    assert 2 <= len(saved.title) <= 100
    assert all(0 < len(name) <= 30 for name in saved.column_path)
    assert all(not path.startswith("/") and ".." not in path.split("/") for path in saved.pictures)
    assert not re.search("[\0\ud800-\udfff]", saved.title + saved.body_html + saved.source)
    assert_harmless(saved.body_html)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3_000))
def test_random_bytes_never_raise_anything_but_a_refusal(data):
    read_or_refuse(data)


FRAGMENTS = [
    b"<", b">", b'"', b"'", b"&", b"</", b"<!--", b"-->", b"<table><tr><td>", b"</table>", b"<li>", b"<ul>", b"<a href=javascript:x>",
    b"<img src=../x>", b"<br>", b"<h1>", b"\0", b"\xff\xfe", b"\xa1", b"&#0;", b"&#xD800;", b"<base href=http://[>", b"<a href=http://[>",
    "发布时间:".encode(), "来源:".encode(), b"2023-99-99", "当前位置:首页>".encode(), "\u3000\u2028".encode(), b"\r", b"9" * 30,
    b"<td rowspan=99999999999 colspan=-1>", b"<pre>\n\n", b"<div hidden class=trs_editor>", b"<svg><p>", b"<title>",
]  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(NAMES),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), st.sampled_from(FRAGMENTS)), max_size=8),
)
def test_damaged_pages_never_raise_anything_but_a_refusal(name, encoding, cuts):
    data = page_text(name).encode(encoding)
    for place, removed, inserted in cuts:
        at = int(place * len(data))
        data = data[:at] + inserted + data[at + removed :]
    read_or_refuse(data)


@settings(max_examples=200, deadline=None)
@given(
    info=st.text(alphabet="来源:发布时间日期点击量 作者0123456789-/年月日\u3000\n()[]|", max_size=60),
    body=st.lists(st.text(alphabet="园区建成、,。:;?<>&\"'一二(附件)•\n\u3000 A", max_size=40), max_size=6),
)
def test_odd_texts_never_raise_anything_but_a_refusal(info, body):
    rows = "\n\n".join(body)
    read_or_refuse(f"当前位置:首页> 资讯\n\n园区推进绿色发展\n\n{info}\n\n{rows}".encode())
