"""Retrieval units and passages: how a document is divided, and the metadata of each part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_records import made

from indexing.analysis.tokens import analyse
from indexing.records.passages import MAX_LENGTH, MIN_LENGTH
from indexing.records.record import Record, RecordKind
from nlp.annotations import Reading, Span, Unit

SENTENCE = "El tribunal valora la prueba practicada en el juicio oral y la declara suficiente. "


def articles(*texts: str) -> tuple[str, tuple[Unit, ...]]:
    """Return the text of a law and its units, one article a line."""
    units, at = [], 0
    for number, text in enumerate(texts, 1):
        end = at + len(text) + 1
        units.append(Unit(at, end, f"art. {number}", "article", ("Libro I",), "", 1.0, "test"))
        at = end
    return "".join(f"{text}\n" for text in texts), tuple(units)


def scopes(records: list[Record]) -> list[Record]:
    return [record for record in records if record.kind is not RecordKind.PASSAGE]


def passages(records: list[Record]) -> list[Record]:
    return [record for record in records if record.kind is not RecordKind.SCOPE]


@pytest.mark.parametrize(
    ("document_type", "count"),
    [("statute", 3), ("code", 3), ("treaty", 3), ("judgment", 1), ("rogatory_letter", 1), ("unknown", 1)],
)
def test_a_scope_is_a_provision_of_legislation_and_else_the_document(document_type: str, count: int) -> None:
    text, units = articles("Artículo 1. Uno.", "Artículo 2. Dos.", "Artículo 3. Tres.")
    assert len(scopes(made("d", text, document_type=document_type, units=units))) == count


def test_the_title_counts_for_every_provision_and_once_for_the_preamble_that_holds_it() -> None:
    title = "Ley contra el lavado de activos"
    text, units = articles(title, "Artículo 1. Uno.")
    preamble = replace(units[0], kind="preamble", label="preámbulo")
    made_of = made("law", text, document_type="statute", units=(preamble, units[1]), title=title)
    preamble_record, article = scopes(made_of)
    assert preamble_record.context == ()
    assert "activo" in article.context


def test_a_short_provision_is_one_record_and_a_long_one_has_passages() -> None:
    text, units = articles("Artículo 1. Corto.", "Artículo 2. " + SENTENCE * 60)
    records = made("law", text, document_type="statute", units=units)
    assert [record.kind for record in scopes(records)] == [RecordKind.BOTH, RecordKind.SCOPE]
    cut = [record for record in records if record.kind is RecordKind.PASSAGE]
    assert len(cut) > 2
    assert {(one.scope_id, one.unit, one.path) for one in cut} == {(records[1].id, "art. 2", ("Libro I",))}
    assert len({record.id for record in records}) == len(records)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 80,
        "\n".join([SENTENCE] * 80),
        "\n".join([SENTENCE * 5] * 20),
        "palabra " * 2000,
        "\n\n".join([SENTENCE * 40, "Corto.", SENTENCE * 3]),
        "Una línea.",
    ],
)
def test_passages_cover_every_word_once_and_have_their_length(text: str) -> None:
    records = made("judgment", text)
    shown = passages(records)
    assert [word for one in shown for word in one.exact] == list(analyse(text).exact)
    assert all(one.text == text[one.start : one.end] for one in shown)
    assert all(len(one.exact) <= MAX_LENGTH for one in shown)
    assert all(len(one.exact) >= MIN_LENGTH for one in shown[:-1])
    assert [word for one in scopes(records) for word in one.exact] == list(analyse(text).exact)


def test_what_is_outside_every_article_is_a_scope_of_its_own() -> None:
    text = "Ley de prueba.\nArtículo 1. Uno.\nFirmado en la capital."
    unit = Unit(15, 32, "art. 1", "article", (), "", 1.0, "test")
    records = made("law", text, document_type="statute", units=(unit,))
    assert [(record.unit, record.text.strip()) for record in records] == [
        ("", "Ley de prueba."),
        ("art. 1", "Artículo 1. Uno."),
        ("", "Firmado en la capital."),
    ]


def test_pages_of_a_passage() -> None:
    records = made("judgment", "Primera página,\fsegunda página.")
    assert [(one.page, one.pages) for one in records] == [(1, ((16, 2),))]


def test_identity_of_a_law_and_its_articles() -> None:
    text, units = articles("Artículo 1. Uno.", "Artículo 2. Dos.")
    records = made("law", text, document_type="statute", units=units, identity=("ref:es:codigo:penal",))
    assert [record.identity for record in records] == [
        ("ref:es:codigo:penal", "ref:es:codigo:penal#art-1"),
        ("ref:es:codigo:penal#art-2",),
    ]
    assert made("case", "Sentencia.", identity=("ref:es:sts:507:2020",))[0].identity == ("ref:es:sts:507:2020",)


def test_what_a_scope_cites_and_names() -> None:
    text, units = articles("Véase el artículo 301 del Código Penal.", "Cohecho, dice Juan.")
    cites = Reading("ref:es:codigo:penal#art-301", "ES", "codigo")
    spans = (
        Span(10, 38, "LAW", cites.canonical, 1.0, "test", (cites,)),
        Span(40, 47, "OFFENCE", "bribery", 1.0, "test"),
        Span(54, 58, "PERSON", "Juan", 1.0, "test"),
    )
    first, second = made("law", text, document_type="statute", units=units, spans=spans)
    assert first.cites == ("ref:es:codigo:penal#art-301", "ref:es:codigo:penal")
    assert second.entities == (("OFFENCE", "bribery"),)
    (letter,) = made("letter", text, document_type="rogatory_letter", spans=spans, partition="authority-x")
    assert ("PERSON", "Juan") in letter.entities


@pytest.mark.parametrize("document_type", ["statute", "mla_request"])
def test_an_empty_document_is_one_empty_scope(document_type: str) -> None:
    (record,) = made("empty", "", document_type=document_type, identity=("ref:es:ley:1:2000",))
    assert (record.exact, record.identity) == ((), ("ref:es:ley:1:2000",))


@pytest.mark.parametrize(
    ("label", "identity"),
    [
        ("art. 400 bis", "ref:mx:codigo:penal-federal#art-400bis"),
        ("art. 400 bis 1", "ref:mx:codigo:penal-federal#art-400bis1"),
        ("art. 1 transitorio", "ref:mx:codigo:penal-federal#art-1-transitorio"),
        ("art. 1.º", "ref:mx:codigo:penal-federal#art-1"),
        ("art. 5º", "ref:mx:codigo:penal-federal#art-5"),
        ("art. 337-B", "ref:mx:codigo:penal-federal#art-337b"),
        ("art. L. 132-1", "ref:mx:codigo:penal-federal#art-l132-1"),
        ("s. 7", "ref:mx:codigo:penal-federal#s-7"),
        ("TÍTULO VI", ""),
    ],
)
def test_an_article_is_what_its_whole_label_says(label: str, identity: str) -> None:
    text = f"{label}. Texto."
    unit = Unit(0, len(text), label, "article", (), "", 1.0, "test")
    (record,) = made("law", text, document_type="code", units=(unit,), identity=("ref:mx:codigo:penal-federal",))
    assert record.identity[1:] == ((identity,) if identity else ())


def test_a_provision_is_tagged_with_its_concept_and_those_that_are_wider() -> None:
    text, units = articles("Hurto. El que hurte será castigado con prisión.", "Otra cosa.")
    units = (replace(units[0], heading="Hurto"), *units[1:])
    first, second = scopes(made("law", text, document_type="code", units=units, jurisdiction="PE"))
    assert {value for label, value in first.entities if label == "CONCEPT"} == {"THEFT", "PROPERTY"}
    assert second.entities == ()


def test_a_letter_is_tagged_with_the_concepts_that_it_mentions() -> None:
    spans = (Span(0, 7, "OFFENCE", "THEFT", 0.9, "t@1"), Span(9, 15, "OFFENCE", "no_more", 0.9, "t@1"))
    (letter,) = scopes(made("letter", "Hurtos, y otros.", document_type="mla_request", spans=spans))
    assert [value for label, value in letter.entities if label == "CONCEPT"] == ["THEFT", "PROPERTY"]
