"""Parties whom the classifier of roles takes for none: who is served or heard, a company with its number, in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.ordered_persons import ordered_names
from nlp.requests.measures.rule_mentions import SUSPECT, capacity
from nlp.requests.persons.parties import LEGAL, NATURAL, Mention
from nlp.requests.persons.role_features import Candidate
from nlp.requests.persons.role_inference import DescribedParty, of_letter_type
from nlp.requests.persons.roles import OTHER

# The role of a person without another one by the measure that is carried out with that person.
_ROLES: Mapping[str, str] = {"hearing_witness": "witness", "hearing_suspect": "suspect"}
# Weight from which words state a role plainly ("la testigo Ana Gil").
_STATED = 2.0
_BEHIND = regex.compile(r",?\s")  # between a name and the capacity of its bearer


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    candidate: Candidate


def with_ordered(
    context: RequestContext, candidates: Sequence[Candidate], kept: Sequence[DescribedParty]
) -> list[DescribedParty]:
    """Return the parties ``kept`` with those whom an order names, and companies of which the letter gives a number."""
    known = {party: (party, standing, details) for party, standing, details in kept}
    ordered = dict(_ordered(context, [one for one in candidates if one.party in known or _may_be_party(one)]))
    found = (
        _heard(context, known[one.party], ordered.get(one.party))
        if one.party in known
        else _described(context, one, ordered.get(one.party))
        for one in candidates
    )
    return [entry for entry in found if entry is not None]


def _heard(context: RequestContext, described: DescribedParty, measure: str | None) -> DescribedParty:
    """Return a party who is to be heard as a suspect as one, unless the letter says more than that.

    Who is said to be no suspect is heard as a witness.
    """
    party, standing, details = described
    if standing.denied:
        is_heard = measure in _ROLES and standing.role == OTHER
        return (party, replace(standing, role="witness"), details) if is_heard else described
    if measure != "hearing_suspect" or standing.role not in ("witness", OTHER):
        return described
    if standing.weight >= _STATED and not any(_is_called_suspect(context, one) for one in party.mentions):
        return described
    if standing.role == "witness" and any(_is_called_witness(context, one) for one in party.mentions):
        return described
    return party, replace(standing, role="suspect"), details


def _is_called_witness(context: RequestContext, mention: Mention) -> bool:
    """Return whether a capacity behind a name is that of a witness: "and his accountant, Mrs A, in that of witness"."""
    return _as_witness().match(context.flow.folded, context.flow.at(mention.end)) is not None


def _is_called_suspect(context: RequestContext, mention: Mention) -> bool:
    """Return whether a capacity directly behind a name is that of a suspect: "A, na condição de investigado"."""
    folded = context.flow.folded
    behind = _BEHIND.match(folded, context.flow.at(mention.end))
    return behind is not None and capacity(SUSPECT).match(folded, behind.end()) is not None


def _is_in_form(context: RequestContext, candidate: Candidate) -> bool:
    """Return whether a party is named in a field of the form's section on the persons concerned."""
    return any(one.in_form and context.section_at(one.start) == "persons" for one in candidate.party.mentions)


def _may_be_party(candidate: Candidate) -> bool:
    """Return whether the rules take a natural person for a party."""
    return candidate.ruled is not None and candidate.party.kind == NATURAL


def _ordered(context: RequestContext, candidates: Sequence[Candidate]) -> Iterator[tuple[object, str]]:
    """Yield the parties that orders name, each with its measure, hearings as a suspect last."""
    at = context.flow.at
    places = [
        _Place(at(mention.start), at(mention.end), one)
        for one in candidates
        if one.party.kind == NATURAL
        for mention in one.party.mentions
    ]
    places.sort(key=lambda place: place.start)
    for mention in sorted(find_measure_mentions(context), key=lambda one: one.measure == "hearing_suspect"):
        if mention.measure in load("nlp.request_targets")["personal"]:
            for place in ordered_names(context, mention, places):
                yield place.candidate.party, mention.measure


def _described(context: RequestContext, candidate: Candidate, measure: str | None) -> DescribedParty | None:
    ruled = candidate.ruled
    is_company = candidate.party.kind == LEGAL and bool(candidate.details.documents)
    if ruled is None or (measure is None and not is_company and not _is_in_form(context, candidate)):
        return None
    role = _ROLES.get(measure or "", OTHER) if ruled.role == OTHER else ruled.role
    return of_letter_type(context, (candidate.party, replace(ruled, role=role), candidate.details))


@cache
def _as_witness() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["as_witness"])
