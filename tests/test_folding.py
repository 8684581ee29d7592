"""Folding preserves the length of any text."""

from __future__ import annotations

import pytest

from nlp.folding import fold, plain

PIECES = [
    ("Artículo 1.º – «Ñandú»", "articulo 1.º - «nandu»"),
    ("L’ÉTAT\u00a0FRANÇAIS\n", "l'etat francais\n"),
    ("\U0001f4a9 漢字 \ud800", "\U0001f4a9 漢字 \ud800"),
]


@pytest.mark.parametrize("times", [1, 500])
@pytest.mark.parametrize(("text", "expected"), PIECES)
def test_fold(text: str, expected: str, times: int) -> None:
    assert fold(text * times) == expected * times


@pytest.mark.parametrize("times", [1, 500])
def test_plain(times: int) -> None:
    text = "art.\u00a05\u2011A, d'une loi \U0001f4a9\ud800\ufeff"
    assert plain(text * times) == "art. 5-A, d’une loi \U0001f4a9\ud800 " * times
