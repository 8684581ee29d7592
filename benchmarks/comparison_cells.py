"""Share of the cells of comparisons that quote their phrases whole, in the right row, and nothing else.

``python -m benchmarks.comparison_cells [--misses]`` splits the provisions of ``comparison_cells.yaml``, which are in
``../shared/data``, as a comparison does. For each set it prints the number of right cells, by element and by language.

``--unseen-5 FOLDER`` to ``--unseen-15 FOLDER`` measure instead a set whose laws are in that folder and not in
``../shared/data``: the eighth set to the eighteenth, in this order. Which laws these are, where they come from, how the
folder is prepared and how the cells were drawn is in ``history/comparison.md``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from benchmarks.comparative import STATUTES, articles
from benchmarks.penalties import LANGUAGE, MORE, provisions_at, provisions_of
from nlp.provision_roles.classifier import CONNECTED

FILE = Path(__file__).with_suffix(".yaml")
OUTSIDE = {
    "eighth": "unseen_5",
    "ninth": "unseen_6",
    "tenth": "unseen_7",
    "tenth_kept": "unseen_7",
    "eleventh": "unseen_8",
    "twelfth": "unseen_9",
    "thirteenth": "unseen_10",
    "fourteenth": "unseen_11",
    "fifteenth": "unseen_12",
    "sixteenth": "unseen_13",
    "seventeenth": "unseen_14",
    "seventeenth_development": "unseen_14",
    "eighteenth": "unseen_15",
}
"""The sets whose laws are not among the reference texts, with the option that names their folder."""
Cell = Mapping[str, Any]
Place = tuple[int, int]
"""A provision of the cell and a word of its text, both by their number."""
WORD = regex.compile(r"\w+")
NOT_COUNTED = regex.compile(
    r"\d+|[ivxlc]+|[a-z]|bis|ter|quater|par[áa]grafo|[úu]nico|ou|or|and|et|e|y|o|u", regex.IGNORECASE
)
_TIMES = regex.compile(r" x(\d)$")
_GAP = r"\W+"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true")
    for option in sorted(set(OUTSIDE.values())):
        parser.add_argument(f"--{option.replace('_', '-')}", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    misses, own = options.misses, any(getattr(options, option) for option in OUTSIDE.values())
    sets: dict[str, list[Cell]] = yaml.safe_load(FILE.read_text("utf-8"))
    for name, cells in sets.items():
        folder = getattr(options, OUTSIDE[name]) if name in OUTSIDE else None
        if own != bool(folder) or (name in OUTSIDE and not folder):
            continue
        counted: Counter[str] = Counter()
        for number, cell in enumerate(cells, 1):
            provisions = [_provision(place, written, folder) for place, written in enumerate(cell["provisions"])]
            missing, noise = compared(cell, provisions)
            for group in ("all", cell["element"], provisions[0].language):
                counted[group] += 1
                counted[f"{group} right"] += not missing and not noise
            if misses and (missing or noise):
                print(f"  {number} {cell['provisions'][0]} {cell['element']}: lacks {missing}, has {noise}")
        print(name, *(f"{group} {counted[f'{group} right']}/{counted[group]}" for group in _groups(counted)), sep="; ")


def _groups(counted: Mapping[str, int]) -> list[str]:
    return sorted(group for group in counted if not group.endswith(" right"))


def compared(cell: Cell, provisions: Sequence[Provision]) -> tuple[str, str]:
    """Return the words that the cell lacks and those that it has in excess."""
    texts = [provision.text for provision in provisions]
    expected = set(_words_of_phrases(cell["phrases"], texts))
    allowed = expected | set(_words_of_phrases(cell.get("may", ()), texts))
    quoted = set(_quoted(cell["element"], provisions, texts))
    return _written(expected - quoted, texts), _written(quoted - allowed, texts)


def _quoted(element: str, provisions: Sequence[Provision], texts: Sequence[str]) -> Iterator[Place]:
    compared_ones = tuple(one for one in provisions if one.role != CONNECTED)
    connected = tuple(one for one in provisions if one.role == CONNECTED)
    column = Column(provisions[0].jurisdiction, compared_ones, connected=connected)
    for row in structure_rows([read_column(column)]):
        for quotation in row.cells[0].quotations if row.element == element else ():
            at = int(quotation.passage_id)
            yield from _words_within(at, texts[at], quotation.start, quotation.end)


def _words_of_phrases(phrases: Sequence[str], texts: Sequence[str]) -> Iterator[Place]:
    for phrase in phrases:
        times = _TIMES.search(phrase)
        wanted = int(times[1]) if times else 1
        pattern = _pattern(phrase[: times.start()] if times else phrase)
        found = [(at, match) for at, text in enumerate(texts) for match in pattern.finditer(text)][:wanted]
        if len(found) < wanted:
            raise ValueError(f"{phrase}: {len(found)} places")
        for at, match in found:
            yield from _words_within(at, texts[at], *match.span("phrase"))


@cache
def _pattern(phrase: str) -> regex.Pattern[str]:
    before, _, within = phrase.rpartition("[")
    context = _GAP.join(WORD.findall(before)) + (_GAP if WORD.search(before) else "")
    within, _, after = within.partition("]")
    first, _, last = within.partition("…")
    ends = [_GAP.join(map(regex.escape, WORD.findall(part))) for part in (first, last)]
    joined = rf"{ends[0]}\b.*?\b{ends[1]}" if ends[1] else ends[0]
    following = "".join(_GAP + word for word in WORD.findall(after))
    return regex.compile(rf"\b{context}(?P<phrase>{joined})\b{following}", regex.IGNORECASE | regex.DOTALL)


def _words_within(at: int, text: str, start: int, end: int) -> Iterator[Place]:
    for word in WORD.finditer(text, start, end):
        if not NOT_COUNTED.fullmatch(word[0]):
            yield at, word.start()


def _written(places: set[Place], texts: Sequence[str]) -> str:
    return " ".join(found[0] for at, start in sorted(places) if (found := WORD.match(texts[at], start)))


def _provision(place: int, written: str, folder: Path | None) -> Provision:
    law, _, rest = written.partition(" ")
    label, _, role = rest.rpartition(" ")
    text = _text(law, label, folder)
    country = law[:2]
    return Provision(
        id=str(place), document_id=law, collection="", title="", jurisdiction=country.upper(), unit=label, path=(),
        language=LANGUAGE[country], date="", page=1, start=0, end=len(text), text=text, source=law, role=role,
    )  # fmt: skip


@cache
def _text(law: str, label: str, folder: Path | None = None) -> str:
    if folder:
        own = provisions_at(folder / law, law[:2])
        return next(text for name, text in own if name == label)
    if (MORE / law).exists():
        return next(text for name, text in provisions_of(law) if name == label)
    if not (STATUTES / law).exists():
        raise ValueError(f"{law} is no file of the reference statutes")
    return next(article.text for article in _articles() if (article.file, article.label) == (law, label))


_articles = cache(articles)

if __name__ == "__main__":
    main()
