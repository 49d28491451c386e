"""The few inline styles that Chinese documents need. `portal.richtext.reading` turns each into a class for readers."""

import re

BOLD = dict.fromkeys(("bold", "bolder", "600", "700", "800", "900"), "bold")
# Property → {value as written: value as kept}. All else goes: colours, fonts, sizes, positions.
KEPT = {
    "text-align": {"left": "left", "center": "center", "right": "right", "start": "left", "end": "right"},
    "font-weight": BOLD,
    "font-style": {"italic": "italic"},
    "text-decoration": {"underline": "underline", "line-through": "line-through"},
    "vertical-align": {"top": "top", "middle": "middle", "bottom": "bottom"},
}

_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(?:em|rem|pt|px|mm|cm|in|ch|ic)?")


def kept_style(value):
    """Return what stays of the style attribute `value`, None where nothing does."""
    kept = {}
    for declaration in value.lower().split(";"):
        name, _, given = (part.strip() for part in declaration.partition(":"))
        if as_kept := _kept_value(name, given):
            kept[name] = as_kept
    return ";".join(f"{name}:{as_kept}" for name, as_kept in kept.items()) or None


def _kept_value(name, given):
    if name == "text-indent":
        # Word writes what two characters measure in its font; here they are two characters of ours.
        length = _LENGTH.fullmatch(given)
        return length and ("2em" if float(length[1]) else "0")
    return KEPT.get(name, {}).get(given)
