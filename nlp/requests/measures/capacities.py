"""The capacity in which an order wants a person heard ("A as a suspect, B as a witness"), and persons without names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import HEARINGS, SUSPECT, WITNESS, Mention, capacity
from nlp.requests.measures.target_candidates import Candidate, find_candidates
from nlp.requests.persons.parties import NATURAL
from nlp.requests.statements import Statement

_REACH, _BESIDE = 90, 90


def stated_capacities(context: RequestContext, statement: Statement) -> dict[str, str]:
    """Return the hearing (a measure) that a statement wants of each person whom it names with a capacity, by name."""
    names = _persons_in(context, statement)
    if not names:
        return {}
    ends = [*(one.start for one in names[1:]), statement.end]
    starts = [statement.start, *(one.end for one in names[:-1])]
    folded, stated = context.flow.folded, {}
    following, last = "", statement.end
    for one, start, end in reversed(list(zip(names, starts, ends, strict=True))):
        is_listed = following != "" and _joined().fullmatch(folded, one.end, end) is not None
        before = _capacity_before(folded, one, start)
        own = before[0] if before else _capacity_behind(folded, one, min(end, last))
        following = own or (following if is_listed else "")
        stated[one.text], last = following, before[1] if before else one.start
    return {name: measure for name, measure in reversed(stated.items()) if measure}


def _persons_in(context: RequestContext, statement: Statement) -> list[Candidate]:
    persons = (one for one in find_candidates(context) if one.kind == NATURAL)
    return [one for one in persons if statement.start <= one.start < statement.end]


def _capacity_before(folded: str, one: Candidate, start: int) -> tuple[str, int] | None:
    """Return the hearing of a person by the words for a capacity before the name, and where they begin."""
    found = ((name, _before(name).search(folded, max(start, one.start - _BESIDE), one.start)) for name in HEARINGS)
    return next(((name, said.start()) for name, said in found if said), None)


def _capacity_behind(folded: str, one: Candidate, end: int) -> str:
    """Return the hearing of a person by the words for a capacity behind the name, empty without any."""
    behind = min(end, one.end + _REACH)
    found = {name: said.start() for name in HEARINGS if (said := capacity(name).search(folded, one.end, behind))}
    return min(found, key=lambda name: found[name], default="")


def persons_of_hearing(context: RequestContext, mentions: Sequence[Mention]) -> list[str]:
    """Return the names of those whom an order wants heard in the capacity of a hearing, if it names others in another.

    The list is empty for another measure, and for an order that wants everybody heard in the same capacity.
    """
    names: list[str] = []
    for mention in mentions:
        stated = stated_capacities(context, mention.statement) if mention.measure in HEARINGS else {}
        if {*stated.values()} == {*HEARINGS}:
            names += [name for name, measure in stated.items() if measure == mention.measure]
    return list(dict.fromkeys(names))


def is_no_witness(context: RequestContext, mentions: Sequence[Mention], target: str | None) -> bool:
    """Return whether the target of a hearing of a witness is another person than its statements describe.

    They name him as a suspect, or describe a person without a name, and he is no witness or victim.
    """
    if mentions[0].measure != WITNESS or target is None:
        return False
    for mention in mentions:
        if any(one.text == target for one in _persons_in(context, mention.statement)):
            return stated_capacities(context, mention.statement).get(target) == SUSPECT
    roles = {one.role for one in find_candidates(context) if one.text == target and one.kind == NATURAL}
    said = (context.flow.folded[one.statement.start : one.statement.end] for one in mentions)
    is_other = bool(roles) and not roles & {*load("nlp.request_targets")["roles"][WITNESS]}
    return is_other and any(map(_described().search, said))


def described_person(context: RequestContext, mentions: Sequence[Mention]) -> str | None:
    """Return the words for a person to be heard who has no name ("a scientist of the Council"), None without any."""
    for mention in mentions:
        found = _described().search(context.flow.folded, mention.start, mention.statement.end)
        if found:
            return " ".join(context.flow.cased[slice(*found.span("thing"))].split())
    return None


@cache
def _before(measure: str) -> regex.Pattern[str]:
    return regex.compile(capacity(measure).pattern + load("nlp.request_capacities")["before"])


@cache
def _joined() -> regex.Pattern[str]:
    """Match all that stands between two names of one list."""
    return regex.compile(load("nlp.request_capacities")["joined"])


@cache
def _described() -> regex.Pattern[str]:
    content, functions = load("nlp.request_capacities"), load("nlp.request_functions")["fragments"]["noun"]
    nouns = f"(?:{functions}|{content['nouns']})"
    return regex.compile(rf"\b{content['described']}".replace("<<nouns>>", nouns))
