"""``rogatio matrix``: a gap matrix for a person, a program or a spreadsheet."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

import click

from app.wording import language, say
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.library import open_library
from indexing.matrix import Cell, Matrix, look, matrix
from indexing.settings import settings_from
from nlp.elements import instrument

COLUMNS = "instrument element country state verdict confirmed note score pinpoint document_id start end text".split()


@click.command(help=say("matrix.help"))
@click.argument("instrument_id", metavar="INSTRUMENT")
@click.option("--countries", required=True, metavar="CC,CC", help=say("matrix.countries"))
@click.option("--collection", default="public", show_default=True, help=say("matrix.collection"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
@click.option("--csv", "as_csv", is_flag=True, help=say("matrix.csv"))
def matrix_command(instrument_id: str, countries: str, collection: str, as_json: bool, as_csv: bool) -> None:
    library = open_library(settings_from())
    store, access = library.store, library.store.access(LOCAL_USER)
    model, wanted = instrument(instrument_id), [code.strip().upper() for code in countries.split(",") if code.strip()]
    store.collection(access, collection)
    if any(len(code) != 2 or not code.isalpha() for code in wanted):
        raise RogatioError("app.bad_parameter", name="countries")
    look(store, library.engine, access, model, wanted)
    found = matrix(store, access, model, wanted, collection)
    rows = [row for element in model.elements for cell in found.row(element) for row in cell_rows(cell, store, access)]
    if as_json:
        click.echo(json.dumps({"instrument": model.id, "rows": rows}, ensure_ascii=False))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    else:
        _tell(found)
    library.close()


def cell_rows(cell: Cell, store: Any, access: Any) -> list[dict[str, Any]]:
    """Return one row a proposal of a cell, or one alone where nothing was found."""
    verdict = cell.verdict
    common = {
        "instrument": cell.key.instrument,
        "element": cell.key.element,
        "country": cell.key.country,
        "state": cell.state,
        "verdict": verdict.verdict if verdict else "",
        "confirmed": verdict.confirmed if verdict else None,
        "note": verdict.note if verdict else "",
    }
    rows = []
    for one in cell.proposals:
        text = store.reading(access, one.document_id).text[one.start : one.end]
        own = {name: getattr(one, name) for name in ("score", "pinpoint", "document_id", "start", "end")}
        rows.append(common | own | {"text": text})
    empty = {"score": None, "pinpoint": "", "document_id": "", "start": None, "end": None, "text": ""}
    return rows or [common | empty]


def _tell(found: Matrix) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=found.instrument.name[language()])
    table.add_column(say("matrix.element"))
    for country in found.countries:
        table.add_column(country)
    for element in found.instrument.elements:
        table.add_row(element.description[language()], *(_cell(cell) for cell in found.row(element)))
    Console().print(table)


def _cell(cell: Cell) -> str:
    if cell.verdict:
        return cell.verdict.verdict.replace("_", " ")
    if not cell.proposals:
        return say("matrix.no_law") if cell.state == "no_law" else say("matrix.nothing")
    return "\n".join(f"{one.pinpoint} ({one.score:.2f})" for one in cell.proposals)
