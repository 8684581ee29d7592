"""Tests of the count of article headings against units (``benchmarks/article_headings.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.article_headings import KINDS, Difference, compare, headings, line, read_law, totals
from nlp.annotations import Unit


def unit(start: int, label: str, kind: str = "article", path: tuple[str, ...] = ()) -> Unit:
    return Unit(start, start + 5, label, kind, path, "", 0.9, "test")


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("es", "# Artículo 1.- Objeto\n**Art. 2 bis.** Texto\nsegún el artículo 9", ["1", "2bis"]),
        ("pt", "Artigo 10.º-A\nArt. 1.015. A sociedade", ["10", "1015"]),
        ("fr", "Article L. 121-3\n> **Art. 4 ter.** Texte\nArt. 5.", ["l1213", "4ter", "5"]),
        ("en", "12A. A person who\nSection 3 Offences\n(4) no section\n2. **Title**", ["12a", "3", "2"]),
    ],
)
def test_lines_that_begin_as_an_article_are_headings(language: str, text: str, numbers: list[str]) -> None:
    assert [heading.number for heading in headings(text, language)] == numbers


TEXT = "Artículo 1.- A\nArtículo 2.- B\nArtículo 3.- C\nArtículo 4.- D\n"


@pytest.mark.parametrize(
    ("units", "read", "differences"),
    [
        ([unit(0, "art. 1"), unit(15, "art. 2"), unit(30, "art. 3"), unit(45, "art. 4")], 4, {}),
        ([unit(0, "art. 1"), unit(15, "art. 2"), unit(45, "art. 4")], 3, {"missing": ["3"]}),
        (
            [unit(0, "art. 1"), unit(15, "art. 2"), unit(30, "«art. 3»", "quoted_article"), unit(45, "art. 4")],
            3,
            {"quoted": ["3"]},
        ),
        (
            [unit(0, "art. 1"), unit(15, "art. 2 [../2004-12-31]", "former_article"), unit(30, "art. 3")],
            2,
            {"former": ["2"], "missing": ["4"]},
        ),
        (
            [unit(0, "art. 1"), unit(15, "art. 2"), unit(30, "art. 3"), unit(45, "art. 4"), unit(52, "art. 2")],
            4,
            {"doubled": ["art. 2"], "order": ["art. 2"]},
        ),
        (  # each annex counts from 1
            [
                unit(0, "art. 1"),
                unit(15, "art. 2"),
                unit(30, "art. 3"),
                unit(45, "art. 4"),
                unit(50, "art. 1", path=("anexo",)),
                unit(55, "art. 2", path=("anexo",)),
            ],
            4,
            {},
        ),
    ],
)
def test_headings_are_compared_with_units(units: list[Unit], read: int, differences: dict[str, list[str]]) -> None:
    found = compare(headings(TEXT, "es"), units)
    assert (found.headings, found.read) == (4, read)
    assert {kind: numbers for kind, numbers in found.numbers.items() if numbers} == differences


def test_a_folder_of_two_letters_names_the_country(tmp_path: Path) -> None:
    folder = tmp_path / "uy"
    folder.mkdir()
    (folder / "ley.md").write_text(
        "# Ley sobre el registro de las sociedades\n\n"
        "Artículo 1.- Las sociedades se inscriben en el registro del lugar de su sede.\n\n"
        "Artículo 2.- El registro es público y su consulta es gratuita para todas las personas.\n",
        encoding="utf-8",
    )
    found = read_law(folder / "ley.md")
    assert found is not None
    country, difference = found
    assert (country, difference.headings, difference.read) == ("UY", 2, 2)
    assert line(folder / "ley.md", country, difference, KINDS) == ""


def test_totals_are_given_by_country_and_for_all() -> None:
    whole = Difference(4, 4)
    missing = compare(headings(TEXT, "es"), [unit(0, "art. 1")])
    printed = list(totals([("UY", whole), ("PE", missing)]))
    assert [row.split()[0] for row in printed] == ["PE", "UY", "all"]
    assert "read 5/8 0.625  missing 3" in printed[-1]
