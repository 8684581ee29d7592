"""Structure of tables on the ICDAR 2013 table competition's documents (EU and US, 67 files).

Adjacency relations (Göbel, Hassan, Oro and Orsi 2012, "A methodology for evaluating algorithms for table understanding
in PDF documents"): each filled cell with the next filled one to its right and below it. Precision and recall are means
over the documents; contents are compared without spaces and punctuation. The whole page is read, so that a table that
is not found, or found where none is, counts. Plain pdfplumber is measured in the same run.

    python -m benchmarks.table_structure FOLDER [NAME ...]
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pdfplumber

from extraction.pdf.pdf import read_pdf

_IGNORED = re.compile(r"[\W_]+")

Place = tuple[int, int, int, int]  # first row, first column, last row, last column
Relation = tuple[str, str, str]


def relations(cells: Iterable[tuple[Place, str]]) -> Counter[Relation]:
    """Return the adjacency relations of one table."""
    at: dict[tuple[int, int], int] = {}
    texts: list[str] = []
    for (row, column, last_row, last_column), text in cells:
        content = _IGNORED.sub("", text.lower())
        if content:
            spots = ((r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1))
            at.update(dict.fromkeys(spots, len(texts)))
            texts.append(content)
    found = set()
    for line, direction in ((0, "right"), (1, "below")):
        lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for spot, number in at.items():
            lines[spot[line]].append((spot[1 - line], number))
        for spots_of_line in lines.values():
            numbers = [number for _, number in sorted(spots_of_line)]
            found |= {(a, b, direction) for a, b in pairwise(numbers) if a != b}
    return Counter((texts[a], texts[b], direction) for a, b, direction in found)


def true_relations(path: Path) -> Counter[Relation]:
    found: Counter[Relation] = Counter()
    for region in ElementTree.parse(path).iter("region"):
        found += relations(_true_cells(region))
    return found


def _true_cells(region: ElementTree.Element) -> Iterator[tuple[Place, str]]:
    for cell in region.iter("cell"):
        row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
        place = row, column, int(cell.get("end-row", row)), int(cell.get("end-col", column))
        yield place, cell.findtext("content") or ""


def own_relations(path: Path) -> Counter[Relation]:
    document = read_pdf(path)
    found: Counter[Relation] = Counter()
    for table in document.tables:
        found += relations(
            (
                (cell.row, cell.column, cell.row + cell.row_span - 1, cell.column + cell.column_span - 1),
                document.text[cell.start : cell.end],
            )
            for cell in table.cells
        )
    return found


def plumbed_relations(path: Path) -> Counter[Relation]:
    found: Counter[Relation] = Counter()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for rows in page.extract_tables():
                found += relations(
                    ((r, c, r, c), text or "") for r, row in enumerate(rows) for c, text in enumerate(row)
                )
    return found


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for path in sorted(folder.rglob("*.pdf")):
        truth_file = path.with_name(f"{path.stem}-str.xml")
        if not truth_file.exists() or (names and path.stem not in names):
            continue
        truth = true_relations(truth_file)
        row = [path.stem, str(truth.total())]
        for name, reader in (("own", own_relations), ("pdfplumber", plumbed_relations)):
            found = reader(path)
            right = (found & truth).total()
            figures[name].append((right / found.total() if found else np.nan, right / max(1, truth.total())))
            row.append(f"{name} {figures[name][-1][0]:.2f} {figures[name][-1][1]:.2f}")
        print("  ".join(row), flush=True)
    for name, rows in figures.items():
        precision, recall = np.nanmean(np.array(rows), axis=0)
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f} over {len(rows)} documents")


if __name__ == "__main__":
    main()
