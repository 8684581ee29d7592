"""Values below bold labels that stand side by side, without lines: ``Check In | Check Out`` over two days.

Each label is read with its value. A table has rows below its header, and columns of text go on below their headings:
these stay as they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Stretches, rows

Indices = NDArray[np.int64]

MIN_LABELS = 2  # level ones
ALIGNED = 0.5  # type sizes by which the left sides of label and value may differ
NEAR = 0.9  # type sizes from a line to the next of a value
MAX_LONG = 1  # labels of a row whose values have several lines


def labelled_words(part: Stretches, words: list[str]) -> Indices:
    """Return the indices of the words of labels with a colon that stand side by side, and of their values.

    ``words`` are those of the page. They are of no table, even if one with the same columns follows.
    """
    pairs = [part.chosen(indices) for indices, is_pair in _pieces(part) if is_pair]
    named = [pair for pair in pairs if words[int(pair.words[0][-1])].endswith(":")]
    return np.concatenate([index for pair in named for index in pair.words] or [np.zeros(0, np.int64)])


def around_labelled(part: Stretches) -> list[Stretches]:
    """Return what is above each row of labels, each label with its value, and the rest, in reading order."""
    pieces = _pieces(part)
    return [part.chosen(indices) for indices, _ in pieces] if len(pieces) > 1 else [part]


def _pieces(part: Stretches) -> list[tuple[Indices, bool]]:
    """Return the stretches of each piece in reading order, and whether it is a label with its value."""
    if int(part.bold.sum()) < MIN_LABELS:
        return [(np.arange(len(part)), False)]
    remaining = np.arange(len(part))
    pieces: list[tuple[Indices, bool]] = []
    bold = part.bold.tolist()
    for indices in rows(part.boxes):
        if len(indices) < MIN_LABELS or not all(bold[index] for index in indices):
            continue
        row = np.array(indices)
        if not np.isin(row, remaining).all():
            continue
        if pairs := _pairs(part, row, remaining):
            top = part.boxes[row, 1].min()
            above = remaining[part.boxes[remaining, 3] <= top + ALIGNED * part.size[row].max()]
            pieces += [(above, False)] if len(above) else []
            pieces += [(pair, True) for pair in pairs]
            remaining = np.setdiff1d(remaining, np.concatenate([above, *pairs]))
    return [*pieces, (remaining, False)] if len(remaining) else pieces


def _pairs(part: Stretches, row: Indices, remaining: Indices) -> list[Indices]:
    """Return the indices of each label of ``row`` with its value; none unless all have one and nothing is between."""
    labels = row[np.argsort(part.boxes[row, 0])]
    ends = [*part.boxes[labels[1:], 0].tolist(), float("inf")]
    pairs = [np.array([label, *_value(part, label, end, remaining)]) for label, end in zip(labels, ends, strict=True)]
    lines = np.array([len(pair) - 1 for pair in pairs])
    if lines.min() == 0 or (lines > 1).sum() > MAX_LONG:
        return []
    taken = np.concatenate(pairs)
    top, bottom = part.boxes[taken, 1].min(), part.boxes[taken, 3].max()
    middles = (part.boxes[remaining, 1] + part.boxes[remaining, 3]) / 2
    between = remaining[(middles > top) & (middles < bottom)]
    return pairs if np.isin(between, taken).all() else []


def _value(part: Stretches, label: int, end: float, remaining: Indices) -> list[int]:
    """Return the stretches below ``label``, left of ``end`` points, that are not bold, from the nearest downwards."""
    found: list[int] = []
    left, size = part.boxes[label, 0], float(part.size[label])
    sides = part.boxes[remaining]
    beneath = (abs(sides[:, 0] - left) <= ALIGNED * size) & (sides[:, 2] < end) & (sides[:, 1] > part.boxes[label, 1])
    below = remaining[beneath]
    last = label
    for index in below[np.argsort(part.boxes[below, 1])].tolist():
        gap = float(part.boxes[index, 1] - part.boxes[last, 3])
        if -ALIGNED * size <= gap <= NEAR * size and part.boxes[index, 1] > part.boxes[last, 1]:
            if part.bold[index]:
                break
            found.append(index)
            last = index
    return found
