"""Concepts of provisions whose vectors are known: the rules of ``subjects`` are evidence for a learned decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.annotations import Unit
from nlp.concepts.provision_cues import ProvisionCues
from nlp.concepts.tagging import HEADING, ConceptTag, cued_provisions, mentions_in
from nlp.provision_roles.nearest_concepts import nearness
from nlp.provision_roles.reading import read_from_cues
from nlp.provision_roles.referred import referred_concepts
from nlp.provision_roles.subject_classifier import (
    SubjectPlace,
    chosen_subjects,
    subject_probabilities,
    subject_weights,
)
from nlp.provision_roles.subjects import found_tags, subjects_of

MEANING = "meaning"  # evidence of a tag that no rule found
_AROUND = 8  # provisions before and after one that are evidence for it
_READ = 2_500  # characters of the body in which mentions are counted
_NEAR = 4.0  # provisions away from which one counts half
_ELSEWHERE = 0.4  # weight of a provision of another chapter
Vector = NDArray[np.floating[Any]]
Cued = Sequence[tuple[Unit, ProvisionCues]]
Found = Sequence[Sequence[ConceptTag]]


def learned_subject_tags(
    text: str,
    structure: Sequence[Unit],
    language: str,
    jurisdiction: str,
    title: str,
    vectors: Mapping[tuple[str, int], Vector],
) -> Iterator[tuple[Unit, tuple[ConceptTag, ...]]]:
    """Yield the provisions of a law with the concepts that they are about, the most certain first.

    ``vectors`` are those of the first passages of provisions, by label and end offset. A provision without one, and all
    without the model, are decided by the rules.
    """
    cued = list(cued_provisions(text, structure, language, jurisdiction, title))
    found = [found_tags(cues) for _, cues in cued]
    for number, (unit, cues) in enumerate(cued):
        vector = vectors.get((unit.label, unit.end))
        place = subject_place(text, cued, found, number, vector) if vector is not None else None
        yield unit, decided_subjects(place, cues) if place else subjects_of(text, unit, cues)


def subject_place(text: str, cued: Cued, found: Found, number: int, vector: Vector) -> SubjectPlace | None:
    """Return what is known of the provision ``number`` of a law; None without the model.

    ``found`` are the tags of :func:`nlp.provision_roles.subjects.found_tags` for each provision of ``cued``.
    """
    near = nearness(vector)
    if near is None:
        return None
    unit, cues = cued[number]
    ruled = subjects_of(text, unit, cues)
    return SubjectPlace(
        read_from_cues(text, unit, cues),
        found[number],
        ruled,
        _around(cued, found, number),
        referred_concepts(text, cued, found, number),
        mentions_in(text[cues.body : min(unit.end, cues.body + _READ)], cues),
        near,
    )


def decided_subjects(place: SubjectPlace, cues: ProvisionCues) -> tuple[ConceptTag, ...]:
    """Return the concepts of a provision by the learned weights, or those of the rules without weights."""
    known = subject_weights()
    if known is None:
        return tuple(place.ruled)
    headed = {tag.concept for tag in place.found if tag.by == HEADING}
    chosen = chosen_subjects(subject_probabilities(place, known), known, headed)
    end = cues.body + len(cues.opening)
    ranges = {tag.concept: tag for tag in (*place.found, *place.ruled)}
    tags = (
        _with_confidence(ranges.get(code) or ConceptTag(code, cues.body, end, 0.0, MEANING), probability)
        for code, probability in chosen.items()
    )
    return tuple(sorted(tags, key=lambda tag: (-tag.confidence, tag.concept)))


def _with_confidence(tag: ConceptTag, probability: float) -> ConceptTag:
    return ConceptTag(tag.concept, tag.start, tag.end, round(probability, 2), tag.by, tag.words)


def _around(cued: Cued, found: Found, number: int) -> dict[str, float]:
    """Return the mean confidence with which the provisions around one have each concept, weighted by distance."""
    sums: dict[str, float] = defaultdict(float)
    total = 0.0
    path = cued[number][0].path
    for other in range(max(0, number - _AROUND), min(len(cued), number + _AROUND + 1)):
        if other == number:
            continue
        weight = (1.0 if cued[other][0].path == path else _ELSEWHERE) / (1 + abs(other - number) / _NEAR)
        total += weight
        for tag in found[other]:
            sums[tag.concept] += weight * tag.confidence
    return {code: value / total for code, value in sums.items()}
