"""Lines that a typist or a program broke at a fixed width, put together again where that is evident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

WIDEST = 110  # columns; a longer line was not broken to fit a page
NARROWEST = 40
# a line that begins so starts a provision, an item, a signature or a heading: never the rest of a sentence
STARTS_ANEW = re.compile(
    r"(?:[-–—•*·§>|#]|\(?(?:\d{1,3}|[ivxlcdm]{1,6}|[a-zñ]|[IVXLCDM]{1,6}|[A-Z])(?:\s?[.)ºª°](?!\d)|\s[-–—])"
    r"|(?:Art|Artículo|Artigo|Article|Section|ART|ARTÍCULO|ARTIGO|ARTICLE|SECTION)\b\.?\s*\d)"
)


class LineUse(Enum):
    """What a line end means in a text."""

    WRAPPED = "wrapped"
    PARAGRAPH = "paragraph"
    LINE = "line"


def line_use(paragraphs: Iterable[Sequence[str]]) -> tuple[LineUse, int]:
    """Tell from all paragraphs of a text what its line ends mean, and the width in columns it was broken at.

    Lines are wrapped where most ends inside a paragraph come just before a word that would not have fitted;
    where lines are longer than any page, each one is a paragraph.
    """
    pairs = [pair for lines in paragraphs for pair in pairwise(lines)]
    lengths = sorted(len(line) for line, _ in pairs)
    if not lengths:
        return LineUse.LINE, 0
    width = lengths[int(0.98 * len(lengths))]
    if width > WIDEST:
        return LineUse.PARAGRAPH, width
    full = sum(is_full(line, following, width) for line, following in pairs)
    wrapped = width >= NARROWEST and full > 0.5 * len(pairs)
    return (LineUse.WRAPPED if wrapped else LineUse.LINE), width


def is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of ``following`` had no room on ``line``."""
    word = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(word) > width - 3


def rejoin(lines: Sequence[str], use: LineUse, width: int) -> list[str]:
    """Return the paragraphs that ``lines`` (one paragraph as it stands in the file) really hold."""
    if use is LineUse.LINE:
        return ["\n".join(lines)]
    parts = list(lines[:1])
    for line, following in pairwise(lines):
        if goes_on(line, following, width) or (use is LineUse.WRAPPED and _was_broken(line, following, width)):
            parts[-1] += " " + following
        elif use is LineUse.PARAGRAPH:
            parts.append(following)
        else:
            parts[-1] += "\n" + following
    return parts


def goes_on(line: str, following: str, width: int) -> bool:
    """Tell whether a sentence runs from ``line`` into ``following``: no stop before, no capital after."""
    if not line[-1:].isalnum() and line[-1:] not in ",-–(":
        return False
    begins = following[:1].islower() or (following[:1].isdigit() and len(line) > width / 2)
    return begins and not STARTS_ANEW.match(following)


def _was_broken(line: str, following: str, width: int) -> bool:
    unfinished = line[-1:].isalnum() and len(line) > 0.75 * width  # an indented line may have been broken earlier
    starts_anew = STARTS_ANEW.match(following) is not None
    return (unfinished and not starts_anew) or (
        is_full(line, following, width) and (line.endswith(",") or not starts_anew)
    )
