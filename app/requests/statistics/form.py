"""Statistics of requests as text, JSON and CSV; a suppressed number is null, or ``x`` in text."""

from __future__ import annotations

from typing import Any

from app.exports.csv_file import csv_lines
from app.labels import concept_in, country_in, label_in
from app.requests.statistics.counted_requests import DIRECTION, MEASURE, OFFENCE, OUTCOME, PAIR, PENDING
from app.requests.statistics.suppression import THRESHOLD
from app.requests.statistics.tables import Statistics
from app.wording import wording

SUPPRESSED = "x"
"""One sign for all suppressed numbers: some of them are not small, and two signs would tell which."""


def code_words(dimension: str, code: str, language: str) -> str:
    """Return the label of a row or column."""
    if not code:
        return wording("requests.not_known", language)
    if dimension == PAIR:
        return " → ".join(side if side == "?" else country_in(language, side) for side in code.split("-"))
    if dimension in (MEASURE, OFFENCE):
        return concept_in(language, code)
    if dimension == DIRECTION:
        return label_in(language, "request_direction", code)
    if dimension == OUTCOME:
        return wording("requests.pending", language) if code == PENDING else label_in(language, "request_event", code)
    return code


def statistics_json(found: Statistics) -> dict[str, Any]:
    """Return the table by codes, with the threshold, 0 if no number is suppressed."""
    return {
        "by": found.by,
        "across": found.across,
        "threshold": 0 if found.internal else THRESHOLD,
        "columns": list(found.columns),
        "rows": [
            {"code": code, "counts": list(counts[:-1]), "total": counts[-1], "median_days": days}
            for code, counts, days in zip(found.rows, found.counts, found.days, strict=False)
        ],
        "totals": list(found.counts[-1]) if found.counts else [],
    }


def statistics_lines(found: Statistics, language: str) -> list[list[str]]:
    """Return the table as lines of text: headings, rows with total and median days, totals."""
    total = wording("requests.total", language)
    head = [
        label_in(language, "request_dimension", found.by),
        *(code_words(found.across, code, language) for code in found.columns),
        total,
        wording("requests.median_days", language),
    ]
    rows = [
        [code_words(found.by, code, language), *map(_written, counts), "" if days is None else str(days)]
        for code, counts, days in zip(found.rows, found.counts, found.days, strict=False)
    ]
    return [head, *rows, *([[total, *map(_written, found.counts[-1]), ""]] if found.counts else [])]


def statistics_csv(found: Statistics, language: str) -> bytes:
    """Return the table as CSV."""
    return csv_lines(statistics_lines(found, language))


def _written(count: int | None) -> str:
    return SUPPRESSED if count is None else str(count)
