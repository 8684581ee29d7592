"""Separation of the units of a law from similar contents, quotations and references."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.structure.annexed_treaties import with_treaties
from nlp.structure.contents import without_contents, without_listed_groupings, without_repeated_headings
from nlp.structure.inline_article_recovery import with_lost
from nlp.structure.marks import RESTARTS, Mark, same_unit
from nlp.structure.number_sequence import in_sequence
from nlp.structure.quoted_law import Range, announces_quotation, approved_laws, merged, own_wording, within
from nlp.structure.unit_labels import Number, grammar, ordinal_value
from nlp.structure.unordered_articles import unordered_articles

_MIN_BEFORE_ACT = 3
_LOOKED_AT = 20  # marks behind a schedule in which the numbering may continue
_MARKUP = " \t\n*_#.:-–—"


@dataclass(frozen=True, slots=True)
class LawMarks:
    """The marks of the law's own units, those of quoted articles, the quoted ranges, and marks that may be own ones."""

    own: list[Mark]
    quotations: list[Mark]
    quoted: list[Range]
    doubtful: list[Mark]


def law_marks(text: str, found: list[Mark], lost: Iterator[Mark], quoted: Sequence[Range]) -> LawMarks:
    """Return the marks of a law's own units and of its quotations.

    ``found`` are all marks of ``text`` by line, ``lost`` those within paragraphs, ``quoted`` the quoted ranges.
    """
    approved = approved_laws(text, found, quoted)
    quoted = [part for part in quoted if part not in approved]
    quoted = _closed_by_the_count(found, own_wording(text, found, quoted))
    inside = [mark for mark in found if within(mark.start, quoted)]
    own = [mark for mark in found if not within(mark.start, quoted)]
    own = without_listed_groupings(without_repeated_headings(text, own))
    own = _without_inner_schedules(_without_headed(text, _merged(text, without_contents(own))))
    own = with_treaties(text, own)
    own, announced = _without_announced(text, _in_context(own))
    own = _with_words(text, own, approved) if approved else own
    ordered = in_sequence(own, [edge for part in approved for edge in part])
    unordered, doubtful = unordered_articles(text, own, ordered)
    own = with_lost(
        sorted([*ordered, *unordered], key=_line),
        [mark for mark in lost if not within(mark.start, quoted)],
    )
    quotations = sorted([*inside, *announced], key=_line)
    ranges = merged([*quoted, *_announced_ranges(text, own, announced)])
    return LawMarks(own, [mark for mark in quotations if mark.kind in ("article", "numbered")], ranges, doubtful)


def _with_words(text: str, found: list[Mark], approved: Sequence[Range]) -> list[Mark]:
    """Return the marks, with the numbers of the articles that approve a law as printed: ``art. primero ley``."""
    word = grammar()["approving_word"]
    return [
        replace(mark, number=Number(f"{words[-1].lower()} {word}", mark.number.key))
        if mark.kind == "article"
        and not within(mark.start, approved)
        and ordinal_value((words := text[mark.start : mark.body].strip(_MARKUP).split())[-1])
        else mark
        for mark in found
    ]


def _line(mark: Mark) -> int:
    return mark.line


def _closed_by_the_count(found: list[Mark], quoted: Sequence[Range]) -> list[Range]:
    """Return the quoted ranges; one without closing mark ends where the law's own numbering continues."""
    ends = dict(quoted)
    outer = inner = None
    start = -1
    for mark in found:
        if mark.kind not in ("article", "numbered") or len(mark.number.key) < 2:
            continue
        place = bisect_right(quoted, (mark.start, 1 << 62)) - 1
        opened = quoted[place][0] if place >= 0 and mark.start < ends[quoted[place][0]] else -1
        if opened < 0:
            outer = (
                outer if outer and same_unit(mark, outer) else mark
            )  # the line of the heading, not the one repeating it
        elif opened != start:
            start, inner = opened, mark
        elif outer and inner and _carries_on(outer, inner, mark):
            ends[opened], outer = mark.line, mark
        else:
            inner = mark
    return sorted(ends.items())


def _carries_on(outer: Mark, inner: Mark, mark: Mark) -> bool:
    """Return whether ``mark`` continues the law's own numbering (``outer``) and not the quoted one (``inner``)."""
    own, quoted, base = (item.number.key[1] for item in (outer, inner, mark))
    if base != own + 1:
        return False
    if base in (quoted, quoted + 1):  # they differ only in typography
        return outer.strong and mark.strong and not inner.strong
    return mark.kind == "article" or mark.strong


def _announced_ranges(text: str, own: list[Mark], announced: list[Mark]) -> Iterator[Range]:
    lines = [mark.line for mark in own]
    for mark in announced:
        place = bisect_right(lines, mark.line)
        yield mark.line, lines[place] if place < len(lines) else len(text)


