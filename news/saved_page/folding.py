"""Full-width and half-width: old pages mix them freely, and a pattern wants one form."""

_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212], "-")
_TABLE = {**_HALF, **_SPACES, **_DASHES}


def fold(text):
    """Return `text` with half-width letters, figures, punctuation and blanks, character for character.

    The result is as long as `text`, so that a place found in the one is the same place in the other.
    """
    return text.translate(_TABLE)
