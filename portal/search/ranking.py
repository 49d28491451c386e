"""The order of relevance: title before summary before body, whole before scattered, newer before older.

Relevance over a common word would cost as much as it has hits, so a bounded number of candidates is ranked: the newest
hits, and those that have the words in their titles.
"""

FIELDS = 4  # title, summary, marks, body: the lines of an entry's content


def rank(hits, contents, words):
    """Return `hits` by relevance. `contents` has the text of each."""
    whole = " ".join(words)
    return sorted(hits, key=lambda hit: (*relevance(contents.get(hit.id, ""), words, whole), hit.place), reverse=True)


def relevance(content, words, whole):
    """Return (nearness of the field that holds the remotest word, whole or scattered, equal to the title)."""
    lines = content.split("\n", FIELDS - 1)
    remotest = max(nearest_field(lines, word) for word in words)
    in_one_piece = min((number for number, line in enumerate(lines) if whole in line), default=FIELDS)
    return (FIELDS - remotest, FIELDS - in_one_piece, lines[0] == whole)


def nearest_field(lines, word):
    return next((number for number, line in enumerate(lines) if word in line), FIELDS)


def in_title(content, words):
    title = content.partition("\n")[0]
    return all(word in title for word in words)
