"""Quoted statute text inside a letter: collections of provisions under a heading, and single quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.folding import fold

Range = tuple[int, int]

_MIN_LENGTH = 80
_QUOTE = regex.compile(r"«[^»]{60,6000}»|“[^”]{60,6000}”|\"[^\"\n]{60,3000}\"")
_REACH = 220
# Longest heading, and longest heading over quoted law; longest quotation without one that stays in its letter.
_HEADING, _LAW_HEADING, _LONE_QUOTATION = 90, 60, 400


def quoted_provisions(text: str, start: int, end: int, sections: Sequence[Unit]) -> list[Range]:
    """Return the ranges of ``text[start:end]`` that quote law, in order and apart."""
    found = [*_collections(text, start, end, sections), *_quotations(text, start, end)]
    joined: list[Range] = []
    for left, right in sorted(found):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


def is_inline(text: str, letter: Range, quotation: Range) -> bool:
    """Return whether a quotation belongs to the sentence, paragraph or section of the letter that quotes it."""
    (start, end), (left, right) = letter, quotation
    if text[max(start, text.rfind("\n", 0, left) + 1) : left].strip(" \t>|*-"):
        return True
    return text[right:end].strip() != "" and _is_led_in(text, start, quotation)


def _is_led_in(text: str, start: int, quotation: Range) -> bool:
    """Return whether a quotation in the course of a letter goes on its sentence, or stands under a heading of it.

    A heading that announces the text of the law, unless it is an item of a form, or a sentence that is complete, begins
    a part of the file; a short quotation without a heading of its own does not.
    """
    left, right = quotation
    above = text[start:left].rstrip(" \t\n»«“”\"'").rsplit("\n", 1)[-1].strip()
    heading = len(above) <= _HEADING and not above.endswith((".", ";")) and not above[:1].islower()
    if heading and len(above) <= _LAW_HEADING and _announces().search(fold(above)):
        return _form_item().match(fold(above)) is not None
    return above.endswith((":", ",")) or heading or right - left < _LONE_QUOTATION


def _collections(text: str, start: int, end: int, sections: Sequence[Unit]) -> Iterator[Range]:
    """Yield runs of provisions: lines that begin with an article and go on as statutes do."""
    for left, right in _bounds(start, end, sections):
        run = list(_run(text, left, right))
        if run:
            yield run[0][0], run[-1][1]


def _bounds(start: int, end: int, sections: Sequence[Unit]) -> Iterator[Range]:
    """Yield the stretches between headings, in which a run of provisions may lie."""
    edges = sorted({start, end, *(unit.start for unit in sections if start < unit.start < end)})
    yield from pairwise(edges)


def _run(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the provisions between two headings, each up to the next one and with the title of its law."""
    lines = list(regex.finditer(r"[^\n]+", text[start:end]))
    folded = [fold(line[0]) for line in lines]
    heads = [number for number, line in enumerate(folded) if _is_head(folded, number)]
    for place, number in enumerate(heads):
        first = number
        while first > 0 and _is_law_title(lines[first - 1][0]) and (place == 0 or first - 1 > heads[place - 1]):
            first -= 1
        limit = heads[place + 1] if place + 1 < len(heads) else len(lines)
        last = next((at - 1 for at in range(number + 1, limit) if _leaves(text, start, lines[at])), limit - 1)
        yield start + lines[first].start(), start + lines[last].end()


def _is_head(folded: Sequence[str], number: int) -> bool:
    """Return whether a line begins a quoted provision, and does not go on the sentence of the line above it."""
    if not _provision().match(folded[number]) or not _mentions_law(folded, number):
        return False
    return number == 0 or _unfinished().search(folded[number - 1].rstrip()) is None


def _leaves(text: str, start: int, line: regex.Match[str]) -> bool:
    """Return whether a line no longer belongs to the provision above it: a heading, a new paragraph of the letter."""
    words = line[0].strip(" \t#*_>")
    if not words or (_continues().match(fold(words)) and not _is_numbered_heading(words)):
        return False
    heading = len(words) <= 90 and not words.endswith((".", ";", ",")) and (words.isupper() or words.endswith(":"))
    return heading or text[max(0, start + line.start() - 2) : start + line.start()] == "\n\n"


def _is_numbered_heading(words: str) -> bool:
    """Return whether a line is a numbered heading in capitals that names no law: "VIII. DOCUMENTOS"."""
    named = regex.match(r"[IVXL\d]{1,6}[.)–-]\s*(?P<name>[\p{Lu} ,]{8,})$", words)
    return named is not None and _law_title().match(fold(named["name"])) is None


def _mentions_law(folded: Sequence[str], number: int) -> bool:
    """Return whether an article line is quoted law: the provision's own words follow on it."""
    rest = _provision().sub("", folded[number], count=1)
    following = " ".join(folded[number + 1 : number + 3])
    return len(rest) + len(following) >= _MIN_LENGTH and _statutory().search(rest + " " + following) is not None


def _is_law_title(line: str) -> bool:
    return len(line) <= 120 and _law_title().match(fold(line.strip(" \t*#>-–"))) is not None


def _quotations(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield quotations that the words before them introduce as law."""
    for quote in _QUOTE.finditer(text, start, end):
        before = fold(text[max(start, quote.start() - _REACH) : quote.start()])
        inside = fold(quote[0][:400])
        if _cited().search(before) and (_introduces().search(before) or _statutory().search(inside)):
            yield quote.start(), quote.end()


@cache
def _provision() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["provision"])


@cache
def _continues() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["continues"])


@cache
def _law_title() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["law_title"])


@cache
def _introduces() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["introduces"])


@cache
def _cited() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["cites"])


@cache
def _statutory() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["statutory"])


@cache
def _announces() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["announces"])


@cache
def _form_item() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["form_item"])


@cache
def _unfinished() -> regex.Pattern[str]:
    """Match the end of a line after which its sentence goes on: "under the Convention of 1988, and"."""
    return regex.compile(load("nlp.request_parts")["unfinished"])
