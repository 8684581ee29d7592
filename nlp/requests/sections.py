"""Sections of a letter, each ended by the next heading even if that one is unknown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import regex

from extraction.document import Block
from nlp.annotations import Unit
from nlp.requests.sentences import ITEM
from nlp.structure.requests import find_request_sections

# "7. DESCRIPCIÓN", "3. Law: ...": a number with a short label; "DAS GARANTIAS", "Assurance": a short line alone.
_HEADING = regex.compile(
    r"^[ \t#*_|]*(?:(?:[IVXLC]{1,5}|\d{1,2}|[A-Z])[ \t]?[.)\-–—º°]+[ \t]*"
    r"(?:\p{Lu}[^\n:.]{2,60}(?=:)|[^\n\p{Ll}]{4,90}$)"
    r"|\p{Lu}{2}[^\n\p{Ll}]{3,80}$)"
    r"|(?<=\n\n)(?:[IVXLC]{1,5}|\d{1,2})[ ]?[.)\-–—]{1,2}[ ]\p{Lu}[\p{L} '’,-]{3,60}(?=\n\n)"
    r"|(?<=\n\n)\p{Lu}[\p{L} '’,-]{3,44}(?=\n)",
    regex.MULTILINE,
)
_LETTERED = 0.96
# Sections of these keys have few paragraphs: later ones without a heading belong to no section.
_PARAGRAPHS = {"urgency": 2, "confidentiality": 2, "reciprocity": 2, "reference": 1, "to_requested": 1,
               "from_requesting": 1, "dual_criminality": 2, "specialty": 2}  # fmt: skip


def letter_sections(text: str, blocks: Sequence[Block]) -> tuple[Unit, ...]:
    """Return the sections of ``text``; the lettered ones of a form keep their content."""
    headings = [match.start() for match in _HEADING.finditer(text) if regex.search(r"\p{L}{3}", match[0])]
    units = [_shortened(text, _ended(unit, headings)) for unit in find_request_sections(text, blocks)]
    return tuple(_asked(above, unit) for above, unit in zip([None, *units], units, strict=False))


def _asked(above: Unit | None, unit: Unit) -> Unit:
    """Return an item of a list of measures as such ("3. Interrogation of the suspect"), though it may be a heading."""
    listed = above is not None and above.key == "assistance" and ITEM.match(unit.label) is not None
    return replace(unit, key="assistance") if listed and unit.key == "testimony" else unit


def _shortened(text: str, unit: Unit) -> Unit:
    """Return a section limited to few paragraphs."""
    if unit.key not in _PARAGRAPHS or unit.confidence >= _LETTERED:
        return unit
    body = unit.start + len(unit.label)
    content = regex.match(rf"(?:\s*\S[^\n]*(?:\n[ \t]*\S[^\n]*)*){{0,{_PARAGRAPHS[unit.key]}}}", text[body : unit.end])
    return replace(unit, end=body + content.end()) if content else unit


def _ended(unit: Unit, headings: Sequence[int]) -> Unit:
    if unit.confidence >= _LETTERED:
        return unit
    number = bisect_right(headings, unit.start + len(unit.label))
    if number < len(headings) and headings[number] < unit.end:
        return replace(unit, end=headings[number])
    return unit
