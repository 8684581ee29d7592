"""Counts of requests by pair of States, year, measure, offence and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from app.requests.statistics.counted_requests import DIMENSIONS, OUTCOME, PAIR, CountedRequest, counted_requests
from app.requests.statistics.suppression import THRESHOLD, suppressed, with_totals
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store


@dataclass(frozen=True, slots=True)
class Statistics:
    """A table of counts; None is a suppressed number.

    ``rows`` and ``columns`` are codes (a pair is ``ES-PE``), empty for unknown values. ``counts`` has a last column and
    a last row of totals. ``days`` are the median days from receipt to the outcome by row, None if fewer than five
    requests have both. ``internal`` tells that no number is suppressed, for use within the authority.
    """

    by: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    days: tuple[int | None, ...]
    internal: bool = False


def request_statistics(
    store: Store, access: AccessFilter, by: str = PAIR, across: str = OUTCOME, *, internal: bool = False
) -> Statistics:
    """Return the counts of the visible requests by two of ``DIMENSIONS``; raises ``app.bad_parameter``.

    Small numbers are suppressed unless ``internal``: who may open every counted request learns nothing from them, but a
    published table would tell others.

    Letters that belong to a request (supplements, reminders, answers, translations) are not counted. A request with
    several measures or offences counts for each of them, so totals are sums of these.
    """
    for name, value in (("by", by), ("across", across)):
        if value not in DIMENSIONS:
            raise RogatioError("app.bad_parameter", name=name)
    held = counted_requests(store, access, (by, across))
    values = {name: [request.values(name) for request in held] for name in (by, across)}
    rows, columns = _codes(values[by]), _codes(values[across])
    found = Counter(
        (row, column)
        for of_row, of_column in zip(values[by], values[across], strict=True)
        for row in of_row
        for column in of_column
    )
    table = with_totals([[found[row, column] for column in columns] for row in rows])
    hidden = [[False] * len(row) for row in table] if internal else suppressed(table)
    counts = tuple(
        tuple(None if hide else count for count, hide in zip(row, flags, strict=True))
        for row, flags in zip(table, hidden, strict=True)
    )
    least = 1 if internal else THRESHOLD
    days = tuple(_days(row, values[by], held, least) for row in rows)
    return Statistics(by, across, rows, columns, counts, days, internal)


def _codes(values: Iterable[Sequence[str]]) -> tuple[str, ...]:
    counts = Counter(code for codes in values for code in codes)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _days(row: str, values: Sequence[Sequence[str]], held: Sequence[CountedRequest], least: int) -> int | None:
    """Return the median days from receipt to outcome of the requests of a row, None if fewer than ``least``."""
    in_row = (request for codes, request in zip(values, held, strict=True) if row in codes)
    found = [request.days_taken for request in in_row if request.days_taken >= 0]
    return round(median(found)) if len(found) >= least else None
