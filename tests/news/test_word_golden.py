"""Forty Word documents: their text comes identical, their tables with identical spans, and cleaning again changes nothing."""

import re

import pytest

from news.word import read_docx
from portal.richtext.cleaning import clean, plain_text
from tests.news.word_documents import docx, footnote, p, picture, png, run, table

TABLES = {
    "plain": [[("指标", 1, 1), ("数值", 1, 1)], [("面积", 1, 1), ("12", 1, 1)]],
    "head over two columns": [[("指标", 2, 1)], [("甲", 1, 1), ("乙", 1, 1)]],
    "name beside two rows": [[("东区", 1, 2), ("一", 1, 1)], [("二", 1, 1)]],
    "two by two": [[("合计", 2, 2), ("一", 1, 1)], [("二", 1, 1)], [("三", 1, 1), ("四", 1, 1), ("五", 1, 1)]],
    "corner": [[("序号", 1, 2), ("名称", 1, 2), ("年度", 2, 1)], [("上", 1, 1), ("下", 1, 1)], [("1", 1, 1), ("区", 1, 1), ("3", 1, 1), ("4", 1, 1)]],
    "three deep": [[("类", 1, 3), ("甲", 1, 1)], [("乙", 1, 1)], [("丙", 1, 1)], [("其他", 1, 1), ("丁", 1, 1)]],
    "two merges beside": [[("左", 1, 2), ("右", 1, 2), ("一", 1, 1)], [("二", 1, 1)]],
    "merge after merge": [[("甲", 1, 2), ("一", 1, 1)], [("二", 1, 1)], [("乙", 1, 2), ("三", 1, 1)], [("四", 1, 1)]],
    "last row over all": [[("一", 1, 1), ("二", 1, 1), ("三", 1, 1)], [("注：单位为公顷", 3, 1)]],
    "empty cells": [[("", 1, 1), ("一", 1, 1)], [("二", 1, 1), ("", 1, 1)]],
}  # fmt: skip


def lists(*levels, kind=1):
    return "".join(p(f"第{n}项，层级{level}", style="a6", num=(kind, level)) for n, level in enumerate(levels, 1))


def items(*levels):
    return [f"第{n}项，层级{level}" for n, level in enumerate(levels, 1)]


BOLD = run("重点", properties="<w:b/><w:color w:val='FF0000'/><w:sz w:val='32'/><w:rFonts w:eastAsia='仿宋_GB2312'/>")
WPS = p(
    "WPS 段落",
    first=640,
    inside='<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>，续写</w:t></w:r><wpsCustomData:x/>',
)
WECHAT = "".join(
    f'<w:p><w:pPr><w:shd w:val="clear" w:fill="FFFFFF"/><w:wordWrap w:val="0"/></w:pPr><w:r><w:rPr><w:rFonts '
    f'w:ascii="system-ui"/><w:color w:val="3E3E3E"/><w:spacing w:val="8"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    for text in ("公众号第一段。", "公众号第二段。")
)

