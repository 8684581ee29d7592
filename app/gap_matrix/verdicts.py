"""Verdicts on the cells of a gap matrix: set by people, with evidence, and reviewed by a second person.

Nothing is overwritten: verdicts are appended to the history of a cell. A verdict judges the law as of a day and is
valid until a later one: on any day the verdict of the latest such day is valid, the newest of several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.gap_matrix.schema import ElementVerdictRow, SecondReadingRow, VerdictEvidenceRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow

VERDICTS = (
    "implemented",
    "implemented_more_broadly",
    "partially",
    "functional_equivalent",
    "not_implemented",
    "reserved",
    "not_applicable",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class CellKey:
    """An element of a model instrument in one country, in the matrix of one collection."""

    collection: str
    instrument: str
    element: str
    country: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a document's text, ``page`` from 1, with the pinpoint of the unit in which it begins."""

    document: str
    start: int
    end: int
    pinpoint: str = ""
    page: int = 1
    digest: str = ""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The review of a verdict by a second person: whether that person agrees, with a note."""

    agrees: bool
    note: str
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in a cell's history; ``evidence`` are the passages that may be seen.

    ``law_date`` (ISO 8601) is the day as of which the law was judged, ``rested_on`` the number of all passages of
    evidence, ``readings`` are those of others, oldest first.
    """

    id: int
    cell: CellKey
    verdict: str
    note: str
    law_date: str
    author: str
    made: datetime
    rested_on: int = 0
    evidence: tuple[Passage, ...] = ()
    readings: tuple[SecondReading, ...] = ()

    @property
    def confirmed(self) -> bool | None:
        """Whether every second reader agrees in his or her last reading; None without readings."""
        return all(last_word.agrees for last_word in self.last_words) if self.readings else None

    @property
    def last_words(self) -> tuple[SecondReading, ...]:
        """The last reading of each second reader, in order of their first one."""
        return tuple({reading.author: reading for reading in self.readings}.values())


def history(store: Store, access: AccessFilter, cell: CellKey) -> tuple[Verdict, ...]:
    """Return the history of one cell, oldest verdict first."""
    query = _visible(access).where(
        ElementVerdictRow.collection == cell.collection,
        ElementVerdictRow.instrument == cell.instrument,
        ElementVerdictRow.element == cell.element,
        ElementVerdictRow.jurisdiction == cell.country,
    )
    return _verdicts(store, access, query)


def line(lines: Iterable[Verdict], number: int) -> Verdict:
    """Return the verdict with the id ``number`` in a cell's history; raises ``indexing.no_such_line``."""
    for verdict in lines:
        if verdict.id == number:
            return verdict
    raise RogatioError("indexing.no_such_line", line=number)


def valid_verdict(lines: Iterable[Verdict], day: str) -> Verdict | None:
    """Return the verdict of a cell's history that is valid on a day (ISO 8601), None without one."""
    earlier = (line for line in lines if line.law_date <= day)
    return max(earlier, key=lambda verdict: (verdict.law_date, verdict.id), default=None)


def current_verdicts(
    store: Store, access: AccessFilter, collection: str, instrument_id: str, countries: Collection[str], day: str
) -> dict[tuple[str, str], Verdict]:
    """Return the verdicts valid on a day, by element and country."""
    lines = verdicts_by_cell(store, access, collection, instrument_id, countries)
    return {place: found for place, own in lines.items() if (found := valid_verdict(own, day))}


def verdicts_by_cell(
    store: Store, access: AccessFilter, collection: str, instrument_id: str, countries: Collection[str]
) -> dict[tuple[str, str], list[Verdict]]:
    """Return all verdicts of a matrix by element and country, oldest first."""
    query = _visible(access).where(
        ElementVerdictRow.collection == collection,
        ElementVerdictRow.instrument == instrument_id,
        ElementVerdictRow.jurisdiction.in_(countries),
    )
    lines: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in _verdicts(store, access, query):
        lines[verdict.cell.element, verdict.cell.country].append(verdict)
    return lines


def awaiting_second_reading(store: Store, access: AccessFilter, principal: Principal) -> list[CellKey]:
    """Return the cells whose verdict is by somebody else and without a second reading, newest first."""
    with Session(store.database) as session:
        rows = session.scalars(_visible(access)).all()
        confirmed = set(session.scalars(select(SecondReadingRow.verdict)))
    newest: dict[CellKey, ElementVerdictRow] = {}
    for row in rows:
        cell = CellKey(row.collection, row.instrument, row.element, row.jurisdiction)
        if cell not in newest or (newest[cell].law_date, newest[cell].id) < (row.law_date, row.id):
            newest[cell] = row
    open_lines = [
        (row.id, cell) for cell, row in newest.items() if row.id not in confirmed and row.author != principal.id
    ]
    return [cell for _, cell in sorted(open_lines, key=lambda open_line: -open_line[0])]


def _visible(access: AccessFilter) -> Select[tuple[ElementVerdictRow]]:
    rows = select(ElementVerdictRow).where(ElementVerdictRow.collection.in_(access.whole))
    return rows.order_by(ElementVerdictRow.id)


def _verdicts(store: Store, access: AccessFilter, query: Select[tuple[ElementVerdictRow]]) -> tuple[Verdict, ...]:
    with Session(store.database) as session:
        rows = session.scalars(query).all()
        ids = [row.id for row in rows]
        evidence: dict[int, list[Passage]] = defaultdict(list)
        seen = select(DocumentRow.id).where(visible_documents(access))
        found = select(VerdictEvidenceRow).where(VerdictEvidenceRow.verdict.in_(ids))
        for row in session.scalars(found.where(VerdictEvidenceRow.document.in_(seen)).order_by(VerdictEvidenceRow.id)):
            evidence[row.verdict].append(Passage(row.document, row.start, row.end, row.pinpoint, row.page, row.digest))
        readings: dict[int, list[SecondReading]] = defaultdict(list)
        second = select(SecondReadingRow).where(SecondReadingRow.verdict.in_(ids)).order_by(SecondReadingRow.id)
        for reading_row in session.scalars(second):
            readings[reading_row.verdict].append(
                SecondReading(reading_row.agrees, reading_row.note, reading_row.author, utc(reading_row.made))
            )
        return tuple(
            Verdict(
                id=row.id,
                cell=CellKey(row.collection, row.instrument, row.element, row.jurisdiction),
                verdict=row.verdict,
                note=row.note,
                law_date=row.law_date,
                author=row.author,
                made=utc(row.made),
                rested_on=row.passages,
                evidence=tuple(evidence[row.id]),
                readings=tuple(readings[row.id]),
            )
            for row in rows
        )
