"""Edges of the names of bodies: offices and chambers that belong to a court, districts, companies, lines in capitals.

The model was trained on few titles and judgments of this kind: it ends "Terceira Turma Recursal dos Juizados Especiais"
behind the second word, and takes a line in capitals for one name (``resources/body_edges.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.patterns import compile_pattern, expanded

ORIGIN = "body_edges@1"
BODIES = frozenset({"COURT", "ORGANISATION", "AUTHORITY"})
_RULES = ("pointed_court", "anonymous", "bracketed", "treasury", "in_capitals")
_REACH = 60
_ACRONYM = 25  # most characters between a law and its abbreviation in brackets


def bodies(text: str) -> Iterator[Span]:
    """Yield the bodies in ``text`` that a written form alone names."""
    for rule in _RULES:
        for match in _pattern(rule).finditer(text):
            start, end = match.span("name") if "name" in match.groupdict() else match.span()
            yield Span(start, end, "ORGANISATION", _value(text, start, end), 0.8, ORIGIN)


def is_no_name(text: str) -> bool:
    """Return whether a line in capitals is a formula, not the name of a body."""
    return _pattern("not_whole").search(text) is not None


def without_false_bodies(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield ``spans`` without roles, hearings, series of reports and abbreviations of laws taken for bodies."""
    laws = [span.end for span in spans if span.label in ("LAW", "TREATY")]
    for span in spans:
        if span.label not in BODIES | {"INSTITUTION"} or not _is_false(span, text, laws):
            yield span


def completed(spans: Sequence[Span], text: str) -> list[Span]:
    """Return the sorted ``spans`` with bodies extended over their parts, matters and districts, or joined."""
    extended = [_extended(span, text) if span.label in BODIES else span for span in spans]
    joined: list[Span] = []
    for span in extended:
        whole = _joined(joined[-1], span, text) if joined and span.label in BODIES else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(span)
    return [span for span in joined if not _is_within(span, joined)]


def ended(span: Span, text: str) -> Span:
    """Return a person's name without a judicial suffix in points and without the footnote on the next line."""
    written = text[span.start : span.end]
    found = _pattern("footnote").search(written) or _pattern("judge_behind").search(written)
    return _moved(span, span.start, span.start + found.start(), text) if found and found.start() else span


def _is_false(span: Span, text: str, laws: Sequence[int]) -> bool:
    written = text[span.start : span.end]
    if _pattern("union").fullmatch(written) and _pattern("act_of").search(text[max(0, span.start - 30) : span.start]):
        return True
    if span.label == "INSTITUTION":
        return False
    if _pattern("no_body").fullmatch(fold(written)) or _pattern("report").match(text, span.end):
        return True
    in_brackets = (
        span.label == "ORGANISATION"
        and text[span.start - 1 : span.start] == "("
        and text[span.end : span.end + 1] == ")"
    )
    return in_brackets and written.isupper() and any(0 <= span.start - law <= _ACRONYM for law in laws)


def _extended(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    if _pattern("chamber").search(text, start, end) and (kind := _pattern("kind").match(text, end)):
        end = kind.end()
    for rule in ("small_courts", "branch", "area"):
        if _is_court(text[start:end]) and (more := _pattern(rule).match(text, end)):
            end = more.end("seat") if rule == "area" else more.end()
    before = text[max(0, start - _REACH) : start]
    if (part := _pattern("before").search(before)) and "\n\n" not in part[0]:
        start -= len(before) - part.start()
    return span if (start, end) == (span.start, span.end) else _moved(span, start, end, text)


def _joined(first: Span, second: Span, text: str) -> Span | None:
    """Return a chamber or office and the body it belongs to as one span, or None."""
    if first.label not in BODIES or second.end <= first.end:
        return None
    between = text[first.end : second.start] if first.end <= second.start else ""
    part = _pattern("part").match(text, first.start, first.end)
    beside = not between.strip() and second.start - first.end <= 1
    if part and (beside or _pattern("of").fullmatch(between)):
        return _moved(first, first.start, second.end, text)
    return None


def _is_within(span: Span, others: Sequence[Span]) -> bool:
    return span.label in BODIES and any(
        other.label in BODIES and span.within(other) and (other.start, other.end) != (span.start, span.end)
        for other in others
    )


def _is_court(name: str) -> bool:
    return _pattern("court").match(name) is not None


def _moved(span: Span, start: int, end: int, text: str) -> Span:
    return replace(span, start=start, end=end, value=_value(text, start, end))


def _value(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    rules = load("nlp.body_edges")
    if name == "court":
        chambers = r"(?:\S+\s){0,2}(?:Turma|TURMA|Câmara|CÂMARA|Seção|Secção|Sección|Sala|Vara|Chambre)\b"
        return compile_pattern(rf"{load('nlp.name_repair')['court']}|{chambers}", case_sensitive=True)
    expression = rf"{rules['part']}{rules['of']}$" if name == "before" else rules[name]
    return compile_pattern(expanded(expression, rules), case_sensitive=True)
