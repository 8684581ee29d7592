"""How a law prints the rubrics of its articles, from all of them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from nlp.structure.marks import Mark
from nlp.structure.unit_headings import RubricForms, first_sentence, is_short_line, rubric_before

# Articles with a rubric in a form before the law has that form: how many, and the share of all.
_ALONE, _WITHIN, _CLOSED, _ABOVE = (3, 0.7), (3, 0.05), (5, 0.2), (5, 0.5)
_PARAGRAPHS = regex.compile(r"\n\n")
_CONTINUED = regex.compile(r"(?<=[\p{L}\d,])\n\n(?=\p{Ll}+ )")
_MIN_CONTINUED, _SHARE_CONTINUED = 10, 0.2


def rubric_forms(text: str, found: Sequence[Mark]) -> RubricForms:
    """Return the forms of the rubrics in a law with these marks, in order."""
    articles = [place for place, mark in enumerate(found) if mark.kind == "article"]
    lines = [*(mark.line for mark in found), len(text)]
    bounds = [(found[place], lines[place + 1]) for place in articles]
    above = [_line_above(text, found[place - 1].end if place else 0, lines[place]) for place in articles]
    return RubricForms(
        alone=_enough([is_short_line(text, mark.body, mark.end, end) for mark, end in bounds], *_ALONE),
        within=_enough([first_sentence(text, mark.body, end) for mark, end in bounds], *_WITHIN),
        closed=_enough([rubric.endswith(".") for rubric in above], *_CLOSED),
        above=_enough(above, *_ABOVE),
        titled=len(above) > 1 and not any(above[1:]),
        parted=_is_parted(text),
    )


def _enough(found: Sequence[object], least: int, share: float) -> bool:
    return sum(map(bool, found)) >= max(least, share * len(found))


def _line_above(text: str, floor: int, line: int) -> str:
    """Return the printed line above an article if it may be its rubric, otherwise ``""``."""
    heading = rubric_before(text, floor, line, RubricForms(closed=True))
    return text[heading.start : heading.end].strip() if heading else ""


def _is_parted(text: str) -> bool:
    """Return whether many paragraphs begin with a word in small letters: they are lines of longer ones."""
    lines = len(_PARAGRAPHS.findall(text))
    return len(_CONTINUED.findall(text)) > max(_MIN_CONTINUED, _SHARE_CONTINUED * lines)
