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
    if words is None:
        return Objects(())
    return _Conduct(VerbPlaces(text, folded, words, _tokens(folded, start, end))).objects(begins)


def _tokens(folded: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(found[0].replace("’", "'"), found.start(), found.end()) for found in _TOKEN.finditer(folded, start, end)]


@dataclass(slots=True)
class _Conduct:
    """The tokens of a conduct, read from left to right: verbs, what they are done to, circumstances."""

    verbs: VerbPlaces

    def objects(self, begins: str) -> Objects:
        at = self._behind_circumstances(0)
        if begins == VERB and not self.verbs.is_verb(at):
            at = next((place + 1 for place in self.verbs.commas(at) if self.verbs.is_verb(place + 1)), at)
        ranges: list[tuple[int, int]] = []
        first = self.verbs.behind_small_words(at)
        is_participle = self.verbs.words.language == "en" and self.verbs.word(first).endswith("ing")
        if (
            self.verbs.is_verb(at)
            or self.verbs.has_ending(first)
            or is_participle
            or (begins == VERB and self.verbs.may_be_verb(at))
        ):
            self.verbs.are_infinitives = self.verbs.is_infinitive(self.verbs.behind_small_words(at))
            self.verbs.are_participles = self.verbs.is_behind_auxiliary(self.verbs.behind_small_words(at))
            start = self._object_start(self._behind_verbs(at))
        elif begins == OBJECT:
            start = self._object_start(at)
        else:
            return Objects(())
        while True:
            found = start < len(self.verbs.tokens)
            end = self._object_end(start) if found else start
            if found:
                start, end = self._trimmed(*self._direct(start, end))
            if found and not (end == start + 1 and self._is_no_object(start)):
                ranges.append((self.verbs.tokens[start][1], self.verbs.tokens[end - 1][2]))
            if (alternative := self._next_alternative(end)) > end:
                start = alternative
                continue
            at = self._next_verb(end)
            if at >= len(self.verbs.tokens):
                return Objects(tuple(ranges), not found)
            start = self._object_start(self._behind_verbs(at))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the range without function words at its end, which belong to what is cut off."""
        while end - 1 > start and self.verbs.words.is_function_word(self.verbs.word(end - 1)):
            end -= 1
        return start, end

    def _is_no_object(self, at: int) -> bool:
        """Return whether a single word is a pronoun or the participle of a compound form ("avoir accompli")."""
        return self.verbs.word(at) in _PRONOUNS or self.verbs.word(at - 1) in ("avoir", "etre")

    def _direct(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the direct object if the range found is a place or an indirect object."""
        if self.verbs.word(start - 1) not in _INDIRECT and self.verbs.written(start) not in _CONTRACTED:
            return start, end
        if self.verbs.word(start - 1) == "de" and self.verbs.word(end) not in self.verbs.words.articles:
            return start, end
        joined = (
            self.verbs.word(end) in self.verbs.words.conjunctions or self.verbs.word(end) in self.verbs.words.governed
        )
        joined = joined or self._next_alternative(end) > end
        other = len(self.verbs.tokens) if joined else self._object_start(end)
        if (
            other >= len(self.verbs.tokens)
            or self.verbs.is_verb(other)
            or self.verbs.words.gerunds.fullmatch(self.verbs.word(other))
        ):
            return start, end
        return other, self._object_end(other)

    def _behind_circumstances(self, at: int) -> int:
        """Return the place behind circumstances before a verb, each of which ends with a comma."""
        while at < len(self.verbs.tokens):
            at = self.verbs.behind_small_words(at)
            word = self.verbs.word(at)
            if word in PUNCTUATION or word in self.verbs.words.conjunctions:
                at += 1
            elif word in self.verbs.words.adjuncts | self.verbs.words.genitives or self._is_absolute(at):
                if (comma := self.verbs.comma(at)) < 0:
                    return at
                verb = next((place for place in self.verbs.commas(comma) if self.verbs.is_verb(place + 1)), -1)
                if verb < 0 and self.verbs.words.gerunds.fullmatch(word):
                    return len(self.verbs.tokens)
                at = max(verb, comma) + 1
            else:
                return at
        return at

    def _is_absolute(self, at: int) -> bool:
        """Return whether a gerund or participle begins a circumstance ("declarada la guerra, ...")."""
        word, comma = self.verbs.word(at), self.verbs.comma(at)
        if self.verbs.words.gerunds.fullmatch(word):
            return True
        is_participle = self.verbs.words.language in ("es", "pt") and self.verbs.words.participles.fullmatch(word)
        return bool(is_participle and comma > 0 and self.verbs.is_verb(comma + 1))

    def _behind_verbs(self, at: int) -> int:
        """Return the place behind a verb and those coordinated with it ("adquiere, posee o vende")."""
        at = self._behind_verb(self.verbs.behind_small_words(at))
        while self.verbs.word(at) == "," or self.verbs.word(at) in self.verbs.words.conjunctions:
            following = self._behind_joining(at)
            behind = self._behind_circumstances(following)
            if behind != following and self.verbs.is_verb(behind):
                following = behind
            alone = (
                self.verbs.word(following + 1) == "," or self.verbs.word(following + 1) in self.verbs.words.conjunctions
            )
            is_verb = self.verbs.is_verb(following) or self.verbs.has_ending(following)
            if not is_verb and not (alone and self.verbs.may_be_verb(following)):
                break
            at = self._behind_verb(self.verbs.behind_small_words(following))
        return at

    def _behind_joining(self, at: int) -> int:
        while self.verbs.word(at) == "," or self.verbs.word(at) in self.verbs.words.conjunctions:
            at += 1
        return self.verbs.behind_small_words(at)

    def _behind_verb(self, at: int) -> int:
        at += 1
        if at > len(self.verbs.tokens):
            return len(self.verbs.tokens)
        particle = self.verbs.words.particles.match(self.verbs.folded, self.verbs.tokens[at - 1][2])
        while particle and at < len(self.verbs.tokens) and self.verbs.tokens[at][1] < particle.end():
            at += 1
        return at

    def _object_start(self, at: int) -> int:
        """Return the place of the first word of the object of the verb before ``at``; the end where it has none."""
        none = len(self.verbs.tokens)
        words = self.verbs.words
        in_brackets = False
        while at < none:
            at = self.verbs.behind_small_words(at)
            word = self.verbs.word(at)
            if self.verbs.is_infinitive(at):
                at = self._behind_verbs(at)
            elif word == "soit":
                at += 1
            elif word == "to" and self.verbs.word(at + 1) and not words.is_function_word(self.verbs.word(at + 1)):
                at = self._behind_verb(at + 1)
            elif word == "par" and (either := self.verbs.find("soit", at)) > 0:
                at = either + 1
            elif word == ",":
                comma = self.verbs.comma(at + 1)
                follows = self.verbs.word(self.verbs.behind_conjunctions(at + 1))
                if in_brackets and follows in _PLACES and self.verbs.word(at + 2) in words.articles:
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
                at = self.verbs.comma(at)
                if at < 0:
                    return none
            elif word in words.conjunctions and self.verbs.word(at + 1) in words.adjuncts and self.verbs.comma(at) > 0:
                at = self.verbs.comma(at)  # ", o sin permiso, ..."
            elif word in PUNCTUATION or word in words.conjunctions or words.gerunds.fullmatch(word):
                return none
            else:
                return at
        return none

    def _object_end(self, start: int) -> int:
        """Return the place behind the last word of the noun phrase that begins at ``start``."""
        in_attribute = in_clause = False
        at = start + 1
        while at < len(self.verbs.tokens):
            word = self.verbs.word(at)
            if word == "," or word in self.verbs.words.conjunctions:
                following = self.verbs.behind_conjunctions(at + 1)
                in_clause = in_clause and self.verbs.are_infinitives and self.verbs.words.language in ("es", "pt")
                if not self._goes_on(start, following) and not (in_clause and self.verbs.is_finite(following)):
                    return at
                in_clause = in_clause or self.verbs.word(following) in self.verbs.words.relatives
                in_attribute = in_clause or self.verbs.word(following) in self.verbs.words.relatives
                at = following
            elif word in PUNCTUATION:
                return at
            elif word in self.verbs.words.relatives and word not in self.verbs.words.determiners:
                in_attribute = in_clause = True
            elif compound := self.verbs.words.compounds.match(self.verbs.folded, self.verbs.tokens[at][1]):
                at = sum(first < compound.end() for _, first, _ in self.verbs.tokens) - 1
            elif not in_attribute and self._ends_phrase(at):
                return at
            elif self._is_participle(at) or self.verbs.words.attributes.match(
                self.verbs.folded, self.verbs.tokens[at][1]
            ):
                in_attribute = True
            at += 1
        return at

    def _ends_phrase(self, at: int) -> bool:
        """Return whether a circumstance or, without a word between, another noun phrase begins."""
        word, words = self.verbs.word(at), self.verbs.words
        if word in words.articles:
            return not words.is_function_word(self.verbs.word(at - 1)) or self.verbs.word(at - 1) in _OTHERS
        return (word in words.adjuncts and word not in words.genitives) or bool(words.gerunds.fullmatch(word))

    def _is_participle(self, at: int) -> bool:
        word, start, end = self.verbs.tokens[at]
        following = self.verbs.word(at + 1)
        if self.verbs.word(at - 1) in self.verbs.words.determiners:
            return False
        if self.verbs.words.language == "fr" and word.endswith("ant"):
            return True
        if following not in self.verbs.words.adjuncts:
            return False
        written = self.verbs.text[start:end].lower() if self.verbs.words.language == "fr" else word
        return bool(self.verbs.words.participles.fullmatch(written)) and (
            self.verbs.words.language != "fr" or written[-1] != "e"
        )

    def _goes_on(self, start: int, at: int) -> bool:
        """Return whether the noun phrase from ``start`` continues at ``at``, after a comma or a conjunction."""
        words = self.verbs.words
        word = self.verbs.word(at)
        if not word or word in PUNCTUATION or words.gerunds.fullmatch(word) or MANNER.fullmatch(word):
            return False
        if word in words.genitives and self.verbs.is_infinitive(self.verbs.behind_pronouns(at + 1)):
            return False
        if word == "soit":
            return self.verbs.word(at + 1) not in words.governed or self.verbs.word(at + 1) in words.genitives
        if word in words.relatives or word in words.genitives:
            return True
        if self.verbs.is_reflexive(at) or self.verbs.is_coordinated_participle(at):
            return False
        if word in words.clitics and words.is_verb(self.verbs.word(at + 1)):
            return False
        if self.verbs.written(at) in _CONTRACTED or word in words.adjuncts - words.determiners:
            return word in words.genitives or word == self.verbs.word(start - 1)
        if word in words.determiners:
            return self.verbs.word(at + 1) not in ("que", "qual", "cual")  # "o el que ...": another offender
        return not words.is_verb(word)

    def _next_alternative(self, at: int) -> int:
        """Return the place of the next noun phrase of an alternative without a verb; ``at`` without one.

        It is one of "soit dans ..., soit dans ..." or follows a circumstance (", ou, sem o seu consentimento, ...").
        """
        behind = at + 1 if self.verbs.word(at) == "," else at
        is_next = self.verbs.word(behind) == "soit" and self.verbs.word(behind + 1) in self.verbs.words.governed
        if is_next and behind + 2 < len(self.verbs.tokens):
            return behind + 2
        circumstance = self.verbs.behind_conjunctions(behind) + 1
        is_circumstance = (
            self.verbs.word(circumstance - 1) == "," and self.verbs.word(circumstance) in self.verbs.words.adjuncts
        )
        comma = self.verbs.comma(circumstance) if is_circumstance and circumstance > behind + 1 else -1
        return comma + 1 if 0 < comma < len(self.verbs.tokens) - 1 and not self.verbs.is_verb(comma + 1) else at

    def _is_purpose(self, at: int) -> bool:
        """Return whether a preposition and an infinitive follow ("pour accomplir ou avoir accompli")."""
        is_adjunct = self.verbs.word(at) in self.verbs.words.adjuncts - self.verbs.words.genitives
        return is_adjunct and self.verbs.is_infinitive(self.verbs.behind_pronouns(at + 1))

    def _next_verb(self, at: int) -> int:
        """Return the place of the next verb that is coordinated with those before; the end where there is none."""
        while at < len(self.verbs.tokens):
            if self.verbs.word(at) == "," or self.verbs.word(at) in self.verbs.words.conjunctions:
                following = self._behind_joining(at)
                if self.verbs.is_verb(following):
                    return following
                if self.verbs.word(at) == "," and self._is_purpose(at + 1):
                    comma = self.verbs.comma(at + 1)
                    at = comma - 1 if comma > 0 else len(self.verbs.tokens)
            at += 1
        return at
