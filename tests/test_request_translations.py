"""Translations of letters: the file that is one itself, the direction of one that is enclosed."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

SPANISH = """REPÚBLICA DEL ECUADOR
Fiscalía General del Estado

SOLICITUD DE ASISTENCIA JURÍDICA MUTUA

A las autoridades competentes de la República de Bulgaria

Se solicita que se remitan los extractos de la cuenta bancaria de Teodoro Vélez Andrade, investigado por estafa.

{words}

Quito, 4 de mayo de 2026
"""
ENGLISH = """{head}

REPUBLIC OF ECUADOR
Office of the Attorney General

REQUEST FOR MUTUAL LEGAL ASSISTANCE

To the competent authorities of Jamaica

We request the statements of the bank account of Teodoro Vélez Andrade, who is investigated for fraud in Quito.

Quito, 4 May 2026
{foot}
"""


def translations(text: str) -> list[tuple[str, str]]:
    found = read_request(text, annotate(text)).fields.get("translation", ())
    values = [proposal.value for proposal in found if isinstance(proposal.value, dict)]
    return [(str(value["from"]), str(value["to"])) for value in values]


ENCLOSED = [
    ("Se acompaña traducción al búlgaro.", "bg"),
    ("Se acompaña traducción del español al búlgaro.", "bg"),
    ("An English courtesy translation is attached.", "en"),
    ("Se adjunta la solicitud, as requested, with its translation into French, which is attached.", "fr"),
    ("La traducción al francés se enviará en un plazo de diez días.", ""),
    ("Van igualmente los ejemplares en italiano, con firma del traductor oficial del Ministerio.", "it"),
    ("Acompaño el original en español y su correspondiente traducción oficial al idioma chino mandarín.", "zh"),
    ("Se requiere que las respuestas sean remitidas con su traducción al español.", ""),
    ("Una traducción al neerlandés seguirá en cuanto esté lista.", ""),
    ("La traducción al neerlandés se remite por correo separado.", "nl"),
    ("The letter has been rendered into Dutch by a translator of the court.", "nl"),
    ("Remete-se em espanhol e em inglês, fazendo fé o texto espanhol.", "en"),
    ("Une traduction en néerlandais vous parviendra ultérieurement.", ""),
]


@pytest.mark.parametrize(("words", "language"), ENCLOSED)
def test_language_of_an_enclosed_translation(words: str, language: str) -> None:
    assert translations(SPANISH.format(words=words)) == ([("es", language)] if language else [])


MARKED = [
    ("OFFICIAL TRANSLATION", "", [("es", "en")]),
    ("", "I, Maud Lindo, sworn translator, certify that this is a true translation of the original.", [("es", "en")]),
    ("", "", []),
]


@pytest.mark.parametrize(("head", "foot", "expected"), MARKED)
def test_a_file_that_is_a_translation_itself(head: str, foot: str, expected: list[tuple[str, str]]) -> None:
    assert translations(ENGLISH.format(head=head, foot=foot)) == expected


BOTH = """TRIBUNAL JUDICIAIRE DE LYON
Cabinet de Mme Anne Roche, juge d'instruction
N° d'instruction : JI 7/25/14

Lyon, le 4 mars 2026

COMMISSION ROGATOIRE INTERNATIONALE

Aux autorités judiciaires compétentes du Royaume d'Espagne

Le 9 mars 2025, les douanes ont saisi 1 240 kilogrammes de cocaïne expédiés par {name}, né le 12 mai 1979, \
passeport AV482913, mis en examen pour importation de stupéfiants, puni de dix ans d'emprisonnement.

Nous vous prions de remettre les relevés du compte 031-448271-09 du 1er janvier 2024 au 31 mars 2025.

Anne Roche, juge d'instruction

TRADUCCIÓN JURADA

COMISIÓN ROGATORIA INTERNACIONAL

A las autoridades judiciales competentes del Reino de España

El {day}, las aduanas incautaron {weight} kilogramos de cocaína enviados por {translated}, nacido el {born}, \
pasaporte {passport}, investigado por importación de estupefacientes, castigada con diez años de prisión.

Rogamos remitan los extractos de la cuenta {account} del 1 de enero de 2024 al 31 de marzo de 2025.

Anne Roche, jueza de instrucción

Traducción de Esteban Roca, traductor jurado, a 21 de marzo de 2026.
"""
ORIGINAL = {
    "name": "Ricardo Montalvo",
    "translated": "Ricardo Montalvo",
    "day": "9 de marzo de 2025",
    "weight": "1.240",
    "born": "12 de mayo de 1979",
    "passport": "AV482913",
    "account": "031-448271-09",
}
CHANGED = [
    ({}, ()),
    ({"weight": "1.420"}, (("1 240", "1.420"),)),
    ({"passport": "AV482931"}, (("AV482913", "AV482931"),)),
    ({"account": "031-448217-09"}, (("031-448271-09", "031-448217-09"),)),
    ({"born": "12 de mayo de 1997"}, (("12 mai 1979", "12 de mayo de 1997"),)),
    ({"day": "19 de marzo de 2025"}, (("9 mars 2025", "19 de marzo de 2025"),)),
    ({"translated": "Ricardo Mantalvo"}, (("Ricardo Montalvo", "Ricardo Mantalvo"),)),
    ({"translated": "R. Montalvo"}, ()),
]


@pytest.mark.parametrize(("changed", "expected"), CHANGED)
def test_a_translation_that_gives_values_otherwise_is_doubtful(
    changed: dict[str, str], expected: tuple[tuple[str, str], ...]
) -> None:
    text = BOTH.format(**(ORIGINAL | changed))
    check = next((one for one in read_request(text, annotate(text)).checks if one.key == "translation"), None)
    assert (check.differences if check else ()) == expected
    assert (check is not None and check.state == "doubtful") == bool(expected)
    if check and expected:
        assert check.place
        assert text[slice(*check.place)] == expected[0][1]
