"""Places of verbs among the tokens of a conduct, by the forms of Spanish, Portuguese, English and French."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.elements.clause_tokens import ClauseTokens
from nlp.elements.constituents import lemma_is_infinitive
from nlp.elements.verb_words import PUNCTUATION, verb_words


@dataclass(slots=True)
class VerbPlaces(ClauseTokens):
    """Tokens of a conduct, and which of them are verbs."""

    are_infinitives: bool = False
    """Whether the verbs are infinitives: others coordinated with them are so, too."""
    are_participles: bool = False
    """Whether the verbs are French participles behind "aura"."""
    are_bare: bool = False
    """Whether the verbs are English ones behind "shall", which have no ending."""

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
        word, following = self.word(at), self.word(at + 1)
        if self.words.language == "en":
            followed = following in self.words.determiners or following in self.words.conjunctions
            bare = followed or following == "to" or word == "be" or self.has_particle(at)
            is_bare = self.are_bare and bare and self.is_word(at)
            return is_bare or (self.words.is_verb(word) and (followed or following == ","))
        if self.are_infinitives:
            return self.is_infinitive(at)
        compound = self.is_behind_auxiliary(at) or self.is_coordinated_participle(at) or self.is_periphrasis(at)
        return self.words.is_verb(word) or compound or self.is_reflexive(at - 1) or self.is_present(at)

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
        return begins and self.is_word(at) and lemma_is_infinitive(self.written(at), "fr")

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
        behind = self._behind_particle(at + 1)
        following = self.word(behind) in self.words.determiners or self.word(at + 1) == "a"
        following = following or (self.word(at + 1) in self.words.genitives and self.is_infinitive(at + 2))
        return self.are_participles and following and bool(verb_words().participle.fullmatch(self.written(at)))

    def is_reflexive(self, at: int) -> bool:
        """Return whether a pronoun before a Spanish verb of any form stands at ``at`` ("se preste", "le preste")."""
        return (
            self.words.language == "es"
            and at >= 0
            and self.word(at) in verb_words().before_verbs
            and self.is_word(at + 1)
        )

    def may_be_verb(self, at: int) -> bool:
        """Return whether a word that is no function word stands at a place, behind adverbs and pronouns."""
        return self.is_word(self.behind_small_words(at))

    def may_govern(self, at: int) -> bool:
        """Return whether a word of unknown form stands directly before an object ("presente a la autoridad una")."""
        following = self.word(at + 1)
        return self.is_word(at) and (following == "a" or following in self.words.articles)

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

    def behind_circumstances(self, at: int) -> int:
        """Return the place behind circumstances before a verb, each of which ends with a comma."""
        while at < len(self.tokens):
            at = self.behind_small_words(at)
            word, words = self.word(at), self.words
            if word in PUNCTUATION or word in words.conjunctions:
                at += 1
            elif word in words.adjuncts | words.genitives or self._is_absolute(at):
                is_gerund = bool(words.gerunds.fullmatch(word))
                if (
                    not is_gerund
                    and word not in verb_words().subordinating
                    and (verb := self.future_subjunctive(at)) > at
                ):
                    return verb  # "durante el parto matare a su hijo, ..."
                is_manner = word in words.adjuncts - verb_words().subordinating and words.language == "es"
                if is_manner and (verb := self._verb_behind_gerund(at)) > 0:
                    return verb  # "con el mismo fin realice cualquier acto"
                if is_gerund and (verb := self._verb_behind_gerund(at)) > 0:
                    return verb
                if words.language == "en" and (verb := self._verb_behind_state(at)) > 0:
                    return verb
                if (comma := self.comma(at)) < 0:
                    return len(self.tokens) if is_gerund else at
                verb = next((place for place in self.commas(comma) if self.is_verb(place + 1)), -1)
                if words.language in ("es", "pt") and self.may_govern(comma + 1) and not is_gerund:
                    verb = comma
                if verb < 0 and is_gerund:
                    return len(self.tokens)
                at = max(verb, comma) + 1
            else:
                return at
        return at

    def _verb_behind_gerund(self, at: int) -> int:
        """Return the place of the finite verb of a gerund without a comma ("desempeñando un acto cometiera"); or -1."""
        for place in range(at + 1, len(self.tokens)):
            word = self.word(place)
            if word in PUNCTUATION or word in self.words.relatives:
                return -1
            is_behind_noun = not self.words.is_function_word(self.word(place - 1)) and place > at + 1
            following = self.word(place + 1)
            governs = following in self.words.determiners or following in self.words.governed
            if is_behind_noun and (
                verb_words().future_subjunctive.fullmatch(word) or (governs and self.is_finite(place))
            ):
                return place
        return -1

    def _verb_behind_state(self, at: int) -> int:
        """Return the place of the verb behind an English circumstance ("being a servant takes any"); or -1."""
        for place in range(at + 2, len(self.tokens)):
            if self.word(place) in PUNCTUATION or self.word(place) in self.words.relatives:
                return -1
            before = self.word(place - 1)
            is_behind_noun = self.is_word(place - 1) and not before.endswith(("s", "ed"))
            if is_behind_noun and self.words.is_verb(self.word(place)) and self.is_verb(place):
                return place
        return -1

    def future_subjunctive(self, at: int) -> int:
        """Return the place of the Spanish verb behind a circumstance ("sin autorización levantare"); ``at`` without."""
        for place in range(at, len(self.tokens)):
            if self.word(place) in PUNCTUATION or self.word(place) in self.words.relatives:
                return at
            if self.words.language == "es" and verb_words().future_subjunctive.fullmatch(self.word(place)):
                return place
        return at

    def _is_absolute(self, at: int) -> bool:
        """Return whether a gerund or participle begins a circumstance ("declarada la guerra, ...")."""
        word, comma = self.word(at), self.comma(at)
        if self.words.gerunds.fullmatch(word):
            return True
        is_participle = self.words.language in ("es", "pt") and self.words.participles.fullmatch(word)
        return bool(is_participle and comma > 0 and self.is_verb(comma + 1))

    def behind_verbs(self, at: int) -> int:
        """Return the place behind a verb and those coordinated with it ("adquiere, posee o vende")."""
        at = self._behind_manner(self.behind_verb(self.behind_small_words(at)))
        while self.word(at) == "," or self.word(at) in self.words.conjunctions:
            following = self._behind_joining(at)
            behind = self.behind_circumstances(following)
            if behind != following and self.is_verb(behind):
                following = behind
            alone = self.word(following + 1) == "," or self.word(following + 1) in self.words.conjunctions
            is_verb = self.is_verb(following) or self.has_ending(following) or self._governs_infinitive(following)
            is_verb = is_verb or self._is_third_person(following)
            if not is_verb and not (alone and self.may_be_verb(following)):
                break
            at = self._behind_manner(self._behind_infinitive(self.behind_verb(self.behind_small_words(following))))
        return at

    def _is_third_person(self, at: int) -> bool:
        """Return whether a Spanish or Portuguese verb in the present stands at ``at`` ("amenaza o intimida a")."""
        is_listed = self.words.language in ("es", "pt") and self.is_word(at) and not self.are_infinitives
        return is_listed and lemma_is_infinitive(self.written(at), self.words.language)

    def _governs_infinitive(self, at: int) -> bool:
        """Return whether a French word governs an infinitive ("importe ou tente d'importer")."""
        is_governed = self.words.language == "fr" and self.is_word(at) and self.word(at + 1) in ("de", "d'", "a")
        return is_governed and self.is_infinitive(self.behind_pronouns(at + 2))

    def _behind_infinitive(self, at: int) -> int:
        """Return the place behind a governed infinitive, if another verb of the list follows it; else ``at``."""
        behind = self.behind_pronouns(at + 1)
        goes_on = self.word(behind + 1) in {",", *self.words.conjunctions}
        return behind + 1 if goes_on and self._governs_infinitive(at - 1) else at

    def _behind_manner(self, at: int) -> int:
        """Return the place behind the manner of a verb if another verb may follow ("occuper sans titre ou ...")."""
        manner = self.behind_small_words(at)
        return manner if self.word(manner) == "," or self.word(manner) in self.words.conjunctions else at

    def _behind_joining(self, at: int) -> int:
        while self.word(at) == "," or self.word(at) in self.words.conjunctions:
            at += 1
        return self.behind_small_words(at)

    def behind_verb(self, at: int) -> int:
        """Return the place behind the verb at ``at``, its participles and its particle."""
        at += 1
        if at > len(self.tokens):
            return len(self.tokens)
        return self._behind_particle(self._behind_participle(at))

    def _behind_particle(self, at: int) -> int:
        """Return the place behind the particle of the verb before ``at`` ("mis en circulation"), ``at`` without one."""
        particle = self.words.particles.match(self.folded, self.tokens[at - 1][2]) if at <= len(self.tokens) else None
        while particle and at < len(self.tokens) and self.tokens[at][1] < particle.end():
            at += 1
        return at

    def _behind_participle(self, at: int) -> int:
        """Return the place behind the participles of a compound form ("se hubiere procurado"), ``at`` without one."""
        is_compound = self.word(at - 1) in verb_words().compound_forms.get(self.words.language, ())
        while is_compound and self.words.participles.fullmatch(self.word(at)):
            at += 1
        is_passive = self.word(at - 1) == "be" and self.words.participles.fullmatch(self.word(at))
        return at + 1 if is_passive or self.is_periphrasis(at - 1) else at

    def _is_purpose(self, at: int) -> bool:
        """Return whether a preposition and an infinitive follow ("pour accomplir ou avoir accompli")."""
        is_adjunct = self.word(at) in self.words.adjuncts - self.words.genitives
        return is_adjunct and self.is_infinitive(self.behind_pronouns(at + 1))

    def _behind_subordinate(self, at: int) -> int:
        """Return the comma behind a subordinate clause that begins at a comma ("vende, si ..., o compra"), or ``at``.

        Behind it another verb follows with a conjunction; otherwise it lasts to the end (", salvo se ... consentir").
        """
        first = at + 1
        is_subordinate = self.word(first) in verb_words().subordinating and self.word(first + 1) != ","
        if self.word(at) != "," or not is_subordinate or self.word(at - 1) in self.words.conjunctions:
            return at
        if self.word(first) == "se" and (self.words.language != "pt" or self.words.is_verb(self.word(first + 1))):
            return at  # a pronoun
        joined = (place for place in self.commas(first) if self.word(place + 1) in self.words.conjunctions)
        return next((place for place in joined if self.is_verb(self._behind_joining(place))), len(self.tokens))

    def next_verb(self, at: int) -> int:
        """Return the place of the next verb that is coordinated with those before; the end where there is none."""
        words, in_clause = self.words, False
        while at < len(self.tokens):
            if self.word(at) in words.relatives - words.determiners and self.word(at + 1) == ",":
                in_clause = True  # "que, por enfermidade, não tem": the next verb is that of the clause
            at = self._behind_subordinate(at)
            if self.word(at) == "," or self.word(at) in words.conjunctions:
                following = self._behind_joining(at)
                if self.is_verb(following) and not in_clause:
                    return following
                in_clause = in_clause and not self.is_verb(following)
                if self.word(at) == "," and self._is_purpose(at + 1):
                    comma = self.comma(at + 1)
                    at = comma - 1 if comma > 0 else len(self.tokens)
            at += 1
        return at
