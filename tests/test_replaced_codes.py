"""Provisions of amending acts whose code was replaced."""

from __future__ import annotations

import pytest

from extraction.resource import load
from indexing.records.validity import InForce, Validity, validity_of_unit
from nlp.structure.legislation import find_legislation

_AMENDMENTS = [  # (country, language, head, article, is it ended)
    ("CO", "es", "LEY 365 DE 1997", "Artículo 9. El Código Penal tendrá un artículo 247A, del siguiente tenor:", True),
    ("CO", "es", "LEY 365 DE 1997", "Artículo 9. El artículo 371 del Código de Procedimiento Penal quedará así:", True),
    ("CO", "es", "LEY 747 DE 2002", "Artículo 9. El artículo 323 del Código Penal quedará así:", False),
    ("CO", "es", "LEY 522 DE 1999", "Artículo 9. El artículo 20 del Código Penal Militar quedará así:", False),
    ("CO", "es", "LEY 365 DE 1997", "Artículo 9. El artículo 33 de la Ley 30 de 1986 quedará así:", False),
    ("CO", "es", "LEY 365 DE 1997", "Artículo 9. El juez aplicará las penas del Código Penal.", False),
    ("CO", "es", "LEY 40 DE 1993", "Artículo 9. Secuestro.\n\nEl artículo 268 del Código Penal quedará así:", True),
    ("CO", "es", "LEY 40 DE 1993", "Artículo 9. Se aplica el Código Penal.\n\nLa pena quedará así:", False),
    ("CO", "es", "Ley modificatoria", "Artículo 9. El artículo 323 del Código Penal quedará así:", False),
    ("CO", "es", "LEY 365 DE 1997. Texto de 2010", "Artículo 9. El artículo 3 del Código Penal quedará así:", False),
    ("PE", "es", "DECRETO LEGISLATIVO 121 (1981)", "Artículo 2. Sustitúyese el artículo 197 del Código Penal:", True),
    ("CL", "es", "LEY 19.366 DE 1995", "Artículo 2. Sustitúyese el artículo 197 del Código Penal:", False),
    ("FR", "fr", "Loi n° 90-589 du 6 juillet 1990", "Article 1\nL'article 378 du code pénal est ainsi modifié :", True),
    ("FR", "fr", "Loi n° 96-392 du 13 mai 1996", "Article 1\nL'article 324-1 du code pénal est ainsi modifié :", False),
    ("PT", "pt", "Lei n.º 41/81, de 1981", "Artigo 2.º O artigo 300.º do Código Penal passa a ter a redacção:", True),
    ("PT", "pt", "Lei n.º 65/98, de 1998", "Artigo 2.º O artigo 300.º do Código Penal passa a ter a redacção:", False),
    ("BR", "pt", "LEI Nº 8.952, DE 1994", "Art. 1º Os arts. 10 e 18 do Código de Processo Civil passam a ter:", True),
]  # fmt: skip


@pytest.mark.parametrize(("country", "language", "head", "article", "ended"), _AMENDMENTS)
def test_an_amendment_of_a_replaced_code_ended_with_it(
    country: str, language: str, head: str, article: str, ended: bool
) -> None:
    text = f"{head}\n\n{article}\n\n«El que oculte bienes será castigado con prisión.»"
    (unit,) = (unit for unit in find_legislation(text, (), language, country) if unit.kind.endswith("article"))
    assert (unit.kind == "former_article") is ended
    today = validity_of_unit(Validity(earliest="1900-01-01"), unit.label, "").on("2026-01-01")
    assert (today is InForce.NO) is ended


def test_each_code_ends_after_its_successor_was_enacted() -> None:
    resource = load("nlp.replaced_codes")
    rows = [row for rows in resource["codes"].values() for row in rows]
    assert rows
    for row in rows:
        assert row["code"] in resource["names"]
        assert 0 <= row["until"].year - row["enacted"] <= 3
        assert row["by"]
