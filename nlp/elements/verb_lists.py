"""Places behind the verbs of a conduct, those coordinated with them and the circumstances before them."""

from __future__ import annotations

from nlp.elements.constituents import lemma_is_infinitive
from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import PUNCTUATION, verb_words

_AGENTS = frozenset("otro otra otros otras tercero terceros terceiro terceiros outrem outra outro".split())
_PLURAL_VERBS = {"es": ("en", "an"), "pt": ("em", "am")}
_OF_THINGS = frozenset("which that".split())  # relative pronouns that describe no offender


_STATES = frozenset("ayant etant".split())  # French participles that begin a circumstance of the offender


def behind_circumstances(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind circumstances before a verb, each of which ends with a comma."""
    while at < len(verbs.tokens):
        at = verbs.behind_small_words(at)
        word, words = verbs.word(at), verbs.words
        if word in PUNCTUATION or word in words.conjunctions:
            at += 1
        elif word in words.adjuncts | words.genitives or _is_absolute(verbs, at):
            is_gerund = bool(words.gerunds.fullmatch(word))
            if (
                not is_gerund
                and word not in verb_words().subordinating
                and (verb := future_subjunctive(verbs, at)) > at
            ):
                return verb  # "durante el parto matare a su hijo, ..."
            is_manner = word in words.adjuncts - verb_words().subordinating and words.language == "es"
            if is_manner and (verb := _verb_behind_gerund(verbs, at)) > 0:
                return verb  # "con el mismo fin realice cualquier acto"
            if is_gerund and (verb := _verb_behind_gerund(verbs, at)) > 0:
                return verb
            if words.language == "en" and (verb := _verb_behind_state(verbs, at)) > 0:
                return verb
            if (comma := verbs.comma(at)) < 0:
                return len(verbs.tokens) if is_gerund else at
            verb = next((place for place in verbs.commas(comma) if verbs.is_verb(place + 1)), -1)
            if words.language in ("es", "pt") and verbs.may_govern(comma + 1) and not is_gerund:
                verb = comma
            if verb < 0 and is_gerund:
                return len(verbs.tokens)
            at = max(verb, comma) + 1
        else:
            return at
    return at


def _verb_behind_gerund(verbs: VerbPlaces, at: int) -> int:
    """Return the place of the finite verb of a gerund without a comma ("desempeñando un acto cometiera"); or -1."""
    for place in range(at + 1, len(verbs.tokens)):
        word = verbs.word(place)
        if word in PUNCTUATION or word in verbs.words.relatives:
            return -1
        is_behind_noun = not verbs.words.is_function_word(verbs.word(place - 1)) and place > at + 1
        following = verbs.word(place + 1)
        governs = following in verbs.words.determiners or following in verbs.words.governed
        if is_behind_noun and (verb_words().future_subjunctive.fullmatch(word) or (governs and verbs.is_finite(place))):
            return place
    return -1


def _verb_behind_state(verbs: VerbPlaces, at: int) -> int:
    """Return the place of the verb behind an English circumstance ("being a servant takes any"); or -1."""
    for place in range(at + 2, len(verbs.tokens)):
        if verbs.word(place) in PUNCTUATION or verbs.word(place) in verbs.words.relatives:
            return -1
        before = verbs.word(place - 1)
        is_behind_noun = verbs.is_word(place - 1) and not before.endswith(("s", "ed"))
        governs = verbs.is_verb(place) or (verbs.governs_noun(place) and not verbs.word(place + 1).endswith("s"))
        if is_behind_noun and verbs.words.is_verb(verbs.word(place)) and governs:
            return place
    return -1


def future_subjunctive(verbs: VerbPlaces, at: int) -> int:
    """Return the place of the Spanish verb behind a circumstance ("sin autorización levantare"); ``at`` without."""
    for place in range(at, len(verbs.tokens)):
        if verbs.word(place) in PUNCTUATION or verbs.word(place) in verbs.words.relatives:
            return at
        if verbs.words.language == "es" and verb_words().future_subjunctive.fullmatch(verbs.word(place)):
            return place
    return at


def _is_absolute(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a gerund or participle begins a circumstance ("declarada la guerra, ...")."""
    word, comma = verbs.word(at), verbs.comma(at)
    if verbs.words.gerunds.fullmatch(word) or (verbs.words.language == "fr" and word in _STATES and comma > 0):
        return True
    is_participle = verbs.words.language in ("es", "pt") and verbs.words.participles.fullmatch(word)
    return bool(is_participle and comma > 0 and verbs.is_verb(comma + 1))


def behind_verbs(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind a verb and those coordinated with it ("adquiere, posee o vende")."""
    first = verbs.behind_small_words(at)
    at = behind_verb(verbs, first)
    if verbs.words.language in ("es", "pt"):
        at = _behind_infinitive(verbs, at)
    at = _behind_manner(verbs, at)
    while verbs.word(at) == "," or verbs.word(at) in verbs.words.conjunctions:
        following = _behind_joining(verbs, at)
        behind = behind_circumstances(verbs, following)
        if behind != following and verbs.is_verb(behind):
            following = behind
        behind = verbs.behind_particle(following + 1)
        alone = verbs.word(behind) == "," or verbs.word(behind) in verbs.words.conjunctions
        joined = verbs.word(following - 1) in verbs.words.conjunctions
        alone = alone or (joined and verbs.is_behind_modal(first))  # "shall not sell or buy beer"
        is_verb = verbs.is_verb(following) or verbs.has_ending(following) or _governs_infinitive(verbs, following)
        is_verb = is_verb or _is_third_person(verbs, following)
        if not is_verb and not (alone and verbs.may_be_verb(following)):
            break
        at = behind_verb(verbs, verbs.behind_small_words(following))
        at = _behind_manner(verbs, _behind_infinitive(verbs, at))
    return at


def _is_third_person(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a Spanish or Portuguese verb in the present stands at ``at`` ("amenaza o intimida a")."""
    is_listed = verbs.words.language in ("es", "pt") and verbs.is_word(at) and not verbs.are_infinitives
    return is_listed and lemma_is_infinitive(verbs.written(at), verbs.words.language)


def _governs_infinitive(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a word governs an infinitive ("importe ou tente d'importer", "ejecuta o manda ejecutar")."""
    if verbs.words.language in ("es", "pt"):
        return verbs.is_word(at) and not verbs.are_infinitives and verbs.is_infinitive(at + 1)
    is_governed = verbs.words.language == "fr" and verbs.is_word(at) and verbs.word(at + 1) in ("de", "d'", "a")
    return is_governed and verbs.is_infinitive(verbs.behind_pronouns(at + 2))


def _behind_infinitive(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind a governed infinitive, in English and French if another verb of the list follows it.

    Without one it is ``at``.
    """
    if verbs.words.language == "en" and verbs.word(at) == "to" and verbs.is_word(at + 1):
        last = verbs.behind_particle(at + 2)
        return last if verbs.word(last) == "," or verbs.word(last) in verbs.words.conjunctions else at
    if verbs.words.language in ("es", "pt") and _governs_infinitive(verbs, at - 1):
        return _behind_agent(verbs, verbs.behind_particle(at + 1))
    behind = verbs.behind_pronouns(at + 1)
    goes_on = verbs.word(behind + 1) in {",", *verbs.words.conjunctions}
    return behind + 1 if goes_on and _governs_infinitive(verbs, at - 1) else at


def _behind_agent(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind the one who is made to act ("hiciese ejecutar por otros"), ``at`` without one."""
    is_agent = verbs.word(at) == "por" and verbs.word(at + 1) in _AGENTS
    return at + 2 if is_agent else at


def _behind_manner(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind the manner of a verb if another verb may follow ("occuper sans titre ou ...")."""
    manner = verbs.behind_small_words(at)
    return manner if verbs.word(manner) == "," or verbs.word(manner) in verbs.words.conjunctions else at


def _behind_joining(verbs: VerbPlaces, at: int) -> int:
    while verbs.word(at) == "," or verbs.word(at) in verbs.words.conjunctions:
        at += 1
    return verbs.behind_small_words(at)


def behind_verb(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind the verb at ``at``, its participles and its particle."""
    at += 1
    if at > len(verbs.tokens):
        return len(verbs.tokens)
    return verbs.behind_particle(_behind_participle(verbs, at))


def _behind_participle(verbs: VerbPlaces, at: int) -> int:
    """Return the place behind the participles of a compound form ("se hubiere procurado"), ``at`` without one."""
    is_compound = verbs.word(at - 1) in verb_words().compound_forms.get(verbs.words.language, ())
    while is_compound and verbs.words.participles.fullmatch(verbs.word(at)):
        at += 1
    is_passive = verbs.word(at - 1) == "be" and verbs.words.participles.fullmatch(verbs.word(at))
    return at + 1 if is_passive or verbs.is_periphrasis(at - 1) else at


def _is_purpose(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a preposition and an infinitive follow ("pour accomplir ou avoir accompli")."""
    is_adjunct = verbs.word(at) in verbs.words.adjuncts - verbs.words.genitives
    return is_adjunct and verbs.is_infinitive(verbs.behind_pronouns(at + 1))


def _behind_subordinate(verbs: VerbPlaces, at: int) -> int:
    """Return the comma behind a subordinate clause that begins at a comma ("vende, si ..., o compra"), or ``at``.

    Behind it another verb follows with a conjunction; otherwise it lasts to the end (", salvo se ... consentir").
    """
    first = at + 1
    is_subordinate = verbs.word(first) in verb_words().subordinating and verbs.word(first + 1) != ","
    if verbs.word(at) != "," or not is_subordinate or verbs.word(at - 1) in verbs.words.conjunctions:
        return at
    if verbs.word(first) == "se" and (verbs.words.language != "pt" or verbs.words.is_verb(verbs.word(first + 1))):
        return at  # a pronoun
    joined = (place for place in verbs.commas(first) if verbs.word(place + 1) in verbs.words.conjunctions)
    return next((place for place in joined if verbs.is_verb(_behind_joining(verbs, place))), len(verbs.tokens))


def next_verb(verbs: VerbPlaces, at: int) -> int:
    """Return the place of the next verb that is coordinated with those before; the end where there is none."""
    words, in_clause = verbs.words, False
    while at < len(verbs.tokens):
        if verbs.word(at) in words.relatives - words.determiners and verbs.word(at + 1) == ",":
            in_clause = True  # "que, por enfermidade, não tem": the next verb is that of the clause
        at = _behind_subordinate(verbs, at)
        if verbs.word(at) == "," or verbs.word(at) in words.conjunctions:
            following = _behind_joining(verbs, at)
            if verbs.describes_offender(following):
                following = verbs.behind_small_words(following + 1)
            if _is_driven_to(verbs, following) and not in_clause:
                return following + 1
            if verbs.is_verb(following) and not in_clause and not is_behind_relative_verb(verbs, at):
                return following
            in_clause = in_clause and not verbs.is_verb(following)
            if verbs.word(at) == "," and _is_purpose(verbs, at + 1):
                comma = verbs.comma(at + 1)
                at = comma - 1 if comma > 0 else len(verbs.tokens)
        at += 1
    return at


def _is_driven_to(verbs: VerbPlaces, at: int) -> bool:
    """Return whether an act to which another is driven follows a comma ("obligue a otro, con amenazas, a firmar")."""
    is_iberian = verbs.words.language in ("es", "pt") and not verbs.are_infinitives
    return is_iberian and verbs.word(at - 1) == "," and verbs.word(at) == "a" and verbs.is_infinitive(at + 1)


def is_behind_relative_verb(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a conjunction joins two verbs of a relative clause ("a use which poses or may pose a risk")."""
    is_behind_noun = verbs.is_word(at - 3) and verbs.word(at - 2) in _OF_THINGS
    is_joined = is_behind_noun and verbs.is_word(at - 1) and verbs.word(at) in verbs.words.conjunctions
    return is_joined or _joins_plurals(verbs, at)


def _joins_plurals(verbs: VerbPlaces, at: int) -> bool:
    """Return whether verbs of things in the plural stand around ``at`` ("equipos que bloqueen, cancelen o anulen")."""
    endings = _PLURAL_VERBS.get(verbs.words.language)
    following, first = verbs.behind_conjunctions(at + 1), at - 1
    if not endings or not verbs.word(following).endswith(endings) or not verbs.is_verb(following):
        return False
    while verbs.word(first).endswith(endings) and (
        verbs.word(first - 1) == "," or verbs.word(first - 1) in verbs.words.conjunctions
    ):
        first -= 2
    return verbs.word(first).endswith(endings) and verbs.word(first - 1) == "que" and verbs.is_word(first - 2)
