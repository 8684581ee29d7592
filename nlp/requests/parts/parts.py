"""Parts of a file: cover, request or answer, quoted law, annexes, translations; each with its language.

A file is read as a series of letters. The first may be a note that sends the second one on; attachments and
translations follow. Quoted law is cut out of the letter that quotes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, takewhile

import regex

from extraction.resource import load
from nlp.annotations import Segment, Unit
from nlp.language import UNDETERMINED
from nlp.requests.parts.cover_notes import (
    SEPARATOR,
    Line,
    end_of_cover,
    is_closed,
    is_rule,
    lines_of,
    part_rules,
    transmits,
)
from nlp.requests.parts.joining import merged, with_words, without_repeats
from nlp.requests.parts.quoted_provisions import is_inline, quoted_provisions
from nlp.requests.proposal import ANNEX, COVER, REQUEST, TRANSCRIPTION, TRANSLATION, FilePart

ORIGIN = "requests.parts@8"
# A stretch in another language is a translation from this many characters on.
_TRANSLATED = 250
# Minimum length of an attachment beyond its title, and of the text before it.
_MIN_ANNEX_LENGTH, _LEAST_BEFORE_ANNEX = 60, 120
_MAX_HEAD_LENGTH = 90
# A line that ends in a point and precedes less than this only names an attachment.
_NAMED_LENGTH = 200
# Lines above the title of an attachment in which the letter ends.
_SIGNATURE_LINES = 5
# A row of a table: at least three columns, the last ones with figures.
_ROW = regex.compile(r"\S[ \t]{2,}\S.*?[ \t]{2,}\S*\d")
# Least length of a letter: a title above it, as "PROCÈS-VERBAL", is the letter's own.
_LEAST_LETTER = 400
# Words of a title that says nothing of the attachment.
_BARE_TITLE = 2
# A letter is so many times as long as the note above it, if it is no translation of that.
_NOTE_SHARE = 2.5
# Longest address in another language, as of the authority that is asked.
_LONGEST_ADDRESS = 500


def find_parts(text: str, languages: Sequence[Segment], sections: Sequence[Unit]) -> tuple[FilePart, ...]:
    """Return the parts, which are contiguous and cover the text; ``request`` includes answers."""
    if not text.strip():
        return ()
    lines = list(lines_of(text))
    annexes = _annexes(text, lines)
    letter = min(annexes, default=len(text))
    marks = sorted({**_translations(text, lines, languages, letter), **annexes}.items())
    first = marks[0][0] if marks else len(text)
    starts = [(0, REQUEST), *marks]
    if 0 < (request := _with_mark(lines, end_of_cover(text, lines, first))) <= first and _covers(text, request, marks):
        starts = [(0, COVER), *([(request, REQUEST)] if request < first else ()), *marks]
    elif note := _end_of_foreign_note(text, lines, languages, starts):
        starts = [(0, COVER), (note, REQUEST), *((start, kind) for start, kind in marks if start > note)]
    starts = without_repeats(starts)
    ends = [*(start for start, _ in starts[1:]), len(text)]
    cut: list[FilePart] = []
    for (start, kind), end in zip(starts, ends, strict=True):
        cut.extend(_with_quotations(text, start, end, kind, sections))
    return tuple(replace(part, language=_language(languages, part)) for part in merged(with_words(text, cut)))


def _covers(text: str, request: int, marks: Sequence[tuple[int, str]]) -> bool:
    """Return whether a letter follows a note that ends at ``request``; below a letter may be its summary translated."""
    is_translation = (request, TRANSLATION) in marks
    return not is_translation or _length(text, marks, request) > request


def _end_of_foreign_note(
    text: str, lines: Sequence[Line], languages: Sequence[Segment], starts: Sequence[tuple[int, str]]
) -> int:
    """Return the end of a note that sends on a letter in another language, of which the file has no original; else 0.

    What is far longer than the note is no translation of it.
    """
    long = [segment for segment in languages if segment.label != UNDETERMINED and segment.end > segment.start]
    places = [start for start, kind in starts if kind == TRANSLATION]
    changes = [
        _line_start(lines, other.start)
        for one, other in pairwise(long)
        if one.label != other.label and other.end - other.start > _TRANSLATED
    ]
    notes = [place for place in sorted({*places, *changes}) if transmits(text[:place]) and is_closed(lines, place)]
    note = next((place for place in notes if _NOTE_SHARE * place < _length(text, starts, place)), 0)
    return _with_mark(lines, note)


def _with_mark(lines: Sequence[Line], start: int) -> int:
    """Return the start of a letter with the line above it that marks it as a translation, if there is one."""
    above = next((line for line in reversed(lines) if line.start < start), None)
    marked = above is not None and any(rule.match(above.folded) for rule in part_rules("translation"))
    return above.start if above is not None and marked else start


def _length(text: str, starts: Sequence[tuple[int, str]], place: int) -> int:
    """Return the length of the letter that begins at a place, without its attachments."""
    return min([start for start, kind in starts if kind == ANNEX and start > place], default=len(text)) - place


def without_inline(parts: Sequence[FilePart]) -> list[FilePart]:
    """Return the parts as a reader divides the file: an inline transcription belongs to the letter that quotes it."""
    joined: list[FilePart] = []
    for part in parts:
        continues = bool(joined) and (part.inline or (joined[-1].inline and part.kind == joined[-1].kind))
        if continues:
            joined[-1] = replace(joined[-1], end=part.end, inline=True)
        else:
            joined.append(part)
    return [replace(part, inline=False) for part in joined]


# --- translations and annexes --------------------------------------------------------------------------------------


def _translations(text: str, lines: Sequence[Line], languages: Sequence[Segment], letter: int) -> dict[int, str]:
    """Return the starts of translations: by their marks, or by a change of language before the ``letter`` ends.

    Attachments may be in any language, so a change of language there is no evidence.
    """
    main = main_language(languages)
    marks: dict[int, str] = {}
    for line in lines:
        marked = line.start > 0 and len(line.folded) <= _MAX_HEAD_LENGTH + 40
        if marked and any(rule.match(line.folded) for rule in part_rules("translation")):
            following = _language_of(languages, line.end, min(len(text), line.end + 1_500))
            if following != main and len(text) - line.end > _TRANSLATED:
                marks[line.start] = TRANSLATION
    for segment in languages:
        long = segment.end - segment.start >= _TRANSLATED and segment.label != UNDETERMINED
        other = segment.label != main and 0 < segment.start < letter
        if long and other and not _is_table(text, segment) and not _is_address(text, segment):
            start = _line_start(lines, segment.start)
            if not any(0 <= segment.start - mark < segment.end - segment.start + 300 for mark in marks):
                marks[start] = TRANSLATION
    return _back_to_original(marks, [segment for segment in languages if segment.start < letter], main)


def _is_table(text: str, segment: Segment) -> bool:
    """Return whether most lines of a stretch are rows of a table, whose names say nothing of the language."""
    rows = [line for line in text[segment.start : segment.end].split("\n") if line.strip()]
    return 2 * sum(_ROW.search(row) is not None for row in rows) > len(rows)


def _is_address(text: str, segment: Segment) -> bool:
    """Return whether a short stretch has no sentence, as the address of a foreign authority."""
    words = text[segment.start : segment.end]
    return len(words) < _LONGEST_ADDRESS and regex.search(r"(?m)^(?![^\n:]{1,30}:)[^\n]{40,}[.;]$", words) is None


def _back_to_original(marks: dict[int, str], languages: Sequence[Segment], main: str) -> dict[int, str]:
    """Add the continuations of the original after translations between its paragraphs."""
    returned = dict(marks)
    for segment in languages:
        before = [start for start in marks if start < segment.start]
        if before and segment.label == main and segment.end - segment.start >= _TRANSLATED:
            returned.setdefault(segment.start, REQUEST)
    return returned


def _line_start(lines: Sequence[Line], place: int) -> int:
    return max((line.start for line in lines if line.start <= place), default=place)


def _annexes(text: str, lines: Sequence[Line]) -> dict[int, str]:
    """Return where attachments begin that are in the file, not those that a list only names."""
    rule = _annex_rule()
    heads: list[Line] = []
    for number, line in enumerate(lines):
        behind = bool(heads) and heads[-1].after_blank
        is_short = len(line.folded) <= _MAX_HEAD_LENGTH
        if is_short and rule.match(line.folded):
            heads.append(line)
        elif is_short and _is_attached(lines, number, behind_letter=behind):
            heads.append(_below_rule(lines, number))
    marks: dict[int, str] = {}
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        body = text[head.end : end].strip()
        named = head.folded.endswith(".") and len(body) < _NAMED_LENGTH
        begins = head.start < _LEAST_BEFORE_ANNEX  # the form of an EIO is "Annex A" itself
        if begins or len(body) < _MIN_ANNEX_LENGTH or named or _is_list_item(head, lines, end):
            continue
        below = next((line.folded for line in lines if line.start > head.end), "")
        marks[head.start] = _kind_of_annex(head.folded, below)
    return marks


def _is_attached(lines: Sequence[Line], number: int, *, behind_letter: bool) -> bool:
    """Return whether a line after the end of a letter is the title of an attachment ("QUESTIONS").

    ``behind_letter`` tells that another attachment has begun above.
    """
    head = lines[number]
    if head.start < _LEAST_LETTER or not head.after_blank or not _attached().match(head.folded):
        return False
    below = lines[number + 1 :]
    if any(rule.search(line.folded) for line in below for rule in part_rules("closings")):
        return False
    same = takewhile(lambda line: not _begins_another(line), below)
    if any(_letter_goes_on().match(line.folded) for line in same if line.after_blank):
        return False
    ruled = number > 0 and SEPARATOR.fullmatch(lines[number - 1].folded) is not None
    return (
        behind_letter
        or ruled
        or any(
            rule.search(line.folded)
            for line in lines[max(0, number - _SIGNATURE_LINES) : number]
            for rule in (*part_rules("closings"), _enclosed_or_post())
        )
    )


def _begins_another(line: Line) -> bool:
    """Return whether a line begins another part of the file: a rule, the title of an annex."""
    return is_rule(line.folded) or _annex_rule().match(line.folded) is not None


def _below_rule(lines: Sequence[Line], number: int) -> Line:
    """Return the first line of the letterhead of an attachment, which a ruled line parts from the letter."""
    for at in range(number - 1, max(0, number - _SIGNATURE_LINES), -1):
        if SEPARATOR.fullmatch(lines[at].folded):
            return lines[at + 1]
    return lines[number]


def _kind_of_annex(title: str, below: str) -> str:
    """Return the kind of an attachment by its title: quoted law, a translation, or anything else.

    The line ``below`` a bare title ("FIRST ENCLOSURE") may be the title of a law.
    """
    is_bare = len(title.split()) <= _BARE_TITLE
    of_law = any(rule.match(below) for rule in (_law_title(), _law_annex(), _provision_line()))
    if _law_annex().search(title) or (is_bare and of_law):
        return TRANSCRIPTION
    _, _, label = title.partition(":")
    return TRANSLATION if any(rule.match(label) for rule in part_rules("translation")) else ANNEX


def _is_list_item(head: Line, lines: Sequence[Line], end: int) -> bool:
    """Return whether a line only names an attachment, because a closing or signature follows."""
    following = next((line for line in lines if head.start < line.start < end), None)
    closes = following is not None and (
        any(rule.search(following.folded) for rule in part_rules("closings"))
        or any(rule.match(following.folded) for rule in part_rules("signed"))
    )
    return closes or not head.after_blank


# --- quoted law ----------------------------------------------------------------------------------------------------


def _with_quotations(text: str, start: int, end: int, kind: str, sections: Sequence[Unit]) -> Iterator[FilePart]:
    """Yield a part cut by the provisions it quotes; annexes and translations stay whole."""
    position = start
    if kind == REQUEST:
        for left, right in quoted_provisions(text, start, end, sections):
            if left > position:
                yield FilePart(kind, "", position, left, 0.8, ORIGIN)
            inline = is_inline(text, (start, end), (left, right))
            yield FilePart(TRANSCRIPTION, "", left, right, 0.8, ORIGIN, inline)
            position = right
    if position < end:
        yield FilePart(kind, "", position, end, 0.8, ORIGIN)


# --- languages -----------------------------------------------------------------------------------------------------


def main_language(languages: Sequence[Segment]) -> str:
    """Return the language that the file begins in, or most of it where its beginning is short."""
    lengths = Counter[str]()
    for segment in languages:
        lengths[segment.label] += segment.end - segment.start
    lengths.pop(UNDETERMINED, None)
    first = next((s.label for s in languages if s.label in lengths and s.end - s.start >= 2 * _TRANSLATED), "")
    return first or max(lengths, key=lambda label: lengths[label], default=UNDETERMINED)


def _language_of(languages: Sequence[Segment], start: int, end: int) -> str:
    lengths = Counter[str]()
    for segment in languages:
        if (shared := min(end, segment.end) - max(start, segment.start)) > 0:
            lengths[segment.label] += shared
    return max(lengths, key=lambda label: lengths[label], default=UNDETERMINED)


def _language(languages: Sequence[Segment], part: FilePart) -> str:
    return _language_of(languages, part.start, part.end)


@cache
def _annex_rule() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["annex"])


@cache
def _attached() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["attached"])


@cache
def _letter_goes_on() -> regex.Pattern[str]:
    """Match a line that no attachment has: the heading of the list of enclosures, the date of the letter."""
    return regex.compile(load("nlp.request_parts")["goes_on"])


@cache
def _enclosed_or_post() -> regex.Pattern[str]:
    """Match what a letter ends with: a post, or what is enclosed."""
    return regex.compile(load("nlp.request_parts")["ends"])


@cache
def _provision_line() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["provision"])


@cache
def _law_annex() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["law_annex"])


@cache
def _law_title() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["law_title"] + r"\b")
