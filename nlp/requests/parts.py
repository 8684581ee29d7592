"""Parts of a file: cover, request or answer, quoted law, annexes, translations; each with its language.

A file is read as a series of letters. The first may be a note that sends the second one on; attachments and
translations follow. Quoted law is cut out of the letter that quotes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Segment, Unit
from nlp.folding import fold
from nlp.language import UNDETERMINED
from nlp.requests.part_joining import merged, with_words, without_repeats
from nlp.requests.proposal import ANNEX, COVER, REQUEST, TRANSCRIPTION, TRANSLATION, FilePart
from nlp.requests.quoted_provisions import quoted_provisions
from nlp.requests.request_type import title_types

ORIGIN = "requests.parts@2"
# A stretch in another language is a translation from this many characters on.
_TRANSLATED = 250
# Maximum length of a cover note, and minimum length of an attachment beyond its title.
_MAX_COVER_LENGTH = 6_000
_MIN_ANNEX_LENGTH, _LEAST_BEFORE_ANNEX = 60, 120
_MIN_COVER_LENGTH = 80
_MAX_HEAD_LENGTH = 90
# A line that ends in a point and precedes less than this only names an attachment.
_NAMED_LENGTH = 200
# Lines above the title of an attachment in which the letter ends.
_SIGNATURE_LINES = 5


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    folded: str
    after_blank: bool


def find_parts(text: str, languages: Sequence[Segment], sections: Sequence[Unit]) -> tuple[FilePart, ...]:
    """Return the parts, which are contiguous and cover the text; ``request`` includes answers."""
    if not text.strip():
        return ()
    lines = list(_lines(text))
    annexes = _annexes(text, lines)
    letter = min(annexes, default=len(text))
    marks = sorted({**_translations(text, lines, languages, letter), **annexes}.items())
    first = marks[0][0] if marks else len(text)
    starts = [(0, REQUEST), *marks]
    if 0 < (request := _end_of_cover(text, lines, first)) < first:
        starts = [(0, COVER), (request, REQUEST), *marks]
    starts = without_repeats(starts)
    ends = [*(start for start, _ in starts[1:]), len(text)]
    cut: list[FilePart] = []
    for (start, kind), end in zip(starts, ends, strict=True):
        cut.extend(_with_quotations(text, start, end, kind, sections))
    return tuple(replace(part, language=_language(languages, part)) for part in merged(with_words(text, cut)))


def _lines(text: str) -> Iterator[_Line]:
    blank = True
    for match in regex.finditer(r"[^\n]+", text):
        if match[0].strip():
            gap = text[max(0, match.start() - 2) : match.start()]
            indent = len(match[0]) - len(match[0].lstrip(" \t#*_|>\f"))
            yield _Line(
                match.start(), match.end(), fold(match[0][indent:].rstrip()), blank or gap == "\n\n" or "\f" in match[0]
            )
            blank = False
        else:
            blank = True


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


# --- cover ---------------------------------------------------------------------------------------------------------


def _end_of_cover(text: str, lines: Sequence[_Line], end: int) -> int:
    """Return the start of the request after a cover note; 0 without one."""
    titles = [line for line in lines if line.start < end and _is_title(line) and _stands_alone(line)]
    for closing in (_closing_of_cover(lines, end), _end_of_transmission(lines, end)):
        title = next((title for title in titles if closing and title.start > closing.end), None)
        if closing is None or title is None or title.start > _MAX_COVER_LENGTH + closing.end:
            continue
        head = fold(text[: closing.end])
        if any(rule.search(head) for rule in _rules("transmits")):
            return _letterhead(lines, closing, title)
    return 0


def _closing_of_cover(lines: Sequence[_Line], end: int) -> _Line | None:
    """Return the line with the closing formula or the signature of the first letter."""
    for line in lines:
        if line.start >= min(end, _MAX_COVER_LENGTH):
            return None
        closes = any(rule.search(line.folded) for rule in _rules("closings"))
        signs = any(rule.match(line.folded) for rule in _rules("signed"))
        if line.start > _MIN_COVER_LENGTH and (closes or signs):
            return line
    return None


def _end_of_transmission(lines: Sequence[_Line], end: int) -> _Line | None:
    """Return the last line of the paragraph that sends a request on, for a note without a closing formula."""
    found: _Line | None = None
    for line in lines:
        if line.start >= min(end, _MAX_COVER_LENGTH) or (found and line.after_blank):
            break
        if found or any(rule.search(line.folded) for rule in _rules("transmits")):
            found = line
    return found


def _is_title(line: _Line) -> bool:
    """Return whether a line names a request or, at the head of a letter without a title, its number."""
    return bool(title_types(line.folded)) or _numbered().match(line.folded) is not None


def _stands_alone(line: _Line) -> bool:
    return len(line.folded) <= 140 and not line.folded.endswith((".", ",", ";"))


def _letterhead(lines: Sequence[_Line], closing: _Line, title: _Line) -> int:
    """Return the start of the letterhead above a title: the paragraph after the signature of the note."""
    between = [line for line in lines if closing.start < line.start <= title.start]
    paragraphs = [line for line in between if line.after_blank]
    if not paragraphs:
        return title.start
    # The first paragraph after the closing has the name of the signatory, unless it is already the title.
    candidates = [line for line in paragraphs if not _is_signature(line, lines, title)]
    return (candidates or [title])[0].start


def _is_signature(line: _Line, lines: Sequence[_Line], title: _Line) -> bool:
    """Return whether the paragraph that starts at ``line`` belongs to the note: a name with a post, a date."""
    if line.start >= title.start:
        return False
    block = [line]
    for other in lines:
        if other.start > line.start:
            if other.after_blank or other.start >= title.start:
                break
            block.append(other)
    words = " ".join(item.folded for item in block)
    if regex.search(load("nlp.request_posts")["dated"], words) and len(words) < 60:
        return True
    return regex.search(load("nlp.request_posts")["institutions"], block[0].folded) is None


# --- translations and annexes --------------------------------------------------------------------------------------


def _translations(text: str, lines: Sequence[_Line], languages: Sequence[Segment], letter: int) -> dict[int, str]:
    """Return the starts of translations: by their marks, or by a change of language before the ``letter`` ends.

    Attachments may be in any language, so a change of language there is no evidence.
    """
    main = main_language(languages)
    marks: dict[int, str] = {}
    for line in lines:
        marked = line.start > 0 and len(line.folded) <= _MAX_HEAD_LENGTH + 40
        if marked and any(rule.match(line.folded) for rule in _rules("translation")):
            following = _language_of(languages, line.end, min(len(text), line.end + 1_500))
            if following != main and len(text) - line.end > _TRANSLATED:
                marks[line.start] = TRANSLATION
    for segment in languages:
        long = segment.end - segment.start >= _TRANSLATED and segment.label != UNDETERMINED
        if long and segment.label != main and 0 < segment.start < letter:
            start = _line_start(lines, segment.start)
            if not any(0 <= segment.start - mark < segment.end - segment.start + 300 for mark in marks):
                marks[start] = TRANSLATION
    return _back_to_original(marks, [segment for segment in languages if segment.start < letter], main)


def _back_to_original(marks: dict[int, str], languages: Sequence[Segment], main: str) -> dict[int, str]:
    """Add the continuations of the original after translations between its paragraphs."""
    returned = dict(marks)
    for segment in languages:
        before = [start for start in marks if start < segment.start]
        if before and segment.label == main and segment.end - segment.start >= _TRANSLATED:
            returned.setdefault(segment.start, REQUEST)
    return returned


def _line_start(lines: Sequence[_Line], place: int) -> int:
    return max((line.start for line in lines if line.start <= place), default=place)


def _annexes(text: str, lines: Sequence[_Line]) -> dict[int, str]:
    """Return where attachments begin that are in the file, not those that a list only names."""
    rule = _annex_rule()
    heads = [
        line
        for number, line in enumerate(lines)
        if len(line.folded) <= _MAX_HEAD_LENGTH and (rule.match(line.folded) or _is_attached(lines, number))
    ]
    marks: dict[int, str] = {}
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        body = text[head.end : end].strip()
        named = head.folded.endswith(".") and len(body) < _NAMED_LENGTH
        begins = head.start < _LEAST_BEFORE_ANNEX  # the form of an EIO is "Annex A" itself
        if begins or len(body) < _MIN_ANNEX_LENGTH or named or _is_list_item(head, lines, end):
            continue
        marks[head.start] = _kind_of_annex(head.folded)
    return marks


def _is_attached(lines: Sequence[_Line], number: int) -> bool:
    """Return whether a line after the end of a letter is the title of an attachment ("QUESTIONS")."""
    if not lines[number].after_blank or not _attached().match(lines[number].folded):
        return False
    if any(rule.search(line.folded) for line in lines[number + 1 :] for rule in _rules("closings")):
        return False
    return any(
        rule.search(line.folded)
        for line in lines[max(0, number - _SIGNATURE_LINES) : number]
        for rule in (*_rules("closings"), _enclosed_or_post())
    )


def _kind_of_annex(title: str) -> str:
    """Return the kind of an attachment by its title: quoted law, a translation, or anything else."""
    if _law_annex().search(title):
        return TRANSCRIPTION
    _, _, label = title.partition(":")
    return TRANSLATION if any(rule.match(label) for rule in _rules("translation")) else ANNEX


def _is_list_item(head: _Line, lines: Sequence[_Line], end: int) -> bool:
    """Return whether a line only names an attachment, because a closing or signature follows."""
    following = next((line for line in lines if head.start < line.start < end), None)
    closes = following is not None and (
        any(rule.search(following.folded) for rule in _rules("closings"))
        or any(rule.match(following.folded) for rule in _rules("signed"))
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
            inline = bool(text[text.rfind("\n", 0, left) + 1 : left].strip(" \t>|*-"))
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
def _rules(name: str) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_parts")[name])


@cache
def _annex_rule() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["annex"])


@cache
def _attached() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["attached"])


@cache
def _enclosed_or_post() -> regex.Pattern[str]:
    """Match what a letter ends with: a post, or what is enclosed."""
    return regex.compile(load("nlp.request_parts")["ends"])


@cache
def _numbered() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["numbered"])


@cache
def _law_annex() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["law_annex"])
