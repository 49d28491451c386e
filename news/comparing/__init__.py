"""Two texts side by side, with the words that changed. Pure functions: nothing here asks the database.

`compare(old, new)` takes plain texts, `compare_html(old, new)` clean rich text; both return rows of two cells. A cell
is made of pieces: `same` stands on both sides, `gone` on the left only, `new` on the right only. The pieces of a side
put together are the whole side, and without the marked ones both sides are equal.
"""

from news.comparing.blocks import blocks_of, text_blocks
from news.comparing.rows import compare_blocks


def compare(old, new):
    """Return the rows of two plain texts, a row a line."""
    return compare_blocks(text_blocks(old), text_blocks(new))


def compare_html(old, new):
    """Return the rows of two clean rich texts, a row a paragraph, heading, item or row of a table."""
    return compare_blocks(blocks_of(old), blocks_of(new))
