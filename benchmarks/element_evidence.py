"""Evidence of elements: is the right clause among the first three proposals, and "nothing found" right?

``python benchmarks/element_evidence.py [--home FOLDER] [--misses]`` looks through the reference statutes of six
countries for the elements of ``tests/gold/element_evidence*.yaml``, whose right clauses were labelled by hand. With
``--home`` in an installation that holds them, else in the one that benchmarks/retrieval.py makes. ``--fit`` prints
weights fitted on all cells but those of ``element_evidence_measures.yaml``, which show how it does on instruments that
no weight has seen, and the figures of weights and threshold fitted without the country they are measured on.

A clause is right where it is of a listed article and holds the listed words. Figures are hits/n; cells that two readers
could judge differently are left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from indexing.access import LOCAL_USER
from indexing.library import Library, open_library
from indexing.matrix.clause_signs import SIGNS, ClauseSigns, ReadClause, read_clauses
from indexing.matrix.element_evidence import Judged, best_clauses, first
from indexing.matrix.element_search import NationalLaw
from indexing.settings import Settings
from nlp.elements.instruments import instrument
from nlp.folding import fold

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "element_evidence.yaml"
UNSEEN = GOLD.with_name("element_evidence_unseen.yaml")
NEVER_FITTED = GOLD.with_name("element_evidence_measures.yaml")
RESULTS = Path(__file__).parent / "results" / "element_evidence.json"
_RIDGE = 4.0
_CELL = 10.0  # the weight of all right clauses of a cell, and of all wrong ones
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Right:
    """Where a right clause stands: any of ``sources`` (files), the number of its article, words that it holds."""

    sources: frozenset[str]
    article: str
    words: str

    def is_met(self, source: str, unit: str, text: str) -> bool:
        return source in self.sources and _number(unit) == self.article and self.words in _flat(text)


@dataclass(frozen=True, slots=True)
class Looked:
    """A labelled cell with what was offered; ``signs`` and ``is_right`` are of all its clauses."""

    instrument: str
    element: str
    country: str
    right: tuple[Right, ...]
    offered: tuple[bool, ...]
    signs: Matrix
    is_right: npt.NDArray[np.bool_]
    read: Sequence[ReadClause]

    @property
    def hit(self) -> bool:
        return any(self.offered) if self.right else not self.offered


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--gold", type=Path, nargs="+", default=[GOLD, UNSEEN, NEVER_FITTED])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    library = _library(asked.home)
    labelled = {path.stem: list(looked(library, yaml.safe_load(path.read_text("utf-8")))) for path in asked.gold}
    library.close()
    for name, cells in labelled.items():
        tell(name, cells, asked.misses)
    kept = {name: figures(cells) for name, cells in labelled.items()}
    if asked.fit:
        fitted_on = [cell for name, own in labelled.items() if name != NEVER_FITTED.stem for cell in own]
        kept["fitted without the measured country"] = fit_and_tell(fitted_on)
    if asked.gold == [GOLD, UNSEEN, NEVER_FITTED]:
        RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _library(home: Path | None) -> Library:
    if home:
        return open_library(Settings(home=home))
    from retrieval import CACHE, indexed

    library: Library = indexed(Settings(home=CACHE / "home"), again=False)
    return library


def looked(library: Library, gold: Mapping[str, Any]) -> Iterator[Looked]:
    access = library.store.access(LOCAL_USER)
    public = library.store.collection(access, "public")
    sources = {one.id: one.source for one in library.store.every_document(access)}
    for name, elements in gold["cells"].items():
        for country in gold["laws"]:
            law = NationalLaw(library.store, library.engine, access, public, country)
            for language in law.languages[:1]:
                for together, candidates in law.candidates(instrument(name), language):
                    read = [clause for one in candidates for clause in read_clauses(one)]
                    signs = ClauseSigns(read, language)
                    for element in together:
                        label = elements.get(element.id, {}).get(country, "open")
                        if label != "open":
                            right = tuple(_rights(gold["laws"][country], label))
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
    signs: ClauseSigns,
    best: Sequence[Judged],
    rows: Matrix,
) -> Looked:
    def is_right(read: ReadClause) -> bool:
        source = sources[read.candidate.document_id]
        return any(one.is_met(source, read.candidate.unit, read.text) for one in right)

    return Looked(
        name,
        element,
        country,
        right,
        tuple(is_right(one.read) for one in best),
        rows,
        np.array([is_right(one) for one in signs.read], bool),
        signs.read,
    )


def _rights(laws: Mapping[str, Sequence[str]], listed: Sequence[str]) -> Iterator[Right]:
    for one in listed:
        place, _, words = one.partition(" |")
        law, _, article = place.strip().partition(" ")
        yield Right(frozenset(laws[law]), article.lower(), _flat(words))


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _number(label: str) -> str:
    """Return the number of an article's label: ``art. 400 bis`` is ``400 bis``."""
    latin = r"bis|ter|qu[aá]ter|quinquies"
    found = re.search(rf"\d+[\w-]*(?: (?:{latin})\b(?: \d+)?)?", label.lower().replace("º", "").replace("°", ""))
    return found[0] if found else label


