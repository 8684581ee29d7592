"""Where a noun phrase ends that a verb governs."""

from __future__ import annotations

import regex

from nlp.elements.agreement import begins_other_phrase
from nlp.elements.alternatives import is_loose_manner
from nlp.elements.attributes import begins_act, governs, is_participle
from nlp.elements.unmarked_objects import CONTRACTED
from nlp.elements.verb_lists import is_behind_relative_verb
from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import PUNCTUATION, verb_words

PRONOUNS = frozenset("quiconque ellos ellas el ella eles elas ele ela them him her it elle elles lui eux mim".split())
OTHERS = frozenset("otro otra otros otras another".split())
_PERSONS = frozenset("otro otra outrem outro outra autrui alguien alguem another".split())
_POSSESSIVES = frozenset("su sus".split())
_PREPOSITIONAL_RELATIVES = frozenset("que cual cuales cuyo cuya qual quais which whom lequel laquelle lesquels".split())
_CONDITIONS = frozenset("discapacidad capacidad incapacidad deficiencia capacidade incapacidade".split())
_WITH = frozenset("con sin com sem".split())
_NEGATIONS = frozenset("no nao".split())
# "monumentos, cualquiera sea la relación ...": what does not matter for the offence
_CONCESSION = regex.compile(
    r"(?:cualquiera|cualesquiera) (?:que )?(?:sean?|fueren?|fuesen?)\b|sean? (?:cual|cuales) (?:sean?|fueren?)\b"
    r"|(?:qualquer|quaisquer) que (?:seja|sejam|for|forem)\b|quel(?:le)?s? qu(?:e (?:soit|soient)|['’](?:en )?soit)\b"
)
_OFFENDERS = frozenset("celui celle ceux celles aquele aqueles".split())


def phrase_end(verbs: VerbPlaces, start: int) -> int:
    """Return the place behind the last word of the noun phrase that begins at ``start``."""
    in_attribute = in_clause = verbs.word(start) == "que"
    before, at = verbs.word(start - 1), start + 1
    if verbs.word(start) in PRONOUNS - verbs.words.determiners:
        return at
    while at < len(verbs.tokens):
        word = verbs.word(at)
        if verbs.written(at) == "où":
            in_attribute = in_clause = True  # "une maison où un mineur se livre à la débauche"
        elif word == "," or word in verbs.words.conjunctions:
            following = verbs.behind_conjunctions(at + 1)
            is_list = in_clause and is_behind_relative_verb(verbs, at)
            if verbs.words.language == "en" and in_attribute and verbs.is_manner(at - 1) and verbs.is_manner(following):
                at = following + 1  # "an act which causes directly or indirectly a failure"
                continue
            in_clause = in_clause and verbs.are_infinitives and verbs.words.language in ("es", "pt")
            if not (is_list or _goes_on(verbs, start, following)) and not (in_clause and verbs.is_finite(following)):
                return at
            in_clause = in_clause or is_list
            in_clause = in_clause or verbs.word(following) in verbs.words.relatives
            is_joined = word != "," and is_participle(verbs, following)  # "detenida o condenada por"
            is_joined = is_joined and (in_attribute or bool(verbs.words.participles.fullmatch(verbs.word(at - 1))))
            in_attribute = in_clause or is_joined or verbs.word(following) in verbs.words.relatives
            in_attribute = in_attribute or (word == "," and is_participle(verbs, following))
            in_attribute = in_attribute or governs(verbs, following)
            at = following
        elif word in PUNCTUATION:
            return at
        elif (word in verbs.words.relatives and word not in verbs.words.determiners) or _begins_relative(verbs, at):
            in_attribute = in_clause = True
        elif word == "(" and (close := verbs.find(")", at)) > 0:
            at = close  # "any transmission (other than a public transmission) of data"
        elif word in verbs.words.genitives and verbs.word(at + 1) in _POSSESSIVES and before == "a":
            return at  # "prive a una persona de su libertad"
        elif word in verbs.words.genitives and verbs.word(at - 1) in _PERSONS and verbs.is_infinitive(at + 1):
            return at  # "empêche autrui d'exercer un droit"
        elif compound := verbs.words.compounds.match(verbs.folded, verbs.tokens[at][1]):
            at = sum(first < compound.end() for _, first, _ in verbs.tokens) - 1
        elif (_ends_phrase(verbs, start, at) and not in_attribute) or begins_act(verbs, at):
            return at
        elif is_participle(verbs, at) or governs(verbs, at):
            in_attribute = True
        at += 1
    return at


