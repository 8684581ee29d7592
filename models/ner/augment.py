"""Data augmentation: capitals, recognition errors, lost accents, other persons, forms, paragraphs."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.ner.corpora import Row

Edit = tuple[int, int, str]  # range of the old text, and its replacement


@cache
def settings() -> dict[str, Any]:
    """Return the content of ``augment.yaml``."""
    content: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("augment.yaml").read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True, slots=True)
class Names:
    """Given names and surnames of persons in the corpora, by language."""

    given: dict[str, list[str]]
    surnames: dict[str, list[str]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Names:
        """Return the names in ``rows``: the first and last words of persons of two to four words."""
        given: dict[str, list[str]] = {}
        surnames: dict[str, list[str]] = {}
        for row in rows:
            for start, end, label in row.spans:
                words = row.text[start:end].split()
                if label == "PERSON" and 2 <= len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper():
                    surname = words[-2:] if len(words) == 4 else words[-1:]
                    given.setdefault(row.language, []).append(words[0])
                    surnames.setdefault(row.language, []).append(" ".join(surname))
        return cls(given, surnames)

    def person(self, language: str, dice: random.Random) -> tuple[str, str]:
        """Return a random given name and surname, one in five a short name."""
        if dice.random() < 0.2 or language not in self.given:
            given, _, surname = dice.choice(settings()["short"][language]).partition(" ")
            return given, surname
        given = dice.choice(self.given[language])
        if dice.random() < 0.2:
            given += " " + dice.choice(self.given[language])
        surname = dice.choice(self.surnames[language])
        if language in ("es", "pt") and dice.random() < 0.5:
            surname += " " + dice.choice(self.surnames[language])
        return given, surname


def changed(row: Row, following: Row | None, names: Names, dice: random.Random) -> Row:
    """Return ``row`` with random changes, with the probabilities in ``augment.yaml``."""
    share = settings()["share"]
    if following and _are_neighbours(row, following) and dice.random() < share["joined"]:
        row = _paragraph(row, following, dice)
    if dice.random() < share["renamed"]:
        row = edited(row, _other_persons(row, names, dice))
    if dice.random() < share["upper"]:
        row = edited(row, [(i, i + 1, row.text[i].upper()) for i in range(len(row.text))])
    if dice.random() < share["unaccented"]:
        row = edited(row, [(i, i + 1, _bare(letter)) for i, letter in enumerate(row.text)])
    if dice.random() < share["scanned"]:
        row = edited(row, _scanned(row.text, dice))
    return row


def form(language: str, names: Names, dice: random.Random) -> Row:
    """Return a line of a form or signature with a person's name."""
    template: str = dice.choice(settings()["forms"][language])
    given, surname = names.person(language, dice)
    if dice.random() < 0.4:
        surname = surname.upper()
    if dice.random() < 0.2:
        given, surname = given.upper(), surname.upper()
    parts = {"{given}": given, "{surname}": surname, "{full}": f"{given} {surname}"}
    spans: list[tuple[int, int, str]] = []
    text = template.replace("{surname}, {given}", "{listed}").replace("{surname} {given}", "{turned}")
    parts |= {"{listed}": f"{surname}, {given}", "{turned}": f"{surname} {given}"}
    for mark, name in parts.items():
        at = text.find(mark)
        if at >= 0:
            text = text.replace(mark, name)
            more = len(name) - len(mark)
            spans = [(a + more, b + more, x) if a > at else (a, b, x) for a, b, x in spans]
            spans.append((at, at + len(name), "PERSON"))
    return Row("forms", language, text, tuple(sorted(spans)), (), frozenset({"PERSON", "ORGANISATION"}), "train")


def edited(row: Row, edits: Sequence[Edit]) -> Row:
    """Return ``row`` with ``edits`` (sorted, disjoint) applied and its spans moved accordingly."""
    moves, text, at = [0] * (len(row.text) + 1), "", 0
    for start, end, new in [*edits, (len(row.text), len(row.text), "")]:
        for place in range(at, start):
            moves[place] = len(text) + place - at
        text += row.text[at:start]
        for place in range(start, end):
            moves[place] = len(text) + min(place - start, len(new))
        text += new
        at = end
    moves[len(row.text)] = len(text)
    spans = tuple((moves[a], moves[b], label) for a, b, label in row.spans if moves[a] < moves[b])
    return replace(row, text=text, spans=spans, unknown=tuple((moves[a], moves[b]) for a, b in row.unknown))


def _are_neighbours(row: Row, following: Row) -> bool:
    return (row.corpus, row.language, row.marked) == (following.corpus, following.language, following.marked)


def _paragraph(row: Row, following: Row, dice: random.Random) -> Row:
    between = dice.choice([" ", " ", "\n"])
    move = len(row.text) + len(between)
    return replace(
        row,
        text=row.text + between + following.text,
        spans=(*row.spans, *((a + move, b + move, label) for a, b, label in following.spans)),
        unknown=(*row.unknown, *((a + move, b + move) for a, b in following.unknown)),
    )


def _other_persons(row: Row, names: Names, dice: random.Random) -> list[Edit]:
    """Return other names for the persons of a row with several words; one word may be a form of address."""
    edits = []
    for start, end, label in row.spans:
        if label == "PERSON" and " " in row.text[start:end].strip():
            given, surname = names.person(row.language, dice)
            order = dice.choice(_ORDERS)
            edits.append((start, end, order(given, surname)))
    return edits


_ORDERS: tuple[Callable[[str, str], str], ...] = (
    lambda given, surname: f"{given} {surname}",
    lambda given, surname: f"{given} {surname}",
    lambda given, surname: f"{given} {surname.upper()}",
    lambda given, surname: f"{given} {surname}".upper(),
    lambda given, surname: f"{surname.upper()}, {given}",
    lambda given, surname: f"{surname}, {given}",
    lambda given, surname: f"{given[0]}. {surname}",
)


def _bare(letter: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return plain if letter.isalpha() else letter


def _scanned(text: str, dice: random.Random) -> list[Edit]:
    confused: dict[str, list[str]] = settings()["scan"]
    return [
        (i, i + 1, dice.choice(confused[letter]))
        for i, letter in enumerate(text)
        if letter in confused and dice.random() < 1 / 30
    ]
