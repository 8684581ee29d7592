"""Which provision of a code without rubrics is the basic offence, and which one has its penalty."""

from __future__ import annotations

import pytest

from app.comparison.basic_form import punishes_by_name, with_basic_form
from app.comparison.rows import compared_figures, read_column, structure_rows
from app.comparison.selection import select
from app.comparison.table import Column, Provision
from nlp.provision_roles.classifier import BASIC, SPECIAL, RoleScore
from nlp.provision_roles.reading import read_provision

THEFT = {
    "311-1": "Le vol est la soustraction frauduleuse de la chose d'autrui.",
    "311-3": "Le vol est puni de trois ans d'emprisonnement et de 45 000 euros d'amende.",
    "311-4": "Le vol est puni de cinq ans d'emprisonnement et de 75 000 euros d'amende lorsqu'il est commis par "
    "plusieurs personnes.",
    "311-9": "Le vol en bande organisée est puni de quinze ans de réclusion criminelle.",
}
ACCESS = {
    "211 bis 1": "Al que sin autorización conozca o copie información contenida en sistemas de informática protegidos "
    "por algún mecanismo de seguridad, se le impondrán de tres meses a un año de prisión.",
    "211 bis 3": "Al que estando autorizado para acceder a sistemas y equipos de informática del Estado, "
    "indebidamente modifique información, se le impondrán de dos a ocho años de prisión.",
}


def provisions(laws: dict[str, str], language: str, country: str, heading: str) -> list[Provision]:
    word = "Article" if language == "fr" else "Artículo"
    found = []
    for number, (unit, body) in enumerate(laws.items()):
        text = f"{heading}\n\n{word} {unit}\n\n{body}" if not number else f"\n\n{word} {unit}\n\n{body}"
        place = number * 1_000
        found.append(
            Provision(
                f"code:{number}", "code", "public", "Code", country, f"art. {unit}", (heading,), language, "", 1, place,
                place + len(text), text,
            )
        )  # fmt: skip
    return found


def roles(code: str, given: list[Provision], chosen: list[tuple[int, str]]) -> list[tuple[str, str]]:
    readings = [read_provision(each.text, each.unit, each.path, each.language, each.jurisdiction) for each in given]
    return [(given[place].unit, role) for place, role in with_basic_form(code, chosen, given, readings, 3)]


def test_the_first_article_of_the_chapter_is_the_basic_offence() -> None:
    given = provisions(ACCESS, "es", "MX", "CAPÍTULO II\n\nAcceso ilícito a sistemas y equipos de informática")
    assert roles("ILLACC", given, [(1, BASIC), (0, SPECIAL)]) == [
        ("art. 211 bis 1", BASIC),
        ("art. 211 bis 3", SPECIAL),
    ]


def test_the_first_article_of_the_chapter_is_the_basic_offence_though_not_chosen() -> None:
    bodies = {
        "21": "El juez que a sabiendas fallare contra ley será castigado con presidio de uno a tres años.",
        "26": "El empleado que dictare una resolución injusta será castigado con multa de diez días.",
    }
    given = provisions(bodies, "es", "CL", "§ IV. Prevaricación.")
    assert roles("PREVAR", given, [(1, BASIC)]) == [("art. 21", BASIC), ("art. 26", SPECIAL)]


def test_an_aggravated_form_is_not_the_basic_offence_beside_another() -> None:
    given = provisions(THEFT, "fr", "FR", "Section 1 : Des atteintes aux biens")
    assert roles("ROB", given, [(3, BASIC), (2, SPECIAL)])[0] == ("art. 311-4", BASIC)
    assert roles("ROB", given, [(3, BASIC)]) == [("art. 311-9", BASIC)]


def test_a_separate_article_has_the_penalty_of_the_basic_offence() -> None:
    given = provisions(THEFT, "fr", "FR", "Section 1 : Du vol simple et des vols aggravés")
    expected = [("art. 311-1", BASIC), ("art. 311-3", BASIC), ("art. 311-4", SPECIAL)]
    assert roles("THEFT", given, [(0, BASIC), (2, SPECIAL), (3, SPECIAL)]) == expected


