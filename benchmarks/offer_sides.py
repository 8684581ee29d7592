"""Accuracy of the side of a bribe (``nlp/evidence/offer_side.py``) on labelled clauses of statutes.

``python -m benchmarks.offer_sides [--errors]`` reads the clauses of ``offer_sides.yaml`` in the reference statutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.new_countries import SHARED, read_file
from nlp.elements.clauses import Clause, clauses
from nlp.evidence.offer_side import offer_side
from nlp.structure.structure import find_structure, provisions

FILE = Path(__file__).with_name("offer_sides.yaml")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    read = [one for country, law in yaml.safe_load(FILE.read_text()).items() for one in _read(country, law)]
    if options.errors:
        for place, side, found in read:
            if side != found:
                print(f"{place}: {side}, found {found}")
    right = sum(side == found for _, side, found in read)
    print(f"side of the offender: {right} of {len(read)} ({right / max(1, len(read)):.3f})")


def _read(country: str, law: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (place, label, side found) of the labelled clauses of a law; the first article of a number counts."""
    language, waiting = law["language"], {unit.lower(): sides for unit, sides in law["articles"].items()}
    document = read_file(SHARED / law["file"]).document
    structure = find_structure(
        document.text, blocks=document.blocks, language=language, document_type="code", jurisdiction=country
    )
    for unit in provisions(structure):
        labels = waiting.pop(unit.label.partition(" ")[2].lower(), {})
        cut = clauses(document.text[unit.start : unit.end], unit.label, language, country) if labels else ()
        for number, label in labels.items():
            side = offer_side(_with_lead(document.text[unit.start : unit.end], cut, cut[number]), language)
            yield f"{country} {unit.label}, clause {number}", label, side or "none"


def _with_lead(text: str, cut: tuple[Clause, ...], clause: Clause) -> str:
    lead = cut[clause.lead] if clause.lead >= 0 else None
    return f"{text[lead.start : lead.end] if lead else ''}\n{text[clause.start : clause.end]}"


if __name__ == "__main__":
    main()
