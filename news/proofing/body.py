"""The text of an article's body, and where each of its characters stands in the HTML."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from portal.richtext.cleaning import CleanHtml, clean

# Stands for what the cleaning would drop without a trace: a file of the editor's computer, a picture in the text.
DISK, IN_TEXT = "http://disk.invalid/", "http://in-text.invalid/"
# What a browser and this module both take for blank when they count characters; proof-places.js has the same list.
BLANK = re.compile("[\\s\u0085\u00ad\u180e\u200b-\u200f\u2060\ufeff]")

_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "section",
        "li",
        "td",
        "th",
        "tr",
        "caption",
        "figcaption",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "table",
        "ul",
        "ol",
        "dl",
        "figure",
    ]
)
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*) ?/?>|[^<]+|<")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_CHARACTER = re.compile(r"&[a-zA-Z0-9#]+;|.", re.DOTALL)
_LOCAL = r"""(?:file:|[a-z]:(?:[\\/]|%5c)|\\\\)"""
_RAW_LOCAL = re.compile(rf"""(<(?:a|img)\b[^>]*?\b(?:href|src)\s*=\s*)(["']?)\s*{_LOCAL}[^"'>]*\2""", re.IGNORECASE)
_RAW_IN_TEXT = re.compile(r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])\s*(?:data|blob|cid):[^"'>]*\2""", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    href: str | None
    start: int
    end: int
    is_remote_picture: bool
    is_target: bool  # it has an id of its own, and needs no address


@dataclass(frozen=True)
class Segment:
    start: int  # in the text
    at: int  # in the HTML
    raw: str


class Body:
    """`text` has one line a block. Text of links that stand for pictures of other hosts is left out."""

    def __init__(self, value):
        if not isinstance(value, CleanHtml):
            value = _RAW_LOCAL.sub(rf'\1"{DISK}"', str(value))
            value = _RAW_IN_TEXT.sub(rf'\1"{IN_TEXT}"', value)
        self.html = str.__str__(clean(value))
        self.segments, self.links, self.pictures = [], [], []
        self.ids = set()
        self._parts, self._length, self._open = [], 0, None
        for token in _TOKEN.finditer(self.html):
            if token[2]:
                self._tag(token)
            elif self._open is None or not self._open[1]:
                self._text(token)
        self.text = "".join(self._parts)

    def _tag(self, token):
        is_end, name = token[1], token[2]
        if name in _BLOCKS or name in ("br", "hr"):
            self._add("\n")
        attributes = dict(_ATTRIBUTE.findall(token[3])) if token[3] else {}
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if name == "img":
            self.pictures.append((self._length, attributes))
        elif name == "a" and not is_end:
            self._open = (attributes, attributes.get("class") == "remote-picture", self._length)
        elif name == "a" and self._open:
            attributes, is_remote, start = self._open
            href = html.unescape(attributes["href"]) if "href" in attributes else None
            self.links.append(Link(href, start, self._length, is_remote, "id" in attributes))
            self._open = None

    def _text(self, token):
        raw = token[0]
        text = html.unescape(raw) if "&" in raw else raw
        self.segments.append(Segment(self._length, token.start(), raw))
        self._add(text.replace("\n", " ").replace("\r", " "))

    def _add(self, text):
        self._parts.append(text)
        self._length += len(text)

    @cached_property
    def _starts(self):
        return [segment.start for segment in self.segments]

    def pieces(self, start, end):
        """Yield (from, to) of the stretches of HTML that hold the characters from `start` to `end` of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for segment in self.segments[first:]:
            if segment.start >= end:
                return
            offsets = _offsets(segment.raw)
            low, high = max(0, start - segment.start), min(end - segment.start, len(offsets) - 1)
            if low < high:
                yield segment.at + offsets[low], segment.at + offsets[high]


def _offsets(raw):
    """Return where each character of the text that `raw` stands for begins in it, and the end."""
    if "&" not in raw:
        return range(len(raw) + 1)
    offsets = []
    for match in _CHARACTER.finditer(raw):
        offsets += [match.start()] * len(html.unescape(match[0]))
    return [*offsets, len(raw)]
