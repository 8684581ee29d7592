"""The conduct of an offence behind its penalty, and among the laws that it cites; all texts are invented."""

from __future__ import annotations

import pytest

from nlp.provision_roles.reading import read_provision
from nlp.provision_roles.stated_conduct import stated_conduct

ACT = "El que oculte el origen de bienes, a sabiendas de que provienen de los delitos contemplados en la ley N° 1.000"
LISTED = (
    f"{ACT}, que sanciona el tráfico de drogas; en el artículo 10 de la ley N° 2.000, sobre control de armas; 12 bis y "
)
LISTED += "13 del Código Tributario; o bien, conociendo dicho origen, adquiera, posea o use estos bienes."


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("es", f"Será castigado con presidio mayor y multa de cien a mil unidades:\n\na) {ACT}.", f"{ACT}."),
        ("es", f"- Se impondrá prisión de uno a dos años:\nI.- {ACT}.", f"{ACT}."),
        ("es", LISTED, f"{ACT} ; ; ; o bien, conociendo dicho origen, adquiera, posea o use estos bienes."),
        ("es", "Se impondrá prisión a quien: 1. Mate a otro; 2. Hiera a otro.", "Mate a otro; 2. Hiera a otro."),
        ("es", "Se impondrá multa a quien, por internet, mate a otro.", "a quien, por internet, mate a otro."),
        ("es", "Será castigado como la que corresponda.", "Será castigado como la que corresponda."),
        ("es", f"{ACT}; en la vía pública; de noche.", f"{ACT}; en la vía pública; de noche."),
        (
            "fr",
            "( L. 13 février 2011 ) Sera puni de la réclusion et d'une amende de 500 à 1.000 euros, le fait, par \
une personne, de recevoir des dons.",
            "le fait, par une personne, de recevoir des dons.",
        ),
        ("fr", "Est puni de deux ans d'emprisonnement quiconque reçoit des dons.", "quiconque reçoit des dons."),
        ("fr", "Quiconque reçoit des dons est puni d'une amende.", "Quiconque reçoit des dons est puni d'une amende."),
        ("pt", "É punido com pena de prisão até 3 anos quem receber vantagem.", "quem receber vantagem."),
        (
            "en",
            "A person who conceals property; in section 5 of the Act;",
            "A person who conceals property; in section 5 of the Act;",
        ),
    ],
)
def test_stated_conduct(language: str, body: str, expected: str) -> None:
    assert stated_conduct(body, language) == expected


def test_the_opening_of_a_reading_is_the_conduct() -> None:
    law = f"Artículo 27\n\nSerá castigado con presidio mayor en sus grados mínimo a medio y multa:\n\na) {LISTED}"
    reading = read_provision(law, "art. 27", (), "es", "CL")
    assert {"ocult", "adquir"} <= {stem[:6] for stem in reading.opening}
    assert not {stem for stem in reading.opening if stem.startswith(("presid", "drog", "arm"))}
