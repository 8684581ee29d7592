"""Mentions of persons and organisations with their local evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from nlp.annotations import Segment, Span
from nlp.entities.defined_names import Defined, defined_names, occurrences
from nlp.entities.linked_bodies import BodyMention, read_body_name
from nlp.entities.linked_persons import PersonMention
from nlp.entities.name_evidence import Evidence, evidence_of, given_field, other_names, other_surname, title_before
from nlp.entities.person_names import names_couple, read_name, two_persons

# Version of mention detection and linking; to be increased with a change in either.
ORIGIN = "linking@1"
BODIES = ("ORGANISATION", "COURT", "AUTHORITY", "INSTITUTION")
_DEFINED = 0.85
_CODE = regex.compile(r"[A-Z]{2}:.+")


@dataclass(frozen=True)
class MarkedText:
    """A text with its annotations in order; ``language`` (ISO 639-1) is that of text outside the segments."""

    text: str
    spans: Sequence[Span]
    segments: Sequence[Segment]
    language: str

    def labelled(self, *labels: str) -> list[Span]:
        """Return the spans with one of ``labels``."""
        return [span for span in self.spans if span.label in labels]

    def language_at(self, at: int) -> str:
        """Return the language of the segment at an offset, that of the text outside all."""
        return next((part.label for part in self.segments if part.start <= at < part.end), self.language)

    def written(self, span: Span) -> str:
        """Return the words of a span without line breaks."""
        return " ".join(self.text[span.start : span.end].split())

    @cached_property
    def evidence(self) -> Mapping[int, Evidence]:
        """Return what the words around each name of a person or an organisation say, by its start."""
        return evidence_of(self.text, self.labelled("PERSON", "ORGANISATION"), self.spans)


def person_mentions(document: MarkedText) -> Iterator[PersonMention]:
    """Yield the mentions of persons; surnames and given names in separate form fields are one mention."""
    single = [span for span in document.labelled("PERSON") if not names_couple(document.written(span))]
    names = [part for span in single for part in two_persons(span)]
    by_place = {(span.start, span.end): span for span in names}
    fields = {span.start: place for span in names if (place := given_field(document.text, span))}
    within = [span for span in names if any(a <= span.start and span.end <= b for a, b in fields.values())]
    for span in names:
        if span not in within:
            place = fields.get(span.start)
            yield _person_mention(document, span, place, by_place.get(place) if place else None)


def _person_mention(
    document: MarkedText, span: Span, field: tuple[int, int] | None, beside: Span | None
) -> PersonMention:
    text, language = document.text, document.language_at(span.start)
    written = document.written(span)
    if field:
        written = f"{written}, {' '.join(text[slice(*field)].split())}"
    name = read_name(written, title=title_before(text, span.start), language=language)
    if surname := other_surname(text, span.end):
        name = replace(name, other=read_name(surname).words)
    return PersonMention(
        spans=(span, beside) if beside else (span,),
        written=written,
        name=name,
        language=language,
        evidence=document.evidence.get(span.start, Evidence()),
        aliases=tuple(other_names(text, span.end)),
    )


def body_mentions(document: MarkedText) -> Iterator[BodyMention]:
    """Yield the mentions of bodies; a short name defined in the text is treated as the full name."""
    named = document.labelled(*BODIES)
    defined = defined_names(document.text, named)
    owners = {span.start: span for span in named}
    wholes = {read_body_name(short.name): owners[short.owner] for short in defined}
    for span in named:
        whole = wholes.get(read_body_name(document.written(span)), span)
        evidence = document.evidence.get(span.start, Evidence())
        yield BodyMention(span, read_body_name(document.written(whole)), _code(whole), evidence)
    for span, whole in _short_mentions(document, defined, owners):
        yield BodyMention(span, read_body_name(document.written(whole)), _code(whole))


def _short_mentions(
    document: MarkedText, defined: Sequence[Defined], owners: Mapping[int, Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield the occurrences of short names outside other spans, with the mention that defines each."""
    first = {short.name: short.place[0] for short in defined}
    wholes = {short.name: owners[short.owner] for short in defined}
    at = 0
    for name, start, end in occurrences(document.text, first):
        while at < len(document.spans) and document.spans[at].end <= start:
            at += 1
        around = document.spans[max(0, at - 5) : at + 5]
        if not any(span.start < end and start < span.end for span in around):
            whole = wholes[name]
            yield Span(start, end, whole.label, document.text[start:end], _DEFINED, ORIGIN), whole


def _code(span: Span) -> str:
    """Return the code of a listed body, empty if it has none of its own."""
    own = span.label == "INSTITUTION" or (span.label == "AUTHORITY" and _CODE.fullmatch(span.value))
    return span.value if own else ""
