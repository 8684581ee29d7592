"""Places in the original of what the completeness check raises."""

from __future__ import annotations

import pytest
from test_request_completeness import FRAME, SIGNED

from nlp.pipeline import annotate
from nlp.requests.proposal import PRESENT
from nlp.requests.reading import read_request

NO_PERSON = FRAME.replace(", ecuatoriano, nacido el 2 de mayo de 1980,", "")

PLACES = [
    ("measure_precision", FRAME, "Se pide el contrato y cualquier otra diligencia.", "cualquier otra diligencia"),
    ("period_of_records", FRAME, "Se piden los extractos de la cuenta 44-1.", "extractos"),
    ("timezone_of_ip", FRAME, "Se pide identificar al abonado de la IP 190.11.4.7.", "190.11.4.7"),
    ("identity", NO_PERSON, "Se pide oír a Hugo Páez Lema.", "Hugo Páez Lema"),
    ("offence_text_and_penalty", FRAME, "Delito: estafa, artículo 186 del Código Penal.", "estafa"),
]


@pytest.mark.parametrize(("key", "frame", "body", "expected"), PLACES)
def test_a_raised_item_has_the_place_of_its_weakness(key: str, frame: str, body: str, expected: str) -> None:
    text = frame.format(body, SIGNED)
    check = next(one for one in read_request(text, annotate(text)).checks if one.key == key)
    assert check.state != PRESENT
    assert check.place is not None
    start, end = check.place
    assert expected in text[start:end]
    assert end - start < 120


def test_a_missing_signature_is_shown_at_the_end_of_the_letter() -> None:
    text = FRAME.format("Se pide copia del contrato.", "Quito, 3 de marzo de 2025")
    check = next(one for one in read_request(text, annotate(text)).checks if one.key == "signature")
    assert check.place is not None
    assert text[slice(*check.place)] == "Quito, 3 de marzo de 2025"


def test_only_what_is_raised_has_a_place() -> None:
    text = FRAME.format("Se pide copia del contrato y toda otra diligencia.", SIGNED)
    for check in read_request(text, annotate(text)).checks:
        assert (check.place is None) == (check.state == PRESENT)
