"""Targets of requested measures: the account, number, person, company or body at which each is aimed.

Which kinds fit a measure is data (``nlp/resources/request_targets.yaml``). In the statement that asks for the measure
the nearest fitting name or number is the target; without one, that of the words around it, else the only one of the
letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.functions import function_words
from nlp.requests.identifier_forms import CONTACT
from nlp.requests.identifiers import find_request_identifiers
from nlp.requests.measure_mentions import Mention, find_measure_mentions, named_measures
from nlp.requests.measure_things import thing
from nlp.requests.parties import NATURAL
from nlp.requests.persons import concerned_parties

BODY, GROUP = "body", "group"
_BODIES = ("ORGANISATION", "INSTITUTION", "AUTHORITY")
# Numbers of communications, at which measures on data are aimed.
NUMBERS = frozenset({"phone", "ip", "email", "imei"})
# Costs of a target, in characters of distance: of a less fitting kind, of words before the mention and of another
# measure named between; characters before a statement in which a target is looked for.
_LESS_FITTING, _BEFORE, _OTHER_MEASURE, _AROUND = 120, 25, 120, 1500

# A name behind the words for a role ("the defendants Liam Foy and ...").
_NAMED_BEHIND = regex.compile(r"\s*[:,(]?\s*(?:\p{L}{1,4}\.?\s+)?\p{Lu}[\p{Ll}\p{Lu}]+\s+\p{Lu}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name or number of the letter that a measure may be aimed at, as a range of the running text."""

    kind: str
    start: int
    end: int
    text: str
    role: str = ""


def find_target(context: RequestContext, mentions: Sequence[Mention]) -> str | None:
    """Return the target of a measure as written, from its mentions, the surest first; None if there is none.

    What is searched, examined or produced is named by the words behind the measure, if no name or number is. A number
    at which a measure on communications or data is aimed may be anywhere in the letter; whoever else is named beside
    such a measure is its provider.
    """
    measure = mentions[0].measure
    if known := _function(context, mentions[0]):
        return known
    ordered = sorted(mentions, key=lambda mention: not mention.statement.is_asked_item)
    best, *_ = _groups(measure) or [()]
    every = [kind for kinds in _groups(measure) for kind in kinds]

    def beside(kinds: Sequence[str]) -> str | None:
        return _first(_nearest(context, mention, kinds) for mention in ordered)

    found = beside(best)
    if not found and measure in load("nlp.request_targets")["of_things"]:
        named = [kind for kind in every if kind != BODY]
        if measure in load("nlp.request_targets")["of_decisions"]:
            found = _first(_nearest(context, one, named) or thing(context, [one]) for one in ordered)
        found = found or beside(named) or thing(context, mentions) or thing(context, _reported(context, measure))
    if not found and not NUMBERS.intersection(best):
        found = beside(every)
    return found or _only_one(context, measure, best) or _last_before(context, ordered[0], best) or beside(every)


def _function(context: RequestContext, mention: Mention) -> str | None:
    """Return the function by which the person to be heard or served is known, None for one with a name."""
    is_personal = mention.measure in load("nlp.request_targets")["personal"]
    return function_words(context, mention) if is_personal else None


def _reported(context: RequestContext, measure: str) -> Sequence[Mention]:
    """Return the mentions of a measure that the letter tells to have been ordered, of a decision to be enforced."""
    return named_measures(context, measure) if measure in load("nlp.request_targets")["of_decisions"] else ()


def persons_named(context: RequestContext) -> list[Candidate]:
    """Return the mentions of the natural persons concerned, in the order of the letter, each with the fullest name."""
    return [one for one in _candidates(context) if one.kind == NATURAL]


def own_target(context: RequestContext, mention: Mention) -> str | None:
    """Return the target that the statement of one mention names."""
    return _function(context, mention) or _nearest(
        context, mention, [kind for kinds in _groups(mention.measure) for kind in kinds]
    )


def _first(found: Iterable[str | None]) -> str | None:
    return next(filter(None, found), None)


def _nearest(context: RequestContext, mention: Mention, kinds: Sequence[str]) -> str | None:
    """Return the candidate of one of ``kinds`` that is the nearest to a mention in its statement."""
    statement, candidates = mention.statement, _candidates(context)
    others = [other for other in find_measure_mentions(context) if other.measure != mention.measure]
    costs = [
        (_cost(mention, candidate, others), number)
        for number, candidate in enumerate(candidates)
        if statement.start <= candidate.start < statement.end and candidate.kind in kinds
    ]
    return candidates[min(costs)[1]].text if costs else None


