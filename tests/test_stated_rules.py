"""Concepts that are rules on another offence: which provisions state them, and what is compared for them."""

from __future__ import annotations

import pytest

from app.comparison.selection import select
from app.comparison.stated_rules import is_rule, states_rule
from app.comparison.table import Provision

LAUNDERING = "El que oculte dinero o bienes de origen ilícito será penado con prisión de cuatro a diez años."


def provision(text: str, language: str = "es", unit: str = "art. 1", number: int = 1) -> Provision:
    return Provision(
        f"law:{number}", "law", "public", "Ley contra el lavado de activos", "PE", unit, (), language, "", 1,
        number * 1_000, number * 1_000 + len(text), text,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Artículo 5 (Autolavado). Responde quien hizo el hecho previo."),
        ("es", "Podrá ser considerado autor del lavado, y juzgado por él, quien participó en los hechos previos."),
        ("es", "Los bienes provienen de una actividad delictiva realizada por él o por otro."),
        ("es", "Se castigará incluso al autor o partícipe del delito precedente."),
        (
            "es",
            "Si quien participó como cómplice en el hecho que generó los bienes incurre, además, en este delito, será "
            "castigado por ambos.",
        ),
        ("pt", "Quem ocultar vantagens obtidas por si ou por outrem é punido com pena de prisão."),
        ("pt", "A pena aplica-se ainda que o agente seja autor da infração antecedente."),
        ("en", "A person may launder the proceeds of his own criminal conduct."),
        ("en", "It is immaterial whether or not that person committed the predicate offence."),
        ("fr", "Le blanchiment est punissable aussi lorsque l'auteur de l'infraction principale l'a commis."),
    ],
)
def test_a_provision_about_the_author_of_the_predicate_offence_states_the_rule(language: str, text: str) -> None:
    assert states_rule("SELFML", provision(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", LAUNDERING),
        ("es", "Será castigado quien haya participado como autor en el hecho de ocultar los bienes."),
        ("es", "El blanqueo será perseguido aunque el autor del delito determinante sea desconocido."),
        ("pt", "O crime é punível ainda que desconhecido o autor."),
        ("en", "A person who conceals the proceeds of criminal conduct commits an offence."),
        ("en", "Property is property whether or not it is situated in the State."),
        ("fr", "Le blanchiment est le fait de faciliter la justification mensongère de l'origine des biens."),
        ("ca", "Autoblanqueig de capitals."),
    ],
)
def test_the_offence_of_laundering_does_not_state_it(language: str, text: str) -> None:
    assert not states_rule("SELFML", provision(text, language))


def test_of_a_rule_the_provisions_that_state_it_are_compared_and_the_offence_is_offered() -> None:
    rule = provision("Podrá ser considerado autor quien cometió el delito previo.", unit="art. 10", number=10)
    selection = select([provision(LAUNDERING), rule], ("SELFML",), 3)
    assert [(one.unit, one.role) for one in selection.compared] == [("art. 10", "basic")]
    assert [one.unit for one in selection.offered] == ["art. 1"]


def test_a_law_without_the_rule_has_an_empty_column() -> None:
    assert select([provision(LAUNDERING)], ("SELFML",), 3).compared == ()


def test_the_offence_itself_is_no_rule() -> None:
    assert is_rule("SELFML")
    assert not is_rule("ML")