def figures(cells: Sequence[Looked]) -> dict[str, dict[str, str]]:
    names = [*dict.fromkeys(cell.instrument for cell in cells), "all"]
    out: dict[str, dict[str, str]] = {}
    for name in names:
        own = [cell for cell in cells if name in (cell.instrument, "all")]
        have, none = [cell for cell in own if cell.right], [cell for cell in own if not cell.right]
        out[name] = {
            "right in first three": f"{sum(cell.hit for cell in have)}/{len(have)}",
            "nothing found": f"{sum(cell.hit for cell in none)}/{len(none)}",
        }
    return out


def tell(title: str, cells: Sequence[Looked], misses: bool = False) -> None:
    print(f"\n{title:<26}{'right in first three':>24}{'nothing found':>20}")
    for name, row in figures(cells).items():
        print(f"{name:<26}{_share(row['right in first three']):>24}{_share(row['nothing found']):>20}")
    for cell in cells if misses else ():
        if not cell.hit:
            kind = "offered something" if not cell.right else "not offered" if not cell.offered else "others offered"
            found = "" if not cell.right or cell.is_right.any() else " (right clause is not among the candidates)"
            print(f"  {cell.instrument} {cell.element} {cell.country}: {kind}{found}")


def _share(hits: str) -> str:
    part, whole = map(int, hits.split("/"))
    return f"{part / whole:.2f}  {hits}" if whole else "-"


def fit_and_tell(cells: Sequence[Looked]) -> dict[str, dict[str, str]]:
    """Return and print the figures of weights fitted on the other countries, then print the weights fitted on all."""
    hits: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for country in dict.fromkeys(cell.country for cell in cells):
        others = [cell for cell in cells if cell.country != country]
        weights = fitted(others)
        least = threshold(others, weights)
        for cell in (one for one in cells if one.country == country):
            for name in (cell.instrument, "all"):
                counted = hits[name, bool(cell.right)]
                counted[0] += _is_hit(cell, weights, least)
                counted[1] += 1
    told = {
        name: {
            kind: "/".join(map(str, hits[name, right]))
            for kind, right in (("right in first three", True), ("nothing found", False))
        }
        for name in (*dict.fromkeys(cell.instrument for cell in cells), "all")
    }
    print("\nweights and threshold fitted without the country that is measured:")
    for name, row in told.items():
        print(f"{name:<26}{_share(row['right in first three']):>24}{_share(row['nothing found']):>20}")
    weights = fitted(cells)
    print(f"\nbase: {weights[-1]:.2f}\nleast: {threshold(cells, weights):.2f}\nsigns:")
    for name, weight in zip(SIGNS, weights, strict=False):
        print(f"  {name}: {weight:.2f}")
    return told


def fitted(cells: Sequence[Looked]) -> Matrix:
    """Return a logistic regression's weights, the constant last; Newton's method with a ridge."""
    rows = np.concatenate([np.c_[cell.signs, np.ones(len(cell.signs))] for cell in cells])
    right = np.concatenate([cell.is_right for cell in cells]).astype(float)
    counts = np.concatenate([_counted(cell.is_right) for cell in cells])
    ridge = _RIDGE * np.append(np.ones(rows.shape[1] - 1), 0.0)
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (likely - right)) + ridge * weights
        curve = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _counted(is_right: npt.NDArray[np.bool_]) -> Matrix:
    """Return the weight of each clause of a cell: its right and its wrong ones count the same together."""
    counts = np.ones(len(is_right))
    for kind in (is_right, ~is_right):
        counts[kind] = _CELL / max(1, kind.sum())
    return counts


def threshold(cells: Sequence[Looked], weights: Matrix) -> float:
    """Return the middle of the thresholds at which the worse of the two figures is best."""
    ranked = [(cell, *_best(cell, weights)) for cell in cells]
    tops = sorted({top for _, top, _ in ranked})
    have = [(top, hit) for cell, top, hit in ranked if cell.right]
    none = [top for cell, top, _ in ranked if not cell.right]

    def worse(least: float) -> float:
        offered = sum(hit for top, hit in have if top >= least) / max(1, len(have))
        return min(offered, sum(top < least for top in none) / max(1, len(none)))

    rates = [worse(top) for top in tops]
    best = [top for top, rate in zip(tops, rates, strict=True) if rate >= max(rates) - 0.015]
    return (best[0] + best[-1]) / 2


def _is_hit(cell: Looked, weights: Matrix, least: float) -> bool:
    top, hit = _best(cell, weights)
    return hit and top >= least if cell.right else top < least


def _best(cell: Looked, weights: Matrix) -> tuple[float, bool]:
    """Return the sum of the best clause, and whether one of those that would be offered is right."""
    totals = _totals(cell, weights)
    return float(totals.max()), any(cell.is_right[place] for place in first(cell.read, totals))


def _totals(cell: Looked, weights: Matrix) -> Matrix:
    totals: Matrix = cell.signs @ weights[:-1] + weights[-1]
    return totals


if __name__ == "__main__":
    main()
