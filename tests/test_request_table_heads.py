"""Heads of tables in letters, which ask for nothing, and lines of forms that are none."""

from __future__ import annotations

import pytest

from nlp.requests.columns import is_head

LINES = [
    ("Banco\tCuenta\nBanco Sol\t1234567\n", True),
    ("Banco | Cuenta\nBanco Sol | 1234567\n", True),
    ("Banque      Compte\nCrédit du Lac      1234567\n", True),
    # boxes of a form in indented lines
    ("   ☒ Informações sobre contas bancárias\n   ☐ Entrega vigiada\n", False),
    ("   ☐ Audição   \n   ☒ Busca\n", False),
    ("Cuenta\n1234567\n", False),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_head_of_a_table(text: str, expected: bool) -> None:
    assert is_head(text, 0) is expected
