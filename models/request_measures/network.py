"""The network of ``nlp/requests/measures/network.py`` in torch, its examples and its training."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from nlp.requests.measures.evidence import Evidence, measure_rows, statement_rows, type_row
from nlp.requests.measures.network import token_states

PROJECTED, INNER, CONTEXT, SHARED_KEYS = 96, 64, 48, 4
EPOCHS, AT_ONCE, RATE, PEAK, DECAY, DROPOUT, FORGOTTEN = 10, 4, 2e-3, 4e-3, 0.02, 0.3, 0.05
POSITIVE, ASKS, WHOLE_LETTER = 3.0, 0.5, 1.0  # weights of positive labels and of two parts of the loss


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A letter: its tokens, the statement of each, the features of the rules, and the labels.

    ``known`` is 0 for a measure in statements of which it is not known whether they ask for it, since it is labelled
    elsewhere in the letter; ``asked`` are the measures of the whole letter.
    """

    states: NDArray[np.float16]
    owners: torch.Tensor
    statements: torch.Tensor
    named: torch.Tensor
    kind: torch.Tensor
    labels: torch.Tensor
    known: torch.Tensor
    asked: torch.Tensor
    weight: float


def example(
    evidence: Sequence[Evidence],
    kind: str,
    labels: Sequence[frozenset[str]],
    asked: frozenset[str],
    measures: Sequence[str],
    weight: float = 1.0,
    blank: bool = False,
) -> Example:
    """Return the example of a letter of type ``kind``; ``blank`` leaves out type and features of
    statements, and takes the labels of each statement for all of its measures."""
    states, owners = token_states([one.words for one in evidence])
    truth = torch.tensor([[float(name in here) for name in measures] for here in labels])
    whole = torch.tensor([float(name in asked) for name in measures])
    rows = torch.tensor(statement_rows(evidence))
    of_type = torch.tensor(type_row(kind))
    return Example(
        states.astype(np.float16),
        torch.tensor(owners),
        torch.zeros_like(rows) if blank else rows,
        torch.tensor(measure_rows(evidence, measures)),
        torch.zeros_like(of_type) if blank else of_type,
        truth,
        torch.ones_like(truth) if blank else torch.where(truth > 0, 1.0, 1.0 - whole[None]),
        whole,
        weight,
    )


class Network(nn.Module):
    """Scores of each measure for each statement of a letter; see ``nlp/requests/measures/network.py``."""

    def __init__(self, measures: int, like: Example) -> None:
        super().__init__()
        dimensions, width, features = like.states.shape[1], like.statements.shape[1], like.named.shape[2]
        types = len(like.kind)
        self.project = nn.Linear(dimensions, PROJECTED)
        self.keys = nn.Parameter(torch.randn(measures + SHARED_KEYS, PROJECTED) * 0.1)
        self.out = nn.Parameter(torch.randn(measures, PROJECTED) * 0.05)
        self.bias = nn.Parameter(torch.full((measures,), -3.0))
        self.inputs = nn.Linear(SHARED_KEYS * PROJECTED + width + types, INNER)
        self.context = nn.GRU(INNER, CONTEXT, bidirectional=True, batch_first=True)
        self.asks = nn.Linear(2 * CONTEXT, 1)
        self.rules = nn.Parameter(torch.zeros(features))
        self.rules_in_context = nn.Linear(2 * CONTEXT, features)
        self.of_type = nn.Parameter(torch.zeros(types, measures))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, letter: Example) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores (statements, measures), and those for whether each statement asks for anything."""
        count, measures = len(letter.statements), len(self.out)
        hidden = torch.tanh(self.drop(self.project(torch.tensor(letter.states).float())))
        attention = torch.exp((hidden @ self.keys.T).clamp(-12, 12))
        if self.training:
            attention = attention * (torch.rand_like(attention[:, :1]) > FORGOTTEN)
        total = torch.zeros(count, attention.shape[1]).index_add(0, letter.owners, attention) + 1e-6
        attention = attention / total[letter.owners]
        weighed = attention[:, :, None] * hidden[:, None, :]
        pooled = torch.zeros(count, attention.shape[1], PROJECTED).index_add(0, letter.owners, weighed)
        shared = self.drop(
            torch.cat([pooled[:, measures:].flatten(1), letter.statements, letter.kind.expand(count, -1)], 1)
        )
        context = self.drop(self.context(torch.relu(self.inputs(shared))[None])[0][0])
        asks = self.asks(context)
        by_rule = self.rules + self.rules_in_context(context)
        scores = (self.drop(pooled[:, :measures]) * self.out).sum(-1) * 3 + self.bias + asks
        return scores + (letter.named * by_rule[:, None, :]).sum(-1) + letter.kind @ self.of_type, asks[:, 0]


def train(letters: Sequence[Example], seed: int) -> Network:
    """Return a network fitted to ``letters``."""
    torch.manual_seed(seed)
    network = Network(letters[0].labels.shape[1], letters[0])
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    batches = list(_batches(letters, random.Random(seed)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK, total_steps=len(batches))
    network.train()
    for batch in batches:
        optimiser.zero_grad()
        loss = sum(_loss(network(letter), letter) * letter.weight for letter in batch)
        torch.as_tensor(loss / (10 * AT_ONCE)).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    network.eval()
    return network


def _batches(letters: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    for _ in range(EPOCHS):
        order = rng.sample(range(len(letters)), len(letters))
        for first in range(0, len(order), AT_ONCE):
            yield [letters[number] for number in order[first : first + AT_ONCE]]


def _loss(answer: tuple[torch.Tensor, torch.Tensor], letter: Example) -> torch.Tensor:
    """Return the loss of the statements, of whether they ask for anything, and of the measures of the whole letter."""
    scores, asks = answer
    by_statement = functional.binary_cross_entropy_with_logits(scores, letter.labels, reduction="none")
    loss = (by_statement * letter.known * (1 + (POSITIVE - 1) * letter.labels)).sum()
    anything = (letter.labels.sum(1) > 0).float()
    loss = loss + ASKS * functional.binary_cross_entropy_with_logits(asks, anything, reduction="sum")
    never = torch.log(1 - torch.sigmoid(scores).clamp(max=0.9999)).sum(0)
    whole = (1 - torch.exp(never)).clamp(1e-5, 1 - 1e-5)
    return loss + WHOLE_LETTER * functional.binary_cross_entropy(whole, letter.asked, reduction="sum")
