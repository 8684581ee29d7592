"""The network that chooses the measures that a letter asks for, over the encoder's states of tokens.

For each statement, an attention for each measure weighs the projected states of its tokens; the weighed mean gives the
score of the measure. To it are added a score for whether the statement asks for anything, from a recurrent layer over
the statements of the letter, and weights of what the rules found (``evidence``). The weights, an average of
several networks, are those of ``models/request_measures``, whose README describes training and quality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.requests.measures.evidence import Evidence, measure_rows, statement_rows, type_row
from nlp.requests.weights import ENCODER, vector_weights
from nlp.transformer import MODELS, Vector, open_model

WEIGHTS = MODELS / "request_measures" / "weights.npz"
STATES = "states"  # the output of the encoder by token
# Pieces of a statement and of a window of statements; one statement on each side of a window is its context. A window
# fits into what the encoder has room for (510), its context in part.
_MOST_PIECES, _WINDOW = 200, 360
_SHARPEST = 12.0  # of an attention, before the exponential

Parameters = Mapping[str, Vector]
Owners = NDArray[np.intp]  # the statement of each token
Window = tuple[int, int, int, int]  # first statement with context, first, one past the last, one past the context


def measure_scores(evidence: Sequence[Evidence], kind: str) -> list[dict[str, float]]:
    """Return the probability of each measure for each statement of a letter of type ``kind``; empty without weights."""
    measures, networks = _trained()
    if not networks or not evidence:
        return [{} for _ in evidence]
    states, owners = token_states([one.words for one in evidence])
    rows = statement_rows(evidence), measure_rows(evidence, measures), type_row(kind)
    scores = [_sigmoid(_scores(network, states, owners, *rows)) for network in networks]
    return [dict(zip(measures, row.tolist(), strict=True)) for row in np.mean(scores, axis=0)]


def token_states(texts: Sequence[str]) -> tuple[Vector, Owners]:
    """Return the encoder's states of the tokens of all statements (tokens, dimensions), and the statement of each.

    Statements are encoded together, in windows, so that the states of one depend on those around it.
    """
    model = open_model(ENCODER)
    pieces = [encoding.ids[:_MOST_PIECES] for encoding in model.tokenise(texts)]
    windows = _windows([len(ids) for ids in pieces])
    sequences, starts = zip(*(_with_context(pieces, window, model.room) for window in windows), strict=True)
    found: dict[int, Vector] = {}
    for number, output in model.run([model.framed(ids) for ids in sequences], STATES):
        _, first, last, _ = windows[number]
        rows = model.without_frame(output, len(sequences[number]))
        found[number] = rows[starts[number] : starts[number] + sum(map(len, pieces[first:last]))]
    states = np.concatenate([found[number] for number in range(len(windows))])
    return states, np.repeat(np.arange(len(pieces)), [len(ids) for ids in pieces])


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


def _scores(
    network: Parameters, states: Vector, owners: Owners, statements: Vector, named: Vector, kind: Vector
) -> Vector:
    """Return the score of each measure in each statement."""
    hidden = np.tanh(states @ network["project.weight"].T + network["project.bias"])
    attention = np.exp(np.clip(hidden @ network["keys"].T, -_SHARPEST, _SHARPEST))
    count = len(statements)
    total = np.full((count, attention.shape[1]), 1e-6, np.float32)
    np.add.at(total, owners, attention)
    attention /= total[owners]
    pooled = np.zeros((count, attention.shape[1], hidden.shape[1]), np.float32)
    for number in range(count):
        own = owners == number
        pooled[number] = attention[own].T @ hidden[own]
    measures = len(network["out"])
    types = np.repeat(kind[None], count, axis=0)
    inputs = np.concatenate([pooled[:, measures:].reshape(count, -1), statements, types], axis=1)
    context = _in_context(network, np.maximum(0, inputs @ network["inputs.weight"].T + network["inputs.bias"]))
    by_rule = network["rules"] + context @ network["rules_in_context.weight"].T + network["rules_in_context.bias"]
    scores: Vector = (pooled[:, :measures] * network["out"]).sum(-1) * 3 + network["bias"]
    scores += context @ network["asks.weight"].T + network["asks.bias"]
    scores += (named * by_rule[:, None, :]).sum(-1) + kind @ network["of_type"]
    return scores


def _in_context(network: Parameters, rows: Vector) -> Vector:
    """Return the states of a bidirectional gated recurrent layer over the statements of a letter."""
    forward = _recurrent(network, rows, "")
    backward = _recurrent(network, rows[::-1], "_reverse")[::-1]
    return np.concatenate([forward, backward], axis=1)


def _recurrent(network: Parameters, rows: Vector, direction: str) -> Vector:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    into, over, into_bias, over_bias = (network[f"context.{name}_l0{direction}"] for name in names)
    state: Vector = np.zeros(over.shape[1], np.float32)
    states = []
    for row in rows @ into.T + into_bias:
        reset, update, new = np.split(row, 3)
        reset_state, update_state, new_state = np.split(over @ state + over_bias, 3)
        kept = _sigmoid(update + update_state)
        state = (np.float32(1) - kept) * np.tanh(new + _sigmoid(reset + reset_state) * new_state) + kept * state
        states.append(state)
    return np.stack(states)


def _sigmoid(values: Vector) -> Vector:
    result: Vector = np.float32(1) / (np.float32(1) + np.exp(-values))
    return result


@cache
def _trained() -> tuple[tuple[str, ...], tuple[Parameters, ...]]:
    """Return the measures and the parameters of each network; none if there are no weights for the encoder."""
    stored = vector_weights(WEIGHTS)
    if not stored:
        return (), ()
    networks = tuple(
        {name.partition("/")[2]: array.astype(np.float32) for name, array in stored.items() if name.startswith(f"{n}/")}
        for n in range(int(stored["networks"]))
    )
    return tuple(str(name) for name in stored["measures"]), networks
