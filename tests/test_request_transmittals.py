"""Notes that send on a request that is in another file: nothing is missing in them."""
# ruff: noqa: E501

from __future__ import annotations

import pytest
from test_request_unlearned_types import read

NOTES = [
    ("pt", "Encaminhamos, em anexo, o pedido de auxílio jurídico formulado pelo Ministério Público. Rogamos confirmar o recebimento.\n\nAtenciosamente,\nAna Reis"),
    ("es", "Adjunto remito la solicitud de asistencia judicial librada por el Juzgado Tercero, con el ruego de que se le dé curso.\n\nAtentamente,\nRosa Mejía"),
    ("en", "Please find enclosed a letter of request issued by the Court of Magistrates. We should be grateful for an acknowledgement.\n\nYours sincerely,\nA. Singh"),
    ("es", "La Embajada de Bélgica tiene el honor de remitir adjunta a ese Ministerio la comisión rogatoria librada por el juez de instrucción de Amberes en la causa seguida contra Joris Maes por estafa y por falsedad, con su traducción al español.\n\nAprovecha la ocasión para reiterar su consideración."),
    ("pt", "A Embaixada da França tem a honra de remeter em anexo o pedido de auxílio judiciário expedido pela juíza de instrução de Lille no processo aberto contra Yann Cloarec por tráfico de drogas.\n\nA Embaixada aproveita a ocasião para renovar os seus protestos de consideração."),
    ("fr", "J'ai l'honneur de vous transmettre, ci-joint, une demande d'entraide émanant du juge d'instruction.\n\nVeuillez agréer, Madame, l'expression de ma haute considération.\nPaul Roch"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), NOTES)
def test_a_note_that_sends_a_request_on_lacks_nothing(language: str, words: str) -> None:
    assert not read(language, words).checks


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Adjunto remito la solicitud de asistencia judicial y pido los extractos de la cuenta 44-1 de Juan Cruz, investigado por estafa.\n\nRosa Mejía"),
        ("en", "We request the statement of account 44-1 of John Cross, suspected of fraud. A copy of the order is enclosed.\n\nA. Singh"),
    ],
)  # fmt: skip
def test_a_request_with_enclosures_is_checked(language: str, words: str) -> None:
    assert read(language, words).checks
