"""Which paragraph of one text stands beside which of the other."""

from difflib import SequenceMatcher
from typing import NamedTuple

from news.comparing.words import GONE, NEW, SAME, Piece, changes, is_cheap, pieces

ALIKE = 0.25  # from this share of common pairs of characters on, two paragraphs are one that was changed
GRID_MAX = 10_000  # pairs of paragraphs whose likeness is looked at in one gap


class Cell(NamedTuple):
    kind: str
    pieces: list

    @property
    def text(self):
        return "".join(piece.text for piece in self.pieces)


class Row(NamedTuple):
    """A paragraph and what became of it; None on the side where it does not exist."""

    left: Cell | None
    right: Cell | None

    @property
    def is_changed(self):
        return self.left is None or self.right is None or self.left != self.right


def compare_blocks(old, new):
    """Return the rows of two lists of blocks."""
    rows = []
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        if tag == "equal":
            rows += [same_row(block) for block in old[i1:i2]]
        else:
            rows += [row_of(left, right) for left, right in pairs(old[i1:i2], new[j1:j2])]
    return rows


def opcodes(old, new):
    if is_cheap(old, new):
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("replace", 0, len(old), 0, len(new))]


def same_row(block):
    cell = Cell(block.kind, pieces([(SAME, block.tokens)]))
    return Row(cell, cell)


def row_of(left, right):
    if left is None or right is None:
        return Row(left and alone(left, GONE), right and alone(right, NEW))
    gone, come = changes(list(left.tokens), list(right.tokens))
    return Row(Cell(left.kind, gone), Cell(right.kind, come))


def alone(block, mark):
    return Cell(block.kind, pieces([(mark, block.tokens)]) or [Piece(mark, "")])


def pairs(old, new):
    """Yield (old block, new block) in order; a block without a counterpart stands beside None.

    The pairing with the greatest likeness in sum, as a longest common subsequence is found.
    """
    if len(old) * len(new) > GRID_MAX:
        return side_by_side(old, new)
    if len(old) == len(new) == 1:
        is_one = old[0].kind == new[0].kind or likeness(bag(old[0]), bag(new[0])) >= ALIKE
        return [(old[0], new[0])] if is_one else [(old[0], None), (None, new[0])]
    old_bags, new_bags = [bag(block) for block in old], [bag(block) for block in new]
    grid = [[likeness(one, other) for other in new_bags] for one in old_bags]
    return walk(old, new, grid, best_sums(grid, len(old), len(new)))


def side_by_side(old, new):
    length = max(len(old), len(new))
    return zip(old + [None] * (length - len(old)), new + [None] * (length - len(new)), strict=True)


def best_sums(grid, rows, columns):
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + grid[i][j] if grid[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return best


def walk(old, new, grid, best):
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if grid[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + grid[i][j]:
            found.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((old[i], None))
            i += 1
        else:
            found.append((None, new[j]))
            j += 1
    return found + [(block, None) for block in old[i:]] + [(None, block) for block in new[j:]]


def bag(block):
    text = block.text
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def likeness(one, other):
    """The share of pairs of characters that two bags have in common: 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))
