"""Word-level differences of texts: what is shown as removed and added."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.works.differences import Piece, differences, is_same, pieces


def marked_differences(old: str, new: str) -> str:
    """Return both texts as one, ``-[gone]`` and ``+[come]``."""
    signs = {"equal": "{}", "delete": "-[{}]", "insert": "+[{}]"}
    return "".join(signs[one.kind].format(one.text) for one in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pena de seis meses", "pena de seis meses", "pena de seis meses"),
        ("pena de seis meses", "pena de seis\n  meses", "pena de seis\n  meses"),
        ("prisión de seis meses a seis años", "prisión de ocho meses a seis años",
         "prisión de -[seis ]+[ocho ]meses a seis años"),
        ("con multa.", "con multa, y decomiso.", "con multa+[, y decomiso]."),
        ("a multa e a perda", "a multa ", "a multa -[e a perda]"),
        ("", "Article premier", "+[Article premier]"),
        ("art. 324-1", "", "-[art. 324-1]"),
        ("art. 324-1", "art. 324-2", "art. -[324-1]+[324-2]"),
        ("dois a oito anos", "três e dez anos", "-[dois a oito ]+[três e dez ]anos"),
        ("Delito", "delito", "-[Delito]+[delito]"),
    ],
)  # fmt: skip
def test_what_went_and_what_came(old: str, new: str, expected: str) -> None:
    assert marked_differences(old, new) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    found = list(pieces(old, new))
    assert _words(one for one in found if one.kind != "delete") == _words([Piece("equal", new)])
    assert _words(one for one in found if one.kind != "insert") == _words([Piece("equal", old)])
    assert is_same(old, new) == all(one.kind == "equal" for one in differences(old, new))


def _words(found: Iterable[Piece]) -> str:
    return "".join("".join(one.text for one in found).split())


def test_ranges_follow_each_other_without_a_gap() -> None:
    old, new = "uno dos tres cuatro cinco", "uno tres cuatro seis cinco siete"
    found = differences(old, new)
    assert found[0].old[0] == found[0].new[0] == 0
    assert (found[-1].old[1], found[-1].new[1]) == (len(old), len(new))
    for one, following in pairwise(found):
        assert (one.old[1], one.new[1]) == (following.old[0], following.new[0])


def test_whole_laws_are_compared_in_time_that_can_be_waited_for() -> None:
    old = " ".join(f"El que de la forma {n} en el caso de la ley" for n in range(2500))
    new = old.replace("forma 1200 en", "manera 1200 en")
    assert [one.kind for one in differences(old, new)] == ["equal", "replace", "equal"]
