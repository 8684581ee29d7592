"""The snippet of a search hit shows no heading that stands above it already."""

from __future__ import annotations

import pytest

from app.search.page import has_marked_heading, passage
from indexing.search.request import Hit

HEADING = "TÍTULO II\nDe los delitos y las penas\n"
TEXT = "Artículo 4. Blanqueo de capitales."
PATH = "TÍTULO II De los delitos y las penas"


def hit(path: tuple[str, ...], snippet: str, marks: tuple[tuple[int, int], ...] = ()) -> Hit:
    return Hit(
        "d",
        "ley.txt",
        "Ley 1",
        "ES",
        "statute",
        "",
        "public",
        "art. 4",
        path,
        "es",
        1.0,
        1,
        100,
        300,
        snippet,
        100,
        marks,
    )


@pytest.mark.parametrize(
    ("path", "snippet", "marks", "shown"),
    [
        ((PATH,), HEADING + TEXT, (), TEXT),
        (("LIBRO I", PATH), HEADING + TEXT, (), TEXT),
        (("LIBRO I", PATH), "LIBRO I\n" + HEADING + TEXT, (), TEXT),
        ((PATH,), HEADING + TEXT, ((149, 157),), TEXT),
        ((PATH,), HEADING + TEXT, ((117, 124),), HEADING + TEXT),
        (("TÍTULO III Del procedimiento",), HEADING + TEXT, (), HEADING + TEXT),
        ((PATH,), HEADING.strip(), (), HEADING.strip()),
        ((), HEADING + TEXT, (), HEADING + TEXT),
    ],
)
def test_a_heading_is_shown_once(
    path: tuple[str, ...], snippet: str, marks: tuple[tuple[int, int], ...], shown: str
) -> None:
    found = hit(path, snippet, marks)
    assert "".join(piece.text for piece in passage(found)) == shown
    marked = [piece for piece in passage(found) if piece.hit]
    assert len(marked) == len(marks)
    assert has_marked_heading(found) == (bool(marks) and shown != TEXT)
