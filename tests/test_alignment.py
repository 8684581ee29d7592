"""Alignment of the clauses of two provisions: order-preserving, with and without an encoder."""

from __future__ import annotations

import pytest
from hashed_encoder import hashed_encoder
from hypothesis import given, settings
from hypothesis import strategies as st

from app.comparison.alignment import Aligned, Comparable, align


def clause(text: str, elements: str = "", traits: str = "") -> Comparable:
    return Comparable(text, frozenset(elements.split()), frozenset(traits.split()))


SPANISH = [
    clause("El que adquiera bienes sabiendo su origen delictivo", "subject conduct", "anyone acquire knowledge"),
    clause("La tentativa se castigará con la misma pena", "attempt", "attempt same_penalty"),
    clause("Estará exento de pena quien avise a la autoridad", "exemption", "informing_authorities"),
]
FRENCH = [
    clause("Le fait d'acquérir des biens en connaissance de cause", "conduct", "acquire knowledge"),
    clause("Les personnes morales encourent une amende de 750 000 euros", "legal_persons", "fine"),
    clause("La tentative est punie des mêmes peines", "attempt", "attempt same_penalty"),
]
PLACES = [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), ())]


@pytest.mark.parametrize("encoder", [None, hashed_encoder()], ids=["without", "with"])
def test_clauses_in_two_languages(encoder: object) -> None:
    found = align(SPANISH, FRENCH, encoder)  # type: ignore[arg-type]
    assert [(one.left, one.right) for one in found] == PLACES
    assert all(one.why and one.score > 0 for one in found if one.left and one.right)


def test_one_clause_that_answers_two() -> None:
    whole = clause("Quien oculte el origen o transporte dinero", "conduct", "conceal transport")
    parts = [clause("oculte el origen", "conduct", "conceal"), clause("transporte dinero", "conduct", "transport")]
    assert [(one.left, one.right) for one in align([whole], parts)] == [((0,), (0, 1))]


def test_nothing_beside_nothing() -> None:
    assert align([], []) == []
    assert align(SPANISH[:1], []) == [Aligned((0,), ())]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([*SPANISH, *FRENCH]), max_size=8), st.lists(st.sampled_from(FRENCH), max_size=8))
def test_every_clause_occurs_once_and_in_order(left: list[Comparable], right: list[Comparable]) -> None:
    found = align(left, right)
    assert [place for one in found for place in one.left] == list(range(len(left)))
    assert [place for one in found for place in one.right] == list(range(len(right)))
