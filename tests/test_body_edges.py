"""Edges of the names of bodies after the model and the rules: chambers, offices, districts, companies, capitals."""

from __future__ import annotations

import pytest

from nlp.annotations import Span
from nlp.entities.name_repair import with_repaired_names


def spans(text: str, *names: tuple[str, str]) -> list[Span]:
    return [
        Span(text.index(name), text.index(name) + len(name), label, name, 0.9, "model@1")
        for name, label in sorted(names, key=lambda item: text.index(item[0]))
    ]


COMPLETED = [
    (
        "A Primeira Turma Recursal dos Juizados Especiais Cíveis do Estado de Goiás, em recurso",
        [("Primeira Turma", "COURT")],
        ["Primeira Turma Recursal dos Juizados Especiais Cíveis do Estado de Goiás"],
    ),
    (
        "a 2ª TURMA RECURSAL DOS JUIZADOS ESPECIAIS que",
        [("2ª TURMA", "COURT")],
        ["2ª TURMA RECURSAL DOS JUIZADOS ESPECIAIS"],
    ),
    (
        "a Quinta Câmara Criminal do Tribunal de Justiça da Bahia negou",
        [("Quinta Câmara Criminal", "COURT"), ("Tribunal de Justiça da Bahia", "COURT")],
        ["Quinta Câmara Criminal do Tribunal de Justiça da Bahia"],
    ),
    (
        "la Secretaría General del Consejo Nacional Electoral remitió",
        [("Consejo Nacional Electoral", "AUTHORITY")],
        ["Secretaría General del Consejo Nacional Electoral"],
    ),
    (
        "el Tribunal de Honor del Colegio de\nMédicos de Guatemala para",
        [("Colegio de\nMédicos de Guatemala", "ORGANISATION")],
        ["Tribunal de Honor del Colegio de\nMédicos de Guatemala"],
    ),
    (
        "le Secrétariat Général de la Cour Suprême sous",
        [("Secrétariat Général", "ORGANISATION"), ("Cour Suprême", "COURT")],
        ["Secrétariat Général de la Cour Suprême"],
    ),
    (
        "by the Registry of the Supreme Court of Fiji on",
        [("Supreme Court of Fiji", "COURT")],
        ["Registry of the Supreme Court of Fiji"],
    ),
    (
        "el Juzgado Tercero de Primera Instancia del Ramo Penal del departamento de Quetzaltenango, apelada",
        [("Juzgado Tercero de Primera Instancia", "COURT")],
        ["Juzgado Tercero de Primera Instancia del Ramo Penal del departamento de Quetzaltenango"],
    ),
    (
        "le Tribunal de première instance du département du Littoral et",
        [("Tribunal de première instance", "COURT")],
        ["Tribunal de première instance du département du Littoral"],
    ),
    (
        "el Banco Central y la Secretaría del Ministerio de Salud",
        [("Banco Central", "ORGANISATION"), ("Ministerio de Salud", "AUTHORITY")],
        ["Banco Central", "Secretaría del Ministerio de Salud"],
    ),
    (
        "ante el Juzgado de Letras, Garantía y Familia de Peumo.",
        [("Juzgado de Letras", "COURT")],
        ["Juzgado de Letras, Garantía y Familia de Peumo"],
    ),
    (
        "LA COUR DE CASSATION, DEUXIÈME CHAMBRE CIVILE, a rendu",
        [("COUR DE CASSATION", "COURT")],
        ["COUR DE CASSATION, DEUXIÈME CHAMBRE CIVILE"],
    ),
    (
        "à la caisse primaire d'assurance maladie de l'Hérault, dont",
        [("caisse primaire d'assurance maladie de l'", "ORGANISATION"), ("Hérault", "LOCATION")],
        ["caisse primaire d'assurance maladie de l'Hérault", "Hérault"],
    ),
    ("EASTERN SUPREME COURT\nGRENADA\nIN", [("EASTERN SUPREME COURT\nGRENADA", "ORGANISATION")],
     ["EASTERN SUPREME COURT"]),
    ("v PEOPLE'S BANK AND OTHERS\n", [("PEOPLE'S BANK AND OTHERS", "ORGANISATION")], ["PEOPLE'S BANK"]),
    ("la Cour constitutionnelle, composée", [], ["Cour constitutionnelle"]),
    ("la Corte de Apelaciones y el Banco", [("Corte de Apelaciones", "COURT"), ("Banco", "ORGANISATION")],
     ["Corte de Apelaciones", "Banco"]),
]  # fmt: skip

