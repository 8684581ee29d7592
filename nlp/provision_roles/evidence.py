"""Features for and against a provision being about a concept, as numbers that generalise over concepts and countries.

No feature identifies a concept, a country or a law: they measure how far the provision has the names, conduct and
description of the concept in the concept layer, how far it has those of others, and its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from math import log, sqrt

from nlp.concepts.layer import Label, broader_concepts, concept, concepts
from nlp.concepts.profiles import profiles, rarity
from nlp.concepts.provision_cues import conducts
from nlp.elements.provision_kinds import KINDS
from nlp.folding import content_stems
from nlp.provision_roles.reading import ProvisionReading

_CACHED = 20_000
_FEW = 16  # provisions whose candidates are compared at a time
_RARE = 3.0  # rarity of a stem that no concept has
_NO_NAME = frozenset({"broader", "former", "proposed", "civil"})
_FULL_CONDUCT, _FULL_HEADING, _FULL_NAME, _HALF = 0.8, 0.9, 0.99, 0.5
_IN_OFFENCES = (
    "tag",
    "tag_narrower",
    "tag_lead",
    "heading",
    "heading_narrower",
    "heading_other",
    "above",
    "conduct",
    "conduct_lead",
    "name_covered",
    "name_covered_first",
    "profile_lead_sibling",
)
_ORIGINS = ("heading", "above", "defined", "opening", "conduct")


def evidence(concept_id: str, reading: ProvisionReading) -> dict[str, float]:
    """Return the features of a provision for a concept by name."""
    family = _Family.of(concept_id)
    single = {
        **_tags(concept_id, reading, family),
        **_headings(concept_id, reading, family),
        **_conduct(concept_id, reading, family),
        **_words(concept_id, reading, family),
        **_form(reading),
    }
    return single | _combined(single)


class _Family:
    """A concept's relatives: ``narrower``, ``broader`` (all above it), ``related`` and ``siblings``."""

    def __init__(self, concept_id: str) -> None:
        entry = concept(concept_id)
        self.penal = entry.penal
        self.narrower = frozenset(entry.narrower)
        self.broader = frozenset(broader_concepts(concept_id))
        self.related = frozenset(entry.related)
        beside = {code for wider in entry.broader for code in concept(wider).narrower} | self.related
        own = {concept_id} | self.narrower | self.broader
        self.own = frozenset(own)
        self.siblings = tuple(sorted(code for code in beside - own if concept(code).penal == entry.penal))

    @staticmethod
    @lru_cache(_CACHED)
    def of(concept_id: str) -> _Family:
        return _Family(concept_id)


def _tags(code: str, reading: ProvisionReading, family: _Family) -> dict[str, float]:
    sure = {name: confidence for name, (confidence, _) in reading.tags.items()}
    own, narrower = sure.get(code, 0.0), _greatest(sure, family.narrower)
    other = _greatest(sure, (name for name in sure if name not in family.own and concept(name).penal == family.penal))
    sibling = _greatest(sure, family.siblings)
    by = reading.tags[code][1] if code in reading.tags else ""
    return {
        "tag": own,
        "tag_narrower": narrower,
        "tag_broader": _greatest(sure, family.broader),
        "tag_related": _greatest(sure, family.related),
        "tag_other": other,
        "tag_sibling": sibling,
        "tag_lead": max(own, narrower) - other,
        "tag_lead_sibling": max(own, narrower) - sibling,
        "tags": float(min(len(sure), 8)),
        **{f"tag_by_{origin}": float(by == origin) for origin in _ORIGINS},
    }


def _headings(code: str, reading: ProvisionReading, family: _Family) -> dict[str, float]:
    own, above = reading.heading_names, reading.above_names
    return {
        "heading": own.get(code, 0.0),
        "heading_narrower": _greatest(own, family.narrower),
        "heading_other": _greatest(own, own.keys() - family.own),
        "heading_sibling": _greatest(own, family.siblings),
        "heading_any": float(bool(reading.heading)),
        "heading_name_covered": _covered(code, reading.heading_stems, reading),
        "heading_profile": _profile_share(code, reading.heading_stems, reading.language),
        "above": above.get(code, 0.0),
        "above_narrower": _greatest(above, family.narrower),
        "above_other": _greatest(above, above.keys() - family.own),
        "above_name_covered": _covered(code, reading.above_stems, reading),
        "above_profile": _profile_share(code, reading.above_stems, reading.language),
    }


