"""Clean rich text as a list of blocks: paragraphs, headings, items of lists, rows of tables.

A block carries all that a reader can see of it, so that no change is invisible: its kind and its place, words in bold,
the addresses of links, pictures with their descriptions and sizes, joined cells.
"""

from typing import NamedTuple

from lxml import html

from news.comparing.words import Token, tokens_of

KINDS = {
    "p": "", "div": "", "section": "", "li": "列表项", "tr": "表格行", "caption": "表格标题", "blockquote": "引文",
    "h2": "标题", "h3": "小标题", "h4": "小标题", "h5": "小标题", "h6": "小标题", "pre": "原样文字", "hr": "分隔线",
    "figure": "图片", "figcaption": "图片说明", "dt": "条目", "dd": "条目说明", "table": "表格",
}  # fmt: skip
CONTAINERS = {"ul", "ol", "dl", "thead", "tbody", "tfoot", "colgroup", "col", "root"}
LOOKS = {
    "strong": "加粗", "b": "加粗", "em": "斜体", "i": "斜体", "u": "下划线", "s": "删除线", "del": "删除线", "sup": "上标",
    "sub": "下标", "small": "小字", "mark": "标出", "code": "代码",
}  # fmt: skip
CELL_END = " | "


class Block(NamedTuple):
    kind: str
    tokens: tuple

    @property
    def text(self):
        return "".join(token.text for token in self.tokens)


def text_blocks(text):
    return [Block("", tuple(tokens_of(line))) for line in (text or "").splitlines()]


def blocks_of(body):
    """Return the blocks of `body`, clean rich text."""
    if not str(body).strip():
        return []
    reader = Reader()
    reader.read(html.fragment_fromstring(str(body), create_parent="root"))
    reader.close()
    return reader.blocks


class Reader:
    """Walks the elements; `kind` and `tokens` are the block that is being filled."""

    def __init__(self):
        self.blocks, self.kind, self.tokens = [], "", []

    def close(self):
        if any(token.text.strip() for token in self.tokens) or self.kind.startswith("分隔线"):
            self.blocks.append(Block(self.kind, tuple(self.tokens)))
        self.tokens = []

    def read(self, element, looks=()):
        tag = element.tag
        if tag in KINDS:
            self.close()
            self.kind = kind_of(element)
        elif tag == "br":
            self.tokens.append(Token("\n"))
        elif tag == "img":
            self.tokens.append(picture_token(element))
        elif tag in ("td", "th"):
            self.start_cell(element)
        self.words(element.text, looks := (*looks, *looks_of(element)), tag)
        for child in element:
            self.read(child, looks)
            self.words(child.tail, looks, tag)
        if tag in KINDS:
            self.close()
            self.kind = ""

    def start_cell(self, element):
        if self.tokens:
            self.tokens.append(Token(CELL_END))
        spans = [("colspan", "列"), ("rowspan", "行")]
        joined = [f"合并{element.get(name)}{unit}" for name, unit in spans if element.get(name, "1") != "1"]
        if joined:
            self.tokens.append(Token(f"〔{'，'.join(joined)}〕"))

    def words(self, text, looks, tag):
        if not text or (tag in CONTAINERS | {"table", "tr"} and not text.strip()):
            return
        self.tokens += tokens_of(text if tag == "pre" else collapsed(text), "，".join(dict.fromkeys(looks)))


def collapsed(text):
    """Source line ends and indents as a browser shows them: one space."""
    lines = text.split("\n")
    return text if len(lines) == 1 else " ".join(filter(None, (line.strip(" \t") for line in lines)))


def kind_of(element):
    style = element.get("style", "")
    notes = [word for css, word in (("center", "居中"), ("right", "居右"), ("text-indent", "缩进")) if css in style]
    kind = KINDS[element.tag]
    if element.tag == "li" and element.getparent() is not None and element.getparent().tag == "ol":
        kind = "编号项"
    return "，".join(filter(None, [kind, *notes]))


def looks_of(element):
    if element.tag == "a" and element.get("href"):
        return [f"链接到 {element.get('href')}"]
    return [LOOKS[element.tag]] if element.tag in LOOKS else []


def picture_token(element):
    source = element.get("src", "")
    size = "×".join(filter(None, [element.get("width"), element.get("height")]))
    description = element.get("alt") or "没有说明"
    return Token(f"〔图片：{description}〕", "，".join(filter(None, [source.rsplit("/", 1)[-1], size])), source)
