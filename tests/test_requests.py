"""Sections of requests: headings in four languages, bilingual letters, lettered sections of European orders."""

from __future__ import annotations

import pytest

from nlp.structure.structure import find_structure


def sections(text: str, document_type: str = "mla_request") -> list[tuple[str, str]]:
    units = find_structure(text, document_type=document_type)
    return [(unit.key, unit.label) for unit in units]


LETTERS = [
    ("PARA: Autoridades competentes de Francia\nREFERENCIA: 12/2024\nI. HECHOS\nEl señor X abrió una cuenta.\n"
     "II. FUNDAMENTO LEGAL\nConvención de Palermo.\nIII. ASISTENCIA SOLICITADA\nExtractos bancarios.\nAtentamente:",
     [("to_requested", "PARA"), ("reference", "REFERENCIA"), ("facts", "I. HECHOS"),
      ("legal_basis", "II. FUNDAMENTO LEGAL"), ("assistance", "III. ASISTENCIA SOLICITADA"),
      ("signature", "Atentamente")]),
    ("Destinatário: Ministério Público\n1. Fatos\nO investigado transferiu valores.\n2. Base jurídica\nTratado.\n"
     "3. Diligências solicitadas\nQuebra de sigilo bancário.",
     [("to_requested", "Destinatário"), ("facts", "1. Fatos"), ("legal_basis", "2. Base jurídica"),
      ("assistance", "3. Diligências solicitadas")]),
    ("LETTER OF REQUEST\nSUMMARY OF FACTS\nThe suspect opened an account.\nLEGAL BASIS\nThe Treaty.\n"
     "ASSISTANCE REQUESTED\nBank records.\nConfidentiality:\nPlease do not notify.",
     [("facts", "SUMMARY OF FACTS"), ("legal_basis", "LEGAL BASIS"), ("assistance", "ASSISTANCE REQUESTED"),
      ("confidentiality", "Confidentiality")]),
    ("Exposé des faits :\nLe suspect a ouvert un compte.\nQualification juridique :\nBlanchiment.\n"
     "Mesures demandées :\nRelevés.\nFait à : Paris",
     [("facts", "Exposé des faits"), ("offences", "Qualification juridique"), ("assistance", "Mesures demandées"),
      ("signature", "Fait à")]),
    ("HECHOS / FACTS\nUno.\nMEDIDAS SOLICITADAS / MEASURES REQUESTED\nDos.",
     [("facts", "HECHOS / FACTS"), ("assistance", "MEDIDAS SOLICITADAS / MEASURES REQUESTED")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_sections_have_their_key_and_their_printed_heading(text: str, expected: list[tuple[str, str]]) -> None:
    assert sections(text) == expected


@pytest.mark.parametrize(
    ("head", "letter"),
    [
        ("De: oficina@example.org\nAsunto: RECORDATORIO", "Se reitera la comisión rogatoria.\n\nLa Juez"),
        ("De: gabinete@example.org\nReferência: 12/2031", "Reitera-se a carta rogatória.\n\nA Juíza"),
        ("From: office@example.org\nReference: 12/2031", "We repeat our letter of request.\n\nThe judge"),
        ("De : cabinet@example.org\nRéf. : 12/2031", "La commission rogatoire est réitérée.\n\nLa juge"),
    ],
)
def test_lines_at_the_head_do_not_contain_the_letter(head: str, letter: str) -> None:
    text = f"{head}\n\n{letter}"
    units = find_structure(text, document_type="mla_request")
    assert len(units) == 2
    assert max(unit.end for unit in units) == len(head)


def test_words_of_running_text_are_no_headings() -> None:
    assert sections("Los hechos ocurrieron en Lima y de ahí pasaron a Quito.\nA la fecha no hay detenidos.") == []


def test_lettered_sections_of_an_investigation_order_hold_the_others() -> None:
    text = "SECTION A\nIssuing State: Spain\nSECTION C: Measures\nBank records.\nUrgency:\nYes.\nSECTION G\nFacts."
    units = find_structure(text, document_type="eio")
    assert [(unit.key, unit.path) for unit in units] == [
        ("states", ()),
        ("from_requesting", ("SECTION A",)),
        ("assistance", ()),
        ("urgency", ("SECTION C: Measures",)),
        ("facts", ()),
    ]
    assert text[units[2].start : units[2].end] == "SECTION C: Measures\nBank records.\nUrgency:\nYes."


def test_a_request_is_known_by_its_headings_without_a_type() -> None:
    assert sections(LETTERS[0][0], "")[2] == ("facts", "I. HECHOS")
