"""The first lines of a letter that may be titles, and its subject line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold

_TITLE_LINES = 14
_MAX_TITLE_LENGTH = 160
_WITHIN = 15_000
# "R A P P E L": a title with spaces between its letters.
_LETTER_SPACED = regex.compile(r"(?<!\S)(?:\w ){3,}\w(?!\S)")


def title_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the first lines that may be titles, folded, without the word that marks a subject line."""
    subject = _subject()
    number = 0
    for line in regex.finditer(r"[^\n]+", text, pos=start, endpos=min(end, start + _WITHIN)):
        folded = _LETTER_SPACED.sub(lambda found: found[0].replace(" ", ""), fold(line[0]))
        words = folded.lstrip(" \t#*_|>\"'«“-–—")
        if not regex.search(r"\p{L}", words):
            continue
        number += 1
        mark = subject.match(words)
        if len(words) <= _MAX_TITLE_LENGTH and (mark or (number <= _TITLE_LINES and _looks_like_title(line[0]))):
            offset = line.start() + len(folded) - len(words) + (mark.end() if mark else 0)
            yield offset, words[mark.end() if mark else 0 :]
        if number > 3 * _TITLE_LINES:
            return


def _looks_like_title(line: str) -> bool:
    """Return whether a line may be a title: no sentence that ends in a point, no lower-case start."""
    stripped = line.strip(" \t#*_|>\"'«»“”")
    return not stripped[:1].islower() and not (stripped.endswith((".", ",", ";")) and len(stripped) > 60)


@cache
def _subject() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_types")["subject"])
