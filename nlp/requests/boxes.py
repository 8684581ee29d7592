"""Tick boxes of forms: the options that were ticked or left empty, and the answers to yes-or-no questions."""

from __future__ import annotations

from collections.abc import Iterator

import regex

Range = tuple[int, int]

_TICKED = r"[☒☑✔✓✗✘■⊠🗹🗷]|\[ ?[xX✓✔*] ?\]|\( ?[xX✓✔] ?\)"
# Three dots in brackets are words left out of a quotation.
_EMPTY = r"[☐□◻⬜]|\[(?!\.{3}\])[ _.]{0,3}\]|\((?!\.{3}\))[ _.]{1,3}\)"
_BOX = regex.compile(rf"(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})")
_LABEL = regex.compile(r"[\p{L}\d]")
_YES = regex.compile(r"(?i)\W*(?:s[ií]m?|yes|oui)\b")


def unticked_ranges(text: str) -> tuple[Range, ...]:
    """Return the ranges of ``text`` (its own offsets) of unticked options, in order.

    An option is a box with the following words up to the next box or the end of the line; in a line that ends with a
    box, the words precede their box. A question with yes and no is unticked as a whole if "no" is ticked.
    """
    return tuple((start, end) for ticked, start, end in _of_text(text) if not ticked)


def ticked_ranges(text: str) -> tuple[Range, ...]:
    """Return the ranges of ``text`` that belong to options which were ticked, in order."""
    return tuple((start, end) for ticked, start, end in _of_text(text) if ticked)


def _of_text(text: str) -> Iterator[tuple[bool, int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield from ((ticked, start + left, start + right) for ticked, left, right in _of_line(line.rstrip("\n")))
        start += len(line)


def _of_line(line: str) -> Iterator[tuple[bool, int, int]]:
    boxes = list(_BOX.finditer(line))
    if not boxes:
        return
    options = list(_options(line, boxes))
    agrees = [ticked for ticked, start, end in options if _YES.match(line, start, end)]
    if agrees and len(options) >= 2 and not any(agrees) and any(ticked for ticked, _, _ in options):
        yield False, 0, len(line)
        return
    yield from options


def _options(line: str, boxes: list[regex.Match[str]]) -> Iterator[tuple[bool, int, int]]:
    """Yield whether each option is ticked, and its range."""
    before = not _LABEL.search(line, boxes[-1].end()) and _LABEL.search(line, 0, boxes[0].start())
    for number, box in enumerate(boxes):
        if before:
            start = boxes[number - 1].end() if number else 0
            end = box.end()
        else:
            start = box.start()
            end = boxes[number + 1].start() if number + 1 < len(boxes) else len(line)
        yield box["ticked"] is not None, start, end
