"""Words that an opaque area covers, such as those that somebody meant to make unreadable by black boxes.

They are in the text layer although no reader sees them. White words on a black head of a table are seen; of dark words
the picture of the page decides.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from extraction.layout.page_words import Floats
from extraction.pdf.images import bounded_scale, rendered
from extraction.pdf.rulings import DARK

HIGH, WIDE = 0.6, 0.25  # shares of a word's height and width that an area has to cover
CONTRAST = 24  # grey levels between the letters of a word that is seen and what is behind them
SCALE = 2.0  # pixels per point
INSET = 1  # pixels at the sides of the covered part that are not looked at


def covered(page: pdfium.PdfPage, boxes: Floats, dark: Floats, shade: Callable[[int], int]) -> NDArray[np.bool_]:
    """Return a mask of the words that cannot be seen, in whole or in part, on a dark area.

    ``boxes`` of the words and ``dark`` areas are x0, top, x1, bottom in points on the page as displayed; ``shade``
    returns how light a word is drawn (0 to 255).
    """
    found = np.zeros(len(boxes), np.bool_)
    low = np.maximum(boxes[:, None, :2], dark[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], dark[None, :, 2:])
    shares = (high - low) / np.maximum(boxes[:, None, 2:] - boxes[:, None, :2], 0.1)
    pairs = np.argwhere((shares[..., 0] >= WIDE) & (shares[..., 1] >= HIGH)).tolist()
    pairs = [pair for pair in pairs if shade(pair[0]) <= DARK + CONTRAST]
    if pairs:
        width, height = page.get_size()
        scale = bounded_scale(width, height, SCALE)
        drawn = _around(low, high, pairs, width, height) if scale == SCALE else None
        grey = np.asarray(rendered(page, scale, annotations=False, part=drawn).convert("L"), np.int16)
        origin = np.array(drawn[:2] if drawn else (0, 0), np.float32)
        for word, area in pairs:
            x0, top = np.ceil((low[word, area] - origin) * scale).astype(int).clip(0).tolist()
            x1, bottom = np.floor((high[word, area] - origin) * scale).astype(int).tolist()
            part = grey[top + INSET : bottom - INSET, x0 + INSET : x1 - INSET]
            found[word] |= part.size > 0 and int(part.max()) <= DARK + CONTRAST and int(np.ptp(part)) < CONTRAST
    return found


def _around(
    low: NDArray[np.float32], high: NDArray[np.float32], pairs: list[list[int]], width: float, height: float
) -> tuple[int, int, int, int]:
    """Return the sides in whole points of what the ``pairs`` of a word and an area have in common."""
    words, areas = zip(*pairs, strict=True)
    x0, top = np.floor(low[words, areas].min(axis=0)).astype(int).clip(0).tolist()
    x1, bottom = np.ceil(high[words, areas].max(axis=0)).astype(int).tolist()
    return x0, top, min(x1, int(width)), min(bottom, int(height))
