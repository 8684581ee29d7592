"""Rows of a comparison as phrases: a conduct stands with its object."""

from __future__ import annotations

import pytest

from app.comparison.rows import figures_by_provision, read_column, structure_rows
from app.comparison.table import Column, Provision

CONDUCTS = [
    (
        "Art. 312. Apropriar-se o funcionário público de dinheiro, valor ou bem móvel:\n"
        "Pena - reclusão, de dois a doze anos.",
        ["Apropriar-se o funcionário público de dinheiro, valor ou bem móvel"],
    ),
    (
        "Art. 299. Omitir, em documento público, declaração, com o fim de criar obrigação:\n"
        "Pena - reclusão, de um a cinco anos.",
        ["Omitir, em documento público, declaração"],
    ),
    (
        "Art. 1º Ocultar a origem de bens:\nPena - reclusão, de três a dez anos.\n"
        "I - O processo e o julgamento independem da condenação pela infração antecedente.",
        ["Ocultar a origem de bens"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONDUCTS, ids=["inverted", "object and aim", "rule of procedure"])
def test_a_conduct_stands_with_its_object_and_without_rules_of_procedure(text: str, expected: list[str]) -> None:
    unit = f"art. {text.split()[1].rstrip('.')}"
    provision = Provision("1", "d", "public", "Law", "BR", unit, (), "pt", "", 1, 0, len(text), text, role="basic")
    rows = structure_rows([read_column(Column("BR", (provision,)))])
    assert [one.text for row in rows if row.element == "conduct" for one in row.cells[0].quotations] == expected


_ES, _EN = "El que convierta bienes será castigado con prisión de dos a seis años.", "A person who steals is guilty."
_PT, _FR = (
    "Quem converter vantagens é punido com pena de prisão.",
    "Le fait de convertir des biens est puni.",
)
RULES = [
    ("es", "art. 4", f"TÍTULO II\n\nArtículo 4. Blanqueo de capitales.\n\n{_ES}", []),
    ("es", "art. 4", f"Artículo 4. Queda prohibido el transporte.\n{_ES}", ["Queda prohibido el transporte"]),
    ("es", "art. 6", f"ARTÍCULO 6o. Tala ilegal. {_ES}", []),
    ("en", "s. 4", f"4. Trafficking in firearms.—{_EN}", []),
    ("pt", "art. 4.º", f"Artigo 4.º\nBranqueamento\n{_PT}", []),
    ("pt", "Artigo 4.º do Código Penal", f"Artigo 4.º do Código Penal\n\n{_PT}", []),
    ("en", "s. 4", f"4. Theft\n{_EN}", []),
    (  # the rubric of the next article, which was repealed
        "pt",
        "art. 349-A",
        f"Art. 349-A. {_PT}\n\nExercício arbitrário\n\n(Revogado pela Lei nº 13.869, de 2019) (Vigência)",
        [],
    ),
    ("fr", "art. 4", f"Article 4. Blanchiment.\n{_FR}", []),
    (
        "es",
        "art. 9",
        "Artículo 9. Derógase la Ley 1.\nLa ley rige hoy.",
        ["Derógase la Ley 1", "La ley rige hoy"],
    ),
]


FEMICIDE = (
    "Artículo 325\nComete el delito de feminicidio quien prive de la vida a una mujer por razones de género.\n"
    "A quien cometa el delito de feminicidio se le impondrán de cuarenta a sesenta años de prisión.\n"
    "Al servidor público que retarde o entorpezca maliciosamente o por negligencia la procuración o administración de "
    "justicia se le impondrá pena de prisión de tres a ocho años."
)


@pytest.mark.parametrize(("about", "most"), [(("FEMIC",), [720.0]), ((), [720.0, 96.0])])
def test_a_paragraph_that_punishes_another_offence_has_none_of_its_elements(
    about: tuple[str, ...], most: list[float]
) -> None:
    size = len(FEMICIDE)
    provision = Provision("1", "d", "public", "Law", "MX", "art. 325", (), "es", "", 1, 0, size, FEMICIDE, role="basic")
    rows = {row.element: row.cells[0] for row in structure_rows([read_column(Column("MX", (provision,)), about)])}
    assert [figure.most for one in rows["penalty"].quotations for figure in one.figures] == most
    mental = " ".join(one.text for one in rows["mental_element"].quotations)
    assert ("negligencia" in mental) is not bool(about)
    assert "Al servidor público" in " ".join(one.text for cell in rows.values() for one in cell.quotations)


@pytest.mark.parametrize(("language", "unit", "text", "expected"), RULES)
def test_a_rubric_is_no_rule(language: str, unit: str, text: str, expected: list[str]) -> None:
    provision = Provision("1", "d", "public", "Law", "ES", unit, (), language, "", 1, 0, len(text), text, role="basic")
    rows = structure_rows([read_column(Column("ES", (provision,)))])
    assert [one.text for row in rows if row.element == "other" for one in row.cells[0].quotations] == expected


MENTIONED = {
    "AR": (
        "es",
        "art. 303",
        "Artículo 303. Será reprimido con prisión el que convirtiere, transfiriere o vendiere bienes "
        "provenientes de un ilícito penal.",
    ),
    "BR": (
        "pt",
        "art. 1",
        "Art. 1º Ocultar a origem de bens:\nPena - reclusão, de três a dez anos.\n"
        "§ 1º Incorre na mesma pena quem, para ocultar a utilização de bens provenientes de infração penal:\n"
        "I - os converte em ativos lícitos;\nII - os adquire, recebe ou transfere.",
    ),
    "FR": (
        "fr",
        "art. 225-4-1",
        "Article 225-4-1\nLa traite est le fait de recruter une personne, de la transporter ou de la transférer à "
        "des fins d'exploitation. Elle est punie de sept ans d'emprisonnement.",
    ),
}


def test_no_country_is_said_to_be_the_only_one_with_what_the_words_of_another_mention() -> None:
    """A part that is read as another element, or as none, still mentions the conduct."""
    columns = [
        read_column(
            Column(
                state,
                (
                    Provision(
                        "1", "d", "public", "L", state, unit, (), language, "", 1, 0, len(text), text, role="basic"
                    ),
                ),
            )
        )
        for state, (language, unit, text) in MENTIONED.items()
    ]
    row = next(row for row in structure_rows(columns) if row.element == "conduct")
    assert {one.trait: one.columns for one in row.common}["transfer"] == (0, 1, 2)
    assert not any(one.kind == "one" for one in row.common if one.trait in ("convert", "transfer"))


FINES = {
    "PE": (
        "es",
        "Artículo 4. El que venda bienes será reprimido con prisión de tres a siete años y 100 a 290 días-multa.",
    ),
    "FR": (
        "fr",
        "Article 4\nLe fait de vendre des biens est puni de six ans d'emprisonnement et de 206 000 euros d'amende.",
    ),
    "CH": ("fr", "Article 4\nLe fait de vendre des biens est puni de six ans d'emprisonnement."),
}


@pytest.mark.parametrize(("states", "having"), [(("PE", "FR"), (0, 1)), (("FR", "CH"), (0,)), (("PE", "CH"), None)])
def test_a_day_fine_is_a_fine_for_the_remark_on_who_alone_has_one(
    states: tuple[str, ...], having: tuple[int, ...] | None
) -> None:
    columns = []
    for state in states:
        language, text = FINES[state]
        end = len(text)
        provision = Provision("1", "d", "public", "L", state, "art. 4", (), language, "", 1, 0, end, text, role="basic")
        columns.append(read_column(Column(state, (provision,))))
    row = next(row for row in structure_rows(columns) if row.element == "penalty")
    assert {one.trait: one.columns for one in row.common}.get("fine") == having


@pytest.mark.parametrize(
    ("about", "role", "compared"),
    [("THEFT", "basic", True), ("AGGTHEFT", "basic", False), ("", "", False)],
    ids=["its offence", "a form of its offence", "found by words that name no offence"],
)
def test_a_penalty_is_compared_only_for_the_offence_that_has_it(about: str, role: str, compared: bool) -> None:
    text = "Furto\n\nArt. 155. Subtrair para si coisa alheia móvel:\nPena - reclusão, de um a quatro anos."
    provision = Provision(
        "1", "d", "public", "Código", "BR", "art. 155", (), "pt", "", 1, 0, len(text), text, role=role
    )
    read = read_column(Column("BR", (provision,)), [about] if about else [])
    (cell,) = (row.cells[0] for row in structure_rows([read]) if row.element == "penalty")
    assert bool(figures_by_provision(cell)) is compared
