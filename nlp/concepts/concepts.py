"""Mentions of offences, asset recovery and measures, with disambiguation of false friends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.resource import load
from nlp.annotations import Span
from nlp.concepts.layer import Concept, Label, concepts
from nlp.folding import Words, fold, folded_words, words_of
from nlp.lexicon import Lexicon, Match, Term

ORIGIN = "concepts@16"

_NEARBY = 90
_FAR = 1000
_SENTENCE_END = re.compile(r"[.;]\s|\n")
_SPAN_LABELS = {"offence": "OFFENCE", "asset_recovery": "ASSET_RECOVERY"}
_CONFIDENCE = {"": 0.9, "exact": 0.9, "close": 0.7, "narrower": 0.8, "broader": 0.7, "colloquial": 0.6}


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """Disambiguation of a label by nearby words: ``against`` or ``for`` the offence, or required (``needs``).

    In ``jurisdictions`` the label denotes its concept, elsewhere ``otherwise``. ``instead`` is the span label and value
    if the words do not denote the offence.
    """

    languages: tuple[str, ...]
    against: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    otherwise: str = ""
    instead: str = ""


def find_concepts(
    text: str, words: Words, language: str, jurisdiction: str = "", *, folded: str | None = None
) -> list[Span]:
    """Return OFFENCE, ASSET_RECOVERY and MEASURE spans of a text in ``language``; ``value`` is the concept id.

    ``words`` are all or some of ``nlp.folding.words_of(text)``; ``folded`` is ``nlp.folding.fold(text)``, if known;
    ``jurisdiction`` (ISO 3166 alpha-2) selects between national meanings.
    """
    folded = fold(text) if folded is None else folded
    matches = _lexicon().find(text, words, language)
    return [span for match in matches if (span := _span(folded, match, language, jurisdiction)) is not None]


def _span(folded: str, match: Match, language: str, jurisdiction: str) -> Span | None:
    term = _likeliest(match.terms, jurisdiction)
    label, value = term.label, term.value
    friend = _false_friends().get(_key(folded[match.start : match.end]))
    if friend is not None and language in friend.languages:
        label, value = _disambiguated(friend, _nearby(folded, match), jurisdiction, label, value)
    if not label:
        return None
    return Span(match.start, match.end, label, value, term.confidence, ORIGIN, attributes=term.attributes)


def _likeliest(terms: Sequence[Term], jurisdiction: str) -> Term:
    """Return the term of the document's jurisdiction, else the one with the highest confidence."""
    at_home = (term for term in terms if jurisdiction and jurisdiction in term.attributes.get("jurisdictions", ""))
    return next(at_home, max(terms, key=lambda term: term.confidence))


def _disambiguated(
    friend: FalseFriend, nearby: tuple[str, str], jurisdiction: str, label: str, value: str
) -> tuple[str, str]:
    """Return label and value by nearby words and jurisdiction; an empty label if the words are no concept."""
    if friend.otherwise and jurisdiction not in friend.jurisdictions:
        return label, friend.otherwise
    if friend.needs and _distance(friend.needs, nearby) == _FAR:
        return "", ""
    if _distance(friend.against, nearby) < _distance(friend.speaks_for, nearby):
        instead, _, other = friend.instead.partition(" ")
        return instead, other
    return label, value


def _distance(cues: Sequence[str], nearby: tuple[str, str]) -> int:
    """Return the distance in characters from the label to the nearest of ``cues`` on either side, at most ``_FAR``."""
    before, after = nearby
    left = (len(before) - before.rindex(f" {cue} ") for cue in cues if f" {cue} " in before)
    right = (after.index(f" {cue} ") + len(cue) for cue in cues if f" {cue} " in after)
    return min(*left, *right, _FAR, _FAR)


def _nearby(folded: str, match: Match) -> tuple[str, str]:
    """Return the words before and after a match in its sentence, each surrounded by spaces."""
    before = _SENTENCE_END.split(folded[max(0, match.start - _NEARBY) : match.start])[-1]
    after = _SENTENCE_END.split(folded[match.end : match.end + _NEARBY])[0]
    first, second = (f" {' '.join(folded_words(side).forms)} " for side in (before, after))
    return first, second


def _key(label: str) -> str:
    return " ".join(form.removesuffix("s") for form in words_of(label).forms)


@cache
def _lexicon() -> Lexicon:
    terms = (
        (label.text, _term(concept, label))
        for concept in concepts().values()
        if _span_label(concept)
        for label in concept.labels
        if label.relation != "weak"
    )
    return Lexicon(terms, plurals=True)


def _span_label(concept: Concept) -> str:
    """Return the span label of a concept; empty for procedure, principles and duties, which are no entities."""
    if concept.coercive is not None:
        return "MEASURE"
    return _SPAN_LABELS.get(concept.kind, "")


def _term(concept: Concept, label: Label) -> Term:
    one_word = " " not in label.text
    attributes = {"jurisdictions": " ".join(label.jurisdictions), "relation": label.relation or "exact"}
    measure = concept.coercive is not None
    return Term(
        _span_label(concept),
        concept.id,
        0.7 if measure else _CONFIDENCE.get(label.relation, 0.7),
        languages=frozenset({label.language}) if one_word else frozenset(),
        attributes={} if measure else {key: value for key, value in attributes.items() if value},
    )


@cache
def _false_friends() -> dict[str, FalseFriend]:
    names = {"for": "speaks_for"}
    friends = {}
    for entry in load("nlp.false_friends")["in_text"]:
        values: dict[str, Any] = {
            names.get(key, key): tuple(value) if isinstance(value, list) else value
            for key, value in entry.items()
            if key != "t"
        }
        friends[_key(entry["t"])] = FalseFriend(**values)
    return friends
