"""Training of the weights of families of documents: ``python -m models.document_types.train``.

``--sources REPOSITORY`` is the git directory of ``worldwidelaw/legal-sources`` with the texts of ``labels.jsonl`` (its
file, the offsets of a passage, its language and type); letters are those of ``tests/gold``. A multinomial logistic
regression is fitted in the dual form, in which the examples are weighed instead of the many words (accelerated gradient
descent). ``--check`` prints the figures of the part ``test`` of the labels, by weights without it, and stores nothing.
``--without FILE`` names sources, one a line (``AR/CNAT``), that are not fitted to, so that texts of them can be read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from models.feature_fitting import Matrix
from models.labelled_letters import labelled_letters
from nlp.document_family import (
    FAMILIES,
    JUDGMENT,
    LAW,
    LETTER,
    OTHER,
    WEIGHTS,
    Features,
    RuleFindings,
    Trained,
    features,
    likely_families,
    numbered,
)
from nlp.document_type import by_family, rule_findings
from nlp.document_type_evidence import addresses_authority
from nlp.probability import softmax

FOLDER = Path(__file__).resolve().parent
# Family of each label. A decision of an office (a fine, a licence, a merger) may be read as a judgment or a regulation
# too, the summary of a judgment as a judgment or as none.
FAMILY = {
    **dict.fromkeys(("statute", "regulation", "law"), LAW),
    **dict.fromkeys(("judgment", "summary"), JUDGMENT),
    **dict.fromkeys(("unknown", "decision"), OTHER),
    LETTER: LETTER,
}
# Publishers and States that must use a word; the penalty on the squares of the weights; steps of the descent.
PUBLISHERS, STATES, DECAY, STEPS = 5, 4, 3e-3, 300
# Letters that are fitted to, drawn evenly; sets whose letters stay a check of letters.
LETTERS, CHECKED = 400, frozenset({"requests_twentyfirst", "requests_twentysecond"})
# The types that are right for a label: laws have further types, which their titles name.
ENACTED = frozenset({"constitution", "code", "statute", "decree_with_force_of_law", "consolidated_version"})
RIGHT = {
    "statute": ENACTED,
    "regulation": frozenset({"regulation"}),
    "law": ENACTED | {"regulation"},
    "judgment": frozenset({"judgment", "interlocutory_order", "extradition_decision"}),
    "unknown": frozenset({"unknown"}),
    "decision": frozenset({"unknown", "judgment", "regulation", "interlocutory_order"}),
    "summary": frozenset({"unknown", "judgment"}),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text: its source and language, its type, what the rules find and its features."""

    source: str
    language: str
    label: str
    window: str
    is_letter: bool
    rules: RuleFindings
    features: Features

    @property
    def family(self) -> str:
        return FAMILY[self.label]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, metavar="REPOSITORY")
    parser.add_argument("--check", action="store_true", help="print the figures of the part test")
    parser.add_argument("--without", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text("utf-8").splitlines()]
    left_out = frozenset(options.without.read_text("utf-8").split()) if options.without else frozenset()
    fitted = [row for row in rows if source_of(row) not in left_out and not (options.check and row["part"] == "test")]
    examples = [*passages(options.sources, fitted), *letters()]
    trained = fit(examples)
    print(f"{len(examples)} texts, {len(trained.words)} words, {len(trained.others)} other features")
    if options.check:
        check(list(passages(options.sources, [row for row in rows if row["part"] == "test"])), trained)
    else:
        save(trained)


def source_of(row: Mapping[str, Any]) -> str:
    """Return the State and the name of the publisher of a label's file (``sources/AR/CNAT/sample/...``)."""
    return "/".join(str(row["file"]).split("/")[1:3])


