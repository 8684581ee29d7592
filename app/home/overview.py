"""Figures of the collection by country and kind, and the tile map that shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.document_kinds import LISTED_KINDS, kind_of
from extraction.resource import load
from indexing.access import AccessFilter
from indexing.store.reading import Selection, Store
from indexing.store.schema import Status

_EUROPE = 8
"""The first column of Europe in ``country_tiles.yaml``; a blank column keeps it apart."""
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A country on the tile map: ``step`` (1 to 4) is its size relative to the others."""

    country: str
    count: int
    column: int
    row: int
    step: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Readable contents of the collection: documents in all, by kind and by country; ``unplaced`` are off the map."""

    total: int
    kinds: Mapping[str, int]
    countries: Mapping[str, int]
    tiles: tuple[Tile, ...] = ()
    unplaced: Mapping[str, int] | None = None

    @property
    def columns(self) -> int:
        return 1 + max((tile.column for tile in self.tiles), default=0)

    @property
    def rows(self) -> int:
        return 1 + max((tile.row for tile in self.tiles), default=0)


def overview(store: Store, access: AccessFilter) -> Overview:
    """Return the figures of the indexed documents that ``access`` allows."""
    kinds, countries, total = Counter[str](), Counter[str](), 0
    for jurisdiction, document_type, count in store.tally(access, Selection(status=Status.INDEXED)):
        total += count
        kinds[kind_of(document_type)] += count
        countries[jurisdiction] += count
    countries.pop("", None)
    placed = load("app.country_tiles")["tiles"]
    return Overview(
        total=total,
        kinds={kind: kinds[kind] for kind in LISTED_KINDS if kinds[kind]},
        countries=countries,
        tiles=_tiles(countries, placed),
        unplaced={code: count for code, count in countries.items() if code not in placed},
    )


def _tiles(countries: Mapping[str, int], places: Mapping[str, Sequence[int]]) -> tuple[Tile, ...]:
    """Place the countries; empty columns and rows are omitted."""
    shown = {code: places[code] for code in countries if code in places}
    columns = {column: at for at, column in enumerate(sorted({column for column, _ in shown.values()}))}
    rows = {row: at for at, row in enumerate(sorted({row for _, row in shown.values()}))}
    both = any(column < _EUROPE for column in columns) and any(column >= _EUROPE for column in columns)
    most = max((countries[code] for code in shown), default=1)
    return tuple(
        Tile(
            country=code,
            count=countries[code],
            column=columns[column] + (both and column >= _EUROPE),
            row=rows[row],
            step=min(_STEPS, 1 + (countries[code] * _STEPS - 1) // most),
        )
        for code, (column, row) in sorted(shown.items(), key=lambda item: (item[1][1], item[1][0]))
    )
