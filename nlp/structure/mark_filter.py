"""Tell the units of a law from what only looks like them: contents, quotations, references (brief 3.3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.structure.marks import RESTARTS, Mark
from nlp.structure.quoted_law import Range, announces_quotation, merged, within
from nlp.structure.sequence import rising

_COUNTED = ("article", "numbered", "ordinal")
_FEWEST_IN_CONTENTS = 3
_LONGEST_IN_CONTENTS = 150
_FEWEST_GROUPINGS = 6
_FEWEST_BEFORE_ACT = 3


@dataclass(frozen=True, slots=True)
class LawMarks:
    """The marks of the law's own units, the articles that it quotes, and the ranges that are quoted."""

    own: list[Mark]
    quotations: list[Mark]
    quoted: list[Range]


def law_marks(text: str, found: list[Mark], lost: Iterator[Mark], quoted: Sequence[Range]) -> LawMarks:
    """Tell a law's own units among all marks of its text."""
    quoted = _closed_by_the_count(found, quoted)
    inside = [mark for mark in found if within(mark.start, quoted)]
    own = [mark for mark in found if not within(mark.start, quoted)]
    own = _merged(_without_contents(_without_listed_groupings(own)))
    own, announced = _without_announced(text, _in_context(own))
    own = _with_lost(_in_sequence(own), [mark for mark in lost if not within(mark.start, quoted)])
    quotations = sorted([*inside, *announced], key=_line)
    ranges = merged([*quoted, *_announced_ranges(text, own, announced)])
    return LawMarks(own, [mark for mark in quotations if mark.kind in ("article", "numbered")], ranges)


def _line(mark: Mark) -> int:
    return mark.line


def _closed_by_the_count(found: list[Mark], quoted: Sequence[Range]) -> list[Range]:
    """End a quotation whose closing mark is missing where the law's own count goes on."""
    ends = dict(quoted)
    outer = inner = None
    start = -1
    for mark in found:
        if mark.kind not in ("article", "numbered") or len(mark.number.key) < 2:
            continue
        place = bisect_right(quoted, (mark.start, 1 << 62)) - 1
        opened = quoted[place][0] if place >= 0 and mark.start < ends[quoted[place][0]] else -1
        if opened < 0:
            outer = outer if outer and _same(mark, outer) else mark  # a heading's line, not the one that repeats it
        elif opened != start:
            start, inner = opened, mark
        elif outer and inner and _carries_on(outer, inner, mark):
            ends[opened], outer = mark.line, mark
        else:
            inner = mark
    return sorted(ends.items())


def _carries_on(outer: Mark, inner: Mark, mark: Mark) -> bool:
    """Tell whether the count of the law's own ``outer`` goes on at ``mark``, and not that of the quoted ``inner``."""
    own, quoted, base = (one.number.key[1] for one in (outer, inner, mark))
    if base != own + 1:
        return False
    if base in (quoted, quoted + 1):  # only their typography tells them apart
        return outer.strong and mark.strong and not inner.strong
    return mark.kind == "article" or mark.strong


def _announced_ranges(text: str, own: list[Mark], announced: list[Mark]) -> Iterator[Range]:
    lines = [mark.line for mark in own]
    for mark in announced:
        place = bisect_right(lines, mark.line)
        yield mark.line, lines[place] if place < len(lines) else len(text)


def _without_listed_groupings(found: list[Mark]) -> list[Mark]:
    """Drop headings before the first article that repeat: a table of contents of groupings."""
    first = next((place for place, mark in enumerate(found) if mark.is_basic), len(found))
    return [*_nested_tail(found[:first]), *found[first:]]


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
    return [mark for mark in found if mark.line >= _begins(found, run[-1].line, basic[again].line)]


def _begins(found: list[Mark], contents_end: int, first_article: int) -> int:
    """Return where the law begins after its contents: at the heading that the contents began with, come again."""
    between = [mark for mark in found if contents_end < mark.line < first_article]
    again = [mark.line for mark in between if _same(mark, found[0])]
    headings = [mark.line for mark in between if mark.kind not in RESTARTS]
    return min(again or headings or [first_article])


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
    """Keep ordinals alone ("Primera.-") only below a heading of dispositions, other acts only after articles, and
    closing formulas only where no article carries the count on."""
    kept: list[Mark] = []
    listing = False
    articles = 0
    for place, mark in enumerate(found):
        if mark.kind in ("transitory", "disposition"):
            listing = listing or not mark.number.key
        elif not mark.is_basic and mark.kind != "closing":
            listing = listing and mark.kind == "act"
        articles += mark.kind == "article"
        new_act = articles >= _FEWEST_BEFORE_ACT and not (kept and kept[-1].kind == "act")
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
            last = 0 if mark.kind in RESTARTS else last
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
