"""Exceptions, affected persons, complements and notes of editors in offences of four languages."""

# ruff: noqa: E501 (each provision is on one line)
from __future__ import annotations

import pytest

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from nlp.provision_roles.classifier import BASIC

CELLS = [
    # an exception behind the act is no conduct
    ("es", "conduct", "Artículo 12. El que desobedece la orden de un funcionario, salvo que se trate de su propia detención, será reprimido con prisión de un año.", ["desobedece la orden de un funcionario"]),
    ("pt", "conduct", "Art. 12. Divulgar documento particular, salvo se autorizado por lei:\n\nPena - detenção, de um a seis meses.", ["Divulgar documento particular"]),
    ("en", "conduct", "12. A person who discloses a report, except in accordance with this Act, commits an offence and is liable to imprisonment for a term not exceeding 2 years.", ["discloses a report"]),
    ("fr", "conduct", "Article 12\n\nL'introduction dans le domicile d'autrui à l'aide de menaces, hors les cas où la loi le permet, est punie d'un an d'emprisonnement.", ["L'introduction dans le domicile d'autrui à l'aide de menaces"]),
    ("fr", "conduct", "Article 13\n\nQuiconque ouvre une lettre d'autrui, sauf si la loi l'autorise, est puni d'un an d'emprisonnement.", ["ouvre une lettre d'autrui"]),
    # an exception before the act does not hide it
    ("es", "object", "Artículo 13. El que, salvo los casos permitidos por la ley, importe armas de fuego será reprimido con prisión de un año.", ["armas de fuego"]),
    # the person that an act affects
    ("es", "object", "Artículo 14. El que por imprudencia causare a otro la muerte será reprimido con prisión de un año.", ["otro la muerte"]),
    ("es", "object", "Artículo 15. El que realice acto sexual en persona protegida será castigado con prisión de un año.", ["acto sexual", "persona protegida"]),
    ("fr", "object", "Article 16\n\nQuiconque cause à autrui une maladie est puni d'un an d'emprisonnement.", ["autrui une maladie"]),
    # complements of the object
    ("es", "object", "Artículo 17. El que causare un daño en el cuerpo o en la salud será castigado con prisión de un año.", ["un daño en el cuerpo o en la salud"]),
    ("es", "object", "Artículo 18. El que abandonare a una persona con discapacidad será castigado con prisión de un año.", ["una persona con discapacidad"]),
    ("fr", "object", "Article 19\n\nQuiconque exploite une maison de débauche où un mineur se livre à la prostitution est puni d'un an d'emprisonnement.", ["une maison de débauche où un mineur se livre à la prostitution"]),
    ("fr", "object", "Article 20\n\nQuiconque exerce l'activité de démarchage définie à l'article 12 est puni d'un an d'emprisonnement.", ["l'activité de démarchage définie à l'article 12"]),
    # an editor's note behind the words of the law, and a broken line within them
    ("pt", "conduct", "Art. 21. Promover, por qualquer meio, a entrada ilegal de estrangeiro em território nacional ou de brasileiro em país estrangeiro: Incluído pela Lei nº 13.445, de 2017 Vigência\n\nPena - reclusão, de 2 (dois) a 5 (cinco) anos.", ["Promover, por qualquer meio, a entrada ilegal de estrangeiro em território nacional ou de brasileiro em país estrangeiro"]),
    ("es", "conduct", "ARTICULO 22. - Será reprimido con prisión de un año el que causare a\n\notro la muerte.", ["causare a\n\notro la muerte"]),
]  # fmt: skip
STATES = {"es": "ES", "pt": "BR", "en": "IE", "fr": "FR"}


@pytest.mark.parametrize(("language", "element", "text", "expected"), CELLS)
def test_a_cell_quotes_whole_phrases(language: str, element: str, text: str, expected: list[str]) -> None:
    number = next(word for word in text.replace(".", " ").split() if word.isdigit())
    label = f"{'s.' if language == 'en' else 'art.'} {number}"
    state = STATES[language]
    one = Provision("1", "d", "c", "Law", state, label, (), language, "", 1, 0, len(text), text, role=BASIC)
    rows = structure_rows([read_column(Column(state, (one,)))])
    assert [cell.text for row in rows if row.element == element for cell in row.cells[0].quotations] == expected
