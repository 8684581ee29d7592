"""Repair of names in judgments after the model and the rules were merged.

The trained model cuts names whose form differs from its corpora: a court with its seat on the next line, a law firm
named after its partners, judges and parties in capitals (``resources/name_repair.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities import body_edges
from nlp.entities.captions import caption_names, trimmed
from nlp.folding import fold
from nlp.patterns import compile_pattern
from nlp.ranges import overlap

ORIGIN = "name_repair@3"
_BODIES = body_edges.BODIES
_PLACES = body_edges.PLACES
_TITLE = 12  # most characters before a name that is alone on its line
_NAMES = _BODIES | _PLACES | {"PERSON"}


def with_repaired_names(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return the merged, sorted ``spans`` of ``text`` with names completed, split or dropped by the rules."""
    dated = [span for span in spans if span.label != "DATE" or not _is(span, "no_date", text)]
    true = body_edges.without_false_bodies(dated, text)
    lines = [each for span in true for each in _by_line(span, text)]
    persons = [each for span in lines for each in _person(_with_named_seat(span, text), text)]
    rules = [
        *_firms(text), *_bodies_in_capitals(text), *_titled_judges(text), *_places(text), *caption_names(text),
        *body_edges.bodies(text, persons),
    ]  # fmt: skip
    whole = list(_longest([each for rule in rules for each in _ended(rule, text)]))
    ended = [each for span in persons for each in _ended(span, text)]
    ended = [span for span in ended if not _is_chamber_of(span, ended)]
    kept = [span for span in ended if span.label not in _NAMES or not any(overlap(span, name) for name in whole)]
    whole += [
        span for span in body_edges.supreme_courts(text) if not any(overlap(span, name) for name in (*kept, *whole))
    ]
    ordered = sorted([*kept, *whole], key=lambda span: (span.start, -span.end))
    return tuple(body_edges.completed(list(_with_seats(ordered, text)), text))


def _person(span: Span, text: str) -> Iterator[Span]:
    """Yield a person without ordinal signs and judicial suffixes, or each judge of a list in capitals."""
    if span.label != "PERSON":
        yield span
        return
    written = text[span.start : span.end]
    if _is(span, "no_person", text):
        return
    names = list(_pattern("judge").finditer(written)) if _pattern("judges").fullmatch(written) else []
    for match in names:
        yield _cut(span, span.start + match.start(), span.start + match.end(), text)
    if not names:
        head, tail = _pattern("before_person").match(written), _pattern("behind_person").search(written)
        start, end = span.start + (head.end() if head else 0), span.start + (tail.start() if tail else len(written))
        yield span if (start, end) == (span.start, span.end) else _cut(span, start, end, text)


def _longest(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans of the rules without those that overlap a longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start - each.end, each.start)):
        if not any(overlap(span, other) for other in kept):
            kept.append(span)
            yield span


