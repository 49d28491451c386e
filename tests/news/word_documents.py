"""Word documents made part by part, as Word, WPS and pages pasted from WeChat write them."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile

from tests.factories import picture_bytes

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Chinese Word names its styles by numbers; WPS keeps English names.
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in [
        ("a", "Normal", ""), ("1", "heading 1", ""), ("2", "heading 2", ""), ("3", "heading 3", ""),
        ("a3", "Title", '<w:pPr><w:jc w:val="center"/></w:pPr>'),
        ("a4", "居中正文", '<w:basedOn w:val="a3"/>'), ("a5", "footnote text", ""), ("a6", "List Paragraph", ""),
    ]
)  # fmt: skip
LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{{format}}"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
    for level in range(5)
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{LEVELS.format(format="decimal")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{LEVELS.format(format="bullet")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="3">{LEVELS.format(format="chineseCounting")}</w:abstractNum>'
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
)


def run(text, *, properties=""):
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{parts}</w:r>"


def p(text="", *, style="", align="", first="", num="", inside=""):
    properties = ""
    if style:
        properties += f'<w:pStyle w:val="{style}"/>'
    if num:
        number, level = num
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    if first:
        properties += f'<w:ind w:firstLineChars="200" w:firstLine="{first}"/>'
    if align:
        properties += f'<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inside}</w:p>"


def table(rows):
    """`rows` of (text, colspan, rowspan); a cell that another reaches into from above is left out of its row."""
    xml, running = "", {}
    for row in rows:
        cells, column, given = "", 0, list(row)
        while given or column in running:
            if column in running:
                span, left = running.pop(column)
                cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vMerge/></w:tcPr>{p()}</w:tc>'
                if left > 1:
                    running[column] = (span, left - 1)
                    column += span
                    continue
                column += span
                continue
            text, span, down = given.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
            cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{p(text)}</w:tc>'
            if down > 1:
                running[column] = (span, down - 1)
            column += span
        xml += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/>{xml}</w:tbl>"


def picture(number=1, *, description="园区全景"):
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/>'
        f'<wp:docPr id="{number}" name="图片 {number}" descr="{escape(description)}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="rIdP{number}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def footnote(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def docx(body, *, footnotes=(), pictures=(), name="稿件.docx", extra=(), links=(), styles=STYLES):
    """Return a file: `pictures` are bytes, `extra` (name, data) further parts, `links` (id, address) of hyperlinks."""
    relations = [
        ("rId1", "styles", "styles.xml", ""), ("rId2", "numbering", "numbering.xml", ""), ("rId3", "footnotes", "footnotes.xml", ""),
        *((f"rIdP{n}", "image", f"media/image{n}.png", "") for n in range(1, len(pictures) + 1)),
        *((key, "hyperlink", escape(url, {'"': "&quot;"}), ' TargetMode="External"') for key, url in links),
    ]  # fmt: skip
    notes = "".join(f'<w:footnote w:id="{n}">{p(text, style="a5")}</w:footnote>' for n, text in enumerate(footnotes, 1))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relationships([("rId1", "officeDocument", "word/document.xml", "")]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>",
        "word/_rels/document.xml.rels": relationships(relations),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in {**parts, **dict(extra)}.items():
            archive.writestr(part, HEAD + data if isinstance(data, str) and part in parts else data)
        for number, data in enumerate(pictures, 1):
            archive.writestr(f"word/media/image{number}.png", data)
    return ContentFile(buffer.getvalue(), name=name)


def relationships(rows):
    each = "".join(f'<Relationship Id="{k}" Type="{OFFICE}/{t}" Target="{to}"{more}/>' for k, t, to, more in rows)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def png(number=1):
    return picture_bytes(width=40 + number, height=30, color=(number * 30 % 256, 90, 90))