# name → (body, footnotes, pictures, the lines of text that the article must have)
DOCUMENTS = {
    **{f"table, {name}": (table(rows), [], 0, [cell[0] for row in rows for cell in row if cell[0]]) for name, rows in TABLES.items()},
    **{
        f"table between paragraphs, {name}": (p("表前。") + table(rows) + p("表后。"), [], 0, ["表前。", *[c[0] for r in rows for c in r if c[0]], "表后。"])
        for name, rows in list(TABLES.items())[:4]
    },
    "numbered list": (lists(0, 0, 0), [], 0, items(0, 0, 0)),
    "nested list": (lists(0, 1, 1, 0), [], 0, items(0, 1, 1, 0)),
    "list of three levels": (lists(0, 1, 2, 1, 0), [], 0, items(0, 1, 2, 1, 0)),
    "bullets": (lists(0, 0, kind=2), [], 0, items(0, 0)),
    "bullets below numbers": (lists(0) + p("小点", num=(2, 1)), [], 0, [*items(0), "小点"]),
    "list of Han numbers": (lists(0, 0, kind=3), [], 0, items(0, 0)),
    "list, text, list": (lists(0) + p("中间。") + lists(0), [], 0, [*items(0), "中间。", *items(0)]),
    "headings": (p("一、总体", style="2") + p("（一）内容", style="3") + p("正文。"), [], 0, ["一、总体", "（一）内容", "正文。"]),
    "one picture": (p("图前。") + p(inside=picture(1)) + p("图后。"), [], 1, ["图前。", "图后。"]),
    "picture in a sentence": (p("图在", inside=picture(1) + run("这里。")), [], 1, ["图在这里。"]),
    "three pictures": (p(inside=picture(1) + picture(2)) + p("文。", inside=picture(3)), [], 3, ["文。"]),
    "picture in a table": (f"<w:tbl><w:tr><w:tc>{p('格', inside=picture(1))}</w:tc></w:tr></w:tbl>", [], 1, ["格"]),
    "footnote": (p("正文", inside=footnote(1) + run("。")), ["注释一。"], 0, ["正文[1]。", "注释一。 ↑"]),
    "two footnotes": (p("甲", inside=footnote(1)) + p("乙", inside=footnote(2)), ["注一。", "注二。"], 0, ["甲[1]", "乙[2]", "注一。 ↑", "注二。 ↑"]),
    "centred and indented": (p("落款", align="right") + p("正文。", first=420), [], 0, ["落款", "正文。"]),
    "bold and coloured": (p("有", inside=BOLD + run("字。")), [], 0, ["有重点字。"]),
    "line breaks": (p("第一行\n第二行"), [], 0, ["第一行", "第二行"]),
    "marks of markup": (p("A<B & “C”>D &amp; x"), [], 0, ["A<B & “C”>D &amp; x"]),
    "rare characters": (p("𠮷野家　㐂、①②③、㎡、℃"), [], 0, ["𠮷野家 㐂、①②③、㎡、℃"]),
    "empty paragraphs": (p("前。") + p() * 3 + p("后。"), [], 0, ["前。", "后。"]),
    "insertions accepted": (f'<w:p><w:ins w:id="1" w:author="x">{run("新增")}</w:ins>{run("。")}</w:p>', [], 0, ["新增。"]),
    "deletions dropped": (f'<w:p>{run("留")}<w:del w:id="1" w:author="x"><w:r><w:delText>去</w:delText></w:r></w:del>{run("下。")}</w:p>', [], 0, ["留下。"]),
    "WPS": (WPS, [], 0, ["WPS 段落，续写"]),
    "WPS with table and list": (WPS + table(TABLES["corner"]) + lists(0, 1), [], 0, ["WPS 段落，续写", *[c[0] for r in TABLES["corner"] for c in r], *items(0, 1)]),
    "WeChat": (WECHAT, [], 0, ["公众号第一段。", "公众号第二段。"]),
    "WeChat with pictures": (WECHAT + p(inside=picture(1)), [], 1, ["公众号第一段。", "公众号第二段。"]),
    "everything": (
        p("一、情况", style="2") + p("正文", first=420, inside=footnote(1)) + lists(0, 1) + table(TABLES["two by two"]) + p(inside=picture(1)),
        ["来源：年报。"], 1,
        ["一、情况", "正文[1]", *items(0, 1), *[c[0] for r in TABLES["two by two"] for c in r], "来源：年报。 ↑"],
    ),
}  # fmt: skip


def test_there_are_forty_documents():
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_its_text_and_its_spans(name):
    body, footnotes, count, expected = DOCUMENTS[name]
    file = docx(
        p("关于印发办法的通知", style="a3") + body, footnotes=footnotes, pictures=[png(n) for n in range(1, count + 1)]
    )
    document = read_docx(file)
    assert document.title == "关于印发办法的通知"
    assert plain_text(document.body_html).split("\n") == expected
    assert len(document.pictures) == count == document.body_html.count('src="/word-picture/')
    assert clean(str.__str__(document.body_html)) == document.body_html
    assert not re.search(r'class="|mso|<font|color|javascript', document.body_html)
    tables = [rows for key, rows in TABLES.items() if name.endswith(f", {key}")]
    if tables:
        assert spans(document.body_html) == [(c[1], c[2]) for row in tables[0] for c in row]


def spans(html):
    cells = re.findall(r"<t[dh]([^>]*)>", html)
    return [
        tuple(int((re.search(f'{name}="([0-9]+)"', cell) or [0, 1])[1]) for name in ("colspan", "rowspan"))
        for cell in cells
    ]
