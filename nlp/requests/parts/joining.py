"""Joining of the parts of a file: repeated starts, parts without words, parts of one kind that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.requests.proposal import ANNEX, FilePart


def without_repeats(starts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the starts without those that go on with the part above: several translations, annexes of an annex."""
    kept: list[tuple[int, str]] = []
    for start, kind in starts:
        if not kept or kept[-1][1] != kind or kind == ANNEX:
            kept.append((start, kind))
    return kept


def with_words(text: str, parts: Sequence[FilePart]) -> list[FilePart]:
    """Return the parts that have words; blanks after the last line belong to the part before."""
    kept: list[FilePart] = []
    for part in parts:
        if kept and not text[part.start : part.end].strip():
            kept[-1] = replace(kept[-1], end=part.end)
        else:
            kept.append(part)
    return kept


def merged(parts: Sequence[FilePart]) -> list[FilePart]:
    """Return the parts, those of one kind that follow each other joined; each annex stays by itself."""
    joined: list[FilePart] = []
    for part in parts:
        if joined and joined[-1].kind == part.kind and part.kind not in (ANNEX,):
            joined[-1] = replace(joined[-1], end=part.end)
        else:
            joined.append(part)
    return joined
