"""Provisions that a request transcribes: where each begins and ends, and which provision of which law it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from nlp.annotations import Reading, Span
from nlp.citations.identity import provision_identity
from nlp.requests.proposal import TRANSCRIPTION, FilePart

_REACH = 400
_LAWS_BEFORE = 3_000
_OPENS = regex.compile(r"(?:^|\n)[\s\"'«“‘*#>–—-]*$")


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A range of the letter that quotes one provision.

    ``body`` is the start of its text, after its heading. ``citation`` is the citing text; ``canonical`` is the id of
    the provision (``ref:es:codigo:penal#art-301``), empty if the law is unknown.
    """

    start: int
    body: int
    end: int
    citation: str
    canonical: str


def transcribed_provisions(text: str, parts: Iterable[FilePart], spans: Sequence[Span]) -> tuple[Transcribed, ...]:
    """Return the provisions that the transcriptions among ``parts`` quote, in order."""
    laws = sorted((span for span in spans if span.label in ("LAW", "REFERENCE")), key=lambda span: span.start)
    found = [transcribed for part in parts if part.kind == TRANSCRIPTION for transcribed in _in_part(text, part, laws)]
    return tuple(transcribed for transcribed in found if text[transcribed.body : transcribed.end].strip(" \n\"'«»“”"))


def _in_part(text: str, part: FilePart, laws: Sequence[Span]) -> Iterator[Transcribed]:
    """Yield the provisions of a part: a heading at the start of a line begins one; before the first, what cites it."""
    heads = [
        span
        for span in laws
        if part.start <= span.start < part.end
        and _OPENS.search(text, part.start, span.start)
        and _is_provision(text, span)
    ]
    first = heads[0].start if heads else part.end
    if text[part.start : first].strip(" \n\"'«»“”*#") and _has_words(text[part.start : first]):
        before = [span for span in laws if part.start - _REACH <= span.start < part.start and _is_provision(text, span)]
        if before:
            yield _one(text, before[-1], part.start, part.start, first, laws)
    ends = [*(head.start for head in heads[1:]), part.end]
    for head, end in zip(heads, ends, strict=False):
        yield _one(text, head, head.start, head.end, end, laws)


def _one(text: str, named: Span, start: int, body: int, end: int, laws: Sequence[Span]) -> Transcribed:
    citation = " ".join(text[named.start : named.end].split())
    return Transcribed(start, body, end, citation, _canonical(named, citation, laws))


def _canonical(named: Span, citation: str, laws: Sequence[Span]) -> str:
    """Return the id of the cited provision; an article alone is of the law cited last before it."""
    if "#" in named.value:
        return named.value
    before = [
        span.value.partition("#")[0]
        for span in laws
        if named.start - _LAWS_BEFORE <= span.start < named.start and span.value.startswith("ref:")
    ]
    found = provision_identity(Reading(before[-1], "", ""), citation) if before else ""
    return found if "#" in found else ""


def _is_provision(text: str, span: Span) -> bool:
    return "#" in span.value or bool(regex.search(r"\d", text[span.start : span.end]))


def _has_words(text: str) -> bool:
    return len(regex.findall(r"\p{L}{2,}", text)) >= 8
