"""The list of words, as staff keep it; each process reads it anew after half a minute."""

import time
import unicodedata

from portal.models import SpamWord

KEPT_FOR = 30  # seconds
_kept = (0.0, [])


def compact(text):
    """Return `text` as words are looked for: one form of each letter, small, without blanks, marks and hidden signs."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def active_words():
    """Return (compact word, word, weight) of every word in use."""
    global _kept
    if time.monotonic() >= _kept[0]:
        rows = SpamWord.objects.filter(is_active=True).values_list("word", "weight")
        _kept = (time.monotonic() + KEPT_FOR, [(compact(word), word, weight) for word, weight in rows])
    return _kept[1]


def forget():
    """Read the list anew at the next form."""
    global _kept
    _kept = (0.0, [])


def found(text):
    """Return (word, weight) of the words in `text`; of words within each other the longest counts."""
    flat = compact(text)
    hits = [row for row in active_words() if row[0] and row[0] in flat]
    return [
        (word, weight) for key, word, weight in hits if not any(key != other and key in other for other, *_ in hits)
    ]
