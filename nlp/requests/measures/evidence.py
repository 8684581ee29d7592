"""What the rules found in the statements of a letter, as input of the network that chooses the measures asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from nlp.requests.statements import ASKED, ASKING, EXCLUDED, NEUTRAL, REPORTED, SILENT, TOLD, Statement
from nlp.transformer import Vector

MOODS = (ASKED, NEUTRAL, EXCLUDED, REPORTED, TOLD)
TYPES = (
    "mla_request", "rogatory_letter", "eio", "preservation_request", "extradition_request", "response", "supplement",
    "reminder", "service_request", "civil_request",
)  # fmt: skip
SECTIONS = (
    "", *sorted(ASKING), *sorted(SILENT), "facts", "proceeding", "offences", "persons", "urgency", "confidentiality",
    "procedure", "purpose", "reciprocity", "specialty", "reference", "relations",
)  # fmt: skip
# Of each statement and measure: named in a clause of each mood, named at all, confidence of the rules.
NAMED, RULES = len(MOODS), len(MOODS) + 1
_LONGEST = 60  # words of a statement, beyond which its length tells nothing more


@dataclass(frozen=True, slots=True)
class Named:
    """A measure that a statement names, and the mood of the clause or the confidence of the rule that found it."""

    measure: str
    mood: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with its words and what the rules found in it; ``boxed`` if it has a box to tick."""

    statement: Statement
    words: str
    named: Sequence[Named]
    boxed: bool


def statement_rows(evidence: Sequence[Evidence]) -> Vector:
    """Return the features of each statement: moods of its clauses, section, form and place in the letter."""
    rows = np.zeros((len(evidence), len(MOODS) + len(SECTIONS) + 6), np.float32)
    sections = _places(SECTIONS)
    for number, one in enumerate(evidence):
        moods = {mood for _, mood in one.statement.clauses}
        rows[number, : len(MOODS)] = [mood in moods for mood in MOODS]
        if one.statement.section in sections:
            rows[number, len(MOODS) + sections[one.statement.section]] = 1
        words = one.words.split()
        rows[number, len(MOODS) + len(SECTIONS) :] = (
            one.statement.is_item,
            one.statement.is_asked_item,
            number / max(1, len(evidence) - 1),
            2 * min(_LONGEST, len(words)) / _LONGEST,
            one.words.rstrip().endswith(":"),
            one.boxed,
        )
    return rows


def measure_rows(evidence: Sequence[Evidence], measures: Sequence[str]) -> Vector:
    """Return the features of each statement and measure, of the shape (statements, measures, features)."""
    rows = np.zeros((len(evidence), len(measures), RULES + 1), np.float32)
    places = _places(tuple(measures))
    for number, one in enumerate(evidence):
        for named in one.named:
            if named.measure in places:
                row = rows[number, places[named.measure]]
                if named.mood:
                    row[[MOODS.index(named.mood), NAMED]] = 1
                row[RULES] = max(row[RULES], named.confidence)
    return rows


def type_row(kind: str) -> Vector:
    """Return the features of the type of a letter; the last one is for all other types."""
    row = np.zeros(len(TYPES) + 1, np.float32)
    row[TYPES.index(kind) if kind in TYPES else -1] = 1
    return row


@cache
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
