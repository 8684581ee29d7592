"""Paragraphs of a compared article that punish another offence than the one that is compared.

The last paragraph of an article on femicide may punish the official who delays the investigation: neither his penalty
nor his negligence is that of the femicide. An article on a broader offence states one form of it among others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from app.comparison.table import Provision
from nlp.concepts.layer import LANGUAGES, broader_concepts, concept
from nlp.concepts.query import content_of, names_in
from nlp.elements.clause_reading import OTHER
from nlp.elements.provision_elements import Part
from nlp.provision_roles.classifier import Candidate, role_scores
from nlp.provision_roles.reading import ProvisionReading, read_provision
from nlp.provision_roles.subjects import offence_probabilities

_UNRELATED, _OTHER_OFFENCE = 0.05, 0.4  # most probability of the offence, least of another one
_OWN = frozenset({"subject", "penalty"})  # a paragraph with both states an offence of its own


def without_other_offences(provision: Provision, parts: Sequence[Part], about: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts, with those of paragraphs that punish another offence than those ``about`` as ``other``."""
    if not about or provision.language not in LANGUAGES or not all(concept(code).penal for code in about):
        return tuple(parts)
    found: list[Part] = []
    for own in _paragraphs(provision.text, parts):
        is_later = any(part.element == "penalty" for part in found)
        states_offence = {part.element for part in own} >= _OWN
        moved = is_later and states_offence and _is_another(provision, own, about)
        found.extend(replace(part, element=OTHER) if moved else part for part in own)
    return tuple(found)


def is_of_broader(provision: Provision, about: Sequence[str]) -> bool:
    """Return whether the heading of a provision names a broader offence than those ``about``, and none of these.

    In the article on theft the aggravated theft is one of several forms, whose penalty is not that of the article.
    """
    if not about or provision.language not in LANGUAGES:
        return False
    law = (provision.language, provision.jurisdiction, provision.heading)
    reading = read_provision(provision.text, provision.unit, provision.path, *law)
    named = {name.concept for name in names_in(content_of(reading.heading, provision.language))}
    broader = {code for each in about for code in broader_concepts(each)}
    return named.isdisjoint(about) and not reading.heading_names.keys().isdisjoint(broader)


def _paragraphs(text: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
    for _, own in groupby(parts, key=lambda part: text.rfind("\n", 0, part.start)):
        yield list(own)


def _is_another(provision: Provision, own: Sequence[Part], about: Sequence[str]) -> bool:
    words = provision.text[own[0].start : own[-1].end]
    reading = read_provision(words, provision.unit, (), provision.language, provision.jurisdiction)
    if any(_relevance(code, provision, reading) > _UNRELATED for code in about):
        return False
    kin = {each for code in about for each in (code, *broader_concepts(code), *concept(code).narrower)}
    kin |= {each for code in about for each in concept(code).related}
    probable = offence_probabilities(reading)
    return max((share for code, share in probable.items() if code not in kin), default=0.0) >= _OTHER_OFFENCE


def _relevance(code: str, provision: Provision, reading: ProvisionReading) -> float:
    (score,) = role_scores(code, [Candidate(provision.document_id, 0, (), reading)])
    return score.relevant
