"""The file's own reference: labels, numbers of letters and cases; the other side's references are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.proposal import COVER, OWN_WORDS, FilePart, Proposal
from nlp.requests.request_type import RESPONSE

ORIGIN = "requests.references@1"
_TOP = 1_500
_AT_LINE_START, _IN_LETTER, _NEAR_TOP, _LISTED = 2.0, 4.5, 1.5, 3.0
_BARE = 6.2
_OTHER_LETTER = 4.0
# Further references of a letter: their number, least weight, and what they may weigh less than the best.
_MOST, _ENOUGH, _LESS = 3, 10.0, 5.0
# The section of a form that names the orders which this one completes.
_EARLIER_ORDER = 10.0
# Page number after the reference in a scanned letterhead, in a column of its own.
_PAGE = regex.compile(r"[ \t]{3,}")
# A reference holds a figure: "CFP 4471/2023", "AN60.F1.004512-23", "P 20 123 000 456". Lower-case words end it.
_VALUE = regex.compile(
    r"(?P<value>(?:\p{Lu}[\p{Lu}\d]*(?:[\-/.][\p{Lu}\d]+)*[ ]+[Nn]\.?[º°o]\.?[ ]?)?"
    r"(?:\p{Lu}\p{L}+[ ]){0,3}(?:\p{Lu}{1,6}[ .]{1,2}){0,2}(?=[\p{L}./\-–_]*\d)[\p{L}\d][\p{L}\d./\-–_º°]*"
    r"(?:(?:[ ]-[ ]|[ ])(?=[\p{Lu}./\-–_]*\d)[\p{Lu}\d][\p{Lu}\d./\-–_]*){0,5})"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    weight: float


def read_own_reference(context: RequestContext) -> list[Proposal]:
    """Return the references that are the writer's own, best first: mostly the letter's number and that of the case."""
    candidates = [
        candidate for part in context.parts if part.kind in OWN_WORDS for candidate in _in_part(context, part)
    ]
    if not candidates:
        return []
    ranked = sorted(candidates, key=lambda candidate: (-candidate.weight, candidate.start))
    found: dict[str, Proposal] = {}
    for one in ranked:
        value = " ".join(context.text[one.start : one.end].split())
        likely = round(min(0.97, 0.4 + one.weight / 20), 2)
        if not found or one.weight >= max(_ENOUGH, ranked[0].weight - _LESS):
            known = any(value in other or other in value for other in found)
            found.update({} if known else {value: Proposal(value, one.start, one.end, likely, ORIGIN)})
    # An answer names the number of the request that it answers.
    return list(found.values())[: 1 if context.document_type.value == RESPONSE else _MOST]


def _in_part(context: RequestContext, part: FilePart) -> Iterator[_Candidate]:
    flow = context.flow
    first, last = flow.at(part.start), flow.at(part.end)
    taken: list[tuple[int, int]] = []
    for weight, yours, pattern in _labels():
        for label in pattern.finditer(flow.folded, first, last):
            if yours:
                end = flow.folded.find("\n", label.end()) % (last + 1)
                own = _own_label().search(flow.folded, label.end(), end)
                taken.append((label.end(), own.start() if own else end))
                continue
            found = _VALUE.match(flow.cased, label.end(), last)
            if found is None:
                continue
            start, value = found.start(), _trimmed(_in_column(context, found))
            if any(left <= start < right for left, right in taken) or not _is_reference(value):
                continue
            taken.append((start, start + len(value)))
            left, right = flow.original(start, start + len(value))
            yield _Candidate(left, right, weight + _place_weight(context, part, label.start(), left))
    yield from _bare(context, part, taken)


def _in_column(context: RequestContext, found: regex.Match[str]) -> str:
    """Return a value without the text of another column of its line, after three or more spaces."""
    left, right = context.flow.original(*found.span())
    kept = _PAGE.split(context.text[left:right])[0]
    return found[0] if len(kept) == right - left else found[0][: len(" ".join(kept.split()))]


def _place_weight(context: RequestContext, part: FilePart, index: int, place: int) -> float:
    """Return the weight of a reference's place: own line, near the top, in the letter rather than in its cover."""
    before = context.flow.folded[max(0, index - 60) : index]
    line = before.rpartition("\n")[2]
    weight = _AT_LINE_START if not line.strip(" \t#*_|-–•") else 0.0
    weight += _NEAR_TOP if place - part.start < _TOP else 0.0
    weight += 0.0 if part.kind == COVER else _IN_LETTER
    section = context.section_at(place)
    weight += _LISTED if section == "from_requesting" else 0.0
    weight -= _EARLIER_ORDER if section == "relations" else 0.0
    after = context.flow.folded[context.flow.at(place) :][:90]
    older = _other().search(line) or regex.match(r"[^\s]+,? (?:de|of|du|dated|from) (?:fecha )?\d{1,2}\b", after)
    return weight - (_OTHER_LETTER if older else 0.0)


