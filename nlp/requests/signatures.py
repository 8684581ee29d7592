"""Whether a letter is signed: a mark of a signature, or a name with an office at its end."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.proposal import OWN_WORDS, FilePart

_FOOT = 700
# A name: capitalised words with particles and initials, as in "Le juge : Y. Montabord".
_WORD = r"(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.)"
_NAME = regex.compile(rf"{_WORD}(?:[ ](?:d[aeo]s?|del|la|las|los|y|e|van|von|der|den|{_WORD})){{1,6}}")
_LINE = regex.compile(r"[^\n]+")
_MAX_LENGTH, _MAX_POST_LENGTH = 120, 200


def is_signed(context: RequestContext) -> bool:
    """Return whether the last part in the authority's own words, or the end of the file, bears a signature."""
    own = [part for part in context.parts if part.kind in OWN_WORDS]
    return any(_bears_signature(context, part.start, part.end) for part in _ends(own, context))


def _ends(own: list[FilePart], context: RequestContext) -> list[FilePart]:
    return [own[-1], context.parts[-1]] if own else []


def _bears_signature(context: RequestContext, start: int, end: int) -> bool:
    flow = context.flow
    first, last = flow.at(max(start, end - _FOOT)), flow.at(end)
    folded, cased = flow.folded[first:last], flow.cased[first:last]
    if _pattern("blank").search(folded):
        return False
    if _pattern("signed").search(folded):
        return True
    lines = list(_LINE.finditer(cased))
    for number, line in enumerate(lines):
        near = lines[max(0, number - 1) : number + 2]
        beside = " ".join(folded[max(one.start(), one.end() - _MAX_POST_LENGTH) : one.end()] for one in near)
        last = number >= len(lines) - 2 and _NAME.search(line[0][-_MAX_LENGTH:]) is not None
        if (last or _is_name(line[0])) and _pattern("posts").search(beside):
            return True
    return False


def _is_name(line: str) -> bool:
    """Return whether a line is a name, with nothing but an office beside it."""
    name = _NAME.search(line)
    if name is None or len(line) > _MAX_LENGTH:
        return False
    rest = fold(line[: name.start()] + line[name.end() :]).strip(" ,.:()-–")
    office = _pattern("posts").search(rest) is not None and not regex.search(r"[\d.]", rest)
    return office or len(rest) < len(name[0]) // 2


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_checks")[name])
