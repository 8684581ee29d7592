"""Recognition of articles in the laws of six countries: share with correct label and correct bounds.

``python -m benchmarks.articles [DIRECTORY]``; the directory is ``statutes`` of the reference data. The articles in
``tests/gold/articles.jsonl`` were sampled at random and labelled by reading; the file contains hashes of an article's
first and last forty letters and digits, no text. Laws in JSON contain HTML in ``conteudo``.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import regex

from extraction.document import Document
from extraction.read import read
from nlp.annotations import Unit
from nlp.structure.structure import find_structure

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold" / "articles.jsonl"
RESULTS = ROOT / "benchmarks" / "results" / "articles.json"
STATUTES = ROOT.parent / "shared" / "data" / "statutes"
LETTERS = 40


@dataclass
class Score:
    total: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)


def ends(text: str) -> tuple[str, str]:
    """Return the hashes of the first and last letters and digits of ``text``, without case, spaces and marks."""
    letters = "".join(regex.findall(r"\w+", text.casefold()))
    return fingerprint(letters[:LETTERS]), fingerprint(letters[-LETTERS:])


def fingerprint(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def document(path: Path) -> Document:
    with tempfile.TemporaryDirectory() as scratch:
        if path.suffix == ".json":
            page = Path(scratch) / "law.html"
            page.write_text(f"<html><body>{json.loads(path.read_text())['conteudo']}</body></html>", encoding="utf-8")
            path = page
        content = read(path, Path(scratch)).document
    if content is None:
        raise ValueError(f"{path.name} holds no document")
    return content


def rows() -> Iterator[dict[str, str]]:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def articles(found: Document, country: str) -> dict[str, list[tuple[Unit, tuple[str, str]]]]:
    """Return the units of a law by label, each with the hashes of its first and last letters."""
    units = find_structure(found.text, found.blocks, document_type="statute", jurisdiction=country.upper())
    by_label: dict[str, list[tuple[Unit, tuple[str, str]]]] = {}
    for unit in units:
        if unit.kind in ("article", "disposition"):
            by_label.setdefault(unit.label, []).append((unit, ends(found.text[unit.start : unit.end])))
    return by_label


def measure(statutes: Path) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    laws: dict[str, dict[str, list[tuple[Unit, tuple[str, str]]]]] = {}
    for row in rows():
        country = row["file"].partition("/")[0]
        if row["file"] not in laws:
            laws[row["file"]] = articles(document(statutes / row["file"]), country)
        score = scores.setdefault(country, Score())
        matches = [ends for _, ends in laws[row["file"]].get(row["label"], [])]
        score.total += 1
        if (row["first"], row["last"]) in matches:
            score.right += 1
        else:
            reason = (
                "no such label" if not matches else "begins" * (row["first"] not in {a for a, _ in matches}) or "ends"
            )
            score.missed.append(f"{row['file']} {row['label']}: {reason}")
    return scores


def main() -> None:
    started = time.perf_counter()
    scores = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else STATUTES)
    report = {
        country: {"articles": score.total, "right": score.right, "share": round(score.right / score.total, 3)}
        for country, score in sorted(scores.items())
    }
    for country, score in sorted(scores.items()):
        print(f"{country}  {score.right:3}/{score.total}  {score.right / score.total:.3f}")
        for line in score.missed:
            print("    ", line)
    print(f"{time.perf_counter() - started:.1f} s with reading")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
