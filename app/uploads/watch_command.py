"""``rogatio watch``: ingests files that arrive in folders."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from app.cli_wording import say, variety
from app.collection_names import collection_name
from app.uploads.command import print_report
from extraction.errors import RogatioError
from indexing.ingest.arrivals import Incoming, IngestOptions, incoming
from indexing.ingest.ingest import ingest
from indexing.installation import Installation, open_installation
from indexing.settings import settings_from

Seen = dict[Path, tuple[int, int]]
"""Size and time of modification (nanoseconds) by path."""


@click.command(help=say("watch.help"))
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--collection", required=True, help=say("ingest.collection"))
@click.option("--case-file", default="", help=say("ingest.case_file"))
@click.option("--every", type=click.FloatRange(0.1), default=10.0, show_default=True, help=say("watch.every"))
@click.option("--once", is_flag=True, help=say("watch.once"))
def watch_command(folders: tuple[Path, ...], every: float, once: bool, **given: Any) -> None:
    """Ingest new and changed files at intervals; a file that is still growing waits for the next one.

    A folder may contain a manifest. After a restart every file is checked again: ingest is idempotent.
    """
    collection_name(given["collection"])
    options = replace(IngestOptions(), **given)
    installation = open_installation(settings_from())
    done, before = Seen(), _state(folders, options)
    while True:
        if not once:
            time.sleep(every)
        now = _state(folders, options)
        arrived = [path for path, state in now.items() if before.get(path) == state and done.get(path) != state]
        if arrived and _ingest(installation, folders, options, set(arrived)):
            done |= {path: now[path] for path in arrived}
        before = now
        if once:
            return


def _state(folders: tuple[Path, ...], options: IngestOptions) -> Seen:
    found = Seen()
    for file in _files(folders, options):
        try:
            status = file.path.stat()
        except OSError:  # removed in the meantime
            continue
        found[file.path] = (status.st_size, status.st_mtime_ns)
    return found


def _files(folders: tuple[Path, ...], options: IngestOptions) -> list[Incoming]:
    """Return the files of the folders; files with an invalid or incomplete manifest wait."""
    found: list[Incoming] = []
    for folder in folders:
        try:
            found += incoming([folder], options)
        except RogatioError as error:
            click.echo(error.sentence(variety()), err=True)
    return found


def _ingest(installation: Installation, folders: tuple[Path, ...], options: IngestOptions, arrived: set[Path]) -> bool:
    """Ingest the files that arrived and return whether that succeeded; otherwise the next round tries again."""
    from app.requests.readings import read_pending  # imports the readers, which --help does not need

    try:
        files = [file for file in _files(folders, options) if file.path in arrived]
        print_report(ingest(installation, files, options))
        read_pending(installation.store)
    except RogatioError as error:  # of the whole run
        click.echo(error.sentence(variety()), err=True)
        return False
    return True
