"""Page furniture: running heads and feet, page and line numbers, stamps.

It is recognised by repetition: the same line (except for numbers) near the same edge of several pages, or a number that
increases with the pages. Only the wording of gazette lines and stamps is data (``resources/furniture.yaml``). A line is
furniture only if all lines between it and the edge are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.document import Furniture, FurnitureKind
from extraction.layout.page_lines import rows, stretches
from extraction.layout.page_words import Floats, PageWords, surrounding
from extraction.resource import load

HEAD_ZONE = 0.17  # share of the page's height
MAX_ROWS = 4
SMALL = 0.95  # ratio to the page's median type size
MIN_TITLE_LENGTH = 12  # characters
SET_OFF = 0.6  # gap in row heights
SAME_SIZE = 0.15  # tolerance relative to the type size
SAME_PLACE = 0.02  # tolerance relative to the page's height
MIN_PAGES = 3
FEW_PAGES, MIN_IN_SHORT = 5, 2  # pages of a short file, whose first page and left pages have heads of their own
MAX_NUMBER_WORDS = 5  # of a page number in a running head: "Page n.º 2 of 5"
MAX_CHANGING_LENGTH = 60  # characters of a running head with the page number whose wording occurs once
MIN_SHARE_OF_PAGES = 0.4  # pages with a running head whose number varies; left and right pages may differ
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—(\[|]*(\d{1,5})[-–—)\]|.]*")
_HEADS = (FurnitureKind.RUNNING_HEAD, FurnitureKind.RUNNING_FOOT, FurnitureKind.GAZETTE_LINE)
_COUNTER = re.compile(r"(?<![\w.,/])\d{1,5}(?![\w,/]|\.\d)")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, eq=False)
class EdgeRow:
    """A row near the top or bottom edge; ``rank`` counts from the edge, ``height`` is its relative position (0 to 1).

    ``gap`` is the gap to the next row inwards in heights of this row; ``set_off``: a gap, here or after the next few
    rows, separates it from the text. ``titled``: the text of the page
    repeats its wording in larger type, as the title below its running head does.
    """

    page: int
    at_top: bool
    rank: int
    height: float
    size: float
    bold: bool
    gap: float
    set_off: bool
    titled: bool
    text: str
    words: NDArray[np.int64]

    @property
    def shape(self) -> tuple[bool, str]:
        """The edge and the words, sorted, with each number replaced by ``#``: the key of repetition.

        The heads of left and right pages have the same parts in opposite order.
        """
        return self.at_top, _shape(self.text)

    @property
    def counters(self) -> list[int]:
        """The numbers in the row that may be page numbers."""
        return [int(match.group()) for match in _COUNTER.finditer(self.text)]


@lru_cache(maxsize=64)  # the rows of one page, each compared several times
def _shape(text: str) -> str:
    return " ".join(sorted(_NUMBER.sub("#", text).casefold().split()))


def edge_rows(page: PageWords, body: NDArray[np.int64]) -> list[EdgeRow]:
    """Return the outermost rows of a page, from its edges inwards; ``body`` are the words that may be text."""
    if not len(body):
        return []
    level = page.height if not len(page.turn) or page.turn[body[0]] % 180 == 0 else page.width
    segments = stretches(page, _outer_words(page, body, level))
    boxes, words = segments.boxes, page.words
    sizes, weights = segments.size.tolist(), segments.bold.tolist()
    all_rows = rows(boxes)
    sides = _sides(boxes, all_rows)
    result = []
    for at_top in (True, False):
        near = [row for row, side in zip(all_rows, sides, strict=True) if _is_near_edge(side, at_top, level)]
        outermost = near[:MAX_ROWS] if at_top else near[: -MAX_ROWS - 1 : -1]
        gaps = _gaps((sides if at_top else sides[::-1])[: len(outermost) + 1])
        for rank, row in enumerate(outermost):
            chosen = np.concatenate([segments.words[index] for index in row])
            middle = float(page.upright[chosen][:, 1::2].mean()) / level
            text = " ".join([words[index] for index in chosen.tolist()])
            set_off = max(gaps[rank:], default=SET_OFF) >= SET_OFF
            titled = at_top and rank == 0 and set_off and _heads_its_title(page, chosen, text)
            size, bold = max(sizes[index] for index in row), all(weights[index] for index in row)
            gap = gaps[rank] if rank < len(gaps) else SET_OFF
            result.append(EdgeRow(page.number, at_top, rank, middle, size, bold, gap, set_off, titled, text, chosen))
    return result


def _outer_words(page: PageWords, body: NDArray[np.int64], level: float) -> NDArray[np.int64]:
    """Return the words of ``body`` near the edges of a page, with the row behind them on either side."""
    top, bottom = page.upright[body, 1], page.upright[body, 3]
    inner = (bottom >= HEAD_ZONE * level) & (top <= (1 - HEAD_ZONE) * level)
    if not inner.any():
        return body
    tallest = float((bottom - top)[inner].max())
    middle = inner & (top > top[inner].min() + tallest) & (bottom < bottom[inner].max() - tallest)
    outer: NDArray[np.int64] = body[~middle]
    return outer


def _heads_its_title(page: PageWords, chosen: NDArray[np.int64], text: str) -> bool:
    """Return whether the ``chosen`` words, in small type, are repeated on the page in bold or larger type."""
    if page.text.casefold().count(text.casefold()) < 2:
        return False
    usual = float(np.median(page.size))
    words, large = page.words, page.bold | (page.size * SMALL > usual)
    large[chosen] = False
    titles = " ".join([words[index] for index in np.flatnonzero(large).tolist()])
    return float(page.size[chosen].max()) < SMALL * usual and text.casefold() in titles.casefold()


def _sides(boxes: Floats, all_rows: Sequence[list[int]]) -> list[tuple[float, float]]:
    """Return top and bottom of each row, in points."""
    tops, bottoms = boxes[:, 1].tolist(), boxes[:, 3].tolist()
    return [(min([tops[index] for index in row]), max([bottoms[index] for index in row])) for row in all_rows]


def _is_near_edge(side: tuple[float, float], at_top: bool, level: float) -> bool:
    return side[1] < HEAD_ZONE * level if at_top else side[0] > (1 - HEAD_ZONE) * level


def _gaps(inwards: Sequence[tuple[float, float]]) -> list[float]:
    """Return the gaps between rows (ordered from the edge inwards) in heights of the outer row."""
    return [
        max(inner[0] - outer[1], outer[0] - inner[1]) / max(outer[1] - outer[0], 1.0)
        for outer, inner in pairwise(inwards)
    ]


class Repetition:
    """Statistics of edge rows over the pages of a document."""

    def __init__(self, edges: Sequence[EdgeRow], pages: int) -> None:
        self._pages = pages
        self._alike: dict[tuple[bool, str], dict[int, EdgeRow]] = defaultdict(dict)
        offsets: dict[tuple[bool, int], set[int]] = defaultdict(set)
        for row in edges:
            self._alike[row.shape].setdefault(row.page, row)
            for counter in row.counters:
                offsets[row.at_top, counter - row.page].add(row.page)
        self._offsets = {key for key, seen in offsets.items() if len(seen) >= self._enough()}

    def _enough(self) -> int:
        return max(2, min(MIN_PAGES, self._pages))

    def repeats(self, row: EdgeRow) -> bool:
        """Return whether the row's wording recurs at this height in the same type on enough pages.

        The running head of a page that has the same title in larger or bold type counts too.
        """
        alike = [other for other in self._alike[row.shape].values() if _look_alike(row, other)]
        if row.titled and len(row.text) >= MIN_TITLE_LENGTH:
            return True
        if not self._covers(alike):
            return False
        return row.set_off and self._are_enough(row, alike) and _LETTERS.search(row.text) is not None

    def _are_enough(self, row: EdgeRow, alike: Sequence[EdgeRow]) -> bool:
        """Return whether rows are on enough pages; in a short file two that differ in nothing but page numbers are."""
        if len(alike) >= self._enough():
            return True
        short = self._pages <= FEW_PAGES and len(alike) >= MIN_IN_SHORT
        return short and (len({other.text for other in alike}) == 1 or self._has_page_number(row))

    def is_page_number(self, row: EdgeRow, number: int) -> bool:
        """Return whether ``number``, in this row, increases with the pages."""
        return (row.at_top, number - row.page) in self._offsets

    def _has_page_number(self, row: EdgeRow) -> bool:
        return any(self.is_page_number(row, counter) for counter in row.counters)

    def _covers(self, alike: Sequence[EdgeRow]) -> bool:
        """Return whether rows that differ in their numbers are on most of the pages between the first and the last.

        Articles that happen to begin at the top of some pages ("Article 166") do not, unlike running heads.
        """
        pages = [row.page for row in alike]
        varied = len({row.text for row in alike}) > 1
        return not varied or len(pages) >= MIN_SHARE_OF_PAGES * (max(pages) - min(pages) + 1)

    def counts_pages(self, row: EdgeRow) -> bool:
        """Return whether a number in the row increases with the page numbers."""
        alike = list(self._alike[row.shape].values())
        sentence = len(row.text) > MAX_CHANGING_LENGTH or _pattern("provision").match(row.text) is not None
        if sentence and not (len(alike) >= self._enough() and self._covers(alike)):
            return False
        return self._has_page_number(row)


def _look_alike(row: EdgeRow, other: EdgeRow) -> bool:
    alike = row.bold == other.bold and abs(row.size - other.size) <= SAME_SIZE * max(row.size, other.size)
    return alike and abs(row.height - other.height) <= SAME_PLACE


def page_furniture(edges: Sequence[EdgeRow], repetition: Repetition) -> list[tuple[EdgeRow, FurnitureKind]]:
    """Return the edge rows of one page that are furniture, with their kind."""
    furniture: list[tuple[EdgeRow, FurnitureKind]] = []
    for at_top in (True, False):
        left = [row for row in edges if row.at_top == at_top]
        while left:
            kind = _kind(left[0], repetition)
            count = 1 if kind else _rows_of_note(left)
            if not count:
                break
            for row in left[:count]:
                furniture += _with_page_number(row, kind or FurnitureKind.STAMP, repetition)
            left = left[count:]
    return furniture


def _with_page_number(
    row: EdgeRow, kind: FurnitureKind, repetition: Repetition
) -> Iterator[tuple[EdgeRow, FurnitureKind]]:
    """Yield the row with its kind; the page number that begins or ends a running head or gazette line is apart."""
    words = row.text.split(" ")
    if kind in _HEADS and (number := _page_number_in(row, words, repetition)):
        rest = [index for index in range(len(words)) if index not in number]
        yield replace(row, text=_joined(words, number), words=row.words[number]), FurnitureKind.PAGE_NUMBER
        yield replace(row, text=_joined(words, rest), words=row.words[rest]), kind
        return
    yield row, kind


def _page_number_in(row: EdgeRow, words: Sequence[str], repetition: Repetition) -> list[int]:
    """Return the places of the words at the end or beginning of a row that are its page number ("7", "Page 2 of 5")."""
    for count in range(min(MAX_NUMBER_WORDS, len(words) - 1), 0, -1):
        for places in (list(range(len(words) - count, len(words))), list(range(count))):
            text = _joined(words, places)
            alone = _PAGE_NUMBER.fullmatch(text) or _pattern(FurnitureKind.PAGE_NUMBER).fullmatch(text)
            number = _NUMBER.search(text) if alone else None
            if number and repetition.is_page_number(row, int(number[0])):
                return places
    return []


def _joined(words: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(words[place] for place in places)


def _rows_of_note(outermost: Sequence[EdgeRow]) -> int:
    """Return how many of the outermost rows form a verification note of several lines, else 0."""
    for count in range(2, len(outermost) + 1):
        note = outermost[:count]
        if note[-2].gap >= SET_OFF or abs(note[-1].size - note[0].size) > SAME_SIZE * note[0].size:
            return 0
        text = " ".join(row.text for row in (note if note[0].at_top else note[::-1]))
        if note[-1].set_off and _pattern(FurnitureKind.STAMP).fullmatch(text.casefold()):
            return count
    return 0


def _kind(row: EdgeRow, repetition: Repetition) -> FurnitureKind | None:
    text = row.text.casefold()
    if _pattern(FurnitureKind.GAZETTE_LINE).fullmatch(text):
        return FurnitureKind.GAZETTE_LINE
    if row.set_off and _pattern(FurnitureKind.STAMP).fullmatch(text):
        return FurnitureKind.STAMP
    numbered = _pattern(FurnitureKind.PAGE_NUMBER).fullmatch(text) is not None
    if numbered and (repetition.counts_pages(row) or (row.rank == 0 and _counts_alone(row))):
        return FurnitureKind.PAGE_NUMBER
    if repetition.repeats(row) or (repetition.counts_pages(row) and row.rank == 0 and len(text) < 120):
        return FurnitureKind.RUNNING_HEAD if row.at_top else FurnitureKind.RUNNING_FOOT
    return None


def _counts_alone(row: EdgeRow) -> bool:
    """Return whether a page number is evident without repetition: "Page 2 of 3", or the page's own number."""
    return len(_LETTERS.findall(row.text)) > 1 or row.counters == [row.page] or "/" in row.text or not row.counters


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    patterns = load("extraction.furniture")[kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def as_furniture(page: PageWords, words: NDArray[np.int64], kind: FurnitureKind) -> Furniture:
    """Return the words with these indices as furniture with their bounding box."""
    text = page.words
    return Furniture(" ".join([text[index] for index in words]), kind, surrounding(page.boxes[words]))


def in_order(items: Sequence[Furniture]) -> list[Furniture]:
    """Return furniture with boxes in reading order: row by row from the top, each from the left."""
    if len(items) < 2:
        return list(items)
    sides = np.array([(box.x0, box.top, box.x1, box.bottom) for item in items if (box := item.box)], np.float32)
    return [items[index] for row in rows(sides) for index in row]
