"""Letters that belong to a request: supplements, reminders, answers, translations, follow-up requests, copies, annexes.

A link is proposed from common data of both letters (references, case file, identifiers); people confirm or reject it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import regex

from app.requests.life.summary import first_value
from app.requests.search.values import bare_number
from app.wording import worded_in
from extraction.resource import load
from indexing.store.schema import DocumentRow
from nlp.folding import fold
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.letter_types.statements import ANSWERS
from nlp.requests.proposal import OWN_WORDS
from nlp.requests.proposal import TRANSLATION as TRANSLATION_PART
from nlp.state_languages import accepted_languages

SUPPLEMENT, REMINDER, ANSWER, TRANSLATION, FOLLOW_UP = "supplement", "reminder", "answer", "translation", "follow_up"
COPY, WITHDRAWAL = "copy", "withdrawal"
KINDS = (SUPPLEMENT, REMINDER, ANSWER, TRANSLATION, FOLLOW_UP, COPY, WITHDRAWAL, ANNEX)
REPORTING = (ANSWER, WITHDRAWAL)
"""Kinds of letters that report a state of their request."""
CONFIRMED, REJECTED = "confirmed", "rejected"
_BY_TYPE = {
    "supplement": SUPPLEMENT,
    "reminder": REMINDER,
    "withdrawal": WITHDRAWAL,
    "info_request": ANSWER,
    ANNEX: ANNEX,
    **dict.fromkeys(ANSWERS, ANSWER),
}
_PRELIMINARY = ("preservation_request", "provisional_arrest_request")
_FORMAL = ("rogatory_letter", "mla_request", "eio", "tca_request", "extradition_request")
_IDENTIFIERS = ("iban", "account", "phone", "plate", "ip", "wallet", "email", "imei", "company_number")
_MIN_LENGTH = 5
# Weight of each reason for a link; several reasons are combined.
_WEIGHTS = {"same_letter": 0.95, "reference": 0.9, "case_number": 0.75, "case_file": 0.5, "identifier": 0.5}


@dataclass(frozen=True, slots=True)
class Link:
    """``letter`` belongs to ``request`` (ids of documents) as ``kind``.

    ``reasons`` are codes with the common data (``reference:CRI 12/2025``); ``verdict`` is empty without a decision.
    """

    letter: str
    request: str
    kind: str
    reasons: tuple[str, ...] = ()
    confidence: float = 0.0
    verdict: str = ""
    principal: str = ""
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterMarks:
    """What a letter can be recognised by; numbers and identifiers by their normal form.

    ``is_translation`` if the file as a whole is one by its marks.
    """

    id: str
    type: str
    date: str
    case_file: str
    language: str
    states: tuple[str, str]
    sender: str
    reference: str
    numbers: Mapping[str, str]
    identifiers: Mapping[str, str]
    is_translation: bool = False


def letter_marks(document: DocumentRow, row: Mapping[str, Any], fields: Mapping[str, Sequence[Any]]) -> LetterMarks:
    """Return the data by which a letter can be recognised; ``row`` is its reading, ``fields`` the decided proposals."""
    values = [found["value"] for found in fields.get("identifiers", ())]
    reference = first_value(fields, "own_reference")
    numbers = [value["text"] for value in values if value["kind"] == "case_number"]
    other = [value["text"] for value in values if value["kind"] in _IDENTIFIERS and value["scope"] == "case"]
    return LetterMarks(
        id=document.id,
        type=str(row.get("document_type") or document.document_type),
        date=document.date,
        case_file=document.case_file,
        language=document.language,
        states=(first_value(fields, "requesting_state")[:2], first_value(fields, "requested_state")[:2]),
        sender=" ".join(fold(first_value(fields, "issuing_authority")).split()),
        reference=_normal(reference),
        numbers=_by_normal([reference, *numbers]),
        identifiers=_by_normal(other),
        is_translation=_is_translation(row),
    )


def _is_translation(row: Mapping[str, Any]) -> bool:
    """Return whether a file has a translation and not the letter itself."""
    kinds = {part["kind"] for part in row.get("segments", ())}
    return TRANSLATION_PART in kinds and not kinds & OWN_WORDS


def kind_of_letter(document_type: str) -> str:
    """Return as what a letter of a type belongs to a request, empty for a type that opens one."""
    return _BY_TYPE.get(document_type, "")


def compared(letter: LetterMarks, request: LetterMarks) -> Link | None:
    """Return the link suggested by the data of two letters of one collection, None without one.

    An annex that names another request by its number belongs to that one, though it is in the same case file.
    """
    kind = _kind(letter, request)
    reasons = _reasons(letter, request, kind) if kind and _may_follow(letter, request) else ()
    is_of_another = kind == ANNEX and letter.numbers and request.numbers and not letter.numbers.keys() & request.numbers
    if not reasons or not _enough(kind, reasons) or is_of_another:
        return None
    return Link(letter.id, request.id, kind, reasons, _confidence(reasons))


def _by_normal(values: Iterable[str]) -> dict[str, str]:
    return {normal: value for value in values if (normal := _normal(value))}


def _normal(value: str) -> str:
    """Return only letters and digits, empty if they are too few to distinguish numbers."""
    kept = regex.sub(r"[^\p{L}\p{N}]", "", fold(bare_number(value)))
    return kept if len(kept) >= _MIN_LENGTH and regex.search(r"\d", kept) else ""


def _kind(letter: LetterMarks, request: LetterMarks) -> str:
    """Return the kind of link that a letter may have to a request, empty if none.

    A translation is one of a letter of any kind; no letter is the translation of one.
    """
    if _translates(letter, request):
        return TRANSLATION
    if request.type in _BY_TYPE or _translates(request, letter):
        return ""
    if kind := kind_of_letter(letter.type):
        return kind
    if request.type in _PRELIMINARY and letter.type in _FORMAL:
        return FOLLOW_UP
    same = letter.type == request.type and letter.reference and letter.reference == request.reference
    if not same or not _is_second(letter, request):
        return ""
    if letter.language != request.language:
        return TRANSLATION
    return COPY if letter.sender and (letter.sender, letter.date) == (request.sender, request.date) else ""


def _is_second(letter: LetterMarks, other: LetterMarks) -> bool:
    """Return whether, of two letters with the same reference, the first is the translation or copy of the other.

    The original is in the language of the requesting State.
    """
    spoken = accepted_languages(other.states[0] or letter.states[0])[:1]
    own, original = letter.language in spoken, other.language in spoken
    return original if own != original else letter.id > other.id


def _translates(letter: LetterMarks, other: LetterMarks) -> bool:
    """Return whether a file that is a translation by its marks has the reference of a letter in another language.

    A common number of the case is enough together with the date.
    """
    if not letter.is_translation or other.is_translation or letter.language == other.language:
        return False
    same_day = letter.date != "" and letter.date == other.date
    same_case = not letter.numbers.keys().isdisjoint(other.numbers)
    return (letter.reference != "" and letter.reference == other.reference) or (same_day and same_case)


def _may_follow(letter: LetterMarks, request: LetterMarks) -> bool:
    """Return whether neither the dates nor the states of two letters contradict a link.

    An annex has no date of its own.
    """
    later = letter.type == ANNEX or not (letter.date and request.date) or letter.date >= request.date
    return later and all(a == b for a, b in zip(letter.states, request.states, strict=True) if a and b)


def _reasons(letter: LetterMarks, request: LetterMarks, kind: str) -> tuple[str, ...]:
    if kind == COPY:
        return (f"same_letter:{letter.numbers[letter.reference]}",)
    reasons = []
    if request.reference and request.reference in letter.numbers:
        reasons.append(f"reference:{letter.numbers[request.reference]}")
    shared = [value for normal, value in letter.numbers.items() if normal in request.numbers]
    reasons += [f"case_number:{value}" for value in shared if f"reference:{value}" not in reasons]
    if letter.case_file and letter.case_file == request.case_file:
        reasons.append(f"case_file:{letter.case_file}")
    reasons += [f"identifier:{value}" for normal, value in letter.identifiers.items() if normal in request.identifiers]
    return tuple(reasons)


def _enough(kind: str, reasons: Sequence[str]) -> bool:
    """Return whether the reasons suffice: an identifier alone links only a follow-up to its preservation."""
    codes = {reason.partition(":")[0] for reason in reasons}
    return kind == FOLLOW_UP or codes != {"identifier"}


def _confidence(reasons: Iterable[str]) -> float:
    doubt = 1.0
    for code in {reason.partition(":")[0] for reason in reasons}:
        doubt *= 1 - _WEIGHTS[code]
    return round(1 - doubt, 2)


def reason_words(reason: str, language: str) -> str:
    """Return a reason of a link in words."""
    code, _, fact = reason.partition(":")
    return worded_in(load("app.request_words")["link_reasons"][code], language).format(fact=fact)
