"""View data of workspace pages: the visible table and its comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.comparison.page import CompareState
from app.comparison.row_labels import row_name
from app.comparison.table import Comparison, ComparisonRequest
from app.comparison.view import RowGroup, ShownCell, row_groups
from app.i18n import interface_variety
from app.labels import country
from app.rooms.comments import CellKey, Comment
from app.rooms.rooms import Room
from extraction.errors import RogatioError


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies."""

    head: Comment
    answers: tuple[Comment, ...]

    @property
    def count(self) -> int:
        """Return the number of comments, with the first."""
        return 1 + len(self.answers)


@dataclass(frozen=True)
class RoomView:
    """A workspace with its comparison and comments."""

    room: Room
    made: Comparison
    comments: Sequence[Comment] = ()

    @property
    def names(self) -> list[str]:
        """Return the countries of the columns in the reader's language."""
        return [country(column.jurisdiction) for column in self.made.columns]

    @cached_property
    def groups(self) -> list[RowGroup]:
        return row_groups(self.made, self.names)

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, str]]:
        """Return source and element of each row by its id on the page."""
        return {f"{row.source}-{row.element}": (row.source, row.element) for row in self.made.rows}

    def key(self, row_id: str, place: int) -> CellKey:
        """Return the cell in a row, by its id on the page, and a column, by its number."""
        return CellKey(*self.keys[row_id], self.made.columns[place].jurisdiction)

    @property
    def discussed(self) -> list[Thread]:
        """Return the threads of the workspace, open ones first."""
        return sorted(threads(self.comments), key=lambda thread: thread.head.resolved is not None)

    @cached_property
    def _threads(self) -> Mapping[CellKey, list[Thread]]:
        found: dict[CellKey, list[Thread]] = {}
        for thread in threads(self.comments):
            found.setdefault(thread.head.cell, []).append(thread)
        return found

    def threads(self, cell: CellKey) -> list[Thread]:
        """Return the threads on a cell."""
        return self._threads.get(cell, [])

    def open_threads(self, cell: CellKey) -> int:
        """Return the number of unresolved threads on a cell."""
        return sum(thread.head.resolved is None for thread in self.threads(cell))

    def count(self, cell: CellKey) -> int:
        """Return the number of comments on a cell."""
        return sum(thread.count for thread in self.threads(cell))

    def shown(self, cell: CellKey) -> tuple[str, ShownCell | None]:
        """Return the name of a cell's row and the cell; None if it is not in the present table.

        Raises ``app.no_such_cell`` for a cell that is not in the table and has no comments.
        """
        places = [at for at, column in enumerate(self.made.columns) if column.jurisdiction == cell.jurisdiction]
        for row in (row for group in self.groups for row in group.rows):
            if self.keys[row.id] == (cell.source, cell.element) and places:
                return row.name, row.cells[places[0]]
        if not self.threads(cell):
            raise RogatioError("app.no_such_cell")
        return self.row_name(cell.source, cell.element), None

    def row_name(self, source: str, element: str) -> str:
        """Return the name of a row, also of one no longer in the table."""
        names = (row.name for group in self.groups for row in group.rows if self.keys[row.id] == (source, element))
        return next(names, "") or row_name(source, element, interface_variety())


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Return comments as threads, in the order of their heads."""
    heads: dict[int, Comment] = {}
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.parent:
            answers.setdefault(comment.parent, []).append(comment)
        else:
            heads[comment.id] = comment
    return [Thread(head, tuple(answers.get(number, ()))) for number, head in heads.items()]


def state_of(question: ComparisonRequest) -> CompareState:
    """Return a question as the state of the comparison page."""
    return CompareState(
        concept=question.concept,
        treaty=question.treaty,
        query=question.query,
        citations=question.citations,
        provisions=question.provisions,
        left_out=question.left_out,
        jurisdictions=question.jurisdictions,
        date=question.date,
        most=question.most,
    )
