"""Structure of legislation: short invented acts in the ways of the countries, with the labels that they must get."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nlp.annotations import Unit
from nlp.structure import find_structure, provisions


def labels(text: str, language: str, jurisdiction: str = "") -> list[str]:
    return [
        unit.label
        for unit in find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    ]


ARTICLES = [
    (
        "es",
        "ES",
        "Artículo 301. Objeto.\n1. Uno es uno.\n2. Dos:\na) Letra;\nb) otra.\nArtículo 302.\nEl que falte.",
        ["art. 301", "art. 301.1", "art. 301.2", "art. 301.2 letra a)", "art. 301.2 letra b)", "art. 302"],
    ),
    (
        "es",
        "MX",
        "Artículo 400 Bis.- Se impondrá pena:\nI. Adquiera;\nII. Oculte.\nArtículo 400 Ter.- Otra.",
        ["art. 400 bis", "art. 400 bis fracción I", "art. 400 bis fracción II", "art. 400 ter"],
    ),
    (
        "es",
        "MX",
        "Artículo 9o.- Uno.\nTRANSITORIOS\nPRIMERO.- Entra en vigor.\nSEGUNDO.- Se deroga.",
        ["art. 9", "TRANSITORIOS", "art. 1 transitorio", "art. 2 transitorio"],
    ),
    (
        "es",
        "CO",
        "ARTÍCULO PRIMERO. Créase.\nPARÁGRAFO 1o. Uno.\nARTÍCULO SEGUNDO. Rige.",
        ["art. 1", "art. 1 parágrafo 1", "art. 2"],
    ),
    (
        "pt",
        "BR",
        "Art. 1º Ocultar bens:\nPena - reclusão.\n§ 1º Incorre quem:\nI - adquire;\nII - move:\n"
        "a) sempre;\nParágrafo único. Não.\nArt. 10. Fim.",
        [
            "art. 1º",
            "art. 1º § 1º",
            "art. 1º § 1º inciso I",
            "art. 1º § 1º inciso II",
            "art. 1º § 1º inciso II alínea a)",
            "art. 1º parágrafo único",
            "art. 10",
        ],
    ),
    (
        "pt",
        "PT",
        "Artigo 368.º-A\nBranqueamento\n1 - Para efeitos:\na) Lenocínio;\n2 - Quem converter.\n"
        "Artigo 369.º\nDenegação\n1 - O funcionário.",
        [
            "art. 368.º-A",
            "art. 368.º-A n.º 1",
            "art. 368.º-A n.º 1 alínea a)",
            "art. 368.º-A n.º 2",
            "art. 369.º",
            "art. 369.º n.º 1",
        ],
    ),
    (
        "en",
        "TT",
        "7. (1) A person who—\n(a) conceals; or\n(b) moves,\ncommits an offence.\n(2) Subject to this.\n"
        "8. This Act binds.",
        ["s. 7", "s. 7(1)", "s. 7(1)(a)", "s. 7(1)(b)", "s. 7(2)", "s. 8"],
    ),
    (
        "fr",
        "FR",
        "Article L. 132-1\n\nLe fait est puni.\n\nLa peine est doublée :\n\n1° En bande ;\n\nArticle L132-2\n\nIdem.",
        [
            "art. L. 132-1",
            "art. L. 132-1 alinéa 1",
            "art. L. 132-1 alinéa 2",
            "art. L. 132-1 1°",
            "art. L. 132-2",
            "art. L. 132-2 alinéa 1",
        ],
    ),
]


@pytest.mark.parametrize(("language", "jurisdiction", "text", "expected"), ARTICLES)
def test_labels_are_written_in_the_way_of_the_country(
    language: str, jurisdiction: str, text: str, expected: list[str]
) -> None:
    assert labels(text, language, jurisdiction) == expected


def test_an_article_quoted_by_an_amending_law_is_no_article_of_that_law() -> None:
    text = (
        "Artículo 1. El artículo 5 quedará redactado así:\n«Artículo 5. Nuevo texto.\nArtículo 6. Otro.»\n"
        "Artículo 2. Entra en vigor."
    )
    units = find_structure(text, language="es")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1", "art. 2"]
    quoted = [(unit.label, unit.path) for unit in units if unit.kind == "quoted_article"]
    assert quoted == [("«art. 5»", ("art. 1",)), ("«art. 6»", ("art. 1",))]


def test_path_holds_the_headings_above() -> None:
    text = "TÍTULO XIII\nDe los delitos contra el patrimonio\nCAPÍTULO XIV\nDe la receptación\nArtículo 301. Texto."
    article = find_structure(text, language="es")[-1]
    assert article.path == ("TÍTULO XIII De los delitos contra el patrimonio", "CAPÍTULO XIV De la receptación")


def test_provisions_cover_the_text_without_overlap() -> None:
    text = "LEY\nTÍTULO I\nNormas\nArtículo 1. Uno.\nTÍTULO II\nOtras\nArtículo 2. Dos."
    found = provisions(find_structure(text, language="es"))
    assert [unit.label for unit in found] == ["preámbulo", "art. 1", "art. 2"]
    assert [(a.end, b.start) for a, b in pairwise(found) if a.end != b.start] == []


def nested(units: tuple[Unit, ...]) -> bool:
    open_units: list[Unit] = []
    for unit in units:
        while open_units and open_units[-1].end <= unit.start:
            open_units.pop()
        if open_units and unit.end > open_units[-1].end:
            return False
        open_units.append(unit)
    return True


@pytest.mark.parametrize(("language", "jurisdiction", "text", "expected"), ARTICLES)
def test_units_nest(language: str, jurisdiction: str, text: str, expected: list[str]) -> None:
    units = find_structure(text, language=language, jurisdiction=jurisdiction)
    assert len(units) == len(expected)
    assert nested(units)
