"""Plain text, as a text browser or a copy of a page gives it, to lines."""

import re
from html import escape
from unicodedata import east_asian_width

from news.saved_page.furniture import is_closed
from news.saved_page.lines import Box, Line, Rendering

_BULLET = re.compile(r"[•●○■◆▪◦*+·]\s+|-\s+(?=\S)")
_BLANK = " \t\xa0\u3000"
_WIDEST_WRAPPED = 140  # columns; text with wider rows was not wrapped at the edge of a screen
_FULL = 0.75  # of the widest row: a shorter row ends where its writer ended it


def render(text):
    rows = [row.rstrip() for row in text.expandtabs(4).split("\n")]
    widest = max(map(_columns, rows))
    full = _FULL * widest if widest <= _WIDEST_WRAPPED else None
    lines, gap, last = [], 0, ""
    for row in rows:
        content = row.strip().strip(_BLANK)
        if not content:
            gap += 1
            continue
        lead = sum(2 if char == "\u3000" else 1 for char in row[: row.index(content)])
        if lines and not gap and full and _columns(last) >= full and _goes_on(lines[-1], content, lead):
            _append(lines[-1], content)
        else:
            lines.append(_line(content, lead, gap, len(lines)))
        gap, last = 0, row
    for line in lines:
        line.html = escape(line.text, quote=False)
    return Rendering(lines=lines, boxes=[Box(0, len(lines), frozenset())], is_plain=True)


def _line(content, lead, gap, number):
    bullet = _BULLET.match(content)
    text = content[bullet.end() :] if bullet else content
    return Line(
        text, "", kind="item" if bullet else "text", place=("ul", 0, number) if bullet else (), lead=lead, gap=gap
    )


def _goes_on(line, content, lead):
    return lead <= line.lead and line.kind == "text" and not is_closed(line.text) and not _BULLET.match(content)


def _append(line, content):
    between = " " if line.text[-1].isascii() and content[0].isascii() else ""
    line.text += between + content


def _columns(text):
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
