"""``rogatio audit``: exports the trail and verifies its chain, also from an export and without an installation."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from app.audit.trail import Entry, Verification, as_line, every_entry, from_lines, verify
from app.cli_wording import say
from extraction.errors import RogatioError
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.group("audit", help=say("audit.help"))
def audit_command() -> None:
    pass


@audit_command.command("verify", help=say("audit.verify"))
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--head", default="", metavar="SHA-256", help=say("audit.head"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def verify_trail(file: Path | None, head: str, as_json: bool) -> None:
    """Exit with 1 if the chain is broken, or has no entry with the digest ``head`` noted earlier."""
    found, has_head = _verified(file, head)
    if as_json:
        click.echo(json.dumps(asdict(found) | {"has_head": has_head}))
    elif found.broken:
        click.echo(say("audit.broken", number=found.broken))
    elif not has_head:
        click.echo(say("audit.no_head"))
    else:
        click.echo(say("audit.whole", entries=found.entries, head=found.head))
    sys.exit(1 if found.broken or not has_head else 0)


@audit_command.command("export", help=say("audit.export"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--after", type=click.IntRange(0), default=0, help=say("audit.after"))
def export_trail(file: Path, after: int) -> None:
    """Write the trail as lines of JSON; ``-`` is standard output."""
    store = open_installation(settings_from()).store
    with click.open_file(str(file), "w", encoding="utf-8") as written:
        for entry in every_entry(store, after=after):
            written.write(f"{as_line(entry)}\n")


def _verified(file: Path | None, head: str) -> tuple[Verification, bool]:
    """Return the verification of the chain, and whether it contains the digest ``head`` (true without one).

    An export may begin anywhere. Raises ``app.no_audit_export`` for any other file.
    """
    digests = {head: not head}
    try:
        found = verify(_noting(_source(file), digests), complete=file is None)
    except (ValueError, TypeError) as error:
        raise RogatioError("app.no_audit_export") from error
    return found, digests[head]


def _source(file: Path | None) -> Iterator[Entry]:
    if file is None:
        return every_entry(open_installation(settings_from()).store)
    return from_lines(file.read_text(encoding="utf-8").splitlines())


def _noting(found: Iterable[Entry], digests: dict[str, bool]) -> Iterator[Entry]:
    """Yield entries and record the digests requested in ``digests``."""
    for entry in found:
        if entry.digest in digests:
            digests[entry.digest] = True
        yield entry
