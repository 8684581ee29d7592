"""``rogatio request-rules``: rules that follow from the decisions of a desk."""

from __future__ import annotations

import json

import click

from app.cli_wording import language, say
from app.requests.rules.desk_rules import remove_rule, visible_rules
from app.requests.rules.words import rule_json
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-rules.help"))
@click.option("--remove", "key", default="", metavar="KEY", help=say("request-rules.remove"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_rules_command(key: str, as_json: bool) -> None:
    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    if key:
        remove_rule(store, access, LOCAL_USER, key)
    rows = [rule_json(rule, language()) for rule in visible_rules(store, access)]
    if as_json:
        click.echo(json.dumps({"rules": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['key']}  {row['collection']}  {row['text']}  ({row['letters']})")
