"""What a Word document holds and an article does not: counted, so that the editor looks for it."""

import re
import zipfile

_COUNTED = [
    (rb"<w:commentReference\b", "批注 {} 条"),
    (rb"<w:del\b(?!Text)", "修订中删去的文字 {} 处（按接受修订处理）"),
    (rb"<m:oMath\b", "公式 {} 个"),
    (rb"<o:OLEObject\b", "嵌入的对象 {} 个（如 Excel 表格、Visio 图）"),
    (rb"<c:chart\b", "图表 {} 个：请另存为图片后上传"),
    (rb"<dgm:relIds\b", "SmartArt 图形 {} 个：请另存为图片后上传"),
]  # fmt: skip
_LOOKS = re.compile(rb"<w:(?:color|highlight|shd|rFonts|sz)\b")
_NUMBERED = re.compile(rb"<w:numPr\b")
_HAN_NUMBERS = re.compile(
    rb'w:numFmt w:val="(?:chinese\w+|japaneseCounting|ideograph\w*|taiwaneseCounting\w*|upperRoman|lowerRoman)"'
)
_HEAD_TEXT = re.compile(rb"<w:t\b[^>]*>[^<]*\S[^<]*</w:t>")


def dropped(file):
    """Return lines for people about what is in the document `file` and does not come along."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        document = archive.read("word/document.xml") if "word/document.xml" in names else b""
        edges = [archive.read(name) for name in names if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)]
        numbering = archive.read("word/numbering.xml") if "word/numbering.xml" in names else b""
    lines = [line.format(count) for pattern, line in _COUNTED if (count := len(re.findall(pattern, document)))]
    if any(_HEAD_TEXT.search(part) for part in edges):
        lines.append("页眉和页脚")
    if _NUMBERED.search(document) and _HAN_NUMBERS.search(numbering):
        lines.append("自动编号“一、”“（一）”变成了 1、2、3：请核对编号")
    if _LOOKS.search(document):
        lines.append("字体、字号和颜色（由网站统一）")
    return lines
