"""From a question in any of the four languages to concepts: by their names, else by what is said of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from nlp.concept_layer import LANGUAGES, RELATION_WEIGHT, Concept, Label, concepts
from nlp.false_friends import ambiguous_words
from nlp.stems import content_stems, content_words, plain_stems, stem

# A name that stands in the question whole and in order; what a name adds that covers more of the question.
_NAMED = 0.6
_COVERED = 0.4
# How rare among concepts the words of a name must be together to name it in a long question (``prueba`` does not).
_TELLING = 4.5
# The most that words alone can say; below the least of the names of one word.
_BY_WORDS = 0.55
# Words between two words of one name (``tráfico [ilícito de] drogas``).
_SLACK = 2
_OTHER_LANGUAGE = 0.8
_LEAST = 0.12
# A word that one or two concepts have may speak alone.
_RARE = 4.0
# What a word of a question weighs by where a concept has it.
_PLACES = {"names": 1.0, "asked": 1.0, "situations": 0.8, "definition": 0.7, "conduct": 0.5}


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that a question is about.

    ``score`` is between 0 and 1; ``label`` is the name that the question holds, empty where only other
    words speak for it; ``words`` are the stems that do.
    """

    concept: str
    score: float
    label: str = ""
    words: tuple[str, ...] = ()


def concepts_of_query(text: str, language: str, limit: int = 5) -> tuple[ConceptMatch, ...]:
    """Return the concepts that ``text`` asks about, the best first; none where nothing speaks for one.

    ``language`` is that of the question, empty or another where it is not known: then all four are tried.
    """
    own = (language,) if language in LANGUAGES else LANGUAGES
    not_meant = {code for spoken in own for word in ambiguous_words(text, spoken) for code in word.not_meant()}
    best: dict[str, ConceptMatch] = {}
    for spoken in LANGUAGES:
        weight = 1.0 if spoken in own else _OTHER_LANGUAGE
        for match in _matches(_read(text, spoken), by_words=spoken in own):
            score = round(weight * match.score, 4)
            if match.concept not in not_meant and score > max(
                _LEAST, best[match.concept].score if match.concept in best else 0
            ):
                best[match.concept] = replace(match, score=score)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.concept))[:limit])


@dataclass(frozen=True, slots=True)
class _Question:
    """The words of a question that name something and their stems; ``told`` are those that tell concepts apart."""

    language: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Name:
    label: Label
    concept: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


def _read(text: str, language: str) -> _Question:
    words = content_words(text, language)
    stems = tuple(stem(word, language) for word in words)
    return _Question(language, words, stems, frozenset(stems) - plain_stems(language))


def _matches(question: _Question, *, by_words: bool) -> Iterator[ConceptMatch]:
    """Yield what names say, then, in the question's own language, what its words say."""
    named: dict[str, ConceptMatch] = {}
    for match in _named(question):
        if match.concept not in named or match.score > named[match.concept].score:
            named[match.concept] = match
    spoken = _spoken(question) if by_words else {}
    for code in {*named, *spoken}:
        share, words = spoken.get(code, (0.0, ()))
        name = named.get(code)
        if name is None:
            yield ConceptMatch(code, _BY_WORDS * share, "", words)
        else:
            yield replace(name, score=min(1.0, name.score * (0.9 + 0.1 * share)))


def _named(question: _Question) -> Iterator[ConceptMatch]:
    """Yield the concepts whose name stands in the question; a name inside a longer one is not counted."""
    _, rarity = _profiles(question.language)
    found = []
    for first in set(question.stems):
        for name in _names(question.language).get(first, ()):
            places = _one_word(name, question) if len(name.stems) == 1 else _in_order(name.stems, question.stems)
            if places:
                found.append((places, name))
    for places, name in found:
        if not any(set(places) < set(others) for others, _ in found):
            held = {question.stems[place] for place in places}
            covered = len(held & question.told) / max(1, len(question.told))
            telling = min(1.0, sum(rarity[one] for one in set(name.stems)) / _TELLING) ** 2
            score = RELATION_WEIGHT[name.label.relation] * (_NAMED * telling + _COVERED * covered)
            yield ConceptMatch(name.concept, score, name.label.text, tuple(question.stems[place] for place in places))


def _one_word(name: _Name, question: _Question) -> tuple[int, ...]:
    """Return where a name of one word stands as such, in the singular or plural: a stem alone would say too much."""
    own = _singular(name.words[0])
    return tuple(place for place, word in enumerate(question.words) if _singular(word) == own)[:1]


def _singular(word: str) -> str:
    return (
        word.removesuffix("es") if len(word) > 5 and word.endswith("es") else word.removesuffix("s").removesuffix("e")
    )


def _in_order(name: Sequence[str], stems: Sequence[str]) -> tuple[int, ...]:
    """Return where the words of ``name`` stand in ``stems``, in order and near each other, if they do."""
    for begin in (place for place, one in enumerate(stems) if one == name[0]):
        places = [begin]
        for word in name[1:]:
            following = range(places[-1] + 1, min(len(stems), places[-1] + 2 + _SLACK))
            place = next((place for place in following if stems[place] == word), None)
            if place is None:
                break
            places.append(place)
        else:
            return tuple(places)
    return ()


def _spoken(question: _Question) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each concept which share of the question's weight its words hold, and those words."""
    profiles, rarity = _profiles(question.language)
    asked = {one: rarity[one] for one in question.told if one in rarity}
    whole = sum(weight * weight for weight in asked.values())
    shares = {}
    for code, profile in profiles.items():
        words = tuple(one for one in asked if one in profile)
        if len(words) > 1 or (words and (len(asked) == 1 or asked[words[0]] > _RARE)):
            shares[code] = (sum(asked[one] ** 2 * profile[one] for one in words) / whole, words)
    top = max((share for share, _ in shares.values()), default=1.0)
    # The best of a long question is still a weak likeness: half of the measure is how it stands to the others.
    return {code: ((share + share / top) / 2, words) for code, (share, words) in shares.items()}


@cache
def _names(language: str) -> Mapping[str, list[_Name]]:
    """Return the names by the first of their stems."""
    names: dict[str, list[_Name]] = defaultdict(list)
    for concept in concepts().values():
        for label in concept.labels_in(language):
            words = content_words(label.text, language)
            if words:
                stems = tuple(stem(word, language) for word in words)
                names[stems[0]].append(_Name(label, concept.id, words, stems))
    return names


@cache
def _profiles(language: str) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Return the words of each concept with what they weigh, and how rare each word is among concepts."""
    profiles = {concept.id: _weights(concept, language) for concept in concepts().values()}
    holders = Counter(word for words in profiles.values() for word in words)
    return profiles, {word: math.log(1 + len(profiles) / number) for word, number in holders.items()}


def _weights(concept: Concept, language: str) -> dict[str, float]:
    """Return the stems of what is said of a concept, each by its best place."""
    conduct = concept.conduct.get(language)
    said = {
        "names": " ".join(label.text for label in concept.labels_in(language)),
        "asked": " ".join(concept.asked.get(language, ())),
        "situations": " ".join(concept.situations.get(language, ())),
        "definition": concept.definition[language],
        "conduct": " ".join((*conduct.verbs, *conduct.objects)) if conduct else "",
    }
    weights: dict[str, float] = {}
    for place, words in said.items():
        for one in content_stems(words, language):
            weights[one] = max(_PLACES[place], weights.get(one, 0.0))
    return weights
