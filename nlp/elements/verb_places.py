"""Tokens of a conduct, and which of them are verbs by the forms of Spanish, Portuguese, English and French."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.elements.constituents import Words, lemma_is_infinitive
from nlp.elements.verb_words import PUNCTUATION, verb_words

_NO_REFLEXIVE = frozenset("il ils agit".split())  # behind a French "s'"
_CONTRACTED = frozenset("du des au aux d' de a".split())
_BEHIND_OR = frozenset("bien encore ainsi plutot meme".split())  # "ou bien une", "ou encore le": no verbs
_ENGLISH_PRONOUNS = frozenset("it him her them himself herself itself themselves".split())
_NO_THIRD_PERSON = ("s", "x", "z", "é", "ée")


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
    are_bare: bool = False
    """Whether the verbs are English ones behind "shall", which have no ending."""

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

    def is_manner(self, at: int) -> bool:
        """Return whether an adverb of manner stands at ``at``."""
        pattern = verb_words().manner_adverbs[self.words.language]
        is_first = self.words.language in ("es", "pt") and self.word(at + 1) in self.words.conjunctions
        if is_first and self.word(at + 2).endswith("mente") and not self.words.is_function_word(self.word(at)):
            of_adjective = self.is_word(at + 3)  # "total o parcialmente ajena"
            return not of_adjective and not self.words.is_verb(self.word(at))  # "parcial o totalmente"
        return bool(pattern.fullmatch(self.word(at)))

    def is_verb(self, at: int) -> bool:
        """Return whether a verb in the form of the clause stands at a place, behind adverbs and pronouns."""
        at = self.behind_small_words(at)
        word = self.word(at)
        if self.words.language == "en":
            return self._is_english_verb(at)
        if self.are_infinitives:
            return self.is_infinitive(at)
        compound = self.is_behind_auxiliary(at) or self.is_coordinated_participle(at) or self.is_periphrasis(at)
        return self.words.is_verb(word) or compound or self.is_reflexive(at - 1) or self.is_present(at)

    def _is_english_verb(self, at: int) -> bool:
        """Return whether an English verb stands at ``at``, by its ending and by what follows or precedes it."""
        word, following = self.word(at), self.word(at + 1)
        is_followed = following in self.words.determiners | self.words.conjunctions | _ENGLISH_PRONOUNS
        governs = is_followed or following == "to" or word == "be" or self.has_particle(at)
        if self.are_bare and governs and self.is_word(at):
            return True
        is_known = is_followed or following == "," or self.word(at - 1) == "who" or self._is_repeated(at)
        is_known = is_known or (word == "has" and self.has_particle(at))
        return (is_known and self.words.is_verb(word)) or self._is_joined_before_noun(at)

    def describes_offender(self, at: int) -> bool:
        """Return whether a further clause of the offender begins at ``at`` ("..., or who fails to", "ou qui aura")."""
        auxiliary = at + 1 + (self.word(at + 1) in verb_words().object_pronouns)
        is_relative = self.word(at) == "who" or (self.word(at) == "qui" and self.is_auxiliary(auxiliary))
        return is_relative and self.word(at - 1) in self.words.conjunctions

    def _is_repeated(self, at: int) -> bool:
        """Return whether an English verb stood before ("refuses to provide data or provides false data")."""
        word = self.word(at)
        before = next((place for stem in ("s", "es") if (place := self.find(word.removesuffix(stem), 0)) > 0), at)
        return before < at and self.word(before - 1) == "to"

    def _is_joined_before_noun(self, at: int) -> bool:
        """Return whether an English verb stands behind a conjunction, before a noun alone ("or conceals goods")."""
        is_joined = self.word(at - 1) == "," or self.word(at - 1) in self.words.conjunctions
        return is_joined and self.governs_noun(at)

    def governs_noun(self, at: int) -> bool:
        """Return whether a word with the ending of an English verb stands before a word without a determiner."""
        if not self.has_ending(at) or self.words.is_function_word(self.word(at)) or not self.is_word(at + 1):
            return False
        words, following = self.words, self.word(at + 1)
        qualifies = following in words.adverbs or words.attributes.match(self.folded, self.tokens[at + 1][1])
        is_participle = words.participles.fullmatch(following) and following != "misleading"
        return self.word(at) not in words.nouns and not qualifies and not is_participle

    def has_particle(self, at: int) -> bool:
        """Return whether a particle follows the word at ``at`` ("take part in")."""
        return self.is_word(at) and bool(self.words.particles.match(self.folded, self.tokens[at][2]))

    def is_periphrasis(self, at: int) -> bool:
        """Return whether a verb with a gerund stands at ``at``, behind a comma ("..., continúe desempeñando")."""
        begins = at > 0 and self.word(at - 1) == "," and self.is_word(at)
        is_gerund = self.words.language in ("es", "pt") and self.words.gerunds.fullmatch(self.word(at + 1))
        return begins and bool(is_gerund) and not self.words.participles.fullmatch(self.word(at))

    def is_present(self, at: int) -> bool:
        """Return whether a French verb in the present tense stands before its object (", réalise des travaux")."""
        if self.words.language != "fr" or self.word(self._behind_phrase(at + 1)) not in self.words.determiners:
            return False
        begins = at == 0 or self.word(at - 1) == "," or self.word(at - 1) in self.words.conjunctions
        is_verb = lemma_is_infinitive(self.written(at), "fr") or self._is_joined_before_article(at)
        return begins and self.is_word(at) and is_verb

    def _is_joined_before_article(self, at: int) -> bool:
        """Return whether a bare word stands between a conjunction and an article ("ou fournit un", "ou donne un")."""
        determiners = self.words.determiners - _CONTRACTED
        is_joined = self.word(at - 1) in self.words.conjunctions and self.word(at + 1) in determiners
        return is_joined and self.word(at) not in _BEHIND_OR and not self.written(at).endswith(_NO_THIRD_PERSON)

    def is_behind_auxiliary(self, at: int) -> bool:
        """Return whether a French auxiliary precedes, with or without adverbs between ("aura volontairement causé")."""
        before = at - 1
        while before > 0 and (self.word(before) in self.words.adverbs or self.is_manner(before)):
            before -= 1
        return 0 <= before < at and self.is_auxiliary(before)

    def is_auxiliary(self, at: int) -> bool:
        """Return whether a French auxiliary of a compound tense stands at ``at`` ("aura commis", "a commis")."""
        if self.words.language != "fr":
            return False
        is_reflexive = self.word(at) in verb_words().being and self.word(at - 1) in verb_words().reflexives
        return is_reflexive or self.word(at) in verb_words().auxiliaries or self.written(at) in verb_words().present

    def is_state(self, at: int) -> bool:
        """Return whether an English participle of a state stands at ``at`` ("being a public servant")."""
        return self.words.language == "en" and self.word(at) in ("being", "having")

    def is_behind_modal(self, at: int) -> bool:
        """Return whether an English modal verb precedes, with or without adverbs between ("shall knowingly use")."""
        before = at - 1
        while before >= 0 and self.word(before) not in verb_words().modals and self.word(before) in self.words.adverbs:
            before -= 1
        return self.words.language == "en" and self.word(before) in verb_words().modals

    def is_compound(self, at: int) -> bool:
        """Return whether a French pronoun and an auxiliary stand at ``at`` ("se sera introduit")."""
        is_french = self.words.language == "fr"
        is_pronoun = self.word(at) in self.words.clitics or self.word(at) in verb_words().object_pronouns
        return is_french and is_pronoun and self.is_auxiliary(at + 1)

    def is_coordinated_participle(self, at: int) -> bool:
        """Return whether a further participle of a compound tense stands before its object."""
        behind = self.behind_particle(at + 1)
        following = self.word(behind) in self.words.determiners or self.word(at + 1) == "a"
        following = following or (self.word(at + 1) in self.words.genitives and self.is_infinitive(at + 2))
        return self.are_participles and following and bool(verb_words().participle.fullmatch(self.written(at)))

    def is_reflexive(self, at: int) -> bool:
        """Return whether a pronoun stands before a verb of any form ("se preste", "le preste", "se procure")."""
        pronouns = {"es": verb_words().before_verbs, "fr": verb_words().reflexives}.get(self.words.language, ())
        is_auxiliary = self.word(at + 1) in verb_words().being or self.is_auxiliary(at + 1)
        is_verb = self.is_word(at + 1) and self.word(at + 1) not in _NO_REFLEXIVE and not is_auxiliary
        return at >= 0 and self.word(at) in pronouns and is_verb

    def may_be_verb(self, at: int) -> bool:
        """Return whether a word that is no function word stands at a place, behind adverbs and pronouns."""
        return self.is_word(self.behind_small_words(at))

    def may_govern(self, at: int) -> bool:
        """Return whether a word of unknown form stands directly before an object ("presente a la autoridad una")."""
        following = self.word(at + 1)
        return self.is_word(at) and (following == "a" or following in self.words.articles)

    def is_object_pronoun(self, at: int) -> bool:
        """Return whether a pronoun with the form of an article stands before a verb ("e os subtrair")."""
        language, known = self.words.language, verb_words()
        pronouns = known.article_pronouns.get(language, ())
        if self.word(at) not in pronouns or self.word(at - 1) not in self.words.conjunctions:
            return False
        return bool(known.behind_article_pronouns[language].fullmatch(self.word(at + 1)))

    def is_behind_object_pronoun(self, at: int) -> bool:
        """Return whether the verb at ``at`` has its direct object before it ("lo retenga", "ou as entregar")."""
        if self.words.language == "es":
            return self.word(at - 1) in verb_words().article_pronouns["es"] and self.is_verb(at)
        return self.is_object_pronoun(at - 1)

    def behind_small_words(self, at: int) -> int:
        """Return the place behind adverbs, pronouns of a verb, and a preposition before an infinitive."""
        words = self.words
        while at < len(self.tokens):
            word, following = self.word(at), self.word(at + 1)
            manner = word in words.adverbs or self.is_manner(at)
            auxiliary = self.is_auxiliary(at) and self.is_word(at + 1)
            pronoun = (
                (word in words.clitics and words.is_verb(following))
                or auxiliary
                or self.is_compound(at)
                or self.is_reflexive(at)
                or self.is_object_pronoun(at)
            )
            infinitive = word in words.genitives and self.is_infinitive(self.behind_pronouns(at + 1))
            if (behind := self._behind_phrase(at)) > at:
                at = behind
            elif manner or pronoun or infinitive:
                at += 1
            else:
                return at
        return at

    def _behind_phrase(self, at: int) -> int:
        """Return the place behind an adverbial phrase ("d'une façon quelconque"), ``at`` without one."""
        manner = at < len(self.tokens) and self.words.manners.match(self.folded, self.tokens[at][1])
        return sum(start < manner.end() for _, start, _ in self.tokens) if manner else at

    def has_ending(self, at: int) -> bool:
        """Return whether a word has the ending of an English verb, which many nouns have too."""
        return self.words.language == "en" and bool(self.words.verbs.fullmatch(self.word(at)))

    def behind_particle(self, at: int) -> int:
        """Return the place behind the particle of the verb before ``at`` ("mis en circulation"), ``at`` without one."""
        particle = self.words.particles.match(self.folded, self.tokens[at - 1][2]) if at <= len(self.tokens) else None
        while particle and at < len(self.tokens) and self.tokens[at][1] < particle.end():
            at += 1
        return at
