"""Precision of each rule by corpus: correct spans, wrong edges, wrong label, and spans without counterpart.

``python -m benchmarks.entity_rules [--rows N] [--part train|dev] [--corpus NAME] [--show ORIGIN/LABEL]``. Counted as
by the scorer: with trimmed edges, without spans inside one whose label is in the corpus but not scored. A span not
marked in the corpus is an error of ours or of the corpus; ``--show`` prints them for inspection.

``--model perfect`` replaces the model by the labels of the corpus: the remaining errors are those of rules that take
precedence over the model or have no counterpart in it. ``--model none`` uses the rules only.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.annotation.command import annotation_row
from benchmarks.entities import Gold, gold, sample, scorer
from nlp.annotations import Span
from nlp.entities import legal_ner

OUTCOMES = ("right", "edges", "label", "nothing")


@dataclass(frozen=True, slots=True)
class Judged:
    rule: str
    corpus: str
    outcome: str
    text: str
    gold: str


def judged(row: Gold, module: Any) -> Iterator[Judged]:
    """Yield the outcome of each span recognised in one text."""
    text = row.text
    true = [(*module.trim(text, start, end), label) for start, end, label in row.spans]
    for span in annotation_row(text)["spans"]:
        label = module.SAME.get(span["label"], span["label"])
        if label not in row.scored:
            continue
        start, end = module.trim(text, span["start"], span["end"])
        if (start, end, label) not in true and any(a <= start and end <= b for a, b in row.other):
            continue
        overlapping = [entity for entity in true if entity[0] < end and start < entity[1]]
        same = [entity for entity in overlapping if entity[2] == label]
        outcome = "right" if (start, end, label) in true else "edges" if same else "label" if overlapping else "nothing"
        goal = " | ".join(f"{text[a:b]} {kind}" for a, b, kind in same or overlapping)
        context = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")
        yield Judged(f"{span['origin'].partition('@')[0]}/{span['label']}", row.corpus, outcome, context, goal)


def replace_model(name: str) -> dict[str, Gold]:
    """Replace the trained model; return the dictionary of texts that the perfect model reads."""
    rows: dict[str, Gold] = {}

    def perfect(text: str, *_: object) -> Iterator[Span]:
        for start, end, label in rows[text].spans:
            yield Span(start, end, label, " ".join(text[start:end].split()), 0.95, "legal_ner@perfect")

    if name != "own":
        legal_ner.origin = lambda: "legal_ner@perfect" if name == "perfect" else ""
        legal_ner.model = object  # type: ignore[assignment]
        legal_ner.find_entities = perfect  # type: ignore[assignment]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--part", choices=("train", "dev"), default="train")
    parser.add_argument("--corpus", default="")
    parser.add_argument("--show", default="", metavar="ORIGIN/LABEL")
    parser.add_argument("--model", choices=("own", "none", "perfect"), default="own")
    options = parser.parse_args()
    module = scorer()
    known = replace_model(options.model)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (corpus, language), rows in sample(gold(options.part), options.rows).items():
        if options.corpus not in f"{corpus} {language}":
            continue
        for row in rows:
            known[row.text] = row
            for one in judged(row, module):
                counts[one.rule, f"{corpus} {language}"][one.outcome] += 1
                if options.show and options.show in one.rule and one.outcome != "right":
                    print(f"{one.outcome:<8}{one.rule:<28}{one.text}   <- {one.gold}")
    print(f"\n{'rule':<30}{'corpus':<20}" + "".join(f"{name:>9}" for name in OUTCOMES))
    for (rule, corpus), outcomes in sorted(counts.items()):
        print(f"{rule:<30}{corpus:<20}" + "".join(f"{outcomes[name]:>9}" for name in OUTCOMES))


if __name__ == "__main__":
    main()
