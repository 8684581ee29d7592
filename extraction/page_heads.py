"""Header and footer of the first page as text: a letterhead, a file number or a time limit may stand nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extraction.document import BlockKind
from extraction.draft import PAGE_BREAK, Draft
from extraction.resource import load

LINES = 12  # of the beginning or end of the body that may state the same words
MAX_LENGTH = 4_000  # characters that these lines may have
_UNREAD = ("gazette_line", "stamp", "page_number_field")
_WORDS = re.compile(r"\w+")
_SEPARATOR = re.compile(r"(\t+|\s+[-–—|·•]+\s+)")


def add_page_heads(draft: Draft, head: Iterable[str], foot: Iterable[str]) -> None:
    """Add the paragraphs of the first page's header before the body in ``draft``, those of its footer behind it.

    Left out are page numbers, lines of gazettes, verification stamps, and what the first (last) lines of the body state
    too: a running head often repeats the title.
    """
    text = draft.text
    draft.add_before(BlockKind.PAGE_HEAD, _new(head, opening_words(text)))
    ending = _lines(text[-MAX_LENGTH:])[-LINES:]
    for paragraph in _new(foot, words_of("\n".join(ending))):
        draft.add(BlockKind.PAGE_FOOT, paragraph)


def opening_words(text: str) -> str:
    """Return the words of the first lines of ``text``, as :func:`words_of` does."""
    return words_of("\n".join(_lines(text[:MAX_LENGTH])[:LINES]))


def words_of(text: str) -> str:
    """Return the words of ``text`` with a space around each, so that whole words can be looked for."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _new(paragraphs: Iterable[str], known: str) -> Iterator[str]:
    """Yield what the words ``known`` do not say, each paragraph once."""
    for paragraph in dict.fromkeys(paragraphs):
        lines = (_unstated(_without_page_number(line), known) for line in _lines(paragraph.replace(PAGE_BREAK, " ")))
        if kept := [line for line in lines if line]:
            yield "\n".join(kept)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _without_page_number(line: str) -> str:
    """Return ``line`` without the parts between its tabs that are no text; ``""`` if none is left."""
    parts = [part for part in line.split("\t") if _WORDS.search(part)]
    return "\t".join(part for part in parts if not _unread().fullmatch(" ".join(part.split())))


def _unstated(line: str, known: str) -> str:
    """Return the parts of ``line`` that ``known`` does not have; a single word is kept beside others, as a label."""
    pieces = ["", *_SEPARATOR.split(line)]
    parts = [(before, part, words_of(part)) for before, part in zip(pieces[::2], pieces[1::2], strict=True)]
    if all(words in known for _, _, words in parts):
        return ""
    kept = [(before, part) for before, part, words in parts if words not in known or words.count(" ") <= 2]
    return kept[0][1] + "".join(before + part for before, part in kept[1:])


@cache
def _unread() -> re.Pattern[str]:
    patterns = load("extraction.furniture")
    alternatives = "|".join(f"(?:{pattern})" for kind in _UNREAD for pattern in patterns[kind])
    return re.compile(alternatives, re.IGNORECASE)
