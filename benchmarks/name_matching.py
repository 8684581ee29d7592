"""Matching of names: our own labelled pairs, and public pairs of names without birth date and document.

    python -m benchmarks.name_matching [PAIRS.csv]

``name_pairs*.tsv`` contain our own pairs; each set was labelled before its first run (``history/matching.md``).
PAIRS.csv has the columns ``schema``, ``name1``, ``name2`` and ``is_match`` (the format of
``contrib/name_bench/cases.csv`` of OpenSanctions' nomenklatura). For them, ``same`` is measured,
and also the agreement of the comparison of names alone, since a name shared by others is never ``same`` here.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from nlp.matching.blocking import blocking_keys
from nlp.matching.verdict import Match, Record, Verdict, match_records

OWN = ("name_pairs.tsv", "name_pairs_unseen.tsv", "name_pairs_third.tsv", "name_pairs_fourth.tsv")


def own_pairs(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for part in dict.fromkeys(row.get("part", "") for row in rows):
        _own_part(f"{path.name} {part}".strip(), [row for row in rows if row.get("part", "") == part])


def _own_part(name: str, rows: list[dict[str, str]]) -> None:
    found = [(row, match_records(_record(row, "a"), _record(row, "b"))) for row in rows]
    print(f"{len(rows)} pairs of {name}")
    same = [row for row in rows if row["verdict"] == "same"]
    shared = sum(bool(_keys(row, "a") & _keys(row, "b")) for row in same)
    print(f"same pairs that share a blocking key: {shared} of {len(same)}")
    _report([(row["verdict"] == "same", match) for row, match in found])
    right = Counter(row["category"] for row, match in found if match.verdict == row["verdict"])
    every = Counter(row["category"] for row in rows)
    print("verdict right  " + "  ".join(f"{name} {right[name]}/{count}" for name, count in every.items()))
    for row, match in found:
        if match.verdict != row["verdict"]:
            print(f"  {row['verdict']:>9} said {match.verdict:<9} {row['a_name']} | {row['b_name']} {match.reasons}")


def _keys(row: dict[str, str], side: str) -> frozenset[str]:
    return blocking_keys(row[f"{side}_name"], row[f"{side}_birth"], row[f"{side}_document"])


def _record(row: dict[str, str], side: str) -> Record:
    return Record(row[f"{side}_name"], row[f"{side}_birth"], row[f"{side}_document"])


def public_pairs(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] != "Vessel"]
    for name, part in (("even", rows[::2]), ("odd", rows[1::2])):
        _public_part(name, part)


def _public_part(name: str, rows: list[dict[str, str]]) -> None:
    found = [(row["is_match"] == "true", match_records(Record(row["name1"]), Record(row["name2"]))) for row in rows]
    print(f"\n{len(rows)} public pairs, {name} rows, names alone")
    _report(found)
    agreeing = [(truth, Match(Verdict.SAME, 1.0, ())) for truth, match in found if match.verdict != Verdict.DIFFERENT]
    missed = sum(truth for truth, match in found if match.verdict == Verdict.DIFFERENT)
    right = sum(truth for truth, _ in agreeing)
    print(f"not told apart: precision {right / len(agreeing):.3f}, recall {right / (right + missed):.3f}")


def _report(found: Iterable[tuple[bool, Match]]) -> None:
    pairs = list(found)
    reported = [truth for truth, match in pairs if match.verdict == Verdict.SAME]
    true = sum(truth for truth, _ in pairs)
    print(f"same: precision {sum(reported) / max(1, len(reported)):.3f}, recall {sum(reported) / max(1, true):.3f}")


if __name__ == "__main__":
    for own in OWN:
        own_pairs(Path(__file__).parent / own)
    if len(sys.argv) > 1:
        public_pairs(Path(sys.argv[1]))
