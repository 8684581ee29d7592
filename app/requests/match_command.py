"""``rogatio match``: whether pairs of records are one person or company, as JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli_wording import language, say
from app.json_lines import Row, answer_lines, text_of
from app.wording import wording
from extraction.errors import RogatioError
from nlp.matching.verdict import Record, match_records

FIELDS = ("name", "birth_date", "document")


@click.command(help=say("match.help"))
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--jsonl", is_flag=True, required=True, help=say("match.jsonl"))
def match_command(files: tuple[Path, ...], jsonl: bool) -> None:
    answer_lines(files, _answer, [f"{side}.{field}" for side in "ab" for field in FIELDS])


def _answer(row: Row) -> Row:
    match = match_records(_record(row.get("a")), _record(row.get("b")))
    return {
        "verdict": match.verdict.value,
        "score": match.score,
        "reasons": [{"key": key, "text": wording(f"match_reason.{key}", language())} for key in match.reasons],
    }


def _record(given: Any) -> Record:
    if not isinstance(given, dict):
        raise RogatioError("app.row_unreadable")
    return Record(*(text_of(given, key) for key in FIELDS))
