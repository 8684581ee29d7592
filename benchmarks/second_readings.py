"""Agreement of two readers who labelled the same texts: what the figures of the program can be expected to reach.

``python -m benchmarks.second_readings`` compares ``tests/gold/second_reading.jsonl`` with the first labels of the same
60 letters (20 each of the fourteenth, sixteenth and eighteenth set, five a language, by lot), field by field as
``request_fields`` compares a reading; and ``offence_elements_second.jsonl`` with ``offence_elements.jsonl`` (110
provisions by lot; ``--laws FOLDER`` as there). The second reader knew the conventions, not the first labels.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.offence_elements import ELEMENTS, LABELS, MAY, is_right, labelled
from benchmarks.request_fields import GOLD, Tally, compare
from models.labelled_letters import BLIND

SECOND_LETTERS = GOLD / "second_reading.jsonl"
SECOND_ELEMENTS = LABELS.with_name("offence_elements_second.jsonl")
FIELDS = (
    "document_type", "measures", "measures.target", "persons", "persons.role", "persons.birth_date", "offences",
    "urgency", "confidentiality", "preflight",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--laws", type=Path, metavar="FOLDER")
    for line in (*letter_figures(), *element_figures(parser.parse_args().laws)):
        print(line)


def letter_figures() -> Iterator[str]:
    """Yield precision, recall and F1 of each field of letters, the first labels taken as right."""
    first = {row["id"]: row["gold"] for name in sorted(BLIND) for row in _rows(GOLD / f"{name}.jsonl")}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for second in _rows(SECOND_LETTERS):
        compared = compare(second, first[second["id"]])
        for field in FIELDS:
            right, wrong, missed = map(len, compared[field])
            tally = tallies[field]
            tally.right, tally.wrong, tally.missed = tally.right + right, tally.wrong + wrong, tally.missed + missed
    for field, tally in tallies.items():
        yield f"{field}: {' '.join(f'{figure:.3f}' for figure in tally.figures())}"


def element_figures(laws: Path | None) -> Iterator[str]:
    """Yield the share of cells that both readers give, words that either calls optional not counted."""
    first = {one.id: one for one in labelled(laws)}
    count: Counter[str] = Counter()
    for second in (one for one in labelled(laws, SECOND_ELEMENTS) if one.id in first):
        own, theirs = first[second.id].elements, second.elements
        free = own.get(MAY, frozenset()) | theirs.get(MAY, frozenset())
        both = replace(second, elements={**own, MAY: free})
        for element in ELEMENTS:
            agreed = is_right(both, element, theirs.get(element, frozenset()))
            count.update({element: 1, "all": 1, f"{element} agreed": agreed, "all agreed": agreed})
    for group in ("all", *ELEMENTS):
        yield f"{group}: {count[f'{group} agreed']}/{count[group]}"


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
