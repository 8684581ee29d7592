"""Roman numerals of lists in words read by OCR, which takes "II" for "H", "III" for "HI" and "I" for a bar or a one.

Only numerals that continue those around them are restored, so that letters and numbers stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.layout.ocr import OcrWord
from extraction.numbering import roman

MIN_RUN, MIN_CLEAR = 3, 2  # numerals of a list that follow each other, and those of them read as numerals
LARGEST = 40
ENDS = frozenset("-–—.)")  # as a word of their own behind a numeral

_CAPITALS = re.compile(r"([IVXH|l1!]{1,7})([.)\-–—°º]?)")
_SMALL = re.compile(r"([ivxlj|1!]{1,8})([.)\-–—]?)")
_AS_CAPITALS = str.maketrans({"H": "II", "|": "I", "l": "I", "1": "I", "!": "I"})
_AS_SMALL = str.maketrans({"l": "i", "j": "i", "|": "i", "1": "i", "!": "i"})
_VALUES = {roman(number): number for number in range(1, LARGEST + 1)}


@dataclass(frozen=True, slots=True)
class Numeral:
    """What may be the numeral of a list item: index and text of the word, the numeral and its number."""

    index: int
    text: str
    numeral: str
    end: str
    number: int

    @property
    def is_clear(self) -> bool:
        """Whether it was read as a numeral."""
        return self.text == self.numeral + self.end


def with_numerals(texts: Sequence[str], words: Sequence[OcrWord]) -> list[str]:
    """Return the ``texts`` of the ``words`` of a page with the numerals of its lists restored."""
    corrected = list(texts)
    starts = _line_starts(words)
    for pattern, table in ((_CAPITALS, _AS_CAPITALS), (_SMALL, _AS_SMALL)):
        for run in _runs(list(_numerals(texts, starts, pattern, table))):
            if len(run) >= MIN_RUN and sum(numeral.is_clear for numeral in run) >= MIN_CLEAR:
                for numeral in run:
                    corrected[numeral.index] = numeral.numeral + numeral.end
    return corrected


def _line_starts(words: Sequence[OcrWord]) -> list[int]:
    lines = [(word.block, word.paragraph, word.line) for word in words]
    return [index for index, line in enumerate(lines) if not index or line != lines[index - 1]]


def _numerals(
    texts: Sequence[str], starts: Sequence[int], pattern: re.Pattern[str], table: dict[int, str]
) -> Iterator[Numeral]:
    for index in starts:
        match = pattern.fullmatch(texts[index])
        is_ended = match is not None and (match[2] or (index + 1 < len(texts) and texts[index + 1] in ENDS))
        if match is None or not is_ended:
            continue
        numeral = match[1].translate(table)
        if number := _VALUES.get(numeral.lower(), 0):
            yield Numeral(index, texts[index], numeral, match[2], number)


def _runs(numerals: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """Yield the numerals that follow each other, each by one more than the one before."""
    run: list[Numeral] = []
    for numeral in numerals:
        if run and numeral.number != run[-1].number + 1:
            yield run
            run = []
        run.append(numeral)
    yield run
