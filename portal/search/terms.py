"""What the index holds of a text: every character and every pair of neighbouring characters.

A text that has all pairs of a word may hold the word; whether it does is read off the stored text. Pairs alone decide
for words of two characters, and leave few wrong candidates for longer ones. No dictionary is asked, so names of zones,
numbers and Latin words are found from any of their characters.
"""

TITLE = "\x01"  # before a term of the title; no normalised text holds it


def pairs(line):
    return [line[i : i + 2] for i in range(len(line) - 1)]


def terms_of(content):
    """Return the terms of a document: fields on lines of their own, the title first. No pair crosses a line."""
    title, *_ = lines = content.split("\n")
    terms = set()
    for line in lines:
        terms.update(line, pairs(line))
    terms.update(TITLE + term for term in {*title, *pairs(title)})
    return terms


def needed_terms(word):
    """Return the terms that every text with `word` has: the character, or the pairs, each once."""
    return list(dict.fromkeys(pairs(word))) or [word]
