"""``rogatio verdict``: verdicts on one cell, their history and second reading."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click
import regex

from app.cli_usage import WrongUsage
from app.cli_wording import say, variety
from app.gap_matrix.json_form import verdict_json
from app.gap_matrix.page import known_element
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, Passage, Verdict, history
from app.labels import label_in, person_in
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.search.query_fields import known_value
from indexing.settings import settings_from
from nlp.elements.instruments import instrument

_EVIDENCE = regex.compile(r"(?P<document>.+):(?P<start>\d{1,9})(?:-(?P<end>\d{1,9}))?")


@click.command(help=say("verdict.help"))
@click.argument("instrument_id", metavar="INSTRUMENT")
@click.argument("element_id", metavar="ELEMENT")
@click.argument("country", metavar="CC")
@click.argument("verdict", required=False, default="")
@click.option("--note", default="", help=say("verdict.note"))
@click.option("--law-date", default="", metavar="YYYY-MM-DD", help=say("verdict.law_date"))
@click.option("--evidence", multiple=True, metavar="DOCUMENT:START-END", help=say("verdict.evidence"))
@click.option("--agree", "agrees_with", type=click.IntRange(1), metavar="NUMBER", help=say("verdict.agree"))
@click.option("--disagree", "differs_from", type=click.IntRange(1), metavar="NUMBER", help=say("verdict.disagree"))
@click.option("--collection", default="public", show_default=True, help=say("matrix.collection"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def verdict_command(
    instrument_id: str,
    element_id: str,
    country: str,
    verdict: str,
    note: str,
    law_date: str,
    evidence: tuple[str, ...],
    agrees_with: int | None,
    differs_from: int | None,
    collection: str,
    as_json: bool,
) -> None:
    if sum(map(bool, (verdict, agrees_with, differs_from))) > 1:
        raise WrongUsage("app.wrong_usage")
    model = instrument(instrument_id)
    element, code = known_element(model, element_id, known_value("jurisdiction", country))
    cell = CellKey(collection, model.id, element.id, code)
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    store.collection(access, collection)
    if verdict:
        passages = [_passage(place) for place in evidence]
        set_verdict(store, access, LOCAL_USER, cell, verdict, note=note, law_date=law_date, evidence=passages)
    elif number := agrees_with or differs_from:
        record_second_reading(store, access, LOCAL_USER, cell, number, agrees=agrees_with is not None, note=note)
    _print_result(history(store, access, cell), as_json=as_json)
    installation.close()


def _passage(written: str) -> Passage:
    """Parse a place of a document; without an end it is the clause at that place."""
    found = _EVIDENCE.fullmatch(written)
    if found is None:
        raise WrongUsage("app.bad_evidence", evidence=written[:80])
    start = int(found["start"])
    return Passage(found["document"], start, int(found["end"] or start))


def _print_result(lines: Iterable[Verdict], *, as_json: bool) -> None:
    """Print the history of a cell, newest verdict first."""
    newest = list(lines)[::-1]
    if as_json:
        click.echo(json.dumps({"verdicts": [verdict_json(verdict) for verdict in newest]}, ensure_ascii=False))
        return
    for verdict in newest:
        click.echo(_line(verdict))
        for reading in verdict.readings:
            author = person_in(variety(), reading.author)
            words = say("verdict.agrees" if reading.agrees else "verdict.disagrees", author=author)
            click.echo("  " + "  ".join(filter(None, (words, reading.note))))
    if not newest:
        click.echo(say("verdict.none"))


def _line(verdict: Verdict) -> str:
    places = ", ".join(filter(None, (passage.pinpoint for passage in verdict.evidence)))
    columns = (
        str(verdict.id),
        verdict.law_date,
        label_in(variety(), "element_verdict", verdict.verdict),
        person_in(variety(), verdict.author),
        places,
    )
    return "  ".join(filter(None, (*columns, verdict.note)))
