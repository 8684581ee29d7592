"""Editorial notes in a law: amendments, repeals and vetoes.

They are no words of the law: no clause is one, and nothing is found by the meaning of one. The patterns stand in
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
_WORD = regex.compile(r"\w")
_END, _STOP = r"\W*(?:$|\n)", r"\W*(?:$|\n|\.\s)"


@dataclass(frozen=True, slots=True)
class Gone:
    """The line that says that a provision is ``REPEALED`` or was ``VETOED``, half open in code points."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    note: regex.Pattern[str]
    mark: regex.Pattern[str]
    ended: regex.Pattern[str]
    vetoed: regex.Pattern[str]

    def fill(self, folded: str, start: int, end: int) -> bool:
        """Tell whether notes fill a range, and the numbers of what they stand at."""
        at = start
        while (at := _BETWEEN.match(folded, at, end).end()) < end:  # type: ignore[union-attr]
            further = self.note.match(folded, at, end) or self.mark.match(folded, at, end)
            if further is None or further.end() == at:
                return False
            at = further.end()
        return True


def is_editorial(text: str, language: str) -> bool:
    """Tell whether a text is nothing but an editor's notes and the numbers of what they stand at."""
    return is_folded_editorial(fold(text), 0, len(text), language)


def is_folded_editorial(folded: str, start: int, end: int, language: str) -> bool:
    """Tell the same of a range of a text that is folded already; without a letter or a figure it has no word."""
    known = _patterns(language)
    return not _WORD.search(folded, start, end) or (known is not None and known.fill(folded, start, end))


def gone(text: str, language: str) -> Gone | None:
    """Return what says that a provision without a word of the law is repealed or was vetoed, None for what says not."""
    known, folded = _patterns(language), fold(text)
    if known is None:
        return None
    found = ((kind, pattern.search(folded)) for kind, pattern in ((REPEALED, known.ended), (VETOED, known.vetoed)))
    kind, said = next(((kind, said) for kind, said in found if said), ("", None))
    return Gone(kind, *_line(text, said.start(), said.end())) if said else None


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the line that holds a range, without blanks at its ends."""
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
        return regex.sub(r"\{(day|law|end|stop)\}", lambda found: known[found[1]], pattern)

    gone = [filled(of[language]) for of in resource["gone"].values()]
    notes = "|".join([*map(filled, resource["note"][language]), *gone])
    return _Patterns(
        note=regex.compile(rf"(?:{notes})(?!\w)"),
        mark=regex.compile(resource["mark"]),
        ended=regex.compile(rf"{resource['ended'][language]}|{filled(resource['gone'][REPEALED][language])}"),
        vetoed=regex.compile(filled(resource["gone"][VETOED][language])),
    )
