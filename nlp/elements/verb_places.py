"""Places of verbs among the tokens of a conduct, by the forms of Spanish, Portuguese, English and French."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from nlp.elements.constituents import Words

PUNCTUATION = frozenset(",;:—–")
_AUXILIARIES = frozenset("aura auront aurait auraient sera seront serait seraient".split())
_PARTICIPLE = regex.compile(r"\w+(?:é|i|is|it|u|ert)")  # masculine singular, as behind "aura"
MANNER = regex.compile(r"\w{2,}(?:mente|ment|ly)")


@dataclass(slots=True)
class VerbPlaces:
    """Tokens of a conduct (folded word, start, end) in ``text``, and which of them are verbs."""

    text: str
    folded: str
    words: Words
    tokens: Sequence[tuple[str, int, int]]
    are_infinitives: bool = False
    """Whether the verbs are infinitives: others coordinated with them are so, too."""
    are_participles: bool = False
    """Whether the verbs are French participles behind "aura"."""

    def word(self, at: int) -> str:
        return self.tokens[at][0] if at < len(self.tokens) else ""

    def written(self, at: int) -> str:
        """Return a word with its accents, by which prepositions differ from articles."""
        return self.text[self.tokens[at][1] : self.tokens[at][2]].lower() if at < len(self.tokens) else ""

    def is_verb(self, at: int) -> bool:
        at = self.behind_small_words(at)
        word, following = self.word(at), self.word(at + 1)
        if self.words.language == "en":
            followed = following in self.words.determiners or following in self.words.conjunctions
            return self.words.is_verb(word) and (followed or following == ",")
        if self.are_infinitives:
            return self.is_infinitive(at)
        compound = self.is_behind_auxiliary(at) or self.is_coordinated_participle(at)
        return self.words.is_verb(word) or compound or self.is_reflexive(at - 1)

    def is_behind_auxiliary(self, at: int) -> bool:
        """Return whether a French auxiliary precedes, with or without adverbs between ("aura volontairement causé")."""
        before = at - 1
        while before > 0 and (self.word(before) in self.words.adverbs or MANNER.fullmatch(self.word(before))):
            before -= 1
        return self.words.language == "fr" and 0 <= before < at and self.word(before) in _AUXILIARIES

    def is_compound(self, at: int) -> bool:
        """Return whether a French pronoun and an auxiliary stand at ``at`` ("se sera introduit")."""
        is_french = self.words.language == "fr"
        return is_french and self.word(at) in self.words.clitics and self.word(at + 1) in _AUXILIARIES

    def is_coordinated_participle(self, at: int) -> bool:
        following = self.word(at + 1) in self.words.determiners or self.word(at + 1) == "a"
        return self.are_participles and following and bool(_PARTICIPLE.fullmatch(self.written(at)))

    def is_reflexive(self, at: int) -> bool:
        """Return whether a pronoun before a Spanish verb of any form stands at ``at`` ("se preste")."""
        return self.words.language == "es" and at >= 0 and self.word(at) == "se" and self.is_word(at + 1)

    def may_be_verb(self, at: int) -> bool:
        return self.is_word(self.behind_small_words(at))

    def is_word(self, at: int) -> bool:
        """Return whether there is a word at ``at`` that is no function word."""
        word = self.word(at)
        return bool(word) and word not in PUNCTUATION and not self.words.is_function_word(word)

    def behind_small_words(self, at: int) -> int:
        """Return the place behind adverbs, pronouns of a verb, and a preposition before an infinitive."""
        words = self.words
        while at < len(self.tokens):
            word, following = self.word(at), self.word(at + 1)
            manner = word in words.adverbs or MANNER.fullmatch(word)
            auxiliary = word in _AUXILIARIES and words.language == "fr" and self.is_word(at + 1)
            pronoun = (
                (word in words.clitics and words.is_verb(following))
                or auxiliary
                or self.is_compound(at)
                or self.is_reflexive(at)
            )
            infinitive = word in words.genitives and self.is_infinitive(self.behind_pronouns(at + 1))
            phrase = self.words.manners.match(self.folded, self.tokens[at][1])
            if phrase:
                at = sum(start < phrase.end() for _, start, _ in self.tokens)
            elif manner or pronoun or infinitive:
                at += 1
            else:
                return at
        return at

    def behind_pronouns(self, at: int) -> int:
        while self.word(at) in self.words.clitics or self.word(at) in self.words.adverbs:
            at += 1
        return at

    def commas(self, at: int) -> list[int]:
        return [place for place in range(at, len(self.tokens)) if self.word(place) == ","]

    def comma(self, at: int) -> int:
        return self.find(",", at)

    def find(self, word: str, at: int) -> int:
        return next((place for place in range(at, len(self.tokens)) if self.word(place) == word), -1)

    def has_ending(self, at: int) -> bool:
        """Return whether a word has the ending of an English verb, which many nouns have too."""
        return self.words.language == "en" and bool(self.words.verbs.fullmatch(self.word(at)))

    def is_infinitive(self, at: int) -> bool:
        return self.words.is_infinitive(self.word(at))

    def is_finite(self, at: int) -> bool:
        return self.words.is_verb(self.word(at)) and not self.is_infinitive(at)

    def behind_conjunctions(self, at: int) -> int:
        while self.word(at) in self.words.conjunctions:
            at += 1
        return at