def _merged(text: str, found: list[Mark]) -> list[Mark]:
    """Return the marks, with an article's heading line joined with the next line that repeats its number."""
    merged: list[Mark] = []
    for mark in found:
        last = merged[-1] if merged and mark.kind in ("numbered", "article") else None
        if (
            last
            and (mark.kind == "numbered" or _is_empty(text, last))
            and same_unit(mark, last)
            and mark.line - last.end < 40
        ):
            merged[-1] = replace(last, inside=mark.body)
        else:
            merged.append(mark)
    return merged


def _is_empty(text: str, mark: Mark) -> bool:
    return not text[mark.body : mark.end].strip(_MARKUP)


def _without_headed(text: str, found: list[Mark]) -> list[Mark]:
    """Return the marks without "Disposições transitórias" that only name the chapter above, if numbering continues."""
    kept: list[Mark] = []
    last = 0
    for place, mark in enumerate(found):
        above = found[place - 1] if place else None
        if mark.kind in ("transitory", "disposition") and not mark.number.key and above and _names(text, above, mark):
            after = next((following for following in found[place + 1 :] if following.is_basic), None)
            if after and after.kind == "article" and after.number.key[1:2] == (last + 1,):
                continue
        if mark.kind == "article" and len(mark.number.key) > 1:
            last = mark.number.key[1]
        kept.append(mark)
    return kept


def _names(text: str, above: Mark, mark: Mark) -> bool:
    """Return whether ``mark`` directly follows a grouping without heading."""
    grouping = not above.is_basic and above.kind not in RESTARTS and above.number.key != ()
    return grouping and not text[above.body : mark.line].strip(_MARKUP)


def _without_inner_schedules(found: list[Mark]) -> list[Mark]:
    """Return the marks without schedules that a section substitutes, and without groupings of sections on the schedule.

    The numbering continues below them.
    """
    kept: list[Mark] = []
    last: Mark | None = None
    for place, mark in enumerate(found):
        if mark.kind == "schedule" and last is not None and _continues(last, found[place + 1 :]):
            continue
        if mark.kind in ("article", "numbered") and len(mark.number.key) > 1:
            last = mark
        elif mark.kind in RESTARTS:
            last = None
        kept.append(mark)
    return kept


def _continues(last: Mark, following: Sequence[Mark]) -> bool:
    """Return whether the number after ``last`` follows: in a heading, or as the first of several in a row."""
    after = [mark for mark in following[:_LOOKED_AT] if mark.is_basic or mark.kind in RESTARTS]
    expected = [(last.number.key[0], last.number.key[1] + step) for step in (1, 2, 3)]
    numbers = [mark.number.key for mark in after if len(mark.number.key) == len(last.number.key)]
    return bool(after) and after[0].number.key == expected[0] and (after[0].strong or numbers[:3] == expected)


def _in_context(found: list[Mark]) -> list[Mark]:
    """Return the marks that are valid in their context.

    Ordinals alone ("Primera.-") must follow a heading of dispositions, other acts several articles; closing formulas
    must not be followed by an article that continues the numbering.
    """
    kept: list[Mark] = []
    listing = False
    articles = 0
    for place, mark in enumerate(found):
        if mark.kind in ("transitory", "disposition"):
            listing = listing or not mark.number.key
        elif not mark.is_basic and mark.kind != "closing":
            listing = listing and mark.kind == "act"
        articles += mark.kind == "article"
        new_act = articles >= _MIN_BEFORE_ACT and not (kept and kept[-1].kind == "act")
        allowed = {"ordinal": listing, "act": new_act, "closing": _closes(found, place)}
        if allowed.get(mark.kind, True):
            kept.append(mark)
    return kept


def _closes(found: list[Mark], place: int) -> bool:
    before = next((mark for mark in reversed(found[max(0, place - 50) : place]) if mark.is_basic), None)
    after = next((mark for mark in found[place + 1 : place + 2] if mark.kind != "closing"), None)
    return before is not None and (after is None or not after.is_basic or after.number.key <= before.number.key)


def _without_announced(text: str, found: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Return the law's own marks, and those after "queda redactado así:" until its numbering or headings continue."""
    kept: list[Mark] = []
    announced: list[Mark] = []
    quoting, last = False, 0
    own: Mark | None = None
    for mark in found:
        if mark.kind not in ("article", "numbered") or not mark.number.key:
            last = 0 if mark.kind in RESTARTS else last
            quoting = quoting and mark.kind not in RESTARTS and not mark.is_basic
            kept.append(mark)
            continue
        base = mark.number.key[1]
        continues = base in (last, last + 1) or (quoting and _is_heading_again(own, announced[-1], mark))
        quoting = not continues and (quoting or announces_quotation(text, mark.line))
        (announced if quoting else kept).append(mark)
        last, own = (last, own) if quoting else (base, mark)
    return kept, announced


def _is_heading_again(own: Mark | None, quoted: Mark, mark: Mark) -> bool:
    """Return whether an article has a heading, as the law's own have and the quoted ones have not."""
    return own is not None and own.strong and not quoted.strong and mark.strong
