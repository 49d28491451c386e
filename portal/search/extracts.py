"""Titles and extracts with the hits marked. Texts are what people wrote: everything is escaped."""

import re

from django.utils.html import format_html, format_html_join

from portal.search.normal import NORMAL

LENGTH = 110  # characters of an extract
BEFORE = 30  # of them before the first hit
READ_FIRST = 20_000


def normal_positions(text):
    """Return the normalised text and, for each of its characters, where in `text` it comes from."""
    normal = text.translate(NORMAL)
    if NORMAL.uneven.isdisjoint(text) and "  " not in normal and not normal.startswith(" "):  # nearly always
        return normal, range(len(text))
    characters, positions = [], []
    for index, character in enumerate(text):
        for form in NORMAL[ord(character)]:
            if form == " " and (not characters or characters[-1] == " "):
                continue
            characters.append(form)
            positions.append(index)
    return "".join(characters), positions


def spans(text, words):
    """Return the (start, end) of every occurrence of `words` (normalised) in `text`, joined where they touch."""
    normal, positions = normal_positions(text)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = []
    for match in re.finditer(pattern, normal) if words else ():
        start, end = positions[match.start()], positions[match.end() - 1] + 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def marked(text, words):
    """Return `text` as HTML with every hit in <mark>."""
    return pieces(text, spans(text, words))


def pieces(text, found):
    parts, at = [], 0
    for start, end in found:
        parts.append(format_html("{}<mark>{}</mark>", text[at:start], text[start:end]))
        at = end
    return format_html_join("", "{}", [(part,) for part in [*parts, text[at:]]])


def extract(text, words):
    """Return the part of `text` around its first hit as HTML; its beginning where it has none."""
    text = " ".join(text.split())
    found = spans(text[:READ_FIRST], words) or (spans(text, words) if len(text) > READ_FIRST else [])
    start = max(0, found[0][0] - BEFORE) if found else 0
    end = start + LENGTH
    part = text[start:end]
    inside = [(a - start, min(b, end) - start) for a, b in found if start <= a < end]
    return format_html_join(
        "", "{}", [("…" if start else "",), (pieces(part, inside),), ("…" if end < len(text) else "",)]
    )
