"""``rogatio ingest`` and ``ingest-history``, with progress and a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from app.cli_wording import say, say_count, variety
from app.collection_names import collection_name
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions, incoming, inventory, printable
from indexing.ingest.ingest import IngestEvent, IngestReport, ingest, ingest_history, new_collection
from indexing.ingest.manifests import manifest_problems
from indexing.installation import Installation, open_installation
from indexing.settings import settings_from

HIDDEN_SHOWN = 5
"""Names of hidden files that are said; a folder may have many, such as those of its author's system."""


@click.command(help=say("ingest.help"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--collection", default="public", show_default=True, help=say("ingest.collection"))
@click.option("--case-file", default="", help=say("ingest.case_file"))
@click.option("--jurisdiction", default="", help=say("ingest.jurisdiction"))
@click.option("--type", "document_type", default="", help=say("ingest.type"))
@click.option("--title", default="", help=say("ingest.title"))
@click.option("--date", default="", help=say("ingest.date"))
@click.option("--password", default="", help=say("ingest.password"))
@click.option("--manifest", type=click.Path(path_type=Path, dir_okay=False), help=say("ingest.manifest"))
@click.option("--check", is_flag=True, help=say("ingest.check"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def ingest_command(paths: tuple[Path, ...], check: bool, as_json: bool, **said: Any) -> None:
    collection_name(said["collection"])
    options = replace(IngestOptions(), **said)
    if check:
        _check(paths, options, as_json)
    installation = open_installation(settings_from())
    _announce_new(installation, said["collection"])
    console = Console(stderr=True)
    found = inventory(paths, options)
    with _Bar(console) as bar:
        report = ingest(installation, found.files, options, on_event=bar.show, on_vectors=bar.show_vectors)
        _read_requests(installation)
        _import_workspaces(installation, found.workspaces)
    _say_hidden(found.hidden)
    _end(report, as_json)


@click.command(help=say("ingest-history.help"))
@click.argument("repositories", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--collection", default="public", show_default=True, help=say("ingest.collection"))
@click.option("--jurisdiction", default="", help=say("ingest.jurisdiction"))
@click.option("--type", "document_type", default="", help=say("ingest.type"))
@click.option("--under", multiple=True, metavar="PATH", help=say("ingest-history.under"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def ingest_history_command(repositories: tuple[Path, ...], under: tuple[str, ...], as_json: bool, **said: Any) -> None:
    collection_name(said["collection"])
    options = replace(IngestOptions(), **said)
    installation = open_installation(settings_from())
    with _Bar(Console(stderr=True)) as bar:
        report = ingest_history(
            installation, repositories, options, on_event=bar.show, under=under, on_vectors=bar.show_vectors
        )
    _end(report, as_json)


def _check(paths: tuple[Path, ...], options: IngestOptions, as_json: bool) -> NoReturn:
    """Print the problems of the manifests and exit with 0 if there are none; no file is read."""
    problems = manifest_problems(paths, options.manifest)
    files = 0 if problems else sum(1 for _ in incoming(paths, options))
    if as_json:
        rows = [{"code": one.code, **one.facts, "message": one.sentence(variety())} for one in problems]
        click.echo(json.dumps({"files": files, "problems": rows}, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem.sentence(variety()))
        counts = {"files": files, "problems": len(problems)}
        click.echo(
            say("ingest.checked", **{name: say_count(f"ingest.checked.{name}", n) for name, n in counts.items()})
        )
    sys.exit(1 if problems else 0)


def _read_requests(installation: Installation) -> None:
    from app.requests.readings import read_pending  # imports the readers, which --help does not need

    read_pending(installation.store)


def _import_workspaces(installation: Installation, files: Sequence[Path]) -> None:
    if files:
        from app.rooms.importing import import_workspaces  # imports the comparison, which other ingests do not need

        import_workspaces(installation, files)


def _end(report: IngestReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report_row(report), ensure_ascii=False))
    else:
        print_report(report)
    sys.exit(1 if report.failed or report.quarantined else 0)


def _announce_new(installation: Installation, collection: str) -> None:
    """Say that a collection will be created: a misspelt name gives letters that nobody was granted."""
    store = installation.store
    known = {one.id for one in store.collections(store.access(LOCAL_USER))}
    if collection not in known and not new_collection(collection).is_public:
        click.echo(say("ingest.new_collection", name=collection, known=", ".join(sorted(known))), err=True)


def _say_hidden(files: Sequence[Path]) -> None:
    """Say which files were not taken because their names begin with a dot, as those of ``..txt`` do by accident."""
    if names := [printable(file.name) for file in files]:
        shown = ", ".join(names[:HIDDEN_SHOWN]) + ("…" if len(names) > HIDDEN_SHOWN else "")
        click.echo(say("ingest.hidden", names=shown, number=len(names)), err=True)


class _Bar(Progress):
    """A progress bar on a terminal; nothing otherwise."""

    def __init__(self, console: Console) -> None:
        counts = (MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            *counts,
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._files: TaskID = self.add_task(say("ingest.progress"), total=None)

    def show(self, event: IngestEvent) -> None:
        self.update(self._files, completed=event.done, total=event.known)
        if event.error:
            self.console.print(f"{event.source}: {event.error.sentence(variety())}", style="red", markup=False)

    def show_vectors(self, done: int, known: int) -> None:
        """Show how many passages of the documents, which are found by words by now, have vectors."""
        if not done:
            self.reset(self._files, description=say("ingest.vectors"))
        self.update(self._files, completed=done, total=known)


def report_row(report: IngestReport) -> dict[str, Any]:
    """Return the report in machine-readable form."""
    counts = ("batch", "came_in", "indexed", "duplicates", "failed", "quarantined", "unchanged", "pages", "restored")
    failures = [
        {"source": failure.source, "error": failure.error.code, "sentence": failure.error.sentence(variety())}
        for failure in report.failures
    ]
    return {name: getattr(report, name) for name in counts} | {"failures": failures}


def print_report(report: IngestReport) -> None:
    counts = ("came_in", "indexed", "duplicates", "failed", "quarantined", "unchanged", "pages")
    shown = {name: say_count(f"ingest.report.{name}", getattr(report, name)) for name in counts}
    click.echo(say("ingest.report", **shown))
    if report.restored:
        click.echo(say("ingest.restored", originals=report.restored))
    for failure in report.failures:
        click.echo(f"  {failure.source}: {failure.error.sentence(variety())}")
