"""Requested measures (ids of ``nlp/resources/concepts_measures.yaml``), with target and period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.functions import function_of
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.ordered_persons import ordered_names
from nlp.requests.measures.periods import find_period
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.target_candidates import find_candidates
from nlp.requests.measures.targets import find_targets, own_target
from nlp.requests.mood_words import folded_pattern
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.persons import concerned_parties
from nlp.requests.persons.role_inference import PURSUED
from nlp.requests.proposal import Proposal
from nlp.requests.sentences import ITEM

ORIGIN = "requests.measures@6"
_DOCUMENTS = "production_documents"
_HEARINGS = _WITNESS, _SUSPECT = "hearing_witness", "hearing_suspect"
# Least confidence of a mention that asks for a measure once more.
_REPEATED = 0.85
# A request of these types has exactly one measure, whatever other measures it mentions.
_OF_TYPE = {"preservation_request": "data_preservation"}


def read_measures(context: RequestContext) -> list[Proposal]:
    """Return one proposal a measure, in the order of the letter; an answer has none."""
    by_measure: dict[str, list[Mention]] = {}
    for mention in _by_status(context, _of_type(context, find_measure_mentions(context))):
        by_measure.setdefault(mention.measure, []).append(mention)
    groups = [group for mentions in by_measure.values() for group in _separate(context, mentions)]
    groups.sort(key=lambda group: group[0].start)
    return [one for group in groups for one in _proposals(context, group)]


def _proposals(context: RequestContext, mentions: Sequence[Mention]) -> list[Proposal]:
    """Return one proposal for each thing or person at which the order of some mentions is aimed."""
    best, targets = mentions[0], find_targets(context, mentions)
    names = _names_in_order(context, mentions)
    if names and targets[0] in (*names, None):
        targets = names
    start, end = context.flow.original(best.statement.start, best.statement.end)
    period = find_period(context, mentions)
    return [
        Proposal({"measure": best.measure, "target": target, "period": period}, start, end, best.confidence, ORIGIN)
        for target in targets
    ]


def _names_in_order(context: RequestContext, mentions: Sequence[Mention]) -> list[str | None]:
    """Return the names of those at whom the mention of a measure that names most of them is aimed.

    A hearing by video is one of the persons whom the same statement asks to hear.
    """
    kinds = load("nlp.request_targets")["by_name"].get(mentions[0].measure, ())
    names = [one for one in find_candidates(context) if one.kind in kinds]
    lists = [ordered_names(context, mention, names) for one in mentions for mention in _with_hearing(context, one)]
    return list(dict.fromkeys(one.text for one in max(lists, key=len)))


def _with_hearing(context: RequestContext, mention: Mention) -> list[Mention]:
    """Return a mention with those of the hearings that its statement asks for, if it is one of a hearing by video."""
    heard = (one for one in find_measure_mentions(context) if one.measure in _HEARINGS)
    same = [one for one in heard if one.statement == mention.statement]
    return [mention, *same] if mention.measure == "videoconference" else [mention]


def _separate(context: RequestContext, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions of a measure by what each asks for, the surest first.

    Two statements ask for it twice if they name different persons or accounts, and two items of a list of requests if
    they ask for documents; all other mentions belong to the first.
    """
    ordered = sorted(mentions, key=lambda mention: -mention.confidence)
    groups: list[list[Mention]] = []
    named: set[str] = set()
    for mention in ordered:
        target = own_target(context, mention) or ""
        starts = {one.statement.start for group in groups for one in group}
        if not groups or (_may_be_another(context, mention, target, named) and mention.statement.start not in starts):
            groups.append([mention])
        else:
            groups[0].append(mention)
        named.add(target)
    return groups


def _may_be_another(context: RequestContext, mention: Mention, target: str, named: Set[str]) -> bool:
    if mention.measure not in load("nlp.request_targets")["repeated"] or mention.confidence < _REPEATED:
        return False
    statement = mention.statement
    marked = ITEM.match(context.flow.cased, statement.start, statement.end) is not None
    is_new = bool(target and target not in named and "" not in named)
    return is_new or (marked and statement.is_asked_item and mention.measure == _DOCUMENTS)


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
        if any(mention.measure == _WITNESS for mention in mentions)
        else []
    )
    for mention in mentions:
        statement = mention.statement
        roles = {role for place, role in places if statement.start <= place < statement.end}
        words = flow.folded[statement.start : statement.end]
        elsewhere = any(mention.measure in _HEARINGS and mention.statement != statement for mention in mentions)
        if mention.measure == _WITNESS and elsewhere and not roles and _again().search(words):
            continue
        suspects = any(other.measure == _SUSPECT and other.statement == statement for other in mentions)
        if mention.measure == _WITNESS and suspects and len(roles) == 1 and not _as_witness().search(words):
            continue  # "the statement of A ..., as a suspect"
        if mention.measure == _WITNESS and function_of(context, mention):
            yield mention  # who is named in the statement is not the person to be heard
        elif mention.measure == _WITNESS and roles and roles <= PURSUED and not _as_witness().search(words):
            yield replace(mention, measure=_SUSPECT)
        else:
            yield mention


@cache
def _again() -> regex.Pattern[str]:
    """Match words on how a hearing that was asked for before is to be held."""
    return folded_pattern(load("nlp.request_moods")["hearing_again"])


@cache
def _as_witness() -> regex.Pattern[str]:
    return folded_pattern(["testi(?:go|fi|mon)", "testemunh", "witness", "temoin", "temoign"])
