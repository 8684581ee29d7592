"""Comparisons of provisions across countries: the table as plain data, and how it is made."""

from __future__ import annotations

import pytest

from extraction.errors import RogatioError
from indexing.comparison import (
    Cell,
    Column,
    Common,
    Comparison,
    ComparisonRequest,
    Figure,
    Provision,
    Quotation,
    Row,
    Trait,
    decoded,
    encoded,
)

SPANISH = Provision(
    id="d1:4",
    document_id="d1",
    collection="public",
    title="Código Penal",
    jurisdiction="ES",
    unit="art. 301",
    path=("LIBRO II",),
    language="es",
    date="1995-11-23",
    page=3,
    start=10,
    end=60,
    text="El que adquiera bienes sabiendo su origen delictivo.",
    valid_from="2015-07-01",
    in_force="yes",
)
QUOTED = Quotation(
    "d1", "d1:4", "art. 301.1", "es", 3, 33, 60, "sabiendo su origen delictivo", "2015-07-01", "", "yes", 0.9,
    ("rule:es_knowledge",), (Trait("knowledge", 33, 41),), (Figure("imprisonment", 6, 72, "month", 40, 50),),
)  # fmt: skip
COMPARISON = Comparison(
    ComparisonRequest(concept="ML", jurisdictions=("ES", "FR"), date="2024-01-01", language="es"),
    "2024-01-01",
    (Column("ES", (SPANISH,)), Column("FR")),
    (Row("mental_element", "structure", (Cell((QUOTED,)), Cell()), (0,), (Common("knowledge", (0,), "one"),)),),
    "provision_elements@1",
)


def test_a_comparison_is_kept_and_read_back_as_it_was() -> None:
    assert decoded(encoded(COMPARISON)) == COMPARISON


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"question": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_comparison_is_refused(kept: bytes) -> None:
    with pytest.raises(RogatioError, match="comparison_unreadable"):
        decoded(kept)
