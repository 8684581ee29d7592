"""Concept layer: concepts of criminal law and cooperation with labels by country and broader and narrower concepts.

The data are in ``resources/concepts_*.yaml``; they do not say which articles belong to a concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.build_cache import code_digest, kept
from extraction.errors import RogatioError
from extraction.resource import digest, load

LANGUAGES = ("es", "pt", "en", "fr")
KINDS = ("offence", "asset_recovery", "measure", "cooperation", "procedure", "principle", "duty")

# Weight of a label by its relation to the concept.
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
VARIETIES = ("pt-PT",)
COUNTRY_OF_VARIETY = {"pt": "BR", "pt-PT": "PT"}
"""State whose usage the labels of a language or variety follow."""
_LABEL = re.compile(r"(?P<text>.+?)(?: \[(?P<jurisdictions>[A-Z ]+)\])?(?: ~(?P<relation>\w+))?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label; ``jurisdictions`` are those whose law uses it, empty for any; ``relation`` is empty if exact.

    A ``weak`` label denotes its concept in a heading or query but is too general in running text. ``seen`` are the
    countries whose codes contain it, ``headed`` those where it occurs in headings.
    """

    text: str
    language: str
    jurisdictions: tuple[str, ...] = ()
    relation: str = ""
    seen: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conduct:
    """Typical words of the provision that defines or regulates a concept: acts and their objects."""

    verbs: tuple[str, ...]
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; ``kind`` is one of ``KINDS``; ``coercive`` is None unless it is a measure that a request can ask for.

    ``treaties`` are the provisions that define the concept or require it; ``eurovoc`` are ids of close matches,
    ``eurovoc_exact`` of exact ones. ``definition``, ``conduct``, ``asked`` (words of lay questions) and ``situations``
    (invented narratives) are by language. ``shown`` are names for display, by language or variety, where it is not a
    label. ``short`` are abbreviations that people type, by language, with the label that each stands for.
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
    shown: Mapping[str, str]
    short: Mapping[str, Mapping[str, str]]

    @property
    def penal(self) -> bool:
        """Whether the concept is an offence."""
        return self.kind == "offence"

    def labels_in(self, language: str) -> tuple[Label, ...]:
        """Return the labels in a language, the preferred one first."""
        return tuple(label for label in self.labels if label.language == language)

    def preferred(self, language: str) -> str:
        """Return the preferred label in a language."""
        return self.labels_in(language)[0].text

    def name(self, language: str) -> str:
        """Return the label for display, capitalised, in es, pt (as used in Brazil), pt-PT, en or fr.

        If another concept has the same label, a label unique to this one is added: ``Complicité (participation
        criminelle)``.
        """
        return _names()[self.id, language]

    def written(self, language: str) -> str:
        """Return the label for display as within a sentence: not capitalised, without what tells homonyms apart."""
        return _displayed(self, language)


@cache
def concepts() -> Mapping[str, Concept]:
    """Return all concepts by id."""
    return kept("nlp.concepts", fingerprint(), dict[str, Concept], _made)


def _made() -> dict[str, Concept]:
    entries = {code: entry for name in _FILES for code, entry in load(f"nlp.{name}").items()}
    narrower: dict[str, list[str]] = {code: [] for code in entries}
    for code, entry in entries.items():
        for wider in entry.get("broader", ()):
            narrower[wider].append(code)
    return {code: _concept(code, entry, tuple(narrower[code])) for code, entry in entries.items()}


@cache
def fingerprint() -> bytes:
    """Return a digest of all that the concepts are made from, for results that are kept and depend on them."""
    beside = ("label_attestations", "concept_definitions", "concept_situations", "concept_questions")
    return b"".join(digest(f"nlp.{name}") for name in (*_FILES, *beside)) + code_digest(__file__)


@cache
def _names() -> Mapping[tuple[str, str], str]:
    """Map (concept id, language) to the name for display."""
    named: dict[tuple[str, str], list[Concept]] = {}
    for entry in concepts().values():
        for language in {*LANGUAGES, *COUNTRY_OF_VARIETY}:
            named.setdefault((language, _displayed(entry, language)), []).append(entry)
    return {
        (entry.id, language): _disambiguated(entry, homonyms, language)
        for (language, _), homonyms in named.items()
        for entry in homonyms
    }


