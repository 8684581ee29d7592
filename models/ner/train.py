"""Training of the entity model: ``python -m models.ner.train --shared ../shared``.

Reads the corpora beside the repository and those written by ``gather.py``, and trains in the courses of ``train.yaml``,
each from the result of the previous one: an hour and a quarter in all on one core with bfloat16 multiplication.
Training continues from its checkpoint; a course with ``model.onnx`` in its folder is not repeated. The last one writes
``model.onnx``, ``tokenizer.json`` and ``model.json`` beside this file. Randomness depends on a course's seed and the
position of a row, so that an interrupted run has the same result.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models import base
from models.checkpoint import Checkpoint, rate
from models.export import Scores, export
from models.ner.augment import Names, changed, form
from models.ner.corpora import Row, read_corpora, read_gathered
from models.ner.exported import exported_weights
from models.ner.labels import LABELS, Example, example

HERE = Path(__file__).resolve().parent

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # pieces, attention mask, allowed labels
WINDOW = 1_536  # rows from which batches of equal length are formed


def main() -> None:
    options = _options()
    settings: dict[str, Any] = yaml.safe_load((HERE / "train.yaml").read_text(encoding="utf-8"))
    torch.set_num_threads(options.threads)
    rows = _rows(options)
    before: Path | None = None
    courses = settings.pop("courses")
    for course in courses:
        is_last = course is courses[-1]
        folder = options.output if is_last else options.work / course["name"]
        if is_last or not (folder / "model.onnx").exists():
            _take({**settings, **course}, rows, options, before, folder)
        before = folder / "model.onnx"


def _take(
    plan: dict[str, Any], rows: dict[str, list[Row]], options: argparse.Namespace, before: Path | None, folder: Path
) -> None:
    """Train the course of ``plan`` from the model at ``before``, if any, and write the result to ``folder``."""
    torch.manual_seed(plan["seed"])
    pieces: list[int] = json.loads((HERE.parent / "pieces.json").read_text(encoding="utf-8"))
    tokenizer = base.cut_tokenizer(pieces, words=True)
    course = Course(rows, plan, Tokenizer.from_str(json.dumps(tokenizer)))
    model = Scores(base.base_model(pieces), len(LABELS))
    freeze(model, plan)
    if before:
        model.load_state_dict(exported_weights(before), strict=False)
    train(model, course, plan, options.work / f"{plan['name']}.pt")
    about = {
        "name": "rogatio-ner", "version": options.version, "licence": "Apache-2.0", "max_tokens": 256,
        "labels": list(LABELS), "threshold": 0.5,
    }  # fmt: skip
    export(model, "scores", tokenizer, about, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared", help="folder that contains data/")
    parser.add_argument("--gathered", type=Path, default=HERE.parents[1] / ".cache" / "corpora")
    parser.add_argument(
        "--work", type=Path, default=HERE.parents[1] / ".cache" / "ner", help="folder of the checkpoints"
    )
    parser.add_argument("--output", type=Path, default=HERE)
    parser.add_argument("--version", default="2026.11.2")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    return options


def _rows(options: argparse.Namespace) -> dict[str, list[Row]]:
    """Return the training rows by corpus, each both detokenised and as printed tokens."""
    rows: dict[str, list[Row]] = {}
    for printed in (False, True):
        for row in read_corpora(options.shared, as_printed=printed):
            if row.part == "train" and row.text.strip():
                rows.setdefault(row.corpus, []).append(row)
    for row in read_gathered(options.gathered):
        rows.setdefault(row.corpus, []).append(row)
    return rows


class Course:
    """The order of training rows, deterministic for given rows and plan, from any starting point."""

    def __init__(self, rows: dict[str, list[Row]], plan: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.rows, self.plan, self.tokenizer = rows, plan, tokenizer
        self.names = Names.of([row for corpus in sorted(rows) for row in rows[corpus]])
        self.order = self._order()

    def window(self, number: int) -> Iterator[Batch]:
        """Yield ids, mask and allowed labels of each batch of a window."""
        first = number * WINDOW
        examples = [self._example(*what) for what in self.order[first : first + WINDOW]]
        yield from self._shaped(examples, random.Random(first))

    def _order(self) -> list[tuple[str, int, int]]:
        dice = random.Random(self.plan["seed"])
        timed: list[tuple[float, str, int, int]] = []
        for corpus, how in self.plan["corpora"].items():
            rows = self.rows.get(corpus, [])
            # Rows occur twice, detokenised and as printed; a pass is half of them.
            twice = 2 if corpus in _PRINTED else 1
            for _ in range(round(len(rows) * how["passes"] / twice)):
                when = how.get("from", 0.0) + dice.random() * (how.get("until", 1.0) - how.get("from", 0.0))
                timed.append((when, corpus, dice.randrange(len(rows)), dice.getrandbits(30)))
        timed.extend((dice.random(), "forms", 0, dice.getrandbits(30)) for _ in range(self.plan["forms"]))
        return [(corpus, place, seed) for _, corpus, place, seed in sorted(timed)]

    def _example(self, corpus: str, place: int, seed: int) -> Example:
        dice = random.Random(seed)
        if corpus == "forms":
            return example(form(dice.choice(["es", "pt", "en", "fr"]), self.names, dice), self.tokenizer)
        rows = self.rows[corpus]
        following = rows[place + 1] if place + 1 < len(rows) else None
        return example(changed(rows[place], following, self.names, dice), self.tokenizer)

    def _shaped(self, examples: Sequence[Example], dice: random.Random) -> Iterator[Batch]:
        shapes: dict[int, int] = self.plan["shapes"]
        by_length: dict[int, list[Example]] = {}
        for one in examples:
            length = next((length for length in shapes if len(one.pieces) <= length), max(shapes))
            by_length.setdefault(length, []).append(one)
        batches = [
            (length, group[at : at + shapes[length]])
            for length, group in sorted(by_length.items())
            for at in range(0, len(group), shapes[length])
        ]
        dice.shuffle(batches)
        for length, group in batches:
            yield _tensors(group, length, shapes[length])


_PRINTED = frozenset({"lener-br", "echr-manual", "echr-projected", "sec-filings", "wikigold", "inlegalner"})


def _tensors(group: Sequence[Example], length: int, size: int) -> Batch:
    """Return a batch of a fixed shape; padding rows have one piece and no predicted label."""
    ids = np.ones((size, length), dtype=np.int64)
    mask = np.zeros((size, length), dtype=np.int64)
    allowed = np.zeros((size, length, len(LABELS)), dtype=bool)
    mask[:, 0] = 1
    for row, one in enumerate(group):
        count = min(length, len(one.pieces))
        ids[row, :count], mask[row, :count], allowed[row, :count] = one.pieces[:count], 1, one.allowed[:count]
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(allowed)


def freeze(model: Scores, plan: dict[str, Any]) -> None:
    """Remove the uppermost layers, which represent texts rather than words; freeze the embeddings and lowest layers."""
    model.body.encoder.layer = model.body.encoder.layer[: plan["layers"]]
    model.body.config.num_hidden_layers = plan["layers"]
    base.for_training(model.body, plan["held_layers"])


def partial_loss(scores: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """Return the mean, over predicted words, of the negative log-probability of the allowed labels."""
    predicted = allowed.any(-1)
    scores = scores.float()
    possible = scores.masked_fill(~allowed, -1e4).logsumexp(-1)
    loss = scores.logsumexp(-1) - possible
    return (loss * predicted).sum() / predicted.sum().clamp(min=1)


def train(model: Scores, course: Course, plan: dict[str, Any], path: Path) -> None:
    """Train ``model`` over ``course``, from the checkpoint at ``path`` if it exists.

    The result is the running mean of the weights, interpolated by the share ``kept`` with the initial ones.
    """
    body = [weights for weights in model.body.parameters() if weights.requires_grad]
    groups = [
        {"params": body, "lr": plan["learning_rate"]},
        {"params": list(model.head.parameters()), "lr": plan["head_learning_rate"]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=plan["weight_decay"], fused=True)
    windows = -(-len(course.order) // WINDOW)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: rate(done / windows, plan["warm_up"]))
    trained = torch.nn.ModuleList([*model.body.encoder.layer[plan["held_layers"] :], model.head])
    initial = {name: weights.clone() for name, weights in trained.state_dict().items()}
    mean = AveragedModel(trained, multi_avg_fn=get_ema_multi_avg_fn(plan["average"]))
    parts = {"model": model, "optimiser": optimiser, "rate": schedule, "average": mean}
    checkpoint = Checkpoint(path, parts)
    first = checkpoint.restore()
    print(f"{len(course.order)} rows in {windows} windows, from window {first}; {Counter(c for c, *_ in course.order)}")
    model.train()
    for window in range(first, windows):
        began = time.time()
        losses, tokens = _learn(model, course.window(window), optimiser, lambda: mean.update_parameters(trained))
        schedule.step()
        speed = f"{tokens / (time.time() - began):.0f} tokens/s"
        print(f"window {window + 1}/{windows} loss {np.mean(losses):.4f} {speed}", flush=True)
        checkpoint.keep(window + 1, last=window + 1 == windows)
    ended = mean.module.state_dict()
    trained.load_state_dict({name: ended[name].lerp(initial[name], plan["kept"]) for name in ended})


def _learn(
    model: Scores, batches: Iterator[Batch], optimiser: torch.optim.Optimizer, learned: Callable[[], None]
) -> tuple[list[float], int]:
    losses, tokens = [], 0
    for ids, mask, allowed in batches:
        with torch.autocast("cpu", torch.bfloat16):
            scores = model(ids, mask)
        loss = partial_loss(scores, allowed)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        learned()
        losses.append(loss.item())
        tokens += int(mask.sum())
    return losses, tokens


if __name__ == "__main__":
    main()
