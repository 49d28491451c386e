"""HTML to lines. One pass over the tree without recursion, so that no page is nested too deeply for it."""

import re
from itertools import islice

from lxml import etree

from news.saved_page import links, tables
from news.saved_page.inline import LineBuilder
from news.saved_page.lines import Box, Rendering
from news.saved_page.page import NotAnArticle

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    ucapcontent founder-content
"""
_SKIPPED_TAGS = """
    applet audio button canvas datalist embed frame frameset head iframe input map math noscript object option script
    select style svg template textarea title video
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4,}\)(\S{1,500}) -->")
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body)\b|<(?:div|p|br|td|tr|table|span|meta|a|h[1-6])(?:\s[^<>]{0,500})?/?>", re.I
)


def is_html(text):
    found = [match[0].lower() for match in islice(_LOOKS_LIKE_HTML.finditer(text), 2)]
    return len(found) == 2 or any(tag.startswith(("<!", "<html", "<head", "<body")) for tag in found)


def render(text):
    """Return a page given as HTML as a Rendering. Entities of a DTD are not resolved, nothing is fetched.

    Raises NotAnArticle where elements are nested so deeply that the parser gives up: it would drop the rest.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode(), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise NotAnArticle("网页的标签嵌套太深，读不完整")
    if root is None:
        raise NotAnArticle("文件里没有内容")
    metas = _metas(root)
    saved_from = _SAVED_FROM.search(text[:2000])
    base = _base(root) or (saved_from[1] if saved_from else "") or metas.get("url", "")
    metas["url"] = links.on_the_web(metas.get("url", "") or (saved_from[1] if saved_from else ""))
    walk = _Walk(links.on_the_web(base))
    walk.through(root)
    title = next(root.iter("title"), None)
    return Rendering(
        lines=walk.builder.lines,
        boxes=walk.boxes,
        metas=metas,
        heading=" ".join((title.text or "").split()) if title is not None else "",
        has_password=any((field.get("type") or "").lower() == "password" for field in root.iter("input")),
    )


def _metas(root):
    metas = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            metas.setdefault(name, content)
    return metas


def _base(root):
    return next((base.get("href") for base in root.iter("base") if base.get("href")), "")


class _Walk:
    def __init__(self, base):
        self.builder = LineBuilder(base)
        self.boxes = []
        self.open = []  # the boxes that are open, innermost last
        self.lists = []  # (tag, number) of the lists that are open
        self.items = []  # of every open <li>: the list it is written into, or None where it is a box of the layout
        self.count = 0

    def through(self, root):
        """Read `root` and what is in it; return self."""
        events, skipped = etree.iterwalk(root, events=("start", "end")), None
        for event, element in events:
            if event == "start":
                if self.enter(element):
                    self.builder.text(element.text)
                else:
                    events.skip_subtree()
                    skipped = element
                continue
            if element is not skipped:
                self.leave(element)
            if element is not root:
                self.builder.text(element.tail)
        self.builder.end_line()
        return self

    def enter(self, element):
        """Begin an element; return False where what is in it is not for the walk."""
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            return False
        if tag == "table" and tables.is_data(element):
            self.builder.add(tables.line(element, self.read_cell))
            return False
        if tag in _BLOCKS:
            self.enter_block(element)
        else:
            self.builder.enter_inline(element)
        return True

    def read_cell(self, cell):
        return _Walk(self.builder.base).through(cell).builder.lines

    def enter_block(self, element):
        tag, builder = element.tag, self.builder
        style = element.get("style") or ""
        builder.end_line()
        self.open.append(Box(len(builder.lines), 0, _names(element), _is_hidden(element, style)))
        self.boxes.append(self.open[-1])
        if tag in ("ul", "ol"):
            self.count += 1
            self.lists.append((tag, self.count))
        elif tag == "li":
            self.enter_item(element)
        elif tag in _HEADINGS:
            builder.become("heading", level=_HEADINGS[tag])
        elif tag == "pre":
            builder.keep_breaks = True
        builder.align = _alignment(element, style)

    def enter_item(self, element):
        outer = self.items[-1] if self.items else None
        into = None if not self.lists or _is_layout(element) else outer or self.lists[-1]
        self.items.append(into)
        if into:
            self.count += 1
            self.builder.become("item", place=(*into, self.count))

    def leave(self, element):
        tag = element.tag
        if tag not in _BLOCKS:
            self.builder.leave_inline(element)
            return
        self.builder.end_line()
        self.open.pop().end = len(self.builder.lines)
        self.builder.align = ""
        if tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "li":
            self.items.pop()
        elif tag == "pre":
            self.builder.keep_breaks = False
        if tag == "li" or tag in _HEADINGS:
            self.builder.become()


def _names(element):
    names = f"{element.tag} {element.get('id') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}"
    return frozenset(re.sub("[-_]", "", names).lower().split())


def _is_hidden(element, style):
    return element.get("hidden") is not None or _HIDDEN.search(style) is not None


def _alignment(element, style):
    said = _ALIGN.search(style) or re.fullmatch("(center|right)", (element.get("align") or "").lower())
    return said[1].lower() if said else "center" if element.tag == "center" else ""


def _is_layout(item):
    """Tell whether an <li> is a box of the page's layout: it holds blocks of its own, not just a text."""
    blocks = 0
    for element in item.iterdescendants():
        if element.tag in ("ul", "ol"):
            return not (item.text or "").strip() and not blocks
        blocks += element.tag in ("p", "div")
        if blocks > 1:
            return True
    return False
