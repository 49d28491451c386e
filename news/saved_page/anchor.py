"""Where the article begins: its title, and below it (on some pages above, or under the body) its date."""

import re
from dataclasses import dataclass
from datetime import datetime

from news.saved_page import box_names, dates, labels
from news.saved_page.folding import fold
from news.saved_page.furniture import is_closed, is_finished, is_furniture, is_sentence

TITLE_MAX = 200  # characters
_REACH = 8  # lines
_SITE_NAME = re.compile(r"\s*(?:[_|]|\s-|-\s|--|丨|<<|>>).*$|-[^-]{2,20}$")
_TITLE_METAS = ("articletitle", "og:title", "title", "dc.title")


@dataclass(frozen=True)
class Anchor:
    """The lines `first` to `last` hold the labels of the article, its date among them or in a meta tag (`moment`)."""

    first: int
    last: int
    moment: datetime | None = None
    has_time: bool = False
    error: str = ""
    score: int = 0


def known_title(page):
    """Return the title that the head of a page gives, without the name of the site, or ""."""
    for name in _TITLE_METAS:
        if page.metas.get(name):
            return page.metas[name]
    return page.heading


def title_line(page):
    """Return the number of the line that the head of the page or an <h1> says is the title, or None."""
    known = _squeezed(known_title(page))
    best = None
    for number, line in enumerate(page.lines):
        text = _squeezed(line.text)
        if not known.startswith(text) or not (4 <= len(text) <= TITLE_MAX or (text and text == known)):
            continue
        if line.is_links and line.kind != "heading":
            continue
        rank = (line.kind == "heading", len(text))
        if best is None or rank > best[0]:
            best = rank, number
    if best:
        return best[1]
    headings = [number for number, line in enumerate(page.lines) if line.level == 1 and len(line.text) >= 2]
    return headings[-1] if headings else _named_title(page)


def _named_title(page):
    """Return the line of a box that is called title and holds nothing else."""
    for box in page.boxes:
        if box.names & box_names.TITLE and box.end == box.start + 1 and len(page.lines[box.start].text) >= 6:
            return box.start
    return None


def _squeezed(text):
    return re.sub(r"\s+", "", fold(text))


def find(page, title, aside):
    """Return the Anchor of the page, or None. `title` is the number of its title's line or None.

    `aside` tells, per line, whether it stands in a part of the page that is not the article, by the page's names.
    """
    best = None
    for anchor in _candidates(page, title):
        if aside[anchor.first]:
            continue
        if best is None or anchor.score > best.score:
            best = anchor
    return best and _widened(page, best, title)


def _candidates(page, title):
    text = fold(page.text)
    for pattern, worth in ((labels.STRONG_DATE, 6), (labels.WEAK_DATE, 3), (labels.LATE_DATE, 1)):
        for match in pattern.finditer(text):
            number = page.line_at(match.start())
            line = page.lines[number]
            if len(line.text) > labels.META_LINE_MAX and line.kind != "table":
                continue
            less = 1 if labels.UPDATED_DATE.match(match[0]) else 0
            yield from _candidate(page, number, text[match.end() : match.end() + 60], worth - less, title)
    for number, line in enumerate(page.lines):
        start = re.search(dates.DAY, fold(line.text)) if len(line.text) <= labels.META_LINE_MAX else None
        if start and line.kind != "table" and not line.is_links:
            yield from _candidate(page, number, line.text[start.start() :], 2, title, is_bare=True)


def _candidate(page, number, text, worth, title, *, is_bare=False):
    """Yield an Anchor if `text`, on line `number`, begins with a date and looks like the date of the article."""
    moment, has_time, error = _parsed(text)
    if moment is None and not error:
        return
    around = page.lines[max(0, number - 2) : number + 4]
    others = set().union(*(labels.kinds(line.text) for line in around if len(line.text) < 200)) - {"date"}
    below_title = title is not None and 0 < number - title <= _REACH
    if worth < 5 and not (others - {"other"}) and not _stands_alone(page, number, title if below_title else None):
        return
    if is_bare and error and not (others & {"source", "views"}):
        return
    if below_title and not any(is_finished(line.text) for line in page.lines[title + 1 : number]):
        worth += 4
    yield Anchor(number, number, moment, has_time, error, score=worth + min(len(others), 3))


