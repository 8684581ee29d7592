"""Edges of the name of an authority: what stands before and behind it in its line and is no part of it."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.mail_headers import SENDER, mail_header

# An article before a name, an address for mail or the subject of the sentence behind it.
_ARTICLE = regex.compile(r"(?:the|el|la|le|l['’]|o|a)\s?(?=\p{Lu})")
_ADDRESS = regex.compile(r"\s*[<(\[][^<>()\[\]\s]+@[^<>()\[\]\s]+[>)\]]\s*\Z|,?\s+I\Z")
_PAIRS = {"“": "”", "«": "»", "„": "“", "‹": "›", "(": ")", "[": "]"}
_STRAIGHT = '"'
_LOOSE = " \t\n,;:-–—"


def without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of a name without what is no part of it.

    That is the label of a mail, an article, the street or the case behind it, an address for mail, and quotation marks
    and brackets of which the name holds one side only, or which enclose all of it.
    """
    header = mail_header(text[start:end])
    start += header.value if header and header.kind == SENDER else 0
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    if behind := _behind().search(text, start + 1, end):
        end = behind.start()
    if address := _ADDRESS.search(text, start, end):
        end = address.start()
    return _without_loose_marks(text, start, end)


def _without_loose_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range up to the first mark without a partner, and without marks around all of it."""
    while start < end:
        if text[start] in _LOOSE or text[start] in _PAIRS.values():
            start += 1
        elif text[end - 1] in _LOOSE or text[end - 1] in _PAIRS:
            end -= 1
        elif (place := _unpaired(text, start, end)) is not None:
            start, end = (place + 1, end) if place == start else (start, place)
        elif _is_enclosed(text, start, end):
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _unpaired(text: str, start: int, end: int) -> int | None:
    """Return the place of the first mark without a partner, None if each has one."""
    opened: list[int] = []
    for place in range(start, end):
        sign = text[place]
        if opened and sign == _partner(text[opened[-1]]):
            opened.pop()
        elif sign in _PAIRS or sign == _STRAIGHT:
            opened.append(place)
        elif sign in _PAIRS.values():
            return place
    return opened[0] if opened else None


def _is_enclosed(text: str, start: int, end: int) -> bool:
    """Return whether one pair of marks encloses the whole range."""
    closing = _partner(text[start])
    return bool(closing) and text.find(closing, start + 1, end) == end - 1


def _partner(sign: str) -> str:
    return _STRAIGHT if sign == _STRAIGHT else _PAIRS.get(sign, "")


@cache
def _behind() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_authorities")["behind"])
