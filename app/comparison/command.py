"""``rogatio compare`` and ``rogatio side``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from app.cli_wording import language, say, variety
from app.comparison.comparing import compare
from app.comparison.side_by_side import ClauseText, SideBySide, side_by_side
from app.comparison.table import STRUCTURE, Cell, Comparison, ComparisonRequest, Provision, Row, encoded
from app.exports.footnotes import version_words
from app.exports.words import country_name
from app.i18n import written_date
from app.rooms.rooms import open_room
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.search.query_fields import known_countries
from indexing.settings import settings_from
from nlp.concepts.layer import concepts

if TYPE_CHECKING:
    from rich.table import Table

MIN_COLUMN = 24  # characters of a terminal for a column of the table


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
    request = ComparisonRequest(
        concept=concept or (words if words in concepts() else ""),
        treaty=treaty,
        query="" if words in concepts() else words,
        citations=citations,
        jurisdictions=known_countries(countries),
        date=date,
        language=language(),
        most=most,
    )
    installation = open_installation(settings_from())
    made = compare(installation, request)
    if room:
        click.echo(open_room(installation.store, LOCAL_USER, room, request).id)
    elif as_json:
        click.echo(encoded(made))
    else:
        _print_result(made)


def _print_result(made: Comparison) -> None:
    from rich.console import Console
    from rich.padding import Padding

    console = Console(markup=False)
    if any(column.provisions for column in made.columns):
        if made.by_meaning_alone:
            console.print(say("compare.by_meaning"))
        elif made.by_words_alone:
            console.print(say("compare.by_words"))
        if console.width < MIN_COLUMN * (1 + len(made.columns)):
            console.print(say("compare.title", date=written_date(made.date, language())))
            for text, level in _list(made):
                console.print(Padding(text, (0, 0, 0, 2 * level)))
        else:
            console.print(_table(made))
        for line in (*_laws(made), *_nearest(made), *_other_days(made)):
            console.print(line)
    else:
        console.print(say("compare.nothing"))
    if made.unused_words:
        console.print(say("compare.unused_words", words=", ".join(made.unused_words)))
    if made.without:
        countries = ", ".join(country_name(column.jurisdiction, language()) for column in made.without)
        console.print(say("compare.without", countries=countries))


def _list(made: Comparison) -> Iterator[tuple[str, int]]:
    """Yield lines and their levels, country by country, for a terminal with no room for the table."""
    for place, column in enumerate(made.columns):
        units = ", ".join(provision.unit for provision in column.provisions) or say("compare.none")
        yield f"\n{country_name(column.jurisdiction, language())}: {units}", 0
        for row in _shown_rows(made):
            if text := _cell(row.cells[place]):
                yield _name(row), 1
                yield text, 2


def _shown_rows(made: Comparison) -> Iterator[Row]:
    return (row for row in made.rows if row.source != STRUCTURE or row.element != "other")


def _table(made: Comparison) -> Table:
    from rich.table import Table

    title = say("compare.title", date=written_date(made.date, language()))
    table = Table(say("compare.element"), title=title, show_lines=True)
    for column in made.columns:
        units = ", ".join(provision.unit for provision in column.provisions) or say("compare.none")
        table.add_column("\n".join(filter(None, (country_name(column.jurisdiction, language()), units))))
    for row in _shown_rows(made):
        table.add_row(_name(row), *(_cell(cell) for cell in row.cells))
    return table


def _laws(made: Comparison) -> Iterator[str]:
    """Print the laws of each country's provisions, with the period of validity of the text or its day."""
    from app.comparison.export import place_of  # with the formats of documents, which other commands do not need

    for column in made.columns:
        units: dict[tuple[str, str], list[str]] = {}
        for provision in column.provisions:
            version = version_words(place_of(provision), language())
            units.setdefault((provision.title, version), []).append(provision.unit)
        for (title, version), own in units.items():
            days = f" ({version})" if version else ""
            yield f"{country_name(column.jurisdiction, language())}: {title}, {', '.join(own)}{days}"


def _nearest(made: Comparison) -> Iterator[str]:
    """Print the nearest provisions of each country without a compared one."""
    for column in made.columns:
        if not column.found and column.offered:
            units = ", ".join(f"{provision.unit} ({provision.title})" for provision in column.offered)
            yield say("compare.nearest", country=country_name(column.jurisdiction, language()), units=units)


def _other_days(made: Comparison) -> Iterator[str]:
    """Print the laws of each country excluded by the date."""
    for column in (*made.columns, *made.without):
        for text_of_another_day in column.other_days:
            country, day = (
                country_name(column.jurisdiction, language()),
                written_date(text_of_another_day.day, language()),
            )
            yield say("compare.other_day", country=country, title=text_of_another_day.title, day=day)


def _name(row: Row) -> str:
    from app.labels import label_in

    return dict(row.wording).get(language(), "") or label_in(variety(), "element", row.element)


def _cell(cell: Cell) -> str:
    lines = [f"{quotation.pinpoint}: {' '.join(quotation.text.split())}" for quotation in cell.quotations]
    if cell.further:
        units = ", ".join(quotation.pinpoint for quotation in cell.further)
        lines.append(say("compare.further", units=units))
    return "\n".join(lines)


@click.command(help=say("side.help"))
@click.argument("left")
@click.argument("right")
@click.option("--date", default="", metavar="2024-01-01", help=say("compare.date"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def side_command(left: str, right: str, date: str, as_json: bool) -> None:
    installation = open_installation(settings_from())
    made = side_by_side(installation, _id(installation, left, date), _id(installation, right, date), date)
    if as_json:
        click.echo(msgspec.json.encode(made))
    else:
        _print_side(made)


def _id(installation: Installation, provision_id: str, date: str) -> str:
    """Return the id of a provision given by id or citation; raises ``indexing.no_such_provision``."""
    if " " not in provision_id:
        return provision_id
    made = compare(installation, ComparisonRequest(citations=(provision_id,), date=date, language=language()))
    cited = next((provision for column in made.columns for provision in column.provisions if provision.named), None)
    if cited is None:
        raise RogatioError("indexing.no_such_provision", provision=provision_id[:80])
    return cited.id


def _print_side(made: SideBySide) -> None:
    from rich.console import Console
    from rich.table import Table

    from app.comparison.row_labels import trait_name

    table = Table(_place(made.left), _place(made.right), say("side.shared"), show_lines=True)
    for pair in made.pairs:
        shared = "\n".join(trait_name(name, language()) for name in pair.shared)
        table.add_row(_clauses(pair.left), _clauses(pair.right), shared)
    Console(markup=False).print(table)


def _place(provision: Provision) -> str:
    return f"{provision.jurisdiction} {provision.unit}\n{provision.title}"


def _clauses(clauses: Sequence[ClauseText]) -> str:
    return "\n".join(f"{clause_text.pinpoint}: {' '.join(clause_text.text.split())}" for clause_text in clauses)
