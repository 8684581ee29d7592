"""Usage errors and help texts of the command line in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from app.cli_wording import say, variety
from extraction.errors import RogatioError

LANGUAGE_HELP = "[language]"
# texts of click, and texts written before the language is known -> key of our wording
_CLICKS = {
    LANGUAGE_HELP: "usage.language",
    "Options": "usage.options",
    "Show this message and exit.": "usage.help",
    "Show the version and exit.": "usage.version",
    "[default: ": "usage.default",
    "[required]": "usage.required",
}


def error_sentence(error: RogatioError) -> str:
    """Return the sentence for an error, with its code for support."""
    return f"{error.sentence(variety())} [{error.code}]"


class WrongUsage(click.UsageError):
    """Wrong usage of a command, with a stable ``code``; exit code 2."""

    def __init__(self, code: str, context: click.Context | None = None, **facts: object) -> None:
        super().__init__(error_sentence(RogatioError(code, **facts)), context)
        self.code = code

    def show(self, file: IO[Any] | None = None) -> None:
        command = self.ctx.command_path if self.ctx else "rogatio"
        click.echo(f"{self.message} {say('usage.see', command=command)}", file=file, err=True)


@contextmanager
def localized_usage() -> Iterator[None]:
    """Convert click's usage errors to ``WrongUsage``, and report an abort in the user's language."""
    try:
        yield
    except click.UsageError as error:
        raise _localized(error) from error
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo(f"\n{say('usage.aborted')}", err=True)
        raise click.exceptions.Exit(1) from error


def _localized(error: click.UsageError) -> WrongUsage:
    match error:
        case WrongUsage():
            return error
        case click.NoSuchCommand():
            return WrongUsage("app.no_such_command", error.ctx, command=error.command_name)
        case click.NoSuchOption():
            return WrongUsage("app.no_such_option", error.ctx, option=error.option_name)
        case click.BadOptionUsage():
            return WrongUsage("app.argument_missing", error.ctx, name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return WrongUsage("app.argument_missing", error.ctx, name=_name(parameter))
        case click.BadParameter(param=click.Parameter(type=click.Path()) as parameter):
            return WrongUsage("app.file_refused", error.ctx, name=_name(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            return WrongUsage("app.value_refused", error.ctx, name=_name(parameter), allowed=_allowed(parameter.type))
    return WrongUsage("app.wrong_usage", error.ctx)


def _name(parameter: click.Parameter) -> str:
    """Return a parameter as in the help text: an option by its flag, an argument by its metavariable."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return str(parameter.metavar or parameter.name or "").upper()


def _allowed(kind: click.ParamType[Any]) -> str:
    """Return the allowed values of a parameter, or the bounds of its number."""
    if isinstance(kind, click.Choice):
        return ", ".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        return f"{kind.min} … {'' if kind.max is None else kind.max}".strip()
    return kind.name


class Help(click.HelpFormatter):
    """Help formatter with our wording in place of click's."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{say('usage.usage')}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_wording(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _wording(error_sentence)) for term, error_sentence in rows], col_max, col_spacing)


class Context(click.Context):
    formatter_class = Help


def _wording(text: str) -> str:
    for click_text, key in _CLICKS.items():
        text = text.replace(click_text, say(key))
    return text
