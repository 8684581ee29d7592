"""Checkpoints of training, and the schedule of the learning rate."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import torch

SECONDS = 300


class Checkpoint:
    """The state of ``parts`` (objects with ``state_dict``) after a number of steps, in one file."""

    def __init__(self, path: Path, parts: dict[str, Any]) -> None:
        self.path, self.parts = path, parts
        self.saved = time.time()

    def restore(self) -> int:
        """Restore the state of the parts; return the number of completed steps, 0 without a file."""
        if not self.path.exists():
            return 0
        state = torch.load(self.path, weights_only=True)
        for name, part in self.parts.items():
            part.load_state_dict(state[name])
        return int(state["done"])

    def keep(self, done: int, *, last: bool) -> None:
        """Write the file, atomically, if the last one is five minutes old or this is the last step."""
        if last or time.time() - self.saved > SECONDS:
            new = self.path.with_suffix(".new")
            torch.save({"done": done, **{name: part.state_dict() for name, part in self.parts.items()}}, new)
            new.replace(self.path)
            self.saved = time.time()


def rate(done: float, warm_up: float) -> float:
    """Return the factor of the learning rate at ``done`` (0 to 1) of training: rising for ``warm_up``, then falling."""
    return min(1.0, (done + 1e-3) / warm_up) if done < warm_up else max(0.02, (1 - done) / (1 - warm_up))
