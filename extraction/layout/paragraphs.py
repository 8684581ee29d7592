"""Paragraphs from the lines of a page's columns; language of each column, so that bilingual texts stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from extraction.block_marks import (
    begins_apart,
    begins_paragraph,
    ends_in_particle,
    flows_on,
    has_leaders,
    has_tick_box,
    is_bulleted,
    is_list_item,
    is_open,
    names_opponent,
    stands_alone,
)
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords
from extraction.layout.tables import PageTable
from extraction.resource import load

MIN_FUNCTION_WORDS = 4  # function words
MIN_WORDS_IN_CELL = 8  # words of the median cell
CLEAR_MAJORITY = 8.0  # ratio to the function words of the second language: a column may have paragraphs in several


def language_of(words: Sequence[str]) -> str:
    """Return the language (ISO 639-1) of both halves of ``words``, or ``""`` if they differ or are undecided."""
    middle = len(words) // 2
    upper, lower = clear_language(words[:middle]), clear_language(words[middle:])
    return upper if upper == lower else ""


def may_differ(words: Sequence[str]) -> bool:
    """Return whether parts of ``words`` can be in different languages, each as :func:`language_of` recognises it."""
    languages = _languages()
    counts = Counter([languages[word] for word in words if word in languages]).most_common(2)
    return len(counts) > 1 and counts[1][1] >= 2 * MIN_FUNCTION_WORDS


def clear_language(words: Sequence[str]) -> str:
    """Return the language (ISO 639-1) of nearly all function words among ``words``, or ``""`` if none is clear."""
    languages = _languages()
    counts = Counter([languages[word] for word in words if word in languages]).most_common(2)
    if (
        not counts
        or counts[0][1] < MIN_FUNCTION_WORDS
        or (len(counts) > 1 and counts[0][1] < CLEAR_MAJORITY * counts[1][1])
    ):
        return ""
    return counts[0][0]


def differ(first: str, other: str) -> bool:
    """Return whether two languages are both known and different."""
    return first != other and bool(first) and bool(other)


def is_parallel_text(page: PageWords, table: PageTable) -> bool:
    """Return whether a table is a parallel text: columns of prose in different languages."""
    filled = [cell for cell in table.cells if cell.words]
    if median([len(cell.words) for cell in filled]) < MIN_WORDS_IN_CELL:
        return False
    words, columns = page.words, defaultdict[int, list[str]](list)
    for cell in filled:
        columns[cell.column] += [words[index] for index in cell.words]
    return len({language for column in columns.values() if (language := language_of(column))}) > 1


@cache
def _languages() -> dict[str, str]:
    return {word: language for language, words in load("extraction.function_words").items() for word in words}


PARAGRAPH_PITCH = 1.3  # ratio to the usual distance between lines
SAME_PITCH = 0.06  # relative difference between the distances of evenly spaced lines
MIN_EVEN = 3  # distances
MAX_PITCH = 3.0  # line heights; double spacing has about two and a half
INDENT = 0.8  # type sizes
SAME_SIZE = 0.1
OTHER_SIZE = 0.35  # tolerance within a sentence, for small capitals or quotations
ROOM = 0.4  # type sizes by which a full line may end before the right margin
SPACE = 0.25  # type sizes
MIN_MEASURED = 3  # lines whose widest may be the measure of a quotation or a narrow column
SHORT = 0.92  # share of the column's width that lines of their own do not exceed
SHORT_PAGE = 0.85  # the same of all lines of a page, between equal margins
MARGIN_OF_CENTRED = 0.1  # share of the column's width that a wrapped line in the middle may leave free
DEEPEST_INDENT = 10  # type sizes; a line that begins further to the right is set to the right or centred


@dataclass(slots=True)
class Paragraph:
    """Lines of one page that form a paragraph."""

    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageText:
    """Words of a page, usual distance between its lines (``pitch``, points), and languages of its columns.

    ``right`` is the right margin in points of a page whose lines are all short, 0 for others.
    """

    words: list[str]
    first_widths: dict[int, float]
    pitch: float
    languages: dict[int, str] = field(default_factory=dict)
    right: float = 0.0
    _texts: dict[int, str] = field(default_factory=dict)

    def text(self, line: Line) -> str:
        """Return the text of a line, computed once."""
        first = line.words[0]
        if (text := self._texts.get(first)) is None:
            text = self._texts[first] = " ".join([self.words[index] for index in line.words])
        return text


def paragraphs(lines: Sequence[Line], page: PageText) -> list[Paragraph]:
    """Group the lines of a page, given in reading order, into paragraphs."""
    groups: list[Paragraph] = []
    pitches = _pitches(lines, page)
    rights = _measures(lines, pitches, page)
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is not None and _goes_on(groups[-1].lines, line, rights[index - 1], pitches[index], page):
            groups[-1].lines.append(line)
        else:
            groups.append(Paragraph([line]))
    return groups


def usual_pitch(lines: Sequence[Line]) -> float:
    """Return the usual baseline distance of a page in points (its 40th percentile); 0 without two lines."""
    pitches = sorted(
        after.bottom - before.bottom
        for before, after in pairwise(lines)
        if after.column == before.column and 0 < after.bottom - before.bottom < 4 * before.height
    )
    return pitches[int(0.4 * len(pitches))] if pitches else 0.0


def goes_on_elsewhere(last: Line, text: str, first: Line, following: str, first_width: float) -> bool:
    """Return whether ``first``, at the top of the next column or page, continues the paragraph that ends in ``last``.

    ``text`` and ``following`` are the texts of both lines, ``first_width`` is the width of the first word of ``first``.
    """
    if not _same_type(last, first):
        return False
    if flows_on(text, following):
        return True
    begins = begins_paragraph(following) and not names_opponent(text, following)
    if not is_open(text) or begins or first.x0 > first.left + INDENT * first.size:
        return False
    return not _has_room(last, first_width, last.right)


def _pitches(lines: Sequence[Line], page: PageText) -> list[float]:
    """Return the distance in points that lines of one paragraph have from each line to the one before.

    It is that of the page, or a larger one of four or more lines at even distances: a page in double spacing may have
    quotations and notes in single spacing. Lines none of which continues another are paragraphs below blank lines.
    """
    usual = page.pitch
    pitches = [usual] * len(lines)
    start = 1
    for index in range(2, len(lines) + 1):
        if index < len(lines) and _is_even(lines[index - 2], lines[index - 1], lines[index]):
            continue
        if index - start >= MIN_EVEN:
            distance = lines[start].bottom - lines[start - 1].bottom
            texts = [page.text(line) for line in lines[start - 1 : index]]
            if usual < distance <= MAX_PITCH * lines[start].height and any(map(flows_on, texts, texts[1:])):
                pitches[start:index] = [distance] * (index - start)
        start = index
    return pitches


def _is_even(before: Line, middle: Line, after: Line) -> bool:
    first, second = middle.bottom - before.bottom, after.bottom - middle.bottom
    alike = before.column == middle.column == after.column and first > 0 and abs(second - first) <= SAME_PITCH * first
    return alike and _same_type(before, middle) and _same_type(middle, after)


def _goes_on(lines: list[Line], line: Line, right: float, pitch: float, page: PageText) -> bool:
    before = lines[-1]
    text, following = page.text(before), page.text(line)
    width = page.first_widths[line.words[0]]
    if line.column != before.column and line.top < before.bottom:  # else it is below, not in the next column
        if differ(page.languages.get(before.column, ""), page.languages.get(line.column, "")):
            return False
        return goes_on_elsewhere(before, text, line, following, width)
    flows = flows_on(text, following)
    if not _same_type(
        before, line, OTHER_SIZE if flows else SAME_SIZE
    ) or line.bottom - before.bottom > PARAGRAPH_PITCH * max(pitch, before.height):
        return False
    if _centred(before) and _centred(line) and (before.bold or before.size > SAME_SIZE + line.size):
        return True
    first = page.text(lines[0])
    begins = begins_paragraph(following) and not names_opponent(text, following, first)
    has_room = _has_room(before, width, right)
    is_article = following.startswith("o ") and is_open(text) and not has_room  # in Portuguese, not a bullet
    if has_leaders(text) or (is_bulleted(following) and not is_article):
        return False
    if has_tick_box(text) and not flows and (has_room or has_tick_box(following)):
        return False
    if before.bold and line.bold and begins and not ends_in_particle(text):
        return False  # a heading of a provision below one of a chapter, though no margin shows it
    if begins and (is_list_item(first) or not is_open(text) or has_room):
        return False
    if flows and not (has_room and begins_apart(following)):
        return True
    if _is_indented(lines, line, begins_paragraph(first)):
        return False
    if stands_alone(text) or stands_alone(following):
        return False
    if _centred(before) and _centred(line):
        return before.x1 - before.x0 + width > (1 - MARGIN_OF_CENTRED) * (before.right - before.left)
    return not has_room


def _same_type(before: Line, line: Line, tolerance: float = SAME_SIZE) -> bool:
    """Return whether two lines agree in weight and size; a ``tolerance`` above ``SAME_SIZE`` ignores weight."""
    alike = before.bold == line.bold or tolerance > SAME_SIZE
    return alike and abs(before.size - line.size) <= tolerance * max(before.size, line.size)


def _has_room(line: Line, width: float, right: float) -> bool:
    return line.x1 + SPACE * line.size + width < right - ROOM * line.size


def _is_indented(lines: list[Line], line: Line, hangs: bool) -> bool:
    """Return whether ``line`` starts a paragraph by a first-line or hanging indent."""
    step = line.x0 - lines[-1].x0
    if step > INDENT * line.size:
        return len(lines) > 1 or (lines[0].x0 > lines[0].left + INDENT * line.size and not hangs)
    return step < -INDENT * line.size and (len(lines) > 1 or step < -DEEPEST_INDENT * line.size)


def _centred(line: Line) -> bool:
    middle, width = (line.left + line.right) / 2, line.right - line.left
    return abs((line.x0 + line.x1) / 2 - middle) < 0.02 * width and line.x1 - line.x0 < 0.9 * width


def _measures(lines: Sequence[Line], pitches: Sequence[float], page: PageText) -> list[float]:
    """Return the right margin, in points, that applies to each line: one for lines without a gap or change of type."""
    rights: list[float] = []
    group: list[Line] = []
    is_wrapped = any(_is_wrapped(before, line, before.right, page) for before, line in pairwise(lines))
    margin = 0.0 if is_wrapped else page.right
    for before, line, pitch in zip([None, *lines], [*lines, None], [*pitches, 0.0], strict=True):
        if before is not None:
            group.append(before)
        parted = line is None or (before is not None and _parted(before, line, pitch))
        if group and parted:
            rights += [_measure(group, page, margin)] * len(group)
            group = []
    return rights


def _measure(group: Sequence[Line], page: PageText, margin: float) -> float:
    """Return the right margin of lines: the end of the widest of three or more, else the right side of the column.

    It is that of the column, or the right ``margin`` of a page without running text, for short lines too none of which
    continues another, as in a letterhead or a signature.
    """
    widest, first = max(line.x1 for line in group), group[0]
    right = max(first.right, margin)
    if len(group) < MIN_MEASURED:
        return right
    if widest > first.left + SHORT * (right - first.left):
        return widest
    return widest if any(_is_wrapped(*pair, widest, page) for pair in pairwise(group)) else right


def _is_wrapped(before: Line, line: Line, right: float, page: PageText) -> bool:
    """Return whether a line continues the one before, which has no room for its first word."""
    following = page.text(line)
    flows = flows_on(page.text(before), following) and not begins_apart(following)
    return flows and not _has_room(before, page.first_widths[line.words[0]], right)


def right_margin(page: PageWords, lines: Sequence[Line]) -> float:
    """Return the right margin of a page with one column of short lines: as wide as the left one; else 0."""
    if not lines or lines[-1].column != lines[0].column or page.upright is not page.boxes:
        return 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    margin = page.width - left
    return margin if right < left + SHORT_PAGE * (margin - left) else 0.0


def _parted(before: Line, line: Line, pitch: float) -> bool:
    return (
        line.column != before.column
        or not _same_type(before, line)
        or line.bottom - before.bottom > PARAGRAPH_PITCH * max(pitch, before.height)
    )
