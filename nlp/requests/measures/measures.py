"""Requested measures (ids of ``nlp/resources/concepts_measures.yaml``), with target and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measures.functions import function_of
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.ordered_persons import ordered_names, unknown_names
from nlp.requests.measures.parallel_things import parallel_things
from nlp.requests.measures.periods import find_period
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.separate_requests import separate_requests
from nlp.requests.measures.target_candidates import BODY, GROUP, Candidate, find_candidates
from nlp.requests.measures.target_lists import referred_persons
from nlp.requests.measures.targets import find_targets, own_target
from nlp.requests.mood_words import folded_pattern
from nlp.requests.persons.parties import LEGAL, NATURAL
from nlp.requests.persons.persons import concerned_parties
from nlp.requests.persons.role_inference import PURSUED
from nlp.requests.proposal import Proposal

ORIGIN = "requests.measures@6"
_DOCUMENTS = "production_documents"
_HEARINGS = _WITNESS, _SUSPECT = "hearing_witness", "hearing_suspect"
# A request of these types has exactly one measure, whatever other measures it mentions.
_OF_TYPE = {"preservation_request": "data_preservation"}


def read_measures(context: RequestContext) -> list[Proposal]:
    """Return one proposal a measure, in the order of the letter; an answer has none."""
    by_measure: dict[str, list[Mention]] = {}
    for mention in _by_status(context, _of_type(context, find_measure_mentions(context))):
        by_measure.setdefault(mention.measure, []).append(mention)
    groups = [group for mentions in by_measure.values() for group in separate_requests(context, mentions)]
    groups.sort(key=lambda group: group[0].start)
    return list(_once_each(one for group in groups for one in _proposals(context, group)))


def _once_each(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the measures, each once for a target; several documents may be asked for about one."""
    seen: set[tuple[str, str]] = set()
    for one in found:
        value = one.value
        key = (str(value["measure"]), fold(str(value["target"])))
        if key not in seen or value["measure"] == _DOCUMENTS:
            yield one
        seen.add(key)


def _proposals(context: RequestContext, mentions: Sequence[Mention]) -> list[Proposal]:
    """Return one proposal for each thing or person at which the order of some mentions is aimed."""
    best, targets = mentions[0], find_targets(context, mentions)
    names = _names_in_order(context, mentions)
    if names and (targets[0] in (*names, None) or targets[0] not in {own_target(context, one) for one in mentions}):
        targets = names
    targets = _with_things(context, mentions, targets)
    start, end = context.flow.original(best.statement.start, best.statement.end)
    period = find_period(context, mentions)
    return [
        Proposal({"measure": best.measure, "target": target, "period": period}, start, end, best.confidence, ORIGIN)
        for target in targets
    ]


def _with_things(
    context: RequestContext, mentions: Sequence[Mention], targets: Sequence[str | None]
) -> Sequence[str | None]:
    """Return the targets of a measure with all things that one of its mentions coordinates, if there are several."""
    things = max((parallel_things(context, one) for one in mentions), key=len)
    known = {one.text for one in find_candidates(context) if one.kind not in (NATURAL, LEGAL, BODY, GROUP)}
    numbers = [one for one in targets if one in known]
    others = [one for one in things if not any(number in one for number in numbers)]
    named = [one for one in numbers if not any(one in other for other in others)]
    return [*named, *others] if things else targets


def _names_in_order(context: RequestContext, mentions: Sequence[Mention]) -> list[str | None]:
    """Return the names of those at whom the mention of a measure that names most of them is aimed.

    A hearing by video is one of the persons whom the same statement asks to hear; of a statement that asks to hear
    witnesses and suspects each hearing has its own.
    """
    kinds = load("nlp.request_targets")["by_name"].get(mentions[0].measure, ())
    names = [one for one in find_candidates(context) if one.kind in kinds]
    lists = [_names_of(context, mention, names) for one in mentions for mention in _with_hearing(context, one)]
    if named := max(lists, key=len):
        return list(dict.fromkeys(named))
    return [one.text for one in max((referred_persons(context, one, names) for one in mentions), key=len)]


def _names_of(context: RequestContext, mention: Mention, names: Sequence[Candidate]) -> list[str]:
    """Return the names at which one mention is aimed, with those of unknown persons in a list of them, in order."""
    ordered = [one for one in ordered_names(context, mention, names) if not _is_of_other_hearing(context, mention, one)]
    found = [*((one.start, one.text) for one in ordered), *unknown_names(context, mention, names)]
    return [text for _, text in sorted(found)]


def _is_of_other_hearing(context: RequestContext, mention: Mention, name: Candidate) -> bool:
    """Return whether a statement asks for both kinds of hearings, and a person is to be heard in the other one."""
    if mention.measure not in _HEARINGS:
        return False
    asked = {one.measure for one in find_measure_mentions(context) if one.statement == mention.statement}
    return asked.issuperset(_HEARINGS) and (name.role in PURSUED) != (mention.measure == _SUSPECT)


def _with_hearing(context: RequestContext, mention: Mention) -> list[Mention]:
    """Return a mention with those of the hearings that its statement asks for, if it is one of a hearing by video."""
    heard = (one for one in find_measure_mentions(context) if one.measure in _HEARINGS)
    same = [one for one in heard if one.statement == mention.statement]
    return [mention, *same] if mention.measure == "videoconference" else [mention]


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
