"""``rogatio matches``: persons, companies and identifiers that occur in several files, and decisions on them."""

from __future__ import annotations

import json

import click

from app.cli_wording import language, say, variety
from app.i18n import written_date, written_moment
from app.labels import label_in
from app.requests.matching.blind import blind_notices
from app.requests.matching.json_form import matches_json, notice_json
from app.requests.matching.parties import KINDS
from app.requests.matching.queue import MAX_MATCHES, OPEN, PAGE_SIZE, STATES, VERDICTS, decide_match, matches
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from

ALL = "all"


@click.command(help=say("matches.help"))
@click.option("--state", type=click.Choice([*STATES, ALL]), default=OPEN, show_default=True, help=say("matches.state"))
@click.option("--kind", type=click.Choice(KINDS), help=say("matches.kind"))
@click.option("--document", default="", metavar="ID", help=say("matches.document"))
@click.option("--limit", default=PAGE_SIZE, type=click.IntRange(1, MAX_MATCHES), help=say("requests.limit"))
@click.option("--decide", nargs=2, metavar="ID VERDICT", help=say("matches.decide", of=", ".join(VERDICTS)))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def matches_command(
    state: str, kind: str | None, document: str, limit: int, decide: tuple[str, str] | None, as_json: bool
) -> None:
    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    if decide:
        decide_match(store, access, LOCAL_USER, *decide)
        click.echo(say("matches.decided"))
        return
    chosen_state = "" if state == ALL else state
    found = matches_json(
        matches(store, access, state=chosen_state, kind=kind or "", document=document, limit=limit), language()
    )
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(say("matches.total", n=found["total"]))
    for match in found["matches"]:
        kind, state = (label_in(variety(), f"match_{of}", match[of]) for of in ("kind", "state"))
        click.echo(f"{match['id']}  {kind}  {match['score']:.0%}  {state}")
        for side in (match["left"], match["right"]):
            birth = written_date(side["birth_date"] or "", language())
            columns = (side["name"], birth, side["case_file"] or side["title"], side["document_id"])
            click.echo("    " + "  ".join(filter(None, columns)))
        click.echo("    " + " ".join(reason["text"] for reason in match["reasons"]))


@click.command(help=say("match-notices.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def match_notices_command(as_json: bool) -> None:
    store = open_installation(settings_from()).store
    found = blind_notices(store, store.access(LOCAL_USER))
    if as_json:
        click.echo(json.dumps({"notices": [notice_json(notice) for notice in found]}, ensure_ascii=False))
        return
    for notice in found:
        found_at = written_moment(notice.found, language())
        click.echo(f"{notice.id}  {notice.document.id}  {notice.document.case_file}  {notice.authority}  {found_at}")
