"""Persons and companies concerned by a request, with role and identity, without officials and counsel."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.identifiers.identifiers import find_request_identifiers
from nlp.requests.persons.birth_dates import with_births_in_turn, with_distant_birth
from nlp.requests.persons.charges import with_stated_charges
from nlp.requests.persons.details import DetailReader, Details
from nlp.requests.persons.grouping import grouped
from nlp.requests.persons.ordered_parties import with_ordered
from nlp.requests.persons.parties import LEGAL, NATURAL, Party, find_mentions, words_in
from nlp.requests.persons.role_classifier import with_learned_roles
from nlp.requests.persons.role_features import Candidate
from nlp.requests.persons.role_inference import DescribedParty, with_inferred_roles
from nlp.requests.persons.role_places import PURSUED
from nlp.requests.persons.roles import RoleReader, Standing
from nlp.requests.persons.unasked_roles import without_unasked_roles
from nlp.requests.proposal import Json, Proposal

ORIGIN = "requests.persons@10"
# Roles in which a bank, or an organisation without a legal form, is a party, and the minimum weight of the evidence.
_CONCERNED = PURSUED | {"victim"}
_PLAINLY = 2.7
# Weight of a role that words state, from which a single word names a person.
_STATED = 1.3
_WHERE = regex.compile(r"(?:,\s+d[eao]|\b(?:en|em|in|at))\s+\Z")


def read_persons(context: RequestContext) -> list[Proposal]:
    """Return the persons and companies concerned, in the order of the letter."""
    return [_proposal(*described) for described in _read(context)]


def concerned_parties(context: RequestContext) -> list[tuple[Party, Standing]]:
    """Return the persons and companies concerned, each with the evidence of its role."""
    return [(party, standing) for party, standing, _ in _read(context)]


@once
def _read(context: RequestContext) -> list[DescribedParty]:
    candidates = find_candidates(context)
    parties = with_stated_charges(context, with_learned_roles(context, candidates))
    parties = with_births_in_turn(context, with_ordered(context, candidates, parties))
    return without_unasked_roles(context, with_distant_birth(context, parties))


@once
def find_candidates(context: RequestContext) -> list[Candidate]:
    """Return everybody and every organisation named, with the verdict of the rules, in the order of the letter."""
    mentions = find_mentions(context)
    details = DetailReader(context, mentions, find_request_identifiers(context))
    beside = [*details.parents, *details.aliases, *details.birth_places]
    roles = RoleReader(context, mentions, beside)
    named = [mention for mention in mentions if mention not in beside]
    parties = [party for party in grouped(context.text, named) if not _is_police(party)]
    described = [(party, roles.standing(party), details.details(party)) for party in parties]
    concerned = [
        (party, standing, known)
        for party, standing, known in described
        if _is_concerned(context, party, standing, details.is_nicknamed(party))
        and not _is_place(context, party, standing, known)
    ]
    ruled = {party: standing for party, standing, _ in with_inferred_roles(context, roles, concerned)}
    return [Candidate(party, standing, known, ruled.get(party)) for party, standing, known in described]


def _is_police(party: Party) -> bool:
    """Return whether a party is a police force, which investigates."""
    return party.kind == LEGAL and _pattern("police").search(fold(party.name)) is not None


def _is_place(context: RequestContext, party: Party, standing: Standing, details: Details) -> bool:
    """Return whether a name without role and details has the position of a place ("..., de Pedro Juan Caballero,")."""
    is_described = standing.weight or details != Details(None, (), (), ())
    first = party.mentions[0]
    before = fold(context.text[max(0, first.start - 8) : first.start])
    return not is_described and party.kind == NATURAL and len(party.mentions) == 1 and _WHERE.search(before) is not None


def _proposal(party: Party, standing: Standing, details: Details) -> Proposal:
    first = party.mentions[0]
    sure = min(0.95, 0.6 + 0.1 * standing.weight)
    return Proposal(_value(party, standing, details), first.start, first.end, sure, ORIGIN)


def _value(party: Party, standing: Standing, details: Details) -> Json:
    return {
        "name": party.name,
        "kind": party.kind,
        "role": standing.role,
        "birth_date": details.birth_date,
        "nationality": list(details.nationality),
        "documents": list(details.documents),
        "aliases": list(details.aliases),
    }


def _is_concerned(context: RequestContext, party: Party, standing: Standing, is_nicknamed: bool) -> bool:
    if standing.official or (standing.nobody and not is_nicknamed):
        return False
    if party.kind == NATURAL:
        name = fold(party.name)
        return (
            (words_in(party.name) > 1 or standing.weight >= _STATED or is_nicknamed)
            and not regex.search(r"\d", name)
            and not _post().match(name)
            and not _thing().search(name)
        )
    is_concerned = standing.role in _CONCERNED and standing.weight >= _PLAINLY
    if _pattern("bank").search(fold(party.name)):
        return is_concerned or standing.denied
    return is_concerned or any(
        mention.in_form or mention.is_labelled or _is_company(context, mention.name, mention.start)
        for mention in party.mentions
        if party.kind == LEGAL
    )


def _is_company(context: RequestContext, name: str, start: int) -> bool:
    before = fold(context.text[max(0, start - 60) : start])
    folded = fold(name)
    is_named_so = _pattern("company_heads").match(folded) or _pattern("company_tails").search(folded)
    return bool(is_named_so or _form().search(name) or _company().search(before))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")[name])


@cache
def _thing() -> regex.Pattern[str]:
    """Match a word that does not occur in names of persons ("Complaint File")."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['no_person']})(?!\w)")


@cache
def _post() -> regex.Pattern[str]:
    """Match a post at the start of a span that the tagger labelled as a person ("Directora de ...")."""
    return regex.compile(rf"(?:{'|'.join(load('nlp.request_persons')['official_before'])})(?!\w)", regex.I)


@cache
def _company() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['company_before']})\s*[\"“«]?\Z")


@cache
def _form() -> regex.Pattern[str]:
    forms = "|".join([*load("nlp.names")["company_forms"], *load("nlp.request_persons")["company_forms"]])
    return regex.compile(rf"(?<!\p{{L}})(?:{forms})(?!\p{{L}})")
