"""Metadata of a document after annotation."""

from __future__ import annotations

import pytest

from indexing.ingest.preparation import authority_of
from nlp.pipeline import annotate

AUTHORITIES = [
    (
        "La Guardia Civil remitió el atestado al Juzgado Central de Instrucción n.º 3.",
        "Juzgado Central de Instrucción n.º 3",
    ),
    ("O Ministério Público pediu a cooperação. A Polícia Federal cumpriu.", ""),
    (
        "La Subdirección General de Cooperación Jurídica Internacional acusa recibo.",
        "Subdirección General de Cooperación Jurídica Internacional",
    ),
]


@pytest.mark.parametrize(("text", "expected"), AUTHORITIES)
def test_what_any_state_may_have_is_nobody_to_filter_by(text: str, expected: str) -> None:
    annotations = annotate(text)
    assert "AUTHORITY" in {span.label for span in annotations.spans}
    assert authority_of(annotations) == expected
