"""Penalties of the basic offence among all penalties of its provision."""

from __future__ import annotations

import pytest

from app.comparison.penalty_chart import penalty_bars
from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Comparison, ComparisonRequest, Provision

PRISON, DAYS, FINE = ("imprisonment", "year"), ("day_fine", "day"), ("fine", "EUR")

MX_TIERS = (
    "Artículo 9.- Comete el delito de aprovechamiento el servidor público que use fondos públicos para fines "
    "propios.\n\n"
    "Cuando el valor de lo usado no exceda de cien unidades, se impondrán de tres meses a dos años de prisión.\n\n"
    "Cuando el valor de lo usado exceda de cien unidades, se impondrán de dos a diez años de prisión."
)
CASES = {
    "es: another offender": (
        "es",
        "Artículo 7. Quien dañe una presa será sancionado con prisión de cuatro a seis años y de cien a doscientos "
        "días "
        "multa.\n\nAl funcionario que retarde la investigación se le impondrá prisión de uno a nueve años y de diez a "
        "quinientos días multa.",
        {PRISON: (4, 6), DAYS: (100, 200)},
    ),
    "es: a graver form": (
        "es",
        "Artículo 7. El que dañe una presa será reprimido con prisión de cuatro a seis años.\n\nLa pena será de "
        "prisión "
        "de ocho a doce años.",
        {PRISON: (4, 6)},
    ),
    "es: tiers by value": ("es", MX_TIERS, {PRISON: (0.25, 10)}),
    "es: tiers in a list": (
        "es",
        "Artículo 7. El que dañe una presa será sancionado:\n\n1. Con prisión de uno a tres años cuando el daño sea "
        "leve.\n\n2. Con prisión de cinco a siete años cuando el daño sea grave.",
        {PRISON: (1, 7)},
    ),
    "es: tiers in a sentence": (
        "es",
        "Artículo 7. El que dañe una presa será reprimido con prisión de uno a seis años, si fuere pública y con "
        "prisión de seis meses a dos años, si fuere privada.",
        {PRISON: (0.5, 6)},
    ),
    "es: no upper bound": (
        "es",
        "Artículo 7. Será reprimido con pena privativa de libertad no menor de veinte años el que destruya una presa.",
        {PRISON: (20, None)},
    ),
    "es: months": (
        "es",
        "Artículo 7. El que dañe una presa será castigado con prisión de veinte meses.",
        {PRISON: (1.67, 1.67)},
    ),
    "pt: other paragraphs": (
        "pt",
        "Art. 7º Danificar represa:\n\nPena - reclusão, de dois a oito anos.\n\n§ 1º Vender peça de represa:\n\n"
        "Pena - detenção, de seis meses a um ano.\n\n§ 2º Destruir represa cheia:\n\nPena - reclusão, de dez a "
        "vinte anos.",
        {PRISON: (2, 8)},
    ),
    "pt: a qualified form": (
        "pt",
        "Art. 7º Danificar represa:\n\nPena - reclusão, de dois a oito anos.\n\n§ 1º Se o dano é cometido:\n\n"
        "I - com explosivo;\n\nII - à noite:\n\nPena - reclusão, de doze a trinta anos.",
        {PRISON: (2, 8)},
    ),
    "fr: another act": (
        "fr",
        "Article 7\n\nLe fait de dégrader un barrage est puni de deux ans d'emprisonnement et de 30 000 euros d'amende."
        "\n\nLe fait de vendre les plans d'un barrage est puni de sept ans d'emprisonnement et de 100 000 euros "
        "d'amende.",
        {PRISON: (0, 2), FINE: (0, 30_000)},
    ),
    "fr: tiers by gravity": (
        "fr",
        "Article 7\n\nConstitue un groupement toute entente établie en vue de dégrader un barrage.\n\nLorsque "
        "l'infraction préparée est un crime pour lequel la loi prévoit une peine de réclusion criminelle à perpétuité, "
        "la participation au groupement est punie de douze ans de réclusion criminelle.\n\nLorsque l'infraction "
        "préparée "
        "est un délit, la participation au groupement est punie de trois ans d'emprisonnement.",
        {PRISON: (0, 12)},
    ),
    "fr: uncertain": (
        "fr",
        "Article 7\n\nSi le barrage a été dégradé de nuit, l'infraction prévue à l'article 6 est punie de vingt ans de "
        "réclusion criminelle.\n\nCette période est réglée par décret.\n\nLa peine est de cinq ans d'emprisonnement si "
        "le barrage est réparé par l'auteur.",
        {},
    ),
    "en: modes of trial, an unlimited fine": (
        "en",
        "7. (1) A person who damages a dam commits an offence and is liable—\n\n(a) on summary conviction, to a "
        "fine not "
        "exceeding €3,000 or imprisonment for a term not exceeding 12 months or both, or\n\n(b) on conviction on "
        "indictment, to a fine or imprisonment for a term not exceeding 10 years or both.",
        {PRISON: (0, 10)},
    ),
    "en: several offences punished apart": (
        "en",
        "7. (1) A person who commits an offence under section 2 shall be liable to imprisonment for a term not "
        "exceeding "
        "5 years.\n\n(2) A person who commits an offence under section 3 shall be liable to imprisonment for a term "
        "not "
        "exceeding 10 years.",
        {},
    ),
}


@pytest.mark.parametrize(("language", "text", "expected"), CASES.values(), ids=CASES)
def test_figures_are_of_the_basic_offence(
    language: str, text: str, expected: dict[tuple[str, str], tuple[float, float | None]]
) -> None:
    state = {"es": "MX", "pt": "BR", "fr": "FR", "en": "IE"}[language]
    law = Provision("d:0", "d", "", "", state, "art. 7", (), language, "", 1, 0, len(text), text, role="basic")
    column = Column(state, (law,))
    rows = tuple(structure_rows([read_column(column)]))
    bars = penalty_bars(Comparison(ComparisonRequest(), "2032-01-01", (column,), rows))
    assert {scale: [(bar.least, bar.most) for bar in own] for scale, own in bars.items()} == {
        scale: [bounds] for scale, bounds in expected.items()
    }
    assert not any(bar.life for own in bars.values() for bar in own)
