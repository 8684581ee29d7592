"""Speed of exports of a comparison: six countries by twelve elements, with four quotations in a cell.

``python -m benchmarks.exports``. The table is generated from words of criminal law with a fixed seed; each country is
quoted from one law. Times are processor seconds, the minimum of three; the first PDF of a process also loads its fonts.
``apart`` is the PDF with a note for every quotation, instead of one for those of one law in a cell.
"""

from __future__ import annotations

import datetime
import json
import platform
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pypdfium2

from app.comparison.export import Setting, comparison_report
from app.comparison.table import Cell, Column, Comparison, ComparisonRequest, Quotation, Row
from app.documents.cited_sources import CitedSource
from app.exports.report import Report, TableCell
from app.exports.responses import FORMATS

RESULTS = Path(__file__).parent / "results" / "exports.json"
COUNTRIES = ("ES", "PT", "FR", "IE", "BR", "PE")
ELEMENTS, QUOTATIONS, WORDS = 12, 4, 30
ROUNDS = 3
VOCABULARY = (
    "el que adquiera posea utilice convierta o transmita bienes sabiendo que tienen su origen en una actividad "
    "delictiva cometida por él o por cualquiera tercera persona será castigado con la pena de prisión de seis meses a "
    "seis años y multa del tanto al triplo del valor de los bienes"
).split()


def main() -> None:
    report = generated_report()
    seconds = {name: fastest(partial(known.write, report)) for name, known in FORMATS.items()}
    pdf = FORMATS["pdf"].write
    measured = {
        "python": platform.python_version(),
        "countries": len(COUNTRIES),
        "elements": ELEMENTS,
        "quotations": len(COUNTRIES) * ELEMENTS * QUOTATIONS,
        "pages": len(pypdfium2.PdfDocument(pdf(report))),
        "processor_seconds": seconds,
        "apart": fastest(lambda: pdf(apart(report))),
    }
    RESULTS.write_text(json.dumps(measured, indent=2) + "\n")
    print(json.dumps(measured, indent=2))


def fastest(act: Callable[[], object]) -> float:
    """Return the minimum processor time in seconds of ``ROUNDS`` rounds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        act()
        spent.append(time.process_time() - started)
    return round(min(spent), 2)


def generated_report() -> Report:
    """Return the generated report; the country code is the id of its document."""
    words = random.Random(5)
    rows = tuple(
        Row(f"element {at}", "made up", tuple(Cell(quotations(country, at, words)) for country in COUNTRIES))
        for at in range(ELEMENTS)
    )
    columns = tuple(Column(country) for country in COUNTRIES)
    comparison = Comparison(ComparisonRequest(query="blanqueo"), "2031-01-01", columns, rows, "made up")
    return comparison_report(comparison, {country: source(country) for country in COUNTRIES}, "es", setting())


def quotations(country: str, element: int, words: random.Random) -> tuple[Quotation, ...]:
    texts = (" ".join(words.choices(VOCABULARY, k=WORDS)) for _ in range(QUOTATIONS))
    return tuple(
        Quotation(country, country, f"art. {element} ({at})", "es", 1, 0, 1, text, "2030-01-01", "", "yes", 0.9)
        for at, text in enumerate(texts, start=1)
    )


def source(country: str) -> CitedSource:
    return CitedSource(
        document_id=country,
        title=f"Ley integral contra el lavado de activos y el financiamiento del terrorismo ({country})",
        number="",
        canonical="",
        jurisdiction=country,
        language="es",
        document_type="statute",
        date="",
        address=f"https://example.org/{country}",
        file=f"{country}.md",
        sha256="0" * 64,
        pages=1,
        retrieved="2031-01-01",
        collection="public",
    )


def setting() -> Setting:
    return Setting("benchmark", datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC))


def apart(report: Report) -> Report:
    """Return the report with a separate note after every quotation."""
    numbers = count(1)

    def noted(cell: TableCell) -> TableCell:
        paragraphs = (
            replace(paragraph, notes=tuple(replace(note, number=next(numbers)) for note in paragraph.notes))
            for paragraph in cell.paragraphs
        )
        return TableCell(tuple(paragraphs))

    return replace(report, rows=tuple(replace(row, cells=tuple(map(noted, row.cells))) for row in report.rows))


if __name__ == "__main__":
    main()
