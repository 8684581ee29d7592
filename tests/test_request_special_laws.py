"""Offences of special laws, in brackets, in lists with one of unknown name, and names of offices that are none."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.test_request_offences import offences

SPECIAL_LAWS = [
    ("es", "Se investiga a Pablo Ruiz por el delito previsto en el artículo 7 de la Ley de Protección del Patrimonio Cultural de la Nación.", "CULT", "artículo 7 de la Ley de Protección del Patrimonio Cultural de la Nación"),
    ("pt", "Arguido: Paulo Reis Vaz, por factos p. e p. pelo artigo 12.º da Lei de Proteção da Vida Silvestre.", "ENV", "artigo 12.º da Lei de Proteção da Vida Silvestre"),
    ("en", "Paul Reeves is charged with three counts contrary to section 14(2) of the National Heritage Trust Act 1985.", "CULT", "section 14(2) of the National Heritage Trust Act 1985"),
    ("en", "Paul Reeves faces one count contrary to section 33 of the Fisheries Act and one contrary to regulation 5 of the Forest Produce (Export) Regulations.", "ENV", "regulation 5 of the Forest Produce (Export) Regulations"),
    ("fr", "Information suivie contre Paul Rives pour des faits prévus et réprimés par l'article 414 du code des douanes.", "CUST", "article 414 du code des douanes"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "concept", "provision"), SPECIAL_LAWS)
def test_special_law_tells_the_offence_by_its_title(language: str, text: str, concept: str, provision: str) -> None:
    assert provision in offences(language, text)[concept]


POWERS = [
    ("es", "Se investiga a Pablo Ruiz por estafa (artículo 248 del Código Penal). La Aduana retuvo los bienes de conformidad con el artículo 20 de la Ley General de Aduanas."),
    ("en", "Paul Reeves is charged with fraud contrary to section 6 of the Theft Act. Officers opened the parcel pursuant to section 88 of the Customs Act."),
    ("fr", "Information suivie contre Paul Rives du chef d'escroquerie (article 313-1 du code pénal). Les agents ont agi en application de l'article 60 du code des douanes."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), POWERS)
def test_special_law_that_gives_a_power_names_no_offence(language: str, text: str) -> None:
    assert set(offences(language, text)) == {"FRAUD"}


NAMED = [
    ("es", "Se investiga a Pablo Ruiz por la exportación ilegal de maderas y por malos tratos a sus hijos menores.", {"ENV", "ILLTREAT"}),
    ("pt", "Arguido: Paulo Reis Vaz, brasileiro, de 52 anos de idade, pelos crimes de femicídio e de maus-tratos a criança.", {"HOM", "ILLTREAT"}),
    ("pt", "Arguido: Paulo Reis Vaz, pela extração ilegal de madeira de ipê e pelo crime de falsidade informática.", {"ENV", "DOCFRAUD"}),
    ("en", "Paul Reeves is charged with the unlicensed felling of mahogany trees, computer-related forgery and neglect of a child.", {"ENV", "DOCFRAUD", "ILLTREAT"}),
    ("en", "Paul Reeves is charged with obtaining the identity information of others and with trafficking in green parrots.", {"FRAUD", "ENV"}),
    ("fr", "Information suivie contre Paul Rives des chefs de coupe illicite de bois et de mauvais traitements envers un enfant.", {"ENV", "ILLTREAT"}),
    ("fr", "Information suivie contre Paul Rives des chefs de trafic de tortues marines et de falsification informatique.", {"ENV", "DOCFRAUD"}),
    ("es", "Se sigue causa contra Pablo Ruiz, chileno, de treinta años de edad, por robo con violencia.", {"ROB"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), NAMED)
def test_offence_of_special_laws_by_its_name(language: str, text: str, expected: set[str]) -> None:
    assert set(offences(language, text)) == expected


EXPLAINED = [
    ("en", "Paul Reeves is charged under section 4 of the Larceny Act (theft), section 9 of the Firearms Act (possession of an unlicensed firearm) and section 3 of the Proceeds of Crime Act (money laundering).", {"THEFT": ["section 4 of the Larceny Act"], "ML": ["section 3 of the Proceeds of Crime Act"]}),
    ("es", "Se investiga a Pablo Ruiz por los delitos del artículo 301 del Código Penal (blanqueo de capitales) y del artículo 248 del Código Penal (estafa).", {"ML": ["artículo 301 del Código Penal"], "FRAUD": ["artículo 248 del Código Penal"]}),
    ("fr", "Mis en examen au titre de l'article 324-1 du code pénal (blanchiment) et de l'article 311-1 du code pénal (vol).", {"ML": ["article 324-1 du code pénal"], "THEFT": ["article 311-1 du code pénal"]}),
    ("pt", "Arguido: Paulo Reis, indiciado pelo artigo 217.º do Código Penal (burla) e pelo artigo 256.º do Código Penal (falsificação de documento).", {"FRAUD": ["artigo 217.º do Código Penal"], "DOCFRAUD": ["artigo 256.º do Código Penal"]}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), EXPLAINED)
def test_offence_in_brackets_explains_the_provision_before_them(
    language: str, text: str, expected: dict[str, list[str]]
) -> None:
    found = offences(language, text)
    assert {concept: found[concept] for concept in expected} == expected


UNNAMED = [
    ("es", "Se investiga a Pablo Ruiz por estafa (artículo 248 del Código Penal) y quebrantamiento de condena (artículo 468 del Código Penal).", "FRAUD", ["artículo 248 del Código Penal"]),
    ("pt", "Arguido: Paulo Reis, por burla (artigo 217.º do Código Penal) e devassa por meio de informática (artigo 193.º do Código Penal).", "FRAUD", ["artigo 217.º do Código Penal"]),
    ("fr", "Mis en examen pour blanchiment (article 324-1 du code pénal) et tapage nocturne (article R. 623-2 du code pénal).", "ML", ["article 324-1 du code pénal"]),
    ("en", "He is charged with larceny (section 5 of the Larceny Act) and loitering (section 7 of the Summary Offences Act).", "THEFT", ["section 5 of the Larceny Act"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "concept", "expected"), UNNAMED)
def test_provision_of_an_offence_of_unknown_name_is_not_that_of_the_one_before(
    language: str, text: str, concept: str, expected: list[str]
) -> None:
    assert offences(language, text)[concept] == expected


OFFICES = [
    ("es", "La Fiscalía Especializada en Delitos de Trata de Personas y Secuestro investiga a Pablo Ruiz por el delito de estafa.", {"FRAUD"}),
    ("pt", "A Delegacia de Repressão aos Crimes de Extorsão e Sequestro investiga Paulo Reis pelo crime de furto.", {"THEFT"}),
    ("en", "The Anti-Corruption Unit for Money Laundering and Bribery is investigating Paul Reeves for theft.", {"THEFT"}),
    ("fr", "La Brigade de Répression du Banditisme et du Trafic de Stupéfiants enquête sur Paul Rives du chef d'escroquerie.", {"FRAUD"}),
    ("es", "Se investiga a Pablo Ruiz por homicidio. Se invoca la Convención Internacional para la Supresión de la Trata de Mujeres, artículo 3.", {"HOM"}),
    ("en", "Paul Reeves is charged with theft. We rely on the Convention for the Elimination of all Forms of Racial Discrimination, article 6.", {"THEFT"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), OFFICES)
def test_name_of_an_office_or_treaty_names_no_offence(language: str, text: str, expected: set[str]) -> None:
    assert set(offences(language, text)) == expected
