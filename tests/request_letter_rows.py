"""The letters of tests/request_letters with the results that a reviewer expects of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

LANGUAGES = ("es", "pt", "en", "fr")


@dataclass(frozen=True, slots=True)
class Letter:
    id: str
    text: str
    gold: dict[str, Any]


@cache
def letters() -> tuple[Letter, ...]:
    folder = Path(__file__).parent / "request_letters"
    rows = [row for language in LANGUAGES for row in yaml.safe_load((folder / f"{language}.yaml").read_text("utf-8"))]
    return tuple(Letter(row["id"], row["text"], row["gold"]) for row in rows)


@cache
def reading(identifier: str) -> RequestReading:
    letter = next(letter for letter in letters() if letter.id == identifier)
    return read_request(letter.text, annotate(letter.text))
