"""``rogatio doctor``: installed and missing components, and how to install them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.text import Text

from app.cli_wording import say
from app.operations.doctor import Finding, State, examine
from indexing.settings import settings_from

MARKS = {State.OK: ("✓", "green"), State.OPTIONAL: ("–", "yellow"), State.MISSING: ("✗", "red")}


@click.command(help=say("doctor.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def doctor_command(as_json: bool) -> None:
    findings = list(examine(settings_from()))
    if as_json:
        rows = [
            asdict(finding) | {"get": _remedy(finding) if finding.state is not State.OK else ""} for finding in findings
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        console = Console(soft_wrap=True)
        for finding in findings:
            mark, style = MARKS[finding.state]
            console.print(Text.assemble((f"{mark} ", style), f"{_name(finding.name)}  ", (finding.found, "dim")))
            if finding.state is not State.OK:
                console.print(Text(f"    {_remedy(finding)}"))
    sys.exit(1 if any(finding.state is State.MISSING for finding in findings) else 0)


def _name(name: str) -> str:
    check, _, pack = name.partition(".")
    return say(f"doctor.{check}") + (f" · {pack}" if pack else "")


def _remedy(finding: Finding) -> str:
    check, _, pack = finding.name.partition(".")
    if finding.reason:
        return say(f"doctor.{check}.get.{finding.reason}")
    return say(f"doctor.{check}.pack", pack=pack) if pack else say(f"doctor.{check}.get")