def _parsed(text):
    try:
        return *dates.parse(text), ""
    except dates.BrokenDate as broken:
        return None, False, str(broken)


def _stands_alone(page, number, title):
    """Tell whether a line is a date and little more, between a title and the text.

    The title is the line `title` with nothing of the text below it yet, or else any line that can be one.
    """
    lines = page.lines
    rest = re.sub(rf"{dates.DAY}|[\d:\s()\[\]-]|时间|日期", "", fold(lines[number].text))
    if len(rest) > 10 or is_closed(rest):
        return False
    if title is not None:
        return not any(is_closed(line.text) for line in lines[title + 1 : number])
    if rest or number == 0 or number + 1 >= len(lines) or lines[number - 1].is_links:
        return False
    before, after = lines[number - 1].text, lines[number + 1]
    return len(before) >= 6 and not is_sentence(before) and not after.is_links and is_sentence(after.text)


def _widened(page, anchor, title):
    lines = page.lines
    first, last = anchor.first, anchor.last
    while first > 0 and anchor.first - first < _REACH and first - 1 != title and _is_meta(page, first - 1):
        first -= 1
    while last + 1 < len(lines) and last - anchor.last < _REACH and last + 1 != title and _is_meta(page, last + 1):
        last += 1
    return Anchor(first, last, anchor.moment, anchor.has_time, anchor.error, anchor.score)


def _is_meta(page, number):
    text = page.lines[number].text
    return labels.is_meta_line(text) or is_furniture(text) or _is_value(page, number)


def _is_value(page, number):
    """Tell whether a line is the value of the label that fills the line before.

    It is where another label follows it, or where a box holds these two and little else: a row of a table.
    """
    lines = page.lines
    text = lines[number].text
    if not number or not labels.is_bare_label(lines[number - 1].text) or len(text) > 30 or fold(text).endswith(":"):
        return False
    if number + 1 < len(lines) and labels.is_meta_line(lines[number + 1].text):
        return True
    boxes = [box for box in page.boxes if number in box and number - 1 in box]
    smallest = min(boxes, key=lambda box: box.end - box.start)
    inside = [line.text for line in lines[smallest.start : smallest.end]]
    return sum(map(len, inside)) <= labels.META_LINE_MAX and not any(map(is_finished, inside))


def title_of(page, anchor, title):
    """Return the title, the subtitle and the number of the title's line (None where only the head has it)."""
    number = title
    if anchor is not None:
        number = _above(page.lines, anchor) if title is None else _heading_below_site_name(page.lines, anchor, title)
    known = known_title(page)
    if number is None:
        return (known if known in page.metas.values() else _SITE_NAME.sub("", known))[: TITLE_MAX + 1], "", None
    text = labels.before_labels(page.lines[number].text)
    if page.metas.get("articletitle") and len(page.metas["articletitle"]) > len(text):
        text = page.metas["articletitle"]
    following = page.lines[number + 1].text if number + 1 < len(page.lines) else ""
    subtitle = following.lstrip("—-– ") if fold(following).startswith("--") and len(following) <= 100 else ""
    return text, subtitle, number


def _heading_below_site_name(lines, anchor, title):
    """Return the heading next above the labels where links part it from `title`: that one names the site."""
    for number in range(anchor.first - 1, title, -1):
        if lines[number].kind == "heading":
            return number if any(line.is_links for line in lines[title + 1 : number]) else title
    return title


def _above(lines, anchor):
    for number in range(anchor.first - 1, max(-1, anchor.first - _REACH), -1):
        text = lines[number].text
        if fold(text).startswith("--") or is_furniture(text) or labels.is_meta_line(text) or len(text) > TITLE_MAX:
            continue
        return number if len(text) >= 2 and "当前位置" not in text else None
    return None
