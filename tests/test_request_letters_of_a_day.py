"""Readings of a day of letters: hearings of summonses, ends of custody, periods said again, offences, covers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.dates.answer_periods import read_answer_periods
from nlp.requests.dates.deadlines import read_deadlines
from nlp.requests.law.offences import read_offences
from nlp.requests.reading import letter_type, read_request, request_context

DEADLINES = [
    ("London, 3 November 2026\n\nI request service of the annexed summons on Mr Béranger returnable on 11 January 2027 "
     "at 9.00 a.m.", {"2027-01-11": "hearing"}),
    ("Lisboa, 3 de novembro de 2026\n\nO arguido está em prisão preventiva à ordem destes autos, cujo prazo máximo "
     "termina em 20 de fevereiro de 2027.", {"2027-02-20": "custody_end"}),
    ("Madrid, 3 de noviembre de 2026\n\nEl investigado se halla en prisión provisional, cuyo plazo máximo vence el "
     "20 de febrero de 2027.", {"2027-02-20": "custody_end"}),
    ("Paris, le 3 novembre 2026\n\nLe suspect est en détention provisoire, dont le délai maximum expire le 20 février "
     "2027.", {"2027-02-20": "custody_end"}),
    ("London, 3 November 2026\n\nThe suspect is remanded in custody, the statutory time limit of which ends on 20 "
     "February 2027.", {"2027-02-20": "custody_end"}),
    ("Lisboa, 3 de novembro de 2026\n\nO inquérito tem prazo, cujo prazo máximo termina em 20 de fevereiro de 2027.",
     {"2027-02-20": "procedural_limit"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reasons"), DEADLINES)
def test_reason_of_a_deadline(text: str, reasons: Mapping[str, str]) -> None:
    found = [one.value for one in read_deadlines(request_context(text, annotate(text)))]
    assert {one["date"]: one["reason"] for one in found if isinstance(one, Mapping)} == reasons


PERIODS = [
    "Se agradecerá que lo solicitado sea remitido antes del vencimiento de la investigación preparatoria, esto es, "
    "dentro de los treinta (30) días hábiles de recibida la presente.",
    "Solicita-se a remessa da resposta antes do fim da investigação, ou seja, dentro de 30 dias úteis após a receção "
    "do pedido.",
]


@pytest.mark.parametrize("text", PERIODS)
def test_period_behind_that_is(text: str) -> None:
    found = [one.value for one in read_answer_periods(request_context(text, annotate(text)))]
    kept = [(one["number"], one["unit"], one["working"], one["from"]) for one in found if isinstance(one, Mapping)]
    assert kept == [(30, "day", True, "receipt")]


OFFENCES = [
    ("Investigación por la presunta comisión del delito de extracción ilegal de bienes culturales.", "CULT"),
    ("Inquérito por crime de exportação ilícita de bens culturais.", "CULT"),
    ("The suspect is investigated for illicit export of cultural property.", "CULT"),
    ("Enquête du chef d'exportation illicite de biens culturels.", "CULT"),
    ("The suspect is investigated for illegal trade in protected wildlife.", "ENV"),
    ("Investigación por el delito de comercio ilegal de especies protegidas.", "ENV"),
    ("Inquérito por crime de comércio ilegal de espécies protegidas.", "ENV"),
    ("Enquête du chef de commerce illicite d'espèces protégées.", "ENV"),
]


@pytest.mark.parametrize(("text", "concept"), OFFENCES)
def test_first_offence(text: str, concept: str) -> None:
    found = [one.value for one in read_offences(request_context(text, annotate(text)))]
    assert [one["concept"] for one in found if isinstance(one, Mapping)][:1] == [concept]


COVERS = [
    "Assunto: Fwd: Pedido de cooperação - extradição ativa / anexos\n\nPrezados,\n\nSegue em anexo a carta rogatória "
    "do proc. 312/25.7TELSB e a resposta.\n\nAtt.,\nJoão\n",
    "Asunto: RV: Solicitud de extradición activa\n\nEstimados:\n\nSe adjunta la solicitud de extradición y sus anexos."
    "\n\nSaludos,\nAna\n",
    "Subject: Fwd: Request for mutual legal assistance\n\nDear colleagues,\n\nPlease find attached the letter of "
    "request.\n\nRegards,\nAnn\n",
    "Objet : TR : Demande d'extradition\n\nBonjour,\n\nVeuillez trouver ci-joint la demande d'extradition et ses "
    "annexes.\n\nCordialement,\nAnne\n",
]


@pytest.mark.parametrize("text", COVERS)
def test_mail_that_only_sends_documents_on_is_a_covering_letter(text: str) -> None:
    assert read_request(text, annotate(text)).document_type.value == "transmittal_slip"
    assert letter_type(text, annotate(text)).document_type.label == "transmittal_slip"
