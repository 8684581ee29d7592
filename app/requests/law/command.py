"""``rogatio request-transcriptions``: the law that a request quotes against the collection."""

from __future__ import annotations

import json

import click

from app.cli_wording import language, say
from app.labels import label_in
from app.requests.law.json_form import report_json
from app.requests.law.transcriptions import EQUAL, Fragment, check_transcriptions
from indexing.installation import open_installation
from indexing.settings import settings_from

_MARKS = {"added": "+", "outdated": "~", "missing": "-", "omitted": "…"}


@click.command(help=say("request-transcriptions.help"))
@click.argument("document")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help=say("request-transcriptions.date"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_transcriptions_command(document: str, day: str, as_json: bool) -> None:
    installation = open_installation(settings_from())
    report = check_transcriptions(installation, document, day)
    if as_json:
        click.echo(json.dumps(report_json(report), ensure_ascii=False))
    for one in () if as_json else report.checks:
        verdict = label_in(language(), "request_transcription", one.verdict)
        click.echo(f"{one.citation}  {report.day}  {verdict}")
        for part in one.fragments:
            if part.kind != EQUAL:
                click.echo(_line(part))
    if not as_json and not report.checks:
        click.echo(say("request-transcriptions.nothing"))
    installation.close()


def _line(part: Fragment) -> str:
    return f"  {_MARKS[part.kind]} {' '.join(part.text.split())}"
