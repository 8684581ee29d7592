"""Charges that a letter states away from a name: "la imputada", "ambos están imputados", "neither has been charged".

A person is accused once charged and a suspect before; the words that mean a charge are those of
``nlp/resources/request_charges.yaml``. An "arguido" is charged from the accusation of the public prosecutor on (Code of
Criminal Procedure of Portugal, articles 57 and 283), so that the word alone makes a suspect. A person whom the decision
sentences ("le jugement qui l'a condamné") is convicted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.role_inference import EXTRADITIONS, DescribedParty

_SUSPECT, _ACCUSED, _CONVICTED = "suspect", "accused", "convicted"
_PURSUED = (_SUSPECT, _ACCUSED)
_CIVIL = "civil_request"
# Weight of a role so stated, and the least of one that an entry or a field states, which stands.
_STATED, _ENTERED = 2.0, 3.5
_UNSURE = 1.0  # weight below which no words state a role
_NEAR = 40  # characters between "arguido" and the name


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement in a range of the running text on one person, on several, or on everybody in the case."""

    start: int
    end: int
    several: bool
    of_everybody: bool = False


def with_stated_charges(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Return the parties, suspects as accused where the letter states the charge and the other way round."""
    found = list(described)
    if context.document_type.value == _CIVIL:  # whose parties are no suspects
        return found
    for statement in _statements(context, "charged"):
        for number in _meant(context, found, statement, _SUSPECT):
            found[number] = _with_role(found[number], _ACCUSED)
    for number in _arguidos(context, found):
        found[number] = _with_role(found[number], _ACCUSED)
    for statement in _statements(context, "uncharged"):
        for number in _meant(context, found, statement, _ACCUSED):
            found[number] = _with_role(found[number], _SUSPECT)
    for statement in _statements(context, "convicted"):
        for number in _sentenced(context, found, statement):
            found[number] = _with_role(found[number], _CONVICTED)
    for number in _sought_for_enforcement(context, found):
        found[number] = _with_role(found[number], _CONVICTED)
    return found


def _sought_for_enforcement(context: RequestContext, described: Sequence[DescribedParty]) -> list[int]:
    """Return the number of the only person pursued in an extradition request on a final judgment."""
    pursued = [number for number, entry in enumerate(described) if _is_pursued(entry)]
    is_final = context.document_type.value in EXTRADITIONS and _pattern("final").search(context.flow.folded)
    return pursued if is_final and len(pursued) == 1 else []


def _sentenced(context: RequestContext, described: Sequence[DescribedParty], statement: _Statement) -> Iterable[int]:
    """Return the number of the person named last before the sentence of a court, in the same sentence of the letter."""
    begin = sentence_at(context.sentences, statement.start).start
    among = [number for number, entry in enumerate(described) if _is_pursued(entry) or _is_unknown(entry)]
    return _named(context, described, among, begin, statement.start)[-1:]


def _with_role(described: DescribedParty, role: str) -> DescribedParty:
    party, standing, details = described
    if standing.weight >= _ENTERED:
        return described
    return party, replace(standing, role=role, weight=max(standing.weight, _STATED)), details


def _statements(context: RequestContext, kind: str) -> Iterator[_Statement]:
    """Yield the statements of a kind, in the letter's own words; those within another statement are left out."""
    folded, at = context.flow.folded, context.flow.places
    for name, patterns in _patterns(kind).items():
        for pattern in patterns:
            for found in pattern.finditer(folded):
                if context.in_own_words(at[found.start()]):
                    yield _Statement(found.start(), found.end(), name != "one", name == "all")


def _meant(
    context: RequestContext, described: Sequence[DescribedParty], statement: _Statement, role: str
) -> Iterable[int]:
    """Return the numbers of the natural persons with ``role`` to whom a statement refers.

    Persons named in its sentence before it are meant: the last one, or all. Without any it is the only person pursued,
    or all of them; where nobody is, a charge is of whom the sentence before it names, if words state no other role.
    """
    pursued = [number for number, entry in enumerate(described) if _is_pursued(entry)]
    sentence = sentence_at(context.sentences, statement.start)
    if not pursued and role == _SUSPECT:
        last = sentence_at(context.sentences, max(0, sentence.start - 1))
        unknown = [number for number, entry in enumerate(described) if _is_unknown(entry)]
        named = _named(context, described, unknown, last.start, statement.start)
        return named if statement.several else named[-1:]
    if not statement.of_everybody:
        named = _named(context, described, pursued, sentence.start, statement.start)
        before = _named(context, described, pursued, 0, statement.start) if statement.several else pursued
        pursued = (named if statement.several else named[-1:]) or before
    if not statement.several and len(pursued) > 1:
        return []
    return [number for number in pursued if described[number][1].role == role]


def _is_unknown(described: DescribedParty) -> bool:
    return described[0].kind == NATURAL and described[1].weight < _UNSURE


def _is_pursued(described: DescribedParty) -> bool:
    return described[0].kind == NATURAL and described[1].role in _PURSUED


def _named(
    context: RequestContext, described: Sequence[DescribedParty], among: Iterable[int], start: int, end: int
) -> list[int]:
    """Return the numbers of the parties named in a range of the running text, in the order of their last mention."""
    at = context.flow.at
    last = {
        number: max(
            (at(one.start) for one in described[number][0].mentions if start <= at(one.start) < end), default=-1
        )
        for number in among
    }
    return sorted((number for number, place in last.items() if place >= 0), key=lambda number: last[number])


def _arguidos(context: RequestContext, described: Sequence[DescribedParty]) -> list[int]:
    """Return the numbers of the suspects called "arguido", if the letter tells that the accusation was brought."""
    folded, at = context.flow.folded, context.flow.at
    if not any(pattern.search(folded) for pattern in _patterns("accusation")["all"]):
        return []
    suspects = [number for number, entry in enumerate(described) if entry[1].role == _SUSPECT]
    return [
        number
        for number in suspects
        if any(
            _pattern("arguido_before").search(folded, max(0, at(one.start) - _NEAR), at(one.start))
            or _pattern("arguido_after").match(folded, at(one.end))
            for one in described[number][0].mentions
        )
    ]


@cache
def _patterns(kind: str) -> dict[str, tuple[regex.Pattern[str], ...]]:
    resource = load("nlp.request_charges")
    listed = resource[kind] if isinstance(resource[kind], dict) else {"all": resource[kind]}
    return {
        name: tuple(regex.compile(expanded(pattern, resource["fragments"])) for pattern in patterns)
        for name, patterns in listed.items()
    }


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_charges")[name])
