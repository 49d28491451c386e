"""Which words changed between two paragraphs.

Chinese is compared by character, because a dictionary would cut the two texts differently where they differ; Latin
words and numbers are one token each. What chance leaves standing between two changes is then given to the changes
(Fraser's semantic clean-up), so that whole phrases are marked and not every other character.
"""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, GONE, NEW = "same", "gone", "new"
PAIRS_MAX = 60_000  # equal pairs of tokens that one comparison may look at: some 30 ms
TOKENS_MAX = 8_000

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.,%'-]?[A-Za-z0-9]+)*%?|\s+|.", re.DOTALL)
_CLAUSE_END = set("\u3002\uff01\uff1f\uff1b\uff0c\u3001,;!?\n")


class Token(NamedTuple):
    """A word of a paragraph; `look` says how it stands there: bold, a link's address, a picture's file."""

    text: str
    look: str = ""
    picture: str = ""


class Piece(NamedTuple):
    """Neighbouring tokens of one fate and one look."""

    mark: str
    text: str
    look: str = ""
    picture: str = ""


def tokens_of(text, look=""):
    return [Token(part, look) for part in _TOKEN.findall(text)]


def changes(old, new):
    """Return (pieces of the left, pieces of the right) for two lists of tokens."""
    left, right = [], []
    for is_same, gone, come in tidy(spans(old, new)):
        left.append((SAME if is_same else GONE, gone))
        right.append((SAME if is_same else NEW, come))
    return pieces(left), pieces(right)


def pieces(spans_of_side):
    joined = []
    for mark, tokens in spans_of_side:
        for token in tokens:
            last = joined[-1] if joined else None
            if last and (last.mark, last.look, last.picture) == (mark, token.look, token.picture) and not last.picture:
                joined[-1] = last._replace(text=last.text + token.text)
            else:
                joined.append(Piece(mark, *token))
    return joined


def spans(old, new):
    """Return [(is_same, tokens of old, tokens of new), …] that cover both lists in their order."""
    start = common_start(old, new)
    end = common_start(old[start:][::-1], new[start:][::-1])
    stop_old, stop_new = len(old) - end, len(new) - end
    middle = inner_spans(old[start:stop_old], new[start:stop_new])
    return [(True, old[:start], new[:start]), *middle, (True, old[stop_old:], new[stop_new:])]


def common_start(old, new):
    length = min(len(old), len(new))
    return next((i for i in range(length) if old[i] != new[i]), length)


def inner_spans(old, new):
    """By tokens where that is cheap, else by clauses first; what is too large even so counts as one change."""
    if is_cheap(old, new):
        return matched(old, new)
    old_clauses, new_clauses = clauses(old), clauses(new)
    if not is_cheap(old_clauses, new_clauses):
        return [(False, old, new)]
    found = []
    for is_same, gone, come in matched(old_clauses, new_clauses):
        gone, come = flat(gone), flat(come)
        found += [(True, gone, come)] if is_same or not is_cheap(gone, come) else matched(gone, come)
        if not is_same and found[-1][0] and found[-1][1] != found[-1][2]:
            found[-1] = (False, gone, come)
    return found


def is_cheap(old, new):
    """Whether SequenceMatcher may be asked: its work grows with the pairs of equal elements."""
    if len(old) + len(new) > TOKENS_MAX:
        return False
    counts = {}
    for item in old:
        counts[item] = counts.get(item, 0) + 1
    return sum(counts.get(item, 0) for item in new) <= PAIRS_MAX


def matched(old, new):
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(tag == "equal", old[i1:i2], new[j1:j2]) for tag, i1, i2, j1, j2 in codes]


def clauses(tokens):
    found, start = [], 0
    for place, token in enumerate(tokens, 1):
        if token.text in _CLAUSE_END:
            found.append(tuple(tokens[start:place]))
            start = place
    return [*found, tuple(tokens[start:])] if start < len(tokens) else found


def flat(groups):
    return [token for group in groups for token in group]


def tidy(found):
    """Give an equality that is shorter than the changes on both of its sides to these changes."""
    kept = []
    for span in joined(found):
        kept.append(span)
        while len(kept) >= 3 and not kept[-1][0] and is_island(*kept[-3:]):
            before, island, after = kept[-3:]
            kept[-3:] = [(False, before[1] + island[1] + after[1], before[2] + island[2] + after[2])]
    return kept


def joined(found):
    """Leave out what is empty, and join neighbours of one fate."""
    kept = []
    for is_same, gone, come in found:
        if not gone and not come:
            continue
        if kept and kept[-1][0] == is_same:
            kept[-1] = (is_same, kept[-1][1] + gone, kept[-1][2] + come)
        else:
            kept.append((is_same, gone, come))
    return kept


def is_island(before, island, after):
    """Whether the equality `island` between two changes is one character, or shorter than what changed around it."""
    length = weight(island[1])
    around = min(max(weight(side[1]), weight(side[2])) for side in (before, after))
    return island[0] and (length == 1 or length < around)


def weight(tokens):
    return sum(len(token.text) for token in tokens)
