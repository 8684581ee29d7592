"""Training pairs of texts of the same meaning, or of query and answer: ``python -m models.encoder.pairs``.

Written to ``.cache/encoder/pairs.jsonl`` for ``train.py``. Each row has ``source``, ``query`` and ``passage`` with
their prefixes, and the key ``same``: rows with the same key are not negatives of each other. No judgment or query of
``comparative-dev`` is read, and its concepts are excluded, so that it measures what was not in training.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import yaml

from benchmarks.comparative import articles
from models.encoder.provisions import Pair, alike, headings
from models.encoder.taught import definitions, named_articles, names, questions, taught
from nlp.concepts.layer import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]

SETTINGS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("train.yaml").read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--gathered", type=Path, default=ROOT / ".cache" / "corpora")
    parser.add_argument("--output", type=Path, default=ROOT / ".cache" / "encoder" / "pairs.jsonl")
    options = parser.parse_args()
    dice = random.Random(SETTINGS["seed"])
    laws, chosen = articles(), taught(SETTINGS["measured_concepts"])
    rows = [
        *terms(options.shared / "data" / "eurovoc" / "eurovoc.tsv", dice),
        *rights(options.shared / "data" / "udhr" / "udhr_articles.json"),
        *speeches(options.gathered / "parliament.jsonl", dice),
        *headings(laws),
        *names(chosen, dice),
        *definitions(chosen, dice),
        *questions(chosen, dice),
        *named_articles(laws, chosen, SETTINGS["articles_of_a_name"], dice),
    ]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    for source in dict.fromkeys(row["source"] for row in rows):
        print(f"{sum(row['source'] == source for row in rows):7,} {source}")


def terms(path: Path, dice: random.Random) -> Iterator[Pair]:
    """Yield each EuroVoc descriptor in two pairs of languages."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for one, other in dice.sample(list(permutations(LANGUAGES, 2)), 2):
                if row[one] and row[other]:
                    yield alike("terms", row[one], row[other], row["id"])


def rights(path: Path) -> Iterator[Pair]:
    """Yield the articles of the Universal Declaration of Human Rights in each pair of languages."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        texts = {code: row[code] for code in ("eng", "spa", "por_BR", "fra")}
        for one, other in permutations(texts.values(), 2):
            yield alike("rights", one, other, str(row["article"]))


def speeches(path: Path, dice: random.Random) -> Iterator[Pair]:
    """Yield sentences of a parliament with their translations."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        one, other = dice.sample(sorted(json.loads(line).values()), 2)
        if 40 < len(one) < 300:
            yield alike("speeches", one, other, str(number))


if __name__ == "__main__":
    main()
