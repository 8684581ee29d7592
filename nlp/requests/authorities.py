"""The issuing authority of the letter: by label, opening, letterhead or signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.proposal import ANSWER, COVER, OWN_WORDS, FilePart, Proposal
from nlp.requests.request_type import RESPONSE
from nlp.requests.state_mentions import PEOPLE, state_mentions

ORIGIN = "requests.authorities@1"
_TOP, _FOOT = 700, 400
_OPENS, _BY, _HEADS, _SIGNS, _LATER_LINE, _AGAIN = 6.0, 6.5, 5.0, 3.5, 0.4, 0.5
_IN_LETTER = 3.0
# An institution with a place of the writing State or of the addressed one, in its line or shortly after it.
_OWN_SIDE, _OTHER_SIDE, _BESIDE = 0.5, -4.0, 90
# The weight of heads that name a person by the office, not an institution.
_PERSON = 1
_MAX_LENGTH = 140


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    weight: float


def read_issuing_authority(context: RequestContext) -> list[Proposal]:
    """Return the court, prosecutor or other body that issues the letter or answer."""
    candidates = [found for part in context.parts if part.kind in OWN_WORDS for found in _in_part(context, part)]
    if not candidates:
        return []
    seen: dict[str, int] = {}
    for candidate in candidates:
        key = fold(context.text[candidate.start : candidate.end])
        seen[key] = seen.get(key, 0) + 1
    best = max(
        candidates,
        key=lambda candidate: (
            candidate.weight
            + _AGAIN * min(3, seen[fold(context.text[candidate.start : candidate.end])])
            + _side(context, candidate),
            -candidate.start,
        ),
    )
    value = " ".join(context.text[best.start : best.end].split())
    return [Proposal(value, best.start, best.end, round(min(0.95, 0.35 + best.weight / 22), 2), ORIGIN)]


def _side(context: RequestContext, candidate: _Candidate) -> float:
    """Return what the States named with an institution add to its weight: it is in the State that writes the letter."""
    writer, addressee = context.requesting_state[:2], context.requested_state[:2]
    if context.document_type.value == RESPONSE:
        writer, addressee = addressee, writer
    blank = context.text.find("\n\n", candidate.end)
    end = min(candidate.end + _BESIDE, blank if blank >= 0 else len(context.text))
    mentions = state_mentions(context.text, candidate.start, end)
    codes = {mention.code[:2] for mention in mentions if mention.kind != PEOPLE}
    if writer in codes:
        return _OWN_SIDE
    return _OTHER_SIDE if addressee and addressee in codes else 0.0


def _in_part(context: RequestContext, part: FilePart) -> Iterator[_Candidate]:
    """Yield the institutions that a part names where its writer is named, each weighed by place and kind."""
    own = 0.0 if part.kind == COVER else _IN_LETTER
    for start, end, weight in _labelled(context, part):
        yield _Candidate(start, end, weight + own)
    flow = context.flow
    first, last = flow.at(part.start), flow.at(part.end)
    for conducting, pattern in _heads():
        for head in pattern.finditer(flow.folded, first, last):
            start, end = _name(context, head.start())
            if _pattern("numbered").search(flow.folded, max(first, head.start() - 12), head.start()):
                continue
            if end - start < 5 or _is_addressee(context, start) or _pattern("paper").match(flow.folded, head.start()):
                continue
            place = _place_weight(context, part, head.start(), start)
            if place:
                central = conducting == 0 and part.kind == ANSWER
                yield _Candidate(start, end, place + own + (1.5 if central else float(conducting)))


def _is_addressee(context: RequestContext, place: int) -> bool:
    return any(start <= place < end for start, end in context.states.addresses)


def _place_weight(context: RequestContext, part: FilePart, index: int, place: int) -> float:
    """Return the weight of an institution's place as evidence that it is the writer; 0 without evidence."""
    flow = context.flow
    sentence = sentence_at(context.sentences, index)
    before = flow.folded[sentence.start : index]
    after = flow.folded[index : min(sentence.end, index + 260)]
    if part.kind != ANSWER and _pattern("by").search(before):
        return _BY
    addressed = any(part.start <= start < place for start, _ in context.states.addresses)
    head = place - part.start < _TOP and not addressed
    if head and len(before.strip()) < 40 and sentence.end - sentence.start < 200:
        line = flow.folded.count("\n", flow.at(part.start), index)
        return _HEADS + _LATER_LINE * min(line, 4)
    if place - part.start < 4 * _TOP and (_introduces_himself(before) or _opens(before, after)):
        return _OPENS
    return _SIGNS if part.end - place < _FOOT and len(before.strip()) < 30 else 0.0


def _introduces_himself(before: str) -> bool:
    """Return whether the words before an institution introduce the writer and contain no request yet."""
    return _pattern("first").search(before) is not None and _pattern("presents").search(before) is None


def _opens(before: str, after: str) -> bool:
    """Return whether the institution is the subject of its sentence."""
    return len(before.strip()) < 40 and _pattern("presents").search(after) is not None


def _labelled(context: RequestContext, part: FilePart) -> Iterator[tuple[int, int, float]]:
    """Yield the text after a label of the requesting authority, with the label's weight."""
    flow = context.flow
    for weight, pattern in _labels():
        for found in pattern.finditer(flow.folded, flow.at(part.start), flow.at(part.end)):
            start, end = _name(context, found.end())
            known = any(
                conducting != _PERSON and head.search(fold(context.text[start:end])) for conducting, head in _heads()
            )
            if end - start >= 5 and not _is_addressee(context, start) and known:
                yield start, end, weight
    for unit in context.sections_of("from_requesting"):
        if part.start <= unit.start < part.end and len(unit.label) < 100:
            index = flow.at(unit.start + len(unit.label))
            gap = regex.match(r"[\s:.\-–—]*", flow.folded, pos=index)
            start, end = _name(context, gap.end() if gap else index)
            if end - start >= 5 and any(head.match(fold(context.text[start:end])) for _, head in _heads()):
                yield start, end, 9.0


def _name(context: RequestContext, index: int) -> tuple[int, int]:
    """Return the range of the name that begins at an index of the running text."""
    flow = context.flow
    limit = min(len(flow.folded), index + _MAX_LENGTH)
    ends = _pattern("ends").search(flow.folded, index + 3, limit)
    stop = ends.start() if ends else limit
    words = flow.folded[index:stop]
    kept = 0
    for number, piece in enumerate(words.split(",")):
        if number and not _pattern("goes_on").search(piece):
            break
        kept += len(piece) + (1 if number else 0)
    start, end = flow.original(index, index + kept)
    return start, end - (len(context.text[start:end]) - len(context.text[start:end].rstrip(" .,-–:")))


@cache
def _heads() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    return tuple(
        (int(rule["weight"]), regex.compile(rf"(?<![\p{{L}}\d])(?:{rule['re']})(?!\p{{L}})"))
        for rule in load("nlp.request_authorities")["heads"]
    )


@cache
def _labels() -> tuple[tuple[float, regex.Pattern[str]], ...]:
    number = r"(?:[(\[]?(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)\]º°]{1,2}[ \-–]*(?:[a-z][.)] )?)?"
    return tuple(
        (
            float(rule["weight"]),
            regex.compile(
                rf"^[ \t#*_|>•\-]*{number}(?:{rule['re']})(?: \([^)\n]{{1,40}}\))?(?: ?[:|] ?\n?| ?\n)", regex.MULTILINE
            ),
        )
        for rule in load("nlp.request_authorities")["labels"]
    )


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_authorities")[name])
