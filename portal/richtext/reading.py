"""Clean rich text as readers' pages show it.

The pages' policy allows no style attributes, so the few styles that documents need become classes here, and the style
sheet draws them. Wide tables get a box that scrolls, pictures load when they are near, headings skip no level.
"""

import html
import re

from portal.richtext.cleaning import CleanHtml

_STYLE = re.compile(r' style="([^"]*)"(?=[^<>]*>)')  # in a tag: text has its brackets escaped
_LEADING_BLANKS = re.compile(r"(<p(?: [^>]*)?>(?:<(?:span|strong|b)(?: [^>]*)?>)*)(?:[\u3000\xa0 ]|&nbsp;)+")
_HEADING = re.compile(r"<(/?)h([2-6])(?=[ >])")
_OUTSIDE = re.compile(r'<a((?: [a-z-]+="[^"]*")*?) href="((?:https?:)?//[^"]*)"([^<>]*)>', re.IGNORECASE)
_TABLE = '<div class="table-scroll" role="group" aria-label="表格" tabindex="0"><table'
_VALUES = {
    "text-align": {"left", "center", "right"},
    "font-weight": {"bold"},
    "font-style": {"italic"},
    "text-decoration": {"underline", "line-through"},
    "vertical-align": {"top", "middle", "bottom"},
}


def for_readers(value, *, way_out=None):
    """Return `value` (CleanHtml) as CleanHtml without style attributes; any other text comes back as it is.

    `way_out` takes a full address and returns the one that the link shall have.
    """
    if not isinstance(value, CleanHtml):
        return value
    text = _STYLE.sub(_style_as_class, str.__str__(value))
    text = _LEADING_BLANKS.sub(r"\1", text)  # the style sheet indents paragraphs
    text = text.replace("<table", _TABLE).replace("</table>", "</table></div>")
    text = text.replace("<img ", '<img loading="lazy" decoding="async" ')
    text = _OUTSIDE.sub(lambda match: _link_out(match, way_out), text)
    return CleanHtml(_without_gaps(text))


def _link_out(match, way_out):
    """The start of a link to another site: at once in a window of its own, or through the notice.

    Paper prints the real address, so a link through the notice keeps it.
    """
    before, href, after = match.groups()
    url = html.unescape(href)
    url = f"https:{url}" if url.startswith("//") else url
    leads = way_out(url) if way_out else url
    rest = re.sub(r' (?:target|rel)="[^"]*"', "", before + after)
    if leads != url:
        return f'<a href="{html.escape(leads)}" data-to="{html.escape(url)}"{rest} rel="nofollow">'
    return f'<a href="{html.escape(url)}"{rest} target="_blank" rel="nofollow noopener noreferrer">'


def _style_as_class(match):
    names = []
    for declaration in match[1].split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        value = {"700": "bold", "800": "bold", "900": "bold"}.get(value, value)
        if name == "text-indent":
            names.append("text-indent-none" if re.match(r"-?0(?![.\d])", value) else "text-indent")
        elif value in _VALUES.get(name, ()):
            names.append(f"{name}-{value}")
    return f' class="{" ".join(names)}"' if names else ""


def _without_gaps(text):
    """Return `text` with headings that go down one level at a time, below the page's h1."""
    level = 1

    def renumbered(match):
        nonlocal level
        if not match[1]:
            level = min(int(match[2]), level + 1)
        return f"<{match[1]}h{level}"

    return _HEADING.sub(renumbered, text)