def _conduct(code: str, reading: ProvisionReading, family: _Family) -> dict[str, float]:
    language = reading.language
    conduct = conducts(language).get(code)
    verbs = len(conduct.verbs & reading.opening) if conduct else 0
    objects = _objects(code, reading.opening, language)
    described = _described_conducts(reading.opening, language)
    other = max((share for rival, share in described.items() if rival not in family.own), default=0.0)
    sibling = max((_objects(sibling, reading.opening, language) for sibling in family.siblings), default=0.0)
    return {
        "objects": objects,
        "objects_first": _objects(code, reading.first_words, language),
        "objects_whole": _objects(code, reading.whole, language),
        "verbs": float(min(verbs, 4)),
        "verb": float(verbs > 0),
        "verb_first": float(bool(conduct and conduct.verbs & reading.first_words)),
        "conduct": objects if verbs else 0.0,
        "conduct_other": other,
        "conduct_lead": (objects if verbs else 0.0) - other,
        "objects_sibling": sibling,
        "objects_lead_sibling": objects - sibling,
    }


@lru_cache(_FEW)
def _described_conducts(opening: frozenset[str], language: str) -> dict[str, float]:
    """Return the share of the objects of each conduct that has a verb among the first words."""
    return {
        rival.concept: _objects(rival.concept, opening, language)
        for rival in conducts(language).values()
        if rival.verbs & opening
    }


def _words(code: str, reading: ProvisionReading, family: _Family) -> dict[str, float]:
    language = reading.language
    name, profile = _covered(code, reading.opening, reading), _described(code, reading.opening, language)
    sibling_name = max((_covered(sibling, reading.opening, reading) for sibling in family.siblings), default=0.0)
    sibling = max((_described(sibling, reading.opening, language) for sibling in family.siblings), default=0.0)
    return {
        "name_covered": name,
        "name_covered_first": _covered(code, reading.first_words, reading),
        "name_covered_sibling": sibling_name,
        "name_lead_sibling": name - sibling_name,
        "profile": profile,
        "profile_share": _profile_share(code, reading.opening, language),
        "profile_sibling": sibling,
        "profile_lead_sibling": profile - sibling,
    }


def _form(reading: ProvisionReading) -> dict[str, float]:
    return {
        "punishes": float(reading.punishes),
        "figures": float(min(reading.figures, 3)),
        "citations": float(min(reading.citations, 3)),
        "aggravates": float(reading.aggravates),
        "opens_with_conduct": float(reading.opens_with_conduct),
        "inserted": float(reading.inserted),
        "length": log(50 + reading.length),
        "items": float(min(reading.items, 12)),
        **{f"kind_{kind}": float(reading.kind == kind) for kind in KINDS},
    }


def _combined(found: Mapping[str, float]) -> dict[str, float]:
    """Return interactions of features: a name weighs more in an offence, and words more without a heading."""
    named = max(found["heading"], found["above"], found["name_covered_first"])
    bare, offence = 1.0 - found["heading_any"], found["kind_offence"]
    return {
        **{f"offence_{name}": offence * found[name] for name in _IN_OFFENCES},
        "named": named,
        "offence_named": offence * named,
        "best": max(found["heading"], found["conduct"], found["tag"]),
        "tag_squared": found["tag"] ** 2,
        "conduct_squared": found["conduct"] ** 2,
        "conduct_full": float(found["conduct"] > _FULL_CONDUCT),
        "heading_full": float(found["heading"] > _FULL_HEADING),
        "name_full": float(found["name_covered_first"] > _FULL_NAME),
        "heading_of_another": float(found["heading_other"] > _FULL_HEADING and found["heading"] < _HALF),
        "heading_and_conduct": found["heading"] * found["conduct"],
        "above_and_conduct": found["above"] * found["conduct"],
        "tag_and_conduct": found["tag"] * found["conduct"],
        "bare_name": bare * found["name_covered_first"],
        "bare_above": bare * max(found["above"], found["above_name_covered"]),
        "bare_conduct": bare * found["conduct"],
        "offence_bare_name": offence * bare * found["name_covered_first"],
    }


def _greatest(sure: Mapping[str, float], codes: Iterable[str]) -> float:
    return max((sure[code] for code in codes if code in sure), default=0.0)


def _weight(stems: Iterable[str], language: str) -> float:
    rare = rarity(language)
    return sum(rare.get(stem, _RARE) for stem in stems)


def _objects(code: str, stems: Collection[str], language: str) -> float:
    """Return the weighted share of the conduct's objects in the words."""
    conduct = conducts(language).get(code)
    if not conduct:
        return 0.0
    rare = rarity(language)
    return sum(rare[stem] for stem in conduct.objects if stem in stems) / sum(rare[stem] for stem in conduct.objects)


