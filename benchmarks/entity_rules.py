"""Which rule is right how often, corpus by corpus: true spans, those with other edges, of another label, of nothing.

``python benchmarks/entity_rules.py [--rows N] [--part train|dev] [--corpus NAME] [--show ORIGIN/LABEL]``. Counted as
the scorer counts: trimmed edges, nothing inside a span whose label the corpus has and the score has not. What stands
unmarked in a corpus is an error of ours or of the corpus: ``--show`` prints it to be read.

``--model perfect`` puts a model in place that sees what the corpus marks and nothing else: every error that is left is
one of the rules that won against it, or that it has no rival for. ``--model none`` leaves the rules alone.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from entities import Gold, gold, sample, scorer

from app.annotation.command import text_row
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
    """Yield what became of each span of the product in one text."""
    text = row.text
    true = [(*module.trim(text, start, end), label) for start, end, label in row.spans]
    for span in text_row("", text)["spans"]:
        label = module.SAME.get(span["label"], span["label"])
        if label not in row.scored:
            continue
        start, end = module.trim(text, span["start"], span["end"])
        if (start, end, label) not in true and any(a <= start and end <= b for a, b in row.other):
            continue
        met = [one for one in true if one[0] < end and start < one[1]]
        same = [one for one in met if one[2] == label]
        outcome = "right" if (start, end, label) in true else "edges" if same else "label" if met else "nothing"
        goal = " | ".join(f"{text[a:b]} {kind}" for a, b, kind in same or met)
        context = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")
        yield Judged(f"{span['origin'].partition('@')[0]}/{span['label']}", row.corpus, outcome, context, goal)


def replace_model(name: str) -> dict[str, Gold]:
    """Put another model in the trained one's place; return the texts that the perfect one is asked for."""
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
    asked = parser.parse_args()
    module = scorer()
    known = replace_model(asked.model)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (corpus, language), rows in sample(gold(asked.part), asked.rows).items():
        if asked.corpus not in f"{corpus} {language}":
            continue
        for row in rows:
            known[row.text] = row
            for one in judged(row, module):
                counts[one.rule, f"{corpus} {language}"][one.outcome] += 1
                if asked.show and asked.show in one.rule and one.outcome != "right":
                    print(f"{one.outcome:<8}{one.rule:<28}{one.text}   <- {one.gold}")
    print(f"\n{'rule':<30}{'corpus':<20}" + "".join(f"{name:>9}" for name in OUTCOMES))
    for (rule, corpus), found in sorted(counts.items()):
        print(f"{rule:<30}{corpus:<20}" + "".join(f"{found[name]:>9}" for name in OUTCOMES))


if __name__ == "__main__":
    main()
