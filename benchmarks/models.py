"""Speed of the shipped models: passages and tokens per second, compared with ``transformers`` in float32.

Run ``python -m benchmarks.models [--documents N]``. The texts are paragraphs of the demonstration corpus. Both systems
have the same layers, sizes and pieces, use one thread and are warm; times are processor seconds, so that other load
does not count. ``transformers`` reads the texts in order, ``BATCH`` at once, padded to the longest of each batch, as
its own pipelines do, and again sorted by length, which needs little padding; its weights are random, which does not
affect the time. It requires torch (``pip install '.[training]'``); without it, it is reported and omitted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from app.demonstration.corpus import write_corpus
from indexing.settings import Settings
from indexing.vectors.encoder import FOLDER as ENCODER
from indexing.vectors.encoder import open_encoder
from nlp.entities import legal_ner
from nlp.entities.legal_ner import find_entities
from nlp.transformer import Transformer, exists, open_model

RESULTS = Path(__file__).parent / "results" / "models.json"
BATCH = 32
MIN_LENGTH = 40  # characters of a paragraph that is a passage
SIZES = {
    "vocab_size": 49_152,
    "hidden_size": 384,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
}
PADDING = 1
Figures = dict[str, float]


def passages(documents: int) -> list[str]:
    """Return the paragraphs of the demonstration corpus."""
    with tempfile.TemporaryDirectory() as folder:
        texts = [
            json.loads((Path(folder) / f"{written.path}.truth.json").read_text(encoding="utf-8"))["text"]
            for written in write_corpus(Path(folder), documents=documents, seed=7)
        ]
    return [part for text in texts for part in text.split("\n\n") if len(part) >= MIN_LENGTH]


def figures(texts: Sequence[str], tokens: int, run: Callable[[Sequence[str]], object]) -> Figures:
    """Return passages and tokens per processor second of ``run``, after warming up."""
    run(texts[:BATCH])
    started = time.process_time()
    run(texts)
    seconds = time.process_time() - started
    return {"passages/s": round(len(texts) / seconds, 1), "tokens/s": round(tokens / seconds)}


def embed(texts: Sequence[str]) -> None:
    encoder = open_encoder(Settings(Path("unused")))
    assert encoder is not None
    encoder.passages(texts)


def tag(texts: Sequence[str]) -> None:
    tagger = open_model(legal_ner.FOLDER)
    for text in texts:
        list(find_entities(text, tagger))


def tag_together(texts: Sequence[str]) -> None:
    list(find_entities("\n\n".join(texts), open_model(legal_ner.FOLDER)))


def plain(model: Transformer, labels: int, layers: int, *, by_length: bool = False) -> Callable[[Sequence[str]], None]:
    """Return the same network in ``transformers``: its mean over the tokens or, with ``labels``, a score for each."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(1)
    body = BertModel(BertConfig(num_hidden_layers=layers, **SIZES), add_pooling_layer=False).eval()
    head = torch.nn.Linear(SIZES["hidden_size"], labels) if labels else None

    def run(texts: Sequence[str]) -> None:
        with torch.inference_mode():
            rows = [model.framed(encoding.ids) for encoding in model.tokenise(texts)]
            for batch in _batches(sorted(rows, key=len) if by_length else rows):
                longest = max(map(len, batch))
                ids = torch.tensor([[*row, *[PADDING] * (longest - len(row))] for row in batch])
                mask = (ids != PADDING).long()
                states = body(input_ids=ids, attention_mask=mask).last_hidden_state
                _ = head(states).argmax(-1) if head else (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)

    return run


def _batches(rows: Sequence[list[int]]) -> Iterator[Sequence[list[int]]]:
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]


def measure(texts: Sequence[str]) -> dict[str, dict[str, Figures]]:
    out: dict[str, dict[str, Figures]] = {}
    for name, folder, layers, ours in (("encoder", ENCODER, 12, embed), ("tagger", legal_ner.FOLDER, 10, tag_together)):
        if not exists(folder):
            print(f"{name}: no model in {folder.parent.name}/{folder.name}", file=sys.stderr)
            continue
        model = open_model(folder)
        tokens = sum(len(model.framed(encoding.ids)) for encoding in model.tokenise(texts))
        out[name] = {"shipped": figures(texts, tokens, ours)}
        if name == "tagger":
            out[name]["shipped, passage by passage"] = figures(texts, tokens, tag)
        try:
            for system, by_length in (("transformers", False), ("transformers, by length", True)):
                run = plain(model, len(model.card.labels), layers, by_length=by_length)
                out[name][system] = figures(texts, tokens, run)
        except ImportError as error:
            print(f"{name}: {error.name} is not installed", file=sys.stderr)
    return out


def rows(result: dict[str, dict[str, Figures]]) -> Iterable[str]:
    for name, systems in result.items():
        for system, found in systems.items():
            times = (
                f"{found['tokens/s'] / systems[plain]['tokens/s']:>12.1f}"
                for plain in ("transformers", "transformers, by length")
                if plain in systems
            )
            yield f"{name:<10}{system:<30}{found['passages/s']:>12}{found['tokens/s']:>12}{''.join(times)}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=60, help="documents of the demonstration corpus")
    texts = passages(parser.parse_args().documents)
    result = measure(texts)
    print(f"{len(texts)} passages\n{'':<40}{'passages/s':>12}{'tokens/s':>12}{'times':>12}{'by length':>12}")
    print("\n".join(rows(result)))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
