"""``rogatio bundle``: makes and verifies signed bundles, and shows the public key of the installation.

Exit codes of ``verify``: 0 intact and signed with a known key, 1 altered or its time stamp not confirmed, 3 no bundle,
4 intact but of an unknown key.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from app.audit.command_recording import operator
from app.cli_wording import language, say
from app.evidence.bag import write_bag
from app.evidence.document_bundle import Exporter, document_bundle, with_attachments
from app.evidence.signing import existing_fingerprint, fingerprint, public_pem, signing_key
from app.evidence.timestamps import certificates
from app.evidence.verification import Verification, verify_bundle
from app.exports.report import printable
from app.exports.words import EXPORT_LANGUAGES
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from

ALTERED, UNKNOWN_KEY = 1, 4
_NAMED = "Contact-Name", "Rogatio-Exported"


@click.group("bundle", help=say("bundle.help"))
def bundle_command() -> None:
    pass


@bundle_command.command("make", help=say("bundle.make"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("documents", nargs=-1, required=True)
@click.option("--report-language", "chosen_language", type=click.Choice(EXPORT_LANGUAGES), help=say("export.language"))
def make_bundle(file: Path, documents: tuple[str, ...], chosen_language: str | None) -> None:
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    exporter = Exporter(operator(), datetime.now(UTC), chosen_language or language())
    bag = document_bundle(store, access, with_attachments(store, access, documents), exporter)
    try:
        with file.open("wb") as written:
            write_bag(written, bag, signing_key(installation.settings.home))
    except OSError as error:
        raise RogatioError("app.file_not_written", file=file) from error
    installation.close()
    click.echo(str(file))


@bundle_command.command("key", help=say("bundle.key"))
def show_key() -> None:
    installation = open_installation(settings_from())
    key = signing_key(installation.settings.home).public_key()
    installation.close()
    click.echo(public_pem(key).decode("ascii"), nl=False)
    click.echo(say("bundle.fingerprint", fingerprint=fingerprint(key)))


@bundle_command.command("verify", help=say("bundle.verify"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--fingerprint", "trusted", multiple=True, metavar="SHA-256", help=say("bundle.trusted"))
@click.option(
    "--timestamp-ca",
    "authorities",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("bundle.timestamp_ca"),
)
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def verify(file: Path, trusted: tuple[str, ...], authorities: Path | None, as_json: bool) -> None:
    """Verify a bundle offline; of an installation, only the key that it has is read."""
    found = verify_bundle(file, certificates(authorities) if authorities else ())
    known = {given.replace(":", "").lower() for given in trusted} or {existing_fingerprint(settings_from().home)}
    is_known = found.fingerprint in known
    if as_json:
        click.echo(json.dumps(asdict(found) | {"intact": found.is_intact, "known": is_known}, ensure_ascii=False))
    else:
        _report(found, is_known)
    sys.exit(0 if found.is_intact and is_known else UNKNOWN_KEY if found.is_intact else ALTERED)


def _report(found: Verification, is_known: bool) -> None:
    for problem in found.problems:
        click.echo(say(f"bundle.{problem.kind}", name=printable(problem.name).replace("\n", " ")))
    if found.problems:
        only_stamp = all(problem.kind == "timestamp" for problem in found.problems)
        key = "bundle.stamp_not_confirmed" if only_stamp else "bundle.altered"
        click.echo(say(key, problems=len(found.problems)))
        return
    who, when = (printable(found.info.get(label, "")) for label in _NAMED)
    click.echo(say("bundle.intact", files=found.files, who=who, when=when))
    key = "bundle.known_key" if is_known else "bundle.unknown_key"
    click.echo(say(key, fingerprint=found.fingerprint))
    if found.stamped:
        click.echo(say("bundle.stamped", when=found.stamped))
    elif found.has_stamp:
        click.echo(say("bundle.stamp_not_verified"))
