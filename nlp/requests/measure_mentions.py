"""Words of a letter that name a measure and ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.boxes import Range, ticked_ranges
from nlp.requests.context import RequestContext
from nlp.requests.statements import ASKED, NEUTRAL, Statement, find_statements, folded_pattern, is_pending

# What answers a request asks for nothing; a reminder asks for what is still awaited.
ANSWERS = frozenset({"response", "mla_response", "acknowledgment", "execution_return", "refusal", "postponement"})
REMINDERS = frozenset({"reminder"})
_REACH = 22
# Names in which the word of a measure asks for nothing ("Treaty on Extradition", "Registro Mercantil").
_NAMES = ("TREATY", "LAW", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION", "PERSON")
_SURE = {"section": 0.9, "statement": 0.85, "box": 0.95}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a statement that name a measure, as a range of the running text."""

    measure: str
    start: int
    end: int
    statement: Statement
    confidence: float


def find_measure_mentions(context: RequestContext) -> list[Mention]:
    """Return the places where a measure is asked for, in order; an answer has none."""
    kind = str(context.document_type.value)
    return [] if kind in ANSWERS else list(_mentions(context, pending=kind in REMINDERS))


def _mentions(context: RequestContext, *, pending: bool) -> Iterator[Mention]:
    flow = context.flow
    ticked = [(flow.at(start), flow.at(end)) for start, end in ticked_ranges(context.text)]
    empty = [(flow.at(start), flow.at(end)) for start, end in context.unticked]
    names = [(flow.at(span.start), flow.at(span.end)) for span in context.spans(*_NAMES)]
    taken = [*ticked, *empty, *names]
    for statement in _pending(context) if pending else find_statements(context):
        named = [one for one in _named(flow.folded, statement) if not _is_within(one, taken)]
        moods = (ASKED, NEUTRAL) if pending else (ASKED,)
        yield from _without_general(one for one in named if statement.mood_at(one.start) in moods)
    for start, end in ticked:
        option = Statement(start, end, "", ((start, ASKED),), is_item=True)
        yield from _without_general(replace(one, confidence=_SURE["box"]) for one in _named(flow.folded, option))


def _pending(context: RequestContext) -> Iterator[Statement]:
    """Yield the statements of a reminder on what is still awaited, with the items of the lists that they introduce."""
    awaited = False
    for statement in find_statements(context):
        words = context.flow.folded[statement.start : statement.end]
        language = context.language_at(context.flow.places[statement.start])
        awaited = is_pending(words, language) or (awaited and statement.is_item)
        if awaited:
            yield statement


def _is_within(mention: Mention, ranges: Iterable[Range]) -> bool:
    return any(start <= mention.start < end for start, end in ranges)


def _named(folded: str, statement: Statement) -> Iterator[Mention]:
    """Yield the measures that the words of a statement name, asked for or not."""
    sure = _SURE["section" if statement.section else "statement"]
    for measure, rule in _rules().items():
        for found in rule.words.finditer(folded, statement.start, statement.end):
            before = folded[max(statement.start, found.start() - _REACH) : found.start()]
            after = folded[found.end() : found.end() + _REACH]
            if not rule.not_before.search(before) and not rule.not_after.match(after):
                yield Mention(measure, *found.span(), statement, sure)


def _without_general(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield mentions except those that a more special measure of the same statement takes the place of."""
    named = list(mentions)
    covered = {(one.statement.start, other) for one in named for other in _rules()[one.measure].instead_of}
    yield from (one for one in named if (one.statement.start, one.measure) not in covered)


@dataclass(frozen=True, slots=True)
class _Rule:
    words: regex.Pattern[str]
    not_before: regex.Pattern[str]
    not_after: regex.Pattern[str]
    instead_of: frozenset[str]


@cache
def _rules() -> dict[str, _Rule]:
    return {
        measure: _Rule(
            folded_pattern(entry["words"]),
            _ending_with(entry.get("not_before", ())),
            regex.compile(rf"\W*(?:{'|'.join(entry.get('not_after') or ['(?!)'])})"),
            frozenset(entry.get("instead_of", ())),
        )
        for measure, entry in load("nlp.request_measures").items()
    }


def _ending_with(words: Sequence[str]) -> regex.Pattern[str]:
    """Match words, or signs, at the end of what stands before a measure's own."""
    bounded = (one if one in ",;(" else rf"(?<!\w)(?:{one})" for one in words)
    return regex.compile(rf"(?:{'|'.join(bounded) or '(?!)'})\s*\Z")
