"""The articles that amending acts quote, as candidates of a comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.comparison.selection import select
from app.comparison.table import Provision
from nlp.provision_roles.quoted_article import quoted_article

LAUNDERING = (
    "El que adquiera, resguarde, invierta, transporte, custodie o administre bienes que tengan su origen mediato o "
    "inmediato en actividades de extorsión, {}, les dé apariencia de legalidad u oculte su origen ilícito incurrirá en "
    "prisión de {} años."
)
TRAFFICKING = (
    "Artículo 2º. En el título III de la Ley 599 de 2000, adiciónese un artículo nuevo 188 A, el cual quedará así:\n\n"
    '"Artículo 188 A. Trata de personas. El que promueva, induzca o financie el traslado de una persona recurriendo a '
    "violencia, amenaza o engaño, con fines de explotación, incurrirá en prisión de diez (10) a quince (15) años.\n\n"
    "Afecta la vigencia de: []"
)


def provision(text: str, unit: str, law: str, day: str) -> Provision:
    return Provision(
        f"{law}:1", law, "public", law, "CO", unit, (), "es", "", 1, 0, len(text), text, text_of=day, why=("about:ML",)
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (TRAFFICKING, "art. 188 A"),
        ("Artículo 17. Modifícase el artículo 323, el cual quedará así:\n\nArtículo 323. Lavado. El que", "art. 323"),
        ("Art. 3º. El artículo 177 del Código Penal quedará así:\n\nARTICULO 177:Receptación. El que", "art. 177"),
        ("ARTÍCULO 5º — Incorpórase el siguiente:\n\n'Artículo 145 bis: Será reprimido", "art. 145 bis"),
        (
            "Art. 2º O Código Penal passa a vigorar acrescido do seguinte:\n\n“Art. 149-A. Agenciar, aliciar",
            "art. 149-A",
        ),
        ("Article 3. Il est inséré un article ainsi rédigé :\n\n«Article 506-1. Sont punis", "art. 506-1"),
    ],
)
def test_the_article_that_a_provision_announces_and_quotes(text: str, label: str) -> None:
    quoted = quoted_article(text)
    assert quoted is not None
    assert quoted.label == label


@pytest.mark.parametrize(
    "text",
    [
        "Artículo 5. Para los efectos de esta ley se entiende por:\n\na) lavado: el artículo 9.",
        "Artículo 6. Deróganse los artículos 323 y 324 de la Ley 599 de 2000.",
        "Section 2. In this Act:\n\n(a) articles means goods",
    ],
)
def test_other_provisions_quote_no_article(text: str) -> None:
    assert quoted_article(text) is None


def test_an_inserted_offence_is_compared_as_the_offence() -> None:
    selection = select([provision(TRAFFICKING, "art. 2", "Ley 747", "2002-07-19")], ("THB",), 3)
    assert [(one.unit, one.role) for one in selection.compared] == [("art. 2", "basic")]


def test_the_wording_of_the_latest_amending_act_is_compared() -> None:
    later = provision(
        "Artículo 17. Modifícase el artículo 323 de la Ley 599 de 2000, que quedará así:\n\nArtículo 323. Lavado de "
        "activos. " + LAUNDERING.format("trata de personas, tráfico de armas", "ocho (8) a veintidós (22)"),
        "art. 17", "Ley 1121", "2006-12-30",
    )  # fmt: skip
    former = provision(
        "Artículo 9º. El Código Penal tendrá un Capítulo Tercero, con estos artículos:\n\nARTICULO 247A: Lavado de "
        "Activos. " + LAUNDERING.format("secuestro extorsivo", "seis (6) a quince (15)"),
        "art. 9", "Ley 365", "1997-02-21",
    )  # fmt: skip
    selection = select([former, later], ("ML",), 3)
    assert [one.unit for one in selection.compared] == ["art. 17"]
    assert [one.unit for one in selection.offered] == ["art. 9"]
    undated = [replace(one, text_of="") for one in (former, later)]
    assert len(select(undated, ("ML",), 3).compared) == 2
