"""``rogatio request-course``: state, letters and deadlines of a request, and recording of events."""

from __future__ import annotations

import json
from typing import Any

import click

from app.cli_usage import WrongUsage
from app.cli_wording import language, say, variety
from app.labels import label_in
from app.requests.life.events import NewEvent
from app.requests.life.json_form import whole_course
from app.requests.life.links import CONFIRMED, KINDS, REJECTED
from app.requests.life.recording import decide_link, record_event, retract_event
from app.requests.life.references import linked_letters
from app.requests.life.statuses import grounds, milestones, statuses
from app.wording import wording
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-course.help"))
@click.argument("document")
@click.option("--record", "code", type=click.Choice([*statuses(), *milestones()]), help=say("request-course.record"))
@click.option("--day", default="", metavar="YYYY-MM-DD", help=say("request-course.day"))
@click.option("--reason", default="", metavar="TEXT", help=say("request-course.reason"))
@click.option("--ground", type=click.Choice(grounds()), help=say("request-course.ground"))
@click.option("--source", default="", metavar="DOCUMENT", help=say("request-course.source"))
@click.option("--retract", "number", type=click.IntRange(1), help=say("request-course.retract"))
@click.option("--link", "letter", default="", metavar="DOCUMENT", help=say("request-course.link"))
@click.option("--unlink", "other", default="", metavar="DOCUMENT", help=say("request-course.unlink"))
@click.option("--kind", type=click.Choice(KINDS), help=say("request-course.kind"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_course_command(
    document: str,
    code: str | None,
    day: str,
    reason: str,
    ground: str | None,
    source: str,
    number: int | None,
    letter: str,
    other: str,
    kind: str | None,
    as_json: bool,
) -> None:
    if (letter or other) and not kind:
        raise WrongUsage("app.argument_missing", name="--kind")
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    if code:
        record_event(store, access, LOCAL_USER, document, NewEvent(code, day, reason, ground or "", source))
    if number:
        retract_event(store, access, LOCAL_USER, document, number, reason)
    for linked, verdict in ((letter, CONFIRMED), (other, REJECTED)):
        if linked:
            linked, _ = linked_letters(store, access, linked, document)
            decide_link(store, access, LOCAL_USER, linked, document, kind or "", verdict)
    _print(whole_course(store, access, document, language()), as_json)
    installation.close()


def _print(course: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(course, ensure_ascii=False))
        return
    status, waits = course["status"], course["waits_for"]
    state = f"{_word('request_event', status)}, {course['since']}" if status else say("request-course.no_state")
    click.echo(f"{course['own_reference']}  {course['requesting_state']} → {course['requested_state']}  {state}")
    if waits:
        click.echo(say("request-course.waits", who=_word("request_waits", waits), state=course["waiting_state"] or "-"))
    for event in course["events"]:
        mark = "✗" if event["retracted"] else " "
        name = _word("request_event", event["code"])
        click.echo(f"  #{event['id']}{mark} {event['day']}  {name}  {event['reason']}".rstrip())
    for letter in course["letters"]:
        verdict = _word("request_state", letter["verdict"])
        again = (
            f"  {wording('requests.is_read_again', language())}"
            if letter["letter"] in course["letters_being_read"]
            else ""
        )
        click.echo(f"  {letter['letter']}  {_word('request_link', letter['kind'])}  [{verdict}]{again}")
    for translation in course["translations"]:
        for pair in translation["differences"]:
            click.echo(f"    {pair['original'] or '—'}  ≠  {pair['translation'] or '—'}")
    for deadline in course["deadlines"]:
        met = f"  [{say('request-course.met')}]" if deadline["met"] else ""
        click.echo(f"  {deadline['day']}  {deadline['text']}  ({deadline['source']}){met}")


def _word(kind: str, code: str) -> str:
    return label_in(variety(), kind, code)
