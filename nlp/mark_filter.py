"""Tell the units of a law from what only looks like them: contents, quotations, references (brief 3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nlp.quoted_law import Range, announces_quotation, within
from nlp.sequence import rising
from nlp.structural_marks import RESTARTS, Mark

_COUNTED = ("article", "numbered", "ordinal")
_FEWEST_IN_CONTENTS = 3
_LONGEST_IN_CONTENTS = 150
_FEWEST_GROUPINGS = 6


def units_of_the_law(
    text: str, found: list[Mark], lost: Iterator[Mark], quoted: Sequence[Range]
) -> tuple[list[Mark], list[Mark]]:
    """Return the marks that open units of the law itself, and the articles that it quotes."""
    inside = [mark for mark in found if within(mark.start, quoted)]
    own = [mark for mark in found if not within(mark.start, quoted)]
    own = _merged(_without_contents(_without_listed_groupings(own)))
    own, announced = _without_announced(text, _in_context(own))
    own = _with_lost(_in_sequence(own), [mark for mark in lost if not within(mark.start, quoted)])
    return own, [mark for mark in sorted([*inside, *announced], key=_line) if mark.kind in ("article", "numbered")]


def _line(mark: Mark) -> int:
    return mark.line


def _without_listed_groupings(found: list[Mark]) -> list[Mark]:
    """Drop headings that follow each other without an article and repeat: a table of contents of groupings."""
    kept: list[Mark] = []
    run: list[Mark] = []
    for mark in [*found, None]:
        if mark is not None and not mark.is_basic:
            run.append(mark)
            continue
        kept += _nested_tail(run)
        run = []
        if mark is not None:
            kept.append(mark)
    return kept


def _nested_tail(run: list[Mark]) -> list[Mark]:
    names = [(mark.kind, mark.number.key) for mark in run]
    if len(run) < _FEWEST_GROUPINGS or len(set(names)) == len(names) or any(mark.kind in RESTARTS for mark in run):
        return run
    tail: list[Mark] = []
    for mark in reversed(run):
        if any(mark.kind == other.kind for other in tail):
            break
        tail.insert(0, mark)
    return tail


def _without_contents(found: list[Mark]) -> list[Mark]:
    """Drop a first run of short lines whose numbers all come again: an arrangement of sections."""
    basic = [mark for mark in found if mark.kind in ("article", "numbered")]
    again = next((at for at, mark in enumerate(basic) if at and _same(mark, basic[0])), 0)
    run = basic[:again]
    if len(run) < _FEWEST_IN_CONTENTS:
        return found
    lengths = [after.line - mark.line for mark, after in pairwise(run)]
    if sum(lengths) >= _LONGEST_IN_CONTENTS * len(lengths):
        return found
    later = {(mark.kind, mark.number) for mark in found if mark.line > basic[again].line}
    return [
        mark
        for mark in found
        if mark.line > run[-1].line and (mark.line >= basic[again].line or (mark.kind, mark.number) not in later)
    ]


def _same(mark: Mark, other: Mark) -> bool:
    return (mark.kind, mark.number) == (other.kind, other.number)


def _merged(found: list[Mark]) -> list[Mark]:
    """Join an English section's heading line with the line below it that says its number again."""
    merged: list[Mark] = []
    for mark in found:
        last = merged[-1] if merged and mark.kind == "numbered" else None
        if last and _same(mark, last) and mark.line - last.end < 40:
            merged[-1] = replace(last, inside=mark.body)
        else:
            merged.append(mark)
    return merged


def _in_context(found: list[Mark]) -> list[Mark]:
    """Keep ordinals alone ("Primera.-") only below a heading of dispositions, other acts only after a transitory part,
    and closing formulas only where no article carries the count on."""
    kept: list[Mark] = []
    listing = transitory = False
    for place, mark in enumerate(found):
        if mark.kind in ("transitory", "disposition"):
            listing = listing or not mark.number.key
            transitory = transitory or mark.kind == "transitory"
        elif not mark.is_basic and mark.kind != "closing":
            listing = listing and mark.kind == "act"
        new_act = transitory and not (kept and kept[-1].kind == "act")
        allowed = {"ordinal": listing, "act": new_act, "closing": _closes(found, place)}
        if allowed.get(mark.kind, True):
            kept.append(mark)
    return kept


