"""References and articles of countries and courts outside the six that the rules were first made on.

``python -m benchmarks.new_countries references|articles|types [--errors]`` reads the documents of ``more-countries``
of the reference data, on which the rules have been developed. ``--unseen FOLDER --part dev|kept`` reads a set that was
drawn and labelled before it was first run (``tests/gold/*_unseen.jsonl``; how it was drawn: ``history/citations.md``);
of ``kept``, only figures are to be looked at. ``--labels unseen_2`` are those of a second set, with the part ``first``;
types are labelled from ``unseen_4`` on; from ``unseen_5`` on there are no articles. A document is read as a file,
its country is found by the program, and what is found is compared with labels by reading.

References (``tests/gold/references.jsonl``): a window, placed by the hash of its first letters and its length, both
counted in letters and digits so that spacing does not matter; right means the same law and article, and a wrong country
is another state than the label's. Articles: label, first and last letters; where a marginal or editorial note may
belong to an article or not, several beginnings or ends are right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import regex

from extraction.document import Document
from extraction.errors import RogatioError
from extraction.read import read
from extraction.resource import load
from nlp.annotations import Hints, Span, Unit
from nlp.citations.citations import find_citations
from nlp.citations.identity import DECISIONS
from nlp.document_type import find_document_type
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of
from nlp.jurisdiction import find_jurisdiction
from nlp.language import find_segments
from nlp.pipeline import main_language
from nlp.structure.structure import find_structure
from nlp.title import given_title

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
GOLD = ROOT / "tests" / "gold"
DEV = "more-countries"
SETS = ("unseen", *(f"unseen_{number}" for number in range(2, 21)))
Found = tuple[int, int, tuple[str, ...]]  # range and all values of a citation
ANCHOR = 40  # letters and digits that locate a window or an end of an article
CITED = frozenset({"LAW", "TREATY", "CASE", "REFERENCE"})


@dataclass(frozen=True)
class Texts:
    """A folder with ``documents`` and windows, and which of its labels are compared; no part means all."""

    folder: Path
    unseen: str = ""
    part: str = ""

    def path(self, row: dict[str, Any]) -> Path:
        return (self.folder / "documents" if self.unseen else SHARED) / str(row["file"])

    def references(self) -> list[dict[str, Any]]:
        return self.of_part(rows(f"references_{self.unseen}.jsonl" if self.unseen else "references.jsonl"))

    def articles(self) -> list[dict[str, Any]]:
        return self.of_part(rows(f"articles_{self.unseen}.jsonl")) if self.unseen else list(article_rows())

    def of_part(self, labelled: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in labelled if not self.part or row["part"] == self.part]


@dataclass(frozen=True)
class Read:
    """A document with the language, country and type recognised before references."""

    document: Document
    language: str
    country: str
    kind: str


@dataclass
class Letters:
    """The folded letters and digits of a text, with the offset of each."""

    text: str
    places: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Letters:
        kept: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            for part in unicodedata.normalize("NFKC", char).casefold():
                if part.isalnum():
                    kept.append(part)
                    places.append(place)
        return cls("".join(kept), places)


@cache
def read_file(path: Path) -> Read:
    try:
        with tempfile.TemporaryDirectory() as scratch:
            document = read(path, Path(scratch)).document
    except RogatioError as error:  # what cannot be read has neither references nor articles
        print(f"{path.name}: {error}")
        return Read(Document("", (), (), "", ""), "", "", "")
    if document is None:
        raise SystemExit(f"{path.name} holds no document")
    language = main_language(find_segments(document.text, document.blocks))
    first_page = document.text[:3000]
    found = find_gazetteer(first_page, words_of(first_page))
    country = find_jurisdiction(document.text, Hints(), document.metadata, found, language).code
    kind = find_document_type(document.text, Hints(), given_title(Hints(), document.metadata)).label
    return Read(document, language, country, kind)


@cache
def letters_of(path: Path) -> Letters:
    return Letters.of(read_file(path).document.text)


@cache
def citations_of(path: Path) -> tuple[Span, ...]:
    """Return the citations of a file; tables of contents and headings are excluded by its structure."""
    seen = read_file(path)
    text = seen.document.text
    units, decision = structure_of(path), seen.kind in DECISIONS
    return tuple(
        find_citations(text, jurisdiction=seen.country, language=seen.language, units=units, decision=decision)
    )


@cache
def structure_of(path: Path) -> tuple[Unit, ...]:
    seen = read_file(path)
    text, blocks = seen.document.text, seen.document.blocks
    return find_structure(text, blocks, document_type=seen.kind, language=seen.language, jurisdiction=seen.country)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


# ---- references


def references(texts: Texts, show: bool) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in texts.references():
        spans, text = window(row, texts)
        compare(row, spans, text, counts[row["country"]], show)
    total: Counter[str] = Counter()
    for country, count in sorted(counts.items()):
        print(f"{country:4}", figures(count))
        total += count
    print("all ", figures(total))


def window(row: dict[str, Any], texts: Texts) -> tuple[list[Found], str]:
    """Return the citations in the window of a row, and its text.

    Offsets are in characters of the window; a window that does not occur in its document (because of another extraction
    of a PDF) is read alone.
    """
    text = windows(texts.folder)[row["id"]]
    path = texts.path(row)
    own = Letters.of(text)
    if row["file"] and not read_file(path).document.text:
        return [], text
    start = placed(row, path, own) if row["file"] else -1
    if start < 0 and not text:
        raise SystemExit(f"{row['id']}: the window is not in {row['file']}")
    if start < 0:
        units = (Unit(-9, 0, "art. 1", "article", (), "", 1.0, ""),) if row["law"] else ()
        found = find_citations(text, jurisdiction=row["country"], language=row["language"], units=units)
        return [(span.start, span.end, named(span)) for span in found if span.label in CITED], text
    letters = letters_of(path)
    size = len(own.places) or row["letters"]
    first, last = letters.places[start], letters.places[start + size - 1] + 1
    spans = [span for span in citations_of(path) if span.label in CITED and first < span.end and span.start < last]
    ranges = [(bounded(span.start, letters, start, size), bounded(span.end, letters, start, size)) for span in spans]
    if text:
        places = [*own.places, len(text)]
        ranges = [(places[a], places[b - 1] + 1) for a, b in ranges]
    shown_text = text or read_file(path).document.text[first:last]
    return [(a, b, named(span)) for (a, b), span in zip(ranges, spans, strict=True)], shown_text


def named(span: Span) -> tuple[str, ...]:
    return (span.value, *span.attributes.get("targets", "").split())


def placed(row: dict[str, Any], path: Path, own: Letters) -> int:
    """Return the position of a window among the letters of its document, -1 if it does not occur."""
    return letters_of(path).text.find(own.text) if own.text else anchored(letters_of(path).text, row["anchor"])


def bounded(place: int, letters: Letters, start: int, size: int) -> int:
    """Return the number of letters of the window, of ``size`` letters, before the offset ``place`` of the document."""
    return min(max(0, bisect_left(letters.places, place) - start), size)


def anchored(text: str, anchor: str) -> int:
    """Return the position of the letters with the hash ``anchor``, -1 if there are none."""
    places = range(len(text) - ANCHOR + 1)
    return next((place for place in places if fingerprint(text[place : place + ANCHOR]) == anchor), -1)


@cache
def windows(folder: Path) -> dict[str, str]:
    lines = (folder / "citations.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def compare(row: dict[str, Any], spans: list[Found], text: str, counts: Counter[str], show: bool) -> None:
    """Add the counts of one window: a label is found if an overlapping span has its value."""
    used: set[Found] = set()
    for start, end, expected in row["citations"]:
        here = [span for span in spans if span[0] < end and start < span[1]]
        hits = [span for span in here if any(fits(expected, value, row) for value in span[2])]
        counts["found" if hits else "missed"] += 1
        used.update(hits, (span for span in here if hits and span[0] >= start and span[1] <= end))
        if show and not hits:
            print(
                "MISS ", row["id"], row["country"], repr(text[start:end]), expected, "|", *(span[2][0] for span in here)
            )
        for span in [] if hits else here:
            if (
                span not in used
                and country_of(span[2][0]) not in ("", "xx", country_of(expected))
                and country_of(expected)
            ):
                counts["wrong country"] += 1
                print("COUNTRY", row["id"], row["country"], repr(text[span[0] : span[1]]), span[2][0])
    for span in spans:
        start, end, values = span
        cut = start == 0 or end == len(text)  # what the edge of a window cuts is not labelled
        if span not in used and not cut and not any(start < b and a < end for a, b in row["optional"]):
            counts["wrong"] += 1
            if show:
                print("WRONG", row["id"], row["country"], repr(text[start:end]), values[0])


def fits(expected: str, value: str, row: dict[str, Any]) -> bool:
    if expected.startswith("self#") and not row["file"]:  # a window alone does not show whether it is part of a law
        expected = "*" + expected.removeprefix("self")
    pattern = re.compile(re.escape(expected).replace(r"\*", ".*"))
    return any(pattern.fullmatch(id_) for id_ in ids_of(value))


def ids_of(value: str) -> Iterator[str]:
    """Yield ``value`` and the further ids of its law, by number and chapter, with the same article."""
    law, hash_, item = value.partition("#")
    for other in (law, *aliases().get(law, ())):
        yield f"{other}{hash_}{item}"


@cache
def aliases() -> dict[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for listed in load("nlp.law_titles")["laws"]:
        known[listed["id"]].update(listed.get("same", ()))
    return known


def country_of(value: str) -> str:
    """Return the State of an id or a label in lower case; a part of it ("br;sp", "br*") counts as the State."""
    if value.startswith("celex:"):
        return "eu"
    parts = value.split(":")
    return parts[1].lower().split(";")[0].rstrip("*") if parts[0] in ("ref", "ECLI") and len(parts) > 1 else ""


def figures(count: Counter[str]) -> str:
    found, missed, wrong = count["found"], count["missed"], count["wrong"]
    recall, precision = found / max(1, found + missed), found / max(1, found + wrong)
    share = count["wrong country"] / max(1, found + wrong)
    return f"n {found + missed:4}  recall {recall:.3f}  precision {precision:.3f}  wrong country {share:.3f}"


# ---- articles


def articles(texts: Texts, show: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in texts.articles():
        path = texts.path(row)
        units = units_of(path).get(number(row["label"]), [])
        ends = {(fingerprint(a), fingerprint(b)) for a, b in units}
        good = any(a in row["first"] and b in row["last"] for a, b in ends)
        total[row["country"]] += 1
        right[row["country"]] += good
        if show and not good:
            firsts = {a for a, _ in ends}
            why = "no such label" if not units else "ends" if firsts & {*row["first"]} else "begins"
            print(f"{row['file']} {row['label']}: {why}")
    for country in sorted(total):
        print(f"{country:4} {right[country]:4}/{total[country]:<4} {right[country] / total[country]:.3f}")
    print(
        f"all  {sum(right.values()):4}/{sum(total.values()):<4} {sum(right.values()) / max(1, sum(total.values())):.3f}"
    )


def types(texts: Texts, show: bool) -> None:
    """Print how many documents have a type of their label, in which ``|`` separates the right ones."""
    labelled = texts.of_part(rows(f"types_{texts.unseen}.jsonl"))
    found = [(row, read_file(texts.path(row)).kind) for row in labelled]
    wrong = [(row, kind) for row, kind in found if kind not in row["type"].split("|")]
    for row, kind in wrong if show else ():
        print(f"{row['file']}: {kind}, not {row['type']}")
    print(f"types {len(found) - len(wrong)}/{len(found)}")


def article_rows() -> Iterator[dict[str, Any]]:
    for line in (SHARED / DEV / "articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        letters = Letters.of(row["plain"]).text
        ends = {"first": [fingerprint(letters[:ANCHOR])], "last": [fingerprint(letters[-ANCHOR:])]}
        yield {**row, "file": f"{DEV}/documents/{row['file']}", **ends}


@cache
def units_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the first and last letters of each provision, by its number."""
    seen = read_file(path)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit in structure_of(path):
        if unit.kind in ("article", "former_article", "disposition", "paragraph"):
            letters = Letters.of(seen.document.text[unit.start : unit.end]).text
            # the reader of Canadian statutes writes "Art. 3." where the source has the number alone, and the heading of
            # a section of the United Kingdom is above its number
            for shown in {letters, letters.removeprefix("art"), _heading_above(seen.document.text, unit) + letters}:
                found[number(unit.label)].append((shown[:ANCHOR], shown[-ANCHOR:]))
    return found


