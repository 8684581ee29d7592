"""Review of a request: proposals with the decisions of people, and the recording of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.requests.corrections import check_correction
from app.requests.deadlines.stored_deadlines import stored_deadlines
from app.requests.decided_fields import corrected_value
from app.requests.decisions import (
    CORRECTED,
    PROPOSED,
    VERDICTS,
    Decision,
    decision_history,
    newest_decisions,
    proposal_id,
    with_decided,
)
from app.requests.derived import refresh_derived
from app.requests.hearing_check import hearing_checks
from app.requests.life.stored_links import is_translation
from app.requests.readings import StoredReading, stored_reading
from app.requests.rows import with_messages
from app.requests.rules.desk_rules import phrase_of
from app.requests.schema import RequestDecisionRow
from app.requests.written_values import has_data
from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from nlp.requests.checks.checks import needs_a_look
from nlp.requests.proposal import PRESENT

MAX_VALUE_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class ReviewedValue:
    """A proposal with its evidence (offsets, page from 1, quoted words) and the newest decision on it."""

    id: str
    field: str
    value: Any
    quote: str
    start: int
    end: int
    page: int
    confidence: float
    decision: Decision | None
    origin: str = ""

    @property
    def state(self) -> str:
        """Return the verdict of the latest decision, ``proposed`` without one."""
        return self.decision.verdict if self.decision else PROPOSED

    @property
    def current(self) -> Any:
        """Return the value as corrected."""
        if self.decision is None or self.decision.verdict != CORRECTED:
            return self.value
        return corrected_value(self.field, self.value, self.decision.text)


@dataclass(frozen=True, slots=True)
class ReviewedPart:
    """A part of the file (cover, request, ...) with its language and its pages, counted from 1."""

    kind: str
    language: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ReviewedTranslation:
    """The text of original and translation: differences, and all paragraphs side by side."""

    differences: tuple[tuple[str, str], ...]
    paragraphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The content of the review page of a request.

    ``noted`` are the keys of the checks that count as present and that a person should look at: no rule found the item,
    or a treaty is to be verified.
    """

    reading: StoredReading
    fields: Mapping[str, tuple[ReviewedValue, ...]]
    checks: Sequence[Mapping[str, Any]]
    history: tuple[Decision, ...]
    parts: tuple[ReviewedPart, ...] = ()
    translation: ReviewedTranslation | None = None
    left_out: Mapping[str, tuple[ReviewedValue, ...]] = field(default_factory=dict)
    noted: frozenset[str] = frozenset()

    @property
    def undecided(self) -> int:
        """Return the number of values that nobody has decided on."""
        return sum(value.decision is None for values in self.fields.values() for value in values)

    @property
    def raised(self) -> list[Mapping[str, Any]]:
        """Return the missing or doubtful items of the completeness check."""
        return [check for check in self.checks if check["state"] != PRESENT]


def review(store: Store, access: AccessFilter, document_id: str, language: str = "en") -> Review:
    """Return the review of a request, its checks explained in ``language``; raises what ``stored_reading`` does.

    A translation of another letter is not checked.
    """
    reading = stored_reading(store, access, document_id)
    text = store.reading(access, document_id)
    with Session(store.database) as session:
        history = decision_history(session, document_id)
    newest = newest_decisions(history)
    row = reading.row or {}
    fields = {
        key: tuple(_value(key, found, text, newest) for found in proposals)
        for key, proposals in with_decided(row.get("fields", {}), newest.values()).items()
    }
    stored = [] if is_translation(store, access, document_id) else list(row.get("preflight", ()))
    if stored:
        stored += hearing_checks(stored_deadlines(store, [document_id]).get(document_id, ()), date.today())
    checks = with_messages(stored, language)
    parts = tuple(_part(part, text) for part in row.get("segments", ()))
    left_out = {
        key: tuple(_value(key, found, text, newest) for found in proposals)
        for key, proposals in row.get("left_out", {}).items()
    }
    noted = frozenset(check["key"] for check in stored if needs_a_look(check["reason"]))
    translation = reviewed_translation(row.get("translation"), text.text)
    return Review(reading, fields, checks, history, parts, translation, left_out, noted)


def _part(part: Mapping[str, Any], text: Document) -> ReviewedPart:
    last = max(part["start"], part["end"] - 1)
    return ReviewedPart(part["kind"], part["language"], text.page_at(part["start"]), text.page_at(last))


def reviewed_translation(check: Mapping[str, Any] | None, text: str) -> ReviewedTranslation | None:
    """Return the stored check of a translation with texts in place of their ranges."""
    if not check:
        return None

    def words(place: Sequence[int] | None) -> str:
        return " ".join(text[place[0] : place[1]].split()) if place else ""

    differences = tuple((words(pair["original"]), words(pair["translation"])) for pair in check["differences"])
    paragraphs = tuple((words(original), words(translation)) for original, translation in check["paragraphs"])
    return ReviewedTranslation(differences, paragraphs)


def decide(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    document_id: str,
    proposal: str,
    verdict: str,
    text: str = "",
) -> None:
    """Record a decision on a proposal (its id) of a request.

    ``text`` is the corrected value if ``verdict`` is ``corrected``. Raises ``app.form_invalid`` for another verdict or
    an empty correction, ``app.no_such_proposal`` for a proposal not in the reading, and what ``stored_reading`` raises.
    """
    text = text.strip()
    require_write(store, access, store.document(access, document_id), principal)
    if verdict not in VERDICTS or (verdict == CORRECTED and not text) or len(text) > MAX_VALUE_LENGTH:
        raise RogatioError("app.form_invalid")
    value = _proposed(review(store, access, document_id), proposal)
    if verdict == CORRECTED:
        check_correction(value.field, value.value, text)
    entered = text if verdict == CORRECTED else ""
    made = Decision(value.field, proposal, verdict, entered, principal.id, now(), value.value, value.start, value.end)
    # A rule holds for other letters, but target, period and particulars are of this one.
    phrase = "" if has_data(entered) else phrase_of(value.field, value.value, value.quote)
    record_decision(store, document_id, made, phrase)


def record_decision(store: Store, document_id: str, made: Decision, phrase: str = "") -> None:
    """Store a decision and what is derived from the decided fields; ``phrase`` are words that a rule may learn from."""
    with writing(store) as session:
        session.add(
            RequestDecisionRow(
                document=document_id,
                field=made.field,
                proposal=made.proposal,
                verdict=made.verdict,
                value=made.value,
                text=made.text,
                phrase=phrase,
                start=made.start,
                end=made.end,
                principal=made.principal,
                made=made.made,
            )
        )
        session.flush()
        refresh_derived(session, store, document_id)


def _proposed(reviewed: Review, proposal: str) -> ReviewedValue:
    values = (value for found in (*reviewed.fields.values(), *reviewed.left_out.values()) for value in found)
    if value := next((value for value in values if value.id == proposal), None):
        return value
    raise RogatioError("app.no_such_proposal")


def _value(
    field: str, found: Mapping[str, Any], text: Document, newest: Mapping[tuple[str, str], Decision]
) -> ReviewedValue:
    identifier, start, end = proposal_id(field, found["value"]), found["start"], found["end"]
    return ReviewedValue(
        id=identifier,
        field=field,
        value=found["value"],
        quote=" ".join(text.text[start:end].split()),
        start=start,
        end=end,
        page=text.page_at(start),
        confidence=found["confidence"],
        decision=newest.get((field, identifier)),
        origin=found.get("origin", ""),
    )
