"""Headings of articles of laws against the units that are read: missing, doubled, quoted, former, out of order.

``python -m benchmarks.article_headings FOLDER... [--kinds missing,order]`` reads every file below each folder as a law
and looks for lines that begin as an article does, by one plain expression for each language that shares nothing with
the grammar of ``nlp``. A law with a difference is printed on one line, totals by country follow. A folder whose name
has two letters is the country of its files (ISO 3166), otherwise the program decides.

Not every difference is an error: a reference at the start of a line looks like a heading, an amending law quotes
several articles (a line that begins with a quotation mark is no heading). The count shows where to read. Nothing is
labelled, so that any number of laws can be compared.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import regex

from extraction.document import Document
from extraction.errors import RogatioError
from extraction.read import read
from nlp.annotations import Hints, Unit
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of
from nlp.jurisdiction import find_jurisdiction
from nlp.language import find_segments
from nlp.pipeline import main_language
from nlp.structure.structure import find_structure

KINDS = ("missing", "doubled", "quoted", "former", "order")
OWN = frozenset({"article", "disposition", "paragraph"})
SHOWN = 12  # numbers of each kind in a line
FIRST_PAGE = 3_000  # characters
_MARGIN = r"^[ \t>#*_]*"
_LATIN = r"(?:[ \-]?(?i:bis|ter|quater|quáter|quinquies|sexies|septies|octies|nonies)\b)?"
_ARTICLE = rf"A(?i:rt(?:[íi]culo|igo|icle)?s?\.?)[ *_]*(?P<number>\d[\d.]*(?:[\-/]\d+)*{_LATIN}(?:-?[A-Z]\b)?)"
HEADINGS = {
    "es": regex.compile(_MARGIN + _ARTICLE, regex.MULTILINE),
    "pt": regex.compile(_MARGIN + _ARTICLE, regex.MULTILINE),
    "fr": regex.compile(
        _MARGIN + r"A(?i:rt(?:icle)?s?\.?)[ *_]*(?P<number>(?:[LRDA]\.?[ *]*)?\d[\d.]*(?:[\-/]\d+)*" + _LATIN + ")",
        regex.MULTILINE,
    ),
    "en": regex.compile(
        _MARGIN + r"(?:(?:A(?i:rticle|rt\.)|S(?i:ection))[ ](?P<number>\d{1,4}[A-Z]{0,3})\b"
        r"|(?P<number>\d{1,3}[A-Z]{0,3})\.(?=[ \t*_—\-(]|$))",
        regex.MULTILINE,
    ),
}


@dataclass(frozen=True)
class Heading:
    """A line that begins as an article: its range and its number in small letters and digits."""

    start: int
    end: int
    number: str


@dataclass
class Difference:
    """Of one law: how many headings were found and how many of them were read, and the numbers of each difference."""

    headings: int = 0
    read: int = 0
    numbers: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


def headings(text: str, language: str) -> list[Heading]:
    """Return the lines of ``text`` that begin as an article in ``language`` (ISO 639-1)."""
    return [
        Heading(match.start(), _line_end(text, match.end()), plain(match["number"]))
        for match in HEADINGS[language].finditer(text)
    ]


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)


def plain(number: str) -> str:
    """Return the small letters and digits of a printed number, without the separator of thousands."""
    number = regex.sub(r"(?<=^\d{1,2})\.(?=\d{3}$)", "", number.rstrip("."))
    return regex.sub(r"[^0-9a-z]", "", number.lower().replace("á", "a"))


def labelled(unit: Unit) -> str:
    """Return the number of a label, ``""`` if it has none: ``5bis`` of ``art. 5 bis``, ``l12`` of ``art. L. 1-2``."""
    match = regex.search(r"(?:[LRDA]O?\. ?)?\d[^\[\]»]*", unit.label)
    return regex.sub(r"^1er", "1", regex.sub(r"[^0-9a-z]", "", match[0].lower().replace("á", "a"))) if match else ""


def compare(found: Sequence[Heading], units: Sequence[Unit]) -> Difference:
    """Return how the headings of a law differ from its units."""
    difference = Difference(len(found))
    of_kind = {kind: {labelled(unit) for unit in units if unit.kind in kinds} for kind, kinds in _groups().items()}
    starts = sorted((unit.start, unit.kind) for unit in units if unit.kind in OWN)
    for heading in found:
        if heading.number in of_kind["own"] or any(heading.start <= start <= heading.end for start, _ in starts):
            difference.read += 1
            continue
        kind = next((kind for kind in ("quoted", "former") if heading.number in of_kind[kind]), "missing")
        difference.numbers[kind].append(heading.number)
    articles = [unit for unit in units if unit.kind == "article"]
    difference.numbers["doubled"] = list(_doubled(articles))
    difference.numbers["order"] = list(_out_of_order(articles))
    return difference


def _groups() -> dict[str, frozenset[str]]:
    return {"own": OWN, "quoted": frozenset({"quoted_article"}), "former": frozenset({"former_article"})}


def _doubled(articles: Sequence[Unit]) -> Iterator[str]:
    """Yield the numbers that two articles of one place in the law have."""
    counts = Counter((unit.path[:1], unit.label) for unit in articles)
    yield from (label for (_, label), count in counts.items() if count > 1)


def _out_of_order(articles: Sequence[Unit]) -> Iterator[str]:
    """Yield the labels of articles whose number is lower than that before, unless a numbering begins at 1."""
    for before, after in pairwise(articles):
        first, second = _base(before), _base(after)
        if first and second and second < first and second > 1 and before.path[:1] == after.path[:1]:
            yield after.label


def _base(unit: Unit) -> int:
    match = regex.fullmatch(r"art\. (\d+)\D*(?:\d.*)?", unit.label)
    return int(match[1]) if match else 0


def law(path: Path) -> Document | None:
    """Return the document of a file, None if it cannot be read."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return read(path, Path(scratch)).document
        except RogatioError as error:
            print(f"{path.name}: {error}")
            return None