def _cost(mention: Mention, candidate: Candidate, others: Iterable[Mention]) -> int:
    """Return the distance of a candidate from a mention, greater before it and across another measure."""
    rank = next(rank for rank, kinds in enumerate(_groups(mention.measure)) if candidate.kind in kinds)
    behind = candidate.start >= mention.start
    first, last = (mention.start, candidate.start) if behind else (candidate.end, mention.start)
    crossed = sum(first < other.start < last and other.start > mention.statement.start for other in others)
    distance = max(0, candidate.start - mention.end) if behind else max(0, mention.start - candidate.end) + _BEFORE
    return distance + rank * _LESS_FITTING + crossed * _OTHER_MEASURE


def _last_before(context: RequestContext, mention: Mention, kinds: Sequence[str]) -> str | None:
    """Return the candidate of one of ``kinds`` that is named last before a statement ("the said account")."""
    start = mention.statement.start
    named = (one for one in _candidates(context) if one.kind in kinds and one.kind != GROUP)
    before = [one for one in named if start - _AROUND <= one.start < start]
    return before[-1].text if before else None


def _only_one(context: RequestContext, measure: str, kinds: Sequence[str]) -> str | None:
    """Return the only thing or person of a letter that a measure may be aimed at, None if there are several.

    Of persons in several roles the only one in the measure's own role counts: a witness before a victim.
    """
    roles: Mapping[str, Sequence[str]] = load("nlp.request_targets")["roles"]
    fitting = [one for one in _candidates(context) if one.kind in kinds and one.kind != GROUP]
    if measure not in roles:
        return _single(fitting)
    own, *_ = roles[measure]
    return _single([one for one in fitting if one.role in roles[measure]]) or _single(
        [one for one in fitting if one.role == own]
    )


def _single(candidates: Iterable[Candidate]) -> str | None:
    """Return the text of the only candidate, None if there is none or several."""
    names = {fold(one.text): one.text for one in candidates}
    return next(iter(names.values())) if len(names) == 1 else None


@cache
def _groups(measure: str) -> Sequence[Sequence[str]]:
    groups: Mapping[str, Sequence[Sequence[str]]] = load("nlp.request_targets")["kinds"]
    return groups.get(measure, ())


@once
def _candidates(context: RequestContext) -> list[Candidate]:
    """Return what measures may be aimed at, in the order of the letter."""
    found = [*_numbers(context), *_parties(context), *_bodies(context), *_groups_of_persons(context)]
    return sorted(found, key=lambda one: (one.start, one.kind))


def _numbers(context: RequestContext) -> Iterator[Candidate]:
    for one in find_request_identifiers(context):
        if one.scope != CONTACT and context.in_own_words(one.start):
            start, end = context.flow.at(one.start), context.flow.at(one.end)
            yield Candidate(one.kind, start, end, " ".join(context.text[one.start : one.end].split()))


def _parties(context: RequestContext) -> Iterator[Candidate]:
    """Yield the mentions of the persons and companies concerned, with the fullest name of each."""
    flow = context.flow
    for party, standing in concerned_parties(context):
        name = " ".join(party.name.split())
        for mention in party.mentions:
            yield Candidate(party.kind, flow.at(mention.start), flow.at(mention.end), name, standing.role)


def _bodies(context: RequestContext) -> Iterator[Candidate]:
    """Yield authorities, banks and other organisations."""
    taken = {one.start for one in _parties(context)}
    for span in context.spans(*_BODIES):
        name = " ".join(context.text[span.start : span.end].split())
        start = context.flow.at(span.start)
        if start not in taken and context.in_own_words(span.start) and fold(name) not in _peoples():
            yield Candidate(BODY, start, context.flow.at(span.end), name)


def _groups_of_persons(context: RequestContext) -> Iterator[Candidate]:
    """Yield the persons of a role together ("the accounts of the defendants"), where no name follows."""
    flow = context.flow
    for found in _group().finditer(flow.folded):
        if context.in_own_words(flow.places[found.start()]) and not _NAMED_BEHIND.match(flow.cased, found.end()):
            yield Candidate(GROUP, found.start(), found.end(), " ".join(flow.cased[slice(*found.span())].split()))


@cache
def _group() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["group"])


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives of peoples, which name nothing that a measure could be aimed at ("Spanish territory")."""
    listed: Mapping[str, Sequence[str]] = load("nlp.countries")["demonyms"]
    return frozenset(fold(word) for words in listed.values() for word in words)
