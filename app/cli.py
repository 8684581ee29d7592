"""The command line. Exit codes: 0 success, 1 some files or rows failed, 2 wrong usage, 3 nothing could be done."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from app.audit.command_recording import recorded
from app.cli_usage import LANGUAGE_HELP, Context, error_sentence, localized_usage
from app.cli_wording import say, set_language
from app.wording import VARIETIES
from extraction.errors import LANGUAGES, RogatioError, storage_error
from extraction.import_path import leave_out_current_folder

FAILED = 3

NEW_OBJECTS = 200_000
"""New objects after which unreachable cycles are collected."""

# command -> module and function, imported on first use so that every command starts fast
COMMANDS = {
    "ingest": "app.uploads.command:ingest_command",
    "ingest-history": "app.uploads.command:ingest_history_command",
    "jobs": "app.uploads.jobs_command:jobs_command",
    "watch": "app.uploads.watch_command:watch_command",
    "search": "app.search.command:search_command",
    "matrix": "app.gap_matrix.command:matrix_command",
    "verdict": "app.gap_matrix.verdict_command:verdict_command",
    "versions": "app.versions.command:versions_command",
    "show": "app.documents.command:show_command",
    "entities": "app.people.command:entities_command",
    "entity": "app.people.command:entity_command",
    "concepts": "app.concepts.command:concepts_command",
    "annotate": "app.annotation.command:annotate_command",
    "request": "app.requests.command:request_command",
    "request-course": "app.requests.life.command:request_course_command",
    "requests": "app.requests.search_command:requests_command",
    "request-transcriptions": "app.requests.law.command:request_transcriptions_command",
    "request-dual-criminality": "app.requests.law.command:request_dual_criminality_command",
    "request-rules": "app.requests.rules.command:request_rules_command",
    "request-statistics": "app.requests.statistics.command:request_statistics_command",
    "request-letter": "app.requests.letters.command:request_letter_command",
    "request-deadlines": "app.requests.deadlines.command:request_deadlines_command",
    "request-waiting": "app.requests.waiting_command:request_waiting_command",
    "match-notices": "app.requests.matching.command:match_notices_command",
    "related": "app.requests.related.command:related_command",
    "matches": "app.requests.matching.command:matches_command",
    "match": "app.requests.match_command:match_command",
    "treaty-path": "app.requests.treaty_command:treaty_path_command",
    "serve": "app.operations.serve_command:serve_command",
    "reindex": "app.documents.command:reindex_command",
    "delete": "app.documents.command:delete_command",
    "correct": "app.documents.command:correct_command",
    "move": "app.documents.changes_command:move_command",
    "tag": "app.documents.tags_command:tag_command",
    "release": "app.documents.changes_command:release_command",
    "status": "app.operations.status_command:status_command",
    "collections": "app.operations.status_command:collections_command",
    "verify": "app.operations.verify_command:verify_command",
    "backup": "app.operations.backup_command:backup_command",
    "restore": "app.operations.backup_command:restore_command",
    "migrate": "app.operations.migrate_command:migrate_command",
    "doctor": "app.operations.doctor_command:doctor_command",
    "compare": "app.comparison.command:compare_command",
    "side": "app.comparison.command:side_command",
    "alerts": "app.alerts.command:alerts_command",
    "rooms": "app.rooms.command:rooms_command",
    "export": "app.rooms.command:export_command",
    "bundle": "app.evidence.command:bundle_command",
    "account": "app.accounts.command:account_command",
    "mail": "app.mail.command:mail_command",
    "case-file": "app.accounts.command:case_file_command",
    "hold": "app.accounts.command:hold_command",
    "retention": "app.retention.command:retention_command",
    "audit": "app.audit.command:audit_command",
    "demo-corpus": "app.demonstration.command:demo_corpus_command",
}


class Commands(click.Group):
    """A group whose commands are imported on use and whose texts are in the user's language."""

    context_class = Context

    def main(self, *given: Any, **more: Any) -> Any:
        """Run a command; a language chosen by an earlier run in this process is discarded."""
        set_language("")
        return super().main(*given, **more)

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        with localized_usage():
            return super().make_context(*given, **more)

    def invoke(self, context: click.Context) -> Any:
        with localized_usage():
            return super().invoke(context)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), function)
        _use_own_context(command)
        return recorded(name, command)

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the program in the chosen language, which is known only at this point."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("help"))

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the catalogue, without importing them."""
        with formatter.section(say("commands")):
            formatter.write_dl([(name, say(f"{name}.help")) for name in COMMANDS])


def _use_own_context(command: click.Command) -> None:
    """Let the help of a command and of those in its group be in the user's language."""
    command.context_class = Context
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        _use_own_context(inner)


def _choose(context: click.Context, parameter: click.Parameter, chosen: str | None) -> None:
    if chosen:
        set_language(chosen)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--language",
    type=click.Choice((*LANGUAGES, *VARIETIES)),
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help=LANGUAGE_HELP,
)
@click.version_option(package_name="rogatio")
def rogatio() -> None:
    pass


def _collect_seldom() -> None:
    """Look for unreachable cycles seldom while a command loads what it needs, and not when the interpreter ends.

    Modules and resources stay until the command ends: looking through them took a third of the time of a short one.
    """
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)


def main() -> None:
    """Run the command line; errors are reported in one sentence without a traceback."""
    leave_out_current_folder()  # before anything is imported late or started
    _collect_seldom()
    os.umask(0o077)  # all files, including indexes and queues, are readable by the user only
    try:
        rogatio()
    except RogatioError as error:
        click.echo(error_sentence(error), err=True)
        sys.exit(FAILED)
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        click.echo(error_sentence(storage_error(error)) + place, err=True)
        sys.exit(FAILED)
