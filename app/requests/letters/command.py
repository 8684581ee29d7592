"""``rogatio request-letter``: the letter that asks for missing elements of a request."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli_wording import say, write_file
from app.requests.letters.completion_letter import completion_letter
from app.requests.letters.docx_file import letter_docx
from app.requests.letters.page import LETTER_LANGUAGES
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-letter.help"))
@click.argument("document")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--letter-language", type=click.Choice(LETTER_LANGUAGES), help=say("request-letter.language"))
@click.option("--item", "keys", multiple=True, metavar="KEY", help=say("request-letter.item"))
def request_letter_command(document: str, file: Path, letter_language: str | None, keys: tuple[str, ...]) -> None:
    installation = open_installation(settings_from())
    access = installation.store.access(LOCAL_USER)
    letter = completion_letter(installation.store, access, document, letter_language or "", keys)
    write_file(file, letter_docx(letter))
    click.echo(str(file))
    installation.close()
