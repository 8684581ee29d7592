"""Training of the layers that encode passages: ``python -m models.encoder.passages`` after ``train.py``.

An ingest encodes many passages, a search one question. Copies of the six upper layers learn to give, from the states
of the lower ones in pairs of neighbouring tokens, the vector that the upper layers give of all tokens (distillation;
Hinton et al. 2015, arXiv 1503.02531; fewer states in upper layers as in Dai et al. 2020, arXiv 2006.03236): half of the
work, and questions and passages stay in one space. The loss is the squared distance of the vectors, and that of their
similarities to the other passages of the batch and to questions (Park et al. 2019, arXiv 1904.05068). Laws of Ireland
and Mexico are held out. Writes ``passages.onnx`` beside this file; an hour on one core.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from models.checkpoint import rate
from models.encoder.passage_texts import descriptors, names, passages
from models.encoder.train import SHARED_LAYERS, WORK
from models.export import export_head
from models.request_network.network import Upper
from nlp.transformer import Vector, batches, in_pairs, open_model

HERE = Path(__file__).resolve().parent
HELD_OUT = ("ie", "mx")  # folders of shared/data/statutes
PASSES = 2
TOKENS, SORTED = 4096, 2_000  # tokens of a batch; passages among which batches of similar lengths are made
LEARNING_RATE, WARM_UP, DECAY = 3e-4, 0.03, 0.01
DISTANCE, PASSAGES, QUESTIONS, ASKED = 10.0, 50.0, 50.0, 256  # weights of the loss; questions of a batch of each kind
SEED = 1
_PRINTED_AFTER = 100  # batches


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Passages as the encoder sees them: the states of all tokens after the lower layers, and the vectors.

    ``states`` has the shape (tokens of all passages, dimensions), ``starts`` (passages + 1,), ``vectors`` (passages,
    dimensions).
    """

    states: NDArray[np.float16]
    starts: NDArray[np.intp]
    vectors: Vector

    def batch(self, numbers: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return states with padding, the mask of tokens, and the vectors of passages."""
        lengths = [int(self.starts[number + 1] - self.starts[number]) for number in numbers]
        states = np.zeros((len(numbers), -(-max(lengths) // 2) * 2, self.states.shape[1]), np.float32)
        mask = np.zeros(states.shape[:2], np.int64)
        for row, (number, length) in enumerate(zip(numbers, lengths, strict=True)):
            states[row, :length] = self.states[self.starts[number] : self.starts[number + 1]]
            mask[row, :length] = 1
        pairs, kept = in_pairs(states, mask)
        return torch.from_numpy(pairs), torch.from_numpy(kept), torch.from_numpy(self.vectors[list(numbers)])


class Passages(nn.Module):
    """States of pairs (batch, pairs, 2 x dimensions) and their mask to vectors (batch, dimensions).

    A pair begins as the mean of its tokens, the layers as the upper ones of the encoder.
    """

    def __init__(self, encoder: Path, dimensions: int) -> None:
        super().__init__()
        self.join = nn.Linear(2 * dimensions, dimensions)
        nn.init.zeros_(self.join.bias)
        self.join.weight.data = torch.cat([torch.eye(dimensions), torch.eye(dimensions)], 1) / 2
        self.upper = Upper(encoder, SHARED_LAYERS)

    def forward(self, states: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        found = self.upper(self.join(states), attention_mask.to(states.dtype))
        return nn.functional.normalize((found * weights).sum(1) / weights.sum(1).clamp(min=1), dim=1)


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    known, unseen = (
        lesson(passages(options.shared, HELD_OUT, dice, held_out=held_out), options.work / name)
        for name, held_out in (("known", False), ("unseen", True))
    )
    asked = tuple(open_model(HERE).vectors(_asked(texts)) for texts in (names(), descriptors(options.shared)))
    model = Passages(HERE, unseen.vectors.shape[1])
    for done, loss in train(model, known, asked):
        print(f"{done:.0%} loss {loss:.3f}", flush=True)
    torch.save(model.state_dict(), options.work / "passages.pt")
    print("cosine above the mean, share of the ten nearest kept by passages, names, descriptors:")
    print(*figures(model, unseen, asked))
    export_head(model, "vectors", 2 * unseen.vectors.shape[1], HERE / "passages.onnx")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the states of passages")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _asked(texts: Sequence[str]) -> list[str]:
    prefix = open_model(HERE).card.query_prefix
    return [prefix + text for text in texts]


def lesson(texts: Sequence[str], path: Path) -> Lesson:
    """Return what the encoder makes of passages; the states are in a file at ``path``."""
    model = open_model(HERE)
    framed = [model.card.passage_prefix + text for text in texts]
    sequences = [model.framed(made.ids) for made in model.tokenise(framed)]
    starts = np.concatenate([[0], np.cumsum([len(sequence) for sequence in sequences])]).astype(np.intp)
    shape = (int(starts[-1]), model.card.dimensions)
    path.parent.mkdir(parents=True, exist_ok=True)
    states = np.lib.format.open_memmap(path.with_suffix(".npy"), "w+", np.float16, shape)
    for number, rows in model.run(sequences):
        states[starts[number] : starts[number + 1]] = rows[: len(sequences[number])]
    return Lesson(states, starts, model.vectors(framed))


def train(model: Passages, known: Lesson, asked: Sequence[Vector]) -> Iterator[tuple[float, float]]:
    """Fit the layers; yield the share that is done and the loss. ``asked`` are the vectors of kinds of questions."""
    optimiser = torch.optim.AdamW(model.parameters(), LEARNING_RATE, (0.9, 0.98), weight_decay=DECAY)
    dice = random.Random(SEED)
    plan = [batch for _ in range(PASSES) for batch in _batches(known, dice)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: rate(done / len(plan), WARM_UP))
    for done, numbers in enumerate(plan):
        states, mask, vectors = known.batch(numbers)
        with torch.autocast("cpu", torch.bfloat16):
            found = model(states, mask).float()
        drawn = np.concatenate([kind[dice.sample(range(len(kind)), ASKED)] for kind in asked])
        loss = _loss(found, vectors, torch.from_numpy(drawn))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if done % _PRINTED_AFTER == 0:
            yield done / len(plan), loss.item()


def _loss(found: torch.Tensor, wanted: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
    away = found - wanted
    near_passages = (away @ (wanted - wanted.mean(0)).T) ** 2
    near_questions = (away @ (asked - asked.mean(0)).T) ** 2
    return DISTANCE * (away**2).sum(1).mean() + PASSAGES * near_passages.mean() + QUESTIONS * near_questions.mean()


def _batches(known: Lesson, dice: random.Random) -> list[list[int]]:
    """Return the numbers of passages in batches, in random order."""
    order = list(range(len(known.vectors)))
    dice.shuffle(order)
    lengths = np.diff(known.starts)
    made = [
        [part[place] for place in batch]
        for part in (order[first : first + SORTED] for first in range(0, len(order), SORTED))
        for batch in batches([int(lengths[number]) for number in part], TOKENS)
    ]
    dice.shuffle(made)
    return made


@torch.inference_mode()
def figures(model: Passages, unseen: Lesson, asked: Sequence[Vector]) -> list[float]:
    """Return the mean cosine of vectors above their mean, and the shares of the ten nearest passages that stay so.

    Nearest to each passage, and to each question of a kind.
    """
    found = np.zeros_like(unseen.vectors)
    for numbers in _batches(unseen, random.Random(SEED)):
        states, mask, _ = unseen.batch(numbers)
        found[numbers] = model(states, mask).numpy()
    ours, theirs = found - unseen.vectors.mean(0), unseen.vectors - unseen.vectors.mean(0)
    cosines = (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    return [float(cosines.mean()), *(_kept(kind, found, unseen.vectors) for kind in (unseen.vectors, *asked))]


def _kept(asked: Vector, found: Vector, wanted: Vector) -> float:
    nearest = [np.argsort(-(asked @ vectors.T), axis=1)[:, :10] for vectors in (found, wanted)]
    return float(np.mean([len(set(one) & set(other)) / 10 for one, other in zip(*nearest, strict=True)]))


if __name__ == "__main__":
    main()
