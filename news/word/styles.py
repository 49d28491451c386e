"""How Word's paragraphs look: what they align to, directly or by their style, which mammoth does not tell."""

import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
ALIGNED = {"center": "center", "right": "right", "end": "right"}
DEPTH_MAX = 20  # styles that are based on one another
_HEADING = re.compile(r"(?:heading|标题)\s?([1-6])", re.IGNORECASE)


def alignments(file):
    """Return {id of a paragraph style: "center" or "right"} of the document in `file`, inherited ones included."""
    with zipfile.ZipFile(file) as archive:
        if "word/styles.xml" not in archive.namelist():
            return {}
        root = etree.fromstring(archive.read("word/styles.xml"), etree.XMLParser(**PARSER))
    own, parents = {}, {}
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId")
        if (parent := style.find(f"{W}basedOn")) is not None:
            parents[key] = parent.get(f"{W}val")
        if (aligned := style.find(f"{W}pPr/{W}jc")) is not None:
            own[key] = aligned.get(f"{W}val")
    return {key: found for key in {*own, *parents} if (found := ALIGNED.get(_inherited(key, own, parents)))}


def _inherited(key, own, parents):
    for _ in range(DEPTH_MAX):
        if key in own or key not in parents:
            break
        key = parents[key]
    return own.get(key)


def heading_level(paragraph):
    """Return 1 to 6 of a heading, 0 of a title, None of any other paragraph."""
    name = (paragraph.style_name or "").strip()
    if name.lower() in ("title", "标题", "文章标题"):
        return 0
    if found := _HEADING.fullmatch(name):
        return int(found[1])
    return None


def class_of(paragraph, by_style):
    """Return the class that carries alignment and first-line indent through mammoth, empty where there is neither."""
    aligned = (
        ALIGNED.get(paragraph.alignment or "", "") if paragraph.alignment else by_style.get(paragraph.style_id, "")
    )
    first = str(paragraph.indent.first_line or "")
    indented = "indent" if first.isdecimal() and int(first) > 0 and not aligned else ""
    return aligned or indented


STYLES = {"center": "text-align:center", "right": "text-align:right", "indent": "text-indent:2em"}
NAMES = {0: "h2", **{level: f"h{level}" for level in range(1, 7)}, None: "p"}
STYLE_MAP = "\n".join(
    f"p[style-name='portal {tag} {name}'] => {tag}.portal-{name}:fresh"
    for tag in dict.fromkeys(NAMES.values())
    for name in ("plain", *STYLES)
)
CLASS = re.compile(r' class="portal-(plain|center|right|indent)"')


def as_styles(html):
    """Put the styles in the place of the classes that `STYLE_MAP` made."""
    return CLASS.sub(lambda match: f' style="{STYLES[match[1]]}"' if match[1] in STYLES else "", html)
