"""Cell-by-cell changes between two comparisons of the same question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.comparison.table import Comparison, Provision, Quotation
from indexing.works.differences import Piece, is_same, pieces

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after; ``kind`` is ``same``, ``changed``, ``added`` (it was empty) or ``removed``."""

    source: str
    element: str
    jurisdiction: str
    kind: str
    then: tuple[Quotation, ...]
    now: tuple[Quotation, ...]

    def pieces(self) -> tuple[Piece, ...]:
        """Return the words of the cell, after the pinpoint of each place, with removed and added ones marked."""
        return tuple(pieces(_placed(self.then), _placed(self.now)))


def changes(then: Comparison, now: Comparison) -> tuple[CellChange, ...]:
    """Return every cell that is not empty in both, rows and countries of ``now`` first."""
    before, after = _cells(then), _cells(now)
    keys = dict.fromkeys((*after, *before))
    found = (_change(key, before.get(key, ()), after.get(key, ())) for key in keys)
    return tuple(change for change in found if change.then or change.now)


def changed_provisions(then: Comparison, now: Comparison) -> tuple[tuple[Provision, ...], tuple[Provision, ...]]:
    """Return the provisions that only ``now`` compares, and those that only ``then`` compared."""
    before, after = _provisions(then), _provisions(now)
    added = tuple(provision for key, provision in after.items() if key not in before)
    return added, tuple(provision for key, provision in before.items() if key not in after)


def _provisions(comparison: Comparison) -> dict[str, Provision]:
    return {provision.id: provision for column in comparison.columns for provision in column.quoted}


_Key = tuple[str, str, str]


def _cells(comparison: Comparison) -> dict[_Key, tuple[Quotation, ...]]:
    countries = [column.jurisdiction for column in comparison.columns]
    return {
        (row.source, row.element, country): cell.quotations
        for row in comparison.rows
        for country, cell in zip(countries, row.cells, strict=True)
    }


def _change(key: _Key, then: tuple[Quotation, ...], now: tuple[Quotation, ...]) -> CellChange:
    alike = is_same(_text(then), _text(now))
    kind = SAME if alike else CHANGED if then and now else ADDED if now else REMOVED
    return CellChange(*key, kind, then, now)


def _text(quoted: tuple[Quotation, ...]) -> str:
    return "\n".join(quotation.text for quotation in quoted)


def _placed(quoted: tuple[Quotation, ...]) -> str:
    places = (
        (pinpoint, _text(tuple(group))) for pinpoint, group in groupby(quoted, key=lambda quotation: quotation.pinpoint)
    )
    return "\n".join(f"{pinpoint}: {text}" if pinpoint else text for pinpoint, text in places)
