"""Clauses that a comparison shows for the elements of model instruments, with the provisions given.

``python -m benchmarks.compared_elements`` gives a comparison the articles of a country that hold a right clause for any
element of an instrument (``tests/gold/element_evidence*.yaml``) and counts, for each element: a right clause among
those shown, a right one first, a wrong one first, none shown although the articles hold one, and none shown where no
article holds one. It needs the reference statutes, but no installation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from app.comparison.instrument_rows import instrument_rows
from app.comparison.table import Cell, Provision
from benchmarks.comparative import LANGUAGES, Article, articles
from benchmarks.element_evidence import ALL, Right, article_number, labelled_rights
from nlp.elements.clauses import clauses
from nlp.elements.instruments import instrument

ByPlace = Mapping[tuple[str, str], Article]


def main() -> None:
    found = defaultdict[str, Counter[str]](Counter)
    by_place: dict[tuple[str, str], Article] = {}
    for article in articles():
        by_place.setdefault((Path(article.file).name, article_number(article.label)), article)
    for path in ALL:
        for counted in _outcomes(yaml.safe_load(path.read_text("utf-8")), by_place):
            found[path.stem][counted] += 1
    for name, counts in found.items():
        print(name, dict(sorted(counts.items())))
    print("all", dict(sorted(sum(found.values(), Counter()).items())))


def _outcomes(gold: Mapping[str, Any], by_place: ByPlace) -> Iterator[str]:
    """Yield the outcome of each labelled cell whose right clauses are known, or that has none."""
    for name, elements in gold["cells"].items():
        for country, laws in gold["laws"].items():
            labels = {element: cells[country] for element, cells in elements.items() if cells.get(country) != "open"}
            rights = {
                element: tuple(labelled_rights(laws, label)) for element, label in labels.items() if label is not None
            }
            given = list(_given(rights, country, by_place))
            rows = instrument_rows([given], (), instrument(name).treaty) if given else ()
            for row in rows:
                if row.source == name and row.element in rights:
                    yield _outcome(row.cells[0], rights[row.element], given)


def _given(rights: Mapping[str, Sequence[Right]], country: str, by_place: ByPlace) -> Iterator[Provision]:
    """Yield the articles that hold a right clause for any element, each once."""
    places = dict.fromkeys((min(one.sources), one.article) for own in rights.values() for one in own)
    for place in places:
        if article := by_place.get(place):
            yield Provision(
                article.file + article.label, article.file, "", "", country, article.label, (),
                LANGUAGES[country.lower()], "", 1, article.start, article.end, article.text,
            )  # fmt: skip


def _outcome(cell: Cell, rights: Sequence[Right], given: Sequence[Provision]) -> str:
    units = {provision.id: provision.unit for provision in given}
    shown = [(one.document_id, units[one.passage_id], one.text) for one in cell.quotations]
    correct = [_is_right(clause, rights) for clause in shown]
    held = any(_is_right(clause, rights) for provision in given for clause in _clauses_of(provision))
    if not held:
        return "none, correctly" if not shown else "shown, none is right"
    return (
        "nothing shown" if not shown else "right first" if correct[0] else "right second" if any(correct) else "wrong"
    )


def _clauses_of(provision: Provision) -> Iterator[tuple[str, str, str]]:
    for clause in clauses(provision.text, provision.unit, provision.language, provision.jurisdiction):
        yield provision.document_id, provision.unit, provision.text[clause.start : clause.end]


def _is_right(clause: tuple[str, str, str], rights: Sequence[Right]) -> bool:
    source, unit, text = clause
    return any(right.matches(Path(source).name, unit, text) for right in rights)


if __name__ == "__main__":
    main()
