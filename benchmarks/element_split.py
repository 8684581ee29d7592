"""Elements recognised in provisions for a comparison, compared with labels made by hand.

``python -m benchmarks.element_split [--misses] [--unseen]`` splits the provisions of ``element_split.yaml`` as a
comparison does. It prints precision and recall of the elements, of the traits of mental element, offender and
aggravation, and of penalties by element; by element and by country, separately for the half used in development and the
held-out half. Values labelled as open are not counted. ``--misses`` lists differences, those of the held-out half only
with ``--unseen``.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.comparative import LANGUAGES, articles
from extraction.resource import load
from nlp.elements.penalties import Penalty
from nlp.elements.provision_elements import NEGLIGENT_FORM, Part, provision_elements

GOLD = Path(__file__).with_suffix(".yaml")
RESULTS = Path(__file__).parent / "results" / "element_split.json"
JUDGED = frozenset(
    "conduct mental_element penalty aggravation mitigation attempt participation legal_persons exemption".split()
)
PUNISHING = ("penalty", "aggravation", "mitigation", "attempt")
TRAITS = {"mental": "mental_element", "who": "subject", "graver": "aggravation"}
WHO = frozenset({"public_official", "professional"})
SHOWN_ALWAYS = frozenset({"month", "day", "life"})  # units that the labels omit

Row = Mapping[str, Any]
Table = dict[str, dict[str, float | int]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A value recognised (``actual``) in a provision, labelled (``expected``) for it, or both."""

    provision: str
    kind: str
    value: str
    actual: bool
    expected: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    options = parser.parse_args()
    texts = {(article.file, article.label): article.text for article in reversed(articles())}
    labelled: list[Row] = yaml.safe_load(GOLD.read_text("utf-8"))
    results = {}
    for half in ("seen", "unseen"):
        rows = [row for row in labelled if row.get("seen", False) == (half == "seen")]
        found = [finding for row in rows for finding in findings(row, texts[row["law"], row["unit"]])]
        results[half] = {"provisions": len(rows), **summary(found)}
        print_figures(half, results[half])
        if options.misses and (half == "seen" or options.unseen):
            print_misses(found)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def findings(row: Row, text: str) -> Iterator[Finding]:
    country = row["law"][:2]
    read = provision_elements(text, row["unit"], LANGUAGES[country], country.upper())
    parts = [replace(part, element="mitigation") if part.element == NEGLIGENT_FORM else part for part in read]
    yield from _compared(row, "element", row["has"], {part.element for part in parts} & JUDGED, row.get("may", ()))
    for name, element in TRAITS.items():
        actual = {trait.name for part in parts if part.element == element for trait in part.traits} - kinds()
        if name == "who":
            actual &= WHO
        if element in row.get("may", ()) or (name == "graver" and name not in row):
            continue
        yield from _compared(row, name, row.get(name, ()), actual, row.get(f"may_{name}", ()))
    yield from _figures(row, parts)


@cache
def kinds() -> frozenset[str]:
    """Return the kinds of penalty, which are traits of every penal element and are measured as figures."""
    return frozenset({*load("nlp.penalties")["kinds"], "day_fine"})


def _compared(row: Row, kind: str, expected: Sequence[str], actual: set[str], left: Sequence[str]) -> Iterator[Finding]:
    for value in sorted({*expected, *actual} - (set(left) - set(expected))):
        yield Finding(f"{row['law']} {row['unit']}", kind, value, value in actual, value in expected)


def _figures(row: Row, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield penalties: a figure is correct under its labelled element, or under any if labelled ``either``."""
    expected = [(element, one) for element in (*PUNISHING, "either") for one in row.get(element, ())]
    missing = dict.fromkeys(expected)
    actual = {
        (part.element, written(penalty)): None
        for part in parts
        for penalty in part.penalties
        if part.element in PUNISHING
    }
    for element, figure in actual:
        if figure.split()[0] in row.get("may_figures", ()):
            continue
        right = next((one for one in expected if one[0] in (element, "either") and _is(figure, one[1])), None)
        missing.pop(right or ("", ""), None)
        yield Finding(f"{row['law']} {row['unit']}", "figure", f"{element} {figure}", True, right is not None)
    for element, figure in missing:
        yield Finding(f"{row['law']} {row['unit']}", "figure", f"{element} {figure}", False, True)


def written(penalty: Penalty) -> str:
    """Return a penalty in the form of the labels: ``imprisonment 24-72``, ``fine -30000 EUR``, ``fine``."""
    if penalty.unit == "life":
        return f"{penalty.kind} life"
    if penalty.least is None and penalty.most is None:
        return penalty.kind
    least, most = ("" if bound is None else f"{bound:g}" for bound in (penalty.least, penalty.most))
    return " ".join((penalty.kind, f"{least}-{most}", *({penalty.unit} - SHOWN_ALWAYS)))


def _is(actual: str, expected: str) -> bool:
    kind, _, extent = expected.partition(" ")
    if "*" not in extent:
        return actual == expected
    return actual.startswith(kind) and (extent == "*" or actual.endswith(extent.replace("*", "")))


def summary(found: Sequence[Finding]) -> dict[str, Table]:
    tables: dict[str, dict[str, list[Finding]]] = {"kinds": defaultdict(list), "elements": defaultdict(list)}
    tables["countries"] = defaultdict(list)
    for one in found:
        tables["kinds"][one.kind].append(one)
        tables["countries"][one.provision[:2]].append(one)
        if one.kind == "element":
            tables["elements"][one.value].append(one)
    return {name: {key: figures(rows) for key, rows in sorted(table.items())} for name, table in tables.items()}


def figures(rows: Sequence[Finding]) -> dict[str, float | int]:
    """Return precision and recall; precision is 1 if nothing was recognised, recall 1 if nothing is labelled."""
    right, reported, expected = (
        sum(row.actual and row.expected for row in rows),
        sum(row.actual for row in rows),
        sum(row.expected for row in rows),
    )
    return {
        "precision": round(right / reported, 3) if reported else 1.0,
        "recall": round(right / expected, 3) if expected else 1.0,
        "right": right,
        "said": reported,
        "wanted": expected,
    }


def print_figures(half: str, result: Mapping[str, Any]) -> None:
    print(f"\n{half}: {result['provisions']} provisions")
    for name in ("kinds", "elements", "countries"):
        for key, row in result[name].items():
            counted = f"{row['right']}/{row['said']} said, {row['right']}/{row['wanted']} wanted"
            print(f"  {key:<16} precision {row['precision']:<6} recall {row['recall']:<6} {counted}")


def print_misses(found: Sequence[Finding]) -> None:
    for one in found:
        if one.actual != one.expected:
            print(
                f"{one.provision} {one.kind} {one.value}: {'is not said' if one.expected else 'does not stand there'}"
            )


if __name__ == "__main__":
    main()
