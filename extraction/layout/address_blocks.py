"""Postal addresses that stand side by side, without lines: of the sender and the recipient, of both parties.

Each is read as a whole. Their lines are level, as the rows of a table are, so that only what they say tells them apart.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import STRETCH_GAP, Stretches
from extraction.layout.page_words import Floats
from extraction.resource import load

Indices = NDArray[np.int64]

MIN_LINES, MAX_LINES = 3, 10  # of an address with its heading
ALIGNED = 0.5  # type sizes by which the left sides of its lines may differ
NEAR = 1.0  # type sizes between two of its lines
MIN_ADDRESSES = 2
BESIDE = 0.5  # share of the height of the lower of two addresses that they have in common


def _any_of(*keys: str, flags: int = 0) -> re.Pattern[str]:
    rules = load("extraction.addresses")
    return re.compile("|".join(f"(?:{pattern})" for key in keys for pattern in rules[key]), flags)


_LOCALITY, _STREET = _any_of("locality"), _any_of("street", flags=re.IGNORECASE)
_HOUSE, _PLACE = _any_of("house"), re.compile(load("extraction.addresses")["place"])
_DIGIT = re.compile(r"\d")


def address_words(part: Stretches, words: list[str]) -> Indices:
    """Return the indices of the words of addresses side by side, and of what is beside them: they are of no table."""
    pieces = [part.chosen(indices) for indices, is_column in _pieces(part, words) if is_column]
    return np.concatenate([index for piece in pieces for index in piece.words] or [np.zeros(0, np.int64)])


def has_addresses(part: Stretches, words: list[str]) -> bool:
    """Return whether ``part`` has two addresses or more."""
    return len(_addresses(part, words)) >= MIN_ADDRESSES


def around_addresses(part: Stretches, words: list[str]) -> list[Stretches]:
    """Return what is above addresses side by side, each of them and of the columns beside, and the rest, in order."""
    pieces = _pieces(part, words)
    return [part.chosen(indices) for indices, _ in pieces] if len(pieces) > 1 else [part]


def _pieces(part: Stretches, words: list[str]) -> list[tuple[Indices, bool]]:
    """Return the stretches of each piece in reading order, and whether it is a column of a band with addresses."""
    remaining = np.arange(len(part))
    pieces: list[tuple[Indices, bool]] = []
    for band in _bands(part, _addresses(part, words)):
        top, bottom = (edge(part.boxes[np.concatenate(band), side]) for edge, side in ((np.min, 1), (np.max, 3)))
        middle = (part.boxes[remaining, 1] + part.boxes[remaining, 3]) / 2
        above, beside = remaining[middle < top], remaining[(middle >= top) & (middle <= bottom)]
        columns = _columns(part, beside, band)
        if sum(any(_holds(column, address) for address in band) for column in columns) >= MIN_ADDRESSES:
            pieces += [(above, False)] if len(above) else []
            pieces += [(column, True) for column in columns]
            remaining = remaining[middle > bottom]
    return [*pieces, (remaining, False)] if len(remaining) else pieces


def _holds(column: Indices, address: Indices) -> bool:
    return bool(np.isin(address, column).all())


def _addresses(part: Stretches, words: list[str]) -> list[Indices]:
    """Return the lines of each address beside another block from top to bottom, the addresses by their first line."""
    blocks = _blocks(part)
    beside = [blocks[number] for number in np.flatnonzero(_have_level_others(part, blocks)).tolist()]
    found = [block for block in beside if _is_address([_text(part, index, words) for index in block.tolist()])]
    return sorted(found, key=lambda lines: float(part.boxes[lines[0], 1])) if len(found) >= MIN_ADDRESSES else []


def _text(part: Stretches, index: int, words: list[str]) -> str:
    return " ".join([words[word] for word in part.words[index].tolist()])


def _is_address(lines: list[str]) -> bool:
    """Return whether ``lines`` have a street and its place: one with a code, or the last one by its form."""
    places = {line for line in lines if _LOCALITY.search(line)}
    streets = [line for line in lines if _STREET.search(line)]
    if places:
        houses = {line for line in lines if _HOUSE.search(line)} | set(streets)
        return bool(houses) and len(places | houses) > 1
    numbered = [line for line in streets if _DIGIT.search(line)]
    return len(numbered) == 1 and numbered[0] is not lines[-1] and bool(_PLACE.search(lines[-1]))


def _blocks(part: Stretches) -> list[Indices]:
    """Return the blocks of aligned lines near each other, each from top to bottom, as many as an address may have."""
    if len(part) < MIN_ADDRESSES * MIN_LINES or _level_with_others(part) < MIN_ADDRESSES * MIN_LINES:
        return []
    followers = _followers(part.boxes, part.size)
    blocks = []
    for first in np.setdiff1d(np.arange(len(part)), followers).tolist():
        lines = [first]
        while (following := int(followers[lines[-1]])) >= 0:
            lines.append(following)
        if MIN_LINES <= len(lines) <= MAX_LINES:
            blocks.append(np.array(lines))
    return blocks


def _level_with_others(part: Stretches) -> int:
    """Return how many stretches are level with another: a page of one column has hardly any."""
    middles = part.boxes[:, 1] + part.boxes[:, 3]
    order = np.argsort(middles)
    close = np.diff(middles[order]) <= part.size[order[1:]]
    return int((np.append(close, False) | np.append(False, close)).sum())


def _followers(boxes: Floats, size: Floats) -> Indices:
    """Return for each stretch the nearest one below that begins at the same x, -1 for none."""
    lefts, tops, _, bottoms = boxes.T
    gap = (tops[None, :] - bottoms[:, None]) / size[:, None]
    below = (tops[None, :] > tops[:, None]) & (gap >= -ALIGNED) & (gap <= NEAR)
    below &= abs(lefts[None, :] - lefts[:, None]) <= ALIGNED * size[:, None]
    nearest = np.where(below, gap, np.inf).argmin(axis=1)
    return np.where(below.any(axis=1), nearest, -1)


def _bands(part: Stretches, addresses: list[Indices]) -> list[list[Indices]]:
    """Return the groups of addresses that are beside the first of their group, from top to bottom."""
    bands: list[list[Indices]] = []
    for address in addresses:
        if bands and _are_level(part, bands[-1][0], address):
            bands[-1].append(address)
        else:
            bands.append([address])
    return [band for band in bands if len(band) >= MIN_ADDRESSES]


def _have_level_others(part: Stretches, blocks: list[Indices]) -> NDArray[np.bool_]:
    """Return for each block of lines whether another one is level with it."""
    tops = np.array([part.boxes[block, 1].min() for block in blocks])
    bottoms = np.array([part.boxes[block, 3].max() for block in blocks])
    shared = np.minimum(bottoms[:, None], bottoms) - np.maximum(tops[:, None], tops)
    level = shared >= BESIDE * np.minimum.outer(bottoms - tops, bottoms - tops)
    beside: NDArray[np.bool_] = level.sum(axis=1) > 1  # each is level with itself
    return beside


def _are_level(part: Stretches, first: Indices, second: Indices) -> bool:
    return bool(_have_level_others(part, [first, second]).all())


def _columns(part: Stretches, beside: Indices, band: list[Indices]) -> list[Indices]:
    """Return the stretches ``beside`` each other by column; neighbours without an address as one."""
    order = beside[np.argsort(part.boxes[beside, 0])]
    right = np.maximum.accumulate(part.boxes[order, 2])
    starts = np.flatnonzero(part.boxes[order[1:], 0] - right[:-1] > STRETCH_GAP * part.size[order[1:]]) + 1
    columns: list[Indices] = []
    follows_none = False
    for first, last in pairwise([0, *starts.tolist(), len(order)]):
        column = order[first:last]
        has_none = not any(_holds(column, address) for address in band)
        if has_none and follows_none:
            columns[-1] = np.concatenate((columns[-1], column))
        else:
            columns.append(column)
        follows_none = has_none
    return [np.sort(column) for column in columns]
