"""Concepts named in a heading, as a whole or in one of its coordinated parts, without words of another meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import RELATION_WEIGHT, Label, concepts
from nlp.concepts.provision_cues import ProvisionCues, joined_parts
from nlp.concepts.query import content_of, names_in
from nlp.folding import content_stems


def has_other_meaning(code: str, name: str, alike: Mapping[str, frozenset[str]], language: str) -> bool:
    """Return whether a label was matched by a word with another meaning in this provision.

    "Trata de personas y tráfico ilícito de migrantes" has a word that never means smuggling, and its own label too.
    """
    return not alike.get(code, frozenset()).isdisjoint(content_stems(name, language))


def excluded_concepts(place: ProvisionCues, words: str) -> Mapping[str, frozenset[str]]:
    """Return the concepts excluded by false friends in ``words``, with the stems of these words."""
    return _excluded(words, " ".join(place.above), place.language, place.jurisdiction, place.punishes)


@lru_cache(maxsize=20_000)
def _excluded(words: str, above: str, language: str, country: str, punished: bool) -> dict[str, frozenset[str]]:
    """Return the excluded concepts; in a punitive provision the meaning is an offence, else a measure."""
    excluded: dict[str, frozenset[str]] = {}
    for word in ambiguous_words(words, language):
        context = next(
            (other for other in ambiguous_words(f"{words} {above}", language) if other.friend == word.friend), word
        )
        meant = word.decided or context.decided or word.likeliest(country, punished)
        stems = frozenset(content_stems(word.term, language))
        others = word.friend.concepts() - {meant.concept} if meant else set()
        for code in {word.friend.kept_apart, *others} - {""}:
            excluded[code] = excluded.get(code, frozenset()) | stems
    return excluded


_NAMED = 0.6  # least score of a label that names a heading or one of its coordinated parts
_JOINED = 0.9  # weight of a label in one of several coordinated parts


def named_in(heading: str, place: ProvisionCues) -> list[tuple[str, str, float]]:
    """Return (concept, label, confidence) of the concepts named in a heading."""
    alike = excluded_concepts(place, heading)
    return [
        (code, label.text, sure)
        for code, label, sure in _names(heading, place.language)
        if not has_other_meaning(code, label.text, alike, place.language)
        and is_used(" ".join(label.jurisdictions), place)
    ]


@lru_cache(maxsize=20_000)
def _names(heading: str, language: str) -> tuple[tuple[str, Label, float], ...]:
    """Return the concepts named by the whole heading and by its coordinated parts."""
    parts = joined_parts(heading, language)
    candidates = [*_names_of(heading, language)]
    if len(parts) > 1:
        candidates += [
            (code, label, sure * _JOINED) for part in parts for code, label, sure in _names_of(part, language)
        ]
    best: dict[str, tuple[str, Label, float]] = {}
    for candidate in candidates:
        code, _, sure = candidate
        if code not in best or sure > best[code][2]:
            best[code] = candidate
    return tuple(best.values())


def _names_of(words: str, language: str) -> Iterator[tuple[str, Label, float]]:
    for named in names_in(content_of(words, language)):
        if named.score >= _NAMED and named.label.relation != "broader":
            weak = RELATION_WEIGHT["weak"] if named.label.relation == "weak" else 1.0
            yield named.concept, named.label, named.score / weak


def is_used(jurisdictions: str, place: ProvisionCues) -> bool:
    """Return whether a label of these jurisdictions (separated by blanks, empty: any) may be used in this law.

    A country that the layer has no labels of in this language may use those of any other.
    """
    if not jurisdictions or not place.jurisdiction or place.jurisdiction in jurisdictions.split():
        return True
    return place.jurisdiction not in _countries_with_labels(place.language)


@cache
def _countries_with_labels(language: str) -> frozenset[str]:
    labels = (label for entry in concepts().values() for label in entry.labels_in(language))
    return frozenset(country for label in labels for country in label.jurisdictions)
