"""Training of the encoder: ``python -m models.encoder.train`` after ``pairs.py``, half an hour on one core.

The base model is trained contrastively (InfoNCE) on pairs, each batch from one source, so that its negatives are
similar. The weights are then interpolated with those of the base, which preserves general ability. Training continues
from its checkpoint; randomness comes from one seed. Writes ``model.onnx`` (the lower layers), ``vectors.onnx`` (the
upper ones), ``tokenizer.json`` and ``model.json`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer

from models import base
from models.checkpoint import Checkpoint, rate
from models.export import Vectors, export, split

HERE = Path(__file__).resolve().parent

WORK = HERE.parents[1] / ".cache" / "encoder"
SHARED_LAYERS = 6  # from their states ``models/request_network`` goes on


def main() -> None:
    options = _options()
    plan: dict[str, Any] = yaml.safe_load((HERE / "train.yaml").read_text(encoding="utf-8"))
    torch.manual_seed(plan["seed"])
    torch.set_num_threads(options.threads)
    pieces: list[int] = json.loads((HERE.parent / "pieces.json").read_text(encoding="utf-8"))
    tokenizer = base.cut_tokenizer(pieces, words=False)
    model = Vectors(base.base_model(pieces))
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    course = Course(options.work / "pairs.jsonl", plan, Tokenizer.from_str(json.dumps(tokenizer)))
    train(model, course, options.work / "checkpoint.pt")
    kept = plan["kept"] if options.kept is None else options.kept
    model.load_state_dict(interpolated(model.state_dict(), before, kept))
    about = {
        "name": "rogatio-encoder", "version": options.version, "licence": "MIT", "max_tokens": 512, "dimensions": 384,
        "query_prefix": "query: ", "passage_prefix": "passage: ",
    }  # fmt: skip
    export(model, "vectors", tokenizer, about, options.output)
    split(options.output, SHARED_LAYERS, "vectors")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of pairs.jsonl and the checkpoint")
    parser.add_argument("--output", type=Path, default=HERE)
    parser.add_argument("--version", default="2026.12.1")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kept", type=float, help="another share of the base's weights than the plan's")
    return parser.parse_args()


class Course:
    """The batches in order, deterministic for given pairs and plan."""

    def __init__(self, path: Path, plan: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.plan, self.tokenizer = plan, tokenizer
        self.rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            self.rows[row["source"]].append(row)
        dice = random.Random(plan["seed"])
        self.order = [
            source for source, how in plan["sources"].items() for _ in range(how["batches"]) if self.rows[source]
        ]
        dice.shuffle(self.order)

    def batch(self, number: int) -> tuple[list[torch.Tensor], torch.Tensor]:
        """Return ids and mask of both sides, and the matrix of rows that are not negatives of each other."""
        source = self.order[number]
        how = self.plan["sources"][source]
        rows = random.Random(f"{self.plan['seed']} {number}").sample(self.rows[source], how["pairs"])
        sides = [
            self._side([row[name] for row in rows], length) for name, length in zip(_SIDES, how["pieces"], strict=True)
        ]
        keys = [row["same"] for row in rows]
        same = torch.tensor([[one == other for other in keys] for one in keys])
        return [tensor for side in sides for tensor in side], same

    def _side(self, texts: Sequence[str], length: int) -> tuple[torch.Tensor, torch.Tensor]:
        ids = np.ones((len(texts), length), dtype=np.int64)
        mask = np.zeros((len(texts), length), dtype=np.int64)
        for place, encoding in enumerate(self.tokenizer.encode_batch(list(texts))):
            cut = encoding.ids if len(encoding.ids) <= length else [*encoding.ids[: length - 1], encoding.ids[-1]]
            ids[place, : len(cut)], mask[place, : len(cut)] = cut, 1
        return torch.from_numpy(ids), torch.from_numpy(mask)


_SIDES = ("query", "passage")


def contrast(queries: torch.Tensor, passages: torch.Tensor, same: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return the symmetric InfoNCE loss (van den Oord et al. 2018, arXiv 1807.03748), without negatives of one key."""
    scores = queries @ passages.T / temperature
    scores = scores.masked_fill(same & ~torch.eye(len(same), dtype=torch.bool), -1e4)
    goal = torch.arange(len(scores))
    return (torch.nn.functional.cross_entropy(scores, goal) + torch.nn.functional.cross_entropy(scores.T, goal)) / 2


def train(model: Vectors, course: Course, path: Path) -> None:
    """Train ``model`` over ``course``, from the checkpoint at ``path`` if there is one."""
    plan, total = course.plan, len(course.order)
    base.for_training(model.body, plan["held_layers"])
    learned = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=plan["learning_rate"], weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: rate(done / total, plan["warm_up"]))
    checkpoint = Checkpoint(path, {"model": model, "optimiser": optimiser, "rate": schedule})
    losses = defaultdict[str, list[float]](list)
    model.train()
    for number in range(checkpoint.restore(), total):
        (ids, mask, other_ids, other_mask), same = course.batch(number)
        with torch.autocast("cpu", torch.bfloat16):
            queries, passages = model(ids, mask), model(other_ids, other_mask)
        loss = contrast(queries.float(), passages.float(), same, plan["temperature"])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        losses[course.order[number]].append(loss.item())
        if (number + 1) % 20 == 0 or number + 1 == total:
            means = {source: round(float(np.mean(values[-20:])), 3) for source, values in losses.items()}
            print(f"batch {number + 1}/{total} {means}", flush=True)
        checkpoint.keep(number + 1, last=number + 1 == total)


def interpolated(
    after: dict[str, torch.Tensor], before: dict[str, torch.Tensor], kept: float
) -> dict[str, torch.Tensor]:
    """Return the weights interpolated by the share ``kept`` from ``after`` to ``before``."""
    return {name: torch.lerp(weights, before[name], kept) for name, weights in after.items()}


if __name__ == "__main__":
    main()
