"""Recognition of citations in real texts in four languages, compared with ``tests/gold/citations.jsonl``.

Run ``python -m benchmarks.citations [dev|held-out] [--errors] [--answer]``. The gold contains no text: a row is
a file of the reference data beside the repository, a window of its text, and the hash of the window.

A citation is an identifiable law, treaty or case with its article; an article alone counts, as one of the text itself
(``self``) or of a law named before. ``*`` in a value stands for what the window does not determine. Headings of
articles, dockets of courts outside the programme and names of cases without number are not counted (``optional``). A
citation is found if the ranges overlap by half and the canonical values are equal; exact edges are counted separately.

The errors of the part held out have been corrected since its first reading, so that its figure is no estimate for new
texts; first readings of all parts are in ``history/citations.md``.

``--answer`` counts the citations after merging with the trained model (``nlp.entities.model_and_rules``): LAW, CASE,
TREATY and, for an article alone that the model does not label as a law, REFERENCE.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp.annotations import Span
from nlp.citations.citations import find_citations
from nlp.entities import legal_ner
from nlp.entities.merging import merge

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
CONTEXT = 4000  # characters read around a window of a file of whole documents
SEEN = 500  # characters that the model reads around a window of a law
GOLD = ROOT / "tests" / "gold" / "citations.jsonl"


@cache
def read_source(name: str) -> str:
    """Return the text of a source: joined sentences of a token file, joined judgments, or the file itself."""
    path = SHARED / name
    if name.endswith(".jsonl"):
        return "\n".join(json.loads(line)["text"].replace("\n", " ") for line in path.open(encoding="utf-8"))
    if name.endswith((".conll", ".tsv")):
        text = _sentences(path)
        return _untokenised(text) if name.endswith(".tsv") else text
    return path.read_text("utf-8")


def _sentences(path: Path) -> str:
    sentences: list[list[str]] = [[]]
    for line in path.open(encoding="utf-8"):
        parts = line.rstrip("\n").split("\t") if "\t" in line else line.split()
        if len(parts) < 2:
            sentences.append([])
        else:
            sentences[-1].append(parts[0])
    return "\n".join(" ".join(sentence) for sentence in sentences if sentence)


def _untokenised(text: str) -> str:
    """Return ``text`` without the spaces of tokenisation around apostrophes, slashes and hyphens."""
    text = re.sub(r" ([’']) ?", r"\1", text)
    text = re.sub(r" ([,.;:)%])", r"\1", text)
    text = text.replace("( ", "(")
    return re.sub(r" ([/-]) ", r"\1", text).replace("n . o ", "n.o ")


@cache
def spans_of(
    name: str, start: int, end: int, jurisdiction: str, language: str, answer: bool
) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, value) of the citations in a window, read in its whole document if the source is one."""
    text = read_source(name)
    law = name.startswith("statutes/")
    margin = CONTEXT if name.endswith((".conll", ".tsv")) else SEEN if law else 0
    first = max(0, start - margin)
    part = text[first : end + margin]
    if law:
        citations = [moved(span, -first) for span in _whole(name, jurisdiction, language)]
        citations = [span for span in citations if span.start >= 0 and span.end <= len(part)]
    else:
        citations = list(find_citations(part, jurisdiction=jurisdiction, language=language))
    if answer:
        citations = [
            span for span in merge([*citations, *entities_of_model(part)], part, legal_ner.origin()) if span.readings
        ]
    spans = (moved(span, first - start) for span in citations)
    return tuple((span.start, span.end, span.value) for span in spans if span.end > 0 and span.start < end - start)


def moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def entities_of_model(text: str) -> list[Span]:
    tagger = legal_ner.model()
    if tagger is None:
        raise SystemExit("models/ner holds no model")
    return list(legal_ner.find_entities(text, tagger))


@cache
def _whole(name: str, jurisdiction: str, language: str) -> tuple[Span, ...]:
    return tuple(find_citations(read_source(name), jurisdiction=jurisdiction, language=language))


