"""The network of ``nlp/requests/network`` in torch: the upper layers of the encoder and the heads, and their loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from models.base import for_training
from nlp.requests.network.heads import DECLARATIONS
from nlp.requests.persons.role_classifier import CLASSES

PROJECTED, INNER, CONTEXT, SHARED, ROLE_INNER = 96, 64, 48, 4, 128
DROPOUT, FORGOTTEN = 0.3, 0.05
# Weights of positive labels and of the parts of the loss beside the measures of statements.
POSITIVE, ASKS, WHOLE_LETTER, RARE_DECLARED = 3.0, 0.5, 1.0, 0.25
# What a statement may contain beside measures.
CONTENTS = (
    *DECLARATIONS, "translation", "annexes", "deadlines", "facts_period", "legal_basis", "offences", "persons",
    "identifiers", "amounts", "own_reference", "issuing_authority",
)  # fmt: skip
_MASKED = -1e4

Mention = tuple[int, int, int, int]  # number of the name, statement, first token and one past the last


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A letter: windows of lower states with the rows of their own, what the rules found, and the labels.

    ``known`` is how sure it is whether a statement asks for a measure: less where it is labelled elsewhere in
    the letter. ``asked`` are the measures of the whole letter. ``contents`` is None where only measures are labelled.
    ``roles`` are the classes of the names, ``mentions`` their places.
    """

    windows: Sequence[tuple[torch.Tensor, slice]]
    owners: torch.Tensor
    statements: torch.Tensor
    named: torch.Tensor
    kind: torch.Tensor
    labels: torch.Tensor
    known: torch.Tensor
    asked: torch.Tensor
    contents: torch.Tensor | None = None
    roles: torch.Tensor | None = None
    mentions: Sequence[Mention] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Scores of the measures and contents of each statement, whether it asks for anything, and roles of mentions."""

    measures: torch.Tensor
    asks: torch.Tensor
    contents: torch.Tensor
    roles: torch.Tensor


class Upper(nn.Module):
    """The upper layers of the encoder: states (batch, tokens, dimensions) to states."""

    def __init__(self, encoder: Path, shared_layers: int) -> None:
        super().__init__()
        body = encoder_body(encoder)
        for_training(body, shared_layers)
        self.layers = nn.ModuleList(list(body.encoder.layer)[shared_layers:])

    def forward(self, states: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return the states of the last layer; ``mask`` (batch, tokens) is 0 for padding."""
        masked = None if mask is None else (1 - mask[:, None, None, :]) * _MASKED
        for layer in self.layers:
            found = layer(states, masked)
            states = found[0] if isinstance(found, tuple) else found
        return states


