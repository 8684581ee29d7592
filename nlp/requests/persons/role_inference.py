"""Roles of persons inferred from the letter when no words next to their names state them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext, once
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.rule_mentions import HEARINGS, WITNESS, Mention
from nlp.requests.persons.details import Details
from nlp.requests.persons.parties import LEGAL, NATURAL, Party
from nlp.requests.persons.role_places import HOLDER, PURSUED, STAGES
from nlp.requests.persons.role_statements import stated_roles
from nlp.requests.persons.roles import OTHER, RoleReader, Standing

_SHARED = PURSUED | {"victim", "witness"}
EXTRADITIONS = frozenset({"extradition_request", "provisional_arrest_request"})
# How sure a role is that follows from a hearing, from that of the name before, and from an identity given in full.
_HEARD, _JOINED, _IDENTIFIED = 1.5, 1.2, 1.0
# Weight from which distant words, stating a later stage of the proceeding, prevail over words next to the name.
_LATER = 2.0
# The weight from which a stage holds for persons named before in the same list.
_PLAIN = 1.8

DescribedParty = tuple[Party, Standing, Details]


def with_inferred_roles(
    context: RequestContext, reader: RoleReader, described: Sequence[DescribedParty]
) -> list[DescribedParty]:
    """Return the parties with the roles that follow from how they are heard, identified, joined and charged."""
    hearings = [mention for mention in find_measure_mentions(context) if mention.measure in HEARINGS]
    heard = _heard(context, hearings, _stated(context, described))
    inferred = _charged(context, _joined(reader, _identified(heard)))
    return [of_letter_type(context, entry) for entry in inferred]


def _stated(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Add the roles stated at a distance, if the words next to a name state none or an earlier stage."""
    roles = stated_roles(context, [party for party, _, _ in described])
    return [_with_stated(entry, *roles[entry[0]]) if entry[0] in roles else entry for entry in described]


def _with_stated(described: DescribedParty, role: str, weight: float) -> DescribedParty:
    party, standing, details = described
    if (party.kind == LEGAL and role == "witness") or (role == HOLDER and standing.role in PURSUED):
        return described
    denied = standing.role == OTHER and standing.weight > 0 and role in PURSUED
    silent = standing.role == OTHER and not denied
    plain = weight >= _LATER and not denied
    later = standing.role in PURSUED and role in PURSUED and STAGES.index(role) < STAGES.index(standing.role)
    if silent or (plain and (later or weight > standing.weight)):
        return (party, replace(standing, role=role, weight=weight), details)
    return described


def of_letter_type(context: RequestContext, described: DescribedParty) -> DescribedParty:
    """Civil matters have parties, not suspects; a person whose extradition is requested was charged or convicted."""
    kind = context.document_type.value
    if kind == "civil_request":
        return _with_role(described, {*PURSUED, "victim"}, OTHER, 0.0)
    if kind in EXTRADITIONS and described[0].kind == NATURAL:
        party, standing, details = described
        if standing.role == HOLDER and details != Details(None, (), (), ()):  # "titular do passaporte"
            described = (party, replace(standing, role="suspect"), details)
        convicted = _conviction().search(context.flow.folded) is not None
        return _with_role(described, {"suspect"}, "convicted" if convicted else "accused", described[1].weight)
    if described[1].role == "accused" and _is_only_investigated(context):
        return _with_role(described, {"accused"}, "suspect", described[1].weight)
    return described


@once
def _is_only_investigated(context: RequestContext) -> bool:
    """Return whether a letter tells that persons are investigated and of no charge but in the title of the case."""
    folded = _caption().sub(" ", context.flow.folded)
    return _stage("investigation").search(folded) is not None and _stage("any_charge").search(folded) is None


def _heard(
    context: RequestContext, hearings: Sequence[Mention], described: Sequence[DescribedParty]
) -> list[DescribedParty]:
    """A person to be heard as a suspect is a suspect; a person to be heard without other role is a witness."""
    flow = context.flow
    found = list(described)
    for hearing in hearings:
        start, end = flow.original(hearing.statement.start, hearing.statement.end)
        among = _natural(described, start, end)
        if hearing.measure == WITNESS:
            for number in among:
                found[number] = _with_role(found[number], {OTHER}, "witness", _HEARD)
        elif not among and _pronoun().search(flow.folded, hearing.statement.start, hearing.statement.end):
            for number in _last_named(described, start):
                found[number] = _with_role(found[number], {OTHER, HOLDER}, "suspect", _HEARD)
    return found


def _natural(described: Sequence[DescribedParty], start: int, end: int) -> dict[int, int]:
    """Return the number of each natural person named in a range of the text, with the last place there."""
    places = (
        (number, mention.start)
        for number, (party, _, _) in enumerate(described)
        if party.kind == NATURAL
        for mention in party.mentions
    )
    return {number: place for number, place in places if start <= place < end}


def _last_named(described: Sequence[DescribedParty], before: int) -> list[int]:
    """Return the number of the natural person named last before a place, if there is one."""
    named = _natural(described, 0, before)
    return [max(named, key=named.__getitem__)] if named else []


def _with_role(described: DescribedParty, instead_of: set[str], role: str, weight: float) -> DescribedParty:
    party, standing, details = described
    if standing.role == OTHER and standing.weight > 0:  # stated by the letter
        return described
    return (party, replace(standing, role=role, weight=weight), details) if standing.role in instead_of else described


def _identified(described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """A person with full identity data and no stated role is a suspect.

    If there is no other suspect, a person with an identity document is a suspect too.
    """
    unnamed = not any(standing.role in PURSUED for _, standing, _ in described)
    return [
        _with_role(entry, {OTHER}, "suspect", _IDENTIFIED)
        if entry[0].kind == NATURAL and (_is_identified(entry[2]) or (unnamed and entry[2].documents))
        else entry
        for entry in described
    ]


def _is_identified(details: Details) -> bool:
    return bool(details.aliases) or details.birth_date is not None


def _joined(reader: RoleReader, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Share roles between persons named together: "A, born on ..., and B have been indicted".

    A role also holds for persons without a role who follow, a stage of the proceeding for those who precede too.
    """
    found = list(described)
    for number in range(len(found) - 1, 0, -1):
        before, current = found[number - 1], found[number]
        earlier = {OTHER, *STAGES[STAGES.index(current[1].role) + 1 :]} if current[1].role in PURSUED else set()
        if earlier and current[1].weight >= _PLAIN and reader.joins(before[0], current[0]):
            found[number - 1] = _with_role(before, earlier, current[1].role, _JOINED)
    for number in range(1, len(found)):
        before, current = found[number - 1], found[number]
        role = before[1].role
        if role in _SHARED and before[0].kind == current[0].kind and reader.joins(before[0], current[0]):
            found[number] = _with_role(current, {OTHER}, role, _JOINED)
    return found


def _charged(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """The only suspect is the accused if the letter states so of "the suspect"."""
    suspects = [entry for entry in described if entry[1].role == "suspect" and entry[0].kind == NATURAL]
    others = any(entry[1].role == "accused" and entry[0].kind == NATURAL for entry in described)
    if others or len(suspects) != 1 or not _charge().search(context.flow.folded):
        return list(described)
    return [
        _with_role(entry, {"suspect"}, "accused", entry[1].weight) if entry is suspects[0] else entry
        for entry in described
    ]


@cache
def _conviction() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["conviction"])


@cache
def _caption() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["case_title"])


@cache
def _stage(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')[name]})")


@cache
def _charge() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['charge']})")


@cache
def _pronoun() -> regex.Pattern[str]:
    """Match a word that refers to a person named before."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['pronouns']})(?!\w)")
