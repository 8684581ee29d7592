"""Fields of forms and lists: ticked boxes, representatives, annexes in a row, addresses without a known time zone."""

from __future__ import annotations

import pytest
from test_request_secrecy_end import HEADS

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

_FORM = """ORDEN EUROPEA DE INVESTIGACIÓN
(Anexo A de la Directiva 2014/41/UE)

SECCIÓN A
Estado de emisión: REINO DE ESPAÑA
Estado de ejecución: REPÚBLICA FRANCESA

SECCIÓN B: Urgencia
Sírvase indicar si concurre alguna urgencia: [{destroyed}] ocultación o destrucción de pruebas  [ ] fecha del juicio

SECCIÓN C: Medida de investigación
Se solicita información sobre la cuenta ES91 2100 0418 4502 0005 1332.

SECCIÓN G: Motivos
El 2 de febrero de 2026 Julián Ferrer Cots estafó a tres personas. Delito: estafa, artículo 248 del Código Penal.

SECCIÓN K: Autoridad emisora
Nombre: Juzgado de Instrucción n.º 5 de Vigo. {signed}
"""
_SIGNED = "Representante: D. Iago Outeiral Mos, Magistrado. Fecha: 11 de mayo de 2026. Teléfono: +34 986 00 00 01."


@pytest.mark.parametrize(("destroyed", "is_urgent"), [("X", True), (" ", False)])
def test_a_ticked_box_of_urgency_makes_an_order_urgent(destroyed: str, is_urgent: bool) -> None:
    text = _FORM.format(destroyed=destroyed, signed=_SIGNED)
    assert bool(read_request(text, annotate(text)).fields.get("urgency")) is is_urgent


@pytest.mark.parametrize(("signed", "state"), [(_SIGNED, "present"), ("Teléfono: +34 986 00 00 01.", "missing")])
def test_an_order_is_signed_by_the_representative_that_it_names(signed: str, state: str) -> None:
    text = _FORM.format(destroyed=" ", signed=signed)
    assert {one.key: one.state for one in read_request(text, annotate(text)).checks}["signature"] == state


@pytest.mark.parametrize(
    ("language", "words", "unlisted"),
    [
        ("fr", "Le témoin répondra aux questions de l'annexe 2.\n\nPièces jointes : annexe 1 – ordonnance ; annexe 2 – "
         "questions ; traduction.\n", []),
        ("es", "El testigo responderá a las preguntas del anexo 3.\n\nAnexos: anexo 1 — auto; anexo 2 — preguntas.\n",
         ["anexo 3"]),
        ("pt", "A testemunha responderá às perguntas do anexo 2.\n\nAnexos: anexo 1 – despacho; anexo 2 – perguntas.\n",
         []),
        ("en", "The witness will answer the questions in annex B.\n\nAnnexes: annex A – order; annex B – questions.\n",
         []),
    ],
)  # fmt: skip
def test_annexes_listed_in_one_line(language: str, words: str, unlisted: list[str]) -> None:
    text = HEADS[language] + words
    checks = {one.key: one for one in read_request(text, annotate(text)).checks}
    raised = [checks["annexes"]] if "annexes" in checks and checks["annexes"].state != "present" else []
    assert [value for one in raised for value in one.values] == unlisted


@pytest.mark.parametrize(
    ("language", "behind", "state"),
    [
        ("en", "(time zone not recorded)", "missing"),
        ("es", "(se desconoce; huso horario no consta)", "missing"),
        ("pt", "(fuso horário não indicado)", "missing"),
        ("fr", "(fuseau horaire inconnu)", "missing"),
        ("en", "UTC", "present"),
    ],
)
def test_an_address_of_which_the_time_zone_is_not_known(language: str, behind: str, state: str) -> None:
    asked = {
        "es": "Se solicitan los datos del abonado de las direcciones IP",
        "pt": "Solicitam-se os dados do assinante dos endereços IP",
        "en": "You are requested to provide the subscriber information of the IP addresses",
        "fr": "Nous vous prions de communiquer l'identité de l'abonné des adresses IP",
    }
    text = (
        f"{HEADS[language]}{asked[language]}:\n(a) 81.2.69.142, 2026-03-03 21:14:07 UTC;\n"
        f"(b) 81.2.69.160, 2026-05-19 07:30:55 {behind}.\n"
    )
    checks = {one.key: one.state for one in read_request(text, annotate(text)).checks}
    assert checks["timezone_of_ip"] == state
