"""Data model of a request reading: proposals with evidence, parts of the file, completeness checks.

Offsets are code points of the document's text, half open. Everything is a proposal for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nlp.treaties.invoked import InvokedTreaty

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

PRESENT, DOUBTFUL, MISSING = "present", "doubtful", "missing"
# Parts of a file. The first three are the authority's own words; the others are quoted, attached or repeated.
COVER, REQUEST, ANSWER = "cover", "request", "answer"
TRANSCRIPTION, ANNEX, TRANSLATION = "transcription", "annex", "translation"
OWN_WORDS = frozenset({COVER, REQUEST, ANSWER})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value of a field with the range of text that supports it.

    ``value`` has the shape that the field's key prescribes (text, ``True`` or a mapping); ``origin`` is
    ``name@version`` of the reader.
    """

    value: Json
    start: int
    end: int
    confidence: float
    origin: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of a file: cover, request, transcription, annex, translation or answer, in one language.

    A transcription is ``inline`` if it belongs to the running text of the letter that quotes it.
    """

    kind: str
    language: str
    start: int
    end: int
    confidence: float
    origin: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """State of one item of the completeness check.

    ``instrument`` and ``provision`` name the rule that requires the item, empty where only good practice does.
    ``reason`` is the key of the explanation in ``nlp/resources/request_checks.yaml``. ``place`` is the range of the
    text where a raised item is weak or would stand; None for a present one. ``treaties`` are the invoked ones that
    are not known to be in force, for the item ``legal_basis``; ``differences`` are the values that the translation
    gives otherwise, in the words of the original and of the translation, for the item ``translation``;
    ``periods`` are first and last day, as written, of those that end before they begin, for ``period_of_records``;
    ``values`` are the names or numbers in doubt, as written.
    """

    key: str
    state: str
    instrument: str
    provision: str
    reason: str
    place: tuple[int, int] | None = None
    treaties: tuple[InvokedTreaty, ...] = ()
    differences: tuple[tuple[str, str], ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of the original and its counterpart in the translation; one range is None where only the other has it.

    ``kind`` is ``figure``, ``day``, ``identifier`` or ``name``.
    """

    kind: str
    original: tuple[int, int] | None
    translation: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class TranslationCheck:
    """Paragraphs of a letter paired with those of its translation, as ranges of the text, and their differences."""

    paragraphs: tuple[tuple[tuple[int, int] | None, tuple[int, int] | None], ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RequestReading:
    """All proposals for one file.

    ``fields`` lists each key's proposals, best first; keys without proposals are missing. ``translation`` is None if
    the file has no translation.
    """

    document_type: Proposal
    parts: tuple[FilePart, ...]
    fields: Mapping[str, tuple[Proposal, ...]]
    checks: tuple[Check, ...]
    translation: TranslationCheck | None = None
