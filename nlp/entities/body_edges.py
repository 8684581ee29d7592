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
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import fold, words_of
from nlp.patterns import compile_pattern, expanded

ORIGIN = "body_edges@1"
BODIES = frozenset({"COURT", "ORGANISATION", "AUTHORITY"})
_RULES = ("pointed_court", "anonymous", "bracketed", "treasury", "in_capitals", "vara", "section")
_ENDS = {"PERSON": ("footnote", "judge_behind", "others"), "DATE": ("date_end",)}
PLACES = frozenset({"LOCATION", "COUNTRY"})
_REACH = 60
_ACRONYM = 25  # most characters between a law and its abbreviation in brackets


def bodies(text: str, read: Sequence[Span]) -> Iterator[Span]:
    """Yield the bodies, and the judges behind "Justice", in ``text`` that a written form alone names.

    A company in capitals that is part of a longer name in ``read`` is no name of its own.
    """
    for rule in _RULES:
        yield from _named(rule, "ORGANISATION", text)
    for company in _named("company", "ORGANISATION", text):
        if not any(company.within(span) and span.label in BODIES for span in read):
            yield company
    yield from _named("justice", "PERSON", text)


def _named(rule: str, label: str, text: str) -> Iterator[Span]:
    for match in _pattern(rule).finditer(text):
        start, end = match.span("name") if "name" in match.groupdict() else match.span()
        yield Span(start, end, label, _value(text, start, end), 0.8, ORIGIN)


def supreme_courts(text: str) -> Iterator[Span]:
    """Yield the courts of a State that a text names without its State: ``la Cour constitutionnelle``."""
    return _named("supreme", "ORGANISATION", text)


def is_no_name(text: str) -> bool:
    """Return whether a line in capitals is a formula, not the name of a body."""
    return _pattern("not_whole").search(text) is not None


def without_false_bodies(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield ``spans`` without roles, hearings, series of reports and abbreviations of laws taken for bodies."""
    laws = [span.end for span in spans if span.label in ("LAW", "TREATY")]
    for span in spans:
        if span.label == "LOCATION" and _pattern("no_place").fullmatch(fold(text[span.start : span.end])):
            continue
        if span.label not in BODIES | {"INSTITUTION"} or not _is_false(span, text, laws):
            yield span


def completed(spans: Sequence[Span], text: str) -> list[Span]:
    """Return the sorted ``spans`` with bodies extended over their parts, matters and districts, or joined."""
    extended = [_extended(span, text) if span.label in BODIES else span for span in spans]
    joined: list[Span] = []
    last = -1  # the place in ``joined`` of the last body
    for span in extended:
        whole = _joined(joined[last], span, text) if last >= 0 and span.label in BODIES | PLACES else None
        if whole is not None:
            joined[last] = whole
        if whole is None or span.label in PLACES:
            joined.append(span)
        if whole is None and span.label not in PLACES:
            last = len(joined) - 1 if span.label in BODIES else -1
    return [span for span in joined if not _is_within(span, joined)]


def ended(span: Span, text: str) -> Span:
    """Return a name or date without what follows it: a judicial suffix in points, a footnote, "and others", "and"."""
    written = text[span.start : span.end]
    rules = _ENDS.get(span.label, ("others",) if span.label in BODIES else ())
    if span.label in BODIES and (place := _line_of_place(written)):
        return _moved(span, span.start, span.start + place, text)
    found = next((match for rule in rules if (match := _pattern(rule).search(written))), None)
    return _moved(span, span.start, span.start + found.start(), text) if found and found.start() else span


def _line_of_place(written: str) -> int:
    """Return where a State alone on its line begins behind a name in capitals, 0 if none does."""
    name, _, line = written.rpartition("\n")
    if not name or not written.isupper():
        return 0
    return len(name) if any(s.label == "COUNTRY" and s.end - s.start == len(line) for s in _listed(line)) else 0


def _listed(line: str) -> Sequence[Span]:
    return find_gazetteer(line, words_of(line))


def _is_false(span: Span, text: str, laws: Sequence[int]) -> bool:
    written = text[span.start : span.end]
    if _pattern("union").fullmatch(written) and _pattern("act_of").search(text[max(0, span.start - 30) : span.start]):
        return True
    if span.label == "INSTITUTION":
        return False
    if written.endswith("High Court") and _pattern("judge_role").match(text, span.end):
        return True
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
    for rule in ("small_courts", "branch", "area", "matters", "chamber_behind"):
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
    if second.label in PLACES:
        elided = (
            len(between) <= 1 and not between.strip() and _pattern("elided").search(text, first.start, second.start)
        )
        return _moved(first, first.start, second.end, text) if elided else None
    part = _pattern("part").match(text, first.start, first.end)
    beside = not between.strip() and second.start - first.end <= 1
    if part and (beside or _pattern("of").fullmatch(between)):
        return _moved(first, first.start, max(first.end, second.end), text)
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
        chambers += r"|(?:COUR|CORTE|JUZGADO)\b"
        return compile_pattern(rf"{load('nlp.name_repair')['court']}|{chambers}", case_sensitive=True)
    expression = rf"{rules['part']}{rules['of']}$" if name == "before" else rules[name]
    return compile_pattern(expanded(expression, rules), case_sensitive=True)
