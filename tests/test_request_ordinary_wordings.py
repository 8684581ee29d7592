"""Ordinary wordings of letters: numbers that look like dates, other names, births, things with names, kinds of days."""

from __future__ import annotations

from typing import Any

import pytest
from test_request_enclosures import HEADS
from test_request_wishes import reading

from nlp.entities.dates import find_dates
from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request


def read(language: str, words: str) -> RequestReading:
    """Return the reading of a letter with nothing but a head and the words."""
    text = f"{HEADS[language]}{words}\n"
    return read_request(text, annotate(text))


def persons(found: RequestReading) -> dict[str, dict[str, Any]]:
    values = [one.value for one in found.fields.get("persons", ())]
    return {str(value["name"]): value for value in values if isinstance(value, dict)}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("N° Instruction : JI 7/25/33", []),
        ("N° Parquet : 12/05/24", []),
        ("Expediente: 3/11/25", []),
        ("Exp. n.º 3/11/2025", []),
        ("Processo n.º 9/12/24", []),
        ("Our ref: 4/10/26", []),
        ("Numéro du dossier : 7/8/26", []),
        ("the file AB 5/6/27 of this office", []),
        ("Numéro et date : 7/8/26", ["2026-08-07"]),
        ("Porto, 7/8/26", ["2026-08-07"]),
        ("PARIS LE 12/03/26", ["2026-03-12"]),
        ("NACIDO EL 3/4/88", ["1988-04-03"]),
        ("el expediente iniciado el 3/11/25", ["2025-11-03"]),
        ("born on 4/9/75", ["1975-09-04"]),
        ("Ref. AB/12, 12/03/2026", ["2026-03-12"]),
        ("causa iniciada 12/05/2024", ["2024-05-12"]),
    ],
)
def test_number_of_a_file_is_no_date(words: str, days: list[str]) -> None:
    assert [span.value for span in find_dates(words)] == days


ALIASES = [
    (
        "pt",
        'O arguido Aurélio Tchivinda Manuel, t.c.p. "Beto", nascido aos 3 de Maio de 1980',
        "Aurélio Tchivinda Manuel",
    ),
    ("pt", "O arguido Aurélio Tchivinda Manuel, tcp «Beto», nascido a 3 de maio de 1980", "Aurélio Tchivinda Manuel"),
    ("pt", 'O arguido Aurélio Manuel, vulgo "Beto", nascido a 3 de maio de 1980', "Aurélio Manuel"),
    ("pt", 'O suspeito Aurélio Manuel, conhecido por "Beto", nascido a 3 de maio de 1980', "Aurélio Manuel"),
    ("es", 'El imputado Aurelio Manzano Ruiz, alias "Beto", nacido el 3 de mayo de 1980', "Aurelio Manzano Ruiz"),
    ("es", 'El imputado Aurelio Manzano Ruiz, llamado "Beto", nacido el 3 de mayo de 1980', "Aurelio Manzano Ruiz"),
    ("en", "The suspect Aurelius Mansfield, a.k.a. “Beto”, born on 3 May 1980", "Aurelius Mansfield"),
    ("fr", "Le suspect Aurélien Manceau, dit « Beto », né le 3 mai 1980", "Aurélien Manceau"),
    ("es", 'El imputado Aurelio Manzano Ruiz, t.c.c. "Beto", nacido el 3 de mayo de 1980', "Aurelio Manzano Ruiz"),
]


