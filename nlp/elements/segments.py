"""Segments of a clause, each a range of the text that states one element, joined and trimmed to whole phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

_ONE_PHRASE = frozenset({"conduct", "object"})
_LETTER = regex.compile(r"\w")
_CONJUNCTION = regex.compile(r"(?:[\s,;]+(?:e|y|o|u|ou|et|and|or))+[\s,;]*$")
_EDGES = " \t\n,;:.—–"


@dataclass(frozen=True, slots=True)
class Segment:
    """A range of a text that states one element, with the reason (``cue:a sabiendas``) and a confidence from 0 to 1."""

    element: str
    start: int
    end: int
    why: str
    confidence: float


def has_word(folded: str, start: int, end: int) -> bool:
    """Return whether a range of a folded text has a letter."""
    return bool(_LETTER.search(folded, start, end))


def joined(folded: str, segments: Sequence[Segment]) -> list[Segment]:
    """Merge consecutive segments of the same element without a word in between; leave out empty ones."""
    merged: list[Segment] = []
    for segment in segments:
        last = merged[-1] if merged else None
        if segment.start >= segment.end:
            continue
        if last and last.element == segment.element and not has_word(folded, last.end, segment.start):
            merged[-1] = replace(last, end=segment.end)
        else:
            merged.append(segment)
    return merged


def trimmed(text: str, segment: Segment) -> Segment:
    """Return the segment without spaces and punctuation at its ends."""
    start, end = segment.start, segment.end
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return replace(segment, start=start, end=end)


def whole_phrase(folded: str, segment: Segment, following: str) -> Segment:
    """Return the segment without a conjunction at its end, unless ``following`` belongs to the same phrase."""
    if {segment.element, following} <= _ONE_PHRASE:
        return segment
    last = _CONJUNCTION.search(folded, segment.start, segment.end)
    return replace(segment, end=last.start()) if last else segment
