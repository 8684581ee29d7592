"""Concepts of criminal law and cooperation: one identity, what each country calls it, what is wider and narrower.

The data stand in ``resources/concepts_*.yaml``. Nothing here says which article of which country belongs to a concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.errors import RogatioError
from extraction.resource import load

LANGUAGES = ("es", "pt", "en", "fr")
KINDS = ("offence", "asset_recovery", "measure", "cooperation", "procedure", "principle", "duty")

# How far a label's relation to its concept lets it speak for it; 0 for what is not a name of it.
RELATION_WEIGHT = {
    "": 1.0,
    "weak": 0.9,
    "colloquial": 0.85,
    "narrower": 0.8,
    "broader": 0.7,
    "close": 0.7,
    "former": 0.7,
    "aggravating": 0.6,
    "civil": 0.6,
    "proposed": 0.6,
}

_FILES = (
    "concepts_offences",
    "concepts_measures",
    "concepts_procedure",
    "concepts_penalties",
    "concepts_trial",
)
_LABEL = re.compile(r"(?P<text>.+?)(?: \[(?P<jurisdictions>[A-Z ]+)\])?(?: ~(?P<relation>\w+))?")


@dataclass(frozen=True, slots=True)
class Label:
    """One name; ``jurisdictions`` are those whose law's word it is, empty for any; ``relation`` empty for exact.

    A ``weak`` label means its concept in a heading or a query, and says too little alone in running text. ``seen`` are
    the countries in whose codes it stands, ``headed`` those where it heads a provision or a chapter.
    """

    text: str
    language: str
    jurisdictions: tuple[str, ...] = ()
    relation: str = ""
    seen: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conduct:
    """The words of the provision that defines or regulates: what is done, and to what."""

    verbs: tuple[str, ...]
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """``kind`` is one of ``KINDS``; ``coercive`` is None where no request for assistance can ask for it.

    ``treaties`` are the provisions that define the concept or oblige to it, ``eurovoc`` ids of close concepts
    and ``eurovoc_exact`` of the same ones.
    ``definition`` (a sentence of ours), ``conduct``, ``asked`` (words of a lay question) and ``situations`` (invented,
    as people tell them) stand by language.
    """

    id: str
    kind: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    treaties: tuple[str, ...]
    eurovoc: tuple[str, ...]
    eurovoc_exact: tuple[str, ...]
    coercive: bool | None
    definition: Mapping[str, str]
    conduct: Mapping[str, Conduct]
    asked: Mapping[str, tuple[str, ...]]
    situations: Mapping[str, tuple[str, ...]]

    @property
    def penal(self) -> bool:
        """Whether the provision that defines it punishes."""
        return self.kind == "offence"

    def labels_in(self, language: str) -> tuple[Label, ...]:
        return tuple(label for label in self.labels if label.language == language)

    def preferred(self, language: str) -> str:
        """Return the preferred label, the first of the language."""
        return self.labels_in(language)[0].text

    def name(self, language: str) -> str:
        """Return the preferred label as a list shows it.

        Where another concept has the same one (a country's law calls a kind and one of it alike), a name that only
        this one has tells them apart: ``Complicité (participation criminelle)``.
        """
        return _names()[self.id, language]


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every concept by its id."""
    entries = {code: entry for name in _FILES for code, entry in load(f"nlp.{name}").items()}
    narrower: dict[str, list[str]] = {code: [] for code in entries}
    for code, entry in entries.items():
        for wider in entry.get("broader", ()):
            narrower[wider].append(code)
    return {code: _concept(code, entry, tuple(narrower[code])) for code, entry in entries.items()}


@cache
def _names() -> Mapping[tuple[str, str], str]:
    """Map each concept's id and a language to the name that a list shows."""
    named: dict[tuple[str, str], list[Concept]] = {}
    for one in concepts().values():
        for language in LANGUAGES:
            named.setdefault((language, one.preferred(language)), []).append(one)
    return {
        (one.id, language): _told_apart(one, alike, language) for (language, _), alike in named.items() for one in alike
    }


def _told_apart(one: Concept, alike: Sequence[Concept], language: str) -> str:
    text = one.preferred(language)
    shown = text[:1].upper() + text[1:]
    taken = {label.text for other in alike if other is not one for label in other.labels_in(language)}
    own = [label for label in one.labels_in(language) if label.text not in taken and not label.relation]
    own.sort(key=lambda label: len(label.jurisdictions))
    return f"{shown} ({own[0].text})" if len(alike) > 1 and own else shown


def concept(concept_id: str) -> Concept:
    """Return a concept; raise ``nlp.no_such_concept``."""
    try:
        return concepts()[concept_id]
    except KeyError:
        raise RogatioError("nlp.no_such_concept", concept=concept_id[:40]) from None


def labels_for(concept_id: str, country: str, language: str) -> tuple[Label, ...]:
    """Return what the law of ``country`` (ISO 3166 alpha-2) calls a concept in ``language``, the surest first.

    Its own names come before those of no single country, and names that stand in its codes, in headings above all,
    before those that have not been seen there; the names of other countries and wider words are left out.
    """
    at_home = country.upper()
    usable = [
        label
        for label in concept(concept_id).labels_in(language)
        if label.relation != "broader" and (not label.jurisdictions or at_home in label.jurisdictions)
    ]
    return tuple(sorted(usable, key=lambda label: _strangeness(label, at_home)))


def _strangeness(label: Label, country: str) -> tuple[bool, bool, bool, float]:
    return (
        not label.jurisdictions,
        country not in label.headed,
        country not in label.seen,
        -RELATION_WEIGHT[label.relation],
    )


def broader_concepts(concept_id: str) -> tuple[str, ...]:
    """Return all concepts that a concept falls under, the nearest first."""
    found: list[str] = []
    waiting = list(concept(concept_id).broader)
    while waiting:
        wider = waiting.pop(0)
        if wider not in found:
            found.append(wider)
            waiting.extend(concept(wider).broader)
    return tuple(found)


def _concept(code: str, entry: Mapping[str, Any], narrower: tuple[str, ...]) -> Concept:
    return Concept(
        id=code,
        kind=entry["kind"],
        labels=tuple(label for language in LANGUAGES for label in _labels(entry[language], language)),
        broader=tuple(entry.get("broader", ())),
        narrower=narrower,
        related=tuple(entry.get("related", ())),
        treaties=tuple(entry.get("treaty", ())),
        eurovoc=tuple(str(number) for number in entry.get("eurovoc", ())),
        eurovoc_exact=tuple(str(number) for number in entry.get("eurovoc_exact", ())),
        coercive=entry.get("coercive"),
        definition=load("nlp.concept_definitions")[code],
        conduct={language: _conduct(words) for language, words in entry.get("conduct", {}).items()},
        asked={language: tuple(words.split()) for language, words in entry.get("asked", {}).items()},
        situations=_situations(code),
    )


def _situations(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return what people tell or ask of a concept, by language."""
    rows: Sequence[Sequence[str]] = load("nlp.concept_situations").get(code, ())
    asked: Mapping[str, Sequence[str]] = load("nlp.concept_questions").get(code, {})
    return {
        language: (*(row[place] for row in rows), *asked.get(language, ()))
        for place, language in enumerate(("en", "es", "pt", "fr"))
    }


def _labels(listed: str, language: str) -> Iterator[Label]:
    for written in listed.split("; "):
        found = _LABEL.fullmatch(written)
        assert found is not None, written
        places = str(load("nlp.label_attestations").get(language, {}).get(found["text"], "")).split()
        yield Label(
            text=found["text"],
            language=language,
            jurisdictions=tuple((found["jurisdictions"] or "").split()),
            relation=found["relation"] or "",
            seen=tuple(place.removesuffix("*") for place in places),
            headed=tuple(place.removesuffix("*") for place in places if place.endswith("*")),
        )


def _conduct(words: str) -> Conduct:
    verbs, _, objects = words.partition("|")
    return Conduct(tuple(verbs.split()), tuple(objects.split()))
