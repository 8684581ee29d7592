"""Structure of a document: units of legislation, parts of a judgment, sections of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extraction.document import Block
from nlp.annotations import Segment, Unit
from nlp.structure.judgments import find_judgment_parts
from nlp.structure.legislation import DOUBTFUL_BOUNDS, find_legislation
from nlp.structure.requests import find_request_sections
from nlp.structure.unit_labels import grammar

_ENOUGH = 3
_SURELY_LEGISLATION = 60
_HEADING_MARKS = 20
_BASIC = frozenset({"article", "former_article", "disposition", "paragraph", "preamble"})


def find_structure(
    text: str,
    blocks: Sequence[Block] = (),
    *,
    document_type: str = "",
    language: str = "",
    jurisdiction: str = "",
    segments: Sequence[Segment] = (),
) -> tuple[Unit, ...]:
    """Return the units of ``text``, in order, each parent before its children.

    ``document_type`` decides which structure is sought; without it, or for a type without fixed structure, the text
    decides. ``language`` (ISO 639-1) is that of the headings, by default the main language of ``segments``, otherwise
    that of the words; headings of requests are recognised in all four languages. ``jurisdiction`` (ISO 3166 alpha-2)
    decides the form of labels. The time is linear in the length of the text.
    """
    language = language if language in grammar()["words"] else _main_language(text, segments)
    family = next((family for family, types in grammar()["families"].items() if document_type in types), "")
    if family == "legislation":
        return find_legislation(text, blocks, language, jurisdiction)
    if family == "judgment":
        return find_judgment_parts(text, blocks, language)
    if family == "request":
        return find_request_sections(text, blocks)
    return _by_evidence(text, blocks, language, jurisdiction)


def _by_evidence(text: str, blocks: Sequence[Block], language: str, jurisdiction: str) -> tuple[Unit, ...]:
    """Return the structure best supported by the text.

    Many articles indicate legislation, several typical sections a request, a ruling with facts or grounds a judgment.
    """
    legislation = find_legislation(text, blocks, language, jurisdiction)
    articles = sum(unit.kind in ("article", "disposition") for unit in legislation)
    if articles > _SURELY_LEGISLATION:
        return legislation
    request = find_request_sections(text, blocks)
    sections = {unit.key for unit in request} & set(grammar()["request_evidence"])
    if len(sections) >= _ENOUGH and len(request) > articles:
        return request
    judgment = find_judgment_parts(text, blocks, language)
    parts = {unit.key for unit in judgment}
    if "ruling" in parts and parts & {"facts", "grounds"} and articles < len(parts):
        return judgment
    return legislation if articles else ()


def structure_warnings(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return ``article_order`` if an article contains a line that may be the heading of another one."""
    return ("article_order",) if any(unit.confidence == DOUBTFUL_BOUNDS for unit in units) else ()


def _main_language(text: str, segments: Sequence[Segment]) -> str:
    """Return the main language of the text: es, pt, en or fr."""
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
    """Return the basic provisions, which cover the text from the first unit to the last without overlap.

    They are the preamble, articles, sections of an act, dispositions, paragraphs of a schedule, and groupings that
    contain text but none of these. The range of a provision includes the headings above it and its rubric.
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
    """Return whether a grouping contains no other unit but text beyond its heading."""
    unit = units[place]
    is_empty = unit.end - unit.start <= len(unit.label) + len(unit.heading) + _HEADING_MARKS
    return not is_empty and (place + 1 == len(units) or units[place + 1].start >= unit.end)
