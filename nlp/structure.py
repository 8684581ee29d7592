"""Structure of a document: units of legislation, parts of a judgment, sections of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extraction.document import Block
from nlp.annotations import Segment, Unit
from nlp.legislation import find_legislation
from nlp.unit_labels import grammar

_BASIC = frozenset({"article", "disposition", "paragraph", "preamble"})


def find_structure(
    text: str,
    blocks: Sequence[Block] = (),
    *,
    document_type: str = "",
    language: str = "",
    jurisdiction: str = "",
    segments: Sequence[Segment] = (),
) -> tuple[Unit, ...]:
    """Return the units of ``text``, each parent before its children."""
    language = language or _main_language(text, segments)
    return find_legislation(text, blocks, language, jurisdiction)


def _main_language(text: str, segments: Sequence[Segment]) -> str:
    """Return the language (es, pt, en, fr) of most of the text."""
    sizes: dict[str, int] = {}
    for segment in segments:
        if segment.label in grammar()["words"]:
            sizes[segment.label] = sizes.get(segment.label, 0) + segment.end - segment.start
    if sizes:
        return max(sizes, key=lambda label: sizes[label])
    words = regex.findall(r"\p{L}+", text[:40_000].lower())
    counts: dict[str, int] = {
        label: sum(word in known for word in words) for label, known in grammar()["words"].items()
    }
    return max(counts, key=lambda label: counts[label])


def provisions(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the basic provisions, which together cover the text from the first unit to the last without overlap.

    They are the preamble, articles, sections of an act, dispositions, paragraphs of a schedule, and groupings that
    hold none of these. Headings above a provision, and its rubric, are part of its range.
    """
    basic: list[Unit] = []
    reached = 0
    for place, unit in enumerate(units):
        if unit.start < reached or not (unit.kind in _BASIC or _is_leaf(units, place)):
            continue
        basic.append(replace(unit, start=reached if basic else unit.start))
        reached = unit.end
    return tuple(basic)


def _is_leaf(units: Sequence[Unit], place: int) -> bool:
    """Tell whether a grouping holds no other unit."""
    return place + 1 == len(units) or units[place + 1].start >= units[place].end
