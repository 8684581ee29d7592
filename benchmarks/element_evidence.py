"""Proposals of evidence for elements: share of cells with a correct clause among the first three, or correctly none.

``python -m benchmarks.element_evidence [--home FOLDER] [--misses]`` searches the reference statutes of six countries
for the elements of ``tests/gold/element_evidence*.yaml``, whose correct clauses were labelled by hand, in the
installation ``--home``, by default in that of benchmarks/retrieval.py. ``--fit`` prints weights fitted on all cells but
those of ``element_evidence_drawn.yaml``, which are held out, and the figures of weights and threshold fitted without
the measured country, and without the measured instrument.

A clause is correct if it is in a listed article and contains the listed words. Figures are hits/n; cells that two
readers could judge differently are omitted.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from app.gap_matrix.element_search import ElementSearch
from app.gap_matrix.national_law import NationalLaw
from benchmarks.comparative import CACHE
from benchmarks.element_fit import LabelledCell, Matrix, best, confidence, fitted, threshold
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.settings import Settings
from nlp.elements.instruments import instrument
from nlp.evidence.clause_features import SIGNS, ClauseFeatures
from nlp.evidence.clauses import ReadClause, read_clauses
from nlp.evidence.scoring import ScoredClause, best_clauses
from nlp.folding import fold

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "element_evidence.yaml"
UNSEEN = GOLD.with_name("element_evidence_unseen.yaml")
MEASURES = GOLD.with_name("element_evidence_measures.yaml")
NEVER_FITTED = GOLD.with_name("element_evidence_drawn.yaml")
ALL = [GOLD, UNSEEN, MEASURES, NEVER_FITTED]
RESULTS = Path(__file__).parent / "results" / "element_evidence.json"


@dataclass(frozen=True, slots=True)
class Right:
    """A correct clause: any of ``sources`` (files), the number of its article, and words that it contains."""

    sources: frozenset[str]
    article: str
    words: str

    def matches(self, source: str, unit: str, text: str) -> bool:
        return source in self.sources and article_number(unit) == self.article and self.words in _flat(text)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--gold", type=Path, nargs="+", default=ALL)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    installation = _library(options.home)
    labelled = {
        path.stem: list(labelled_cells(installation, yaml.safe_load(path.read_text("utf-8")))) for path in options.gold
    }
    installation.close()
    for name, cells in labelled.items():
        print_table(name, cells, options.misses)
    results = {name: figures(cells) for name, cells in labelled.items()}
    if options.fit:
        fitted_on = [cell for name, own in labelled.items() if name != NEVER_FITTED.stem for cell in own]
        results |= fit_and_print(fitted_on)
    if options.gold == ALL:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _library(home: Path | None) -> Installation:
    if home:
        return open_installation(Settings(home=home))
    from benchmarks.retrieval import indexed

    installation: Installation = indexed(Settings(home=CACHE / "home"), again=False)
    return installation


def labelled_cells(installation: Installation, gold: Mapping[str, Any]) -> Iterator[LabelledCell]:
    access = installation.store.access(LOCAL_USER)
    public = installation.store.collection(access, "public")
    sources = {document.id: document.source for document in installation.store.every_document(access)}
    for name, elements in gold["cells"].items():
        for country in gold["laws"]:
            law = NationalLaw(installation.store, installation.engine, access, public, country)
            for language in law.languages[:1]:
                for together, candidates in ElementSearch(law, language).candidates(instrument(name)):
                    read = [clause for candidate in candidates for clause in read_clauses(candidate)]
                    signs = ClauseFeatures(read, language)
                    for element in together:
                        label = elements.get(element.id, {}).get(country, "open")
                        if label != "open":
                            right = tuple(labelled_rights(gold["laws"][country], label))
                            yield _cell(
                                name,
                                element.id,
                                country,
                                right,
                                sources,
                                signs,
                                best_clauses(signs, element),
                                signs.of(element),
                            )


def _cell(
    name: str,
    element: str,
    country: str,
    right: tuple[Right, ...],
    sources: Mapping[str, str],
    signs: ClauseFeatures,
    offered: Sequence[ScoredClause],
    rows: Matrix,
) -> LabelledCell:
    def is_right(read: ReadClause) -> bool:
        source = sources[read.candidate.document_id]
        return any(clause.matches(source, read.candidate.unit, read.text) for clause in right)

    return LabelledCell(
        name,
        element,
        country,
        bool(right),
        tuple(is_right(clause.read) for clause in offered),
        rows,
        np.array([is_right(clause) for clause in signs.read], bool),
        signs.read,
    )


def labelled_rights(laws: Mapping[str, Sequence[str]], listed: Sequence[str]) -> Iterator[Right]:
    for label in listed:
        place, _, words = label.partition(" |")
        law, _, article = place.strip().partition(" ")
        yield Right(frozenset(laws[law]), article.lower(), _flat(words))


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def article_number(label: str) -> str:
    """Return the number of an article's label: ``art. 400 bis`` is ``400 bis``."""
    latin = r"bis|ter|qu[aá]ter|quinquies"
    match = re.search(rf"\d+[\w-]*(?: (?:{latin})\b(?: \d+)?)?", label.lower().replace("º", "").replace("°", ""))
    return match[0] if match else label


