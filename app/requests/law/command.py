"""``rogatio request-transcriptions`` and ``rogatio request-dual-criminality``: the law of a request."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.cli_wording import language, say, variety, write_file
from app.exports.docx import docx_report
from app.labels import label_in
from app.requests.law.dual_criminality import dual_criminality
from app.requests.law.json_form import bench_json, report_json
from app.requests.law.note import dual_criminality_report
from app.requests.law.transcriptions import EQUAL, Fragment, TranscriptionCheck, check_transcriptions
from app.wording import wording
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.records.validity import InForce
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
    for transcription_check in () if as_json else report.checks:
        verdict = label_in(variety(), "request_transcription", transcription_check.verdict)
        click.echo(f"{transcription_check.citation}  {report.day}  {verdict}{_validity(transcription_check)}")
        for part in transcription_check.fragments:
            if part.kind != EQUAL:
                click.echo(_line(part))
    if not as_json and not report.checks:
        click.echo(say("request-transcriptions.nothing"))
    installation.close()


def _validity(check: TranscriptionCheck) -> str:
    """Return the day of the compared text where it is not known whether it was in force, as the page says it."""
    if check.provision is None or check.provision.in_force != InForce.UNKNOWN:
        return ""
    day = check.provision.text_of or check.provision.date
    return f" ({', '.join(filter(None, (day, wording('requests.validity_unknown', variety()))))})"


def _line(part: Fragment) -> str:
    return f"  {_MARKS[part.kind]} {' '.join(part.text.split())}"


@click.command(help=say("request-dual-criminality.help"))
@click.argument("document")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--offence", default="", metavar="CONCEPT", help=say("request-dual-criminality.offence"))
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help=say("request-transcriptions.date"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_dual_criminality_command(document: str, file: Path | None, offence: str, day: str, as_json: bool) -> None:
    installation = open_installation(settings_from())
    bench = dual_criminality(installation, document, offence, day)
    if file:
        access = installation.store.access(LOCAL_USER)
        write_file(
            file, docx_report(dual_criminality_report(bench, installation.store, access, LOCAL_USER, language()))
        )
        click.echo(str(file))
    row = bench_json(bench, language())
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False))
    elif not file:
        for line in row["reasons"]:
            click.echo(line)
    installation.close()
