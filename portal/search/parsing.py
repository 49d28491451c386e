"""What a reader's query means: several words are all wanted, "…" is a phrase, -word is not wanted."""

import re
from dataclasses import dataclass

from portal.search.normal import normalise

WORDS_MAX = 10
LENGTH_MAX = 200
QUOTES = '"\u201c\u201d\u300c\u300d\u300e\u300f\uff02'
OPENING, CLOSING = '"\u201c\u300c\u300e\uff02', '"\u201d\u300d\u300f\uff02'
_PART = re.compile(
    rf"(?P<minus>[-\uff0d])?(?:[{OPENING}](?P<phrase>[^{QUOTES}]*)(?:[{CLOSING}]|$)|(?P<word>[^\s{QUOTES}]+))"
)


@dataclass(frozen=True)
class Query:
    """`words` all have to occur, `excluded` none; both are normalised. `problem` says why nothing can be searched."""

    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    problem: str = ""


def parse(text):
    """Return the Query of what a reader typed, however odd."""
    words, excluded = [], []
    for part in _PART.finditer(text[: LENGTH_MAX + 1]):
        word = normalise(part["word"] if part["phrase"] is None else part["phrase"])
        if not word:
            continue
        target = excluded if part["minus"] else words
        # Characters such as the ellipsis normalise to more than one word; outside a phrase each stands alone.
        target.extend([word] if part["phrase"] is not None else word.split())
    words, excluded = tuple(dict.fromkeys(words)), tuple(dict.fromkeys(excluded))
    return Query(words, excluded, problem_of(text, words, excluded))


def problem_of(text, words, excluded):
    if len(text) > LENGTH_MAX:
        return f"要找的内容太长，最多 {LENGTH_MAX} 个字。"
    if len(words) + len(excluded) > WORDS_MAX:
        return f"一次最多找 {WORDS_MAX} 个词。"
    if excluded and not words:
        return "只写了不要的词（前面带“-”），还要写上想找的词。"
    if not words and text.strip():
        return "没有可以查找的字词，请换一个说法。"
    return ""
