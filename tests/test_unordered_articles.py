"""Articles out of numerical order: headings in compilations of excerpts, and quotations, which are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk

from indexing.access import LOCAL_USER
from nlp.structure.structure import find_structure, structure_warnings

EXCERPTS = [
    (
        "es",
        "Art. 141.- Femicidio.- La pena es de veinte años.\n\nArt. 142.- Agravantes.- Se impone el máximo.\n\n"
        "Art. 185.- Extorsión.- La pena es de tres años.\n\nArt. 173.- Contacto.- La pena es de un año.\n\n"
        "Art. 260.- Minería.- La pena es de cinco años.",
        ["141", "142", "185", "173", "260"],
    ),
    (
        "es",
        "ARTÍCULO 244. EXTORSIÓN. Prisión de diez años.\n\nARTÍCULO 340. CONCIERTO. Prisión.\n\n"
        "TÍTULO XII DE LA SEGURIDAD PÚBLICA\n\nARTÍCULO 365. ARMAS. Prisión de nueve años.\n\n"
        "ARTÍCULO 323. LAVADO. El que adquiera bienes, en prisión de diez años.",
        ["244", "340", "365", "323"],
    ),
    (
        "pt",
        "Art. 121. Matar alguém: reclusão.\n\nArt. 155. Subtrair coisa.\n\nArt. 180. Adquirir coisa.\n\n"
        "Art. 129. Ofender a integridade corporal.",
        ["121", "155", "180", "129"],
    ),
    (
        "fr",
        "Art. 311. - Le vol.\n\nArt. 324. - Le blanchiment est puni.\n\nArt. 432. - La corruption punie.\n\n"
        "Art. 221. - Le meurtre est puni.",
        ["311", "324", "432", "221"],
    ),
    (
        "es",
        'Artículo 1.- Reemplázase el artículo 410 del Código.\n\n"Artículo 410.- Nuevo texto.\n\n'
        'Artículo 411.- Otro texto.".\n\nArtículo 2.- Créase el fondo.\n\nArtículo 3.- Rige.',
        ["1", "2", "3"],
    ),
]
QUOTED = [
    (
        "es",
        "Artículo 1. Objeto.\n\nArtículo 2. Sustitúyese el artículo 173 de la ley, así:\n\n"
        "Artículo 173. Texto nuevo.\n\nArtículo 3. Vigencia.",
    ),
    (
        "fr",
        "Art. 1. - Le code est modifié.\n\nArt. 2. - L'article 62 est rédigé comme suit :\n\n"
        '" Art. 62. - Le greffe tient le casier. "\n\nArt. 3. - La loi entre en vigueur.',
    ),
    (
        "es",
        "Artículo 1. Objeto.\n\nArtículo 2. Se aplica el\n\nArtículo 173 de la ley de bancos.\n\nArtículo 3. Vigencia.",
    ),
]


def numbers(text: str, language: str) -> list[str]:
    units = find_structure(text, document_type="statute", language=language)
    return ["".join(filter(str.isdigit, unit.label)) for unit in units if unit.kind == "article"]


@pytest.mark.parametrize(("language", "text", "expected"), EXCERPTS)
def test_a_heading_out_of_order_begins_an_article(language: str, text: str, expected: list[str]) -> None:
    assert numbers(text, language) == expected


@pytest.mark.parametrize(("language", "text"), QUOTED)
def test_a_quoted_article_and_a_reference_begin_none(language: str, text: str) -> None:
    assert numbers(text, language) == ["1", "2", "3"]
    assert structure_warnings(find_structure(text, document_type="statute", language=language)) == ()


REPEATED = (
    "Artículo 1. Objeto de la ley.\n\nArtículo 2. Definiciones.\n\nArtículo 3. Registro.\n\n"
    "Artículo 4. Sanciones.\n\nArtículo 2. Definiciones de otro texto.\n\nArtículo 5. Vigencia."
)


def test_a_repeated_number_is_a_doubt_that_the_ingest_reports(tmp_path: Path) -> None:
    assert numbers(REPEATED, "es") == ["1", "2", "3", "4", "5"]
    desk = Desk(tmp_path)
    identifier = desk.bring("ley.txt", f"LEY DE REGISTROS\n\n{REPEATED}\n", "public")
    document = desk.store.document(desk.store.access(LOCAL_USER), identifier)
    assert "article_order" in document.warnings
