"""The list of words that a new site begins with, of our own compiling: a text file a group.

A line reads: word → what to write, a bar, where the word is right inside a longer one. Both ends may be missing.
The first line of a file gives kind, level and the note that editors see.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def starting_words():
    """Return the values of every ProofWord of the starting list, each word once."""
    words = {}
    for path in sorted(FOLDER.glob("*.txt")):
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        kind, level, note = first.split(" ", 2)
        for line in filter(None, lines):
            rest, _, exceptions = line.partition("|")
            word, _, suggestion = (part.strip() for part in rest.partition("→"))
            values = {"word": word, "suggestion": suggestion, "exceptions": " ".join(exceptions.split())}
            words.setdefault(word, values | {"kind": kind, "level": level, "note": note})
    return list(words.values())
