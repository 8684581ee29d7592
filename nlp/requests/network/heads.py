"""Heads of the network that reads letters: measures asked for, declarations, and roles of persons.

For each statement, an attention for each measure weighs the projected states of its tokens; the weighed mean gives the
score of the measure. To it are added a score for whether the statement asks for anything, from a recurrent layer over
the statements of the letter, and weights of what the rules found (``nlp/requests/measures/evidence.py``). The same
recurrent layer tells what a statement declares. The role of a name is read from the mean state of its tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from nlp.probability import softmax
from nlp.requests.measures.evidence import Evidence, measure_rows, statement_rows, type_row
from nlp.requests.network.tokens import UPPER, LetterTokens, letter_tokens
from nlp.requests.weights import vector_weights
from nlp.transformer import Vector

WEIGHTS = UPPER.with_name("weights.npz")
DECLARATIONS = ("reciprocity", "urgency", "confidentiality", "special_procedure")
_SHARPEST = 12.0  # of an attention, before the exponential

Place = tuple[int, int, int]  # number of a statement, first character and one past the last
Parameters = Mapping[str, Vector]


@dataclass(frozen=True, slots=True, eq=False)
class LetterScores:
    """What the network reads in a letter: for each statement the probability of each measure and declaration.

    ``shared`` are the weighed states of each statement, an input of the other heads; ``kind`` is the row of the type.
    """

    measures: tuple[Mapping[str, float], ...]
    declared: tuple[Mapping[str, float], ...]
    tokens: LetterTokens
    shared: Vector
    kind: Vector


def letter_scores(evidence: Sequence[Evidence], kind: str) -> LetterScores | None:
    """Return what the network reads in the statements of a letter of type ``kind``; None without weights or words."""
    trained = _trained()
    if trained is None or not evidence:
        return None
    measures, network = trained
    tokens = letter_tokens([one.words for one in evidence])
    attended = _attended(network, tokens, len(evidence))
    own, shared = attended[:, : len(measures)], attended[:, len(measures) :].reshape(len(evidence), -1)
    of_type = type_row(kind)
    types = np.repeat(of_type[None], len(evidence), axis=0)
    inputs = np.concatenate([shared, statement_rows(evidence), types], axis=1)
    context = _in_context(network, np.maximum(0, _linear(network, "inputs", inputs)))
    by_rule = network["rules"] + _linear(network, "rules_in_context", context)
    scores = (own * network["out"]).sum(-1) * 3 + network["bias"] + _linear(network, "asks", context)
    scores += (measure_rows(evidence, measures) * by_rule[:, None, :]).sum(-1) + of_type @ network["of_type"]
    declared = _linear(network, "declared", np.concatenate([context, shared], axis=1))
    return LetterScores(_named(measures, scores), _named(DECLARATIONS, declared), tokens, shared, of_type)


def role_scores(letter: LetterScores, names: Sequence[Sequence[Place]], classes: int) -> Vector:
    """Return the probability of each of the ``classes`` of roles for each name, whose mentions are at ``names``.

    The row of a name without a mention in a statement is NaN. The logarithms of several mentions are added and divided
    by the root of their number.
    """
    trained = _trained()
    rows = np.full((len(names), classes), np.nan, np.float32)
    for number, places in enumerate(names):
        read = [_role_input(letter, place) for place in places]
        inputs = [row for row in read if row is not None]
        if trained is None or not inputs:
            continue
        hidden = np.tanh(_linear(trained[1], "role_inputs", np.stack(inputs)))
        likely = softmax(_linear(trained[1], "role", hidden), axis=1)
        rows[number] = softmax(np.log(likely + 1e-9).sum(axis=0) / np.sqrt(len(inputs)), axis=0)
    return rows


def _role_input(letter: LetterScores, place: Place) -> Vector | None:
    """Return the input of the head of roles for a mention, None for one beyond the pieces of a statement."""
    states = letter.tokens.within(*place)
    if not len(states):
        return None
    return np.concatenate([states.mean(axis=0), letter.shared[place[0]], letter.kind])


def _attended(network: Parameters, tokens: LetterTokens, count: int) -> Vector:
    """Return the weighed mean of the projected states of each statement by each attention."""
    hidden = np.tanh(_linear(network, "project", tokens.states))
    attention = np.exp(np.clip(hidden @ network["keys"].T, -_SHARPEST, _SHARPEST))
    total = np.full((count, attention.shape[1]), 1e-6, np.float32)
    np.add.at(total, tokens.owners, attention)
    attention /= total[tokens.owners]
    attended = np.zeros((count, attention.shape[1], hidden.shape[1]), np.float32)
    for number in range(count):
        own = tokens.owners == number
        attended[number] = attention[own].T @ hidden[own]
    return attended


def _named(names: Sequence[str], scores: Vector) -> tuple[Mapping[str, float], ...]:
    return tuple(dict(zip(names, row.tolist(), strict=True)) for row in _sigmoid(scores))


def _linear(network: Parameters, name: str, rows: Vector) -> Vector:
    product: Vector = rows @ network[f"{name}.weight"].T + network[f"{name}.bias"]
    return product


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
def _trained() -> tuple[tuple[str, ...], Parameters] | None:
    """Return the measures and the parameters; None if there are no weights for the encoder."""
    stored = vector_weights(WEIGHTS)
    if not stored or not UPPER.is_file():
        return None
    parameters = {name: array.astype(np.float32) for name, array in stored.items() if array.dtype.kind == "f"}
    return tuple(str(name) for name in stored["measures"]), parameters
