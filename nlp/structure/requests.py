"""Sections of a request for mutual legal assistance, by their headings in four languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.document import Block
from extraction.resource import load
from nlp.annotations import Unit
from nlp.compiled_patterns import compiled
from nlp.structure.section_headings import Lexicon, SectionHeading, bare, lexicon, section_headings

ORIGIN = "structure.requests@3"
# Prepositions before the words of a heading ("Dos fatos", "De los hechos", "Des faits"), and its maximum length then.
_OF = ("de", "del", "de la", "de los", "de las", "da", "do", "das", "dos", "du", "des")
_SHORT = 3
# Lines at the head of a letter or message whose value stands on the line: the letter that follows is not part of them.
_HEAD_LINES = frozenset({"from_requesting", "reference", "to_requested"})


def find_request_sections(text: str, blocks: Sequence[Block]) -> tuple[Unit, ...]:
    """Return the sections of a request, in order.

    ``kind`` is ``request_section``, ``key`` the canonical field (``facts``, ``legal_basis``, ``assistance`` ...),
    ``label`` the heading as printed. In an order or certificate of the European Union, the lettered sections contain
    the others.
    """
    lettered = list(_lettered(text))
    named = list(section_headings(text, blocks, _lexicon(), _colon_only()))
    named = [heading for above, heading in zip([None, *named], named, strict=False) if not _repeats(above, heading)]
    outer = {heading.start for heading in lettered}
    inner = [heading for heading in named if heading.start not in outer and _is_new(heading, lettered)]
    return tuple(_units(text, sorted([*lettered, *inner], key=lambda heading: heading.start), outer))


def _repeats(above: SectionHeading | None, heading: SectionHeading) -> bool:
    """Return whether a heading followed by text ("Se solicita: ...") only continues the section above it."""
    return above is not None and above.key == heading.key and heading.body < heading.end


@cache
def _lexicon() -> Lexicon:
    phrases = lexicon(load("nlp.request_sections")["headings"])
    short = [(phrase, key) for phrase, key in phrases.items() if len(phrase.split()) <= _SHORT]
    return {f"{of} {phrase}": key for phrase, key in short for of in _OF} | dict(phrases)


@cache
def _colon_only() -> frozenset[str]:
    return frozenset(bare(phrase) for phrase in load("nlp.request_sections")["colon_only"])


@cache
def _letter_pattern() -> regex.Pattern[str]:
    word = load("nlp.request_sections")["section_word"]
    return compiled(
        rf"^[ \t#*_|]*(?P<label>{word}[ \t]+(?P<letter>[A-M])\d?(?!\w)(?:[ \t]*[.:\-–—)]?[^\n]{{0,120}}(?<![.;])$"
        rf"|[ \t]*[.:\-–—)](?:[ \t]*[^\n.:☐☒]{{3,60}}[:.])?(?=[ \t]*\S)))",
        regex.MULTILINE,
    )


def _lettered(text: str) -> Iterator[SectionHeading]:
    resource = load("nlp.request_sections")
    cues: dict[str, str] = resource["form_cues"]
    form = next((name for name, words in cues.items() if regex.search(words, text[:6000])), "eio")
    keys = resource[form]
    for match in _letter_pattern().finditer(text):
        if key := keys.get(match["letter"]):
            label = match["label"].strip(" \t*_#:|")
            yield SectionHeading(match.start("label"), match.end(), match.end(), key, label, 0.97)


def _is_new(heading: SectionHeading, lettered: list[SectionHeading]) -> bool:
    """Return whether a heading differs from the lettered section directly above it."""
    above = [section for section in lettered if section.start < heading.start]
    return not above or above[-1].key != heading.key or heading.start - above[-1].end > 3


def _units(text: str, headings: list[SectionHeading], outer: set[int]) -> Iterator[Unit]:
    section = ""
    for place, heading in enumerate(headings):
        is_outer = heading.start in outer
        section = heading.label if is_outer else section
        followers = headings[place + 1 :] if not is_outer else [h for h in headings[place + 1 :] if h.start in outer]
        limit = min(followers[0].start if followers else len(text), _end_of_head_line(text, heading))
        end = heading.start + len(text[heading.start : limit].rstrip(" \t\n\r#*_|>"))
        path = (section,) if section and not is_outer else ()
        confidence = heading.confidence
        yield Unit(heading.start, end, heading.label, "request_section", path, "", confidence, ORIGIN, heading.key)


def _end_of_head_line(text: str, heading: SectionHeading) -> int:
    """Return where the paragraph of a heading with its value ends ("Asunto: …"), for others the end of the text."""
    paragraph_end = text.find("\n\n", heading.end)
    is_line = heading.key in _HEAD_LINES and heading.body < heading.end and paragraph_end >= 0
    return paragraph_end if is_line else len(text)
