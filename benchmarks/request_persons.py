"""Persons of requests: precision, recall and F1 of their names, share of right roles and dates of birth.

Reads the labelled sets of ``request_fields.py`` and ``tests/gold/request_persons.yaml`` (12 letters). Names are
compared as there; a role counts for a person who was found, a date of birth for one who has a labelled one.

Run as ``.venv/bin/python -m benchmarks.request_persons [--letters NAME ...]``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.request_fields import GOLD, SETS, contains
from nlp.pipeline import annotate
from nlp.requests.persons.persons import read_persons
from nlp.requests.reading import request_context

ROOT = Path(__file__).resolve().parent.parent

OWN = "request_persons"


def letters(name: str) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield the text and the labelled persons of each letter of a set."""
    if name == OWN:
        for letter in yaml.safe_load((GOLD / f"{OWN}.yaml").read_text(encoding="utf-8")):
            yield letter["text"], letter["persons"]
        return
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        letter = json.loads(line)
        yield letter["text"], [entry["value"] for entry in letter["gold"]["fields"].get("persons", ())]


def count(text: str, gold: list[Mapping[str, Any]]) -> Counter[str]:
    """Return the counts of one letter."""
    found: list[Any] = [proposal.value for proposal in read_persons(request_context(text, annotate(text)))]
    counts: Counter[str] = Counter()
    left = list(gold)
    for value in found:
        names = ((person, (person["name"], *person.get("same", ()))) for person in left)
        person = next((one for one, written in names if any(contains(name, value["name"]) for name in written)), None)
        if person is None:
            counts["wrong"] += 1
            continue
        left.remove(person)
        if person.get("optional"):
            continue
        counts["right"] += 1
        counts["role"] += value["role"] in (person["role"], *person.get("alternatives", ()))
        if person.get("birth_date"):
            counts["dated"] += 1
            counts["birth"] += value["birth_date"] == person["birth_date"]
    counts["missed"] += sum(not person.get("optional") for person in left)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", choices=(*SETS, OWN), nargs="*", default=(*SETS, OWN))
    for name in parser.parse_args().letters:
        counts = sum((count(text, gold) for text, gold in letters(name)), Counter[str]())
        precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
        recall = counts["right"] / max(1, counts["right"] + counts["missed"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        role, birth = counts["role"] / max(1, counts["right"]), counts["birth"] / max(1, counts["dated"])
        print(f"{name:22} persons {precision:.3f} {recall:.3f} {f1:.3f}  roles {role:.3f}  birth dates {birth:.3f}")


if __name__ == "__main__":
    main()
