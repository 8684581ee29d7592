"""Transformer models on the processor: a folder with a model, its tokenizer and its description, run by onnxruntime.

Each folder is self-contained: ``model.onnx`` (``input_ids`` and ``attention_mask``, int64, of the shape (batch,
tokens); its output is the result, or the states of the tokens where further files of the folder, the heads, go on from
them: inputs ``states`` and ``attention_mask``), ``tokenizer.json`` and ``model.json`` (a :class:`Card`). A head whose
states are twice as wide reads tokens in pairs. Weights are quantised to eight bits and activations dynamically per
batch, so that the output for a text depends on its batch in the third significant digit.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

# The tokenizer's threads do not survive a fork, and workers already use every core. Read on its first use.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Otherwise the runtime stores usage events in the user's home and sends them to its manufacturer. Only a setting before
# it is loaded prevents this: its function for disabling telemetry leaves the files.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Runtime and tokenizer are loaded with the first model, since most commands need none.
if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Encoding

from extraction.errors import RogatioError

MODELS = Path(__file__).parent.parent / "models"  # beside the packages, in a checkout and in an installed wheel
# Maximum number of tokens of a batch, with padding, to limit memory. Larger batches are slower on a processor, since
# the activations no longer fit its cache.
TOKENS_AT_ONCE = 512
# The fused operation of sum and norm is not vectorised; the separate ones are.
_SLOWER = ["SkipLayerNormFusion"]

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Card:
    """Content of ``model.json``: dimensions and prefixes of an encoder, or labels and threshold of a tagger."""

    name: str
    version: str
    max_tokens: int = 512
    dimensions: int = 0
    query_prefix: str = ""
    passage_prefix: str = ""
    labels: tuple[str, ...] = ()
    threshold: float = 0.5


def without_surrogates(text: str) -> str:
    """Return a text of the same length with ``?`` for lone surrogates, which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode()


class Transformer:
    """An opened model folder. It has no session: onnxruntime opens one in each process that runs it."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.card = card(folder)
        self._folder = folder
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the library raises no more specific exception
            raise _unreadable(folder) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._padding: int = self._tokenizer.token_to_id("<pad>") or 0
        self.blank: int | None = self._tokenizer.token_to_id(
            "▁"
        )  # precedes text without a piece that includes the space
        self._before, self._after = _frame(self._tokenizer.encode("a"))
        self.room = self.card.max_tokens - len(self._before) - len(self._after)

    def tokenise(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the pieces of each text, without special tokens and not truncated; offsets are in code points."""
        readable = [without_surrogates(text) for text in texts]
        encodings: list[Encoding] = self._tokenizer.encode_batch(readable, add_special_tokens=False)
        return encodings

    def framed(self, pieces: Sequence[int]) -> list[int]:
        """Return the ids of at most ``room`` pieces with the special tokens at the start and end of a sequence."""
        return [*self._before, *pieces[: self.room], *self._after]

    @property
    def frame_before(self) -> int:
        """Return the number of special tokens at the start of a sequence."""
        return len(self._before)

    def without_frame(self, output: Vector, pieces: int) -> Vector:
        """Return the rows of the first ``pieces`` pieces of an output by token, without those of special tokens."""
        return output[len(self._before) : len(self._before) + pieces]

    def run(self, sequences: Sequence[Sequence[int]], head: str = "") -> Iterator[tuple[int, Vector]]:
        """Yield the number of each sequence and its output, in batches of similar lengths, the longest first.

        ``head`` is the name of a file of the folder that goes on from the states of the model, without its suffix; a
        folder without that file has the result in its model. An output by token includes the rows of padding. Raises
        ``nlp.model_unreadable``.
        """
        model, further = _session(self._folder / "model.onnx"), self._folder / f"{head}.onnx"
        goes_on = _session(further) if head and further.is_file() else None
        for batch in batches([len(sequence) for sequence in sequences]):
            ids = np.full((len(batch), len(sequences[batch[0]])), self._padding, np.int64)
            mask = np.zeros_like(ids)
            for row, number in enumerate(batch):
                ids[row, : len(sequences[number])] = sequences[number]
                mask[row, : len(sequences[number])] = 1
            (rows,) = model.run(None, {"input_ids": ids, "attention_mask": mask})
            if goes_on:
                if goes_on.get_inputs()[0].shape[-1] == 2 * rows.shape[-1]:
                    rows, mask = in_pairs(rows, mask)
                (rows,) = goes_on.run(None, {"states": rows, "attention_mask": mask})
            yield from zip(batch, rows, strict=True)

    def vectors(self, texts: Sequence[str], head: str = "vectors") -> Vector:
        """Return the vectors (texts, dimensions) that a head gives of texts, including prefixes.

        The head ``passages`` learned to give the vectors of ``vectors`` from tokens in pairs: it is for the many texts
        of an ingest. Raises ``nlp.model_unreadable``.
        """
        found = np.empty((len(texts), self.card.dimensions), np.float32)
        sequences = [self.framed(encoding.ids) for encoding in self.tokenise(texts)]
        for number, vector in self.run(sequences, head):
            found[number] = vector
        return found


