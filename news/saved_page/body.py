"""Which lines of a page are the body of its article."""

import re
from itertools import accumulate

from news.saved_page import dates, labels
from news.saved_page.box_names import ASIDE, BODY
from news.saved_page.folding import fold
from news.saved_page.furniture import is_closed, is_end, is_furniture, is_names, may_be_end

_ENOUGH = 0.65  # of all text below the title: the smallest box that holds so much of it is the article's


def set_aside(page, *, within=None):
    """Return, per line, whether it stands in a box that names itself a part of the page around the article, or hides.

    A box that holds the line `within` is no such part, whatever its name.
    """
    aside = [False] * len(page.lines)
    for box in page.boxes:
        if (box.is_hidden or box.names & ASIDE) and (within is None or within not in box):
            aside[box.start : box.end] = [True] * (box.end - box.start)
    return aside


class Selection:
    """The choice of a body. `first` and `last` are the lines of the labels, `title` that of the title or None."""

    def __init__(self, page, *, first, last, title, believe_names=True):
        self.page = page
        self.lines = page.lines
        self.first, self.last, self.title = first, last, title
        within = last if last >= 0 else title
        self.aside = set_aside(page, within=within) if believe_names else [False] * len(page.lines)
        weights = (0 if aside else line.weight for line, aside in zip(page.lines, self.aside, strict=True))
        self._sums = [0, *accumulate(weights)]

    def weight(self, start, end):
        return self._sums[max(start, end)] - self._sums[start]

    def body(self):
        start = max(self.last, -1 if self.title is None else self.title) + 1
        limit = self.limit(start, len(self.lines))
        box = self.named_box(start)
        if box is not None:
            start, end = (max(start, box.start) if box.end > start else box.start), box.end
            return self.trimmed(start, self.limit(start, end))
        above = (0 if self.title is None else self.title + 1), self.first
        if self.weight(start, limit) * 2 < self.weight(*above):  # labels under the body
            return self.without_link_lists(self.trimmed(*above))
        return self.without_link_lists(self.trimmed(start, self.smallest_box(start, limit)))

    def named_box(self, start):
        """Return the box that is called a body, if it holds a good part of the text; the outermost of equals."""
        boxes = [box for box in self.page.boxes if box.names & BODY and (self.title is None or box.end > self.title)]
        best = max(boxes, key=self.worth, default=None)
        if best is None or self.worth(best) < 0.3 * self.weight(start, len(self.lines)) or not self.worth(best):
            return None
        return best

    def worth(self, box):
        return self.weight(box.start, box.end) or any(line.has_file_link for line in self.lines[box.start : box.end])

    def smallest_box(self, start, limit):
        """Return the end of the innermost box around the labels that holds nearly all text below them."""
        wanted = _ENOUGH * self.weight(start, limit)
        for box in sorted((box for box in self.page.boxes if self.last in box), key=lambda box: box.end - box.start):
            end = min(box.end, limit)
            if end > start and wanted and self.weight(start, end) >= wanted:
                return end
        return limit

    def limit(self, start, end):
        """Return the first line from `start` on, below some text, that says that the article is over; or `end`."""
        for number in range(start, end):
            line = self.lines[number]
            if self.aside[number] or not self.weight(start, number):
                continue
            if is_end(line.text) or (may_be_end(line.text) and not self.goes_on(number + 1, end)):
                return number
        return end

    def goes_on(self, start, end):
        return any(is_closed(line.text) and line.weight for line in self.lines[start : min(end, start + 30)])

    def trimmed(self, start, end):
        lines = [self.lines[number] for number in range(start, end) if not self.aside[number]]
        lines = [line for line in lines if not is_furniture(line.text) or line.pictures]
        title = _squeezed(self.lines[self.title].text) if self.title is not None else None
        while (
            lines
            and not lines[0].pictures
            and (labels.is_meta_line(lines[0].text) or _squeezed(lines[0].text) == title)
        ):
            lines.pop(0)
        lines = [line for line in lines if not labels.is_editor_line(line.text)]
        return _without_footer(lines) if self.page.is_plain else lines

    def without_link_lists(self, lines):
        """Leave out lists of links with their headings: notices beside the body, articles like this one."""
        kept, run = [], []
        for line in [*lines, None]:
            if line is not None and (line.is_links or (run and _is_day(line.text))) and not line.pictures:
                run.append(line)
                continue
            if len(run) >= 3 or (run and line is None):
                if kept and len(kept[-1].text) <= 12 and not kept[-1].pictures and not is_closed(kept[-1].text):
                    kept.pop()
            else:
                kept += run
            run = []
            kept += [line] if line is not None else []
        return kept


def _squeezed(text):
    return re.sub(r"\s+", "", fold(text))


def _is_day(text):
    return len(text) <= 24 and re.search(dates.DAY, fold(text)) is not None


def _without_footer(lines):
    """Cut a plain text where its footer begins: rows of names, its tabs as a list, lines set off from the text."""
    last = max((number for number, line in enumerate(lines) if is_closed(line.text)), default=-1)
    announces_list = last >= 0 and fold(lines[last].text).endswith(":")
    for number in range(max(last, 0) + 1, len(lines)):
        line = lines[number]
        is_set_off = line.gap >= 2 and line.lead < lines[number - 1].lead
        if is_names(line.text) or is_set_off or (line.kind == "item" and not announces_list):
            return lines[:number]
    return lines
