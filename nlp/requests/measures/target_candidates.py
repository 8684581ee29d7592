"""Names and numbers of a letter at which measures may be aimed: accounts, lines, persons, companies, bodies, groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.identifiers.forms import CONTACT
from nlp.requests.identifiers.identifiers import find_request_identifiers
from nlp.requests.persons.persons import concerned_parties

BODY, GROUP, HANDLE = "body", "group", "handle"
_BODIES = ("ORGANISATION", "INSTITUTION", "AUTHORITY")
# A name behind the words for a role ("the defendants Liam Foy and ...").
_NAMED_BEHIND = regex.compile(r"\s*[:,(]?\s*(?:\p{L}{1,4}\.?\s+)?\p{Lu}[\p{Ll}\p{Lu}]+\s+\p{Lu}")


_HANDLE = regex.compile(
    r"[«\"“]\s?(?P<name>@?[\w.+-]*\w)\s?[»\"”]|(?P<name>@[\w.]*\w|(?:[a-z][a-z\d-]*\.)+[a-z]{2,8}\b)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name or number of the letter that a measure may be aimed at, as a range of the running text."""

    kind: str
    start: int
    end: int
    text: str
    role: str = ""


def distinct(named: Iterable[Candidate]) -> list[Candidate]:
    """Return the first candidate of each text, in order."""
    first: dict[str, Candidate] = {}
    for one in named:
        first.setdefault(fold(one.text), one)
    return list(first.values())


@once
def find_candidates(context: RequestContext) -> list[Candidate]:
    """Return what measures may be aimed at, in the order of the letter."""
    found = [
        *_numbers(context),
        *_handles(context),
        *_parties(context),
        *_bodies(context),
        *_groups_of_persons(context),
    ]
    return sorted(found, key=lambda one: (one.start, one.kind))


def _numbers(context: RequestContext) -> Iterator[Candidate]:
    for one in find_request_identifiers(context):
        if one.scope != CONTACT and context.in_own_words(one.start):
            start, end = context.flow.at(one.start), context.flow.at(one.end)
            yield Candidate(one.kind, start, end, " ".join(context.text[one.start : one.end].split()))


def _handles(context: RequestContext) -> Iterator[Candidate]:
    """Yield the names of accounts with a service ("the accounts « a.b » et « c.d »", "user @abc")."""
    flow = context.flow
    for found in _handle().finditer(flow.cased):
        for one in _HANDLE.finditer(found["names"]):
            start, end = (found.start("names") + place for place in one.span("name"))
            if context.in_own_words(flow.places[start]):
                yield Candidate(HANDLE, start, end, one["name"])


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
def _handle() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["handle"])


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives of peoples, which name nothing that a measure could be aimed at ("Spanish territory")."""
    listed: Mapping[str, Sequence[str]] = load("nlp.countries")["demonyms"]
    return frozenset(fold(word) for words in listed.values() for word in words)