def compatible(expected: str, value: str) -> bool:
    """Return whether ``value`` equals ``expected``, in which ``*`` stands for any characters."""
    if expected.startswith("*#"):
        return value.endswith(expected[1:])
    return re.fullmatch(re.escape(expected).replace(r"\*", ".*"), value) is not None


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    inner = min(first[1], second[1]) - max(first[0], second[0])
    return max(0, inner) / (max(first[1], second[1]) - min(first[0], second[0]))


def compare(row: dict[str, Any], show: bool, counts: dict[str, int], answer: bool) -> None:
    """Add the counts of one window: found, missed, wrong, and exact edges among the found."""
    text = read_source(row["file"])[row["start"] : row["end"]]
    if sha256(text.encode()).hexdigest() != row["sha256"]:
        raise SystemExit(f"{row['file']}: the window at {row['start']} is not the text that was labelled")
    spans = list(spans_of(row["file"], row["start"], row["end"], row["jurisdiction"], row["language"], answer))
    size = row["end"] - row["start"]
    clipped = ((max(0, a), min(size, b), value, b - a) for a, b, value in spans)
    spans = [(a, b, value) for a, b, value, length in clipped if b - a > length / 2]
    for start, end, expected in row["citations"]:
        place = (start, end)
        hit = next((s for s in spans if overlap(place, s[:2]) >= 0.5 and compatible(expected, s[2])), None)
        if hit:
            spans.remove(hit)
            counts["found"] += 1
            counts["edges"] += hit[:2] == place
        else:
            counts["missed"] += 1
            if show:
                print("MISS ", row["id"], repr(text[start:end]), expected)
    for start, end, value in spans:
        if not any(overlap((start, end), (a, b)) > 0 for a, b in row["optional"]):
            counts["wrong"] += 1
            if show:
                print("WRONG", row["id"], repr(text[max(0, start) : end]), value)


def main() -> None:
    part, show = next((a for a in sys.argv[1:] if a in ("dev", "held-out")), ""), "--errors" in sys.argv
    answer = "--answer" in sys.argv
    if not SHARED.is_dir():
        raise SystemExit("the reference data folder is not beside the repository")
    rows = [json.loads(line) for line in GOLD.open(encoding="utf-8")]
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if part in ("", row["part"]):
            compare(row, show, counts[row["part"], row["language"]], answer)
    table = {f"{key[0]} {key[1]}": _figures(value) for key, value in sorted(counts.items())}
    for key in sorted({key[0] for key in counts}):
        total: dict[str, int] = defaultdict(int)
        for (other, _), value in counts.items():
            for name, number in value.items():
                total[name] += number if other == key else 0
        table[f"{key} all"] = _figures(total)
    for name, figures in table.items():
        print(f"{name:14}", *(f"{key} {value:<6}" for key, value in figures.items()))
    result = {"answer": table} if answer else {"citations": table, "characters_per_second": _speed()}
    print(*(f"speed {result[key]}" for key in result if key == "characters_per_second"))
    if not part:
        out = ROOT / "benchmarks" / "results" / "citations.json"
        previous = json.loads(out.read_text("utf-8")) if out.exists() else {}
        out.write_text(json.dumps(previous | result, indent=1) + "\n", "utf-8")


def _figures(count: dict[str, int]) -> dict[str, float]:
    found, missed, wrong = count["found"], count["missed"], count["wrong"]
    precision, recall = found / max(1, found + wrong), found / max(1, found + missed)
    edges = count["edges"] / max(1, found)
    return {"n": found + missed, "precision": round(precision, 3), "recall": round(recall, 3), "edges": round(edges, 3)}


def _speed() -> dict[str, int]:
    """Return characters per second on one long law per language."""
    names = {
        "es": ("statutes/mx/CPF_codigo_penal_federal.md", "MX"),
        "fr": ("statutes/fr/code-penal.md", "FR"),
        "en": ("statutes/ie/IE-2010-act-6.md", "IE"),
        "pt": ("statutes/br/html/cppenal.html", "BR"),
    }
    speeds = {}
    for language, (name, country) in names.items():
        text = read_source(name)[:600_000]
        started = time.perf_counter()
        find_citations(text, jurisdiction=country, language=language)
        speeds[language] = round(len(text) / (time.perf_counter() - started))
    return speeds


if __name__ == "__main__":
    main()
