"""``rogatio treaty-path``: the instruments by which one State can request a measure from another."""

from __future__ import annotations

import json
from pathlib import Path as FilePath

import click

from app.cli_usage import WrongUsage
from app.cli_wording import say, variety
from app.json_lines import Row, answer_lines, text_of
from app.requests.treaty_request import read_treaty_request
from app.requests.treaty_rows import (
    cited_articles,
    offence_notices,
    path_answer,
    points_to_check,
    short_name,
    treaty_wording,
)
from nlp.treaties.path import Path, treaty_paths

FIELDS = ("from", "to", "date", "measure", "offence")


@click.command(help=say("treaty-path.help"))
@click.argument("requesting", metavar="FROM", required=False, default="")
@click.argument("requested", metavar="TO", required=False, default="")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help=say("treaty-path.date"))
@click.option("--measure", default="", help=say("treaty-path.measure"))
@click.option("--offence", default="", help=say("treaty-path.offence"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
@click.option("--jsonl", is_flag=True, help=say("treaty-path.jsonl"))
def treaty_path_command(
    requesting: str, requested: str, day: str, measure: str, offence: str, as_json: bool, jsonl: bool
) -> None:
    if jsonl:
        answer_lines(tuple(map(FilePath, filter(None, (requesting, requested)))), _answer, FIELDS)
        return
    for name, value in (("FROM", requesting), ("TO", requested), ("--measure", measure)):
        if not value:
            raise WrongUsage("app.argument_missing", name=name)
    request = read_treaty_request(requesting, requested, day, measure, offence)
    if as_json:
        click.echo(json.dumps(path_answer(request, variety()), ensure_ascii=False))
        return
    for notice in offence_notices(request, variety()):
        click.echo(notice)
    paths = treaty_paths(request)
    for path in paths:
        if path.is_recorded:
            click.echo(_lines(path))
    if others := [short_name(path.instrument, variety()) for path in paths if not path.is_recorded]:
        click.echo(say("treaty-path.not_recorded", number=len(others), names="; ".join(others)))
    if not paths:
        click.echo(say("treaty-path.nothing"))


def _answer(row: Row) -> Row:
    request = read_treaty_request(*(text_of(row, key) for key in FIELDS))
    return path_answer(request, variety())


def _lines(path: Path) -> str:
    """Return a path in words, and below it what is to be checked before it is relied on."""
    return "\n".join((_line(path), *(f"    {point}" for point in points_to_check(path, variety()))))


def _line(path: Path) -> str:
    certainty = treaty_wording("certainty", path.certainty, variety())
    verification = treaty_wording("verification", path.verification, variety())
    articles = cited_articles(path.articles, variety())
    name = ", ".join(filter(None, (short_name(path.instrument, variety()), articles)))
    return f"{certainty:<28}{name}  [{verification}]"