class Network(nn.Module):
    """Upper layers and heads; see ``nlp/requests/network/heads.py``."""

    def __init__(self, encoder: Path, shared_layers: int, like: Example) -> None:
        super().__init__()
        self.upper = Upper(encoder, shared_layers)
        dimensions, width, types = like.windows[0][0].shape[1], like.statements.shape[1], len(like.kind)
        measures, features = like.labels.shape[1], like.named.shape[2]
        self.project = nn.Linear(dimensions, PROJECTED)
        self.keys = nn.Parameter(torch.randn(measures + SHARED, PROJECTED) * 0.1)
        self.out = nn.Parameter(torch.randn(measures, PROJECTED) * 0.05)
        self.bias = nn.Parameter(torch.full((measures,), -3.0))
        self.inputs = nn.Linear(SHARED * PROJECTED + width + types, INNER)
        self.context = nn.GRU(INNER, CONTEXT, bidirectional=True, batch_first=True)
        self.asks = nn.Linear(2 * CONTEXT, 1)
        self.rules = nn.Parameter(torch.zeros(features))
        self.rules_in_context = nn.Linear(2 * CONTEXT, features)
        self.of_type = nn.Parameter(torch.zeros(types, measures))
        self.declared = nn.Linear(2 * CONTEXT + SHARED * PROJECTED, len(CONTENTS))
        self.role_inputs = nn.Linear(dimensions + SHARED * PROJECTED + types, ROLE_INNER)
        self.role = nn.Linear(ROLE_INNER, len(CLASSES))
        self.drop = nn.Dropout(DROPOUT)

    def heads(self) -> list[nn.Parameter]:
        """Return the parameters outside the upper layers."""
        return [weights for name, weights in self.named_parameters() if not name.startswith("upper.")]

    def forward(self, letters: Sequence[Example]) -> list[Answer]:
        """Return what the network says of each letter."""
        windows = [window for letter in letters for window in letter.windows]
        states = torch.zeros(len(windows), max(len(rows) for rows, _ in windows), windows[0][0].shape[1])
        mask = torch.zeros(states.shape[:2])
        for number, (rows, _) in enumerate(windows):
            states[number, : len(rows)] = rows
            mask[number, : len(rows)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            states = self.upper(states, mask)
        own = iter([states[number, rows] for number, (_, rows) in enumerate(windows)])
        return [self._answer(torch.cat([next(own) for _ in letter.windows]).float(), letter) for letter in letters]

    def _answer(self, states: torch.Tensor, letter: Example) -> Answer:
        count, measures = len(letter.statements), len(self.out)
        pooled = self._attended(states, letter)
        weighed = pooled[:, measures:].flatten(1)
        kinds = letter.kind.expand(count, -1)
        inputs = self.inputs(self.drop(torch.cat([weighed, letter.statements, kinds], 1)))
        context = self.drop(self.context(torch.relu(inputs)[None])[0][0])
        asks, by_rule = self.asks(context), self.rules + self.rules_in_context(context)
        scores = (self.drop(pooled[:, :measures]) * self.out).sum(-1) * 3 + self.bias + asks
        scores = scores + (letter.named * by_rule[:, None, :]).sum(-1) + letter.kind @ self.of_type
        contents = self.declared(torch.cat([context, weighed], 1))
        return Answer(scores, asks[:, 0], contents, self._roles(states, weighed, letter))

    def _attended(self, states: torch.Tensor, letter: Example) -> torch.Tensor:
        hidden = torch.tanh(self.drop(self.project(states)))
        attention = torch.exp((hidden @ self.keys.T).clamp(-12, 12))
        if self.training:
            attention = attention * (torch.rand_like(attention[:, :1]) > FORGOTTEN)
        count = len(letter.statements)
        total = torch.zeros(count, attention.shape[1]).index_add(0, letter.owners, attention) + 1e-6
        weighed = (attention / total[letter.owners])[:, :, None] * hidden[:, None, :]
        return torch.zeros(count, attention.shape[1], PROJECTED).index_add(0, letter.owners, weighed)

    def _roles(self, states: torch.Tensor, weighed: torch.Tensor, letter: Example) -> torch.Tensor:
        """Return the logarithm of the probability of each class for each mention."""
        if not letter.mentions:
            return torch.zeros(0, len(CLASSES))
        spans = torch.stack([states[first:last].mean(0) for _, _, first, last in letter.mentions])
        held = weighed[[statement for _, statement, _, _ in letter.mentions]]
        inputs = torch.cat([spans, held, letter.kind.expand(len(spans), -1)], 1)
        hidden = functional.dropout(torch.tanh(self.role_inputs(inputs)), 0.2, self.training)
        return torch.log_softmax(self.role(hidden), 1)


def loss_of(answer: Answer, letter: Example) -> torch.Tensor:
    """Return the loss of a letter: measures of statements and of the letter, contents, and roles of names."""
    losses = functional.binary_cross_entropy_with_logits
    loss = (losses(answer.measures, letter.labels, reduction="none") * letter.known).mul(
        1 + (POSITIVE - 1) * letter.labels
    ).sum()  # fmt: skip
    loss = loss + ASKS * losses(answer.asks, (letter.labels.sum(1) > 0).float(), reduction="sum")
    never = torch.log(1 - torch.sigmoid(answer.measures).clamp(max=0.9999)).sum(0)
    whole = (1 - torch.exp(never)).clamp(1e-5, 1 - 1e-5)
    loss = loss + WHOLE_LETTER * functional.binary_cross_entropy(whole, letter.asked, reduction="sum")
    if letter.contents is not None:
        weight = torch.full((len(CONTENTS),), RARE_DECLARED)
        weight[: len(DECLARATIONS)] = 1.0
        by_content = losses(answer.contents, letter.contents, reduction="none")
        loss = loss + (by_content * weight * (1 + letter.contents)).sum()
    return letter.weight * (loss + _role_loss(answer, letter))


def _role_loss(answer: Answer, letter: Example) -> torch.Tensor:
    """Return the loss of the names; the logarithms of mentions are added and divided by the root of their number."""
    if letter.roles is None or not letter.mentions:
        return torch.zeros(())
    names = torch.tensor([name for name, *_ in letter.mentions])
    count = torch.zeros(len(letter.roles)).index_add(0, names, torch.ones(len(names)))
    total = torch.zeros(len(letter.roles), len(CLASSES)).index_add(0, names, answer.roles)
    seen = count > 0
    scores = torch.log_softmax(total[seen] / count[seen, None].sqrt(), 1)
    return functional.nll_loss(scores, letter.roles[seen], reduction="sum")


def encoder_body(folder: Path) -> BertModel:
    """Return the encoder of ``folder``, whose weights are of eight bits, as a model of torch, its weights as floats."""
    body = BertModel(BertConfig(
        vocab_size=49_152, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512, layer_norm_eps=1e-12, pad_token_id=1,
    ), add_pooling_layer=False)  # fmt: skip
    for part in ("model.onnx", "vectors.onnx"):
        _take(body, _stored(folder / part, "body."))
    return body


def take_stored(network: Network, upper: Path, heads: Mapping[str, np.ndarray]) -> None:
    """Give a network the stored weights of its upper layers and of its heads; outputs that are not stored stay."""
    _take(network.upper, _stored(upper, ""))
    with torch.no_grad():
        for name, weights in network.named_parameters():
            if name in heads:
                weights[: len(heads[name])] = torch.tensor(heads[name].astype(np.float32))


def _take(model: nn.Module, weights: Mapping[str, np.ndarray]) -> None:
    known = {name: torch.tensor(np.ascontiguousarray(weights[name])) for name in model.state_dict() if name in weights}
    model.load_state_dict(known, strict=False)


def _stored(path: Path, prefix: str) -> dict[str, np.ndarray]:
    """Return the weights of an ONNX file as floats by the names of torch, without ``prefix``."""
    graph = onnx.load(path).graph
    arrays = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    weights = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
    for name in [name for name in weights if name.endswith("_quantized")]:
        weights[name.removesuffix("_quantized")] = _floats(arrays, f"{prefix}{name}")
    for node in (node for node in graph.node if node.op_type == "MatMulInteger"):
        name = node.output[0].split("/MatMul_output")[0].removeprefix("/").replace("/", ".").removeprefix(prefix)
        weights[f"{name}.weight"] = _floats(arrays, node.input[1]).T
    return weights


def _floats(arrays: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    base = name.removesuffix("_quantized")
    values = arrays[name].astype(np.float32) - arrays[f"{base}_zero_point"].astype(np.float32)
    return np.asarray(values * arrays[f"{base}_scale"], np.float32)
