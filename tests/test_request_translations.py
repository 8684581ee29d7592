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
