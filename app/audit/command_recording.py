"""Records operations on the command line; the store is imported only after a command has run."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from extraction.resource import load

_NOTED = f"{__name__}.noted"


def operator() -> str:
    """Return the user of the command line, as named in grants and the audit trail."""
    return f"operator:{getpass.getuser()}"[:64]


def note_in_command(**objects: Any) -> None:
    """Add objects that the command which runs is about to its entry, besides those among its arguments."""
    click.get_current_context().meta.setdefault(_NOTED, {}).update(objects)


def recorded(name: str, command: click.Command) -> click.Command:
    """Wrap a command, and those of a group, to be recorded after it has run if ``resources/audit.yaml`` lists it."""
    if isinstance(command, click.Group):
        for inner, subcommand in command.commands.items():
            recorded(f"{name} {inner}", subcommand)
    operation, run = load("app.audit")["commands"].get(name), command.callback
    if operation and run and not hasattr(run, "is_recorded"):
        command.callback = _recording(name, operation, run)
    return command


def _recording(name: str, operation: Mapping[str, Any], run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def run_and_record(*given: Any, **parameters: Any) -> Any:
        outcome = "failed"
        try:
            answer = run(*given, **parameters)
            outcome = "done"
            return answer
        except SystemExit as ended:
            outcome = "failed" if ended.code else "done"
            raise
        finally:
            _record(name, operation, parameters, outcome)

    run_and_record.is_recorded = True  # type: ignore[attr-defined]
    return run_and_record


def _record(name: str, operation: Mapping[str, Any], parameters: Mapping[str, Any], outcome: str) -> None:
    from app.audit.trail import Operation, append, ids_of
    from indexing.installation import open_installation
    from indexing.settings import settings_from

    settings = settings_from()
    if outcome == "failed" and not _has_content(settings.home):
        return  # recording would make an installation where the command made none, into which nothing can be restored
    opened = open_installation(settings)
    noted = click.get_current_context().meta.get(_NOTED, {})
    objects = ids_of(parameters, operation.get("objects", ())) | noted
    append(opened.store, Operation(operator(), operation["operation"], name, objects, outcome))
    opened.close()


def _has_content(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())
