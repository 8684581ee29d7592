"""Clauses proposed as evidence of elements: by their cues, in their countries, with reasons, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from matrix_laws import fill

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.clause_signs import SIGNS
from indexing.element_evidence import Proposal, met_words, weights
from indexing.incoming import IngestOptions
from indexing.library import Library
from indexing.matrix import LOOKED, NO_LAW, NOT_LOOKED, OUTDATED, look, matrix
from indexing.settings import Settings
from nlp.concept_layer import LANGUAGES
from nlp.element_cues import groups_of
from nlp.elements import instrument, instruments
from nlp.folding import fold
from nlp.resource import load


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("evidence")
    opened = Library(Settings(folder / "home"))
    fill(opened, folder)
    yield opened
    opened.close()


CLAUSES = [
    (
        "UNTOC_6",
        "conversion",
        "es",
        "El que convierta o transfiera bienes que procedan de actividades delictivas",
        True,
    ),
    ("UNTOC_6", "conversion", "es", "La autoridad convierte la multa en prisión", False),
    ("UNTOC_6", "concealment", "pt", "Ocultar ou dissimular a natureza de bens provenientes de infração penal", True),
    ("UNTOC_6", "concealment", "fr", "une opération de dissimulation du produit d'un délit", True),
    ("UNTOC_6", "negligent", "en", "is reckless as to whether the property is the proceeds of criminal conduct", True),
    ("UNTOC_6", "negligent", "en", "knows that the property is the proceeds of criminal conduct", False),
    ("UNTOC_5", "agreement", "en", "a person who conspires with one or more persons to do an act", True),
    ("UNTOC_5", "participation", "fr", "la participation à une association de malfaiteurs est punie de dix ans", True),
    ("TIP_3", "consent", "es", "El consentimiento de la víctima carece de efectos jurídicos", True),
    (
        "TIP_3",
        "child",
        "fr",
        "La traite d'un mineur est constituée même si elle n'est commise dans aucune circonstance",
        True,
    ),
    ("TIP_3", "act", "pt", "Recrutar, transportar ou acolher pessoa, para exploração sexual", True),
    ("BUD_2_10", "illegal_access", "en", "without lawful authority accesses an information system, is guilty", True),
    ("UNCAC_15", "passive", "fr", "le fait, par un agent public, de solliciter des dons est puni de dix ans", True),
]


@pytest.mark.parametrize(("model", "element", "language", "clause", "about"), CLAUSES)
def test_a_clause_is_about_an_element(model: str, element: str, language: str, clause: str, about: bool) -> None:
    groups = groups_of(instrument(model).element(element), language)
    assert all(any(group.spans(fold(clause))) for group in groups) is about


def test_every_element_has_cues_in_each_language_that_are_written_folded() -> None:
    cues = load("element_cues")
    for name, elements in cues.items():
        for element, languages in elements.items():
            if name != "sets":
                instrument(name).element(element)
            assert set(languages) == set(LANGUAGES), (name, element)
            for written in languages.values():
                assert fold(written) == written, (name, element, written)
    for model in instruments().values():
        for element in model.elements:
            assert element.id in cues[model.id], (model.id, element.id)
            assert all(groups_of(element, language) for language in LANGUAGES)


def test_every_sign_has_its_weight() -> None:
    assert set(weights().signs) == set(SIGNS)


def test_words_that_speak_for_an_element_are_told_where_they_stand() -> None:
    text = "El que convierte o transfiere bienes de origen ilícito"
    met = {
        text[start - 10 : end - 10]
        for start, end in met_words(instrument("UNTOC_6").element("conversion"), "es", text, 10)
    }
    assert {"convierte", "transfiere", "bienes"} <= met


def offered(library: Library, element: str, country: str) -> tuple[Proposal, ...]:
    access = library.store.access(LOCAL_USER)
    model = instrument("UNTOC_6")
    look(library.store, library.engine, access, model, [country])
    return matrix(library.store, access, model, [country], "public").cells[element, country].proposals


@pytest.mark.parametrize(
    ("country", "element", "pinpoint", "words"),
    [
        ("PE", "conversion", "art. 1", "convierte o transfiere"),
        ("PE", "concealment", "art. 2", "oculta la naturaleza"),
        ("PE", "autonomous", "art. 3", "delito autónomo"),
        ("IE", "conversion", "s. 7(1)(a)", "converting or transferring"),
        ("IE", "negligent", "s. 7(1)(b)", "reckless"),
    ],
)
def test_the_clause_is_offered_first(library: Library, country: str, element: str, pinpoint: str, words: str) -> None:
    first = offered(library, element, country)[0]
    text = library.store.reading(library.store.access(LOCAL_USER), first.document_id).text
    assert words in text[first.start : first.end]
    assert first.pinpoint == pinpoint
    assert 0.5 <= first.score <= 1
    assert any(reason.startswith("words:") for reason in first.why)
    assert any(reason.startswith("place:") for reason in first.why)


@pytest.mark.parametrize(
    ("country", "element"), [("PE", "negligent"), ("PE", "foreign_predicates"), ("IE", "autonomous")]
)
def test_nothing_is_offered_where_nothing_is_said(library: Library, country: str, element: str) -> None:
    assert offered(library, element, country) == ()


def test_a_clause_of_a_list_comes_with_what_it_goes_on_from(library: Library) -> None:
    first = offered(library, "conversion", "IE")[0]
    text = library.store.reading(library.store.access(LOCAL_USER), first.document_id).text
    assert "A person commits an offence if" in text[first.lead_start : first.lead_end]


def test_a_country_without_law_and_one_not_looked_through(library: Library) -> None:
    access = library.store.access(LOCAL_USER)
    found = matrix(library.store, access, instrument("TIP_3"), ["FR", "PE"], "public")
    assert found.cells["act", "FR"].state == NO_LAW
    assert found.cells["act", "PE"].state == NOT_LOOKED
    assert found.to_look_at == ("PE",)


def test_what_was_looked_for_is_kept_and_looked_for_again_when_the_law_changes(tmp_path: Path) -> None:
    with_law = Library(Settings(tmp_path / "home"))
    fill(with_law, tmp_path)
    store, model = with_law.store, instrument("UNTOC_6")

    def state() -> str:
        return matrix(store, store.access(LOCAL_USER), model, ["PE"], "public").cells["negligent", "PE"].state

    look(store, with_law.engine, store.access(LOCAL_USER), model, ["PE"])
    assert state() == LOOKED
    later = tmp_path / "later.md"
    later.write_text(
        '---\ntitle: "Ley 40002 de lavado de activos culposo"\ncountry: "pe"\n---\n# Ley 40002\n\n## Artículo 1\n'
        "El que por culpa convierte o transfiere bienes de origen ilícito que debía presumir será reprimido.\n",
        encoding="utf-8",
    )
    with_law.ingest([later], IngestOptions(document_type="statute"), workers=1)
    assert state() == OUTDATED
    look(store, with_law.engine, store.access(LOCAL_USER), model, ["PE"])
    found = matrix(store, store.access(LOCAL_USER), model, ["PE"], "public").cells["negligent", "PE"]
    assert (found.state, len(found.proposals) > 0) == (LOOKED, True)
    assert all(one.document_id for one in found.proposals)
    with_law.close()


def test_a_matrix_of_a_day_offers_the_law_of_that_day(tmp_path: Path) -> None:
    library = Library(Settings(tmp_path / "home"))
    for start, verb in (("2011-01-01", "convierte"), ("2020-01-01", "transforma o transfiere")):
        file = tmp_path / f"law-{start}.md"
        text = f"El que {verb} bienes de origen ilícito para ocultar su origen será reprimido con prisión."
        file.write_text(
            '---\ntitle: "Ley 40001 contra el lavado de activos"\ncountry: "pe"\nofficial_type: "Ley"\n'
            f'official_number: "40001"\nyear: "2011"\nin_force_from: "{start}"\n---\n# Ley 40001\n\n'
            f"## Artículo 1. Lavado de activos\n\n{text}\n",
            encoding="utf-8",
        )
    library.ingest([tmp_path], IngestOptions(document_type="statute"), workers=1)
    store, access, model = library.store, library.store.access(LOCAL_USER), instrument("UNTOC_6")

    def first(day: str) -> tuple[str, str]:
        cell = matrix(store, access, model, ["PE"], "public", day).cells["conversion", "PE"]
        found = cell.proposals[:1]
        return cell.state, "".join(store.reading(access, one.document_id).text[one.start : one.end] for one in found)

    look(store, library.engine, access, model, ["PE"], "2015-05-05")
    assert first("2015-05-05")[1].startswith("El que convierte")
    assert first("2019-12-31") == first("2015-05-05"), "the same versions were in force"
    assert first("2020-01-01") == (NOT_LOOKED, "")
    look(store, library.engine, access, model, ["PE"])
    assert first("")[1].startswith("El que transforma")
    assert first("2015-05-05")[0] == LOOKED
    with pytest.raises(RogatioError, match="no_such_day"):
        first("soon")
    library.close()


def test_nobody_is_offered_what_he_may_not_see(library: Library) -> None:
    offered(library, "conversion", "PE")
    store = library.store
    lima = store.access(Principal("lima", frozenset({"lima"})))
    assert matrix(store, lima, instrument("UNTOC_6"), ["PE"], "lima").cells["conversion", "PE"].proposals == ()
    with pytest.raises(RogatioError, match="no_such_collection"):
        matrix(store, lima, instrument("UNTOC_6"), ["PE"], "public")


def test_files_of_an_authority_are_no_law(library: Library) -> None:
    texts = {one.document_id for one in offered(library, "conversion", "PE")}
    store = library.store
    held = {store.document(store.access(LOCAL_USER), one).collection for one in texts}
    assert held == {"public"}