def _closes(found: list[Mark], place: int) -> bool:
    before = next((mark for mark in reversed(found[max(0, place - 50) : place]) if mark.is_basic), None)
    after = next((mark for mark in found[place + 1 : place + 2] if mark.kind != "closing"), None)
    return before is not None and (after is None or not after.is_basic or after.number.key <= before.number.key)


def _without_announced(text: str, found: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Set apart the articles that follow "queda redactado así:", until the law's own count goes on."""
    kept: list[Mark] = []
    announced: list[Mark] = []
    quoting, last = False, 0
    for mark in found:
        if mark.kind not in ("article", "numbered") or not mark.number.key:
            quoting = quoting and mark.kind not in RESTARTS and not mark.is_basic
            kept.append(mark)
            continue
        base = mark.number.key[1]
        goes_on = base in (last, last + 1)
        quoting = not goes_on and (quoting or announces_quotation(text, mark.line))
        (announced if quoting else kept).append(mark)
        last = last if quoting else base
    return kept, announced


def _in_sequence(found: list[Mark]) -> list[Mark]:
    """Drop weak lines whose number breaks the count of their region (between headings that restart it)."""
    kept: list[Mark] = []
    region: list[Mark] = []
    for mark in found:
        if mark.kind in RESTARTS or (mark.kind == "disposition" and not mark.number.key):
            kept += [*_rising_region(region), mark]
            region = []
        else:
            region.append(mark)
    return [*kept, *_rising_region(region)]


def _rising_region(region: list[Mark]) -> list[Mark]:
    counted = [mark for mark in region if mark.kind in _COUNTED and mark.number.key]
    in_count = {counted[place].line for place in rising([mark.number.key[:2] for mark in counted])}
    return [mark for mark in region if mark.line in in_count or mark.kind not in _COUNTED or _is_article_heading(mark)]


def _is_article_heading(mark: Mark) -> bool:
    return mark.strong and mark.kind == "article"


def _with_lost(found: list[Mark], lost: list[Mark]) -> list[Mark]:
    """Add the articles in the run of a paragraph whose number fills a gap of the count, and groupings before them."""
    starts = {mark.start for mark in found}
    lost = [mark for mark in lost if mark.start not in starts]
    merged = _cut(sorted([*found, *lost], key=_line))
    following: list[tuple[int, ...]] = []
    upcoming: tuple[int, ...] = ()
    for mark in reversed(merged):
        following.append(upcoming)
        if mark.kind in RESTARTS:
            upcoming = ()
        elif mark.kind == "article" and not mark.lost:
            upcoming = mark.number.key
    kept: list[Mark] = []
    last: tuple[int, ...] = ()
    for mark, ahead in zip(merged, reversed(following), strict=True):
        if mark.kind in RESTARTS:
            last = ()
        if mark.lost and not _fits(mark, last, ahead):
            continue
        if mark.kind == "article":
            last = mark.number.key
        kept.append(mark)
    return kept


def _cut(marks: list[Mark]) -> list[Mark]:
    """End each mark's line where the next mark begins, if that stands on the same line."""
    return [
        replace(mark, end=min(mark.end, after.line)) if after else mark
        for mark, after in pairwise([*marks, None])
        if mark is not None
    ]


def _fits(mark: Mark, last: tuple[int, ...], ahead: tuple[int, ...]) -> bool:
    if mark.kind != "article":
        return mark.end - mark.start < 2 * _LONGEST_IN_CONTENTS
    key = mark.number.key
    next_in_count = not last or key[:2] in (last[:2], (last[0], last[1] + 1)) or bool(ahead)
    return key > last and (not ahead or key < ahead) and next_in_count and (bool(ahead) or bool(last))