def country_of(path: Path, document: Document, language: str) -> str:
    """Return the country (ISO 3166) that the folder names, otherwise that which the program finds."""
    if len(path.parent.name) == 2:
        return path.parent.name.upper()
    page = document.text[:FIRST_PAGE]
    found = find_gazetteer(page, words_of(page))
    return find_jurisdiction(document.text, Hints(), document.metadata, found, language).code


def read_law(path: Path) -> tuple[str, Difference] | None:
    """Return the country of a law and its difference, None if it cannot be read or is in another language."""
    document = law(path)
    language = main_language(find_segments(document.text, document.blocks)) if document else ""
    if document is None or language not in HEADINGS:
        return None
    country = country_of(path, document, language)
    units = find_structure(
        document.text, document.blocks, document_type="statute", language=language, jurisdiction=country
    )
    return country, compare(headings(document.text, language), units)


def line(path: Path, country: str, difference: Difference, kinds: Iterable[str]) -> str:
    """Return one line on a law, ``""`` without a difference of ``kinds``."""
    parts = [
        f"{kind} {len(numbers)}: {' '.join(numbers[:SHOWN])}{' …' if len(numbers) > SHOWN else ''}"
        for kind in kinds
        if (numbers := difference.numbers[kind])
    ]
    name = f"{country or '??'} {path.name} {difference.read}/{difference.headings}"
    return f"{name}  {'; '.join(parts)}" if parts else ""


def totals(laws: Iterable[tuple[str, Difference]]) -> Iterator[str]:
    """Yield a line for each country and one for all: laws, those without difference, headings, read, differences."""
    of_country: dict[str, list[Difference]] = defaultdict(list)
    for country, difference in laws:
        of_country[country or "??"].append(difference)
        of_country["all"].append(difference)
    for country, found in sorted(of_country.items()):
        total, right = sum(item.headings for item in found), sum(item.read for item in found)
        clean = sum(not any(item.numbers.values()) for item in found)
        share = f"{right / total:.3f}" if total else "-"
        counts = "  ".join(f"{kind} {sum(len(item.numbers[kind]) for item in found)}" for kind in KINDS)
        yield f"{country:3}  laws {len(found):3}  without difference {clean:3}  read {right}/{total} {share}  {counts}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--kinds", default=",".join(KINDS), help="differences that are shown")
    arguments = parser.parse_args()
    found: list[tuple[str, Difference]] = []
    for path in sorted(path for folder in arguments.folders for path in folder.rglob("*") if path.is_file()):
        if (result := read_law(path)) is None:
            continue
        found.append(result)
        if shown := line(path, *result, arguments.kinds.split(",")):
            print(shown, flush=True)
    print("\n".join(totals(found)))


if __name__ == "__main__":
    main()
