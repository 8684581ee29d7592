"""Ranges in which an amending law quotes articles of another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import regex

from nlp.compiled_patterns import compiled
from nlp.structure.consolidation_notes import follows_note, precedes_note
from nlp.structure.marks import Mark
from nlp.structure.unit_labels import grammar, line_end

Range = tuple[int, int]

_OPENING = compiled(
    r"^[ \t#*_>]*+(?P<open>[«“\"‘'])[ \t*_]*"
    r"(?:(?P<word>(?i:art\w*\.?|t[ií]t\w*|cap\w*|sec\w*|sub\w*|livr\w*|libro|disp\w*"
    r"|chap\w*|part\w*|schedule|anexo|annexe?)[ \t]+"
    r"(?:[\dIVXLC*]|(?i:primer|segund|tercer|[uú]nic|adicional|final|trans)))"
    # the rubric of an inserted section or article precedes its number
    r"|(?=\p{Lu}[^\n”»\"]{3,160}[^\n”»\".;,:]\n+[ \t*_]*(?:\d{1,4}[A-Z]{1,3}\.|A(?i:rt(?:\.|\p{L}+))[ ]\d))"
    r"|§[ \t]?\d|\d{1,4}[A-Z]{0,3}\.|\(\d)",
    regex.MULTILINE,
)
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}
# Maximum lengths in characters: a quoted title or schedule is long; a paragraph without closing mark must not extend
# over the rest of the law.
_MAX_LENGTH = 60_000
_MAX_PARAGRAPH_LENGTH = 8_000
_ANNOUNCEMENT = 200
_APPROVAL = 500  # characters of an article that approves a law
_ANNOUNCING = compiled(r"(?::|(?<![.])[—–-])[ \t\n*_#]*\Z")  # not a rubric with ".-"
_COUNTED = 3  # first articles of a law that is quoted as a whole
_GAP = 20  # blank characters and markup before a quotation
_MARKUP = " \t\n*_#"


def quoted_ranges(text: str) -> list[Range]:
    """Return the quotations: from a quotation mark before a structural word to a closing mark at the end of a line.

    A wording with an editor's note above or below it on its amendment is no quotation.
    """
    closings: dict[str, list[int]] = {}
    ranges: list[Range] = []
    position = 0
    for opening in _OPENING.finditer(text):
        if opening.start() >= position:
            mark = _CLOSING[opening["open"]]
            if mark not in closings:
                closings[mark] = [match.end() for match in _closing_pattern(mark).finditer(text)]
            end = _closing(text, opening, mark, closings[mark])
            if not follows_note(text, opening.start()) and not precedes_note(text, end):
                ranges.append((opening.start(), end))
                position = end
    return ranges


def _closing(text: str, opening: regex.Match[str], mark: str, closings: Sequence[int]) -> int:
    """Return the end of a quotation; without closing mark, or with one in its first line, the end of that line."""
    end = line_end(text, opening.end())
    if mark in text[opening.end() : end]:
        return end
    longest = _MAX_LENGTH if opening["word"] else _MAX_PARAGRAPH_LENGTH
    place = bisect_right(closings, opening.end())
    return closings[place] if place < len(closings) and closings[place] - opening.end() <= longest else end


@cache
def _closing_pattern(mark: str) -> regex.Pattern[str]:
    return compiled(
        rf"{regex.escape(mark)}[ \t*_]*+[.;,)\]]*+[ \t]*+(?:\((?:\*{{1,3}}|NR|AC)\))?[ \t*_.;]*+(?:and|or|et|y|e)?$",
        regex.MULTILINE,
    )


def own_wording(text: str, found: Sequence[Mark], quoted: Sequence[Range]) -> list[Range]:
    """Return ``quoted`` without quotation marks around the law's own wording.

    A gazette quotes the whole law (``Proyecto de ley: "Artículo 1º.- ...``), an editor marks what was inserted.
    """
    articles = [mark for mark in found if mark.kind == "article"]
    own = [mark for mark in articles if not within(mark.start, quoted)]
    kept = _without_wrapping(text, articles, quoted)
    return [part for part in kept if not _continues_the_law(text, articles, own, part)]


def _without_wrapping(text: str, articles: Sequence[Mark], quoted: Sequence[Range]) -> list[Range]:
    """Return ``quoted`` without the quotation that holds article 1, if no own article precedes it.

    It is announced as a law, or has several articles in order and nothing but closing formulas after it.
    """
    first = articles[0] if articles else None
    if first is None or first.number.key[1:2] != (1,) or not within(first.start, quoted):
        return list(quoted)
    wrapping = next(part for part in quoted if part[0] <= first.start < part[1])
    before = (text[max(0, at - _ANNOUNCEMENT) : at].rstrip(_MARKUP) for at in (wrapping[0], first.line))
    is_whole = any(regex.search(grammar()["whole_law"], part) for part in before) or _is_counted(articles, wrapping)
    return [part for part in quoted if part != wrapping or not is_whole]


def approved_laws(text: str, found: Sequence[Mark], quoted: Sequence[Range]) -> list[Range]:
    """Return the quotations of a whole law that an article approves: ``Apruébase la siguiente ley: "Artículo 1.- ...``.

    They have articles 1, 2 and 3 as their first ones; their articles are those of the law, not of another.
    """
    articles = [mark for mark in found if mark.kind == "article"]
    return [
        part
        for part in quoted
        if _is_counted(articles, part)
        and _approval().search(text[max(0, part[0] - _APPROVAL) : part[0]].rstrip(_MARKUP))
    ]


@cache
def _approval() -> regex.Pattern[str]:
    return compiled(grammar()["approved_law"])


def _is_counted(articles: Sequence[Mark], part: Range) -> bool:
    """Return whether a quotation has articles 1, 2 and 3 as its first ones."""
    return [mark.number.key for mark in _inside(articles, part)[:_COUNTED]] == [(0, 1), (0, 2), (0, 3)]


def _inside(articles: Sequence[Mark], part: Range) -> Sequence[Mark]:
    first, last = (bisect_left(articles, at, key=lambda mark: mark.start) for at in part)
    return articles[first:last]


def _continues_the_law(text: str, articles: Sequence[Mark], own: Sequence[Mark], part: Range) -> bool:
    """Return whether the articles of a quotation stand between their neighbours in the law, and nothing announces it.

    "Artículo 17-A" in quotation marks between the articles 17 and 18 was inserted by a later law. Inside, a number may
    be repeated, by its wordings in time.
    """
    if _ANNOUNCING.search(text[max(0, part[0] - _GAP) : part[0]]):
        return False
    inside = _inside(articles, part)
    at = bisect_left(own, part[0], key=lambda mark: mark.start)
    if not inside or not 0 < at < len(own):
        return False
    inner = [mark.number.key for mark in inside]
    is_between = _follows(own[at - 1].number.key, inner[0]) and _follows(inner[-1], own[at].number.key)
    return is_between and all(before == after or _follows(before, after) for before, after in pairwise(inner))


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Return whether ``after`` is the next number after ``before`` or one inserted between them (17, 17-A, 18)."""
    return before < after and after[:1] == before[:1] and after[1] - before[1] in (0, 1)


def within(position: int, ranges: Sequence[Range]) -> bool:
    """Return whether ``position`` is in one of ``ranges``, which are sorted and disjoint."""
    return range_end(position, ranges) > 0


def range_end(position: int, ranges: Sequence[Range]) -> int:
    """Return the end of the range containing ``position``, or 0; ``ranges`` are sorted and disjoint."""
    place = bisect_right(ranges, (position, 1 << 62)) - 1
    return ranges[place][1] if place >= 0 and position < ranges[place][1] else 0


def merged(ranges: Sequence[Range]) -> list[Range]:
    """Return ``ranges`` sorted, with overlapping ones joined."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def announces_quotation(text: str, position: int) -> bool:
    """Return whether the text before ``position`` announces an amended wording: ``queda redactado así:``."""
    announced = _amending().search(text[max(0, position - 300) : position].rstrip()) is not None
    return announced and not follows_note(text, position)


@cache
def _amending() -> regex.Pattern[str]:
    return compiled(grammar()["amending"])
