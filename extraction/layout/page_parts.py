"""Words of a page outside its text: line numbers, stamps, marginal strips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extraction.layout.line_numbers import line_numbers
from extraction.layout.page_words import OBLIQUE, PageWords, directions

MARGIN = 0.12  # share of the page's side: rotated words in this margin are a stamp or a verification strip


@dataclass(frozen=True, slots=True, eq=False)
class PageParts:
    """Word indices by function; ``body`` are all others."""

    body: NDArray[np.int64]
    line_numbers: NDArray[np.int64]
    stamps: NDArray[np.int64]


def page_parts(page: PageWords) -> PageParts:
    """Separate line numbers, watermarks and marginal strips, which a single page is enough to recognise."""
    everything = np.arange(len(page))
    turns = directions(page, everything)
    main = turns[0] if turns else 0
    body, aside = everything, everything[:0]
    if len(turns) > 1 and main != OBLIQUE:
        is_aside = (page.turn == OBLIQUE) | ((page.turn != main) & _in_margin(page))
        body, aside = everything[~is_aside], everything[is_aside]
    numbers = line_numbers(page, body)
    return PageParts(np.setdiff1d(body, numbers, assume_unique=True), numbers, aside)


def _in_margin(page: PageWords) -> NDArray[np.bool_]:
    x0, top, x1, bottom = page.boxes.T
    across, down = MARGIN * page.width, MARGIN * page.height
    outside: NDArray[np.bool_] = (
        (x1 < across) | (x0 > page.width - across) | (bottom < down) | (top > page.height - down)
    )
    return outside
