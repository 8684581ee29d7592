"""Something is said of a cell of a room's table, which must have that cell for who says it."""

from __future__ import annotations

from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.comparison.table import Comparison
from indexing.comparison.views import compared, sources_of
from indexing.library import Library
from indexing.rooms.comments import CellKey, Comment, comment
from indexing.rooms.rooms import room
from indexing.store.reading import Store


def say_of_cell(
    library: Library, principal: Principal, room_id: str, cell: CellKey, text: str, parent: int = 0
) -> Comment:
    """Say something of a cell of a room's table, or answer the comment ``parent``.

    Raises ``indexing.not_your_part`` for who only reads, ``app.no_such_cell`` for a cell that the table has not, and
    what ``comment`` does.
    """
    found, access = room(library.store, principal, room_id), library.store.access(principal)
    if not found.may_write:
        raise RogatioError("indexing.not_your_part")
    made = compared(library, principal, found.question)
    if not parent and not _has_cell(made, cell):
        raise RogatioError("app.no_such_cell")
    quoted = _quoted_beside_public_law(library.store, access, made, cell)
    return comment(library.store, access, principal, room_id, cell, text, quoted=quoted, parent=parent)


def _has_cell(made: Comparison, cell: CellKey) -> bool:
    """Tell whether a table has a row and a column for ``cell``."""
    return any((row.source, row.element) == (cell.source, cell.element) for row in made.rows) and any(
        column.jurisdiction == cell.jurisdiction for column in made.columns
    )


def _quoted_beside_public_law(store: Store, access: AccessFilter, made: Comparison, cell: CellKey) -> set[str]:
    """Return the collections, public law aside, that a cell quotes for the reader."""
    public = {one.id for one in store.collections(access) if one.is_public}
    collections = sources_of(made)
    places = [at for at, column in enumerate(made.columns) if column.jurisdiction == cell.jurisdiction]
    quoted = (
        one.document_id
        for row in made.rows
        if (row.source, row.element) == (cell.source, cell.element)
        for place in places
        for one in row.cells[place].quotations
    )
    return {collections[document] for document in quoted} - public
