"""``rogatio matrix``: a gap matrix on the terminal, as JSON, for a spreadsheet or as a report."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from app.cli_wording import language, say, variety
from app.exports.csv_file import safe
from app.exports.words import EXPORT_LANGUAGES, country_name
from app.gap_matrix.matrix import NO_LAW, Cell, Matrix, matrix
from app.gap_matrix.stored_proposals import compute_proposals
from app.gap_matrix.view import titles
from app.marked_text import shortened
from indexing.access import LOCAL_USER, AccessFilter
from indexing.installation import open_installation
from indexing.search.query_fields import known_countries
from indexing.settings import settings_from
from indexing.store.reading import Store
from nlp.elements.instruments import Element, instrument

_MAX_TITLE_LENGTH = 50
COLUMNS = (
    "instrument element treaty country state verdict law_date confirmed note score pinpoint document_id start end text"
).split()


@click.command(help=say("matrix.help"))
@click.argument("instrument_id", metavar="INSTRUMENT")
@click.option("--countries", required=True, metavar="CC,CC", help=say("matrix.countries"))
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help=say("matrix.date"))
@click.option("--collection", default="public", show_default=True, help=say("matrix.collection"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
@click.option("--csv", "as_csv", is_flag=True, help=say("matrix.csv"))
@click.option("--output", "file", type=click.Path(dir_okay=False, path_type=Path), help=say("matrix.output"))
@click.option("--report-language", "chosen_language", type=click.Choice(EXPORT_LANGUAGES), help=say("export.language"))
def matrix_command(instrument_id: str, countries: str, day: str, collection: str, **shown: Any) -> None:
    model, codes = instrument(instrument_id), known_countries(countries)
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    store.collection(access, collection)
    compute_proposals(store, installation.engine, access, model, codes, day)
    _print_result(matrix(store, access, model, codes, collection, day), store, access, **shown)
    installation.close()


def _print_result(
    found: Matrix,
    store: Store,
    access: AccessFilter,
    *,
    as_json: bool,
    as_csv: bool,
    file: Path | None,
    chosen_language: str | None,
) -> None:
    if file:
        _file(found, store, access, file, chosen_language)
    elif as_json:
        result = {"instrument": found.instrument.id, "date": found.day, "rows": list(_rows(found, store, access))}
        click.echo(json.dumps(result, ensure_ascii=False))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, COLUMNS)
        writer.writeheader()
        rows = _rows(found, store, access)
        writer.writerows(
            {name: safe(value) if isinstance(value, str) else value for name, value in row.items()} for row in rows
        )
    else:
        _print(found, titles(store, access, found))


def _file(found: Matrix, store: Store, access: AccessFilter, file: Path, chosen_language: str | None) -> None:
    from app.cli_wording import language, write_file
    from app.exports.responses import exported_matrix, named_format

    kind, report_language = named_format(file.suffix.lstrip(".").lower()), chosen_language or language()
    write_file(file, kind.write(exported_matrix(found, store, access, LOCAL_USER, report_language)))
    click.echo(str(file))


def _rows(found: Matrix, store: Store, access: AccessFilter) -> Iterator[dict[str, Any]]:
    for element in found.instrument.elements:
        for cell in found.row(element):
            yield from cell_rows(element, cell, store, access)


def cell_rows(element: Element, cell: Cell, store: Store, access: AccessFilter) -> list[dict[str, Any]]:
    """Return one row per proposal of a cell, or a single one without proposals."""
    verdict = cell.verdict
    common = {
        "instrument": cell.key.instrument,
        "element": cell.key.element,
        "treaty": element.pinpoint,
        "country": cell.key.country,
        "state": cell.state,
        "verdict": verdict.verdict if verdict else "",
        "law_date": verdict.law_date if verdict else "",
        "confirmed": verdict.confirmed if verdict else None,
        "note": verdict.note if verdict else "",
    }
    rows = []
    for proposal in cell.proposals:
        text = store.reading(access, proposal.document_id).text[proposal.start : proposal.end]
        own = {name: getattr(proposal, name) for name in ("score", "pinpoint", "document_id", "start", "end")}
        rows.append(common | own | {"text": text})
    empty = {"score": None, "pinpoint": "", "document_id": "", "start": None, "end": None, "text": ""}
    return rows or [common | empty]


def _print(found: Matrix, laws: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from app.treaty_citations import element_place, treaty_cited

    treaty = treaty_cited(found.instrument.treaty, language())
    table = Table(title=f"{found.instrument.name[language()]} ({treaty})", show_lines=True)
    table.add_column(say("matrix.element"))
    for country in found.countries:
        table.add_column(country_name(country, language()))
    for element in found.instrument.elements:
        place = element_place(element, found.instrument, language())
        table.add_row(
            f"{element.description[language()]} ({place})", *(_cell(cell, laws) for cell in found.row(element))
        )
    Console().print(table)


def _cell(cell: Cell, laws: Mapping[str, str]) -> str:
    from app.labels import label_in

    if cell.verdict:
        verdict_label = label_in(variety(), "element_verdict", cell.verdict.verdict)
        return "\n".join((verdict_label, *_second_readings(cell)))
    if not cell.proposals:
        return say("matrix.no_law") if cell.state == NO_LAW else say("matrix.nothing")
    named = ((shortened(laws.get(one.document_id, ""), _MAX_TITLE_LENGTH), one) for one in cell.proposals)
    return "\n".join(f"{law}, {proposal.pinpoint} ({proposal.score:.2f})" for law, proposal in named)


def _second_readings(cell: Cell) -> Iterator[str]:
    """Return the second readings of a verdict in words, and whether it should be reviewed."""
    if cell.verdict and cell.verdict.confirmed is not None:
        yield say("matrix.confirmed" if cell.verdict.confirmed else "matrix.disagreement")
    if cell.stale:
        yield say("matrix.read_again")