def _displayed(entry: Concept, language: str) -> str:
    """Return the name for display: the preferred label, or that of the variety's country where it is used elsewhere."""
    if language in entry.shown:
        return entry.shown[language]
    labels, country = entry.labels_in(language[:2]), COUNTRY_OF_VARIETY.get(language)
    if country is None or not labels[0].jurisdictions or country in labels[0].jurisdictions:
        return labels[0].text
    exact = [label for label in labels if not label.relation]
    at_home = [label for label in exact if country in label.jurisdictions]
    general = [label for label in exact if not label.jurisdictions]
    return (at_home or general or labels)[0].text


def _disambiguated(entry: Concept, homonyms: Sequence[Concept], language: str) -> str:
    text = _displayed(entry, language)
    shown = text[:1].upper() + text[1:]
    others = {label.text for other in homonyms if other is not entry for label in other.labels_in(language[:2])}
    own = [label for label in entry.labels_in(language[:2]) if label.text not in others and not label.relation]
    own.sort(key=lambda label: len(label.jurisdictions))
    return f"{shown} ({own[0].text})" if len(homonyms) > 1 and own else shown


def concept(concept_id: str) -> Concept:
    """Return a concept by id; raises ``nlp.no_such_concept``."""
    try:
        return concepts()[concept_id]
    except KeyError:
        raise RogatioError("nlp.no_such_concept", concept=concept_id[:40]) from None


def labels_for(concept_id: str, country: str, language: str) -> tuple[Label, ...]:
    """Return the labels of a concept in the law of ``country`` (ISO 3166 alpha-2) in ``language``, the best first.

    National labels precede general ones, and labels attested in the country's codes, especially in headings, precede
    others; labels of other countries and broader terms are omitted.
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
    """Return the ids of all broader concepts, the nearest first."""
    broader: list[str] = []
    waiting = list(concept(concept_id).broader)
    while waiting:
        code = waiting.pop(0)
        if code not in broader:
            broader.append(code)
            waiting.extend(concept(code).broader)
    return tuple(broader)


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
        definition=_definition(code),
        conduct={language: _conduct(words) for language, words in entry.get("conduct", {}).items()},
        asked={language: tuple(words.split()) for language, words in entry.get("asked", {}).items()},
        situations=_situations(code),
        shown=entry.get("shown", {}),
        short=entry.get("short", {}),
    )


def _definition(code: str) -> Mapping[str, str]:
    """Return the definition for display by language and variety.

    Where the Portuguese text by which concepts are recognised has words of Portugal, readers in Brazil have one of
    their own (``pt-BR``).
    """
    own: Mapping[str, str] = load("nlp.concept_definitions")[code]
    if "pt-BR" not in own:
        return own
    others = {variety: words for variety, words in own.items() if variety != "pt-BR"}
    return {"pt-PT": own["pt"], **others, "pt": own["pt-BR"]}


def _situations(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return narratives and questions about a concept by language."""
    rows: Sequence[Sequence[str]] = load("nlp.concept_situations").get(code, ())
    questions: Mapping[str, Sequence[str]] = load("nlp.concept_questions").get(code, {})
    return {
        language: (*(row[place] for row in rows), *questions.get(language, ()))
        for place, language in enumerate(("en", "es", "pt", "fr"))
    }


def _labels(listed: str, language: str) -> Iterator[Label]:
    attested: Mapping[str, str] = load("nlp.label_attestations").get(language, {})
    for entry in listed.split("; "):
        match = _LABEL.fullmatch(entry)
        assert match is not None, entry
        places = str(attested.get(match["text"], "")).split()
        yield Label(
            text=match["text"],
            language=language,
            jurisdictions=tuple((match["jurisdictions"] or "").split()),
            relation=match["relation"] or "",
            seen=tuple(place.removesuffix("*") for place in places),
            headed=tuple(place.removesuffix("*") for place in places if place.endswith("*")),
        )


def _conduct(words: str) -> Conduct:
    verbs, _, objects = words.partition("|")
    return Conduct(tuple(verbs.split()), tuple(objects.split()))
