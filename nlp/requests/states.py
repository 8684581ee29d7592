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
from nlp.folding import fold
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow
from nlp.requests.proposal import OWN_WORDS, FilePart, Proposal
from nlp.requests.request_type import RESPONSE
from nlp.requests.state_mentions import AUTHORITY, CUE, NAME, PEOPLE, SEAT, StateMention, state_mentions

ORIGIN = "requests.states@1"
# "À Fuerza Especial ...", "Al Juzgado ...": a dative before a name, at the start of a paragraph.
_DATIVE = regex.compile(r"(?:À|Às|Ao|Aos|Al|A la|A las|A los|Aux?|To the)[ ]\p{Lu}[\p{L}.]+[ ]")
_YEAR = regex.compile(r"\b(?:19|20)\d{2}\b")
_REACH = 200
_TOP = 900
_ADDRESS_WITHIN = 2_500
_FOOT = 500
_SIGNATURE = 160
_LABEL, _ADDRESSED, _ASKS, _IN_ADDRESS, _HEAD, _DATELINE, _OWN = 10.0, 6.0, 5.0, 6.0, 3.0, 4.0, 4.0
_LAW, _MOST_LAW, _LIKELY_AUTHORITY, _ANY = 1.0, 4.0, 2.0, 0.2
_LEAST = 1.0
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
    yield from _address_blocks(text, part)
    yield from ((start, end) for role, start, end in _labelled(flow, part) if role == "requested")


def _states(writer: Sequence[_Vote], addressee: Sequence[_Vote], kind: str, addresses: tuple[Range, ...]) -> States:
    one, other = _best_pair(_totals(writer), _totals(addressee))
    wrote, addressed = _proposal(one, writer), _proposal(other, addressee)
    if kind == RESPONSE:
        wrote, addressed = addressed, wrote
    return States(wrote, addressed, addresses)


def _best_pair(writer: Mapping[str, float], addressee: Mapping[str, float]) -> tuple[str, str]:
    """Return the two states with the most weight together that are not the same one."""
    ones = [("", 0.0), *((code, weight) for code, weight in writer.items() if weight >= _LEAST)]
    others = [("", 0.0), *((code, weight) for code, weight in addressee.items() if weight >= _LEAST)]
    pairs = [(a, b, x + y) for a, x in ones for b, y in others if not a or a[:2] != b[:2]]
    one, other, _ = max(pairs, key=lambda pair: pair[2])
    return one, other


def _totals(votes: Sequence[_Vote]) -> dict[str, float]:
    """Add up the votes by state; what speaks for a part of a state with own authorities speaks for that part."""
    totals: dict[str, float] = defaultdict(float)
    for vote in votes:
        totals[vote.code] += vote.weight
    for code in [code for code in totals if "-" in code]:
        if totals[code] >= _LEAST:
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
    address = _address_blocks(text, part)
    head = min([part.start + _TOP, *(start for start, _ in address)])
    labelled = list(_labelled(flow, part))
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
                writer.append(_vote(mention, _writer_weight(flow, part, mention, head, before, after)))
    return writer, addressee


def _is_addressed(mention: StateMention, before: str, after: str) -> bool:
    """Return whether the words around a mention address the state: they ask of it, or ask it to help."""
    if mention.kind in (SEAT, CUE):
        return False
    return any(rule.search(before) for rule in _rules("addressed")) or _pattern("helps").match(after) is not None


def _vote(mention: StateMention, weight: float) -> _Vote:
    return _Vote(mention.code, mention.start, mention.end, weight * _TRUST.get(mention.kind, 1.0))


def _writer_weight(flow: Flow, part: FilePart, mention: StateMention, head: int, before: str, after: str) -> float:
    """Return how much a mention that addresses nobody speaks for the state that writes."""
    if mention.kind == SEAT:
        foot = part.end - _FOOT
        dated = _pattern("dateline").search(before) and _pattern("dated").match(after)
        return _DATELINE if dated and (mention.start < head + _TOP or mention.start > foot) else _seat_of(before)
    at_foot = part.end - mention.end < _SIGNATURE and mention.kind == NAME
    if (mention.start < head or at_foot) and mention.kind != PEOPLE:
        return _HEAD
    if mention.kind != PEOPLE and _pattern("own").search(before):
        return _OWN
    if mention.kind != PEOPLE and _pattern("asks").match(after):
        return _ASKS
    return _LIKELY_AUTHORITY if mention.kind in (AUTHORITY, CUE) else _ANY


def _seat_of(before: str) -> float:
    line = before.rpartition("\n")[2][-90:]
    return 1.0 if any(word in line for word in load("nlp.jurisdictions")["court_words"]) else 0.0


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
        if len(code) == 2 and code not in ("EU",) and given[code] < _MOST_LAW:
            given[code] += _LAW
            yield _Vote(code, span.start, span.end, _LAW * span.readings[0].score)


# --- labels and addresses ------------------------------------------------------------------------------------------


def _labelled(flow: Flow, part: FilePart) -> Iterator[tuple[str, int, int]]:
    """Yield the lines that name one of the two states after a label, with the label's role."""
    first, last = flow.at(part.start), flow.at(part.end)
    for found in _label_pattern().finditer(flow.folded, first, last):
        role = "requesting" if found["requesting"] else "requested"
        start, end = flow.original(*found.span("rest"))
        yield role, start, end


@cache
def _label_pattern() -> regex.Pattern[str]:
    labels = load("nlp.request_states")["labels"]
    number = r"(?:[(\[]?(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)\]º°]{1,2}[ \-–]*(?:[a-z][.)] )?)?"
    return regex.compile(
        rf"^[ \t#*_|>•·\-]*{number}(?:(?P<requesting>{labels['requesting']})|(?P<requested>{labels['requested']}))"
        rf"(?: \([^)\n]{{1,40}}\))? ?(?:[:|]|\n(?=[^\n:]{{3,120}}$)|(?<=[a-z]{{6}})[-–—] ) ?\n?"
        r"(?P<rest>[^\n]{2,300})",
        regex.MULTILINE,
    )


def _address_blocks(text: str, part: FilePart) -> list[tuple[int, int]]:
    """Return the paragraphs near the top that are an address: by their first words, or above a salutation."""
    blocks = list(_paragraphs(text, part))
    found: list[tuple[int, int]] = []
    for number, (start, end, folded) in enumerate(blocks):
        if start - part.start > _ADDRESS_WITHIN or len(folded) > 400:
            continue
        following = blocks[number + 1][2] if number + 1 < len(blocks) else ""
        greeted = number > 0 and _pattern("salutation").match(following) and not _pattern("salutation").match(folded)
        short = all(len(line) < 110 for line in folded.split("\n"))
        opens = _pattern("address").match(folded) or _DATIVE.match(text, start)
        if short and (opens or (greeted and not _YEAR.search(folded))):
            found.append((start, end))
    return found


def _paragraphs(text: str, part: FilePart) -> Iterator[tuple[int, int, str]]:
    for match in regex.finditer(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*", text, pos=part.start, endpos=part.end):
        yield match.start(), match.end(), fold(match[0])


@cache
def _rules(name: str) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_states")[name])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_states")[name])
