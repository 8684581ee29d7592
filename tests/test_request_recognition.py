"""Letters of cooperation without a title or the usual words of a request are recognised; laws and notes are not."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import request_context

LETTERS = [
    (
        "ROYAL FORCE OF POLICE\nFraud Squad\nBridgetown, 4 March 2026\n\nDear colleagues,\n\nMr Odle, now charged with "
        "fraud here, kept the proceeds in a bank of your country. It would help us to have the statements of his "
        "account for 2025, and to hear from its manager. Our court sits in June.\n\nKind regards,\nInsp. R. Cox\n"
    ),
]
OTHERS = [
    (
        "LEY 99.999\n\nMontevideo, 3 de marzo de 2026\n\nArtículo 1. Apruébase el Tratado de Extradición.\n"
        "Artículo 2. El Poder Ejecutivo designará la autoridad central para la asistencia penal.\n"
        "Artículo 3. Comuníquese.\n"
    ),
    "Source: laws and treaties of three countries, collected on 3 March 2026.\n",
]


@pytest.mark.parametrize("text", LETTERS)
def test_a_letter_in_its_own_words_is_a_request(text: str) -> None:
    assert request_context(text, annotate(text)).document_type.value in ("mla_request", "rogatory_letter")


@pytest.mark.parametrize(
    "asked",
    ["", "Pede-se o cumprimento em 60 dias.", "Solicitam-se extratos bancários de 01/06/2022 a 31/05/2023."],
)
def test_a_short_letter_named_rogatory_is_no_answer(asked: str) -> None:
    text = (
        "Lisboa, 4 de novembro de 2026\nMinistério Público, DIAP de Lisboa\nÀs autoridades da República Federativa do "
        f"Brasil\nCarta rogatória. Inquérito 211/26.0TELSB. Investiga-se Paulo Reis Vaz por burla.\n{asked}"
    )
    assert request_context(text, annotate(text)).document_type.value in ("mla_request", "rogatory_letter")


@pytest.mark.parametrize("text", OTHERS)
def test_a_law_or_a_note_is_no_letter(text: str) -> None:
    found = request_context(text, annotate(text)).document_type.value
    assert found not in ("mla_request", "rogatory_letter", "extradition_request", "response", "reminder")
