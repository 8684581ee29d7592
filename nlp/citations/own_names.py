"""Names of a text itself, which cite no other: running heads, its title and number, the docket of a judgment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.citations.laws import Mention
from nlp.compiled_patterns import compiled
from nlp.patterns import compile_pattern
from nlp.structure.unit_labels import line_end

# Distinct lines (by their page numbers) in which a name is a running head, and further characters of such a line.
_PAGES, _BESIDE = 3, 45
_CAPTION = 1_500  # characters at the beginning of a judgment in which its docket stands
_HEADLINE = 90  # characters of a line that is the name of a judgment
_REPEATED, _FOLLOWING = 5, 12  # lines that begin with a title in capitals, and characters behind it that are the same
_NAMED = frozenset({"act", "titled", "title", "code", "statute", "statute_id", "case", "case_no", "case_id"})
_TITLES = frozenset({"act", "titled", "title", "code"})
_TITLE, _HEAD = 600, 4_000  # characters in which the title of a text begins, and is repeated
_EDGES = compiled(r"^[\W\d_]+|[\W\d_]+$")
_PAGE_NUMBER = compiled(r"\W*\d{1,5}\W*")
_SMALL, _CAPITALS = compiled(r"\p{Ll}{2}"), compiled(r"\p{Lu}{3}")


def without_own_names(text: str, mentions: list[Mention], units: Sequence[Unit], *, decision: bool) -> list[Mention]:
    """Return the mentions that do not name the text itself; ``decision``: it is a judgment or order of a court.

    ``units`` are its structure: the title of a law stands before its first article.
    """
    heads = set(_running_heads(text, mentions))
    own = _own_dockets(text, mentions) if decision else frozenset[str]()
    titled = frozenset() if decision else _own_number(text, mentions, units)
    return [
        mention
        for mention in mentions
        if mention.start not in heads
        and mention.readings[0].canonical not in own
        and not _is_number_above(text, mention)
        and not _is_own_title(text, mention)
        and mention.start not in titled
    ]


def _running_heads(text: str, mentions: list[Mention]) -> Iterator[int]:
    """Yield the positions of names in a line that recurs with other page numbers, or in capitals above other text."""
    lines: dict[str, list[tuple[int, str]]] = defaultdict(list)
    titles: dict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        start, end = _line(text, mention.start)
        head = _EDGES.sub("", text[start:end])
        if mention.kind in _NAMED and mention.end <= end and len(head) <= mention.end - mention.start + _BESIDE:
            lines[head].append((mention.start, _with_page(text, start, end)))
        printed = text[start : mention.end + _FOLLOWING]
        if mention.kind in _TITLES and printed.isupper() and mention.start - start < _BESIDE:
            titles[printed].append(mention.start)
    for head, found in lines.items():
        if len({printed for _, printed in found}) >= _PAGES and not _pattern("provision").search(head):
            yield from (position for position, _ in found)
    for head, places in titles.items():
        yield from places if len(places) >= _REPEATED and not _pattern("provision").search(head) else ()


def _with_page(text: str, start: int, end: int) -> str:
    """Return the line from ``start`` to ``end`` with the page numbers alone on the lines above and below it."""
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    below = text[end + 1 : line_end(text, end + 1)] if end < len(text) else ""
    return "|".join(
        (
            above if _PAGE_NUMBER.fullmatch(above) else "",
            text[start:end].strip(),
            below if _PAGE_NUMBER.fullmatch(below) else "",
        )
    )


def _own_dockets(text: str, mentions: list[Mention]) -> frozenset[str]:
    """Return the ids of the cases whose numbers the caption of a judgment states."""
    return frozenset(
        mention.readings[0].canonical
        for mention in mentions
        if mention.start < _CAPTION and mention.label == "CASE" and _is_caption(text, mention)
    )


def _is_caption(text: str, mention: Mention) -> bool:
    if mention.kind == "case_no":
        return True
    start, end = _line(text, mention.start)
    beside = text[start : mention.start] + text[mention.end : end]
    return end - start <= _HEADLINE and not _SMALL.search(beside)


def _own_number(text: str, mentions: list[Mention], units: Sequence[Unit]) -> frozenset[int]:
    """Return the positions of the law whose number begins the title of a text, there and in its head."""
    first = next((mention for mention in mentions if mention.kind == "statute"), None)
    article = next((unit.start for unit in units if unit.kind == "article"), 0)
    if (
        first is None
        or first.start >= min(_TITLE, article)
        or not _pattern("title_line").fullmatch(_line_before(text, first.start))
    ):
        return frozenset()
    number = first.readings[0].canonical
    return frozenset(
        mention.start
        for mention in mentions
        if mention.start < _HEAD
        and mention.readings[0].canonical == number
        and _pattern("title_line").fullmatch(_line_before(text, mention.start))
    )


def _line_before(text: str, position: int) -> str:
    return text[_line(text, position)[0] : position]


def _is_own_title(text: str, mention: Mention) -> bool:
    """Return whether a law says its own title: ``This Act may be cited as the Theft Act 2001``."""
    before = text[max(0, mention.start - _BESIDE) : mention.start]
    return mention.kind in _TITLES and _pattern("cited_as").search(before) is not None


def _is_number_above(text: str, mention: Mention) -> bool:
    """Return whether a numbered law in capitals is the heading of an act: ``PORTARIA Nº 8409``."""
    printed = text[mention.start : mention.end]
    if mention.kind != "statute" or not _CAPITALS.search(printed) or _SMALL.search(printed):
        return False
    start = _line(text, mention.start)[0]
    behind = text[mention.end : line_end(text, mention.end)]
    first = not any(sign.isalpha() for sign in text[start : mention.start])
    above = text[max(0, start - _BESIDE) : start].rstrip()
    return first and not _SMALL.search(behind) and not _pattern("open_line").search(above)


def _line(text: str, position: int) -> tuple[int, int]:
    return text.rfind("\n", 0, position) + 1, line_end(text, position)


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return compile_pattern("".join(load("nlp.references")["own_names"][name]))
