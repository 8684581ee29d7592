"""The passage that shows a State to the reader: where the letter names it, not a city from which it can be told."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTERS = [
    (
        "SOLICITUD DE ASISTENCIA N.º 33-2026 / LIMA\n\nLima, 4 de mayo de 2026\n\nLa República del Perú solicita a la "
        "República de Chile que se reciba declaración a Inés Palma, con domicilio en Santiago.\n",
        "República del Perú",
    ),
    (
        "TRIBUNAL JUDICIAL DA COMARCA DE BRAGA\n\nBraga, 4 de maio de 2026\n\nÀs autoridades judiciárias de Espanha\n\n"
        "Solicita-se a inquirição da testemunha Inês Palma.\n",
        "Braga",
    ),
]


@pytest.mark.parametrize(("text", "shown"), LETTERS)
def test_the_state_is_shown_where_it_is_named(text: str, shown: str) -> None:
    found = read_request(text, annotate(text)).fields["requesting_state"][0]
    assert shown.casefold() in text[found.start : found.end].casefold()