@pytest.mark.parametrize(
    ("code", "language", "country", "body", "punished"),
    [
        ("THEFT", "fr", "FR", THEFT["311-3"], True),
        ("THEFT", "fr", "FR", THEFT["311-4"], False),
        ("THEFT", "fr", "FR", THEFT["311-1"], False),
        ("HOM", "es", "MX", "Al responsable de cualquier homicidio simple intencional que no tenga señalada una "
         "sanción especial, se le impondrán de doce a veinticuatro años de prisión.", True),
        ("HOM", "es", "MX", "Al autor de un homicidio calificado se le impondrán de treinta a sesenta años.", False),
        ("THEFT", "en", "IN", "Whoever commits theft shall be punished with imprisonment of three years.", True),
        ("THEFT", "en", "IN", "Whoever commits theft by night shall be punished with imprisonment.", False),
        ("HOM", "es", "ES", "El homicidio será castigado con prisión de diez a quince años.", True),
    ],
)  # fmt: skip
def test_only_the_plain_offence_is_punished_by_its_name(
    code: str, language: str, country: str, body: str, punished: bool
) -> None:
    (given,) = provisions({"7": body}, language, country, "Chapter I")
    assert punishes_by_name(code, given) is punished


def test_an_offence_against_another_state_is_not_the_basic_offence_beside_another() -> None:
    bodies = {
        "434-15": "Le fait d'user de promesses en vue de déterminer autrui à faire une déposition mensongère est puni "
        "de trois ans d'emprisonnement."
    }
    (own,) = provisions(bodies, "fr", "FR", "Section 1 : Des entraves à l'exercice de la justice")
    foreign = {"435-12": bodies["434-15"]}
    (other,) = provisions(foreign, "fr", "FR", "Chapitre V : Des atteintes à la justice des Etats étrangers")
    assert roles("WITTAMP", [other, own], [(0, BASIC), (1, SPECIAL)])[0] == ("art. 434-15", BASIC)


def test_a_section_on_penalties_is_no_offence() -> None:
    text = (
        "8. Penalties\n\n8. (1) A person who commits an offence under this Act by misusing the identity of another "
        "person shall be liable on conviction on indictment to imprisonment for a term not exceeding 10 years."
    )
    given = Provision(
        "act:8", "act", "public", "Act", "IE", "s. 8", (), "en", "", 1, 0, len(text), text, why=("about:IDENT",)
    )
    assert select([given], ["IDENT"], 3).compared == ()


def test_what_has_the_rubric_of_something_else_is_hardly_the_offence() -> None:
    body = (
        "Otorgamiento ilegítimo de derechos sobre inmuebles\nEl funcionario público que otorga ilegítimamente derechos "
        "de posesión será reprimido con pena privativa de libertad no menor de cuatro ni mayor de seis años."
    )
    given = provisions({"376-B": body}, "es", "PE", "CAPÍTULO II: DELITOS COMETIDOS POR FUNCIONARIOS PÚBLICOS")
    assert select(given, ["UNLDET"], 3).compared == ()


def test_a_form_of_the_offence_under_another_rubric_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Art. 3 of the Peruvian law on laundering, on the transport of cash, is a special form as likely as before."""
    body = (
        "Transporte, traslado, ingreso o salida de dinero\nEl que transporta dinero en efectivo cuyo origen conoce "
        "será reprimido con pena privativa de libertad no menor de ocho ni mayor de quince años."
    )
    both = provisions({"1": f"Lavado de activos\n{body}", "3": body}, "es", "PE", "CAPÍTULO I")
    scores = [RoleScore(connected=0.0, special=0.1, basic=0.9), RoleScore(connected=0.0, special=0.62, basic=0.12)]
    monkeypatch.setattr("app.comparison.selection.role_scores", lambda *_: scores)
    chosen = select(both, ["ML"], 3).compared
    assert [(each.unit, each.role) for each in chosen] == [("art. 1", BASIC), ("art. 3", SPECIAL)]


def test_a_rubricless_offence_that_names_the_offender_is_found() -> None:
    body = "El que matare a otro será castigado, como reo de homicidio, con la pena de prisión de diez a quince años."
    selection = select(provisions({"138": body}, "es", "ES", "TÍTULO I"), ["HOM"], 3)
    assert [(each.unit, each.role) for each in selection.compared] == [("art. 138", BASIC)]


def test_an_offence_of_several_persons_is_no_circumstance() -> None:
    body = (
        "CONCIERTO PARA DELINQUIR. Cuando varias personas se concierten con el fin de cometer delitos, cada una de "
        "ellas será penada, por esa sola conducta, con prisión de cuarenta y ocho a ciento ocho meses."
    )
    graver = (
        "Cuando el concierto sea para cometer delitos de homicidio, la pena será de ocho (8) a dieciocho (18) años."
    )
    selection = select(provisions({"340": f"{body}\n\n{graver}"}, "es", "CO", "CAPÍTULO I"), ["OC"], 3)
    assert [(each.unit, each.role) for each in selection.compared] == [("art. 340", BASIC)]
    read = read_column(Column("CO", selection.compared), ["OC"])
    (cell,) = (row.cells[0] for row in structure_rows([read]) if row.element == "penalty")
    assert [(figure.least, figure.most) for figure in compared_figures(cell)] == [(48, 108)]
