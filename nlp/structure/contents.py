"""Tables of contents before a law, recognised by headings and numbers that recur in it."""

from __future__ import annotations

from itertools import pairwise, takewhile

from nlp.structure.marks import RESTARTS, Mark, same_unit

_MIN_IN_CONTENTS = 3
_MAX_CONTENTS_LINE_LENGTH = 150
_MIN_GROUPINGS = 6


def without_listed_groupings(found: list[Mark]) -> list[Mark]:
    """Return ``found`` without a table of contents of groupings: repeated headings before the first article."""
    first = next((place for place, mark in enumerate(found) if mark.is_basic), len(found))
    return [*_nested_tail(found[:first]), *found[first:]]


def _nested_tail(run: list[Mark]) -> list[Mark]:
    names = [(mark.kind, mark.number.key) for mark in run]
    if len(run) < _MIN_GROUPINGS or len(set(names)) == len(names) or any(mark.kind in RESTARTS for mark in run):
        return run
    tail: list[Mark] = []
    for mark in reversed(run):
        if any(mark.kind == other.kind for other in tail):
            break
        tail.insert(0, mark)
    return tail


def without_repeated_headings(text: str, found: list[Mark]) -> list[Mark]:
    """Return ``found`` without a table of contents of groupings with ranges of articles ("TITRE Ier ... Art. 1-7").

    The words of its first line recur, with only short lines between.
    """
    if len(found) < _MIN_GROUPINGS or found[0].is_basic:
        return found
    recurrence = next((at for at, mark in enumerate(found) if at and _same_line(text, mark, found[0])), 0)
    run = found[:recurrence]
    if len(run) < _MIN_GROUPINGS or any(mark.kind in RESTARTS for mark in run):
        return found
    return found[recurrence:] if found[recurrence].line - run[0].line < _MAX_CONTENTS_LINE_LENGTH * len(run) else found


def _same_line(text: str, mark: Mark, other: Mark) -> bool:
    return same_unit(mark, other) and text[mark.start : mark.end].split() == text[other.start : other.end].split()


def without_contents(found: list[Mark]) -> list[Mark]:
    """Return ``found`` without an arrangement of sections: a first run of short lines whose numbers all recur."""
    basic = [mark for mark in found if mark.kind in ("article", "numbered")]
    recurrence = next((at for at, mark in enumerate(basic) if at and same_unit(mark, basic[0])), 0)
    run = basic[:recurrence]
    if len(run) < _MIN_IN_CONTENTS:
        return found
    lengths = [after.line - mark.line for mark, after in pairwise(run)]
    if sum(lengths) >= _MAX_CONTENTS_LINE_LENGTH * len(lengths):
        return found
    return [mark for mark in found if mark.line >= _begins(found, run[-1].line, basic[recurrence].line)]


def _begins(found: list[Mark], contents_end: int, first_article: int) -> int:
    """Return the offset at which the law begins after its contents: the recurrence of their first heading.

    Otherwise it is the first of the headings directly above the first article; what precedes them is the rest of the
    contents (dispositions and annexes).
    """
    between = [mark for mark in found if contents_end < mark.line < first_article]
    recurrences = [mark.line for mark in between if same_unit(mark, found[0])]
    headings = takewhile(lambda mark: not mark.is_basic and mark.kind not in RESTARTS, reversed(between))
    return min(recurrences or [mark.line for mark in headings] or [first_article])
