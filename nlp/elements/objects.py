"""Noun phrases for what a conduct is done to, cut by constituents within the words of a conduct."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from nlp.elements.constituents import words_of
from nlp.elements.verb_places import MANNER, PUNCTUATION, VerbPlaces

_TOKEN = regex.compile(r"(?:\b(?:[dlsnmtjc]|qu|jusqu|lorsqu)['’])|\w+(?:-\w+)*|[,;:()—–]")
_OTHERS = frozenset("otro otra otros otras".split())
_PLACES = frozenset("a al en em au aux dans".split())
_PRONOUNS = frozenset("quiconque ellos ellas el ella eles elas ele ela them him her it elle elles lui eux mim".split())
_CONTRACTED = frozenset("à às ao aos aux au al del du".split())
_INDIRECT = _CONTRACTED | frozenset("a to en em in dans de".split())
VERB, OBJECT, UNKNOWN = "verb", "object", "unknown"


@dataclass(frozen=True, slots=True)
class Objects:
    """Ranges of the objects of a conduct; ``awaits_object`` tells that its last verb has none yet."""

    ranges: tuple[tuple[int, int], ...]
    awaits_object: bool = False


def objects_in(text: str, folded: str, start: int, end: int, language: str, begins: str) -> Objects:
    """Return the objects in the words of a conduct.

    ``begins`` tells what they begin with: ``VERB`` behind the offender, ``OBJECT`` behind a verb without one, or
    ``UNKNOWN``.
    """
    words = words_of(language)
    return _Conduct(text, folded, words, _tokens(folded, start, end)).objects(begins) if words else Objects(())


def _tokens(folded: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(found[0].replace("’", "'"), found.start(), found.end()) for found in _TOKEN.finditer(folded, start, end)]


@dataclass(slots=True)
class _Conduct(VerbPlaces):
    """The tokens of a conduct, read from left to right: verbs, what they are done to, circumstances."""

    def objects(self, begins: str) -> Objects:
        at = self._behind_circumstances(0)
        if begins == VERB and not self._is_verb(at):
            at = next((place + 1 for place in self._commas(at) if self._is_verb(place + 1)), at)
        ranges: list[tuple[int, int]] = []
        first = self._behind_small_words(at)
        is_participle = self.words.language == "en" and self._word(first).endswith("ing")
        if self._is_verb(at) or self._has_ending(first) or is_participle or (begins == VERB and self._may_be_verb(at)):
            self.are_infinitives = self._is_infinitive(self._behind_small_words(at))
            self.are_participles = self._is_behind_auxiliary(self._behind_small_words(at))
            start = self._object_start(self._behind_verbs(at))
        elif begins == OBJECT:
            start = self._object_start(at)
        else:
            return Objects(())
        while True:
            found = start < len(self.tokens)
            end = self._object_end(start) if found else start
            if found:
                start, end = self._trimmed(*self._direct(start, end))
            if found and not (end == start + 1 and self._is_no_object(start)):
                ranges.append((self.tokens[start][1], self.tokens[end - 1][2]))
            if (alternative := self._next_alternative(end)) > end:
                start = alternative
                continue
            at = self._next_verb(end)
            if at >= len(self.tokens):
                return Objects(tuple(ranges), not found)
            start = self._object_start(self._behind_verbs(at))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the range without function words at its end, which belong to what is cut off."""
        while end - 1 > start and self.words.is_function_word(self._word(end - 1)):
            end -= 1
        return start, end

    def _is_no_object(self, at: int) -> bool:
        """Return whether a single word is a pronoun or the participle of a compound form ("avoir accompli")."""
        return self._word(at) in _PRONOUNS or self._word(at - 1) in ("avoir", "etre")

    def _direct(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the direct object if the range found is a place or an indirect object."""
        if self._word(start - 1) not in _INDIRECT and self._written(start) not in _CONTRACTED:
            return start, end
        if self._word(start - 1) == "de" and self._word(end) not in self.words.articles:
            return start, end
        joined = self._word(end) in self.words.conjunctions or self._word(end) in self.words.governed
        joined = joined or self._next_alternative(end) > end
        other = len(self.tokens) if joined else self._object_start(end)
        if other >= len(self.tokens) or self._is_verb(other) or self.words.gerunds.fullmatch(self._word(other)):
            return start, end
        return other, self._object_end(other)

    def _behind_circumstances(self, at: int) -> int:
        """Return the place behind circumstances before a verb, each of which ends with a comma."""
        while at < len(self.tokens):
            at = self._behind_small_words(at)
            word = self._word(at)
            if word in PUNCTUATION or word in self.words.conjunctions:
                at += 1
            elif word in self.words.adjuncts | self.words.genitives or self._is_absolute(at):
                if (comma := self._comma(at)) < 0:
                    return at
                verb = next((place for place in self._commas(comma) if self._is_verb(place + 1)), -1)
                if verb < 0 and self.words.gerunds.fullmatch(word):
                    return len(self.tokens)
                at = max(verb, comma) + 1
            else:
                return at
        return at

    def _is_absolute(self, at: int) -> bool:
        """Return whether a gerund or participle begins a circumstance ("declarada la guerra, ...")."""
        word, comma = self._word(at), self._comma(at)
        if self.words.gerunds.fullmatch(word):
            return True
        is_participle = self.words.language in ("es", "pt") and self.words.participles.fullmatch(word)
        return bool(is_participle and comma > 0 and self._is_verb(comma + 1))

    def _behind_verbs(self, at: int) -> int:
        """Return the place behind a verb and those coordinated with it ("adquiere, posee o vende")."""
        at = self._behind_verb(self._behind_small_words(at))
        while self._word(at) == "," or self._word(at) in self.words.conjunctions:
            following = self._behind_joining(at)
            behind = self._behind_circumstances(following)
            if behind != following and self._is_verb(behind):
                following = behind
            alone = self._word(following + 1) == "," or self._word(following + 1) in self.words.conjunctions
            is_verb = self._is_verb(following) or self._has_ending(following)
            if not is_verb and not (alone and self._may_be_verb(following)):
                break
            at = self._behind_verb(self._behind_small_words(following))
        return at

    def _behind_joining(self, at: int) -> int:
        while self._word(at) == "," or self._word(at) in self.words.conjunctions:
            at += 1
        return self._behind_small_words(at)

    def _behind_verb(self, at: int) -> int:
        at += 1
        if at > len(self.tokens):
            return len(self.tokens)
        particle = self.words.particles.match(self.folded, self.tokens[at - 1][2])
        while particle and at < len(self.tokens) and self.tokens[at][1] < particle.end():
            at += 1
        return at

    def _object_start(self, at: int) -> int:
        """Return the place of the first word of the object of the verb before ``at``; the end where it has none."""
        none = len(self.tokens)
        words = self.words
        in_brackets = False
        while at < none:
            at = self._behind_small_words(at)
            word = self._word(at)
            if self._is_infinitive(at):
                at = self._behind_verbs(at)
            elif word == "soit":
                at += 1
            elif word == "to" and self._word(at + 1) and not words.is_function_word(self._word(at + 1)):
                at = self._behind_verb(at + 1)
            elif word == "par" and (either := self._find("soit", at)) > 0:
                at = either + 1
            elif word == ",":
                comma = self._comma(at + 1)
                follows = self._word(self._behind_conjunctions(at + 1))
                if in_brackets and follows in _PLACES and self._word(at + 2) in words.articles:
                    in_brackets = False
                    at += 1
                    continue
                in_list = in_brackets and follows in words.genitives and words.language != "fr"
                in_brackets = bool(follows in words.adjuncts or words.gerunds.fullmatch(follows) or in_list)
                if in_brackets and comma < 0:
                    return none
                at = comma if in_brackets else at + 1
            elif word in words.governed and word not in words.determiners:
                at += 1
            elif word in words.relatives - words.determiners:
                return none
            elif word in words.adjuncts - words.governed:
                at = self._comma(at)
                if at < 0:
                    return none
            elif word in words.conjunctions and self._word(at + 1) in words.adjuncts and self._comma(at) > 0:
                at = self._comma(at)  # ", o sin permiso, ..."
            elif word in PUNCTUATION or word in words.conjunctions or words.gerunds.fullmatch(word):
                return none
            else:
                return at
        return none

    def _object_end(self, start: int) -> int:
        """Return the place behind the last word of the noun phrase that begins at ``start``."""
        in_attribute = in_clause = False
        at = start + 1
        while at < len(self.tokens):
            word = self._word(at)
            if word == "," or word in self.words.conjunctions:
                following = self._behind_conjunctions(at + 1)
                in_clause = in_clause and self.are_infinitives and self.words.language in ("es", "pt")
                if not self._goes_on(start, following) and not (in_clause and self._is_finite(following)):
                    return at
                in_clause = in_clause or self._word(following) in self.words.relatives
                in_attribute = in_clause or self._word(following) in self.words.relatives
                at = following
            elif word in PUNCTUATION:
                return at
            elif word in self.words.relatives and word not in self.words.determiners:
                in_attribute = in_clause = True
            elif compound := self.words.compounds.match(self.folded, self.tokens[at][1]):
                at = sum(first < compound.end() for _, first, _ in self.tokens) - 1
            elif not in_attribute and self._ends_phrase(at):
                return at
            elif self._is_participle(at) or self.words.attributes.match(self.folded, self.tokens[at][1]):
                in_attribute = True
            at += 1
        return at

    def _ends_phrase(self, at: int) -> bool:
        """Return whether a circumstance or, without a word between, another noun phrase begins."""
        word, words = self._word(at), self.words
        if word in words.articles:
            return not words.is_function_word(self._word(at - 1)) or self._word(at - 1) in _OTHERS
        return (word in words.adjuncts and word not in words.genitives) or bool(words.gerunds.fullmatch(word))

    def _is_participle(self, at: int) -> bool:
        word, start, end = self.tokens[at]
        following = self._word(at + 1)
        if self._word(at - 1) in self.words.determiners:
            return False
        if self.words.language == "fr" and word.endswith("ant"):
            return True
        if following not in self.words.adjuncts:
            return False
        written = self.text[start:end].lower() if self.words.language == "fr" else word
        return bool(self.words.participles.fullmatch(written)) and (self.words.language != "fr" or written[-1] != "e")

    def _goes_on(self, start: int, at: int) -> bool:
        """Return whether the noun phrase from ``start`` continues at ``at``, after a comma or a conjunction."""
        words = self.words
        word = self._word(at)
        if not word or word in PUNCTUATION or words.gerunds.fullmatch(word) or MANNER.fullmatch(word):
            return False
        if word in words.genitives and self._is_infinitive(self._behind_pronouns(at + 1)):
            return False
        if word == "soit":
            return self._word(at + 1) not in words.governed or self._word(at + 1) in words.genitives
        if word in words.relatives or word in words.genitives:
            return True
        if self._is_reflexive(at) or self._is_coordinated_participle(at):
            return False
        if word in words.clitics and words.is_verb(self._word(at + 1)):
            return False
        if self._written(at) in _CONTRACTED or word in words.adjuncts - words.determiners:
            return word in words.genitives or word == self._word(start - 1)
        if word in words.determiners:
            return self._word(at + 1) not in ("que", "qual", "cual")  # "o el que ...": another offender
        return not words.is_verb(word)

    def _next_alternative(self, at: int) -> int:
        """Return the place of the next noun phrase of an alternative without a verb; ``at`` without one.

        It is one of "soit dans ..., soit dans ..." or follows a circumstance (", ou, sem o seu consentimento, ...").
        """
        behind = at + 1 if self._word(at) == "," else at
        is_next = self._word(behind) == "soit" and self._word(behind + 1) in self.words.governed
        if is_next and behind + 2 < len(self.tokens):
            return behind + 2
        circumstance = self._behind_conjunctions(behind) + 1
        is_circumstance = self._word(circumstance - 1) == "," and self._word(circumstance) in self.words.adjuncts
        comma = self._comma(circumstance) if is_circumstance and circumstance > behind + 1 else -1
        return comma + 1 if 0 < comma < len(self.tokens) - 1 and not self._is_verb(comma + 1) else at

    def _is_purpose(self, at: int) -> bool:
        """Return whether a preposition and an infinitive follow ("pour accomplir ou avoir accompli")."""
        is_adjunct = self._word(at) in self.words.adjuncts - self.words.genitives
        return is_adjunct and self._is_infinitive(self._behind_pronouns(at + 1))

    def _next_verb(self, at: int) -> int:
        """Return the place of the next verb that is coordinated with those before; the end where there is none."""
        while at < len(self.tokens):
            if self._word(at) == "," or self._word(at) in self.words.conjunctions:
                following = self._behind_joining(at)
                if self._is_verb(following):
                    return following
                if self._word(at) == "," and self._is_purpose(at + 1):
                    comma = self._comma(at + 1)
                    at = comma - 1 if comma > 0 else len(self.tokens)
            at += 1
        return at
