"""``rogatio verify``: consistency of originals, derived files, records and index, and repair of derivable data."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import Progress

from app.cli_wording import say
from indexing.ingest.verification import Problem, VerificationReport, verify
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("verify.help"))
@click.option("--repair", is_flag=True, help=say("verify.repair"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def verify_command(repair: bool, as_json: bool) -> None:
    """Exit with 1 if problems remain."""
    installation = open_installation(settings_from())
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say("verify.progress"), total=None)
        report = verify(installation, lambda done, known: bar.update(task, completed=done, total=known), repair=repair)
    click.echo(json.dumps(_row(report), ensure_ascii=False)) if as_json else _print(report, repair)
    sys.exit(1 if report.problems else 0)


def _row(report: VerificationReport) -> dict[str, object]:
    return {
        "documents": report.documents,
        "problems": [asdict(problem) | {"sentence": say(f"verify.{problem.kind}")} for problem in report.problems],
        "repaired": [asdict(problem) for problem in report.repaired],
    }


def _print(report: VerificationReport, repair: bool) -> None:
    counts = {"documents": report.documents, "problems": len(report.problems), "repaired": len(report.repaired)}
    click.echo(say("verify.report", **counts))
    for problem in report.problems:
        click.echo(f"  {_subject(problem)}: {say(f'verify.{problem.kind}')}")
    if report.problems and not repair:
        click.echo(say("verify.how"))


def _subject(problem: Problem) -> str:
    return f"{problem.source} ({problem.document})" if problem.document else problem.place
