"""States of the tokens of a letter: the lower layers of the encoder, then the upper ones, fitted to letters.

The lower half is ``model.onnx`` of ``models/encoder``. The upper half is
``models/request_network/model.onnx``; its README describes training and quality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.requests.weights import ENCODER
from nlp.transformer import MODELS, Vector, open_model, run_on_states

UPPER = MODELS / "request_network" / "model.onnx"
# Pieces of a statement and of a window of statements; one statement on each side of a window is its context. A window
# fits into what the encoder has room for (510), its context in part.
_MOST_PIECES, _WINDOW = 200, 360

Owners = NDArray[np.intp]  # the statement of each token
Places = NDArray[np.intp]  # first character of each token and one past the last, (tokens, 2)
Window = tuple[int, int, int, int]  # first statement with context, first, one past the last, one past the context


@dataclass(frozen=True, slots=True, eq=False)
class LetterTokens:
    """The tokens of a letter: states (tokens, dimensions), the statement of each, and its place in the statement."""

    states: Vector
    owners: Owners
    places: Places

    def within(self, statement: int, start: int, end: int) -> Vector:
        """Return the states of the tokens that overlap a range of a statement's characters."""
        own = (self.owners == statement) & (self.places[:, 0] < end) & (self.places[:, 1] > start)
        found: Vector = self.states[own]
        return found


def letter_tokens(texts: Sequence[str]) -> LetterTokens:
    """Return the tokens of statements, at least one, with their states by the network.

    Statements are encoded together, in windows, so that the states of one depend on those around it.
    """
    pieces, owners, places = letter_pieces(texts)
    states = np.concatenate([run_on_states(UPPER, lower)[own] for lower, own in lower_states(pieces)])
    return LetterTokens(states, owners, places)


def letter_pieces(texts: Sequence[str]) -> tuple[list[list[int]], Owners, Places]:
    """Return the pieces of each statement that are read, the statement of each piece, and its place in that."""
    encodings = open_model(ENCODER).tokenise(texts)
    pieces = [encoding.ids[:_MOST_PIECES] for encoding in encodings]
    places = [place for encoding in encodings for place in encoding.offsets[:_MOST_PIECES]]
    owners = np.repeat(np.arange(len(pieces)), [len(ids) for ids in pieces])
    return pieces, owners, np.array(places, np.intp).reshape(-1, 2)


def lower_states(pieces: Sequence[list[int]]) -> list[tuple[Vector, slice]]:
    """Return the windows of a letter: states after the lower layers, with frame and context, and its own rows."""
    model = open_model(ENCODER)
    windows = _windows([len(ids) for ids in pieces])
    sequences, starts = zip(*(_with_context(pieces, window, model.room) for window in windows), strict=True)
    framed = [model.framed(ids) for ids in sequences]
    states = dict(model.run(framed))
    found = []
    for number, (_, first, last, _) in enumerate(windows):
        start = model.frame_before + starts[number]
        own = slice(start, start + sum(map(len, pieces[first:last])))
        found.append((states[number][: len(framed[number])], own))
    return found


def _with_context(pieces: Sequence[list[int]], window: Window, room: int) -> tuple[list[int], int]:
    """Return the pieces of a window in its context, as much of it as fits into ``room``, and where its own begin."""
    before, first, last, after = window
    own = [piece for ids in pieces[first:last] for piece in ids]
    context = [piece for ids in pieces[before:first] for piece in ids][-(room - len(own)) :]
    return [*context, *own, *(piece for ids in pieces[last:after] for piece in ids)], len(context)


def _windows(lengths: Sequence[int]) -> list[Window]:
    """Return windows of at most ``_WINDOW`` pieces, with a statement of context on each side."""
    windows = []
    first = 0
    while first < len(lengths):
        last, size = first + 1, lengths[first]
        while last < len(lengths) and size + lengths[last] <= _WINDOW:
            size += lengths[last]
            last += 1
        windows.append((max(0, first - 1), first, last, min(len(lengths), last + 1)))
        first = last
    return windows
