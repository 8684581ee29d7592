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
        ('"', ""),
    ],
)
def test_marks_at_the_edges(text: str, name: str) -> None:
    start, end = without_edges(text, 0, len(text))
    assert text[start:end] == name