def figures(cells: Sequence[LabelledCell]) -> dict[str, dict[str, str]]:
    names = [*dict.fromkeys(cell.instrument for cell in cells), "all"]
    out: dict[str, dict[str, str]] = {}
    for name in names:
        own = [cell for cell in cells if name in (cell.instrument, "all")]
        have, none = [cell for cell in own if cell.has_right], [cell for cell in own if not cell.has_right]
        out[name] = {
            "right in first three": f"{sum(cell.hit for cell in have)}/{len(have)}",
            "nothing found": f"{sum(cell.hit for cell in none)}/{len(none)}",
        }
    return out


def print_table(title: str, cells: Sequence[LabelledCell], misses: bool = False) -> None:
    print(f"\n{title:<26}{'right in first three':>24}{'nothing found':>20}")
    for name, row in figures(cells).items():
        print(f"{name:<26}{_share(row['right in first three']):>24}{_share(row['nothing found']):>20}")
    for cell in cells if misses else ():
        if not cell.hit:
            missed = "others offered" if cell.offered else "not offered"
            kind = missed if cell.has_right else "offered something"
            found = "" if not cell.has_right or cell.is_right.any() else " (right clause is not among the candidates)"
            print(f"  {cell.instrument} {cell.element} {cell.country}: {kind}{found}")


def _share(hits: str) -> str:
    part, whole = map(int, hits.split("/"))
    return f"{part / whole:.2f}  {hits}" if whole else "-"


def fit_and_print(cells: Sequence[LabelledCell]) -> dict[str, dict[str, dict[str, str]]]:
    """Print and return the figures of weights fitted on other countries and instruments; print those fitted on all."""
    results = {
        "fitted without the measured country": left_out(cells, lambda cell: cell.country),
        "fitted without the measured instrument": left_out(cells, lambda cell: cell.instrument),
    }
    for title, table in results.items():
        print(f"\n{title}:")
        for name, row in table.items():
            print(f"{name:<26}{_share(row['right in first three']):>24}{_share(row['nothing found']):>20}")
    above, share, base = confidence(cells, lambda cell: cell.country)
    print(f"\nconfidence:\n  above: {above:.3f}\n  share: {share:.3f}\n  base: {base:.3f}")
    weights = fitted(cells)
    print(f"\nbase: {weights[-1]:.2f}\nleast: {threshold(cells, weights):.2f}\nsigns:")
    for name, weight in zip(SIGNS, weights, strict=False):
        print(f"  {name}: {weight:.2f}")
    return results


def left_out(cells: Sequence[LabelledCell], part: Callable[[LabelledCell], str]) -> dict[str, dict[str, str]]:
    """Return the figures of cells with weights and threshold fitted on the cells of other parts."""
    judged = []
    for name in dict.fromkeys(map(part, cells)):
        others = [cell for cell in cells if part(cell) != name]
        weights = fitted(others)
        least = threshold(others, weights)
        judged += [replace(cell, offered=_offered(cell, weights, least)) for cell in cells if part(cell) == name]
    return figures(judged)


def _offered(cell: LabelledCell, weights: Matrix, least: float) -> tuple[bool, ...]:
    """Return whether the clause offered with ``weights`` is correct, or nothing below the threshold ``least``."""
    top, hit = best(cell, weights)
    return (hit,) if top >= least else ()


if __name__ == "__main__":
    main()
