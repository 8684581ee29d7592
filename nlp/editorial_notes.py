"""Editorial notes in legislation: amendments, repeals and vetoes.

They are not part of the enacted text: they are neither clauses nor searched by meaning. The patterns are in
``resources/editorial_notes.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.folding import fold

REPEALED, VETOED = "repealed", "vetoed"
_BETWEEN = regex.compile(r"(?:[^\w\[(…]|\(\s*\))*")
_BEFORE_NOTE = regex.compile(r"[:;.,)](?:\s(?:ou|e|o|y))?\s*$")
_WORD = regex.compile(r"\w")
_END, _STOP = r"\W*(?:$|\n)", r"\W*(?:$|\n|\.\s)"


@dataclass(frozen=True, slots=True)
class RemovedText:
    """The line stating that a provision is ``REPEALED`` or was ``VETOED``: a half-open range in code points."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    note: regex.Pattern[str]
    opening: regex.Pattern[str]
    mark: regex.Pattern[str]
    ended: regex.Pattern[str]
    vetoed: regex.Pattern[str]

    def fill(self, folded: str, start: int, end: int) -> bool:
        """Return whether a range consists of notes and the numbers of the provisions that they annotate."""
        at = start
        while (at := _BETWEEN.match(folded, at, end).end()) < end:  # type: ignore[union-attr]
            further = self.note.match(folded, at, end) or self.mark.match(folded, at, end)
            if further is None or further.end() == at:
                return False
            at = further.end()
        return True


def is_editorial(text: str, language: str) -> bool:
    """Return whether ``text`` consists of editorial notes and the numbers of the provisions that they annotate."""
    return is_folded_editorial(fold(text), 0, len(text), language)


def is_folded_editorial(folded: str, start: int, end: int, language: str) -> bool:
    """Return the same for a range of folded text; a range without letters and digits counts as editorial."""
    known = _patterns(language)
    return not _WORD.search(folded, start, end) or (known is not None and known.fill(folded, start, end))


def notes_end(folded: str, start: int, end: int, language: str) -> int:
    """Return the end of the notes in brackets with which a range of folded text begins, ``start`` without one."""
    known = _patterns(language)
    found = known.opening.match(folded, start, end) if known else None
    return found.end() if found else start


def notes_start(folded: str, start: int, end: int, language: str) -> int:
    """Return the start of the notes behind the punctuation with which a range of folded text ends, ``end`` without."""
    known = _patterns(language)
    if known is None:
        return end
    begins = (note.start() for note in known.note.finditer(folded, start, end))
    ending = (at for at in begins if _BEFORE_NOTE.search(folded, start, at) and known.fill(folded, at, end))
    return next(ending, end)


def bracketed_notes(folded: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the notes in brackets in folded text, which may have several sentences."""
    known = _patterns(language)
    found = known.note.finditer(folded) if known else ()
    return tuple(note.span() for note in found if note[0][:1] == "(" and note[0][-1:] == ")")


def folded_without_notes(text: str, language: str) -> str:
    """Return folded text with a space for each note: what two printings of one provision have in common."""
    known = _patterns(language)
    return known.note.sub(" ", fold(text)) if known else fold(text)


def gone(text: str, language: str) -> RemovedText | None:
    """Return the statement that a provision without enacted text is repealed or was vetoed, None if there is none."""
    known, folded = _patterns(language), fold(text)
    if known is None:
        return None
    for kind, pattern in ((REPEALED, known.ended), (VETOED, known.vetoed)):
        if match := pattern.search(folded):
            return RemovedText(kind, *_line(text, match.start(), match.end()))
    return None


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the line containing a range, without leading and trailing whitespace."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    return first + len(line) - len(line.lstrip()), first + len(line.rstrip())


@cache
def _patterns(language: str) -> _Patterns | None:
    resource: dict[str, Any] = load("nlp.editorial_notes")
    if language not in resource["note"]:
        return None

    def filled(pattern: str) -> str:
        known = {"day": resource["day"], "law": resource["law"][language], "end": _END, "stop": _STOP}
        return regex.sub(r"\{(day|law|end|stop)\}", lambda match: known[match[1]], pattern)

    endings = [filled(of[language]) for of in resource["gone"].values()]
    notes = "|".join([*map(filled, resource["note"][language]), *endings])
    return _Patterns(
        note=regex.compile(rf"(?:{notes})(?!\w)"),
        opening=regex.compile(filled(resource["opening"].get(language, "(?!)"))),
        mark=regex.compile(resource["mark"]),
        ended=regex.compile(rf"{resource['ended'][language]}|{filled(resource['gone'][REPEALED][language])}"),
        vetoed=regex.compile(filled(resource["gone"][VETOED][language])),
    )
