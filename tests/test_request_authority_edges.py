"""Edges of the name of the issuing authority: streets, cases, mail addresses and quotation marks beside it."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.authorities.edges import without_edges
from nlp.requests.reading import read_request

BODY = {
    "es": "\nMadrid, 14 de septiembre de 2026\n\nA la autoridad central de la República de Chile\n\nSe solicita tomar "
    "declaración al testigo Julio Arce.\n",
    "pt": "\nLisboa, 14 de setembro de 2026\n\nÀ autoridade central do Chile\n\nSolicita-se a inquirição da testemunha "
    "Júlio Arce.\n",
    "en": "\nNassau, Bahamas, 14 September 2026\n\nTo the Central Authority of Chile\n\nPlease take a statement from "
    "the witness Julian Archer.\n",
    "fr": "\nParis, le 14 septembre 2026\n\nÀ l'autorité centrale du Chili\n\nIl est demandé d'entendre le témoin "
    "Jules Arceau.\n",
}


@pytest.mark.parametrize(
    ("language", "head", "name"),
    [
        (
            "es",
            "JUZGADO CENTRAL DE INSTRUCCIÓN N.º 3\nAudiencia Nacional\nc/ García Gutiérrez, 1 – 28004 Madrid",
            "JUZGADO CENTRAL DE INSTRUCCIÓN N.º 3 Audiencia Nacional",
        ),
        ("es", "Juzgado de Instrucción n.º 4 de Madrid c/ Menéndez Pelayo 2", "Juzgado de Instrucción n.º 4 de Madrid"),
        ("es", "«JUZGADO DE GARANTÍA DE TALCA»", "JUZGADO DE GARANTÍA DE TALCA"),
        (
            "es",
            'Juzgado de Paz Letrado de Montevideo, autos "Silva c/ Gómez"',
            "Juzgado de Paz Letrado de Montevideo",
        ),
        ("es", 'FISCALÍA "ESPECIALIZADA EN DELITOS ECONÓMICOS"', 'FISCALÍA "ESPECIALIZADA EN DELITOS ECONÓMICOS"'),
        ("pt", "TRIBUNAL DE FAMÍLIA DE LISBOA, R. Marquês da Fronteira", "TRIBUNAL DE FAMÍLIA DE LISBOA"),
        ("pt", '"PROCURADORIA DA REPÚBLICA DE LISBOA"', "PROCURADORIA DA REPÚBLICA DE LISBOA"),
        ("en", "Director of Public Prosecutions c/o Ministry of Justice", "Director of Public Prosecutions"),
        (
            "en",
            'From: "Point of Contact, Attorney General\'s Department" <contact@law.example>',
            "Attorney General's Department",
        ),
        ("fr", "PARQUET « FINANCIER » c/o Palais de justice", "PARQUET « FINANCIER »"),
    ],
)
def test_name_of_the_authority_ends_before_what_is_beside_it(language: str, head: str, name: str) -> None:
    text = f"{head}{BODY[language]}"
    (found,) = read_request(text, annotate(text)).fields["issuing_authority"]
    assert found.value == name
    assert " ".join(text[found.start : found.end].split()) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Office of the “Special Prosecutor”", "Office of the “Special Prosecutor”"),
        ("Office of the Special Prosecutor”", "Office of the Special Prosecutor"),
        ("Office of the Prosecutor (Special", "Office of the Prosecutor"),
        ("“Office of the Prosecutor”", "Office of the Prosecutor"),
        ('"Litoral" Unit and "Ports" Unit', '"Litoral" Unit and "Ports" Unit'),
        ("Tribunal de la ville C", "Tribunal de la ville C"),
        ("Crown Prosecution Service v Oyelaran", "Crown Prosecution Service"),
        ("Central Authority for Assistance, 51 St Anselm's Green", "Central Authority for Assistance"),
        ("Ministry of Justice, 102 Great Queen Street", "Ministry of Justice"),
        ("Procuraduría General, Paseo de la Reforma 211", "Procuraduría General"),
        ("Tribunal da Relação, Rua da Palma 9", "Tribunal da Relação"),
        ("Tribunal judiciaire, 4, boulevard du Palais", "Tribunal judiciaire"),
        ("Juzgado Penal, 3 Turno", "Juzgado Penal, 3 Turno"),
        ("Cour d'appel, 2e chambre", "Cour d'appel, 2e chambre"),
        ('"', ""),
    ],
)
def test_marks_at_the_edges(text: str, name: str) -> None:
    start, end = without_edges(text, 0, len(text))
    assert text[start:end] == name


def test_an_agency_that_investigates_is_not_the_authority_behind_the_header_of_a_mail() -> None:
    text = (
        "From: desk@requests.example\nTo: central@justice.example\nDate: Thu, 12 Nov 2026 10:14:00 +0000\n"
        "Subject: Letter of Request - R v Marlowe and others\n\nCrown Prosecution Service\n\nSpecialist Fraud "
        "Division\n\n102 Queen Street, London\n\nTo: The Competent Judicial Authorities of the Kingdom of Spain\n\n"
        "Dear Sir or Madam,\n\nI, Anna Keele, a Crown Prosecutor, have the honour to request your assistance in "
        "relation to a criminal investigation by the National Crime Agency. Please take a statement from the witness "
        "Julian Archer.\n\nYours faithfully,\n\nAnna Keele\n"
    )
    (found,) = read_request(text, annotate(text)).fields["issuing_authority"]
    assert str(found.value).startswith("Crown Prosecution Service")


def test_who_is_addressed_is_not_the_authority_that_writes() -> None:
    text = (
        "Guatemala, 3 de febrero de 2026\n\nSeñores\n\nFiscalía General de la República\n\nMéxico\n\nPor este medio "
        "solicito que se nos informe si la señora Rosa Tum Ixcoy tiene cuentas en ese país, ya que se le investiga por "
        "un caso de extorsión.\n\nAgradeciendo su pronta respuesta.\n\nAtte.\n\nLic. Edgar Pineda\n\nAuxiliar Fiscal\n"
    )
    found = read_request(text, annotate(text)).fields.get("issuing_authority", ())
    assert "Fiscalía General de la República" not in [one.value for one in found]
