"""Reminders: only what every letter needs is checked, since the request is another document."""

from __future__ import annotations

import pytest

from app.requests.rows import request_row
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

REMINDERS = {
    "es": "MINISTERIO PÚBLICO\nLima, 3 de marzo de 2026\n\nA la Autoridad Central de la República de Chile\n\n"
    "Me permito reiterar nuestra solicitud de asistencia AJ-77-2025 del 2 de junio de 2025, aún sin respuesta. "
    "Siguen pendientes los extractos de la cuenta.\n\n",
    "pt": "PROCURADORIA-GERAL DA REPÚBLICA\nLisboa, 3 de março de 2026\n\nÀ Autoridade Central da Espanha\n\n"
    "Vimos reiterar o nosso pedido de auxílio de 2 de junho de 2025, até hoje sem resposta. "
    "Continuam por enviar os extratos da conta.\n\n",
    "en": "DEPARTMENT OF JUSTICE\nDublin, 3 March 2026\n\nTo the Central Authority of the Kingdom of Spain\n\n"
    "We refer to our request for assistance of 2 June 2025, to which we have had no reply, and would be grateful to "
    "know its status. The bank statements are still outstanding.\n\n",
    "fr": "PARQUET DE NANCY\nNancy, le 3 mars 2026\n\nÀ l'autorité centrale de la Belgique\n\n"
    "Je me permets de vous rappeler notre demande d'entraide du 2 juin 2025, restée sans réponse. "
    "Les relevés du compte sont toujours attendus.\n\n",
}
# How a letter ends, and the state of its signature.
ENDS = [
    ("es", "Atentamente,\nRosa Vélez Andrade\nFiscal", "present"),
    ("es", "Saludos, Rosa Vélez, analista de cooperación", "present"),
    ("es", "(firma ilegible)\nLa Directora", "missing"),
    ("es", "Atentamente,\n\nUNIDAD DE ASISTENCIA LEGAL", "missing"),
    ("es", "Sin otro particular, saludo a usted atentamente.", "missing"),
    ("pt", "Att.,\nIgor Benatti", "present"),
    ("pt", "Com os melhores cumprimentos.", "missing"),
    ("en", "Is mise le meas,\n\nDiarmuid Ó Súilleabháin\nAssistant Principal", "present"),
    ("en", "We renew the assurances of our highest consideration.\n\nDublin, 3 March 2026", "missing"),
    (
        "en",
        "Thanks,\nKwabena Ofori, Principal State Attorney\n\n__________\nZum dritten Mal bitten wir um Nachricht über "
        "die Auszüge des Kontos in der bekannten Sache, auf die wir seit Juni des Vorjahres warten.",
        "present",
    ),
    ("fr", "Bien à vous,\n\nStéphanie Mertens\nattachée", "present"),
    ("fr", "Une réponse avant l'été serait appréciée.", "missing"),
]


@pytest.mark.parametrize(("language", "end", "state"), ENDS)
def test_a_reminder_is_checked_for_its_authority_and_signature(language: str, end: str, state: str) -> None:
    text = REMINDERS[language] + end + "\n"
    found = read_request(text, annotate(text))
    assert found.document_type.value == "reminder"
    assert {check.key: check.state for check in found.checks} == {"authority": "present", "signature": state}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "la solicitud se comprueba en su propio documento"),
        ("pt", "o pedido é verificado no seu próprio documento"),
        ("en", "the request is checked in its own document"),
        ("fr", "la demande l’est dans son propre document"),
    ],
)
def test_the_reader_is_told_where_the_request_is_checked(language: str, words: str) -> None:
    text = REMINDERS[language]
    row = request_row("r", read_request(text, annotate(text)), language)
    assert words in next(check["message"] for check in row["preflight"] if check["key"] == "authority")


@pytest.mark.parametrize(
    "end",
    [
        "Agradeciendo su pronta respuesta.",
        "A la espera de su pronta y favorable contestación, saludo atentamente.",
        "Gracias por su oportuna atención.",
    ],
)
def test_thanks_for_a_reply_to_come_make_no_reminder(end: str) -> None:
    text = (
        "Tegucigalpa, 4 de marzo de 2026\nSeñores\nFiscalía General de la República\nEl Salvador\nPor este medio "
        "solicito que se nos informe si la señora Iris Pavón Zelaya tiene cuentas o vehículos en ese país, ya que se "
        f"le investiga por extorsión.\n{end}\nAtte.\nLic. Darwin Osorto\nFiscal auxiliar\n"
    )
    assert read_request(text, annotate(text)).document_type.value == "mla_request"
