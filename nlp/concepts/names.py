"""Labels of concepts in a query or heading, inflected, with their words close to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.concepts.layer import RELATION_WEIGHT, Label, concepts
from nlp.concepts.profiles import specificity
from nlp.stems import content_words, plain_stems, stem

# Weights of the presence of a label and of the share of the text it covers.
_NAMED = 0.6
_COVERED = 0.4
# Other words allowed between two words of a label (``tráfico [ilícito de] drogas``).
_SLACK = 2


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept by a label in a text; ``score`` is from 0 to 1, ``words`` are the matching stems of the text.

    A label that shares its words with other concepts, or is a small part of the text, scores low.
    """

    concept: str
    label: Label
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The content words of a text and their stems; ``distinctive`` are the stems not common to all concepts."""

    language: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    distinctive: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Name:
    label: Label
    concept: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


def content_of(text: str, language: str) -> Content:
    """Return the content words of a text and their stems."""
    words = content_words(text, language)
    stems = tuple(stem(word, language) for word in words)
    return Content(language, words, stems, frozenset(stems) - plain_stems(language))


def names_in(content: Content) -> Iterator[NamedConcept]:
    """Yield the concepts with labels in a text, without labels inside longer ones."""
    matches = list(_matching(content))
    for places, name in matches:
        if not any(set(places) < set(others) for others, _ in matches):
            words = tuple(content.stems[place] for place in places)
            yield NamedConcept(name.concept, name.label, _score(name, words, content), words)


def _matching(content: Content) -> Iterator[tuple[tuple[int, ...], _Name]]:
    for first in set(content.stems):
        for name in _names(content.language).get(first, ()):
            places = _one_word(name, content) if len(name.stems) == 1 else _in_order(name.stems, content.stems)
            if places:
                yield places, name


def _score(name: _Name, words: Sequence[str], content: Content) -> float:
    covered = len(content.distinctive.intersection(words)) / max(1, len(content.distinctive))
    telling = 1.0 if covered == 1.0 else specificity(name.stems, content.language)
    return RELATION_WEIGHT[name.label.relation] * (_NAMED * telling + _COVERED * covered)


def _one_word(name: _Name, content: Content) -> tuple[int, ...]:
    """Return the position of a one-word label in singular or plural; its stem alone would match too much."""
    own = _singular(name.words[0])
    return tuple(place for place, word in enumerate(content.words) if _singular(word) == own)[:1]


def _singular(word: str) -> str:
    return (
        word.removesuffix("es") if len(word) > 5 and word.endswith("es") else word.removesuffix("s").removesuffix("e")
    )


def _in_order(name: Sequence[str], stems: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the words of ``name`` in ``stems``, in order and within ``_SLACK``, else nothing."""
    for begin in (place for place, own in enumerate(stems) if own == name[0]):
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
    """Return the labels by their first stem."""
    names: dict[str, list[_Name]] = defaultdict(list)
    for concept in concepts().values():
        for label in concept.labels_in(language):
            words = content_words(label.text, language)
            if words:
                stems = tuple(stem(word, language) for word in words)
                names[stems[0]].append(_Name(label, concept.id, words, stems))
    return names
