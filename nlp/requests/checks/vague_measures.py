"""Measures that cannot be carried out as they are asked for: left open, or without a person, an account or a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import regex

from nlp.requests.boxes import Range
from nlp.requests.checks.evidence_words import asked_ranges, weighed
from nlp.requests.checks.words import Fields, measure_of, target_of
from nlp.requests.context import RequestContext, once
from nlp.requests.proposal import Proposal
from nlp.requests.statements import ASKED, EXCLUDED, REPORTED, TOLD, Statement, find_statements

LEFT_OPEN, UNNAMED, NO_ACCOUNT, NO_LINE = "open_ended", "unnamed", "anywhere", "no_line"
_NEAR_NAME, _NEAR_NUMBER, _HEARING = 45, 150, 60
_NUMBER, _LINE = regex.compile(r"\d{4}|\d{3}[ .-]\d"), regex.compile(r"\d(?:[ .-]?\d){5}")
_NAME = regex.compile(r"\p{Lu}\p{L}+")


def vague_measure(context: RequestContext, fields: Fields) -> str | None:
    """Return why a measure cannot be carried out as it is asked for: the finding of the item; None without a reason."""
    return next((finding for finding, places in _REASONS.items() if next(places(context, fields), None)), None)


def vague_places(context: RequestContext, fields: Fields, finding: str) -> Iterator[Range]:
    """Yield the ranges of the running text of what makes measures vague by a finding of :func:`vague_measure`."""
    return _REASONS[finding](context, fields) if finding in _REASONS else iter(())


def _left_open(context: RequestContext, fields: Fields) -> Iterator[Range]:
    folded = context.flow.folded
    for start, end in _requests(context, fields):
        yield from (found.span() for found in weighed("left_open").finditer(folded, start, end))


def _unnamed(context: RequestContext, fields: Fields) -> Iterator[Range]:
    """Yield persons to be heard who are known by a post or a kinship alone, without a name behind it."""
    flow = context.flow
    for start, end in _requests(context, fields):
        for found in weighed("of_post").finditer(flow.folded, start, end):
            before = max(start, found.start() - _HEARING)
            if weighed("heard").search(flow.folded, before, found.start()) is None:
                continue
            if _NAME.search(flow.cased, found.end(), min(end, found.end() + _NEAR_NAME)) is None:
                yield found.span()


def _no_account(context: RequestContext, fields: Fields) -> Iterator[Range]:
    """Yield words for accounts whose records are asked for without a number or the name of the bank."""
    flow = context.flow
    for measure, statement in _asked_measures(context, fields, frozenset({"bank_information"})):
        near = (max(0, statement.start - _NEAR_NUMBER), statement.end + _NEAR_NUMBER)
        found = weighed("account_word").search(flow.folded, statement.start, statement.end)
        if found and not _NUMBER.search(target_of(measure.value)) and not _NUMBER.search(flow.folded, *near):
            yield found.span()


def _no_line(context: RequestContext, fields: Fields) -> Iterator[Range]:
    """Yield the statements that ask for interception without the number of a line or device."""
    for measure, statement in _asked_measures(context, fields, frozenset({"interception"})):
        words = context.flow.folded[statement.start : statement.end]
        if not _LINE.search(target_of(measure.value)) and not _LINE.search(words) and "@" not in words:
            yield statement.start, statement.end


_REASONS: Mapping[str, Callable[[RequestContext, Fields], Iterator[Range]]] = {
    LEFT_OPEN: _left_open,
    NO_LINE: _no_line,
    NO_ACCOUNT: _no_account,
    UNNAMED: _unnamed,
}


def _requests(context: RequestContext, fields: Fields) -> list[Range]:
    """Return the ranges of the clauses that ask for something and of the statements in which a measure begins."""
    measures = (statement for _, statement in _asked_measures(context, fields))
    return sorted({*asked_ranges(context), *((one.start, one.end) for one in measures)})


def _asked_measures(
    context: RequestContext, fields: Fields, kinds: frozenset[str] = frozenset()
) -> Iterator[tuple[Proposal, Statement]]:
    """Yield the measures, of ``kinds`` if any are given, with the statement that asks for them."""
    for measure in fields.get("measures", ()):
        if kinds and measure_of(measure.value) not in kinds:
            continue
        place = context.flow.at(measure.start)
        statement = next((one for one in _asking(context) if one.start <= place < one.end), None)
        if statement is not None:
            yield measure, statement


@once
def _asking(context: RequestContext) -> tuple[Statement, ...]:
    """Return the statements that ask for something, and those that neither tell nor report nor exclude."""
    others = {EXCLUDED, REPORTED, TOLD}
    found = ((one, {mood for _, mood in one.clauses}) for one in find_statements(context))
    return tuple(one for one, moods in found if ASKED in moods or not moods & others)