@pytest.mark.parametrize(("language", "words", "name"), ALIASES)
def test_other_name_is_of_the_same_person(language: str, words: str, name: str) -> None:
    found = persons(reading(language, f"{words}, B.I. n.º 004417823LA042.\n"))
    assert "Beto" not in found
    assert (found[name]["birth_date"], found[name]["aliases"]) == ("1980-05-03", ["Beto"])


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        (
            "en",
            "1. The Branch investigates Kelvin Ramdial-Josephs (d.o.b. 19 July 1990) for theft.",
            "Kelvin Ramdial-Josephs",
        ),
        ("en", "The police suspect Marlow Westgate-Union (born on 19 July 1990).", "Marlow Westgate-Union"),
        ("es", "Se investiga a Santiago Marina Quintero, nacido el 19 de julio de 1990.", "Santiago Marina Quintero"),
        ("pt", "Investiga-se Severina Porto-Alegre Vaz (nascida em 19 de julho de 1990).", "Severina Porto-Alegre Vaz"),
        ("fr", "L'enquête vise Kerwan Rameau-Joseph, né le 19 juillet 1990.", "Kerwan Rameau-Joseph"),
    ],
)
def test_whoever_is_born_is_a_person(language: str, words: str, name: str) -> None:
    found = persons(reading(language, words))[name]
    assert (found["kind"], found["birth_date"]) == ("natural", "1990-07-19")


THINGS = [
    ("es", 'La imputada Brenda Cuatlán Ríos, nacida el 8 de octubre de 1970, compró un yate denominado "Luz de Mayo".'),
    ("es", 'La imputada Brenda Cuatlán Ríos administra la empresa panameña llamada "Luz de Mayo".'),
    ("es", 'La imputada Brenda Cuatlán Ríos heredó la finca conocida como "Luz de Mayo", en Jalisco.'),
    ("pt", 'A arguida Brenda Cotrim Rios comprou um veleiro denominado "Luz de Maio".'),
    ("pt", 'A arguida Brenda Cotrim Rios explora a fazenda conhecida por "Luz de Maio".'),
    ("en", 'The accused Brenda Cotterill bought a motor yacht called "Light of May".'),
    ("en", 'The accused Brenda Cotterill runs a shop known as "Light of May".'),
    ("fr", "La prévenue Brenda Cottereau a acheté un navire appelé « Lumière de Mai »."),
]


@pytest.mark.parametrize(("language", "words"), THINGS)
def test_name_of_a_thing_is_nobody_s(language: str, words: str) -> None:
    found = persons(reading(language, words))
    assert not any(value["aliases"] for value in found.values())
    assert not any(name.startswith(("Luz", "Light", "Lumi")) and found[name]["kind"] == "natural" for name in found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("El C. Severino Olmedo Tlapa, nacido el 11 de junio de 1964, es investigado.", "Severino Olmedo Tlapa"),
        ("Se investiga a la C. Bárbara Xochitl Cuautle por peculado.", "Bárbara Xochitl Cuautle"),
        ("Se investiga al C. Severino Olmedo Tlapa por peculado.", "Severino Olmedo Tlapa"),
        ("La cuenta del C. Severino Olmedo Tlapa, imputado, fue abierta en Madrid.", "Severino Olmedo Tlapa"),
    ],
)
def test_citizen_is_no_part_of_a_name(words: str, name: str) -> None:
    assert name in persons(reading("es", words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I do not seek an interview of Mr Hernán Larrain Ossandón at this stage."),
        ("en", "We are not asking you to take a statement from Hernán Larrain Ossandón."),
        ("es", "No se solicita la declaración de don Hernán Larrain Ossandón en esta etapa."),
        ("es", "No se pide tomar declaración a Hernán Larrain Ossandón."),
        ("pt", "Não se solicita a inquirição do senhor Hernán Larrain Ossandón nesta fase."),
        ("fr", "Nous ne sollicitons pas l'audition de M. Hernán Larrain Ossandón à ce stade."),
        ("fr", "Il n'est pas demandé d'entendre M. Hernán Larrain Ossandón."),
    ],
)
def test_whoever_is_not_to_be_heard_is_no_witness(language: str, words: str) -> None:
    found = persons(reading(language, f"The payments were made for Hernán Larrain Ossandón.\n\n{words}"))
    assert found["Hernán Larrain Ossandón"]["role"] != "witness"


def test_witness_who_is_not_to_be_heard_again_remains_one() -> None:
    words = "The witness Mr Hernán Larrain Ossandón has given a statement. I do not seek an interview of him."
    assert persons(reading("en", words))["Hernán Larrain Ossandón"]["role"] == "witness"
