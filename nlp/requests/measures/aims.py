"""Everything at which one order is aimed: a number or thing, or each of the persons, companies and places it names."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.capacities import (
    described_person,
    is_no_witness,
    persons_of_hearing,
    stated_capacities,
)
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.ordered_persons import ordered_names, unknown_names
from nlp.requests.measures.parallel_things import parallel_things
from nlp.requests.measures.rule_mentions import HEARINGS, SUSPECT, Mention
from nlp.requests.measures.target_candidates import BODY, GROUP, Candidate, distinct, find_candidates
from nlp.requests.measures.target_lists import referred_persons
from nlp.requests.measures.targets import find_targets, fitting_candidates, own_target
from nlp.requests.persons.parties import LEGAL, NATURAL
from nlp.requests.persons.role_places import PURSUED

# Kinds of numbers of things that an order names together.
_OF_THINGS = frozenset({"iban", "account", "wallet", "plate"})


def find_aims(context: RequestContext, mentions: Sequence[Mention]) -> list[str | None]:
    """Return the targets of a measure as written, from the mentions of one order, the surest first.

    ``[None]`` if there is none. Names in the order come before one that is named elsewhere in the letter.
    """
    if heard := persons_of_hearing(context, mentions):
        return [*heard]
    targets, names = find_targets(context, mentions), _names_in_order(context, mentions)
    elsewhere = {one.text for one in find_candidates(context) if one.kind in (NATURAL, LEGAL)}
    elsewhere -= {own_target(context, one) for one in mentions}
    if names and targets[0] in {*names, *elsewhere, None}:
        return [*names]
    if is_no_witness(context, mentions, targets[0]):
        return [described_person(context, mentions)]
    return _with_things(context, mentions, targets)


def _with_things(context: RequestContext, mentions: Sequence[Mention], targets: list[str | None]) -> list[str | None]:
    """Return the targets of a measure with all things that one of its mentions coordinates, if there are several."""
    things = max((parallel_things(context, one) for one in mentions), key=len)
    known = {one.text for one in find_candidates(context) if one.kind not in (NATURAL, LEGAL, BODY, GROUP)}
    numbers = [one for one in targets if one in known]
    others = [one for one in things if not any(number and number in one for number in numbers)]
    named = [one for one in numbers if not any(one and one in other for other in others)]
    return [*named, *others] if things else _numbers_of(context, mentions, targets)


def _numbers_of(context: RequestContext, mentions: Sequence[Mention], targets: list[str | None]) -> list[str | None]:
    """Return the numbers of one kind that a thing names ("the vehicles A, B and C"), if it is the only target."""
    if len(targets) != 1 or targets[0] is None:
        return targets
    fitting = fitting_candidates(context, mentions[0].measure)
    within = distinct(one for one in fitting if one.kind in _OF_THINGS and one.text in targets[0])
    is_several = len(within) > 1 and len({one.kind for one in within}) == 1
    return [one.text for one in within] if is_several else targets


def _names_in_order(context: RequestContext, mentions: Sequence[Mention]) -> list[str]:
    """Return the names of those at whom the mention of a measure that names most of them is aimed.

    A hearing by video is one of the persons whom the same statement asks to hear; of a statement that asks to hear
    witnesses and suspects each hearing has its own.
    """
    kinds = load("nlp.request_targets")["by_name"].get(mentions[0].measure, ())
    names = [one for one in find_candidates(context) if one.kind in kinds]
    lists = [_names_of(context, mention, names) for one in mentions for mention in _with_hearing(context, one)]
    lists += [[one.text for one in referred_persons(context, mention, names)] for mention in mentions]
    longest: list[str] = max(lists, key=len)
    return list(dict.fromkeys(longest))


def _names_of(context: RequestContext, mention: Mention, names: Sequence[Candidate]) -> list[str]:
    """Return the names at which one mention is aimed, with those of unknown persons in a list of them, in order."""
    ordered = [one for one in ordered_names(context, mention, names) if not _is_of_other_hearing(context, mention, one)]
    found = [*((one.start, one.text) for one in ordered), *unknown_names(context, mention, names)]
    return [text for _, text in sorted(found)]


def _is_of_other_hearing(context: RequestContext, mention: Mention, name: Candidate) -> bool:
    """Return whether a statement asks for both kinds of hearings, and a person is to be heard in the other one."""
    if mention.measure not in HEARINGS:
        return False
    if stated := stated_capacities(context, mention.statement).get(name.text):
        return stated != mention.measure
    asked = {one.measure for one in find_measure_mentions(context) if one.statement == mention.statement}
    return asked.issuperset(HEARINGS) and (name.role in PURSUED) != (mention.measure == SUSPECT)


def _with_hearing(context: RequestContext, mention: Mention) -> list[Mention]:
    """Return a mention with those of the hearings that its statement asks for, if it is one of a hearing by video."""
    heard = (one for one in find_measure_mentions(context) if one.measure in HEARINGS)
    same = [one for one in heard if one.statement == mention.statement]
    return [mention, *same] if mention.measure == "videoconference" else [mention]
