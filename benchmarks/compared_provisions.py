"""Accuracy of the provisions shown by a comparison: retrieved from the index and selected.

``python -m benchmarks.compared_provisions --home FOLDER [--trained N]`` compares, in an installation with the statutes
of six countries, every offence of ``provision_roles.yaml`` that was held out from training, or every Nth of those that
the selection was trained on. The figures are those of ``provision_roles.py``, which measures the selection alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.comparison.provision_finder import LawHeld, select_provisions
from app.comparison.table import Column, ComparisonRequest
from benchmarks.provision_role_labels import label_numbers, labels, plain_label
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import Settings

COUNTRIES = ("BR", "FR", "IE", "MX", "PE", "UY")
LIMIT = 3
_ROLES = {"b": "basic", "s": "special", "c": "connected"}
Labels = Mapping[tuple[str, str], str]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--trained", type=int, default=0)
    options = parser.parse_args()
    content = labels()
    own = [name for name in content["offences"] if (name in content["kept"]) == (not options.trained)]
    installation = open_installation(Settings(home=options.home))
    access = installation.store.access(LOCAL_USER)
    law = LawHeld(access, installation.engine, installation.encoder, installation.store)
    counted: Counter[str] = Counter()
    for name in own[:: options.trained or 1]:
        columns = select_provisions(ComparisonRequest(concept=name, most=LIMIT), COUNTRIES, "", law)
        for column, known in zip(columns, _of_countries(content, name), strict=True):
            if known is not None:
                counted.update(_counts(column, known))
    installation.close()
    report(counted)


def _of_countries(content: Mapping[str, Any], name: str) -> Iterator[Labels | None]:
    """Yield the labels of each country by file and number, None where the country is not labelled.

    Each printing of a law has its labels.
    """
    for country in map(str.lower, COUNTRIES):
        entry = content["offences"][name].get(country)
        yield None if entry in (None, "skip") else dict(_labelled(entry, content["laws"][country], content["copies"]))


def _labelled(
    entry: Mapping[str, str], laws: Mapping[str, str], copies: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str]]:
    for role in "csb":
        for printed in label_numbers(entry.get(role, "")):
            law, _, number = printed.rpartition(":")
            file = laws[law].rpartition("/")[2]
            for each in (file, *(copy for copy, original in copies.items() if original == file)):
                yield (f"{each}.html" if each.endswith(".json") else each, plain_label(number)), _ROLES[role]


def _counts(column: Column, known: Labels) -> Iterator[str]:
    found = [known.get((provision.source, plain_label(provision.unit)), "") for provision in column.provisions]
    right = [role in ("basic", "special") for role in found]
    yield from ("shown" for _ in found)
    yield from ("right" for each in right if each)
    yield from ("role right" for one, role in zip(column.provisions, found, strict=True) if one.role == role)
    if found:
        yield from ("filled", "first right") if right[0] else ("filled",)
    if "basic" in known.values():
        yield from ("with law", "basic found") if "basic" in found else ("with law",)
    empty = not {"basic", "special"} & set(known.values())
    if empty:
        yield from ("without law", "left empty") if not found else ("without law",)
    if not found and (empty or "basic" in known.values()):
        yield from ("said nothing", "rightly nothing") if empty else ("said nothing",)


def report(counted: Mapping[str, int]) -> None:
    shares: Sequence[tuple[str, str]] = (
        ("right", "shown"),
        ("first right", "filled"),
        ("role right", "right"),
        ("basic found", "with law"),
        ("left empty", "without law"),
        ("rightly nothing", "said nothing"),
    )
    for part, whole in shares:
        print(f"{part}: {counted[part]} of {counted[whole]} ({counted[part] / max(1, counted[whole]):.3f})")


if __name__ == "__main__":
    main()
