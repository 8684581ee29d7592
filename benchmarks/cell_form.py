"""Share of cells of comparisons whose form is wrong, told without labels, by country and element.

``python -m benchmarks.cell_form [--folder FOLDER] [--country CC] [--show FAULT] [--seed N]`` splits every provision of
the reference texts that names an offender or an act and a penalty, as a comparison does. A cell of who, conduct, object
or state of mind is malformed if it has words of a penalty, begins with a conjunction, ends within a phrase, opens a
bracket that it does not close, or is an object of one word that is a verb. ``empty`` counts offences without conduct.
With ``--folder`` the laws are those of the folder, whose names begin with their country.

A share of zero says nothing about the right row; whether a cell is right is measured by ``comparison_cells``.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from benchmarks.comparative import articles
from benchmarks.penalties import LANGUAGE, MORE, provisions_at
from nlp.folding import fold

LAWS = ("ar_cp.md", "be_cp.html", "cl_cp.md", "co_cp.md", "es_cp.md", "lu_cp.md", "lu_1973-02-19-n1.md")
_ELEMENTS = ("subject", "conduct", "object", "mental_element")
_LONGEST = 4_000  # characters of a provision
_SHOWN = 40
_PENALTY = {
    "es": r"(?:sera|seran|es|son) (?:\w+mente )?(?:castig|reprim|sancion|penad|condenad)\w*|sufrira\w*|incurrira\w*"
    r"|(?:prision|reclusion|presidio|multa|inhabilitacion) (?:de|mayor|menor)\b|se (?:le )?impondra\w*",
    "pt": r"(?:e|sera|serao|sao) punid\w*|pena (?:de|-)|(?:prisao|reclusao|detencao|multa),? de\b",
    "en": r"(?:be|is|are) (?:guilty|liable)|liable (?:to|on)|imprisonment|a fine\b|commits an offence",
    "fr": r"(?:est|sont|sera|seront) (?:egalement )?(?:punie?s?|passibles?|condamnee?s?)|emprisonnement|une amende de",
}
_BEGINS = {
    "es": r"(?:y|o|u|e|ni|que|pero|aunque|sino|sera|seran)\b",
    "pt": r"(?:e|ou|nem|que|mas|sera)\b",
    "en": r"(?:and|or|nor|but|that|which|shall)\b",
    "fr": r"(?:et|ou|ni|que|mais|sera|seront|qui)\b",
}
_ENDS = {
    "es": r"(?:de|del|el|la|los|las|un|una|que|con|en|por|para|a|al|y|o|u|su|sus|se)",
    "pt": r"(?:de|do|da|dos|das|o|os|um|uma|que|com|em|no|na|por|para|ao|e|ou|seu|sua|se)",
    "en": r"(?:of|the|an?|that|which|with|in|by|for|to|and|or|his|her|their|from|is|was)",
    "fr": r"(?:de|du|des|le|la|les|un|une|que|avec|en|par|pour|au|aux|et|ou|son|sa|ses|qui|a|l|d)",
}
_VERB = {
    "es": r"\w+(?:are|iere|ere)n?|\w+(?:ar|er|ir)l[oae]s?",
    "pt": r"\w+(?:ar|er|ir)-l[oa]s?",
    "en": r"\w+(?:ises|izes|ates|ifies)",
    "fr": r"(?:aura|auront|sera|seront)",
}
_BRACKETS = (("(", ")"), ("«", "»"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class Law:
    """A law with its provisions as (label, text)."""

    name: str
    provisions: Sequence[tuple[str, str]]

    @property
    def country(self) -> str:
        return self.name[:2]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--country", default="")
    parser.add_argument("--show", default="")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    for law in laws(options.folder, options.country):
        for label, text in law.provisions:
            found = faults(law.country, label, text)
            for fault, element, words in found or ():
                counted[law.country][fault or "well formed"] += 1
                if fault == options.show and fault:
                    shown.append(f"{law.name} {label} {element}: {' '.join(words.split())}")
            counted[law.country]["offences"] += found is not None
    random.Random(options.seed).shuffle(shown)
    print(*shown[:_SHOWN], sep="\n")
    for country, counts in [*counted.items(), ("all", sum(counted.values(), Counter[str]()))]:
        cells = sum(number for name, number in counts.items() if name != "offences")
        wrong = {name: number for name, number in counts.items() if name not in ("offences", "well formed")}
        share = sum(wrong.values()) / cells if cells else 0.0
        print(f"{country}: {counts['offences']} offences, {cells} cells, malformed {share:.3f}", wrong)


def laws(folder: Path | None, country: str) -> Iterator[Law]:
    """Yield the laws of the reference texts, or of ``folder``, of a country if one is given."""
    if folder is None:
        by_file: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for article in articles():
            by_file[article.file].append((article.label, article.text))
        yield from (Law(name, own) for name, own in by_file.items() if name.startswith(country))
    paths = [MORE / name for name in LAWS] if folder is None else sorted(folder.iterdir())
    for path in paths:
        if path.name.startswith(country) and path.name[:2] in LANGUAGE:
            yield Law(path.name, provisions_at(path, path.name[:2]))


def faults(country: str, label: str, text: str) -> list[tuple[str, str, str]] | None:
    """Return (fault or empty, element, words) of each cell of an offence, None for a provision that is none."""
    language = LANGUAGE[country]
    provision = Provision(
        id="0", document_id=label, collection="", title="", jurisdiction=country.upper(), unit=label, path=(),
        language=language, date="", page=1, start=0, end=len(text), text=text, source="", role="basic",
    )  # fmt: skip
    if len(text) > _LONGEST:
        return None
    rows = structure_rows([read_column(Column(country.upper(), (provision,)))])
    cells = {row.element: [quoted.text for quoted in row.cells[0].quotations] for row in rows}
    if "penalty" not in cells or not cells.keys() & {"subject", "conduct"}:
        return None
    found = [
        (_fault(fold(words), element, language), element, words)
        for element in _ELEMENTS
        for words in cells.get(element, ())
    ]
    return found if "conduct" in cells else [*found, ("empty", "conduct", text)]


def _fault(words: str, element: str, language: str) -> str:
    """Return the first fault in the form of a cell's folded words, empty without one."""
    if regex.search(rf"\b(?:{_PENALTY[language]})", words):
        return "penalty"
    if regex.match(_BEGINS[language], words):
        return "begins"
    if regex.search(rf"(?<!\w){_ENDS[language]}\W*$", words) and element != "subject":
        return "ends"
    if any(words.count(opening) != words.count(closing) for opening, closing in _BRACKETS):
        return "bracket"
    return "verb" if element == "object" and regex.fullmatch(_VERB[language], words.strip()) else ""


if __name__ == "__main__":
    main()
