"""Citations in lists of laws, articles in words or with the letter O, and articles of what is no law."""

from __future__ import annotations

import pytest

from nlp.citations.citations import find_citations


def cited(text: str, jurisdiction: str, language: str) -> list[str]:
    """Return the ids of all items of the citations in ``text``."""
    spans = find_citations(text, jurisdiction=jurisdiction, language=language)
    return [item for span in spans for item in span.attributes.get("targets", span.value).split()]


@pytest.mark.parametrize(
    ("text", "jurisdiction", "language", "expected"),
    [
        ("según las Leyes 9 de 1979 y 430 de 1998.", "CO", "es", ["ref:co:ley:9:1979", "ref:co:ley:430:1998"]),
        (
            "los decretos N° 7, de 2015, y N° 12, de 2021, del Ministerio",
            "CL",
            "es",
            ["ref:cl:decreto:7:2015", "ref:cl:decreto:12:2021"],
        ),
        (
            "pelas Leis n.os 5/2001, de 3 de maio, e 8/2004, de 9 de julho",
            "PT",
            "pt",
            ["ref:pt:lei:5:2001", "ref:pt:lei:8:2004"],
        ),
        (
            "os Decretos-Leis n.os 4/2010, de 3 de maio e 6/2011, de 9 de julho",
            "PT",
            "pt",
            ["ref:pt:decreto-lei:4:2010", "ref:pt:decreto-lei:6:2011"],
        ),
        (
            "les lois n° 2001-12 du 3 mai 2001 et n° 2003-45 du 4 juin 2003",
            "FR",
            "fr",
            ["ref:fr:loi:12:2001", "ref:fr:loi:45:2003"],
        ),
        (
            "con fuerza de ley y el decreto con fuerza de ley N° 1/19.175, de 2005",
            "CL",
            "es",
            ["ref:cl:dfl:1/19175:2005"],
        ),
        ("la Ley Municipal N° 45/2019 del Concejo", "BO", "es", ["ref:bo:ley-municipal:45:2019"]),
    ],
)
def test_laws_in_plural_are_read_each(text: str, jurisdiction: str, language: str, expected: list[str]) -> None:
    assert cited(text, jurisdiction, language) == expected


def test_articles_follow_the_date_of_a_code_and_the_end_of_a_line() -> None:
    text = "Código Penal del 4 de mayo de 1970, artículos 12,\n\n140, 215 inciso 2) y 301"
    assert cited(text, "CR", "es") == [f"ref:cr:codigo:penal#art-{number}" for number in (12, 140, 215, 301)]


def test_an_article_joins_its_law_below_the_end_of_a_line() -> None:
    assert cited("conforme al Artículo 12 de la\n\nConstitución Política del Estado", "BO", "es") == [
        "ref:bo:constitucion#art-12"
    ]


def test_articles_in_a_list_of_laws_follow_a_colon() -> None:
    text = "Código Tributario: Art. 31.\nLey de Aduanas vigente al 3 de mayo de 2012: Art. 4 num 2.1."
    assert cited(text, "EC", "es") == ["ref:ec:codigo:tributario#art-31", "ref:ec:ley:aduanas#art-4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contravenes section three, eleven or twenty-two of this Act", ["self#s-3", "self#s-11", "self#s-22"]),
        ("under section 31O of the Pensions Act 1990", ["ref:bm:act:pensions:1990#s-31o"]),
        ("leave under section 12B. \n(2) The employee", ["self#s-12b"]),
    ],
)
def test_sections_in_words_and_with_letters(text: str, expected: list[str]) -> None:
    assert cited(text, "BM", "en") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("resposta ao artigo 7.º da base instrutória", "pt"),
        ("el artículo 4 del contrato suscrito", "es"),
        ("le paragraphe 2 de l’article 9 du contrat", "fr"),
        ("the demand in section 5 of the lease", "en"),
    ],
)
def test_articles_of_what_is_no_law_are_no_citations(text: str, language: str) -> None:
    assert cited(text, "", language) == []


def test_a_heading_in_capitals_within_a_line_is_no_citation() -> None:
    assert cited("en el Banco Nacional ARTICULO 8: Todo funcionario tendrá", "PA", "es") == []


def test_the_number_of_a_decree_is_not_that_of_the_law_it_approves() -> None:
    text = "Ley de Tasas, aprobada por el Decreto Supremo N.° 215-2006-EF, publicado"
    assert "ref:pe:decreto-supremo:215:2006" in cited(text, "PE", "es")


def test_a_paragraph_of_figures_joins_a_caput() -> None:
    assert cited("ART. 5, CAPUT E LIV, DA CF", "BR", "pt") == ["ref:br:constituicao#art-5"]


@pytest.mark.parametrize(
    ("text", "jurisdiction", "language", "expected"),
    [
        ("el artículo 6 del Reglamento de la Ley N.° 28044", "PE", "es", ["ref:pe:reglamento:ley-28044#art-6"]),
        (
            "o artigo 6.º do Regulamento da Lei n.º 4/2007",
            "PT",
            "pt",
            ["ref:pt:regulamento:lei-4-2007#art-6"],
        ),
    ],
)
def test_the_regulation_of_a_law_is_not_the_law(
    text: str, jurisdiction: str, language: str, expected: list[str]
) -> None:
    assert cited(text, jurisdiction, language) == expected


def test_a_short_name_is_defined_behind_the_title_and_the_publication_of_a_law() -> None:
    text = (
        "Ley N.° 28583, Ley de Fomento de la Marina Mercante Nacional, publicada el\n\n22.7.2005 y normas "
        "modificatorias (en adelante, Ley de la Marina). El artículo 4 de la Ley de la Marina exige registro."
    )
    assert "ref:pe:ley:28583#art-4" in cited(text, "PE", "es")


@pytest.mark.parametrize(
    ("text", "jurisdiction", "language", "expected"),
    [
        (
            "(1) The Fisheries Act 1971 is amended as follows.\n(2) In section 12(3), omit “boat”.",
            "IM",
            "en",
            "ref:im:act:fisheries:1971#s-12",
        ),
        (
            "Introdúcense las siguientes modificaciones en la ley N° 19.300:\n1) Reemplázase en el artículo 9 lo",
            "CL",
            "es",
            "ref:cl:ley:19300#art-9",
        ),
        (
            "La loi n° 2005-10 du 3 mai 2005 est ainsi modifiée :\n1° À l’article 8, le mot est supprimé",
            "SN",
            "fr",
            "ref:sn:loi:10:2005#art-8",
        ),
    ],
)
def test_items_of_an_amendment_name_articles_of_the_amended_law(
    text: str, jurisdiction: str, language: str, expected: str
) -> None:
    assert expected in cited(text, jurisdiction, language)


def test_reports_and_dockets_of_the_swiss_federal_court() -> None:
    text = "(ATF 141 III 20 consid. 4 ; 139 IV 25 consid. 2 ; arrêt 6B_118/2019 du 3 mai 2019)"
    assert cited(text, "CH", "fr") == ["ref:ch:atf:141iii20", "ref:ch:atf:139iv25", "ref:ch:tf:6b_118/2019"]


def test_a_code_of_one_state_by_its_subject() -> None:
    assert cited("aux articles 7 et 9 du code de l’arbitrage", "TN", "fr") == [
        "ref:tn:code:arbitrage#art-7",
        "ref:tn:code:arbitrage#art-9",
    ]
