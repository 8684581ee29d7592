"""Rejoins lines wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

from extraction.block_marks import Vocabulary, names_opponent

WIDEST = 110  # columns; longer lines are not wrapped
NARROWEST = 40
# matches the start of a provision, item, signature or heading, which never continues a sentence
STARTS_PARAGRAPH = re.compile(
    r"(?:[-–—•*·§>|#]|\(?(?:\d{1,3}|[ivxlcdm]{1,6}|[a-zñ]|[IVXLCDM]{1,6}|[A-Z])(?:\s?[.)ºª°](?!\d)|\s[-–—])"
    r"|(?:Art|Artículo|Artigo|Article|Section|ART|ARTÍCULO|ARTIGO|ARTICLE|SECTION)\b\.?\s*\d)"
)


_HYPHENATED = re.compile(r"\w-$")


class LineUse(Enum):
    """Meaning of line ends in a text: wrapping, end of a paragraph, or end of a line (as in verse)."""

    WRAPPED = "wrapped"
    PARAGRAPH = "paragraph"
    LINE = "line"


class LineWrap:
    """Line use of one text, learnt from all its ``paragraphs`` (lists of lines).

    Lines are wrapped if most line ends inside paragraphs precede a word that would not have fitted; if lines are wider
    than ``WIDEST``, each is a paragraph.
    """

    def __init__(self, paragraphs: Iterable[Sequence[str]]) -> None:
        self._vocabulary = Vocabulary()
        pairs: list[tuple[str, str]] = []
        for lines in paragraphs:
            pairs += pairwise(lines)
            self._vocabulary.add([word for line in lines for word in line.split()])
        lengths = sorted(len(line) for line, _ in pairs)
        self._width = lengths[int(0.98 * len(lengths))] if lengths else 0
        self.use = self._use(pairs)

    def _use(self, pairs: list[tuple[str, str]]) -> LineUse:
        if self._width > WIDEST:
            return LineUse.PARAGRAPH
        full = sum(is_full(line, following, self._width) for line, following in pairs)
        return LineUse.WRAPPED if self._width >= NARROWEST and full > 0.5 * len(pairs) else LineUse.LINE

    def rejoin(self, lines: Sequence[str]) -> list[str]:
        """Return the paragraphs contained in ``lines``, which the file has as one paragraph."""
        if self.use is LineUse.LINE:
            return ["\n".join(lines)]
        parts = [[line] for line in lines[:1]]  # of each paragraph; joined once, since a file may be one paragraph
        for line, following in pairwise(lines):
            wrapped = self.use is LineUse.WRAPPED and _was_broken(line, following, self._width)
            if wrapped or goes_on(line, following, self._width):
                self._join(parts[-1], following)
            elif self.use is LineUse.PARAGRAPH:
                parts.append([following])
            else:
                parts[-1] += "\n", following
        return ["".join(pieces) for pieces in parts]

    def _join(self, pieces: list[str], following: str) -> None:
        """Append ``following`` to the ``pieces`` of a paragraph, the last of which is the line before."""
        line = pieces[-1]
        if not _HYPHENATED.search(line[-2:]):
            pieces += " ", following
            return
        drops = self._vocabulary.drops_hyphen(line.rsplit(None, 1)[-1], following.split()[0])
        pieces[-1] = (line[:-1] if drops else line) + following


def is_full(line: str, following: str, width: int) -> bool:
    """Return whether the first word of ``following`` would not have fitted on ``line``; ``width`` in columns."""
    word = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(word) > width - 3


def goes_on(line: str, following: str, width: int) -> bool:
    """Return whether a sentence continues from ``line`` to ``following``: no full stop before, no capital after."""
    if not line[-1:].isalnum() and line[-1:] not in ",-–(":
        return False
    begins = following[:1].islower() or (following[:1].isdigit() and len(line) > width / 2)
    return begins and not _starts_paragraph(line, following)


def _starts_paragraph(line: str, following: str) -> bool:
    return STARTS_PARAGRAPH.match(following) is not None and not names_opponent(line, following)


def _was_broken(line: str, following: str, width: int) -> bool:
    unfinished = line[-1:].isalnum() and len(line) > 0.75 * width  # an indented line may have been broken earlier
    starts_paragraph = _starts_paragraph(line, following)
    return (unfinished and not starts_paragraph) or (
        is_full(line, following, width) and (line.endswith(",") or not starts_paragraph)
    )
