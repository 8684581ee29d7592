"""Cells of offender, act, object and state of mind that are right in 1,150 labelled provisions.

``python -m benchmarks.offence_elements [--laws FOLDER] [--countries CC,CC]`` reads the provisions that
``offence_elements.jsonl`` names: of the reference texts and, with ``--laws``, of Zambia, Uganda and Mozambique. That
folder has the folders ``zm``, ``ug`` and ``mz`` with the files of ``data/seed`` of Ansvar-Systems/Zambian-law-mcp and
its siblings. A line has the file and label, the language, a digest of the text and for each element the ranges of its
words by number, the last one included; ``may`` are words of any element that may be quoted or left out.

A cell is right if a comparison of the provision quotes all words that are labelled and no others; numbers,
conjunctions and ``may`` do not count, nor does a state of mind within the conduct. ``filled`` are cells with words.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import regex

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from benchmarks.comparative import articles
from benchmarks.comparison_cells import NOT_COUNTED, WORD
from benchmarks.penalties import MORE, provisions_at
from nlp.provision_roles.classifier import BASIC

LABELS = Path(__file__).with_suffix(".jsonl")
ELEMENTS = ("subject", "conduct", "object", "mental_element")
MAY = "may"
_SPACES = regex.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class LabelledProvision:
    """A provision, its file and label, and the numbers of the words of each element, ``may`` among them."""

    id: str
    language: str
    text: str
    elements: Mapping[str, frozenset[int]]

    @property
    def country(self) -> str:
        return self.id[:2]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--laws", type=Path, metavar="FOLDER")
    parser.add_argument("--countries", default="", help="only provisions of these countries")
    options = parser.parse_args()
    wanted = set(filter(None, options.countries.split(",")))
    for line in figures([one for one in labelled(options.laws) if not wanted or one.country in wanted]):
        print(line)


def figures(provisions: Sequence[LabelledProvision]) -> Iterator[str]:
    """Yield the number of right cells of each group: all, filled and empty, elements, languages, countries."""
    count: Counter[str] = Counter()
    for one in provisions:
        quoted = _quoted(one)
        for element in ELEMENTS:
            kind = "filled" if one.elements.get(element) else "empty"
            language = f"language {one.language}"
            for group in (
                "all",
                kind,
                element,
                f"{element} {kind}",
                language,
                f"{language} {element}",
                f"country {one.country}",
            ):
                count[group] += 1
                count[f"{group} right"] += is_right(one, element, quoted[element])
    for group in sorted(group for group in count if not group.endswith(" right")):
        right = count[f"{group} right"]
        yield f"{group}: {right}/{count[group]} ({right / count[group]:.3f})"


def is_right(one: LabelledProvision, element: str, quoted: frozenset[int]) -> bool:
    """Return whether the quoted words are those that are labelled, but for what does not count."""
    own, free = one.elements.get(element, frozenset()), one.elements.get(MAY, frozenset())
    if element == "conduct":
        free |= own & one.elements.get("mental_element", frozenset())
    words = [found[0] for found in WORD.finditer(one.text)]
    return all(NOT_COUNTED.fullmatch(words[number]) for number in (own ^ quoted) - free)


def _quoted(one: LabelledProvision) -> dict[str, frozenset[int]]:
    """Return the numbers of the words that a comparison quotes for each element."""
    provision = Provision(
        id="0", document_id=one.id, collection="", title="", jurisdiction=one.country.upper(), path=(), date="", page=1,
        unit=one.id.partition(" ")[2], language=one.language, start=0, end=len(one.text), text=one.text, role=BASIC,
    )  # fmt: skip
    rows = structure_rows([read_column(Column(provision.jurisdiction, (provision,)))])
    quotations = {row.element: row.cells[0].quotations for row in rows}
    words = [found.span() for found in WORD.finditer(one.text)]
    return {
        element: frozenset(
            number
            for number, (start, end) in enumerate(words)
            if any(start < quotation.end and end > quotation.start for quotation in quotations.get(element, ()))
        )
        for element in ELEMENTS
    }


def labelled(folder: Path | None = None, labels: Path = LABELS) -> list[LabelledProvision]:
    """Return the labelled provisions whose texts are there; those of the laws in ``folder`` only with it."""
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    texts = {(name, digest(text)): text for name, text in _texts({row["id"] for row in rows}, folder)}
    return [_provision(row, texts[key]) for row in rows if (key := (row["id"], row["text"])) in texts]


def digest(text: str) -> str:
    """Return what tells texts of the same name apart."""
    return sha256(text.encode()).hexdigest()[:8]


def _provision(row: Mapping[str, object], text: str) -> LabelledProvision:
    elements = {name: _numbers(ranges) for name, ranges in row.items() if isinstance(ranges, list)}
    return LabelledProvision(str(row["id"]), str(row["language"]), text, elements)


def _numbers(ranges: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(number for first, last in ranges for number in range(first, last + 1))


def _texts(wanted: set[str], folder: Path | None) -> Iterator[tuple[str, str]]:
    """Yield names and texts of the provisions of the laws that are named in ``wanted``."""
    yield from ((f"{one.file} {one.label}", one.text) for one in articles())
    for law in sorted({name.partition(" ")[0] for name in wanted}):
        if (MORE / law).is_file():
            yield from ((f"{law} {label}", text) for label, text in provisions_at(MORE / law, law[:2]))
        elif folder and (stored := folder / f"{law}.json").is_file():
            for one in json.loads(stored.read_text("utf-8"))["provisions"]:
                text = f"{one['section']}. {one.get('title') or ''}\n{one['content']}".strip()
                yield f"{law} {one['provision_ref']}", _SPACES.sub(" ", text)


if __name__ == "__main__":
    main()
