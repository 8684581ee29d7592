"""Annexes of requests that come as files of their own: lists of questions, transcribed provisions, lists of accounts.

Their title names the request, which does not make them one: an annex asks for nothing and is no letter to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.document_type_evidence import addresses_authority
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.requests.flow import Flow
from nlp.requests.letter_types.letter_signs import asks_something, greets_and_leaves, is_addressed
from nlp.requests.letter_types.statements import TypeStatement
from nlp.requests.proposal import FilePart

ANNEX = "annex"
"""Type of a document that is an annex of a request."""

QUESTIONNAIRE = "questionnaire"
OPENING = 700
"""Characters at the beginning of an annex in which it names its request."""
# Title lines among which that of an annex is, and those before any other title.
_LINES, _FIRST = 6, 2
# Lettered sections of a form, which may be headed as the annex of the act that prescribes it.
_SECTION = regex.compile(r"(?m)^\W*(?:seccion|sec+ao|section) [a-n]\b")
_FORM_SECTIONS = 3
_EDGE = " \t#*_|>\"'«“-–—:.("

Titles = Sequence[tuple[int, str]]


def may_be_annex(text: str, *, of_law: bool = False) -> bool:
    """Return whether the beginning of a text may be that of an annex: it names a request, or what such annexes hold.

    A law (``of_law``) has annexes too, and speaks of requests: of one the number is named.
    """
    opening = fold(text[:OPENING])
    if of_law:
        return _pattern("numbered").search(opening) is not None
    return _pattern("request").search(opening) is not None or any(
        pattern.search(opening) for pattern in _contents().values()
    )


def titled_annex(text: str, flow: Flow, titles: Titles, part: FilePart) -> TypeStatement | None:
    """Return the title by which ``part`` of a text is an annex of a request, if there is one.

    ``titles`` are the folded title lines with their offsets. The text names the request near its beginning or says what
    it holds, and has no sign of a letter or of a form.
    """
    found = _titled(text, flow, titles[:_LINES], part)
    if found is None or _is_letter(text, flow, part):
        return None
    words = flow.folded[flow.at(part.start) : flow.at(part.end)]
    return None if len(_SECTION.findall(words)) >= _FORM_SECTIONS else found


def _is_letter(text: str, flow: Flow, part: FilePart) -> bool:
    """Return whether a text is addressed to somebody, or greets and takes leave."""
    is_letter = is_addressed(flow, text, part) or addresses_authority(fold(text[part.start : part.end]))
    return is_letter or greets_and_leaves(flow, part.start, part.end)


def _titled(text: str, flow: Flow, titles: Titles, part: FilePart) -> TypeStatement | None:
    opening = fold(text[part.start : part.start + OPENING])
    names_request = _pattern("request").search(opening) is not None
    is_numbered = _pattern("numbered").search(opening) is not None
    held = [_content(line) for _, line in titles]
    for number, (place, line) in enumerate(titles):
        head = _pattern("head").match(line)
        if head and (number < _FIRST or not asks_something(flow, part)) and (is_numbered or any(held)):
            return TypeStatement(ANNEX, place, place + head.end(), in_title=True)
    for (place, line), content in zip(titles, held, strict=True):
        heard = content == QUESTIONNAIRE and _pattern("heard").search(line)
        if content and (names_request or heard) and not asks_something(flow, part):
            return TypeStatement(ANNEX, place, place + len(line), in_title=True)
    return None


def _content(line: str) -> str:
    """Return what a title line says that an annex holds, behind its label; empty if nothing."""
    head = _pattern("head").match(line)
    words = line[head.end() if head else 0 :].lstrip(_EDGE)
    return next((kind for kind, pattern in _contents().items() if pattern.match(words)), "")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_annexes")
    return regex.compile(expanded(content[name], content["fragments"]))


@cache
def _contents() -> dict[str, regex.Pattern[str]]:
    content = load("nlp.request_annexes")
    return {kind: regex.compile(expanded(words, content["fragments"])) for kind, words in content["contents"].items()}
