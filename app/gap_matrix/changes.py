"""Changes of a gap matrix since a day: verdicts and second readings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from app.gap_matrix.verdicts import CellKey, Verdict, verdicts_by_cell
from indexing.access import AccessFilter
from indexing.records.validity import whole_day
from indexing.store.reading import Store


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A new verdict or a second reading; ``before`` is the previous verdict on the cell, empty without one.

    ``agrees`` is None for a verdict, else whether the second reader agreed with it.
    """

    cell: CellKey
    before: str
    verdict: str
    author: str
    made: datetime
    agrees: bool | None = None


def changes_since(
    store: Store, access: AccessFilter, collection: str, instrument_id: str, countries: Collection[str], day: str
) -> tuple[VerdictChange, ...]:
    """Return what was decided on ``day`` (ISO 8601, UTC) or later, newest first; raises ``indexing.no_such_day``."""
    start = datetime.combine(date.fromisoformat(whole_day(day)), time(), UTC)
    cells = verdicts_by_cell(store, access, collection, instrument_id, countries)
    found = [change for lines in cells.values() for change in _changes(lines) if change.made >= start]
    return tuple(sorted(found, key=lambda change: change.made, reverse=True))


def _changes(lines: Sequence[Verdict]) -> Iterator[VerdictChange]:
    before = ""
    for line in lines:
        yield VerdictChange(line.cell, before, line.verdict, line.author, line.made)
        for reading in line.readings:
            yield VerdictChange(line.cell, line.verdict, line.verdict, reading.author, reading.made, reading.agrees)
        before = line.verdict
