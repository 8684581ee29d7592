"""What was said in a room as CSV, to be kept when the room is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.exports.csv_file import csv_lines
from app.exports.words import country_name, moment, words
from app.labels import person_in
from app.row_names import row_name
from indexing.rooms.comments import Comment

_COLUMNS = ("comment", "element", "country", "author", "said_on", "said", "answers", "resolved_by", "resolved_on")


def comments_csv(said: Iterable[Comment], language: str) -> bytes:
    """Return one line for each comment, in the order of ``said``; times are UTC."""
    return csv_lines([[words(name, language) for name in _COLUMNS], *(list(_line(one, language)) for one in said)])


def _line(one: Comment, language: str) -> Iterator[str]:
    yield str(one.id)
    yield row_name(one.cell.source, one.cell.element, language)
    yield country_name(one.cell.jurisdiction, language)
    yield person_in(language, one.author)
    yield moment(one.made, language)
    yield one.text
    yield str(one.parent or "")
    yield person_in(language, one.resolved_by) if one.resolved else ""
    yield moment(one.resolved, language) if one.resolved else ""
