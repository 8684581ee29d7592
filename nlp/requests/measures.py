"""Measures that a request asks for (ids of ``nlp/resources/concepts_measures.yaml``), with target and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.boxes import Range, ticked_ranges
from nlp.requests.context import RequestContext
from nlp.requests.proposal import Proposal
from nlp.requests.statements import ASKED, NEUTRAL, Statement, find_statements, folded_pattern, is_pending

ORIGIN = "requests.measures@1"
# What answers a request asks for nothing.
ANSWERS = frozenset({"response", "mla_response", "acknowledgment", "execution_return", "refusal", "postponement"})
REMINDERS = frozenset({"reminder"})
_REACH = 22
# Names in which the word of a measure asks for nothing ("Treaty on Extradition", "Registro Mercantil").
_NAMES = ("TREATY", "LAW", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION", "PERSON")
_SURE = {"section": 0.9, "statement": 0.85, "box": 0.95, "type": 0.8}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a statement that name a measure, as a range of the running text."""

    measure: str
    start: int
    end: int
    statement: Statement
    confidence: float


def read_measures(context: RequestContext) -> list[Proposal]:
    """Return one proposal a measure, in the order of the letter; an answer has none."""
    kind = str(context.document_type.value)
    if kind in ANSWERS:
        return []
    found = list(_mentions(context, pending=kind in REMINDERS))
    best: dict[str, Mention] = {}
    for mention in found:
        if mention.measure not in best or mention.confidence > best[mention.measure].confidence:
            best[mention.measure] = mention
    return [_proposal(context, mention) for mention in sorted(best.values(), key=lambda one: one.start)]


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


def _proposal(context: RequestContext, mention: Mention) -> Proposal:
    start, end = context.flow.original(mention.statement.start, mention.statement.end)
    within = [span for span in context.annotations.spans if start <= span.start < end]
    value = {"measure": mention.measure, "target": _target(context.text, within), "period": _period(within)}
    return Proposal(value, start, end, mention.confidence, ORIGIN)


def _target(text: str, spans: Sequence[Span]) -> str | None:
    """Return what the measure is aimed at, as written: an account, number or thing, else a person or body."""
    for labels in (("IDENTIFIER",), ("PERSON",), ("ORGANISATION", "AUTHORITY", "INSTITUTION"), ("LOCATION",)):
        for span in spans:
            if span.label in labels:
                return " ".join(text[span.start : span.end].split())
    return None


def _period(spans: Sequence[Span]) -> dict[str, str] | None:
    """Return the first and last of two dates or more in a statement."""
    dates = sorted(span.value for span in spans if span.label == "DATE" and span.value)
    return {"from": dates[0], "to": dates[-1]} if len(dates) > 1 else None


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
            regex.compile(rf"(?<!\w)(?:{'|'.join(entry.get('not_before') or ['(?!)'])})\s*\Z"),
            regex.compile(rf"\W*(?:{'|'.join(entry.get('not_after') or ['(?!)'])})"),
            frozenset(entry.get("instead_of", ())),
        )
        for measure, entry in load("nlp.request_measures").items()
    }
