"""Sentences that say what evidence is for, why it is needed, or what fails without it."""

from __future__ import annotations

import pytest

from nlp.folding import fold
from nlp.requests.checks.purpose import says_aim
from nlp.requests.checks.words import pattern

AIMS = [
    "El éxito de la causa depende en buena medida de la respuesta de ese banco.",
    "A acusação depende inteiramente dos extratos da segunda conta.",
    "The count of fraud hinges on what the courier was told.",
    "L'issue du procès dépend pour beaucoup de l'audition du comptable.",
    "Sin esos registros no puede sostenerse el cargo.",
    "Sem essa perícia, o prejuízo não pode ser calculado.",
    "Without that ledger the loss cannot be proved.",
    "Sans ces factures, la fraude ne saurait être chiffrée.",
    "Es un dato que solo ustedes tienen.",
    "The originals exist nowhere else.",
    "Seuls les registres de la banque permettent de remonter la somme.",
    "O contrato é conhecido, mas apenas o seu anexo permite datar a venda.",
    "With the statement in hand, counsel could tender it on the first day.",
    "Se requiere conocer la procedencia de las armas.",
    "Le juge aimerait savoir; nous souhaitons connaître l'origine des pièces.",
    "A identidade do remetente permanece desconhecida.",
    "L'identité du vendeur demeure inconnue.",
    "La empresa borra las grabaciones a los treinta días.",
    "The host wipes its logs after 48 hours.",
    "Afin de liquider la succession, les comptes sont demandés.",
    "Que un agente pase por la finca para ver si alguien vive allí.",
    "Se piden fotografías para su reconocimiento en rueda.",
    "The register will disclose the true owner.",
]
OTHERS = [
    "We ask for an order that will keep the yacht from being sold.",
    "We will not disclose this letter to the press.",
    "The costs do not depend on the number of copies.",
    "Sin otro particular, saludamos a ustedes.",
    "Sans réponse de votre part, nous écrirons de nouveau.",
    "Il a effacé les messages de son téléphone.",
    "Os extratos são pedidos apenas por correio.",
    "Without prejudice to those rights, the charge is fraud.",
]
QUESTIONS = [
    "de acuerdo con el interrogatorio que se acompaña",
    "pelas perguntas adiante formuladas",
    "según las preguntas que siguen",
]


@pytest.mark.parametrize("words", AIMS)
def test_a_sentence_says_what_evidence_is_for(words: str) -> None:
    assert says_aim(fold(words))


@pytest.mark.parametrize("words", OTHERS)
def test_other_sentences_say_nothing_of_a_purpose(words: str) -> None:
    assert not says_aim(fold(words))


@pytest.mark.parametrize("words", QUESTIONS)
def test_questions_are_found_by_their_announcement(words: str) -> None:
    assert pattern("questions").search(fold(words))


def test_a_section_on_the_need_of_assistance_is_one_on_its_purpose() -> None:
    assert pattern("purpose_label").search("need for assistance. the files are kept there.")