def _bare(context: RequestContext, part: FilePart, taken: list[tuple[int, int]]) -> Iterator[_Candidate]:
    """Yield lines of the letterhead that are nothing but a reference."""
    for line in regex.finditer(r"[^\n]+", context.text, pos=part.start, endpos=min(part.end, part.start + _TOP)):
        words = _PAGE.split(line[0].strip())[0]
        start = line.start() + line[0].index(words) if words else line.start()
        lead = fold(context.text[line.start() : line.end()])
        if subject := _subject().match(lead) or _dated().match(lead):
            start = line.start() + subject.end()
            words = line[0][subject.end() :].strip()
        index = context.flow.at(start)
        known = any(left <= index < right for left, right in taken)
        if not known and _bare_pattern().fullmatch(words.lower()) and _is_reference(words):
            letter = 0.0 if part.kind == COVER else _IN_LETTER
            yield _Candidate(start, start + len(words), _BARE + _NEAR_TOP + letter)


def _trimmed(value: str) -> str:
    return regex.sub(r"[ .,\-–/_]+$", "", value)


def _is_reference(value: str) -> bool:
    """Return whether a value may be a reference: at least three signs with a figure, no date, no year alone."""
    figures = len(regex.findall(r"\d", value))
    if len(value) < 3 or not figures or len(value) > 60 or (" " in value and figures < 2):
        return False
    if regex.fullmatch(r"(?:19|20)\d{2}|\d{1,2}[./-](?:0?\d|1[0-2])[./-](?:19|20)?\d{2}|\d{1,2}", value):
        return False
    if regex.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", value):  # an IP address
        return False
    letters = regex.findall(r"\p{Ll}", value)
    return len(letters) <= len(value) // 2


@cache
def _labels() -> tuple[tuple[float, bool, regex.Pattern[str]], ...]:
    content = load("nlp.request_references")
    number = content["number"]
    return tuple(
        (
            float(rule["weight"]),
            bool(rule.get("yours")),
            regex.compile(rf"(?<![\p{{L}}\d])(?:{rule['re']})(?!\p{{L}})\.?[ ]?{number}(?:\([^)\n]{{1,30}}\)[ :]*)?"),
        )
        for rule in sorted(content["labels"], key=lambda rule: (not rule.get("yours"), -rule["weight"]))
    )


@cache
def _own_label() -> regex.Pattern[str]:
    """Match a label of the writer's own reference in the line of that of the other side."""
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{load('nlp.request_references')['own']})")


@cache
def _bare_pattern() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_references")["bare"])


@cache
def _other() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_references")["other"])


@cache
def _dated() -> regex.Pattern[str]:
    """Return the pattern of place and date in a line of the letterhead, up to the dash before a reference."""
    return regex.compile(load("nlp.request_references")["dated"])


@cache
def _subject() -> regex.Pattern[str]:
    """Return the pattern of a subject line up to the dash before its last words."""
    return regex.compile(load("nlp.request_references")["subject"])
