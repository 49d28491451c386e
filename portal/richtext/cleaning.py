"""Rich text from the editor, Word or an import, reduced to what an article may hold.

Everything is an allow-list, applied by nh3. What is outside it is dropped; the text inside a dropped element stays,
but for elements that hold code. Cleaning twice changes nothing.
"""

import html
import re

import nh3
from django.utils.safestring import SafeString

from portal.richtext.nesting import too_deep
from portal.richtext.styles import kept_style

TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "section", "blockquote", "pre", "code",
    "strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "cite", "q",
    "ul", "ol", "li", "dl", "dt", "dd",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
    "a", "img", "figure", "figcaption",
}  # fmt: skip
CONTENT_DROPPED = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title", "xmp", "textarea", "select", "noembed",
    "noframes",
}  # fmt: skip
STYLED = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "span",
    "li",
    "td",
    "th",
    "table",
    "img",
    "figure",
    "blockquote",
    "caption",
)
ATTRIBUTES = {
    "*": set(),
    "a": {"href", "title", "target", "id"},
    "img": {"src", "alt", "width", "height", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value", "id"},
    "abbr": {"title"},
    "sup": {"id"},
}
for _tag in STYLED:
    ATTRIBUTES[_tag] = ATTRIBUTES.get(_tag, set()) | {"style"}
CLASSES = {"a": {"remote-picture"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# What an attribute must look like to be kept.
_NUMBER = re.compile(r"\d{1,4}")
VALUES = {
    "id": re.compile(r"(?:fn|fnref|footnote|footnote-ref)-?\d{1,4}"),
    "target": re.compile("_blank"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "type": re.compile("[1aAiI]"),
    "width": re.compile(r"\d{1,4}%?"),
    "height": re.compile(r"\d{1,4}%?"),
    **dict.fromkeys(("colspan", "rowspan", "span", "start", "value"), _NUMBER),
}
PASSES = 8

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_IN_ADDRESS = re.compile("[\t\n\r]")  # browsers take these out of an address before they read it
_OTHER_HOST = re.compile(r"\s*[/\\]{2}|\s*\\")
_IMG = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ANY_TAG = re.compile("<[^>]*>?")
_H1 = re.compile(r"(</?)h1(?=[ >])")
_NO_CLASS = re.compile(r' class=""(?=[^<>]*>)')  # in a tag: text has its brackets escaped
_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|div|li|td|th|tr|caption|figcaption|blockquote|dt|dd|pre)>|<(?:br|hr)>|<(?:ul|ol|dl|table)(?: [^>]*)?>"
)


class CleanHtml(SafeString):
    """Rich text that has been through `clean`, or comes from a column that holds nothing else."""


def clean(value):
    """Return `value` (HTML, any origin) as CleanHtml: only what the allow-list names, nothing that runs.

    Taking an element away can leave what a browser would read differently (a paragraph in a paragraph, a link in a
    link), so it is cleaned until nothing changes. What does not come to rest, or is nested beyond reason, keeps its
    text only.
    """
    if isinstance(value, CleanHtml):
        return value
    text = _NOT_TEXT.sub("", str(value))
    if too_deep(text):
        text = _ANY_TAG.sub(" ", text)
    for _ in range(PASSES):
        before, text = text, _clean_once(text)
        if text == before:
            return CleanHtml(text)
    return CleanHtml(html.escape(plain_text(text), quote=False))


def plain_text(value):
    """Return the text of clean rich text, one line a block, without the tags."""
    text = _BLOCK_END.sub("\n", value)
    text = html.unescape(nh3.clean(text, tags=set()))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _clean_once(text):
    text = nh3.clean(
        text,
        tags=TAGS,
        clean_content_tags=CONTENT_DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_kept_attribute,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    text = _NO_CLASS.sub("", text)
    text = _H1.sub(r"\1h2", text)  # the page's one h1 is the article's title
    return _IMG.sub(_own_picture, text).strip()


def _kept_attribute(tag, attribute, value):
    """Return what stays of an attribute that the allow-list names; None takes it out."""
    if attribute == "style":
        return kept_style(value)
    if attribute in ("href", "src"):
        value = _IN_ADDRESS.sub("", value).strip()
        return None if _OTHER_HOST.match(value) else value
    pattern = VALUES.get(attribute)
    return value if pattern is None or pattern.fullmatch(value) else None


def _own_picture(match):
    """Keep a picture of this site; make one from elsewhere a link, because pages contact no other host."""
    attributes = dict(_ATTRIBUTE.findall(match[1]))
    source = attributes.get("src", "")
    if source.startswith("/"):
        return match[0] if "alt" in attributes else f'<img alt=""{match[1]}>'
    label = attributes.get("alt") or "图片"
    label = html.escape(html.unescape(label), quote=False)
    if not source.startswith(("http://", "https://")):
        return f"[{label}]"
    return f'<a class="remote-picture" href="{source}" rel="noopener noreferrer">[{label}]</a>'