def in_pairs(states: Vector, mask: NDArray[np.int64]) -> tuple[Vector, NDArray[np.int64]]:
    """Return states (batch, pairs, 2 x dimensions) of neighbouring tokens, and the mask of the pairs (batch, pairs).

    ``states`` are (batch, tokens, dimensions), ``mask`` (batch, tokens). A last token without another one is a pair
    with itself.
    """
    lengths = mask.sum(axis=1)
    odd = np.flatnonzero(lengths % 2)
    if states.shape[1] % 2:
        states, mask = (np.concatenate([values, np.zeros_like(values[:, :1])], axis=1) for values in (states, mask))
    states[odd, lengths[odd]] = states[odd, lengths[odd] - 1]
    return states.reshape(len(states), -1, 2 * states.shape[2]), np.ascontiguousarray(mask[:, ::2])


def run_on_states(model: Path, states: Vector) -> Vector:
    """Return the states (tokens, dimensions) that further layers make of those of one sequence.

    ``model`` is an ONNX file with the input ``states`` (1, tokens, dimensions). Raises ``nlp.model_unreadable``.
    """
    output: Vector = _session(model).run(None, {"states": states[None]})[0][0]
    return output


@cache
def open_model(folder: Path) -> Transformer:
    """Return the model of a folder, opened once. Raises ``nlp.model_unreadable``."""
    return Transformer(folder)


def exists(folder: Path) -> bool:
    """Return whether ``folder`` contains a model."""
    return (folder / "model.json").is_file() and (folder / "model.onnx").is_file()


@cache
def card(folder: Path) -> Card:
    """Return the content of ``model.json``, read once. Raises ``nlp.model_unreadable``."""
    try:
        return msgspec.json.decode((folder / "model.json").read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError) as error:
        raise _unreadable(folder) from error


def batches(lengths: Sequence[int], most: int = TOKENS_AT_ONCE) -> Iterator[list[int]]:
    """Yield the numbers of sequences in batches of at most ``most`` tokens, with padding to the longest sequence.

    ``lengths`` are in tokens. A sequence longer than ``most`` is a batch by itself. The longest come first, so that
    insufficient memory shows in the first batch.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    first = 0
    while first < len(order):
        rows = max(1, most // max(1, lengths[order[first]]))
        yield order[first : first + rows]
        first += rows


def threads() -> int:
    """Return the number of threads of a run: one in a worker process, since there is a worker for each core."""
    return 1 if multiprocessing.parent_process() else len(os.sched_getaffinity(0))


@lru_cache(maxsize=6)
def _session(path: Path) -> onnxruntime.InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # lengths change from batch to batch
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except Exception as error:  # the library's exceptions have no common base class
        raise _unreadable(path.parent) from error


# Threads of a session do not survive a fork: sessions are closed before, and each process opens its own.
os.register_at_fork(before=_session.cache_clear)


def _frame(encoding: Encoding) -> tuple[list[int], list[int]]:
    """Return the ids that the tokenizer adds before and after a text."""
    added = encoding.special_tokens_mask
    first, last = added.index(0), len(added) - added[::-1].index(0)
    return encoding.ids[:first], encoding.ids[last:]


def _unreadable(folder: Path) -> RogatioError:
    return RogatioError("nlp.model_unreadable", folder=folder)
