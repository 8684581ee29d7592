"""``rogatio request-deadlines``: the running deadlines, as lines, JSON or a calendar file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from app.cli_wording import language, say, say_count, write_file
from app.requests.deadlines.api import FURTHEST, radar_json
from app.requests.deadlines.calendar import deadline_calendar
from app.requests.deadlines.radar import AHEAD, OVERDUE, RadarFilter, radar
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-deadlines.help"))
@click.option("--requesting", default="", metavar="CC", help=say("request-deadlines.requesting"))
@click.option("--requested", default="", metavar="CC", help=say("request-deadlines.requested"))
@click.option(
    "--ahead", type=click.IntRange(0, FURTHEST), default=AHEAD, show_default=True, help=say("request-deadlines.ahead")
)
@click.option(
    "--overdue",
    type=click.IntRange(0, FURTHEST),
    default=OVERDUE,
    show_default=True,
    help=say("request-deadlines.overdue"),
)
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help=say("request-deadlines.ics"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_deadlines_command(
    requesting: str, requested: str, ahead: int, overdue: int, ics: Path | None, as_json: bool
) -> None:
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    asked = RadarFilter(requesting.upper(), requested.upper(), ahead, overdue=overdue)
    found = radar(store, access, asked, date.today())
    lines = found.lines
    if ics:
        write_file(ics, deadline_calendar(lines, language(), date.today()))
    rows = radar_json(store, access, lines, language())
    if as_json:
        click.echo(json.dumps({"overdue_longer": found.older, "deadlines": rows}, ensure_ascii=False))
    else:
        for row, line in zip(rows, lines, strict=True):
            marks = {"request-deadlines.is_overdue": row["overdue"], "request-deadlines.lacks": row["lacks_follow_up"]}
            shown = "".join(f"  [{say(mark)}]" for mark, holds in marks.items() if holds)
            click.echo(f"{row['day']}  {line.pair}  {row['own_reference']}  {row['text']}  ({row['source']}){shown}")
        if not rows:
            click.echo(say("request-deadlines.nothing"))
        if found.older:
            click.echo(say_count("request-deadlines.overdue_longer", found.older))
    installation.close()
