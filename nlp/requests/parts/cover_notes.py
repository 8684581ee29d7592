"""Cover notes: where the note that sends a request on ends and the request begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.letter_types.request_type import title_types

# A ruled line between two letters.
SEPARATOR = regex.compile(r"[ \t]*(?:[-–—=_*~•#][ \t]*){3,}")
# A rule with the number of a page or the name of a file.
_PAGE_RULE = regex.compile(r"[ \t]*[-–—=_*~]{3,}[^\n]{1,60}[-–—=_*~]{3,}[ \t]*")
# Minimum length of what a cover note sends on.
_MIN_REQUEST_LENGTH = 400
# Minimum and maximum length of a cover note.
_MIN_COVER_LENGTH, _MAX_COVER_LENGTH = 80, 6_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file; ``folded`` are its words without marks of lists and tables."""

    start: int
    end: int
    folded: str
    after_blank: bool


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of ``text`` that have words; one behind a blank or ruled line is ``after_blank``."""
    blank = True
    for match in regex.finditer(r"[^\n]+", text):
        if match[0].strip():
            gap = text[max(0, match.start() - 2) : match.start()]
            indent = len(match[0]) - len(match[0].lstrip(" \t#*_|>\f"))
            yield Line(
                match.start(), match.end(), fold(match[0][indent:].rstrip()), blank or gap == "\n\n" or "\f" in match[0]
            )
            blank = SEPARATOR.fullmatch(match[0]) is not None
        else:
            blank = True


def is_rule(line: str) -> bool:
    """Return whether a line is a rule, also one with the number of a page."""
    return SEPARATOR.fullmatch(line) is not None or _PAGE_RULE.fullmatch(line) is not None


def end_of_cover(text: str, lines: Sequence[Line], end: int) -> int:
    """Return the start of the request after a cover note; 0 without one."""
    if divided := _behind_separator(text, lines, end):
        return divided
    titles = [line for line in lines if line.start < end and _is_title(line) and _stands_alone(line)]
    closed = _closing_of_cover(lines, end)
    for closing in (closed, _end_of_transmission(lines, end)):
        heads = [_second_letterhead(text, lines, closing, end, by_gap=closing is not closed)] if closing else []
        heads += [next((title for title in titles if closing and title.start > closing.end), None)]
        title = min((head for head in heads if head), key=lambda head: head.start, default=None)
        if closing is None or title is None or title.start > _MAX_COVER_LENGTH + closing.end:
            continue
        if transmits(text[: closing.end]):
            return _letterhead(lines, closing, title)
    return 0


def transmits(head: str) -> bool:
    """Return whether a text says that it sends a request on."""
    folded = fold(head)
    return any(rule.search(folded) for rule in part_rules("transmits"))


def _behind_separator(text: str, lines: Sequence[Line], end: int) -> int:
    """Return the start of the line behind a ruled line that ends a note which sends a request on; 0 without one.

    A second letterhead or a title behind the rule shows as much as the words of the note, if the letter behind it is
    the longer one: the enclosure of an answer is not.
    """
    for number, (line, following) in enumerate(pairwise(lines)):
        if following.start > min(end, _MAX_COVER_LENGTH):
            return 0
        ruled = SEPARATOR.fullmatch(text, line.start, line.end) is not None
        signs = "_" in text[line.start : line.end] and not _is_between(text, line)  # a line to sign on
        if signs or line.start <= _MIN_COVER_LENGTH or not (ruled or _PAGE_RULE.fullmatch(text, line.start, line.end)):
            continue
        heads = lines[number + 1 : number + (3 if ruled else 2)]
        is_letter = following.start < end and len(text) - following.start > max(_MIN_REQUEST_LENGTH, line.start)
        begins = is_letter and _has_sentence(text[: line.start]) and _begins_letter(text, heads)
        if begins or (ruled and transmits(text[: line.start])):
            return following.start
    return 0


def _is_between(text: str, line: Line) -> bool:
    """Return whether a line has blank ones above and below."""
    return text[: line.start].endswith("\n\n") and text.startswith("\n\n", line.end)


def _has_sentence(note: str) -> bool:
    """Return whether a text has a sentence, not only a letterhead and the lines of a form."""
    return regex.search(r"(?m)^(?![^\n:]{1,30}:)[^\n]{40,}[.;]$", note) is not None


def _begins_letter(text: str, heads: Sequence[Line]) -> bool:
    """Return whether one of the first lines of a letter is its head or its title."""
    return any(_is_letterhead(text, line) or (_is_title(line) and _stands_alone(line)) for line in heads)


def _is_letterhead(text: str, line: Line) -> bool:
    """Return whether a line is in capitals and names an institution."""
    named = regex.search(load("nlp.request_posts")["institutions"], line.folded) is not None
    return named and regex.search(r"\p{Ll}", text[line.start : line.end]) is None


def _second_letterhead(text: str, lines: Sequence[Line], closing: Line, end: int, *, by_gap: bool) -> Line | None:
    """Return the line behind a blank one that is the head of a second letter; ``by_gap``: behind a wide gap only."""
    for line in lines:
        if closing.end < line.start < end and line.after_blank and len(text) - line.start > _MIN_REQUEST_LENGTH:
            wide = text[line.start - 3 : line.start] == "\n\n\n"
            if _is_letterhead(text, line) and (wide or not by_gap):
                return line
            if wide:
                return None
    return None


def _closing_of_cover(lines: Sequence[Line], end: int) -> Line | None:
    """Return the line with the closing formula or the signature of the first letter."""
    for line in lines:
        if line.start >= min(end, _MAX_COVER_LENGTH):
            return None
        closes = any(rule.search(line.folded) for rule in part_rules("closings"))
        signs = any(rule.match(line.folded) for rule in part_rules("signed"))
        if line.start > _MIN_COVER_LENGTH and (closes or signs):
            return line
    return None


def is_closed(lines: Sequence[Line], end: int) -> bool:
    """Return whether a first letter that ends at ``end`` has a closing formula or a signature."""
    return _closing_of_cover(lines, end) is not None


def _end_of_transmission(lines: Sequence[Line], end: int) -> Line | None:
    """Return the last line of the paragraph that sends a request on, for a note without a closing formula."""
    found: Line | None = None
    for line in lines:
        if line.start >= min(end, _MAX_COVER_LENGTH) or (found and line.after_blank):
            break
        if found or any(rule.search(line.folded) for rule in part_rules("transmits")):
            found = line
    return found


def _is_title(line: Line) -> bool:
    """Return whether a line names a request or, at the head of a letter without a title, its number."""
    return bool(title_types(line.folded)) or _numbered().match(line.folded) is not None


def _stands_alone(line: Line) -> bool:
    return len(line.folded) <= 140 and not line.folded.endswith((".", ",", ";"))


def _letterhead(lines: Sequence[Line], closing: Line, title: Line) -> int:
    """Return the start of the letterhead above a title: the paragraph after the signature of the note."""
    between = [line for line in lines if closing.start < line.start <= title.start]
    paragraphs = [line for line in between if line.after_blank]
    if not paragraphs:
        return title.start
    # The first paragraph after the closing has the name of the signatory, unless it is already the title.
    candidates = [line for line in paragraphs if not _is_signature(line, lines, title)]
    return (candidates or [title])[0].start


def _is_signature(line: Line, lines: Sequence[Line], title: Line) -> bool:
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


@cache
def part_rules(name: str) -> tuple[regex.Pattern[str], ...]:
    """Return the folded patterns of a list in ``nlp/resources/request_parts.yaml``."""
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_parts")[name])


@cache
def _numbered() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")["numbered"])
