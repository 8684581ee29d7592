"""Concepts that a provision is about: the evidence of ``nlp.concepts.tagging``, decided by the role classifier.

A label in the first words of a provision is often only a mention. For an offence, the first stage of the role
classifier compares its names, conduct and kind with those of similar offences; an improbable label is rejected, and a
recognised conduct is accepted even without a label in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nlp.annotations import Unit
from nlp.concepts.layer import concept
from nlp.concepts.provision_cues import ProvisionCues
from nlp.concepts.tagging import (
    ABOVE,
    CONDUCT,
    DEFINED,
    HEADING,
    MIN_CONFIDENCE,
    OPENING,
    ConceptTag,
    cued_provisions,
    tags_of,
)
from nlp.provision_roles.classifier import model
from nlp.provision_roles.evidence import evidence, likely_offences, likeness
from nlp.provision_roles.reading import SPLIT_CAPITAL, ProvisionReading, read_from_cues

_CANDIDATES = 12  # offences weighed for one provision
_RECOGNISED = 0.35  # least probability of an offence without a label
_CONFIRMED = 0.3  # least probability of an offence with a label
_SPECIFIC = 0.25  # least probability of a form of the most probable offence
_RIVAL = 0.6  # least share of the best probability for an offence named by a heading above
_NAMED = 0.9  # confidence of a tag by the own heading that needs no confirmation
_ARTICLE = 4  # characters of a grammatical article before the name that a provision defines
_AT_ONCE = 60  # characters within which a label begins that is more than a mention
_REPEATED = {OPENING: 0.75, DEFINED: 0.905}  # confidence that a label has only with more evidence than one occurrence


def subject_tags(
    text: str, structure: Sequence[Unit], language: str, jurisdiction: str = "", title: str = ""
) -> Iterator[tuple[Unit, tuple[ConceptTag, ...]]]:
    """Yield the provisions of a law with the concepts that they are about, the most certain first."""
    for unit, cues in cued_provisions(text, structure, language, jurisdiction, title):
        yield unit, subjects_of(text, unit, cues)


def subjects_of(text: str, unit: Unit, cues: ProvisionCues) -> tuple[ConceptTag, ...]:
    """Return the concepts that one provision is about."""
    found = found_tags(cues)
    reading = read_from_cues(text, unit, cues) if cues.punishes else None
    probable = offence_probabilities(reading) if reading else {}
    best = max(probable, key=lambda code: probable[code], default="")
    kept = [tag for tag in found if _is_subject(tag, found, cues) and _is_confirmed(tag, text, probable, best)]
    if reading and probable[best] >= _RECOGNISED:
        named = {tag.concept for tag in kept}
        end = cues.body + len(cues.opening)
        for code in {best, *_more_specific(best, probable, reading)} - named:
            kept.append(ConceptTag(code, cues.body, end, round(max(MIN_CONFIDENCE, probable[code]), 2), CONDUCT))
    return tuple(sorted(kept, key=lambda tag: (-tag.confidence, tag.concept)))


def found_tags(cues: ProvisionCues) -> tuple[ConceptTag, ...]:
    """Return the tags of the evidence of a provision before any decision, without parts of longer names."""
    return _without_parts(tags_of(replace(cues, heading=SPLIT_CAPITAL.sub(r"\1", cues.heading))))


def offence_probabilities(reading: ProvisionReading) -> dict[str, float]:
    """Return the probability that the provision defines or punishes each of the most similar offences."""
    codes = likely_offences(reading)[:_CANDIDATES]
    roles = model().alone.probabilities([evidence(code, reading) for code in codes])
    return {code: float(special + basic) for code, (_, _, special, basic) in zip(codes, roles, strict=True)}


def _more_specific(best: str, probable: Mapping[str, float], reading: ProvisionReading) -> Iterator[str]:
    """Yield narrower offences whose name or conduct the words cover better than those of ``best``."""
    for code in concept(best).narrower:
        if probable.get(code, 0.0) >= _SPECIFIC and likeness(code, reading) > likeness(best, reading):
            yield code


def _is_confirmed(tag: ConceptTag, text: str, probable: Mapping[str, float], best: str) -> bool:
    """Return whether the classifier agrees with the tag of an offence; other concepts are not classified.

    An offence named by the own heading, or defined where a line begins ("Le blanchiment est le fait de"), is certain.
    Its conduct confirms the most probable offence even if none is probable, as in special laws whose articles do not
    name the offence.
    """
    opens = tag.by == DEFINED and tag.start - (text.rfind("\n", 0, tag.start) + 1) <= _ARTICLE
    if not probable or not concept(tag.concept).penal or (tag.confidence >= _NAMED and (opens or tag.by == HEADING)):
        return True
    if tag.by == CONDUCT and tag.concept == best:
        return True
    own = probable.get(tag.concept, 0.0)
    return own >= _CONFIRMED and (tag.by != ABOVE or own >= _RIVAL * probable[best])


def _is_subject(tag: ConceptTag, found: Sequence[ConceptTag], cues: ProvisionCues) -> bool:
    """Return whether a tag is more than a mention in the first words."""
    if tag.by not in (OPENING, DEFINED) or (cues.punishes and (tag.by == DEFINED or concept(tag.concept).penal)):
        return True
    if tag.confidence >= _REPEATED[tag.by]:
        return True
    headed = any(other.by in (HEADING, ABOVE) for other in found)
    return tag.start - cues.body <= _AT_ONCE and (tag.by == DEFINED or not headed)


def _without_parts(tags: Sequence[ConceptTag]) -> tuple[ConceptTag, ...]:
    """Return the tags without mentions whose words are a part of another tag's ("prostitution (des mineurs)")."""
    words = [f" {tag.words} " for tag in tags]
    return tuple(
        tag
        for tag, own in zip(tags, words, strict=True)
        if tag.by not in (OPENING, DEFINED) or not any(own != other and own in other for other in words)
    )
