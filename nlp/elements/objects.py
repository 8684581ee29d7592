"""Noun phrases for what a conduct is done to, cut by constituents within the words of a conduct."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from nlp.elements.affected_persons import with_persons
from nlp.elements.agreement import PERSONS, is_portuguese_preposition
from nlp.elements.alternatives import next_alternative
from nlp.elements.attributes import is_demonstrative
from nlp.elements.constituents import words_of
from nlp.elements.phrase_ends import OTHERS, PRONOUNS, phrase_end
from nlp.elements.unmarked_objects import CONTRACTED, unmarked_phrase
from nlp.elements.verb_lists import behind_circumstances, behind_verb, behind_verbs, future_subjunctive, next_verb
from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import PUNCTUATION, tokens_of, verb_words

_PLACES = frozenset("a al en em au aux dans contra contre sobre sur".split())
_INDIRECT = CONTRACTED | frozenset(
    "a to en em in from on upon into under dans de contra con com avec sobre sur ante no na num numa".split()
)
_PORTUGUESE_ARTICLES = frozenset("um uma uns umas qualquer quaisquer algum alguma este esta esse essa".split())
_ENGLISH_PRONOUNS = frozenset("it him them".split())
_ANY = frozenset("cualquiera cualesquiera outro outra outros outras".split())
_OBJECT_PRONOUNS = frozenset("lo la los las".split())
_AUXILIARY = regex.compile(r"\b(?:aura|auront|aurait|auraient|a|ont)\s+(?:\w+ment\s*)*$")
_AUXILIARY_BEFORE = 60  # characters
_AUXILIARIES = {
    "en": frozenset("is are was were be been being has have had".split()),
    "es": frozenset("es son sea sean fuere fueren fuera fueran fuese fuesen sido".split()),
    "pt": frozenset("sao seja sejam for forem fosse fossem sido".split()),
}
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
    auxiliary = _AUXILIARY.search(folded, max(0, start - _AUXILIARY_BEFORE), start) if language == "fr" else None
    if auxiliary and text[auxiliary.start()] != "à":
        start = auxiliary.start()  # "aura sciemment livré": the adverb is a mental element of its own
    return _Conduct(VerbPlaces(text, folded, words, tokens_of(text, folded, start, end, language))).objects(begins)


@dataclass(slots=True)
class _Conduct:
    """The tokens of a conduct, read from left to right: verbs, what they are done to, circumstances."""

    verbs: VerbPlaces

    def objects(self, begins: str) -> Objects:
        found = self._governed(begins)
        bare = () if found.ranges or begins != VERB else self._unmarked()
        found = Objects(bare) if bare else found
        return Objects(with_persons(self.verbs, found.ranges), found.awaits_object)

    def _unmarked(self) -> tuple[tuple[int, int], ...]:
        at = unmarked_phrase(self.verbs)
        if at < 0:
            return ()
        start, end = self._trimmed(at, phrase_end(self.verbs, at))
        return ((self.verbs.tokens[start][1], self.verbs.tokens[end - 1][2]),)

    def _governed(self, begins: str) -> Objects:
        """Return the objects behind the verbs."""
        at = self._first_verb(begins)
        first = self.verbs.behind_small_words(at)
        self.verbs.are_bare = self.verbs.is_behind_modal(first)
        if self.verbs.is_state(at):
            return Objects(())  # "being a public servant"
        if not self._begins_with_verb(at, first, begins):
            return self._from(self._object_start(at), []) if begins == OBJECT else Objects(())
        self.verbs.are_infinitives = self.verbs.is_infinitive(self.verbs.behind_small_words(at))
        self.verbs.are_participles = self.verbs.is_behind_auxiliary(self.verbs.behind_small_words(at))
        taken_up = self._taken_up(at)
        if taken_up is None:
            return self._from(self._object_start(behind_verbs(self.verbs, at)), [])
        at = next_verb(self.verbs, behind_verbs(self.verbs, at))
        if at >= len(self.verbs.tokens):
            return Objects((taken_up,))
        return self._from(self._object_start(behind_verbs(self.verbs, at)), [taken_up])

    def _first_verb(self, begins: str) -> int:
        """Return the place of the first verb, or of the object if only that is left."""
        governed = begins == OBJECT and self.verbs.word(0) in self.verbs.words.genitives
        at = 0 if governed else behind_circumstances(self.verbs, 0)
        begins_with_noun = self.verbs.words.language == "fr" and self.verbs.word(at + 1) in self.verbs.words.determiners
        governs = self.verbs.words.language in ("es", "pt") and self.verbs.may_govern(at)
        is_verb = self.verbs.is_verb(at) or self.verbs.has_ending(at)
        if begins == VERB and not is_verb and not begins_with_noun and not governs:
            at = next((place + 1 for place in self.verbs.commas(at) if self.verbs.is_verb(place + 1)), at)
            at = future_subjunctive(self.verbs, at)
        return at

    def _begins_with_verb(self, at: int, first: int, begins: str) -> bool:
        """Return whether the word at ``at``, or the one behind small words at ``first``, is a verb."""
        is_participle = self.verbs.words.language == "en" and self.verbs.word(first).endswith("ing")
        is_verb = self.verbs.is_verb(at) or self.verbs.has_ending(first) or is_participle
        return is_verb or (begins == VERB and self.verbs.may_be_verb(at))

    def _from(self, start: int, ranges: list[tuple[int, int]]) -> Objects:
        """Return ``ranges`` with those of the objects from ``start``, where that of the first verb begins."""
        while True:
            found = start < len(self.verbs.tokens) and not self._is_passive(start)
            end = phrase_end(self.verbs, start) if found else start
            if found:
                start, end = self._trimmed(*self._direct(start, end))
            while found and end == start + 1 and (self._is_no_object(start) or self._is_before_object(start)):
                start = self._object_start(end)
                found = start < len(self.verbs.tokens) and not self.verbs.is_verb(start)
                end = phrase_end(self.verbs, start) if found else end
            if found:
                ranges.append((self.verbs.tokens[start][1], self.verbs.tokens[end - 1][2]))
            if (alternative := next_alternative(self.verbs, end)) > end:
                start = alternative
                continue
            at = next_verb(self.verbs, end)
            if at >= len(self.verbs.tokens):
                return Objects(tuple(ranges), not found)
            start = self._object_start(behind_verbs(self.verbs, at))

    def _taken_up(self, at: int) -> tuple[int, int] | None:
        """Return the range of the object of a gerund that a pronoun repeats ("teniendo a cargo fondos, los use")."""
        verb, words = self.verbs.behind_small_words(at), self.verbs.words
        if words.language != "es" or self.verbs.word(verb - 1) not in _OBJECT_PRONOUNS:
            return None
        gerund = next((place for place in range(at) if words.gerunds.fullmatch(self.verbs.word(place))), at)
        start = self._object_start(behind_verb(self.verbs, gerund))
        if start >= at:
            return None
        end = min(phrase_end(self.verbs, start), at - 1)
        return self.verbs.tokens[start][1], self.verbs.tokens[end - 1][2]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the range without function words at its end, which belong to what is cut off."""
        words = self.verbs.words
        while end - 1 > start and self.verbs.word(end - 1) not in OTHERS | _ANY:
            is_loose = self.verbs.word(end - 2) == "," and words.participles.fullmatch(self.verbs.word(end - 1))
            if not is_loose and not words.is_function_word(self.verbs.word(end - 1)):
                break
            end -= 2 if is_loose else 1
        return start, end

    def _is_passive(self, at: int) -> bool:
        """Return whether a participle behind an auxiliary stands at ``at`` ("is surrendered")."""
        before = at - 1
        while self.verbs.is_manner(before):
            before -= 1
        is_participle = self.verbs.words.participles.fullmatch(self.verbs.word(at)) or self.verbs.word(at) == "been"
        return bool(is_participle) and self.verbs.word(before) in _AUXILIARIES.get(self.verbs.words.language, ())

    def _is_no_object(self, at: int) -> bool:
        """Return whether a single word is a pronoun or the participle of a compound form ("avoir accompli")."""
        return self.verbs.word(at) in PRONOUNS or self.verbs.word(at - 1) in ("avoir", "etre")

    def _is_before_object(self, at: int) -> bool:
        """Return whether a word alone qualifies the noun phrase behind it ("ponga en peligro inminente la vida")."""
        words, following = self.verbs.words, self.verbs.word(at + 1)
        is_article = following in words.articles and (words.language != "pt" or following != "a")
        return is_article and self.verbs.is_word(at) and self.verbs.word(at) not in words.articles

    def _direct(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the direct object if the range found is a place or an indirect object."""
        before = self.verbs.word(start - 1)
        is_contracted = self.verbs.written(start) in CONTRACTED
        if before not in _INDIRECT and not is_contracted and not is_portuguese_preposition(self.verbs, start):
            return start, end
        if before == "de" and self.verbs.word(end) not in self.verbs.words.articles:
            return start, end
        other = -1 if next_alternative(self.verbs, end) > end else self._bare_phrase(end, before)
        return (start, end) if other < 0 else (other, phrase_end(self.verbs, other))

    def _bare_phrase(self, at: int, before: str) -> int:
        """Return the place of the first noun phrase without a preposition behind prepositional phrases; -1 without.

        ``before`` is the preposition of the first of them: behind another than "a" an article after a comma continues
        a list ("en el transporte de personas, la servidumbre").
        """
        words = self.verbs.words
        behind_bare = False
        while at < len(self.verbs.tokens):
            word, following = self.verbs.word(at), self.verbs.word(at + 1)
            is_contracted = self.verbs.written(at) in CONTRACTED
            if word == "," or (word in words.conjunctions and following in words.adjuncts):
                at += 1
            elif is_contracted or (word in words.adjuncts and word not in words.articles):
                is_gerund = word == "en" and following.endswith("ant")
                if is_gerund or self.verbs.is_infinitive(self.verbs.behind_pronouns(at + 1)):
                    return -1
                end = self.verbs.comma(at)
                if word in verb_words().subordinating:
                    at = end if end > 0 else len(self.verbs.tokens)
                    continue
                behind_bare = self.verbs.is_word(at + 1)
                at = min(phrase_end(self.verbs, at + 1), end if end > 0 else len(self.verbs.tokens))
            elif word in words.adverbs or self.verbs.is_manner(at):
                at += 1
            elif word in words.clitics and words.is_verb(following):
                return -1
            elif word == "des" and self.verbs.word(at - 1) == "," and before == "a":
                return at  # "provoquer à la désobéissance, par tout moyen, des militaires"
            elif word in words.articles:
                return -1 if before in words.adjuncts - {"a"} and self.verbs.word(at - 1) == "," else at
            else:
                is_noun = self.verbs.is_word(at) and not self.verbs.is_verb(at) and not words.gerunds.fullmatch(word)
                is_noun = is_noun or word in words.determiners - words.genitives
                is_list = self.verbs.word(at - 1) == "," == following  # "políticas, sindicales, religiosas"
                is_last = following in words.conjunctions and self.verbs.is_word(at + 2)  # "palabras, gestos o actos"
                is_list = is_list or (behind_bare and self.verbs.word(at - 1) == "," and is_last)
                return at if is_noun and not is_list else -1
        return -1

    def _object_start(self, at: int) -> int:
        """Return the place of the first word of the object of the verb before ``at``; the end where it has none."""
        none = len(self.verbs.tokens)
        words = self.verbs.words
        if words.language == "pt" and self.verbs.word(at - 1).endswith(("-lo", "-la", "-los", "-las")):
            return none  # "praticá-lo contra disposição expressa"
        if self.verbs.is_behind_object_pronoun(at - 1):
            return none  # "lo retenga contra su voluntad"
        if words.language == "en" and self.verbs.word(at) in _ENGLISH_PRONOUNS:
            return none  # "leaves it unattended"
        opened = -1
        while at < none:
            at = self.verbs.behind_small_words(at)
            word = self.verbs.word(at)
            if self.verbs.is_infinitive(at):
                at = behind_verbs(self.verbs, at)
            elif word == "a" and words.language in ("es", "pt") and self.verbs.is_infinitive(at + 1):
                at = behind_verbs(self.verbs, at + 1)  # "auxiliar a subtrair-se"
            elif word == "soit":
                at += 1
            elif word == "to" and self.verbs.word(at + 1) and not words.is_function_word(self.verbs.word(at + 1)):
                at = behind_verb(self.verbs, at + 1)
            elif word == "par" and (either := self.verbs.find("soit", at)) > 0:
                at = either + 1
            elif word == ",":
                at, opened = self._behind_comma(at, opened)
            elif at < none and words.circumstances.match(self.verbs.folded, self.verbs.tokens[at][1]):
                at = self._behind_circumstance(at)
            elif word in words.governed and self.verbs.word(at + 1) in words.relatives - words.determiners - {"que"}:
                return none  # "entregá-lo a quem o reclame"
            elif word in words.governed and (word not in words.determiners or self._is_preposition(at)):
                at += 1
            elif word == "que" and words.language in ("es", "pt") and self.verbs.is_verb(at - 1):
                return at  # "permita que otro se lo cause"
            elif word in words.relatives - words.determiners and not is_demonstrative(self.verbs, at):
                return none
            elif word in words.adjuncts - words.governed:
                at = self._behind_circumstance(at)
            elif word in words.conjunctions and self.verbs.word(at + 1) in words.adjuncts and self.verbs.comma(at) > 0:
                at = self.verbs.comma(at)  # ", o sin permiso, ..."
            elif word in words.conjunctions and self.verbs.is_manner(at + 1):
                at += 2  # "regenteen, ostensible o encubiertamente casas"
            elif is_demonstrative(self.verbs, at):
                return at
            elif word in PUNCTUATION or word in words.conjunctions or words.gerunds.fullmatch(word):
                return none
            else:
                return at
        return none

    def _is_preposition(self, at: int) -> bool:
        """Return whether a Portuguese "a" that may be an article is none ("aceder a um sistema", "a outrem")."""
        following = self.verbs.word(at + 1)
        is_determined = self.verbs.word(at) == "a" and following in _PORTUGUESE_ARTICLES
        return following in PERSONS or (self.verbs.words.language == "pt" and is_determined)

    def _behind_comma(self, at: int, opened: int) -> tuple[int, int]:
        """Return where to read on behind the comma at ``at``, and the comma that opened a circumstance.

        Outside of a circumstance between commas the latter (``opened``) is -1.
        """
        words, comma = self.verbs.words, self.verbs.comma(at + 1)
        follows = self.verbs.word(self.verbs.behind_conjunctions(at + 1))
        is_article = words.language == "pt" and follows == "a" and self.verbs.word(at + 2).endswith("a")
        is_article = is_article or (follows in _PLACES and self.verbs.word(at + 2) in words.articles)
        if opened >= 0 and is_article:
            return at + 1, -1
        in_list = opened >= 0 and follows in words.genitives and words.language != "fr"
        in_list = in_list and self.verbs.find(follows, opened) < at
        if not (follows in words.adjuncts or words.gerunds.fullmatch(follows) or in_list):
            return at + 1, -1
        return (len(self.verbs.tokens) if comma < 0 else _closing_comma(self.verbs, comma)), at

    def _behind_circumstance(self, at: int) -> int:
        """Return the place of the noun phrase or the comma behind a circumstance; the end without one."""
        is_purpose = self.verbs.is_infinitive(self.verbs.behind_pronouns(at + 1))
        if not is_purpose and self.verbs.word(at) not in verb_words().subordinating:
            end = phrase_end(self.verbs, at + 1)
            is_infinitive = self.verbs.word(end) in self.verbs.words.governed and self.verbs.is_infinitive(end + 1)
            is_article = self.verbs.word(end) in self.verbs.words.articles
            if is_infinitive or (is_article and self.verbs.written(end) not in CONTRACTED):
                return end
        comma = self.verbs.comma(at)
        return comma if comma > 0 else len(self.verbs.tokens)


def _closing_comma(verbs: VerbPlaces, first: int) -> int:
    """Return the comma that ends a list within a circumstance (", terapêuticos ou medicinais, a existência")."""
    second = verbs.comma(first + 1)
    is_list = verbs.word(first - 1).endswith("s") and verbs.word(first + 1).endswith("s")
    is_list = is_list and verbs.is_word(first + 1) and not verbs.is_verb(first + 1)
    begins_phrase = second > 0 and verbs.word(second + 1) in verbs.words.determiners - verbs.words.genitives
    return second if is_list and begins_phrase else first
