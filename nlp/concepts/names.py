"""Names of concepts in a query or heading, inflected, with their words near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.concepts.layer import RELATION_WEIGHT, Label, concepts
from nlp.concepts.profiles import tellingness
from nlp.stems import content_words, plain_stems, stem

# What a name counts that stands in the text; what it adds that covers more of the text.
_NAMED = 0.6
_COVERED = 0.4
# Words between two words of one name (``tráfico [ilícito de] drogas``).
_SLACK = 2


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept by one of its names that stands in a text; ``score`` between 0 and 1, ``words`` are stems of the text.

    A name that shares its words with other concepts, or is a small part of the text, scores low.
    """

    concept: str
    label: Label
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a text that name something and their stems; ``told`` are the stems that tell concepts apart."""

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


def content_of(text: str, language: str) -> Content:
    """Return the words of a text that say something, and their stems."""
    words = content_words(text, language)
    stems = tuple(stem(word, language) for word in words)
    return Content(language, words, stems, frozenset(stems) - plain_stems(language))


def names_in(content: Content) -> Iterator[NamedConcept]:
    """Yield the concepts whose names stand in a text; a name inside a longer one is not counted."""
    found = list(_standing(content))
    for places, name in found:
        if not any(set(places) < set(others) for others, _ in found):
            words = tuple(content.stems[place] for place in places)
            yield NamedConcept(name.concept, name.label, _score(name, words, content), words)


def _standing(content: Content) -> Iterator[tuple[tuple[int, ...], _Name]]:
    for first in set(content.stems):
        for name in _names(content.language).get(first, ()):
            places = _one_word(name, content) if len(name.stems) == 1 else _in_order(name.stems, content.stems)
            if places:
                yield places, name


def _score(name: _Name, words: Sequence[str], content: Content) -> float:
    covered = len(content.told.intersection(words)) / max(1, len(content.told))
    telling = 1.0 if covered == 1.0 else tellingness(name.stems, content.language)
    return RELATION_WEIGHT[name.label.relation] * (_NAMED * telling + _COVERED * covered)


def _one_word(name: _Name, content: Content) -> tuple[int, ...]:
    """Return where a name of one word stands as such, in the singular or plural: a stem alone would say too much."""
    own = _singular(name.words[0])
    return tuple(place for place, word in enumerate(content.words) if _singular(word) == own)[:1]


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
