"""``rogatio compare``: what several countries' laws say of one thing, for a person or a program."""

from __future__ import annotations

import click

from app.commands.wording import language, say
from indexing.access import LOCAL_USER
from indexing.comparison.table import STRUCTURE, Cell, Comparison, ComparisonRequest, Row, encoded
from indexing.library import open_library
from indexing.rooms.rooms import open_room
from indexing.search.query_fields import known_value
from indexing.settings import settings_from
from nlp.concepts.layer import concepts


@click.command(help=say("compare.help"))
@click.argument("words", required=False, default="")
@click.option("--concept", default="", metavar="ID", help=say("compare.concept"))
@click.option("--treaty", default="", metavar="ARTICLE", help=say("compare.treaty"))
@click.option("--cite", "citations", multiple=True, metavar="CITATION", help=say("compare.cite"))
@click.option("--countries", default="", metavar="ES,FR", help=say("compare.countries"))
@click.option("--date", default="", metavar="2024-01-01", help=say("compare.date"))
@click.option("--most", type=click.IntRange(1, 20), default=3, show_default=True, help=say("compare.most"))
@click.option("--room", default="", metavar="NAME", help=say("compare.room"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def compare_command(
    words: str,
    concept: str,
    treaty: str,
    citations: tuple[str, ...],
    countries: str,
    date: str,
    most: int,
    room: str,
    as_json: bool,
) -> None:
    asked = ComparisonRequest(
        concept=concept or (words if words in concepts() else ""),
        treaty=treaty,
        query="" if words in concepts() else words,
        citations=citations,
        jurisdictions=tuple(known_value("jurisdiction", one) for one in countries.split(",") if one.strip()),
        date=date,
        language=language(),
        most=most,
    )
    library = open_library(settings_from())
    made = library.compare(asked)
    if room:
        click.echo(open_room(library.store, LOCAL_USER, room, asked).id)
    elif as_json:
        click.echo(encoded(made))
    else:
        _tell(made)


def _tell(made: Comparison) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(say("compare.element"), title=say("compare.title", date=made.date), show_lines=True)
    for column in made.columns:
        units = ", ".join(one.unit for one in column.provisions)
        table.add_column(f"{column.jurisdiction}\n{units}" if units else column.jurisdiction)
    for row in made.rows:
        if row.source == STRUCTURE and row.element == "other":
            continue
        table.add_row(_name(row), *(_cell(cell) for cell in row.cells))
    console = Console(markup=False)
    console.print(table)
    if made.without:
        console.print(say("compare.without", countries=", ".join(one.jurisdiction for one in made.without)))


def _name(row: Row) -> str:
    from app.labels import label_in

    return dict(row.wording).get(language(), "") or label_in(language(), "element", row.element)


def _cell(cell: Cell) -> str:
    return "\n".join(f"{one.pinpoint}: {' '.join(one.text.split())}" for one in cell.quotations)