def passages(repository: Path, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Yield the labelled passages of the repository's files."""
    for row, text in zip(rows, texts(repository, [row["file"] for row in rows]), strict=True):
        passage = text[row["start"] : row["end"]]
        yield example(source_of(row), row["language"], row["type"], passage, "within" if row["start"] else "beginning")


def texts(repository: Path, files: Sequence[str]) -> Iterator[str]:
    """Yield the field ``text`` of each file of the repository's newest commit."""
    command = ["git", "--git-dir", str(repository), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reading:
        assert reading.stdin
        assert reading.stdout
        for file in files:
            reading.stdin.write(f"HEAD:{file}\n".encode())
            reading.stdin.flush()
            size = int(reading.stdout.readline().split()[-1])
            content = reading.stdout.read(size)
            reading.stdout.read(1)
            yield str(json.loads(content)["text"])
        reading.stdin.close()


def letters() -> Iterator[Example]:
    """Yield some letters of cooperation of the open sets."""
    known = [letter for letter in labelled_letters() if letter.letters not in CHECKED]
    for letter in known[:: max(1, len(known) // LETTERS)]:
        yield example(f"{LETTER}/{letter.letters}", "", LETTER, letter.text, "beginning")


def example(source: str, language: str, label: str, text: str, window: str) -> Example:
    read, folded, rules = rule_findings(text)
    return Example(source, language, label, window, addresses_authority(folded), rules, features(read, folded, rules))


def fit(examples: Sequence[Example]) -> Trained:
    """Return the weights that the examples give to words and other features."""
    words = {word: number for number, word in enumerate(sorted(common_words(examples)))}
    others = {name: number for number, name in enumerate(sorted({n for one in examples for n in one.features.others}))}
    matrix = np.zeros((len(examples), len(words) + len(others)), np.float32)
    for row, one in enumerate(examples):
        numbers, values = numbered(one.features, words, others)
        matrix[row, numbers] = values
    wanted = np.array([[float(one.family == name) for name in FAMILIES] for one in examples])
    duals = fitted_duals((matrix @ matrix.T).astype(np.float64), wanted, shares(examples))
    return Trained(words, others, matrix.T @ duals.astype(np.float32))


def common_words(examples: Iterable[Example]) -> Iterator[str]:
    """Yield the words that enough publishers of enough States use."""
    users: dict[str, set[str]] = defaultdict(set)
    for one in examples:
        for word in one.features.words:
            users[word].add(one.source)
    for word, sources in users.items():
        if len(sources) >= PUBLISHERS and len({source.split("/")[0] for source in sources}) >= STATES:
            yield word


def shares(examples: Sequence[Example]) -> Matrix:
    """Return how much each example counts, so that rarer families of a language count more; 1 on the average."""
    counts = Counter((one.language, one.family) for one in examples)
    weights = np.array([counts[one.language, one.family] ** -0.6 for one in examples])
    return np.asarray(weights / weights.mean())


def fitted_duals(kernel: Matrix, wanted: Matrix, counts: Matrix) -> Matrix:
    """Return the weight of each example for each family (Nesterov's descent from 0 on)."""
    size = len(wanted)
    rate = 1 / (0.5 * float(np.abs(kernel * counts).sum(axis=1).max()) / size + DECAY)
    now: Matrix = np.zeros_like(wanted)
    ahead, pace = now, 1.0
    for _ in range(STEPS):
        slope = counts[:, None] * (softmax(kernel @ ahead, axis=1) - wanted) / size + DECAY * ahead
        then, later = ahead - rate * slope, (1 + sqrt(1 + 4 * pace * pace)) / 2
        ahead, now, pace = then + (pace - 1) / later * (then - now), then, later
    return np.asarray(now)


def check(examples: Sequence[Example], trained: Trained) -> None:
    """Print the share of examples with a right type, all, by language, by window and by label."""
    right: dict[str, list[bool]] = defaultdict(list)
    for one in examples:
        label = by_family(one.rules, {} if one.is_letter else likely_families(one.features, trained)).label
        for name in ("all", one.language, one.window, one.label, one.source):
            right[name].append(label in RIGHT[one.label])
    for name in ("all", "es", "pt", "en", "fr", "beginning", "within", *(name for name in RIGHT if name in right)):
        print(f"{name:10} {sum(right[name])}/{len(right[name])}  {np.mean(right[name]):.3f}")


def save(trained: Trained) -> None:
    np.savez_compressed(
        WEIGHTS, words="\n".join(trained.words), others=list(trained.others), weights=trained.weights.astype(np.float16)
    )


if __name__ == "__main__":
    main()