@lru_cache(_CACHED)
def _names(code: str, language: str, jurisdiction: str) -> tuple[tuple[frozenset[str], float], ...]:
    """Return the stems of each name that a concept has in a jurisdiction, with their weight."""
    return tuple(
        (stems, weight)
        for label, stems, weight in _stems_of_names(code, language)
        if not label.jurisdictions or jurisdiction in label.jurisdictions
    )


@cache
def _stems_of_names(code: str, language: str) -> tuple[tuple[Label, frozenset[str], float], ...]:
    """Return the names of a concept in all jurisdictions with their stems and the weight of these."""
    labels = (label for label in concept(code).labels_in(language) if label.relation not in _NO_NAME)
    stems = ((label, frozenset(content_stems(label.text, language))) for label in labels)
    return tuple((label, found, _weight(found, language)) for label, found in stems if found)


def likeness(code: str, reading: ProvisionReading) -> float:
    """Return the larger of the shares of the conduct and of a name in a provision's first words."""
    told = conducts(reading.language).get(code)
    acts = bool(told and told.verbs & reading.opening)
    conduct = _objects(code, reading.opening, reading.language) if acts else 0.0
    return max(conduct, _covered(code, reading.opening, reading))


def states_by_name(code: str, reading: ProvisionReading) -> bool:
    """Return whether a provision without a rubric begins with an act that has the name and a verb of an offence.

    It punishes the act, calls it no aggravated form and is tagged with no other offence; or it states the name.
    """
    found = evidence(code, reading)
    plain = reading.kind == "offence" and reading.punishes and not (reading.aggravates or reading.heading)
    others = {tag for tag in reading.tags if concept(tag).penal} - {code, *_Family.of(code).broader}
    opens = reading.opens_with_conduct or code in reading.tags
    return plain and not others and opens and bool(found["name_full"] and found["verb_first"])


def likely_offences(reading: ProvisionReading) -> list[str]:
    """Return all offences, first those with most of their conduct or name in the provision or in its headings."""
    named = {**reading.above_names, **reading.heading_names}
    by_stem = _offences_by_stem(reading.language)
    alike = {code for stem in reading.opening for code in by_stem.get(stem, ())}
    likely = {
        code: max(
            likeness(code, reading) if code in alike else 0.0,
            reading.tags.get(code, (0.0, ""))[0],
            named.get(code, 0.0),
        )
        for code in _offences()
    }
    return sorted(likely, key=lambda code: (-likely[code], code))


@cache
def _offences_by_stem(language: str) -> Mapping[str, frozenset[str]]:
    """Return the offences that have a stem in a name of any jurisdiction or as a verb of their conduct."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in _offences():
        told = conducts(language).get(code)
        names = (stems for _, stems, _ in _stems_of_names(code, language))
        for stem in chain(told.verbs if told else (), *names):
            found[stem].add(code)
    return {stem: frozenset(codes) for stem, codes in found.items()}


@cache
def _offences() -> tuple[str, ...]:
    return tuple(code for code, entry in concepts().items() if entry.penal)


def _covered(code: str, stems: frozenset[str], reading: ProvisionReading) -> float:
    """Return the largest weighted share of a name of the concept in the words."""
    if not stems:
        return 0.0
    names = _names(code, reading.language, reading.jurisdiction)
    shared = ((name & stems, weight) for name, weight in names if not name.isdisjoint(stems))
    return max((_weight(words, reading.language) / weight for words, weight in shared), default=0.0)


def _described(code: str, stems: Iterable[str], language: str) -> float:
    """Return the share of the concept's description in the words, weighted by rarity."""
    rare, profile = rarity(language), profiles(language)[code]
    return sum(profile[stem] * rare[stem] ** 2 for stem in stems if stem in profile) / _norm(code, language)


@lru_cache(_CACHED)
def _norm(code: str, language: str) -> float:
    rare = rarity(language)
    return sqrt(sum((weight * rare[stem]) ** 2 for stem, weight in profiles(language)[code].items())) or 1.0


def _profile_share(code: str, stems: Collection[str], language: str) -> float:
    """Return the share of the words that belong to the concept's description."""
    if not stems:
        return 0.0
    rare, profile = rarity(language), profiles(language)[code]
    return sum(profile[stem] * rare[stem] for stem in stems if stem in profile) / _weight(stems, language)
