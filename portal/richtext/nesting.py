"""How deep HTML is nested, before a parser sees it.

A parser's work grows with the square of the nesting, and it repeats every open formatting element in every paragraph
after it: 500 kB written for the purpose take minutes and gigabytes. No document comes near these limits.
"""

import re

DEPTH_MAX = 300
REPEATED_MAX = 1_000_000  # elements that the parser would repeat

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
# Elements that have no end tag, or whose end tag is left out in much of the HTML there is.
_ENDLESS = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "body", "html", "head",
}  # fmt: skip


def too_deep(text):
    """Tell whether the HTML `text` is nested beyond the limits."""
    is_open = dict.fromkeys(_FORMATTING, 0)
    depth = repeated = formatting = 0
    for end, name in _TAG.findall(text):
        name = name.lower()
        if not end:
            repeated += formatting
        if name in _ENDLESS:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        if name in is_open:
            step = -1 if end and is_open[name] else 1 - bool(end)
            is_open[name] += step
            formatting += step
        if depth > DEPTH_MAX or repeated > REPEATED_MAX:
            return True
    return False
