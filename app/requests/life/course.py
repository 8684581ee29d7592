"""The course of requests: state, the side that has to act, linked letters, states proposed by answers, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.stored_deadlines import stored_deadlines
from app.requests.decided_fields import Decisions, decided_values
from app.requests.hearing_check import hearing_checks
from app.requests.life.events import Event, current, fits, states_in_force, stored_events
from app.requests.life.links import REJECTED, REMINDER, REPORTING, TRANSLATION, Link
from app.requests.life.schema import RequestEventRow, RequestSummaryRow
from app.requests.life.statuses import next_statuses, statuses, waits_for
from app.requests.life.stored_links import links_of, links_of_letters
from app.requests.readings import StoredReading, readings_of, stored_reading
from app.requests.schema import READ_TYPES
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DocumentRow, Status


@dataclass(frozen=True, slots=True)
class ProposedStatus:
    """A state reported in a linked answer: the answer's id, its date, and the place in its text."""

    status: str
    letter: str
    day: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Course:
    """A request with its course; ``letters`` belong to it, ``belongs_to`` are the requests to which it belongs.

    ``reported`` is the state reported in it, if it is an answer.
    """

    reading: StoredReading
    requesting: str
    requested: str
    reference: str
    events: tuple[Event, ...]
    letters: tuple[Link, ...]
    belongs_to: tuple[Link, ...]
    deadlines: tuple[Deadline, ...]
    reported: ProposedStatus | None = None

    @property
    def kind(self) -> str:
        """Return the type of the letter in the reading, else that of the document."""
        return str((self.reading.row or {}).get("document_type") or self.reading.document.document_type)

    def measures(self, decisions: Decisions) -> list[str]:
        """Return the measures that the letter asks for, after the decisions of people."""
        found = decided_values(self.reading.row or {}, self.reading.document.id, "measures", decisions)
        return [str(one["value"]["measure"]) for one in found]

    @property
    def is_translation(self) -> bool:
        """Return whether the letter is the translation of another one, unless somebody rejected it."""
        return any(link.kind == TRANSLATION and link.verdict != REJECTED for link in self.belongs_to)

    @property
    def raised_checks(self) -> list[dict[str, Any]]:
        """Return the missing or doubtful points of the completeness check in their stored form.

        A translation is not checked, its original is.
        """
        stored = () if self.is_translation else (self.reading.row or {}).get("preflight", ())
        raised = [check for check in stored if check["state"] != "present"]
        return [*raised, *hearing_checks(self.deadlines, date.today())] if stored else raised

    @property
    def state(self) -> Event | None:
        """Return the event that gave the request its state, None without one."""
        return current(self.events)

    @property
    def status(self) -> str:
        """Return the current state, empty if none was recorded."""
        return self.state.code if self.state else ""

    @property
    def waits(self) -> str:
        """Return the side that has to act."""
        return waits_for(self.status)

    @property
    def next(self) -> tuple[str, ...]:
        """Return the states that may follow."""
        return next_statuses(self.status)

    @property
    def late(self) -> tuple[str, ...]:
        """Return the states that may only be recorded before the current one, none without one."""
        return tuple(code for code in statuses() if code not in self.next)

    @property
    def waiting_state(self) -> str:
        """Return the code of the State that has to act, empty if there is none or it is unknown."""
        return {"requesting": self.requesting, "requested": self.requested}.get(self.waits, "")

    def waiting_days(self, today: date) -> int:
        """Return the number of days in the current state."""
        return (today - date.fromisoformat(self.state.day)).days if self.state else 0

    @property
    def reminders(self) -> int:
        """Return the number of linked reminders whose link nobody rejected."""
        return sum(letter.kind == REMINDER and letter.verdict != REJECTED for letter in self.letters)


def courses(store: Store, access: AccessFilter, documents: Iterable[str]) -> dict[str, Course]:
    """Return the courses of those of ``documents`` that may be seen and were read, the newest first."""
    held = _visible(store, access, documents)
    readings, ids = readings_of(store, held), [document.id for document in held]
    with Session(store.database) as session:
        summaries = {
            summary.document: summary
            for summary in session.scalars(select(RequestSummaryRow).where(RequestSummaryRow.document.in_(ids)))
        }
        events = stored_events(session, ids)
        links = links_of(store, access, ids)
        letters = select(DocumentRow.id, DocumentRow.date).where(DocumentRow.id.in_({link.letter for link in links}))
        dates = dict(session.execute(letters).tuples().all())
    links.sort(key=lambda link: (dates.get(link.letter, ""), link.letter))
    deadlines = stored_deadlines(store, ids)
    return {
        document.id: _course(
            StoredReading(document, readings[document.id]),
            summaries[document.id],
            events.get(document.id, ()),
            links,
            deadlines,
        )
        for document in held
        if document.id in readings and document.id in summaries
    }


def course_among(store: Store, access: AccessFilter, document_id: str) -> tuple[Course, dict[str, Course]]:
    """Return the course of one request or annex, and those of the visible letters linked with it.

    It is read first if necessary; raises what ``stored_reading`` does.
    """
    stored_reading(store, access, document_id, READ_TYPES)
    linked = {letter for link in links_of(store, access, [document_id]) for letter in (link.letter, link.request)}
    known = courses(store, access, {document_id, *linked})
    return known[document_id], known


