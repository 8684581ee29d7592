"""Our transformers on the processor: a folder with a model, its tokenizer and its description, run by onnxruntime.

Each folder stands alone: ``model.onnx`` (``input_ids`` and ``attention_mask``, int64, batch by tokens; one output),
``tokenizer.json`` and ``model.json`` (a :class:`Card`). Weights are rounded to eight bits and so, as they come, are the
values they are multiplied with, over a whole batch: what a text is run with moves its output in the third figure.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

# A tokenizer's own threads do not outlive a fork, and workers already take every core. Read when it is first used.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# The runtime otherwise keeps events of its use in the user's home and sends them to its maker. Only what is set before
# it is loaded stops that: its own call to switch them off leaves the files.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime
from tokenizers import Encoding, Tokenizer

from extraction.errors import RogatioError

MODELS = Path(__file__).parent.parent / "models"  # beside the packages, in a checkout and where a wheel puts them
# Of a batch, padding included: bounds memory whatever the texts. On a processor more at once is slower, since what is
# between two layers no longer fits its cache.
TOKENS_AT_ONCE = 512
# Sum and norm in one operation add up number by number; apart, each takes eight or sixteen numbers at a time.
_SLOWER = ["SkipLayerNormFusion"]

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Card:
    """What ``model.json`` says: ``dimensions`` and prefixes of an encoder, ``labels`` and ``threshold`` of a tagger."""

    name: str
    version: str
    max_tokens: int = 512
    dimensions: int = 0
    query_prefix: str = ""
    passage_prefix: str = ""
    labels: tuple[str, ...] = ()
    threshold: float = 0.5


class Transformer:
    """An opened folder. It holds no session: onnxruntime opens one in each process that runs it."""

    def __init__(self, folder: Path) -> None:
        self.card = card(folder)
        self._model = folder / "model.onnx"
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the library raises nothing finer
            raise _unreadable(folder) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._padding: int = self._tokenizer.token_to_id("<pad>") or 0
        self.blank: int | None = self._tokenizer.token_to_id("▁")  # stands before what has no piece with a space
        self._before, self._after = _frame(self._tokenizer.encode("a"))
        self.room = self.card.max_tokens - len(self._before) - len(self._after)

    def tokenise(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the pieces of each text, none added or left out; offsets are characters of the text."""
        encodings: list[Encoding] = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return encodings

    def framed(self, pieces: Sequence[int]) -> list[int]:
        """Return the ids of at most ``room`` pieces between the signs that every sequence begins and ends with."""
        return [*self._before, *pieces[: self.room], *self._after]

    def without_frame(self, output: Vector, pieces: int) -> Vector:
        """Return the rows of an output by token that belong to the ``pieces`` of a framed sequence."""
        return output[len(self._before) : len(self._before) + pieces]

    def run(self, sequences: Sequence[Sequence[int]]) -> Iterator[tuple[int, Vector]]:
        """Yield the number of each sequence and its output, those of like length together, the longest first.

        An output by token goes on beyond its sequence where it was padded.
        """
        session = _session(self._model)
        for batch in batches([len(sequence) for sequence in sequences]):
            ids = np.full((len(batch), len(sequences[batch[0]])), self._padding, np.int64)
            mask = np.zeros_like(ids)
            for row, number in enumerate(batch):
                ids[row, : len(sequences[number])] = sequences[number]
                mask[row, : len(sequences[number])] = 1
            (output,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
            yield from zip(batch, output, strict=True)


@cache
def open_model(folder: Path) -> Transformer:
    """Open a model's folder, once. Raises ``nlp.model_unreadable``."""
    return Transformer(folder)


def exists(folder: Path) -> bool:
    """Tell whether ``folder`` holds a model."""
    return (folder / "model.json").is_file() and (folder / "model.onnx").is_file()


@cache
def card(folder: Path) -> Card:
    """Read ``model.json``. Raises ``nlp.model_unreadable``."""
    try:
        return msgspec.json.decode((folder / "model.json").read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError) as error:
        raise _unreadable(folder) from error


def batches(lengths: Sequence[int], most: int = TOKENS_AT_ONCE) -> Iterator[list[int]]:
    """Yield the numbers of sequences in groups whose rows, padded to their longest, hold at most ``most`` tokens.

    A sequence longer than ``most`` is a group by itself. The longest come first, so that the first batch tells whether
    there is memory enough.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    first = 0
    while first < len(order):
        rows = max(1, most // max(1, lengths[order[first]]))
        yield order[first : first + rows]
        first += rows


def threads() -> int:
    """Return how many threads a run may use: one in a worker process, whose pool has as many as there are cores."""
    return 1 if multiprocessing.parent_process() else len(os.sched_getaffinity(0))


@lru_cache(maxsize=4)
def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # lengths change from batch to batch
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except Exception as error:  # its errors share no base of their own
        raise _unreadable(path.parent) from error


# The threads of a session do not cross a fork: none is open when one happens, and each process opens its own.
os.register_at_fork(before=_session.cache_clear)


def _frame(encoding: Encoding) -> tuple[list[int], list[int]]:
    """Return the ids that the tokenizer puts before and behind a text."""
    added = encoding.special_tokens_mask
    first, last = added.index(0), len(added) - added[::-1].index(0)
    return encoding.ids[:first], encoding.ids[last:]


def _unreadable(folder: Path) -> RogatioError:
    return RogatioError("nlp.model_unreadable", folder=folder)
