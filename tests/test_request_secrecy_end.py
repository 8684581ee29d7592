"""Confidentiality until a day: it is confidentiality, and its day is no day by which an answer is wanted."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nBogotá, 10 de noviembre de 2026\nCARTA ROGATORIA\nA la autoridad de España\n"
    "Se solicita la declaración del testigo Juan Rojas Mora, en la causa por estafa.\n",
    "pt": "MINISTÉRIO PÚBLICO\nLisboa, 10 de novembro de 2026\nCARTA ROGATÓRIA\nÀ autoridade central do Brasil\n"
    "Solicita-se a inquirição da testemunha Ana Reis Gil, no inquérito por burla.\n",
    "en": "CROWN PROSECUTION SERVICE\nLondon, 10 November 2026\nLETTER OF REQUEST\nTo the authorities of Spain\n"
    "You are requested to take the statement of the witness John Reed in the investigation of a fraud.\n",
    "fr": "TRIBUNAL JUDICIAIRE DE LYON\nLyon, le 10 novembre 2026\nCOMMISSION ROGATOIRE\nAux autorités d'Espagne\n"
    "Nous vous prions d'entendre le témoin Jean Roche dans l'enquête pour escroquerie.\n",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt", "Solicita-se que não seja dado conhecimento do pedido ao arguido antes de 30 de janeiro de 2027.\n"),
        ("pt", "Requer-se que o pedido não seja levado ao conhecimento do titular até 30 de janeiro de 2027.\n"),
        ("es", "Se ruega que no se informe al investigado de esta solicitud antes del 30 de enero de 2027.\n"),
        ("es", "Se solicita que no se ponga en conocimiento del titular esta carta hasta el 30 de enero de 2027.\n"),
        ("en", "We ask that the account holder not be told of this request before 30 January 2027.\n"),
        ("en", "Please ensure that the request is not disclosed to the suspect until 30 January 2027.\n"),
        ("fr", "Nous vous prions de ne pas informer l'intéressé de la présente demande avant le 30 janvier 2027.\n"),
        ("fr", "La demande ne doit pas être portée à la connaissance du mis en cause avant le 30 janvier 2027.\n"),
    ],
)  # fmt: skip
def test_secrecy_until_a_day(language: str, words: str) -> None:
    text = HEADS[language] + words
    fields = read_request(text, annotate(text)).fields
    assert fields.get("confidentiality")
    assert [one.value for one in fields["deadlines"]] == [{"date": "2027-01-30", "reason": "secrecy_end"}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "De no recibirse la información antes del 30 de enero de 2027, se archivará la causa.\n"),
        ("pt", "Roga-se resposta antes de 30 de janeiro de 2027; o pedido é confidencial.\n"),
        ("en", "Please reply before 30 January 2027. The request is confidential.\n"),
        ("fr", "Réponse souhaitée avant le 30 janvier 2027.\n"),
    ],
)  # fmt: skip
def test_an_answer_wanted_by_a_day_ends_no_secrecy(language: str, words: str) -> None:
    text = HEADS[language] + words
    found = [one.value for one in read_request(text, annotate(text)).fields["deadlines"]]
    assert found == [{"date": "2027-01-30", "reason": "answer_by"}]
