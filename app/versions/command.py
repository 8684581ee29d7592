"""``rogatio versions``: expressions of a law, or one provision through its expressions."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from app.cli_wording import language, say
from app.i18n import last_day, written_date
from app.versions.view import law_json, law_versions, provision_json, provision_steps
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.records.validity import InForce, Validity, today
from indexing.settings import settings_from
from indexing.works.differences import Piece
from indexing.works.provision_history import ProvisionVersion, law_of, provision_versions
from indexing.works.works import Work


def days(validity: Validity) -> str:
    """Return the first and the last day in force of an expression, as far as known."""
    start, end = validity.first_day, validity.end
    if validity.day_of_text:
        return _of_day(validity.day_of_text, end)
    if not start:
        return say(f"days.{_undated(validity)}")
    since = written_date(start, language())
    if not end:
        return say("days.since", start=since)
    if end == start:
        return say("days.over", start=since)
    return say("days.between", start=since, end=written_date(last_day(end), language()))


def _of_day(text_of: str, end: str) -> str:
    """Return the date of a text and the last day in force if it is known."""
    day = written_date(text_of, language())
    if not end:
        return say("days.text", day=day)
    return say("days.text_until", day=day, end=written_date(last_day(end), language()))


def _undated(validity: Validity) -> str:
    if validity.replaced:
        return "replaced"
    return "ended" if validity.on(today()) is InForce.NO else "unknown"


_SIGNS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}


@click.command(help=say("versions.help"))
@click.argument("document")
@click.argument("pinpoint", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def versions_command(document: str, pinpoint: str, as_json: bool) -> None:
    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    if pinpoint:
        found = provision_versions(store, access, document, pinpoint)
        lines = [json.dumps(provision_json(found), ensure_ascii=False)] if as_json else _provision(found)
    else:
        work = law_of(store, access, document)
        lines = [json.dumps(law_json(work), ensure_ascii=False)] if as_json else _law(work)
    for line in lines:
        click.echo(line)


def _law(work: Work) -> Iterator[str]:
    for version in law_versions(work):
        expression = version.expression
        when = (
            f"{days(expression.validity)} · {say('versions.today')}"
            if version.in_force == "yes"
            else days(expression.validity)
        )
        yield f"{expression.document}  {when}  {expression.basis}"


def _provision(found: tuple[ProvisionVersion, ...]) -> Iterator[str]:
    """Yield the text of each expression: removed words as ``[-so-]``, added words as ``{+so+}``."""
    for step in provision_steps(found):
        yield f"\n{days(step.version.expression.validity)}  {say(f'versions.{step.state}')}"
        yield "".join(map(_signed, step.pieces))


def _signed(piece: Piece) -> str:
    words = piece.text.rstrip()
    return _SIGNS[piece.kind].format(words) + piece.text[len(words) :]
