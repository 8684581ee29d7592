"""The command line. Exit codes: 0 all well, 1 some files or rows failed, 2 wrong usage, 3 nothing could be done."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from app.usage import Context, in_own_words, told
from app.wording import say, speak
from extraction.errors import LANGUAGES, RogatioError

FAILED_PARTLY = 1
FAILED = 3

# command -> module and function, imported when first needed so that every command starts fast
COMMANDS = {
    "ingest": "app.command_ingest:ingest_command",
    "ingest-history": "app.command_ingest:ingest_history_command",
    "search": "app.command_search:search_command",
    "matrix": "app.command_matrix:matrix_command",
    "versions": "app.command_versions:versions_command",
    "show": "app.command_show:show_command",
    "entities": "app.command_entities:entities_command",
    "entity": "app.command_entities:entity_command",
    "concepts": "app.command_concepts:concepts_command",
    "annotate": "app.annotate:annotate_command",
    "serve": "app.command_serve:serve_command",
    "reindex": "app.command_keep:reindex_command",
    "delete": "app.command_keep:delete_command",
    "correct": "app.command_keep:correct_command",
    "status": "app.command_status:status_command",
    "collections": "app.command_status:collections_command",
    "doctor": "app.command_doctor:doctor_command",
    "compare": "app.command_compare:compare_command",
    "side": "app.command_side:side_command",
    "alerts": "app.command_alerts:alerts_command",
    "rooms": "app.command_rooms:rooms_command",
    "export": "app.command_rooms:export_command",
    "demo-corpus": "app.demo_corpus:demo_corpus_command",
}


class Commands(click.Group):
    """A group whose commands are imported when they are named, and which speaks the user's language."""

    context_class = Context

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        with in_own_words():
            return super().make_context(*given, **more)

    def invoke(self, context: click.Context) -> Any:
        with in_own_words():
            return super().invoke(context)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), function)
        command.context_class = Context
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their words alone, without importing them."""
        with formatter.section(say("commands")):
            formatter.write_dl([(name, say(f"{name}.help")) for name in COMMANDS])


def _choose(context: click.Context, parameter: click.Parameter, chosen: str | None) -> None:
    if chosen:
        speak(chosen)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--language", type=click.Choice(LANGUAGES), is_eager=True, expose_value=False, callback=_choose)
@click.version_option(package_name="rogatio")
def rogatio() -> None:
    pass


def main() -> None:
    """Run the command line; an error is told in one sentence, without a trace."""
    rogatio.help = say("help")
    try:
        rogatio()
    except RogatioError as error:
        click.echo(told(error), err=True)
        sys.exit(FAILED)
