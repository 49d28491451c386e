"""What counts as the same text: width, case, traditional or simplified, and white space make no difference.

Every character is mapped by itself, so that a piece of a text is a piece of the normalised text as well: a search
that looked at whole words (as OpenCC's phrases do) would miss parts of them.
"""

import unicodedata
from pathlib import Path

# Control, format, surrogate and private characters: nothing that anybody searches for.
DROPPED = {"Cc", "Cf", "Cs", "Co"}


def simplified_forms():
    lines = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(traditional): simplified for traditional, simplified in pairs}


SIMPLIFIED = simplified_forms()


class _Normal(dict):
    """A table for `str.translate` that is filled as characters occur; `uneven` are those that become none or several."""

    def __init__(self):
        self.uneven = set()

    def __missing__(self, code):
        self[code] = form = normal_form(chr(code))
        if len(form) != 1:
            self.uneven.add(chr(code))
        return form


def normal_form(character):
    if character.isspace():
        return " "
    if unicodedata.category(character) in DROPPED:
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    return folded.translate(SIMPLIFIED)


NORMAL = _Normal()


def normalise(text):
    """Return `text` as the index knows it: one line, no blanks around it, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", text).translate(NORMAL).split())
