"""What an HTML page and a plain text have in common: lines in reading order, and the boxes around them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from news.saved_page.dates import DAY
from news.saved_page.furniture import is_furniture

_DAY = re.compile(rf"[\s\[(]*{DAY}[\s\])]*")
PICTURE_WEIGHT = 30  # a picture counts as much as a short paragraph


@dataclass(slots=True)
class Line:
    """One block of a page: a paragraph, a heading, an item of a list, or a whole table.

    `html` is safe to print: text is escaped, elements are our own. `crumbs` is the text with "\\x1f" on either side of
    every link. `lead` is the number of spaces before the text and `gap` the number of empty lines above, in plain
    text only.
    """

    text: str
    html: str
    kind: str = "text"  # text, heading, item or table
    level: int = 0
    place: tuple = ()  # of an item: its list's tag and number, and its own number
    crumbs: str = ""
    link_chars: int = 0
    has_file_link: bool = False
    bold: bool = False
    align: str = ""
    pictures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lead: int = 0
    gap: int = 0

    @property
    def is_links(self):
        """Whether the line is little more than links to other pages, with or without their dates."""
        days = sum(len(day[0]) for day in _DAY.finditer(self.text)) if self.link_chars and len(self.text) < 200 else 0
        return not self.has_file_link and self.link_chars > 0.6 * max(len(self.text) - days, 1)

    @property
    def weight(self):
        """How much of an article the line is, in characters of text that is neither link nor furniture."""
        if is_furniture(self.text) or self.is_links:
            return 0
        return len(self.text) - self.link_chars + PICTURE_WEIGHT * len(self.pictures)


@dataclass(slots=True)
class Box:
    """An element around the lines `start` to `end` (exclusive)."""

    start: int
    end: int
    names: frozenset[str]  # its tag, id and classes, as in `box_names`
    is_hidden: bool = False

    def __contains__(self, index):
        return self.start <= index < self.end


@dataclass
class Rendering:
    """A page as lines. `metas` holds its meta tags by name in lower case, `heading` its <title>."""

    lines: list[Line]
    boxes: list[Box] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    heading: str = ""
    has_password: bool = False
    is_plain: bool = False

    @cached_property
    def text(self):
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def _starts(self):
        return [0, *accumulate(len(line.text) + 1 for line in self.lines)]

    def line_at(self, offset):
        """Return the number of the line that holds the character `offset` of `text`."""
        return max(0, bisect_left(self._starts, offset + 1) - 1)

    @cached_property
    def _weights(self):
        return [0, *accumulate(line.weight for line in self.lines)]

    def weight(self, start, end):
        return self._weights[max(start, end)] - self._weights[start]