def letters_to_read(
    store: Store, access: AccessFilter, links: Iterable[Link], known: Mapping[str, Course]
) -> dict[str, StoredDocument]:
    """Return by id the visible letters of links that nobody rejected, other than the ``known`` ones.

    They have no current reading: after an upgrade they are read again, and the links with them stay meanwhile.
    """
    linked = {letter for link in links if link.verdict != REJECTED for letter in (link.letter, link.request)}
    return {document.id: document for document in _visible(store, access, linked - known.keys())}


def _visible(store: Store, access: AccessFilter, documents: Iterable[str]) -> list[StoredDocument]:
    query = (
        select(DocumentRow)
        .where(DocumentRow.id.in_(set(documents)), visible_documents(access), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.document_type.in_(READ_TYPES))
        .order_by(DocumentRow.date.desc(), DocumentRow.added.desc(), DocumentRow.id)
    )
    with Session(store.database) as session:
        return [document_from(row) for row in session.scalars(query)]


def _course(
    reading: StoredReading,
    summary: RequestSummaryRow,
    events: Sequence[Event],
    links: Sequence[Link],
    deadlines: Mapping[str, tuple[Deadline, ...]],
) -> Course:
    document = reading.document
    found = Course(
        reading=reading,
        requesting=summary.requesting,
        requested=summary.requested,
        reference=summary.reference,
        events=tuple(events),
        letters=tuple(link for link in links if link.request == document.id),
        belongs_to=tuple(link for link in links if link.letter == document.id),
        deadlines=deadlines.get(document.id, ()),
        reported=_reported(summary, document),
    )
    return replace(found, deadlines=()) if found.is_translation else found


def _reported(summary: RequestSummaryRow, letter: StoredDocument) -> ProposedStatus | None:
    if not summary.outcome:
        return None
    start, end, quote = summary.outcome_start, summary.outcome_end, summary.outcome_quote
    return ProposedStatus(summary.outcome, letter.id, letter.date, start, end, quote)


def proposed_statuses(of: Course, known: Mapping[str, Course]) -> list[ProposedStatus]:
    """Return the states reported in linked answers that fit among the recorded ones by their day."""
    recorded = {event.source for event in of.events if not event.retracted}
    answers = (link.letter for link in of.letters if link.kind in REPORTING and link.verdict != REJECTED)
    reported = (known[answer].reported for answer in answers if answer in known and answer not in recorded)
    states = states_in_force(of.events)
    found = (one for one in reported if one and fits(states, one.status, one.day))
    return sorted(found, key=lambda status: status.day)


def linked_as(kind: str, of: Course, known: Mapping[str, Course]) -> list[Course]:
    """Return the ``known`` letters that belong to a request as ``kind``, by name, but those with a rejected link."""
    linked = {link.letter for link in of.letters if link.kind == kind and link.verdict != REJECTED}
    return sorted((known[letter] for letter in linked & known.keys()), key=lambda one: one.reading.document.source)


def linkable_letters(store: Store, access: AccessFilter, of: Course, limit: int) -> list[Course]:
    """Return letters of the same collection that are not linked with a request: its States first, then the newest."""
    own, about = of.reading.document, RequestSummaryRow
    linked = {own.id, *(link.letter for link in of.letters), *(link.request for link in of.belongs_to)}
    same = (about.requesting == of.requesting) & (about.requested == of.requested)
    query = (
        select(about.document)
        .join(DocumentRow, DocumentRow.id == about.document)
        .where(visible_documents(access), DocumentRow.collection == own.collection, about.document.not_in(linked))
        .order_by(case((same, 0), else_=1), DocumentRow.date.desc(), DocumentRow.id)
        .limit(limit)
    )
    with Session(store.database) as session:
        ids = session.scalars(query).all()
    found = courses(store, access, ids)
    return [found[document_id] for document_id in ids if document_id in found]


def reported_states(store: Store, access: AccessFilter) -> list[tuple[str, ProposedStatus]]:
    """Return the unrecorded states reported in answers, each with the id of its request, by day.

    A state is omitted if it does not fit among the recorded ones, or if an event names the answer as its source.
    """
    event, about, retracted = RequestEventRow, RequestSummaryRow, select(RequestEventRow.retracts)
    used = select(event.source).where(event.source != "", event.id.not_in(retracted))
    reporting = (
        select(about.document, about.outcome, about.outcome_start, about.outcome_end, about.outcome_quote)
        .join(DocumentRow, DocumentRow.id == about.document)
        .where(about.outcome != "", about.document.not_in(used), visible_documents(access))
    )
    with Session(store.database) as session:
        letters = {
            row.document: ProposedStatus(
                row.outcome, row.document, row.date, row.outcome_start, row.outcome_end, row.outcome_quote
            )
            for row in session.execute(reporting.add_columns(DocumentRow.date))
        }
        links = links_of_letters(session, access, reporting.with_only_columns(about.document))
        events = stored_events(session, {link.request for link in links})
    found = [
        (link.request, letters[link.letter])
        for link in links
        if link.kind in REPORTING
        and link.verdict != REJECTED
        and fits(states_in_force(events.get(link.request, ())), letters[link.letter].status, letters[link.letter].day)
    ]
    return sorted(found, key=lambda entry: (entry[1].day, entry[0]))