BY_FORM = [
    ("no T.A.F. de Braga e no T.C.A. Norte", ["T.A.F. de Braga", "T.C.A. Norte"]),
    ('"B..., S.A." e a sociedade C..., Lda', ["B..., S.A.", "C..., Lda"]),
    ("HSBC Bank (Bermuda) Limited and Ogier (Cayman) Ltd", ["HSBC Bank (Bermuda) Limited", "Ogier (Cayman) Ltd"]),
    ("contra a Fazenda Pública e o Trésor public, el Fisco de Chile",
     ["Fazenda Pública", "Trésor public", "Fisco de Chile"]),
    ("REPUBLIQUE DU BENIN AU NOM DU PEUPLE BENINOIS COUR CONSTITUTIONNELLE\n", ["COUR CONSTITUTIONNELLE"]),
    ("LE CONSEILLER DE LA CHAMBRE ADMINISTRATIVE DESIGNE EN QUALITE DE JUGE\n", ["CHAMBRE ADMINISTRATIVE"]),
    ("ACCIÓN INTERPUESTA ANTE LA SALA DE LO CIVIL CONTRA LA SENTENCIA\n", ["SALA DE LO CIVIL"]),
    ("ÓRGANO JUDICIAL\nCORTE SUPREMA DE JUSTICIA\n", ["ÓRGANO JUDICIAL", "CORTE SUPREMA DE JUSTICIA"]),
    ("C/ ALLIANZ ARGENTINA COMPAÑIA DE SEGUROS S.A. - ABREVIADO", ["ALLIANZ ARGENTINA COMPAÑIA DE SEGUROS S.A."]),
    ("RECORRENTE BANCO DO BRASIL S/A\n", ["BANCO DO BRASIL S/A"]),
    ("decisão do Juízo da 2ª Vara da Fazenda Pública, que", ["Juízo da 2ª Vara da Fazenda Pública"]),
    ("SEÇÃO JUDICIÁRIA DO ESTADO DO ACRE\nProcesso", ["SEÇÃO JUDICIÁRIA DO ESTADO DO ACRE"]),
    ("el fisco, la corte y una sala de espera", []),
]  # fmt: skip

FALSE = [
    ("as in [1998] 2 Lloyd's Rep. 12", [("Lloyd", "ORGANISATION")]),
    ("le règlement (UE) n° 604/2013 et la directive 2011/95/UE", [("UE", "INSTITUTION")]),
    ("Gabriela Pacheco, Secretaria Adjunta", [("Secretaria Adjunta", "ORGANISATION")]),
    ("le Procureur de la République a requis", [("Procureur de la République", "ORGANISATION")]),
    ("em JUÍZO DE RETRATAÇÃO. Trata-se", [("JUÍZO DE RETRATAÇÃO", "COURT")]),
    ("Fri, 23 June", [("Fri", "LOCATION")]),
    ("Suit Number\nSC. 844/2015", [("Suit Number", "PERSON")]),
    ("Agnes Actie High Court Judge, sitting", [("Actie High Court", "COURT")]),
    ("AUDIENCE PUBLIQUE SPECIALE DU QUINZE MARS", [("AUDIENCE PUBLIQUE SPECIALE DU", "ORGANISATION")]),
    ("da Lei n.º 28/82 (LTC), apresentar", [("Lei n.º 28/82", "LAW"), ("LTC", "ORGANISATION")]),
]

PERSONS = [
    ("per Dillon, L.J. in the case", "Dillon, L.J", "Dillon"),
    ("per Evans, J.A. and others", "Evans, J.A.", "Evans"),
    ("the decision of Johnson\n10 Ibid at paras 73", "Johnson\n10 Ibid", "Johnson"),
    ("declaró la testigo María de los\nÁngeles Pérez", "María de los\nÁngeles Pérez", "María de los\nÁngeles Pérez"),
]


@pytest.mark.parametrize(("text", "names", "expected"), COMPLETED)
def test_a_body_has_its_parts_and_district(text: str, names: list[tuple[str, str]], expected: list[str]) -> None:
    found = with_repaired_names(spans(text, *names), text)
    assert [text[span.start : span.end] for span in found] == expected


@pytest.mark.parametrize(("text", "expected"), BY_FORM)
def test_a_body_named_by_its_form_alone(text: str, expected: list[str]) -> None:
    found = with_repaired_names((), text)
    assert [text[span.start : span.end] for span in found if span.label == "ORGANISATION"] == expected


@pytest.mark.parametrize(("text", "names"), FALSE)
def test_what_is_no_body(text: str, names: list[tuple[str, str]]) -> None:
    kept = [span.label for span in with_repaired_names(spans(text, *names), text)]
    assert kept == [label for _, label in names if label == "LAW"]


@pytest.mark.parametrize(("text", "name", "expected"), PERSONS)
def test_a_person_ends_before_a_suffix_or_footnote(text: str, name: str, expected: str) -> None:
    (found,) = with_repaired_names(spans(text, (name, "PERSON")), text)
    assert text[found.start : found.end] == expected


def test_a_judge_between_justice_and_an_office() -> None:
    text = "Before:\nThe Hon. Mde. Justice Agnes Actie High Court Judge\n"
    found = with_repaired_names(spans(text, ("Actie High Court", "COURT")), text)
    assert [(span.label, text[span.start : span.end]) for span in found] == [("PERSON", "Agnes Actie")]
