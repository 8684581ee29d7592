"""``rogatio side``: two provisions clause by clause, for a person or a program."""

from __future__ import annotations

from collections.abc import Sequence

import click
import msgspec

from app.commands.wording import language, say
from extraction.errors import RogatioError
from indexing.comparison.side_by_side import ClauseText, SideBySide
from indexing.comparison.table import ComparisonRequest, Provision
from indexing.library import Library, open_library
from indexing.settings import settings_from


@click.command(help=say("side.help"))
@click.argument("left")
@click.argument("right")
@click.option("--date", default="", metavar="2024-01-01", help=say("compare.date"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def side_command(left: str, right: str, date: str, as_json: bool) -> None:
    library = open_library(settings_from())
    made = library.side_by_side(_id(library, left, date), _id(library, right, date), date)
    if as_json:
        click.echo(msgspec.json.encode(made))
    else:
        _tell(made)


def _id(library: Library, wanted: str, date: str) -> str:
    """Return the id of a provision that is named by it or cited; raises ``indexing.no_such_provision``."""
    if " " not in wanted:
        return wanted
    made = library.compare(ComparisonRequest(citations=(wanted,), date=date, language=language()))
    cited = next((one for column in made.columns for one in column.provisions if one.named), None)
    if cited is None:
        raise RogatioError("indexing.no_such_provision", provision=wanted[:80])
    return cited.id


def _tell(made: SideBySide) -> None:
    from rich.console import Console
    from rich.table import Table

    from app.row_names import trait_name

    table = Table(_place(made.left), _place(made.right), say("side.shared"), show_lines=True)
    for pair in made.pairs:
        shared = "\n".join(trait_name(name, language()) for name in pair.shared)
        table.add_row(_clauses(pair.left), _clauses(pair.right), shared)
    Console(markup=False).print(table)


def _place(provision: Provision) -> str:
    return f"{provision.jurisdiction} {provision.unit}\n{provision.title}"


def _clauses(clauses: Sequence[ClauseText]) -> str:
    return "\n".join(f"{one.pinpoint}: {' '.join(one.text.split())}" for one in clauses)
