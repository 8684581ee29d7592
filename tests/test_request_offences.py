"""Charged offences: agreements to commit one, names of laws that name another, provisions of each offence."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "Madrid, 4 de noviembre de 2026\nJuzgado de Instrucción n.º 5 de Madrid\nA las autoridades de Colombia\nComisión rogatoria. ",
    "pt": "Tribunal Judicial da Comarca do Porto\nCarta rogatória dirigida às autoridades judiciárias do Brasil\nPorto, 4 de novembro de 2026\n",
    "en": "Dublin, 4 November 2026\nDirector of Public Prosecutions\nTo the Attorney General of Jamaica\nRequest for mutual assistance. ",
    "fr": "Paris, le 4 novembre 2026\nTribunal judiciaire de Paris, juge d'instruction\nAux autorités de la République d'Haïti\nCommission rogatoire internationale. ",
}


def offences(language: str, text: str) -> dict[str, list[str]]:
    """Return the provisions of each offence that is read from a letter with ``text``."""
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("offences", ())
    return {one.value["concept"]: one.value["provisions"] for one in found if isinstance(one.value, dict)}


AGREED = [
    ("en", "We are investigating Paul Reeves for conspiracy to defraud at common law and theft, contrary to section 3 of the Theft Act.", {"FRAUD", "THEFT"}),
    ("en", "Paul Reeves is accused of conspiracy to steal and conspiracy to commit forgery, contrary to section 1 of the Criminal Law Act 1977.", {"THEFT", "DOCFRAUD"}),
    ("en", "Paul Reeves is wanted for attempting to pervert the course of justice and conspiracy to supply cocaine.", {"OBST", "DRUG"}),
    ("es", "Se investiga a Pablo Ruiz Vega por conspiración para defraudar y hurto (art. 248 CP).", {"FRAUD", "THEFT"}),
    ("es", "Se investiga a Pablo Ruiz Vega por asociación para cometer estafa y robo, y por conspiración para cometer secuestro.", {"FRAUD", "ROB", "KIDN"}),
    ("pt", "Arguido: Paulo Reis Vaz, por conspiração para defraudar e furto (artigo 203.º do Código Penal).", {"FRAUD", "THEFT"}),
    ("pt", "Arguido: Paulo Reis Vaz, por roubo, incêndio e conspiração para matar.", {"ROB", "ARSON", "HOM"}),
    ("fr", "Information suivie contre Paul Rives des chefs d'entente en vue de commettre une escroquerie et de vol (article 311-1 du code pénal).", {"FRAUD", "THEFT"}),
    ("fr", "Il a pris le vol AF123. Mis en examen pour complot en vue de commettre un assassinat et vol en réunion.", {"HOM", "THEFT"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), AGREED)
def test_agreement_to_commit_an_offence_is_charged_as_that_offence(
    language: str, text: str, expected: set[str]
) -> None:
    assert set(offences(language, text)) == expected


NAMED_BY_LAWS = [
    ("en", "We are investigating Paul Reeves for perjury (section 6 of the Criminal Justice (Theft and Fraud Offences) Act 2001).", {"OBST": ["section 6 of the Criminal Justice (Theft and Fraud Offences) Act 2001"]}),
    ("en", "Paul Reeves is charged with arson, contrary to section 9 of the Proceeds of Crime (Money Laundering) Act.", {"ARSON": ["section 9 of the Proceeds of Crime (Money Laundering) Act"]}),
    ("es", "Se investiga a Pablo Ruiz por bigamia, prevista en la Ley contra la Trata de Personas.", {"BIGAMY": ["Ley contra la Trata de Personas"]}),
    ("pt", "Arguido: Paulo Reis Vaz, por falso testemunho, artigo 12.º da Lei de Prevenção e Repressão do Tráfico de Pessoas.", {"OBST": ["artigo 12.º da Lei de Prevenção e Repressão do Tráfico de Pessoas"]}),
    ("fr", "Information suivie contre Paul Rives du chef d'incendie, prévu à l'article 4 de la loi n° 2003-12 sur le trafic de stupéfiants.", {"ARSON": ["article 4 de la loi n° 2003-12"]}),
    ("fr", "Information suivie contre Paul Rives du chef de faux témoignage, prévu par l'article 7 de la loi relative à la lutte contre le blanchiment de capitaux.", {"OBST": ["article 7 de la loi relative à la lutte contre le blanchiment de capitaux"]}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), NAMED_BY_LAWS)
def test_name_of_a_law_names_no_further_offence(language: str, text: str, expected: dict[str, list[str]]) -> None:
    assert offences(language, text) == expected


def test_conduct_without_a_name_is_that_of_the_law() -> None:
    text = "Information suivie contre Paul Rives pour des faits prévus par la loi sur le trafic de stupéfiants."
    assert set(offences("fr", text)) == {"DRUG"}


def test_law_alone_cites_its_offence_with_its_whole_name() -> None:
    text = "Paul Reeves is charged under section 6 of the Criminal Justice (Theft and Fraud Offences) Act 2001."
    assert offences("en", text) == {"FRAUD": ["section 6 of the Criminal Justice (Theft and Fraud Offences) Act 2001"]}


OWN_PROVISIONS = [
    ("fr", "Inculpé de traite des êtres humains (article 433quinquies du Code pénal) et de faux en écritures (articles 193, 196 et 197 du Code pénal).", ["article 433quinquies du Code pénal"], ["articles 193, 196 et 197 du Code pénal"]),
    ("es", "Se investiga a Pablo Ruiz por trata de personas (artículo 177 bis del Código Penal) y falsedad documental (artículos 390 y 392 del Código Penal).", ["artículo 177 bis del Código Penal"], ["artículos 390 y 392 del Código Penal"]),
    ("pt", "Arguido: Paulo Reis, por tráfico de pessoas (artigo 160.º do Código Penal) e falsificação de documento (artigos 255.º e 256.º do Código Penal).", ["artigo 160.º do Código Penal"], ["artigos 255.º e 256.º do Código Penal"]),
    ("en", "Paul Reeves is charged with human trafficking (section 2 of the Trafficking Act 2010) and forgery (sections 3, 4 and 5 of the Forgery Act 1913).", ["section 2 of the Trafficking Act 2010"], ["sections 3, 4 and 5 of the Forgery Act 1913"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "trafficking", "forgery"), OWN_PROVISIONS)
def test_each_offence_has_its_own_provisions(
    language: str, text: str, trafficking: list[str], forgery: list[str]
) -> None:
    assert offences(language, text) == {"THB": trafficking, "DOCFRAUD": forgery}


ORDINARY = [
    ("es", "Se sigue causa por el delito de violación, artículo 179 del Código Penal.", {"RAPE"}),
    ("es", "Se sigue causa por el delito de violación de secretos.", set()),
    ("pt", "Corre inquérito pelo crime de violação, artigo 164.º do Código Penal.", {"RAPE"}),
    ("en", "He is charged with the offence of larceny of a motor car, section 5 of the Larceny Act.", {"THEFT"}),
    ("en", "She is charged with misfeasance in public office.", {"ABUSEOFF"}),
]


@pytest.mark.parametrize(("language", "text", "expected"), ORDINARY)
def test_ordinary_offence_by_one_word(language: str, text: str, expected: set[str]) -> None:
    assert set(offences(language, text)) == expected


BRIBERY = [
    ("en", "We are investigating Raul Pinto for bribery under the Foreign Corrupt Practices Act, 15 U.S.C. § 78dd-2.", "CORR_FOREIGN"),
    ("en", "Raul Pinto is charged with an offence: he paid bribes to foreign officials.", "CORR_FOREIGN"),
    ("en", "Raul Pinto is charged with bribery, contrary to section 1 of the Bribery Act 2010.", "CORR_ACT"),
    ("en", "Raul Pinto is charged with bribery, contrary to section 6 of the Bribery Act 2010.", "CORR_FOREIGN"),
    ("es", "Se investiga a Raúl Pinto por el delito de haber pagado sobornos a funcionarios extranjeros.", "CORR_FOREIGN"),
    ("pt", "Arguido: Raul Pinto, pelo crime de pagar subornos a funcionários públicos estrangeiros.", "CORR_FOREIGN"),
    ("fr", "Raoul Pinto est mis en examen pour des versements de pots-de-vin à des agents publics étrangers.", "CORR_FOREIGN"),
    ("es", "Procesado por el delito de colusión agravada (artículo 384, segundo párrafo, del Código Penal).", "COLLUS"),
    ("es", "Procesado por el delito de colusión, previsto en el Código Penal.", "COLLUS"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "concept"), BRIBERY)
def test_bribery_is_classified_by_who_is_bribed_and_collusion_is_no_fraud(
    language: str, text: str, concept: str
) -> None:
    assert set(offences(language, text)) == {concept}


TREATIES = [
    ("es", 'En autos "FERREIRA, W. - LAVADO DE ACTIVOS", conforme al Tratado de Cooperación Jurídica Internacional, se solicita una notificación.\nDelito: lavado de activos (art. 30 de la Ley N° 19.574).', "ML"),
    ("en", "We are investigating Paul Reeves for money laundering. Under the Convention on Mutual Assistance of 1959 we request the records.", "ML"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "concept"), TREATIES)
def test_a_treaty_is_no_provision_of_an_offence(language: str, text: str, concept: str) -> None:
    provisions = offences(language, text)[concept]
    assert not [one for one in provisions if "Tratado" in one or "Convention" in one]
