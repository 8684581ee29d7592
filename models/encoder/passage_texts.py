"""Texts for ``passages.py``: the reference data in parts as long as the passages of an ingest, below their headings."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.comparative import BLIND, own_queries, queries
from indexing.ingest.passage_vectors import headed_text
from indexing.records.passages import MAX_LENGTH, MIN_LENGTH
from models.ner.corpora import read_corpora
from nlp.concepts.layer import LANGUAGES, concepts

SHORT, FEWEST_WORDS = 0.06, 3  # share of parts that are cut to a few words, and the fewest
_AT_HEADING = 0.75  # of the headings before which fewer than MIN_LENGTH words are a part
_HEADING = re.compile(
    r"#|\**\s*(art([íi]culo|igo|icle)?s?\b|section|§|cap[ií]tulo|t[ií]tulo|part\b|titre|chapitre)|\d+[A-Z]?\.\s*—", re.I
)
_LONGEST_HEADING = 90
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---", re.S)
_TAG = re.compile(r"<[^>]+>")
_LAWS = ("statutes/*/**/*", "more-countries/acts/*", "more-countries/documents/*")
_SUFFIXES = frozenset({".md", ".txt", ".json", ".html"})


def passages(shared: Path, countries: Sequence[str], dice: random.Random, *, held_out: bool) -> list[str]:
    """Return passages of laws and judgments as an ingest encodes them, in random order, each once.

    ``countries`` are folders of ``shared/data/statutes``: with ``held_out`` their laws alone are read, otherwise all
    other texts.
    """
    texts = list(_laws(shared / "data", countries, held_out=held_out))
    if not held_out:
        texts += _judgments(shared)
    parts = [
        headed_text((heading,), _cut(part, dice)) for name, text in texts for heading, part in _parts(name, text, dice)
    ]
    unique = list(dict.fromkeys(parts))
    dice.shuffle(unique)
    return unique


def names() -> list[str]:
    """Return the names of concepts in all languages, each once, without the concepts that ``benchmarks`` asks for."""
    asked = [*queries(), *own_queries(), *(query for blind in BLIND for query in own_queries(blind))]
    measured = {query.concept for query in asked}
    labels = (label for concept in concepts().values() if concept.id not in measured for label in concept.labels)
    return list(dict.fromkeys(label.text for label in labels if label.language in LANGUAGES))


def descriptors(shared: Path) -> list[str]:
    """Return the descriptors of EuroVoc in all languages, each once: texts as short as questions."""
    with (shared / "data" / "eurovoc" / "eurovoc.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return list(dict.fromkeys(row[language] for row in rows for language in LANGUAGES if row[language]))


def _laws(data: Path, countries: Sequence[str], *, held_out: bool) -> Iterator[tuple[str, str]]:
    """Yield name and text of each law."""
    for pattern in _LAWS:
        for path in sorted(data.glob(pattern)):
            chosen = (path.relative_to(data).parts[1] in countries) == held_out
            if chosen and path.is_file() and path.suffix in _SUFFIXES and path.name != "SOURCE.txt":
                yield path.stem, _text(path)


def _judgments(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of the corpora of names that are for training, those of one corpus together, without a name."""
    rows = (row for row in read_corpora(shared) if row.part == "train")
    for _, group in groupby(rows, lambda row: row.corpus):
        yield "", "\n".join(row.text for row in group)


def _text(path: Path) -> str:
    written = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".json":
        written = "\n".join(_strings(json.loads(written)))
    return unescape(_TAG.sub(" ", _FRONT_MATTER.sub("", written)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _parts(name: str, text: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield heading and text of parts of whole lines, of a random number of words up to MAX_LENGTH."""
    heading, lines, words = name, list[str](), 0
    most = dice.randint(MIN_LENGTH // 2, MAX_LENGTH)
    for line in filter(None, map(str.strip, text.split("\n"))):
        begins = bool(_HEADING.match(line))
        if lines and (words >= most or (begins and (words >= MIN_LENGTH or dice.random() < _AT_HEADING))):
            yield heading, "\n".join(lines)
            lines, words, most = [], 0, dice.randint(MIN_LENGTH // 2, MAX_LENGTH)
        if begins and len(line) < _LONGEST_HEADING:
            heading = line.strip("#* ")
            continue
        lines.append(" ".join(line.split()[:MAX_LENGTH]))
        words += len(line.split())
    if lines:
        yield heading, "\n".join(lines)


def _cut(text: str, dice: random.Random) -> str:
    return " ".join(text.split()[: dice.randint(FEWEST_WORDS, MIN_LENGTH // 2)]) if dice.random() < SHORT else text
