"""What editors paste: from Word, WPS, a page of WeChat. Made plain before it is kept, and what goes is told.

Nothing here is a defence: `clean` is. This makes what is clean also simple: no wrappers, no empty boxes.
"""

import re
from collections import Counter

from portal.richtext.cleaning import clean, plain_text
from portal.richtext.tree import Node, parsed, written

_BLOCKS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
        "hr",
        "div",
        "section",
    ]
)
# Where a text may stand without a paragraph of its own.
_HOLDERS = frozenset(["p", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre"])
_LAZY = re.compile(
    r"""<img\b(?![^>]*?\ssrc\s*=\s*["']?(?:https?:|//|/))[^>]*?\sdata-(?:src|original)\s*=\s*["']([^"']+)["'][^>]*>""",
    re.IGNORECASE,
)
_SCHEMELESS = re.compile(r"""(<img\b[^>]*?\ssrc\s*=\s*["'])//""", re.IGNORECASE)
_SECTION = re.compile(r"(</?)section(?=[\s>])", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align:\s*(center|right)")
_STYLE = re.compile(r' style="([^"]*)"')

_KINDS = [
    ("Word 或 WPS 的格式", re.compile(r"\bmso-[a-z-]+\s*:|<o:p\b|class=[\"']?Mso|<!--\[if|<w:", re.IGNORECASE)),
    ("字体、字号和颜色", re.compile(r"(?:font-family|font-size|[\s;\"']color)\s*:|<font\b", re.IGNORECASE)),
    ("背景", re.compile(r"background(?:-color|-image)?\s*:", re.IGNORECASE)),
    ("脚本", re.compile(r"<script\b|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)),
    ("嵌入的网页、音频或视频", re.compile(r"<(?:iframe|video|audio|embed|object|mpvoice|mp-common-\w+)\b", re.IGNORECASE)),
    ("矢量图形", re.compile(r"<svg\b|<v:shape\b", re.IGNORECASE)),
    ("表单", re.compile(r"<(?:form|input|button|select|textarea)\b", re.IGNORECASE)),
    ("本机的图片（请单独粘贴或上传）", re.compile(r"<(?:img|v:imagedata)\b[^>]*\ssrc\s*=\s*[\"']?\s*(?:file:|[a-z]:\\)", re.IGNORECASE)),
    ("外站的图片（变成了链接）", re.compile(r"<img\b[^>]*?\s(?:data-)?src\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE)),
]  # fmt: skip


def dropped(raw):
    """Return [(what, how often)] of what the pasted HTML `raw` holds and the article does not keep."""
    counts = Counter({kind: len(pattern.findall(raw)) for kind, pattern in _KINDS})
    return [(kind, count) for kind, count in counts.items() if count]


def tidied(raw):
    """Return `raw` (HTML, any origin) as CleanHtml without what only wraps: its text and its pictures stay.

    Doing it twice changes nothing.
    """
    text = _SECTION.sub(r"\1div", _LAZY.sub(r'<img src="\1">', str(raw)))
    value = clean(_SCHEMELESS.sub(r"\1https://", text))
    for _ in range(3):
        root = parsed(value)
        simplified = written(_simple(root))
        after = clean(simplified)
        if plain(after) != plain(value):
            return value
        if after == value:
            break
        value = after
    return value


def plain(value):
    """The text without blanks: what has to stay."""
    return "".join(plain_text(value).split())


def _simple(node, aligned=""):
    """Return `node` with its children made simple; wrappers give way to what they hold."""
    children = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
            continue
        own = _ALIGNED.search(child.tag)
        inherited = own[1] if own else aligned
        is_wrapper = child.name in ("section", "div")
        child = _simple(child, inherited if is_wrapper else "")
        if child.name == "span" and child.tag == "<span>":
            children += child.children
        elif child.name in ("strong", "b", "em", "i", "u") and not child.has_content:
            children += [part for part in child.children if isinstance(part, str)]
        elif is_wrapper and node.name not in _HOLDERS:
            children += _unwrapped(child, inherited)
        elif is_wrapper:
            children += _inline(child, children)
        elif child.name == "p" and not child.has_content and node.name not in ("li", "td", "th"):
            continue
        else:
            children.append(_with_alignment(child, aligned))
    return Node(node.tag, children, node.end)


def _unwrapped(box, aligned):
    """The children of a section or div, with runs of text and inline elements as paragraphs."""
    parts, line = [], []
    for child in [*box.children, None]:
        if child is not None and (isinstance(child, str) or child.name not in _BLOCKS):
            line.append(child)
            continue
        if any(not isinstance(part, str) or part.strip("\u00a0 \n\r\t").replace("&nbsp;", "").strip() for part in line):
            paragraph = Node("<p>", line, "</p>")
            if paragraph.has_content:
                parts.append(_with_alignment(paragraph, aligned))
        line = []
        if child is not None:
            parts.append(child)
    return parts


def _inline(box, before):
    """A box within a cell or an item: what it holds, on a line of its own."""
    needs_break = (
        before and box.has_content and not (isinstance(before[-1], Node) and before[-1].name in ("br", *_BLOCKS))
    )
    return [*([Node("<br>", [], "")] if needs_break else []), *box.children]


def _with_alignment(node, aligned):
    if not aligned or node.name not in ("p", "h2", "h3", "h4", "h5", "h6") or "text-align" in node.tag:
        return node
    style = _STYLE.search(node.tag)
    kept = f"{style[1]};" if style else ""
    tag = f'<{node.name} style="{kept}text-align:{aligned}">'
    return Node(tag, node.children, node.end)
