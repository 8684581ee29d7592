"""Statements by which a letter says what it does with a request: withdraw it, ask about it, return it, transmit it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.flow import Flow

WITHDRAWAL, RESPONSE, SUPPLEMENT, EXTRADITION = "withdrawal", "response", "supplement", "extradition_request"
REMINDER = "reminder"
ANSWERS = (RESPONSE, "mla_response", "acknowledgment", "execution_return", "refusal", "postponement")
"""Types of documents that answer a request; the reader of letters calls each ``response``."""
# Types whose letters mention a withdrawal; types of a first request.
_MENTION_WITHDRAWAL = frozenset({RESPONSE, SUPPLEMENT})
_REQUESTS = frozenset({"mla_request", "rogatory_letter", "service_request"})
# Types of requests that name themselves in their supplements too, but not in an answer or a reminder.
_SELF_NAMED = frozenset({"eio", "preservation_request"})
# Number of statements that decide on a type against the weights; statements that decide nothing alone.
_LEAST = {RESPONSE: 2, REMINDER: 2, SUPPLEMENT: 2, EXTRADITION: 3}
_ONLY_TOGETHER = frozenset({WITHDRAWAL, SUPPLEMENT, EXTRADITION})
# Confidence of the weights below which a statement decides.
_DOUBTED = 0.5
_NEAR = 2_500
_TITLE, _SENTENCE = 0.9, 0.75

Patterns = Mapping[str, tuple[regex.Pattern[str], ...]]


@dataclass(frozen=True, slots=True)
class TypeStatement:
    """A statement in the title or a sentence at a range of the document, and the type of letter that it shows."""

    label: str
    start: int
    end: int
    in_title: bool

    @property
    def confidence(self) -> float:
        return _TITLE if self.in_title else _SENTENCE


def type_statements(flow: Flow, titles: Iterable[tuple[int, str]], start: int, end: int) -> list[TypeStatement]:
    """Return the statements of ``flow`` between the offsets ``start`` and ``end`` of the document, in their order.

    ``titles`` are the folded title lines with their offsets. Of overlapping statements of one type the first counts.
    """
    found = [
        TypeStatement(label, place, place + match.end(), in_title=True)
        for place, line in titles
        for label, patterns in _patterns("titles").items()
        for pattern in patterns
        if (match := pattern.match(line))
    ]
    first, last = flow.at(start), flow.at(end)
    found += [
        TypeStatement(label, *flow.original(*match.span()), in_title=False)
        for label, patterns in _patterns("statements").items()
        for pattern in patterns
        if (match := pattern.search(flow.folded, first, min(last, first + _NEAR)))
    ]
    found += _paired(flow, first, min(last, first + _NEAR))
    return list(_apart(sorted(found, key=lambda one: one.start)))


def _paired(flow: Flow, first: int, last: int) -> Iterator[TypeStatement]:
    """Yield both statements of each pair that shows a type together: what was asked before, and no answer to it."""
    for label, pairs in load("nlp.request_type_statements")["pairs"].items():
        for pair in pairs:
            places = [_earlier()[name].search(flow.folded, first, last) for name in pair]
            if all(places):
                yield from (TypeStatement(label, *flow.original(*one.span()), in_title=False) for one in places if one)


def _apart(found: Iterable[TypeStatement]) -> Iterator[TypeStatement]:
    reached: dict[str, int] = {}
    for one in found:
        if one.start >= reached.get(one.label, 0):
            reached[one.label] = one.end
            yield one


def deciding_statement(
    stated: Sequence[TypeStatement], label: str, score: float, *, is_named: bool
) -> TypeStatement | None:
    """Return the statement that decides on the type of a letter, none if the weights do.

    ``label`` is the type by the weights with ``score``; ``is_named`` is false of a type that does not say what the
    letter is about. A withdrawal decides except in letters that only mention one; a title or several statements of an
    answer, a reminder, a supplement or an extradition decide over another request, over an order or a request for
    preservation only those of an answer or a reminder, over an extradition also the title of a supplement; the first
    other statement decides in doubt.
    What says twice that it withdraws a request is no answer to one.
    """
    withdrawn = [one for one in stated if one.label == WITHDRAWAL]
    repeated = label == RESPONSE and len(withdrawn) >= _LEAST[RESPONSE]
    for one in withdrawn:
        if one.in_title or label not in _MENTION_WITHDRAWAL or repeated or score < _DOUBTED:
            return one
    in_doubt = not is_named or score < _DOUBTED
    for kind, least in _LEAST.items():
        found = [one for one in stated if one.label == kind]
        titled = any(one.in_title for one in found)
        may_be = label in _REQUESTS or (label in _SELF_NAMED and kind in (RESPONSE, REMINDER))
        may_be |= titled and (label, kind) == (EXTRADITION, SUPPLEMENT)
        if (may_be or in_doubt) and (len(found) >= least or titled):
            return found[0]
    return next((one for one in stated if one.label not in _ONLY_TOGETHER), None) if in_doubt else None


@cache
def _earlier() -> Mapping[str, regex.Pattern[str]]:
    return {name: regex.compile(pattern) for name, pattern in load("nlp.request_type_statements")["earlier"].items()}


@cache
def _patterns(kind: str) -> Patterns:
    content = load("nlp.request_type_statements")
    return {
        label: tuple(regex.compile(expanded(pattern, content["fragments"])) for pattern in patterns)
        for label, patterns in content[kind].items()
    }