def _begins_relative(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a preposition and a relative pronoun stand at ``at`` ("in which", "en la que", "dans lequel")."""
    words, behind = verbs.words, at + 1 + (verbs.word(at + 1) in verbs.words.articles)
    is_relative = verbs.word(behind) in _PREPOSITIONAL_RELATIVES
    return verbs.word(at) in words.adjuncts and verbs.word(at) not in verb_words().subordinating and is_relative


def _ends_phrase(verbs: VerbPlaces, start: int, at: int) -> bool:
    """Return whether a circumstance or, without a word between, another noun phrase begins."""
    word, words = verbs.word(at), verbs.words
    if begins_other_phrase(verbs, start, at):
        return True
    if verbs.is_manner(at) and (verbs.word(at + 1) in words.adjuncts or at + 1 >= len(verbs.tokens)):
        return True
    if word in words.attached and not words.circumstances.match(verbs.folded, verbs.tokens[at][1]):
        return verbs.is_infinitive(verbs.behind_pronouns(at + 1)) or verbs.is_manner(at)
    if word in _WITH and verbs.word(at + 1) in _CONDITIONS:
        return False  # "una persona con discapacidad"
    if word in words.articles:
        return not words.is_function_word(verbs.word(at - 1)) or verbs.word(at - 1) in OTHERS
    return (word in words.adjuncts and word not in words.genitives) or bool(words.gerunds.fullmatch(word))


def _goes_on(verbs: VerbPlaces, start: int, at: int) -> bool:
    """Return whether the noun phrase from ``start`` continues at ``at``, after a comma or a conjunction."""
    words = verbs.words
    word = verbs.word(at)
    if not word or word in PUNCTUATION or words.gerunds.fullmatch(word):
        return False
    if word in words.adverbs and words.gerunds.fullmatch(verbs.word(at + 1)):
        return False  # "secretos del Estado, ya comunicando documentos"
    if word in _NEGATIONS and verbs.word(at + 1) in words.clitics:
        return False  # "bienes, o no los retorna"
    if _CONCESSION.match(verbs.folded, verbs.tokens[at][1]):
        return False
    is_circumstance = words.circumstances.match(verbs.folded, verbs.tokens[at][1])
    if is_circumstance or is_loose_manner(verbs, at):
        return False
    if verbs.is_manner(at):  # "un bien, total o parcialmente ajeno"
        qualifies = verbs.word(at - 1) in words.conjunctions and verbs.is_word(at + 1)
        return words.language in ("es", "pt") and qualifies and not verbs.is_verb(at + 1)
    is_preposition = word in words.genitives or (word == "a" and verbs.words.language in ("es", "pt"))
    if is_preposition and verbs.is_infinitive(verbs.behind_pronouns(at + 1)):
        return False
    if word == "soit":
        return verbs.word(at + 1) not in words.governed or verbs.word(at + 1) in words.genitives
    if verbs.word(at - 1) == "," and word in ("that", "such", "the") and verbs.word(at + 1) in ("person", "offender"):
        return False  # "Where a person alters a cheque, that person is liable"
    if verbs.describes_offender(at) and verbs.find(word, start) >= at:
        return False
    if word in words.relatives or word in words.genitives:
        return True
    if verbs.is_reflexive(at) or verbs.is_coordinated_participle(at) or verbs.is_compound(at):
        return False
    if verbs.is_present(at):
        return False
    if (word in words.clitics and words.is_verb(verbs.word(at + 1))) or verbs.is_object_pronoun(at):
        return False
    if word in _WITH and verbs.word(at + 1) in _CONDITIONS:
        return verbs.word(at - 1) in words.conjunctions  # "menor de edad o con discapacidad"
    if verbs.written(at) in CONTRACTED or word in words.adjuncts - words.determiners:
        is_parallel = verbs.word(at - 1) in words.conjunctions and verbs.find(word, start) < at
        return word in words.genitives or word == verbs.word(start - 1) or is_parallel
    if word in words.determiners or word in _OFFENDERS:  # "o el que ...", "ou ceux qui ...": another offender
        return verbs.word(at + 1) not in ("que", "qual", "cual", "qui")
    if words.language == "en":
        return not _is_coordinated_verb(verbs, start, at)
    return not (verbs.is_infinitive(at) if verbs.are_infinitives else words.is_verb(word))


def _is_coordinated_verb(verbs: VerbPlaces, start: int, at: int) -> bool:
    """Return whether a verb stands at ``at``; many English nouns have its ending ("any land or tenements in").

    Before an object, "to" or an adverb it is a verb; else behind a singular noun, which plurals do not follow.
    """
    if _is_listed_noun(verbs, start, at):
        return False
    governs = verbs.is_verb(at) or verbs.word(at + 1) in {"to", "anything", *verbs.words.adverbs}
    return verbs.words.is_verb(verbs.word(at)) and (governs or verbs.word(start) in ("a", "an"))


def _is_listed_noun(verbs: VerbPlaces, start: int, at: int) -> bool:
    """Return whether a word is a noun of a list ("objects, slides and others", "any books, papers or things")."""
    first = at
    while verbs.word(at - 1) == "," == verbs.word(at + 1):
        at += 2
    last = verbs.behind_conjunctions(at + 1)
    if verbs.word(last - 1) not in verbs.words.conjunctions:
        return False
    follows, words = verbs.word(last + 1), verbs.words
    if verbs.word(last) in {"other", "others", "similar", *words.nouns}:
        return True
    is_plural = verbs.word(first - 2).endswith("s") or verbs.word(start) == "any"
    is_plural = is_plural and verbs.word(first - 1) == "," and verbs.is_word(last)
    ends = not follows or follows in PUNCTUATION or follows in words.adjuncts | words.genitives | words.relatives
    return is_plural and (ends or bool(words.participles.fullmatch(follows)))