def _heading_above(text: str, unit: Unit) -> str:
    """Return the letters of the heading of a provision that is above its range, or nothing."""
    above = text[: unit.start].rstrip(" \n.")
    return Letters.of(unit.heading).text if unit.heading and above.endswith(unit.heading) else ""


def number(label: str) -> str:
    """Return the number in a label, normalised: ``art. 433quater/3``, ``s. 7A``, ``1er``, ``23.º``."""
    plain = unicodedata.normalize("NFD", label.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = regex.sub(r"\s*\[[^\]]*\]$|^(?:anexo|annexe?|sch\.)(?: \w{1,4})? (?=art|para)", "", plain)
    plain = regex.sub(r"^(?:art(?:iculo|igo|icle)?\.?|s\.|section|para\.)\s*", "", plain)
    plain = regex.sub(r"(?<=\d)(?:\.?[ºo°]|er)(?=\W|$)", "", plain)
    return regex.sub(r"[\s.]+", "", plain)


def fingerprint(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("references", "articles", "types"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--unseen", type=Path, metavar="FOLDER")
    parser.add_argument("--labels", choices=SETS, default=SETS[0])
    parser.add_argument("--part", choices=("dev", "first", "kept"), default="")
    options = parser.parse_args()
    texts = Texts(options.unseen or SHARED / DEV, options.labels if options.unseen else "", options.part)
    {"references": references, "articles": articles, "types": types}[options.what](texts, options.errors)


if __name__ == "__main__":
    main()
