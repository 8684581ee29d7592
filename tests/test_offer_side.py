"""Which side of a bribe the offender of a clause is on, in four languages; clauses of our own wording."""

from __future__ import annotations

import pytest

from nlp.elements.instruments import instruments
from nlp.evidence.offer_side import GIVING, TAKING, offer_side

CLAUSES = [
    ("es", GIVING, "El que ofrezca, prometa o entregue a un funcionario de otro Estado una dádiva"),
    ("es", GIVING, "Quien, con el propósito de obtener un contrato en el extranjero, diere una ventaja indebida"),
    ("es", GIVING, "Los que mediante promesa de ventajas corrompieren a una autoridad o atendieran sus solicitudes"),
    ("es", TAKING, "El servidor público que solicite o reciba una dádiva, o acepte la promesa que le ofrezca otro"),
    ("es", TAKING, "La autoridad que admitiera regalos que le fueren ofrecidos en consideración a su cargo"),
    ("es", "", "Se entiende por funcionario extranjero quien ejerza un cargo público en otro país"),
    ("pt", GIVING, "Prometer ou dar vantagem indevida a funcionário estrangeiro, a fim de obter negócio"),
    ("pt", TAKING, "Exigir ou receber, em razão da função, vantagem indevida, ou aceitar promessa dela"),
    ("en", GIVING, "A person who, in order to obtain business, offers or gives an advantage to a foreign official"),
    ("en", TAKING, "An official who accepts, or agrees to accept, any gift offered as an inducement"),
    ("en", "", "An offence under this section is triable on indictment"),
    ("fr", GIVING, "Le fait de céder à un agent public qui sollicite des dons ou des avantages"),
    ("fr", GIVING, "Le fait de proposer, directement, des offres ou des promesses à un agent public étranger"),
    ("fr", TAKING, "Le fait, par un agent public, de solliciter ou d’agréer des offres, des promesses ou des dons"),
]


@pytest.mark.parametrize(("language", "side", "clause"), CLAUSES)
def test_the_verbs_of_the_offender_tell_the_side(language: str, side: str, clause: str) -> None:
    assert offer_side(clause, language) == side


def test_a_clause_continues_the_words_of_its_lead() -> None:
    lead = "Se impondrán las mismas penas al que ofrezca o entregue dinero o cualquier dádiva:"
    assert offer_side(f"{lead}\na) a un servidor público extranjero, para que solicite un trámite;", "es") == GIVING


def test_elements_of_active_and_passive_bribery_have_a_side() -> None:
    sides = {(model.id, one.id): one.side for model in instruments().values() for one in model.elements if one.side}
    assert sides == {
        ("UNCAC_15", "active"): GIVING,
        ("UNCAC_15", "passive"): TAKING,
        ("UNCAC_16_20", "foreign_active"): GIVING,
        ("UNCAC_16_20", "foreign_passive"): TAKING,
    }
