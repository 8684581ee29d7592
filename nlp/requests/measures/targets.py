"""Targets of requested measures: the account, number, person, company or body at which each is aimed.

Which kinds fit a measure is data (``nlp/resources/request_targets.yaml``). In the statement that asks for the measure
the nearest fitting name or number is the target; without one, that of the words around it, else the only one of the
letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.measures.functions import function_words
from nlp.requests.measures.handed_over import thing_handed_over
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.numbered_things import numbered_things
from nlp.requests.measures.ordinals import singled_out
from nlp.requests.measures.plain_orders import is_prolonged
from nlp.requests.measures.rule_mentions import Mention, named_measures
from nlp.requests.measures.target_candidates import BODY, GROUP, HANDLE, Candidate, distinct, find_candidates
from nlp.requests.measures.target_lists import coordinated, referred, same_things
from nlp.requests.measures.things import thing, thing_of_item
from nlp.requests.persons.parties import LEGAL, NATURAL

# Numbers of communications, at which measures on data are aimed.
NUMBERS = frozenset({"phone", "ip", "email", "imei", HANDLE})
# Costs of a target, in characters of distance: of a less fitting kind, of words before the mention and of another
# measure named between; characters before a statement in which a target is looked for.
_LESS_FITTING, _BEFORE, _OTHER_MEASURE, _AROUND = 120, 25, 120, 1500
_KEEPER = 90  # characters before a name in which words tell that it is who keeps the records
_CONTACT = 80  # characters before a number in which words tell that it is one of an office


def find_targets(context: RequestContext, mentions: Sequence[Mention]) -> list[str | None]:
    """Return the targets of a measure as written, from its mentions, the surest first; ``[None]`` if there is none."""
    target = _find_target(context, mentions)
    named = [one for one in fitting_candidates(context, mentions[0].measure) if same_things(one.kind)]
    kinds = {kind for one in named if one.text == target for kind in _listed_with(mentions[0].measure, one)}
    if numbered := next(filter(None, (numbered_things(context, one, named) for one in _asked_first(mentions))), None):
        return [one.text for one in numbered]
    if only := _only_one_meant(context, mentions, named):
        return [only.text]
    same = [one for one in named if one.kind in kinds]
    for mention in _asked_first(mentions):
        for listed in (coordinated(context, mention, same, target), referred(context, mention, same)):
            if len(listed) > 1 and target in {one.text for one in listed}:
                return [one.text for one in listed]
    return _scattered(context, mentions) or [target]


def _listed_with(measure: str, one: Candidate) -> frozenset[str]:
    """Return the kinds of numbers that one list of the targets of a measure holds beside a number."""
    together = NUMBERS.intersection(*_groups(measure)[:1])
    is_mixed = measure in load("nlp.request_target_lists")["of_all_kinds"] and one.kind in together
    return same_things(one.kind) | together if is_mixed else same_things(one.kind)


def _only_one_meant(
    context: RequestContext, mentions: Sequence[Mention], named: Sequence[Candidate]
) -> Candidate | None:
    """Return the thing to which an ordinal limits a measure, unless another of its mentions names others."""
    meant = [singled_out(context, one, named) for one in mentions]
    if any(numbers_named(context, one) for one, only in zip(mentions, meant, strict=True) if only is None):
        return None
    return next(filter(None, meant), None)


def _scattered(context: RequestContext, mentions: Sequence[Mention]) -> list[str | None]:
    """Return the numbers of a letter that preserves what it names somewhere, unless its order names or means some."""
    kinds = load("nlp.request_target_lists")["scattered"].get(mentions[0].measure, ())
    numbers = [one for one in find_candidates(context) if one.kind in kinds and not _is_contact(context, one)]
    if any(numbers_named(context, one) or referred(context, one, numbers) for one in mentions):
        return []
    return [one.text for one in distinct(numbers)]


def _is_contact(context: RequestContext, one: Candidate) -> bool:
    """Return whether the words before a number on its line are those of the contact data of an office."""
    folded = context.flow.folded
    line = max(folded.rfind("\n", 0, one.start) + 1, one.start - _CONTACT)
    return _contact().search(folded, line, one.start) is not None


@cache
def _contact() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_target_lists")["contact"])


def _asked_first(mentions: Sequence[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: not mention.statement.is_asked_item)


def _find_target(context: RequestContext, mentions: Sequence[Mention]) -> str | None:
    """Return the target of a measure, the first of several; None if there is none.

    What is searched, examined or produced is named by the words behind the measure, if no name or number is. A number
    at which a measure on communications or data is aimed may be anywhere in the letter; whoever else is named beside
    such a measure is its provider.
    """
    measure = mentions[0].measure
    if known := _function(context, mentions[0]):
        return known
    if is_prolonged(context.flow.folded, mentions[0]):
        return own_target(context, mentions[0])
    ordered = _asked_first(mentions)
    best, *_ = _groups(measure) or [()]
    every = [kind for kinds in _groups(measure) for kind in kinds]

    def beside(kinds: Sequence[str]) -> str | None:
        return _first(_nearest(context, mention, kinds) for mention in ordered)

    first = load("nlp.request_targets")["things_first"]
    found = (thing_handed_over(context, ordered) or thing(context, mentions)) if measure in first else None
    found = found or beside(best) or _first(_meant(context, mention, best) for mention in ordered)
    if not found and measure in load("nlp.request_targets")["of_things"]:
        named = [kind for kind in every if kind != BODY]
        if measure in load("nlp.request_targets")["of_decisions"]:
            found = _first(_nearest(context, one, named) or thing(context, [one]) for one in ordered)
        found = found or beside(named) or thing(context, mentions) or thing(context, _reported(context, measure))
    found = found or _first(thing_of_item(context, one) for one in ordered)
    if not found and not NUMBERS.intersection(best):
        found = beside([kind for kind in every if kind != BODY])
    return found or _only_one(context, measure, best) or _last_before(context, ordered[0], best) or beside(every)


def _meant(context: RequestContext, mention: Mention, kinds: Sequence[str]) -> str | None:
    """Return the first of the things of one of ``kinds`` to which a statement refers ("the said accounts")."""
    users = [HANDLE] if mention.measure in load("nlp.request_targets")["of_services"] else []
    meant = referred(context, mention, [one for one in find_candidates(context) if one.kind in (*kinds, *users)])
    return meant[0].text if meant else None


def _function(context: RequestContext, mention: Mention) -> str | None:
    """Return the function by which the person to be heard or served is known, None for one with a name."""
    is_personal = mention.measure in load("nlp.request_targets")["personal"]
    return function_words(context, mention) if is_personal else None


def _reported(context: RequestContext, measure: str) -> Sequence[Mention]:
    """Return the mentions of a measure that the letter tells to have been ordered, of a decision to be enforced."""
    return named_measures(context, measure) if measure in load("nlp.request_targets")["of_decisions"] else ()


def fitting_candidates(context: RequestContext, measure: str) -> list[Candidate]:
    """Return the names and numbers of the letter at which a measure may be aimed, in the order of the letter."""
    fitting = {kind for kinds in _groups(measure) for kind in kinds}
    return [one for one in find_candidates(context) if one.kind in fitting]


def numbers_named(context: RequestContext, mention: Mention) -> list[Candidate]:
    """Return the numbers in the statement of one mention at which its measure may be aimed first."""
    best, *_ = _groups(mention.measure) or [()]
    start, end = mention.statement.start, mention.statement.end
    named = (one for one in find_candidates(context) if start <= one.start < end)
    return [one for one in named if one.kind in best and one.kind not in (NATURAL, LEGAL)]


def own_target(context: RequestContext, mention: Mention) -> str | None:
    """Return the target that the statement of one mention names."""
    return _function(context, mention) or _nearest(
        context, mention, [kind for kinds in _groups(mention.measure) for kind in kinds]
    )


def _first(found: Iterable[str | None]) -> str | None:
    return next(filter(None, found), None)


def _nearest(context: RequestContext, mention: Mention, kinds: Sequence[str]) -> str | None:
    """Return the candidate of one of ``kinds`` that is the nearest to a mention in its statement."""
    others = [other for other in find_measure_mentions(context) if other.measure != mention.measure]
    named = _without_keepers(context, mention)
    costs = [
        (_cost(mention, candidate, others), number) for number, candidate in enumerate(named) if candidate.kind in kinds
    ]
    return named[min(costs)[1]].text if costs else None


def _without_keepers(context: RequestContext, mention: Mention) -> list[Candidate]:
    """Return the candidates in the statement of a mention, without who keeps the records if others are named."""
    start, end = mention.statement.start, mention.statement.end
    fitting = {kind for kinds in _groups(mention.measure) for kind in kinds}
    named = [one for one in find_candidates(context) if start <= one.start < end and one.kind in fitting]
    others = [one for one in named if not _is_keeper(context, one)]
    return others if any(one.kind != BODY for one in others) else named


def _is_keeper(context: RequestContext, candidate: Candidate) -> bool:
    """Return whether the words around a company or body tell that it keeps the records that are asked for."""
    if candidate.kind not in (LEGAL, BODY):
        return False
    folded = context.flow.folded
    before = _keeper("before").search(folded, max(0, candidate.start - _KEEPER), candidate.start)
    ordered = _keeper("that").search(folded, max(0, candidate.start - _KEEPER), candidate.start)
    return bool(before or (ordered and _keeper("gives").match(folded, candidate.end)))


@cache
def _keeper(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_targets")["keeper"]
    return regex.compile(expanded(content[name], {"small": content["small"]}))


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
    named = (one for one in find_candidates(context) if one.kind in kinds and one.kind != GROUP)
    before = [one for one in named if start - _AROUND <= one.start < start and _may_be_meant(mention.measure, one)]
    return before[-1].text if before else None


def _only_one(context: RequestContext, measure: str, kinds: Sequence[str]) -> str | None:
    """Return the only thing or person of a letter that a measure may be aimed at, None if there are several.

    Of persons in several roles the only one in the measure's own role counts: a witness before a victim.
    """
    roles: Mapping[str, Sequence[str]] = load("nlp.request_targets")["roles"]
    fitting = [one for one in find_candidates(context) if one.kind in kinds and one.kind != GROUP]
    if measure not in roles:
        return _single([one for one in fitting if _may_be_meant(measure, one)])
    own, *_ = roles[measure]
    return _single([one for one in fitting if one.role in roles[measure]]) or _single(
        [one for one in fitting if one.role == own]
    )


def _may_be_meant(measure: str, one: Candidate) -> bool:
    """Return whether a measure may be aimed at a person whom its statement does not name.

    A witness or victim is heard; records, assets and premises are sought of others.
    """
    rules = load("nlp.request_targets")
    return measure in rules["of_anybody"] or one.role not in rules["roles"]["hearing_witness"]


def _single(candidates: Iterable[Candidate]) -> str | None:
    """Return the text of the only candidate, None if there is none or several."""
    names = {fold(one.text): one.text for one in candidates}
    return next(iter(names.values())) if len(names) == 1 else None


@cache
def _groups(measure: str) -> Sequence[Sequence[str]]:
    groups: Mapping[str, Sequence[Sequence[str]]] = load("nlp.request_targets")["kinds"]
    return groups.get(measure, ())
