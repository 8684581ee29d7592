"""The course of requests: state, who has to act, linked letters, what an answer proposes, deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.requests.deadlines.deadlines import Deadline, deadlines_of
from app.requests.decided import Decisions, decisions_by_document, first_value
from app.requests.life.events import Event, current, events_by_document
from app.requests.life.links import ANSWER, REJECTED, REMINDER, Link, request_links
from app.requests.life.statuses import next_statuses, waits_for
from app.requests.readings import StoredReading, request_readings, stored_reading
from indexing.access import AccessFilter
from indexing.store.reading import Store
from nlp.requests.outcomes import Outcome, find_outcome
from nlp.requests.proposal import OWN_WORDS


@dataclass(frozen=True, slots=True)
class ProposedStatus:
    """A state that a linked answer reports: the answer's id, its date, and where it says so."""

    status: str
    letter: str
    day: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Course:
    """A request with its life; ``letters`` belong to it, ``belongs_to`` are the requests that it belongs to itself."""

    reading: StoredReading
    requesting: str
    requested: str
    reference: str
    events: tuple[Event, ...]
    letters: tuple[Link, ...]
    belongs_to: tuple[Link, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def kind(self) -> str:
        """Return the type of the letter as it was read, else as the document was classified."""
        return str((self.reading.row or {}).get("document_type") or self.reading.document.document_type)

    @property
    def state(self) -> Event | None:
        return current(self.events)

    @property
    def status(self) -> str:
        """Return the current state, empty where none was recorded."""
        return self.state.code if self.state else ""

    @property
    def waits(self) -> str:
        return waits_for(self.status)

    @property
    def next(self) -> tuple[str, ...]:
        return next_statuses(self.status)

    @property
    def waiting_state(self) -> str:
        """Return the code of the State that has to act, empty where nobody has to or it is not known."""
        return {"requesting": self.requesting, "requested": self.requested}.get(self.waits, "")

    def waiting_days(self, today: date) -> int:
        """Return for how many days the request has been in its state."""
        return (today - date.fromisoformat(self.state.day)).days if self.state else 0

    @property
    def reminders(self) -> int:
        return sum(link.kind == REMINDER and link.verdict != REJECTED for link in self.letters)


def courses(store: Store, access: AccessFilter) -> dict[str, Course]:
    """Return the course of every visible request document that was read, the newest first."""
    readings = [stored for stored in request_readings(store, access) if stored.row is not None]
    ids = [stored.document.id for stored in readings]
    events, decisions = events_by_document(store, ids), decisions_by_document(store, ids)
    dates = {stored.document.id: stored.document.date for stored in readings}
    links = sorted(request_links(store, readings), key=lambda link: (dates.get(link.letter, ""), link.letter))
    return {
        stored.document.id: _course(stored, events.get(stored.document.id, ()), links, decisions) for stored in readings
    }


def course_among(store: Store, access: AccessFilter, document_id: str) -> tuple[Course, dict[str, Course]]:
    """Return the course of one request, and those of all visible ones, among which its letters are.

    It is read first where it was not; raises what ``stored_reading`` does.
    """
    stored_reading(store, access, document_id)
    known = courses(store, access)
    return known[document_id], known


def _course(reading: StoredReading, events: Sequence[Event], links: Sequence[Link], decisions: Decisions) -> Course:
    document, row = reading.document.id, reading.row or {}
    letters = tuple(link for link in links if link.request == document)
    return Course(
        reading=reading,
        requesting=first_value(row, document, "requesting_state", decisions),
        requested=first_value(row, document, "requested_state", decisions),
        reference=first_value(row, document, "own_reference", decisions),
        events=tuple(events),
        letters=letters,
        belongs_to=tuple(link for link in links if link.letter == document),
        deadlines=deadlines_of(reading, events, letters, decisions),
    )


def proposed_statuses(
    store: Store, access: AccessFilter, of: Course, known: Mapping[str, Course]
) -> list[ProposedStatus]:
    """Return the states that answers linked to a request report and that may follow its current one."""
    recorded = {event.source for event in of.events if not event.retracted}
    found = []
    for link in of.letters:
        letter = known.get(link.letter)
        if link.kind != ANSWER or link.verdict == REJECTED or letter is None or link.letter in recorded:
            continue
        proposed = _reported(store, access, letter.reading)
        if proposed and proposed.status in of.next:
            found.append(proposed)
    return sorted(found, key=lambda one: one.day)


def _reported(store: Store, access: AccessFilter, letter: StoredReading) -> ProposedStatus | None:
    segments = (letter.row or {}).get("segments", ())
    own = tuple((part["start"], part["end"]) for part in segments if part["kind"] in OWN_WORDS)
    document = letter.document
    found = _outcome(store, access, document.id, document.processed_revision, own)
    if found is None:
        return None
    outcome, quote = found
    return ProposedStatus(outcome.status, document.id, document.date, outcome.start, outcome.end, quote)


@lru_cache(maxsize=5_000)
def _outcome(
    store: Store, access: AccessFilter, document_id: str, revision: int, own: tuple[tuple[int, int], ...]
) -> tuple[Outcome, str] | None:
    """Return what an answer reports and in which words; kept by revision, since every list of requests asks for it."""
    text = store.text(access, document_id)
    outcome = find_outcome(text, own)
    return (outcome, " ".join(text[outcome.start : outcome.end].split())) if outcome else None