def _is_chamber_of(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a body is part of the name of another: a chamber of a court."""
    return span.label in _BODIES and any(
        span.within(other) and other.label in _BODIES and (span.start, span.end) != (other.start, other.end)
        for other in others
    )


def _ended(span: Span, text: str) -> Iterator[Span]:
    """Yield a person or body without the words of a title page behind its name, if a name remains."""
    span = body_edges.ended(span, text)
    if span.label not in _BODIES | {"PERSON"}:
        yield span
    elif (end := trimmed(span.start, span.end, text)) > span.start:
        yield span if end == span.end else _cut(span, span.start, end, text)


def _cut(span: Span, start: int, end: int, text: str) -> Span:
    return replace(span, start=start, end=end, value=" ".join(text[start:end].split()))


def _firms(text: str) -> Iterator[Span]:
    """Yield law firms named after their partners: ``SCP Gadiou et Chevallier``."""
    return (_body(match.start(), match.end(), text) for match in _pattern("firm").finditer(text))


def _bodies_in_capitals(text: str) -> Iterator[Span]:
    """Yield bodies that are alone on their line in capitals: ``DEVON FIRE AND RESCUE AUTHORITY``."""
    names = (match.span("name") for match in _pattern("capitals").finditer(text))
    return (_body(start, end, text) for start, end in names if not body_edges.is_no_name(text[start:end]))


def _places(text: str) -> Iterator[Span]:
    """Yield capitals with their district, areas named by their kind, and seats of courts alone on their line."""
    for match in _pattern("place").finditer(text):
        yield replace(_body(match.start(), match.end(), text), label="LOCATION")
    for match in _pattern("own_line").finditer(text):
        if fold(match["name"]) in _folded_cities():
            yield replace(_body(*match.span("name"), text), label="LOCATION")


def _is(span: Span, pattern: str, text: str) -> bool:
    return _pattern(pattern).fullmatch(fold(text[span.start : span.end])) is not None


def _by_line(span: Span, text: str) -> Iterator[Span]:
    """Yield a person, or each line of a list of persons that the model read as one name.

    Lines are a list if the first contains little besides the name; a name that continues on the next line of running
    text is kept whole.
    """
    lines = text[span.start : span.end].split("\n")
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if span.label != "PERSON" or len(lines) == 1 or len(before) > _TITLE:
        yield span
        return
    start = span.start
    for line in lines:
        if len(line.split()) > 1:
            yield _cut(span, start, start + len(line.rstrip()), text)
        start += len(line) + 1


def _titled_judges(text: str) -> Iterator[Span]:
    """Yield judges in capitals after a title: ``HH JUDGE DAVIS-WHITE KC``."""
    for match in _pattern("titled_judge").finditer(text):
        start, end = match.span("name")
        yield Span(start, end, "PERSON", " ".join(text[start:end].split()), 0.8, ORIGIN)


def _with_named_seat(span: Span, text: str) -> Span:
    """Return a court with its chamber and a seat that is in no list: ``Tribunal de BONNEVILLE, chambre civile``."""
    if span.label not in _BODIES or not _pattern("court").match(text, span.start, span.end):
        return span
    seat = _pattern("named_seat").match(text, span.end)
    end = seat.end() if seat else span.end
    chamber = _pattern("chamber").match(text, end)
    end = chamber.end() if chamber else end
    return _cut(span, span.start, end, text) if end > span.end else span


def _body(start: int, end: int, text: str) -> Span:
    return Span(start, end, "ORGANISATION", " ".join(text[start:end].split()), 0.8, ORIGIN)


def _with_seats(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the spans, each court extended by the seat at the end of its name (``Tribunal Superior de Valencia``).

    The seat remains a place within the name; it is not the state of the same name (``Juzgado Penal de Granada``).
    """
    ends: dict[int, int] = {}
    last = -1
    for place, span in enumerate(spans):
        if last >= 0 and span.label in _PLACES and _is_seat(spans[last], span, text):
            ends[last] = span.end
            ends[place] = -1
        elif span.label not in _PLACES:
            last = place
    for place, span in enumerate(spans):
        end = ends.get(place, 0)
        if end > span.end:
            yield _cut(span, span.start, end, text)
        elif end < 0 and text[span.start : span.end] in _cities():
            yield replace(span, label="LOCATION", value=text[span.start : span.end])
        else:
            yield span


def _is_seat(body: Span, place: Span, text: str) -> bool:
    if body.label not in _BODIES or not _pattern("court").match(text, body.start, body.end):
        return False
    if place.within(body):
        return place.end == body.end
    return _pattern("of").fullmatch(text, body.end, place.start) is not None


@cache
def _cities() -> frozenset[str]:
    """Return the seats of courts, some of which have the name of a state (Granada, Panamá)."""
    return frozenset(city for cities in load("nlp.jurisdictions")["cities"].values() for city in cities)


@cache
def _folded_cities() -> frozenset[str]:
    return frozenset(fold(city) for city in _cities())


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return compile_pattern(load("nlp.name_repair")[name], case_sensitive=True)
