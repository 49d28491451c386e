"""Wrong and sensitive words of the staff's list: one pass over a text, however long the list."""

from dataclasses import dataclass, field
from threading import Lock

import ahocorasick

from news.models.proofing import ProofWord, ProofWordEdition
from news.proofing.findings import Finding, Level


@dataclass(frozen=True)
class Word:
    word: str
    suggestion: str
    level: str
    kind: str
    note: str = ""
    exceptions: tuple[str, ...] = field(default=())

    def __post_init__(self):
        # Where what should be written holds the word, the word is right there.
        if self.word in self.suggestion:
            object.__setattr__(self, "exceptions", (*self.exceptions, self.suggestion))

    def is_right_at(self, text, start):
        """Tell whether the word at `start` is part of one of its exceptions."""
        for longer in self.exceptions:
            offset = longer.find(self.word)
            while offset != -1:
                if start >= offset and text.startswith(longer, start - offset):
                    return True
                offset = longer.find(self.word, offset + 1)
        return False

    @property
    def message(self):
        if self.kind == ProofWord.Kind.WRONG:
            hint = f"“{self.word}”应为“{self.suggestion}”" if self.suggestion else f"“{self.word}”可能有误"
        else:
            hint = f"“{self.word}”不宜使用"
            hint += f"，可改为“{self.suggestion}”" if self.suggestion else ""
        return f"{hint}：{self.note}" if self.note else f"{hint}。"


class WordList:
    """An automaton of Words. `matches` yields (start, Word), the longest of those that overlap."""

    def __init__(self, words):
        self._automaton = ahocorasick.Automaton()
        self.size = 0
        for word in words:
            self._automaton.add_word(word.word, word)
            self.size += 1
        self._automaton.make_automaton()

    def matches(self, text):
        if not self.size or not text:
            return []
        found = []
        for last, word in self._automaton.iter(text):
            start = last - len(word.word) + 1
            if not word.exceptions or not word.is_right_at(text, start):
                found.append((start, word))
        found.sort(key=lambda match: (match[0], -len(match[1].word)))
        kept, end = [], 0
        for start, word in found:
            if start >= end:
                kept.append((start, word))
                end = start + len(word.word)
        return kept


class _Kept:
    """The list of this process, built again when the edition in the database is another."""

    def __init__(self):
        self._lock, self._edition, self._words = Lock(), -1, WordList([])

    def current(self):
        edition = ProofWordEdition.current()
        with self._lock:
            if edition != self._edition:
                self._words, self._edition = WordList(_active()), edition
            return self._words


kept = _Kept()


def _active():
    rows = ProofWord.objects.filter(is_active=True)
    for row in rows.values_list("word", "suggestion", "level", "kind", "note", "exceptions").iterator():
        yield Word(*row[:5], exceptions=tuple(row[5].split()))


def find(texts, words=None):
    words = words or kept.current()
    for name, text in texts.items():
        for start, word in words.matches(text):
            end = start + len(word.word)
            suggestion = word.suggestion or None
            yield Finding(name, start, end, word.word, word.kind, Level(word.level), word.message, suggestion)
