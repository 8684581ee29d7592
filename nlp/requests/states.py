"""Requesting and requested state: labels, addresses, greetings, letterheads, the law that a letter cites.

Each mention of a state is weighed for both roles by the words around it; the pair with the most weight is proposed.
A letter that answers a request is written by the requested state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.addresses import address_blocks, labelled_lines, letterhead_end
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow
from nlp.requests.proposal import OWN_WORDS, FilePart, Proposal
from nlp.requests.request_type import RESPONSE
from nlp.requests.state_mentions import (
    AUTHORITY,
    CONTACT,
    CUE,
    NAME,
    PEOPLE,
    SEAT,
    StateMention,
    state_mentions,
)

ORIGIN = "requests.states@1"
_REACH = 200
_TOP = 900
_FOOT = 500
_SIGNATURE = 160
_LABEL, _ADDRESSED, _ASKS, _IN_ADDRESS, _HEAD, _DATELINE, _OWN = 10.0, 6.0, 5.0, 6.0, 3.0, 4.0, 4.0
_BELOW_HEAD, _WRITERS_CONTACT, _SEATED, _NAMED_SEAT = 1.2, 2.0, 3.0, 1.0
_LAW, _MAX_LAW_SHARE, _LIKELY_AUTHORITY, _ANY = 1.0, 4.0, 2.0, 0.2
_MINIMUM = 1.0
# Ratio of mentions by which one State must exceed others without other evidence.
_CLEARLY = 1.5
# Several states share the name of an authority or of a city.
_TRUST = {SEAT: 0.7, AUTHORITY: 0.6, CUE: 0.8}


@dataclass(frozen=True, slots=True)
class States:
    """The two states as proposals of their fields, and the ranges of the letter that name the addressee."""

    requesting: Proposal | None
    requested: Proposal | None
    addresses: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vote:
    code: str
    start: int
    end: int
    weight: float


def find_states(text: str, flow: Flow, parts: Sequence[FilePart], laws: Iterable[Span], kind: str) -> States:
    """Return the two states of the letter. ``laws`` are the citations of national law, ``kind`` its type."""
    own = [part for part in parts if part.kind in OWN_WORDS]
    mentions = [mention for part in own for mention in state_mentions(text, part.start, part.end)]
    writer: list[_Vote] = list(_law_votes(laws, own))
    addressee: list[_Vote] = []
    for part in own:
        within = [mention for mention in mentions if part.start <= mention.start < part.end]
        wrote, addressed = _votes(text, flow, part, within, answers=kind == RESPONSE)
        writer += wrote
        addressee += addressed
    addresses = tuple(block for part in own for block in _addresses(text, flow, part))
    return _states(writer, addressee, kind, addresses)


def _addresses(text: str, flow: Flow, part: FilePart) -> Iterator[Range]:
    """Yield the address blocks of a part and its lines that a label gives to the requested state."""
    yield from address_blocks(text, part)
    yield from ((start, end) for role, start, end in labelled_lines(flow, part) if role == "requested")


def _states(writer: Sequence[_Vote], addressee: Sequence[_Vote], kind: str, addresses: tuple[Range, ...]) -> States:
    sender, recipient = _best_pair(_totals(writer), _totals(addressee))
    if sender and not recipient:
        recipient, addressee = _other_state(sender, writer)
    elif recipient and not sender:
        sender, writer = _other_state(recipient, writer)
    wrote, addressed = _proposal(sender, writer), _proposal(recipient, addressee)
    if kind == RESPONSE:
        wrote, addressed = addressed, wrote
    return States(wrote, addressed, addresses)


def _best_pair(writer: Mapping[str, float], addressee: Mapping[str, float]) -> tuple[str, str]:
    """Return the two states with the most weight together that are not the same one."""
    senders = [("", 0.0), *((code, weight) for code, weight in writer.items() if weight >= _MINIMUM)]
    addressees = [("", 0.0), *((code, weight) for code, weight in addressee.items() if weight >= _MINIMUM)]
    pairs = [(a, b, x + y) for a, x in senders for b, y in addressees if not a or a[:2] != b[:2]]
    sender, recipient, _ = max(pairs, key=lambda pair: pair[2])
    return sender, recipient


def _other_state(known: str, votes: Sequence[_Vote]) -> tuple[str, list[_Vote]]:
    """Return the most frequently mentioned State other than the known one; none for a tie."""
    left = [
        _Vote(vote.code, vote.start, vote.end, max(vote.weight, _ANY)) for vote in votes if vote.code[:2] != known[:2]
    ]
    totals = sorted(_totals(left).items(), key=lambda item: -item[1])
    if not totals or (len(totals) > 1 and totals[0][1] < _CLEARLY * totals[1][1]):
        return "", left
    return totals[0][0], left


def _totals(votes: Sequence[_Vote]) -> dict[str, float]:
    """Sum the votes by State; evidence for a part of a State with its own authorities counts for that part."""
    totals: dict[str, float] = defaultdict(float)
    for vote in votes:
        totals[vote.code] += vote.weight
    for code in [code for code in totals if "-" in code]:
        if totals[code] >= _MINIMUM:
            totals[code] += totals.pop(code[:2], 0.0)
    return totals


def _proposal(code: str, votes: Sequence[_Vote]) -> Proposal | None:
    if not code:
        return None
    best = max((vote for vote in votes if vote.code[:2] == code[:2]), key=lambda vote: vote.weight)
    total = sum(vote.weight for vote in votes) or 1.0
    own = sum(vote.weight for vote in votes if vote.code[:2] == code[:2])
    confidence = min(0.99, 0.4 + 0.35 * own / total + 0.03 * min(own, 8.0))
    return Proposal(code, best.start, best.end, round(confidence, 2), ORIGIN)


# --- votes ---------------------------------------------------------------------------------------------------------


def _votes(
    text: str, flow: Flow, part: FilePart, mentions: Sequence[StateMention], *, answers: bool
) -> tuple[list[_Vote], list[_Vote]]:
    """Return the votes for the writer and for the addressee that one part of the file gives."""
    address = address_blocks(text, part)
    head = min([part.start + _TOP, *(start for start, _ in address)])
    letterhead = min(head, letterhead_end(text, part))
    labelled = list(labelled_lines(flow, part))
    writer: list[_Vote] = []
    addressee: list[_Vote] = []
    for mention in mentions:
        label = next((name for name, start, end in labelled if start <= mention.start < end), "")
        if label == "requesting":
            writer.append(_vote(mention, _LABEL))
        elif label == "requested":
            addressee.append(_vote(mention, _LABEL))
        elif any(start <= mention.start < end for start, end in address):
            addressee.append(_vote(mention, _IN_ADDRESS))
        else:
            before, after = _around(flow, mention)
            if _is_addressed(mention, before, after) or (answers and _pattern("origin").search(before)):
                addressee.append(_vote(mention, _ADDRESSED))
            else:
                writer.append(_vote(mention, _writer_weight(part, mention, (letterhead, head), before, after)))
    return writer, addressee


def _is_addressed(mention: StateMention, before: str, after: str) -> bool:
    """Return whether the words around a mention address the state: they ask of it, or ask it to help."""
    if mention.kind in (SEAT, CUE, CONTACT):
        return False
    if mention.kind == PEOPLE and _pattern("nationals").search(before):
        return False
    return any(rule.search(before) for rule in _rules("addressed")) or _pattern("helps").match(after) is not None


def _vote(mention: StateMention, weight: float) -> _Vote:
    return _Vote(mention.code, mention.start, mention.end, weight * _TRUST.get(mention.kind, 1.0))


def _writer_weight(part: FilePart, mention: StateMention, tops: tuple[int, int], before: str, after: str) -> float:
    """Return the weight of a mention outside of the address as evidence for the writing State.

    ``tops`` are the ends of the letterhead and of the text above the address.
    """
    letterhead, head = tops
    foot = part.end - _FOOT
    if mention.kind == CONTACT:
        return _WRITERS_CONTACT if mention.start < letterhead or mention.start > foot else 0.0
    if mention.kind == SEAT:
        dated = _pattern("dateline").search(before) and _pattern("dated").match(after)
        at_court = _SEATED if mention.start < letterhead else _NAMED_SEAT
        return (
            _DATELINE
            if dated and (mention.start < head + _TOP or mention.start > foot)
            else at_court * _is_seat(before)
        )
    at_foot = part.end - mention.end < _SIGNATURE and mention.kind == NAME
    if (mention.start < head or at_foot) and mention.kind != PEOPLE:
        return _HEAD if mention.start < letterhead or at_foot else _BELOW_HEAD
    if mention.kind != PEOPLE and _pattern("own").search(before):
        return _OWN
    if mention.kind != PEOPLE and _pattern("asks").match(after):
        return _ASKS
    return _LIKELY_AUTHORITY if mention.kind in (AUTHORITY, CUE) else _ANY


def _is_seat(before: str) -> bool:
    """Return whether a city follows the name of an authority, in its line or the one above."""
    lines = before[-160:].split("\n")[-2:]
    return any(_pattern("seat_words").search(line) for line in lines)


def _around(flow: Flow, mention: StateMention) -> tuple[str, str]:
    start, end = flow.at(mention.start), flow.at(mention.end)
    return flow.folded[max(0, start - _REACH) : start], flow.folded[end : end + _REACH]


def _law_votes(laws: Iterable[Span], own: Sequence[FilePart]) -> Iterator[_Vote]:
    """Yield a vote for each national law cited: a letter cites the law of the state that writes it."""
    given: dict[str, float] = defaultdict(float)
    for span in laws:
        if not span.readings or not any(part.start <= span.start < part.end for part in own):
            continue
        code = span.readings[0].jurisdiction
        if len(code) == 2 and code not in ("EU",) and given[code] < _MAX_LAW_SHARE:
            given[code] += _LAW
            yield _Vote(code, span.start, span.end, _LAW * span.readings[0].score)


@cache
def _rules(name: str) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_states")[name])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_states")[name])
