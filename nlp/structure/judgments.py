"""Parts and numbered paragraphs of a judgment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from extraction.document import Block
from extraction.resource import load
from nlp.annotations import Unit
from nlp.compiled_patterns import compiled
from nlp.folding import fold
from nlp.structure.section_headings import Lexicon, SectionHeading, lexicon, section_headings

ORIGIN = "structure.judgments@3"
_NUMBERED = compiled(
    r"^[ \t#*_>]*(?P<mark>\[(?P<bracketed>\d{1,4})\]|(?P<dotted>\d{1,4})[.)]|(?P<alone>\d{1,4})(?=[ \t\u00a0]{3}|\t))"
    r"[ \t\u00a0*_]+(?=\S)",
    regex.MULTILINE,
)
_EXACT = 0.9
_FORMULA = 0.85
_MINIMUM = 3
_WIDEST_GAP = 3


def find_judgment_parts(text: str, blocks: Sequence[Block], language: str) -> tuple[Unit, ...]:
    """Return the parts of a judgment and its numbered paragraphs, each part before its paragraphs.

    ``language`` (ISO 639-1) is that of the labels of paragraphs. A part has kind ``part``, ``key`` one of ``header
    headnote facts grounds ruling dissent`` and ``label`` the heading as printed; a numbered paragraph has kind
    ``paragraph`` and is labelled ``para. 12``, ``§ 12`` or ``párr. 12``.
    """
    parts = list(_parts(text, _merged(_headings(text, blocks)), language))
    paragraphs = list(_paragraphs(text, parts, language))
    return tuple(sorted([*parts, *paragraphs], key=lambda unit: (unit.start, -unit.end)))


@cache
def _lexicon() -> Lexicon:
    return lexicon(load("nlp.judgment_parts")["headings"])


@cache
def _openings() -> regex.Pattern[str]:
    keys: dict[str, list[str]] = load("nlp.judgment_parts")["openings"]
    branches = "|".join(f"(?P<{key}>{'|'.join(patterns)})" for key, patterns in keys.items())
    return compiled(rf"^[ \t#*_>]*(?P<formula>{branches})", regex.MULTILINE)


def _headings(text: str, blocks: Sequence[Block]) -> list[SectionHeading]:
    headings = section_headings(text, blocks, _lexicon())
    accepted = [heading for heading in headings if heading.confidence >= _EXACT or heading.label.isupper()]
    lines = {heading.start for heading in accepted}
    keys = list(load("nlp.judgment_parts")["openings"])
    for match in _openings().finditer(text):
        start = match.start("formula")
        if start not in lines:
            key = next(key for key in keys if match[key] is not None)
            label = match["formula"].strip(" :,;.")
            accepted.append(SectionHeading(start, match.end(), match.end(), key, label, _FORMULA))
    return sorted(accepted, key=lambda heading: heading.start)


def _merged(headings: list[SectionHeading]) -> list[SectionHeading]:
    """Return the headings without those that repeat the opening word of their part (RESULTANDO I, RESULTANDO II)."""
    merged: list[SectionHeading] = []
    for heading in headings:
        last = merged[-1] if merged else None
        repeats = last and last.key == heading.key and (heading.confidence == _FORMULA or _word(last) == _word(heading))
        if not repeats:
            merged.append(heading)
    return merged


def _word(heading: SectionHeading) -> str:
    return fold(heading.label).partition(" ")[0]


def _parts(text: str, headings: list[SectionHeading], language: str) -> Iterator[Unit]:
    if headings and (end := len(text[: headings[0].start].rstrip())):
        start = end - len(text[:end].lstrip())
        label = load("nlp.judgment_parts")["header"][language]
        yield Unit(start, end, label, "part", (), "", 0.8, ORIGIN, "header")
    for place, heading in enumerate(headings):
        limit = headings[place + 1].start if place + 1 < len(headings) else len(text)
        end = heading.start + len(text[heading.start : limit].rstrip(" \t\n\r#*_|>"))
        yield Unit(heading.start, end, heading.label, "part", (), "", heading.confidence, ORIGIN, heading.key)


def _paragraphs(text: str, parts: list[Unit], language: str) -> Iterator[Unit]:
    marks = list(_in_order(text))
    label = load("nlp.judgment_parts")["paragraph"][language]
    starts = [unit.start for unit in parts]
    bounds = sorted({*starts, *(start for start, _ in marks), len(text)})
    following = dict(pairwise(bounds))
    for start, number in marks if len(marks) >= _MINIMUM else []:
        end = start + len(text[start : following[start]].rstrip())
        part = parts[bisect_right(starts, start) - 1] if starts else None
        path = (part.label,) if part and part.start <= start else ()
        yield Unit(start, end, label.format(number), "paragraph", path, "", 0.9, ORIGIN)


def _in_order(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, number) of the lines that continue the numbering; others are lists within a paragraph."""
    last = 0
    for match in _NUMBERED.finditer(text):
        number = int(match["bracketed"] or match["dotted"] or match["alone"])
        if last < number <= last + _WIDEST_GAP and (last or number == 1):
            yield match.start("mark"), number
            last = number
