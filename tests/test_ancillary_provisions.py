"""Ancillary provisions of an offence in its law; all texts here are invented."""

from __future__ import annotations

import pytest

from app.comparison.ancillary_provisions import ancillary_provisions, parts_about, speaks_of
from app.comparison.provisions import parts_of
from app.comparison.rows import compared_figures, read_column, structure_rows
from app.comparison.table import Column, Provision
from indexing.search.provision_lookup import provisions_around

LAWS = {
    "FR": (
        "fr",
        [
            ("art. 9-1", "Article 9-1\n\nLe fait de dissimuler des biens est puni de cinq ans d'emprisonnement."),
            ("art. 9-2", "Article 9-2\n\nLa tentative des délits de la présente section est punie des mêmes peines."),
            ("art. 9-3", "Article 9-3\n\nLe registre est tenu par le greffe."),
            ("art. 10-1", "Article 10-1\n\nLe fait de détruire des archives est puni d'un an d'emprisonnement."),
            ("art. 10-2", "Article 10-2\n\nEst exempt de peine celui qui avertit l'autorité de ces archives."),
            ("art. 11", "Article 11\n\nLes personnes morales responsables des délits de l'article 9-1 sont punies."),
        ],
        ["art. 9-2", "art. 11"],
    ),
    "IE": (
        "en",
        [
            ("s. 5", "5. A person who corruptly accepts a gift shall be guilty of an offence."),
            ("s. 7", "7. Regulations may be made by the Minister."),
            (
                "s. 17",
                "17. A person guilty of an offence under section 5 shall be liable on conviction on indictment to "
                "imprisonment for a term not exceeding 10 years.",
            ),
            ("s. 18", "18. A body corporate shall be guilty of an offence under section 4 where it fails to report."),
        ],
        ["s. 17"],
    ),
    "BR": (
        "pt",
        [
            ("art. 33", "Art. 33. Vender drogas:\n\nPena - reclusão, de 5 a 15 anos, e multa."),
            ("art. 38", "Art. 38. Prescrever drogas:\n\nPena - detenção, de 6 meses a 2 anos."),
            ("art. 40", "Art. 40. As penas previstas nos arts. 30 a 37 são aumentadas se houver violência."),
            ("art. 44", "Art. 44. As penas previstas no art. 38 são aumentadas se houver violência."),
        ],
        ["art. 40"],
    ),
    "PE": (  # the offence itself has an aggravation too, and a rubric says that the next article has its graver forms
        "es",
        [
            (
                "art. 7-A",
                "Artículo 7-A.- Minería ilegal\n\nEl que realice actividad minera sin autorización será reprimido con "
                "pena privativa de libertad no menor de cuatro ni mayor de ocho años.\n\nSi el agente es funcionario "
                "público, la pena será no menor de seis ni mayor de nueve años.",
            ),
            (
                "art. 7-B",
                "Artículo 7-B.- Formas agravadas\n\nLa pena será no menor de ocho ni mayor de diez años, cuando el "
                "delito previsto en el anterior artículo se comete en áreas naturales protegidas.",
            ),
        ],
        ["art. 7-B"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("country", LAWS)
def test_what_belongs_to_the_offence_is_found_beside_it(country: str) -> None:
    language, articles, expected = LAWS[country]
    law, at = [], 0
    for number, (unit, text) in enumerate(articles):
        law.append(
            Provision(
                f"d:{number}", "d", "public", "Law", country, unit, ("Chapter",), language, "2031-01-01", 1, at,
                at + len(text), text,
            )
        )  # fmt: skip
        at += len(text)
    assert [one.unit for one in ancillary_provisions(law[:1], law)] == expected


@pytest.mark.parametrize(
    ("unit", "paragraph"), [("s. 6", "s. 17(1)"), ("s. 9", "s. 17(2)"), ("s. 5", "s. 17(3)"), ("s. 1", "s. 17(3)")]
)
def test_paragraphs_about_other_offences_are_not_quoted(unit: str, paragraph: str) -> None:
    text = (
        "17. Penalties\n\n(1) A person guilty of an offence under section 6 shall be liable on conviction to "
        "imprisonment for a term not exceeding 5 years.\n\n(2) A person guilty of an offence under section 9 shall "
        "be liable to a fine.\n\n(3) A person guilty of an offence under this Act, other than one under section 6, "
        "9 or 18(1), shall be liable to imprisonment for a term not exceeding 10 years."
    )
    offence = Provision("d:0", "d", "public", "Act", "IE", unit, ("P",), "en", "", 1, 0, 10, "A person ...")
    penalties = Provision("d:1", "d", "public", "Act", "IE", "s. 17", ("P",), "en", "", 1, 10, 10 + len(text), text)
    parts = list(parts_about(penalties, [offence], parts_of(penalties)))
    assert {part.label for part in parts} == {paragraph}


def test_the_penalty_of_the_basic_offence_stands_before_that_of_the_special_form() -> None:
    text = (
        "17. Penalties\n\n(1) A person guilty of an offence under section 6 shall be liable to imprisonment for a term "
        "not exceeding 5 years.\n\n(3) A person guilty of an offence under this Act, other than an offence under "
        "section 6, shall be liable—\n\n(i) to imprisonment for a term not exceeding 10 years, or\n\n(ii) a fine."
    )
    basic = Provision("d:0", "d", "", "Act", "IE", "s. 5", (), "en", "", 1, 0, 10, "A person ...", role="basic")
    special = Provision("d:1", "d", "", "Act", "IE", "s. 6", (), "en", "", 1, 10, 20, "A person ...", role="special")
    penalties = Provision(
        "d:2", "d", "", "Act", "IE", "s. 17", (), "en", "", 1, 20, 20 + len(text), text, role="connected"
    )
    column = Column("IE", (basic, special), (), connected=(penalties,))
    cell = next(row.cells[0] for row in structure_rows([read_column(column)]) if row.element == "penalty")
    assert [(one.role, one.pinpoint) for one in cell.quotations] == [
        ("connected", "s. 17(3)"),
        ("connected", "s. 17(3)(i)"),
        ("connected", "s. 17(3)(ii)"),
        ("special", "s. 17(1)"),
    ]
    assert [(figure.kind, figure.most) for figure in compared_figures(cell)] == [("imprisonment", 120), ("fine", None)]


@pytest.mark.parametrize(("chapter", "found"), [("Chapter 1", True), ("Chapter 2", False)])
def test_the_articles_before_are_those_of_the_same_chapter(chapter: str, found: bool) -> None:
    offence = Provision("d:0", "d", "", "Código", "AR", "art. 5", ("Chapter 1",), "es", "", 1, 0, 10, "El que ...")
    text = (
        "Artículo 8.- Cuando se trate de una sociedad, será reprimido todo director que hubiere cooperado en alguno de "
        "los actos a que se refieren los artículos anteriores con prisión de seis meses a dos años."
    )
    rule = Provision("d:3", "d", "", "Código", "AR", "art. 8", (chapter,), "es", "", 1, 40, 40 + len(text), text)
    assert bool(speaks_of(rule, [offence])) is found


def test_a_person_of_ideal_existence_is_a_legal_person() -> None:
    text = (
        "ARTICULO 8. - Cuando los hechos del artículo precedente hubieren sido realizados en beneficio de una persona "
        "de existencia ideal, se impondrán a la entidad estas sanciones:\n\n1. Multa de dos a diez veces su valor."
    )
    rule = Provision("d:1", "d", "", "Código", "AR", "art. 8", (), "es", "", 1, 40, 40 + len(text), text)
    assert {part.element for part in parts_of(rule)} == {"legal_persons"}


def test_provisions_of_a_document_are_numbered_in_order() -> None:
    assert provisions_around("abc:1", 3, 2) == ("abc:0", "abc:1", "abc:2", "abc:3")
    assert provisions_around("abc", 3, 2) == ()
