"""Requested measures (ids of ``nlp/resources/concepts_measures.yaml``), with target and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measures.aims import find_aims
from nlp.requests.measures.capacities import stated_capacities
from nlp.requests.measures.certificates import measures_of_certificate
from nlp.requests.measures.functions import function_of
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.periods import find_period, period_of_row
from nlp.requests.measures.rule_mentions import HEARINGS, SUSPECT, WITNESS, Mention
from nlp.requests.measures.separate_requests import separate_requests
from nlp.requests.measures.targets import own_target
from nlp.requests.measures.things import thing_of_item
from nlp.requests.mood_words import folded_pattern
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.persons import concerned_parties
from nlp.requests.persons.role_places import PURSUED
from nlp.requests.proposal import Proposal

ORIGIN = "requests.measures@13"
_DOCUMENTS = "production_documents"
# A request of these types has exactly one measure, whatever other measures it mentions.
_OF_TYPE = {"preservation_request": "data_preservation"}


def read_measures(context: RequestContext) -> list[Proposal]:
    """Return one proposal a measure, in the order of the letter; an answer has none, a certificate that of its form."""
    if certified := measures_of_certificate(context, ORIGIN):
        return certified
    by_measure: dict[str, list[Mention]] = {}
    for mention in _by_status(context, _of_type(context, find_measure_mentions(context))):
        by_measure.setdefault(mention.measure, []).append(mention)
    groups = [group for mentions in by_measure.values() for group in separate_requests(context, mentions)]
    groups.sort(key=lambda group: group[0].start)
    seen: set[tuple[str, str]] = set()
    return [one for group in groups for one in _once_each(context, group, seen)]


def _once_each(context: RequestContext, mentions: Sequence[Mention], seen: set[tuple[str, str]]) -> Iterator[Proposal]:
    """Yield one proposal for each target of some mentions but those at which the measure is aimed already.

    Several documents may be asked for about one target, and one that the mentions do not name may be another one.
    """
    best, targets = mentions[0], find_aims(context, mentions)
    own = {named for one in mentions for named in (own_target(context, one), thing_of_item(context, one))}
    start, end = context.flow.original(best.statement.start, best.statement.end)
    period = find_period(context, mentions)
    for target in targets:
        key = (best.measure, fold(target or ""))
        if key not in seen or best.measure == _DOCUMENTS or (len(targets) == 1 and target not in own):
            own_period = (period_of_row(context, mentions, target) if target else None) or period
            value = {"measure": best.measure, "target": target, "period": own_period}
            yield Proposal(value, start, end, best.confidence, ORIGIN)
        seen.add(key)


def _of_type(context: RequestContext, mentions: Sequence[Mention]) -> list[Mention]:
    only = _OF_TYPE.get(str(context.document_type.value))
    kept = [mention for mention in mentions if mention.measure == only]
    return kept if only and kept else list(mentions)


def _by_status(context: RequestContext, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Yield the mentions; suspects are not heard as witnesses unless the letter says so.

    Words on how a hearing is to be held ask for no other one.
    """
    flow = context.flow
    places = (
        [
            (flow.at(mention.start), standing.role)
            for party, standing in concerned_parties(context)
            if party.kind == NATURAL
            for mention in party.mentions
        ]
        if any(mention.measure == WITNESS for mention in mentions)
        else []
    )
    for mention in _by_capacity(context, mentions):
        statement = mention.statement
        if mention.measure in HEARINGS and set(stated_capacities(context, statement).values()) == {*HEARINGS}:
            yield mention
            continue
        roles = {role for place, role in places if statement.start <= place < statement.end}
        words = flow.folded[statement.start : statement.end]
        elsewhere = any(mention.measure in HEARINGS and mention.statement != statement for mention in mentions)
        if mention.measure == WITNESS and elsewhere and not roles and _again().search(words):
            continue
        suspects = any(other.measure == SUSPECT and other.statement == statement for other in mentions)
        if mention.measure == WITNESS and suspects and len(roles) == 1 and not _as_witness().search(words):
            continue  # "the statement of A ..., as a suspect"
        if mention.measure == WITNESS and function_of(context, mention):
            yield mention  # who is named in the statement is not the person to be heard
        elif mention.measure == WITNESS and roles and roles <= PURSUED and not _as_witness().search(words):
            yield replace(mention, measure=SUSPECT)
        else:
            yield mention


def _by_capacity(context: RequestContext, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions; of a statement that wants one person heard as a suspect and another as a witness both."""
    for mention in mentions:
        yield mention
        if mention.measure in HEARINGS:
            asked = {one.measure for one in mentions if one.statement == mention.statement}
            for measure in sorted({*stated_capacities(context, mention.statement).values()} - asked):
                yield replace(mention, measure=measure)


@cache
def _again() -> regex.Pattern[str]:
    """Match words on how a hearing that was asked for before is to be held."""
    return folded_pattern(load("nlp.request_moods")["hearing_again"])


@cache
def _as_witness() -> regex.Pattern[str]:
    return folded_pattern(["testi(?:go|fi|mon)", "testemunh", "witness", "temoin", "temoign"])
