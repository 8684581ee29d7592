"""Tokens of a conduct: words, commas and forms that no neighbour decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.elements.constituents import Words
from nlp.elements.verb_words import PUNCTUATION


@dataclass(slots=True)
class ClauseTokens:
    """Tokens of a conduct (folded word, start, end) in ``text``."""

    text: str
    folded: str
    words: Words
    tokens: Sequence[tuple[str, int, int]]

    def word(self, at: int) -> str:
        """Return the folded word at a place, empty outside the clause."""
        return self.tokens[at][0] if 0 <= at < len(self.tokens) else ""

    def written(self, at: int) -> str:
        """Return a word with its accents, by which prepositions differ from articles."""
        return self.text[self.tokens[at][1] : self.tokens[at][2]].lower() if at < len(self.tokens) else ""

    def is_word(self, at: int) -> bool:
        """Return whether there is a word at ``at`` that is no function word."""
        word = self.word(at)
        return bool(word) and word not in PUNCTUATION and not self.words.is_function_word(word)

    def commas(self, at: int) -> list[int]:
        return [place for place in range(at, len(self.tokens)) if self.word(place) == ","]

    def comma(self, at: int) -> int:
        """Return the place of the next comma from ``at``, -1 without one."""
        return self.find(",", at)

    def find(self, word: str, at: int) -> int:
        """Return the next place of a folded word from ``at``, -1 without one."""
        return next((place for place in range(at, len(self.tokens)) if self.word(place) == word), -1)

    def is_infinitive(self, at: int) -> bool:
        return self.words.is_infinitive(self.word(at))

    def is_finite(self, at: int) -> bool:
        return self.words.is_verb(self.word(at)) and not self.is_infinitive(at)

    def behind_conjunctions(self, at: int) -> int:
        while self.word(at) in self.words.conjunctions:
            at += 1
        return at

    def behind_pronouns(self, at: int) -> int:
        while self.word(at) in self.words.clitics or self.word(at) in self.words.adverbs:
            at += 1
        return at
