"""Clauses proposed as evidence of elements by cues and country, with reasons; none without evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from desk import Desk
from engine_kinds import KINDS, emptied, settings_with
from matrix_laws import FILES, PERU, SPAIN, bring_laws, matrix_desk

from app.comparison.provision_finder import LawHeld, select_provisions
from app.comparison.published_law import annexed_laws
from app.comparison.table import ComparisonRequest
from app.gap_matrix.element_evidence import Proposal
from app.gap_matrix.element_search import ElementSearch
from app.gap_matrix.matrix import COMPUTED, NO_LAW, NOT_COMPUTED, OUTDATED, Cell, matrix
from app.gap_matrix.national_law import NationalLaw
from app.gap_matrix.stored_proposals import compute_proposals
from app.gap_matrix.view import countries_with_law
from benchmarks.element_formulations import formulations
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from nlp.concepts.layer import LANGUAGES
from nlp.elements.clauses import Clause
from nlp.elements.cues import asks_abroad, groups_of
from nlp.elements.instruments import instrument, instruments
from nlp.evidence.clause_features import SIGNS, ClauseFeatures
from nlp.evidence.clauses import HOME, Candidate, read_clauses
from nlp.evidence.scoring import first, met_words, weights
from nlp.folding import fold


def test_the_annexes_of_requests_are_no_law_of_a_state(tmp_path: Path) -> None:
    """An authority's own laws count; a text of law in a case file, or attached to a letter, is an annex."""
    desk = Desk(tmp_path)
    text, how = PERU.format(days=""), {"document_type": "statute", "jurisdiction": "PE"}
    letter = desk.bring("oficio.txt", FILES, "lima", document_type="mla_request", jurisdiction="PE")
    own = desk.bring("ley.md", text, "lima", **how)
    desk.bring_into("PE-1", "anexo.md", f"{text}\n", "lima", **how)
    desk.bring_into("", "adjunto.md", f"{text}\n\n", "lima", parent=letter, **how)
    store, engine, access = desk.store, desk.installation.engine, desk.store.access(LOCAL_USER)
    compute_proposals(store, engine, access, instrument("UNTOC_6"), ["PE"])
    cells = matrix(store, access, instrument("UNTOC_6"), ["PE"], "lima").cells.values()
    assert {proposal.document_id for cell in cells for proposal in cell.proposals} == {own}
    assert countries_with_law(store, access) == [("PE", 1)]
    law = LawHeld(access, engine, None, store)
    with patch("app.comparison.provision_finder.annexed_laws", wraps=annexed_laws) as asked:
        national = NationalLaw(store, engine, access, store.collection(access, "lima"), "PE")
        for code in ("ML", "OC", "COMPLIC"):
            national.roles(code)
            national.tagged((code,), "es")
    assert asked.call_count == 1
    (column,) = select_provisions(ComparisonRequest(concept="ML"), ("PE",), "", law)
    assert {provision.document_id for provision in (*column.quoted, *column.offered)} == {own}
    desk.installation.close()


@pytest.fixture(scope="module", params=KINDS)
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give the laws in an installation of each engine: both must offer the same."""
    folder = tmp_path_factory.mktemp("evidence")
    desk = Desk(folder, settings_with(request.param, folder / "home"))
    with emptied(desk.installation.engine):
        bring_laws(desk)
        yield desk.installation
    desk.installation.close()


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
    ("UNTOC_6", "negligent", "en", "knowing or believing that the property is the proceeds of crime", False),
    ("UNTOC_6", "negligent", "en", "has reason to believe that the property is the proceeds of crime", True),
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
    (
        "UNTOC_6",
        "autonomous",
        "es",
        "No es necesaria una condena previa por el delito del que proceden los bienes",
        True,
    ),
    ("UNTOC_6", "autonomous", "en", "regardless of whether any person has been convicted of the offence", True),
    ("UNTOC_6", "autonomous", "es", "La condena por el delito se comunicará al registro", False),
    ("UNTOC_6", "concealment", "en", "converts, transfers, conceals or acquires property derived from crime", True),
    ("UNTOC_6", "predicates", "pt", "os factos ilícitos típicos de que provêm os bens", True),
    ("UNTOC_5", "organising", "en", "organises or directs a criminal organisation and is liable to imprisonment", True),
    ("UNTOC_5", "organising", "es", "pertenecer a una organización criminal se castigará con prisión", False),
    ("UNTOC_18", "widest", "fr", "la demande est rejetée par l'autorité étrangère", False),
    ("UNTOC_18", "bank_secrecy", "fr", "le secret bancaire ne peut être opposé à la demande d'un État étranger", True),
    ("UNTOC_6", "inference", "es", "cuyo origen ilícito conoce o debía presumir", False),
    (
        "UNTOC_6",
        "inference",
        "es",
        "El conocimiento del origen ilícito podrá presumirse de circunstancias objetivas",
        True,
    ),
    ("UNTOC_6", "inference", "pt", "bens cuja origem conhecia ou devia presumir", False),
    ("UNTOC_6", "inference", "pt", "O conhecimento da origem presume-se de factos objetivos", True),
    ("UNTOC_6", "inference", "fr", "des biens dont il connaissait ou devait présumer l'origine", False),
    ("UNTOC_6", "inference", "fr", "Les biens sont présumés être le produit d'un crime", True),
    (
        "UNTOC_6",
        "inference",
        "en",
        "property that the person knew or ought to have known to be the proceeds of crime",
        False,
    ),
    (
        "UNTOC_6",
        "inference",
        "en",
        "the person shall be presumed to have known that the property was the proceeds of crime",
        True,
    ),
]


NEIGHBOURS = [  # firearms, heritage and species: neighbouring elements of one treaty are told apart
    (
        "ARMS_3_5",
        "trafficking",
        "fr",
        "le fait d'acquérir, de céder ou de transporter des armes sans autorisation est puni d'amende",
        True,
    ),
    (
        "ARMS_3_5",
        "trafficking",
        "pt",
        "Importar, exportar ou ceder arma de fogo sem autorização é punido com pena de prisão",
        True,
    ),
    ("ARMS_3_5", "trafficking", "es", "El titular conservará el arma en su domicilio con la licencia", False),
    (
        "ARMS_3_5",
        "manufacturing",
        "es",
        "El que fabrique armas de fuego sin autorización será castigado con prisión",
        True,
    ),
    (
        "ARMS_3_5",
        "manufacturing",
        "en",
        "A person who manufactures a firearm without a licence is guilty of an offence",
        True,
    ),
    (
        "ARMS_3_5",
        "markings",
        "pt",
        "suprimir ou alterar numeração ou qualquer sinal de identificação de arma de fogo",
        True,
    ),
    ("ARMS_3_5", "markings", "fr", "supprimer, masquer ou altérer les marques ou numéros apposés sur les armes", True),
    ("ARMS_3_5", "markings", "es", "La numeración de las armas se anotará en el libro", False),
    (
        "ARMS_3_5",
        "firearm",
        "en",
        "firearm means a lethal barrelled weapon from which a shot or missile can be discharged",
        True,
    ),
    ("ARMS_6_10", "records", "en", "Every dealer shall keep a register of transactions in firearms", True),
    (
        "ARMS_6_10",
        "import_marking",
        "es",
        "Las armas importadas llevarán grabada la marca del país de importación",
        True,
    ),
    ("ARMS_6_10", "import_marking", "es", "El fabricante grabará el número de serie en el arma", False),
    (
        "UNCAC_25",
        "force",
        "fr",
        "menaces en vue de déterminer un témoin à faire une déposition mensongère, puni de trois ans d'emprisonnement",
        True,
    ),
    (
        "UNCAC_25",
        "advantage",
        "es",
        "El que ofreciere dádivas a un testigo para que declare falsamente será reprimido con pena de prisión",
        True,
    ),
    ("UNCAC_25", "advantage", "es", "El que amenazare a un testigo será reprimido con pena de prisión", False),
    ("UNESCO1970_2_10", "export_ban", "pt", "É proibida a saída do país de obras de arte sem autorização", True),
    (
        "UNESCO1970_2_10",
        "certificate",
        "fr",
        "L'exportation d'un bien culturel est subordonnée à l'obtention d'un certificat",
        True,
    ),
    (
        "UNESCO1970_2_10",
        "return",
        "en",
        "A cultural object unlawfully removed shall be returned to its State of origin",
        True,
    ),
    (
        "CETS221_3_15",
        "exportation",
        "es",
        "El que extrae del país bienes del patrimonio cultural será reprimido con pena privativa de libertad",
        True,
    ),
    (
        "CETS221_3_15",
        "destruction",
        "es",
        "El que extrae del país bienes del patrimonio cultural será reprimido con pena privativa de libertad",
        False,
    ),
    ("CETS221_3_15", "destruction", "pt", "Destruir ou deteriorar monumento público é punido com pena de prisão", True),
    (
        "CETS221_3_15",
        "acquisition",
        "en",
        "A person who deals in, buys or receives a tainted cultural object is guilty of an offence",
        True,
    ),
    (
        "CITES_VIII",
        "trade",
        "fr",
        "la vente ou l'exportation d'espèces animales non domestiques sans autorisation est punie d'emprisonnement",
        True,
    ),
    ("CITES_VIII", "possession", "pt", "guardar ou ter em cativeiro espécimes da fauna silvestre sem licença", True),
    (
        "CITES_VIII",
        "trade",
        "pt",
        "Os animais serão libertados em seu habitat ou entregues a jardins zoológicos",
        False,
    ),
    (
        "EU_2024_1203",
        "discharge",
        "fr",
        "déverser dans les eaux une substance nuisible est puni de deux ans d'emprisonnement",
        True,
    ),
    ("EU_2024_1203", "negligence", "pt", "Se o crime é culposo: pena - detenção, de um a seis meses", True),
]


@pytest.mark.parametrize(("model", "element", "language", "clause", "about"), [*CLAUSES, *NEIGHBOURS])
def test_a_clause_is_about_an_element(model: str, element: str, language: str, clause: str, about: bool) -> None:
    groups = groups_of(instrument(model).element(element), language)
    assert all(any(group.spans(fold(clause))) for group in groups) is about


@pytest.mark.parametrize(
    ("model", "element", "language", "words"),
    [
        ("UNTOC_10", "legal_persons", "pt", ("pessoas coletivas", "pessoas colectivas")),
        ("UNTOC_12_13", "proceeds", "pt", ("obtidas em infração", "obtidas em infracção")),
        ("UNCAC_15", "duty", "pt", ("ato ou omissão", "acto ou omissão")),
        ("UNCAC_16_20", "foreign_active", "en", ("international organisation", "international organization")),
    ],
)
def test_a_cue_is_met_in_each_spelling(model: str, element: str, language: str, words: tuple[str, ...]) -> None:
    groups = groups_of(instrument(model).element(element), language)
    assert all(any(any(group.spans(fold(written))) for group in groups) for written in words)


def test_clauses_of_other_countries_state_elements_that_exist() -> None:
    read = list(formulations())
    for one in read:
        for element in one.elements:
            instrument(one.instrument).element(element)
    listed = Counter((one.instrument, one.elements[0], one.language, one.part) for one in read if one.part != "later")
    assert {(part, count) for (*_, part), count in listed.items()} == {("developed", 4), ("kept", 1)}


def test_every_element_has_cues_in_each_language_that_are_written_folded() -> None:
    cues = load("nlp.element_cues")
    for name, elements in cues.items():
        for element, languages in elements.items():
            if name != "sets":
                instrument(name).element(element)
            assert set(languages) == set(LANGUAGES), (name, element)
            for written in languages.values():
                assert fold(written) == written, (name, element, written)
    for model in instruments().values():
        for element in model.elements:
            assert element.id in cues[element.like or model.id], (model.id, element.id)
            assert all(groups_of(element, language) for language in LANGUAGES)


ABROAD = [
    ("UNTOC_6", "foreign_predicates", True),
    ("UNTOC_18", "widest", True),
    ("UNCAC_16_20", "foreign_active", True),
    ("SOM_6", "stay", True),
    ("UNTOC_6", "conversion", False),
    ("UNTOC_12_13", "instrumentalities", False),
    ("UNCAC_15", "active", False),
]


@pytest.mark.parametrize(("model", "element", "about"), ABROAD)
def test_an_element_is_about_another_state_in_each_language_or_in_none(model: str, element: str, about: bool) -> None:
    request = instrument(model).element(element)
    assert {asks_abroad(request, language) for language in LANGUAGES} == {about}


FORMULA = "Les personnes morales déclarées responsables pénalement des infractions définies à l'article {} encourent"


@pytest.mark.parametrize(
    ("texts", "offered"),
    [
        ([FORMULA.format("222-22"), FORMULA.format("314-5"), "Les personnes morales sont responsables"], [0, 2]),
        (["Le fait de solliciter", "Le fait de proposer", "Le fait de solliciter"], [0, 1]),
        (["Un", "Deux", "Trois", "Quatre"], [0, 1, 2]),
    ],
)
def test_a_formula_of_many_provisions_is_offered_once(texts: list[str], offered: list[int]) -> None:
    read = [read_clauses(candidate(text))[0] for text in texts]
    assert first(read, np.arange(len(read), 0, -1, dtype=float)) == offered


def candidate(text: str) -> Candidate:
    return Candidate("d", "art. 1", 0, len(text), text, 1.0, 1.0, HOME, (Clause(0, len(text), "art. 1", 0),))


@pytest.mark.parametrize(("between", "counts"), [(0, 1), (3, 1), (4, 0)])
def test_what_a_clause_leaves_to_those_near_it_counts(between: int, counts: int) -> None:
    lines = [
        "El funcionario público que solicite.",
        *["El juez resuelve."] * between,
        "El que prometa beneficios por acto.",
    ]
    text = "\n\n".join(lines)
    starts = [sum(len(line) + 2 for line in lines[:place]) for place in range(len(lines))]
    cut = tuple(Clause(at, at + len(line), "art. 1", 0) for at, line in zip(starts, lines, strict=True))
    signs = ClauseFeatures(read_clauses(replace(candidate(text), cut=cut)), "es")
    reported = signs.of(instrument("UNCAC_15").element("active"))[-1]
    assert (reported[SIGNS.index("all_with_context")], reported[SIGNS.index("all_near")]) == (0, counts)


def test_words_of_an_element_s_keys_count_where_its_cues_have_none() -> None:
    texts = ["A guarda dos registros de conexão", "A autoridade decide"]
    read = [clause for text in texts for clause in read_clauses(candidate(text))]
    reported = ClauseFeatures(read, "pt").of(instrument("BUD_16_21").element("preservation"))
    assert reported[0, SIGNS.index("keys")] > reported[1, SIGNS.index("keys")] == 0
    assert reported[0, SIGNS.index("rarest_key")] > 0


def test_every_sign_has_its_weight() -> None:
    assert set(weights().signs) == set(SIGNS)


def test_words_indicative_of_an_element_are_reported_where_they_are() -> None:
    text = "El que convierte o transfiere bienes de origen ilícito"
    met = {
        text[start - 10 : end - 10]
        for start, end in met_words(instrument("UNTOC_6").element("conversion"), "es", text, 10)
    }
    assert {"convierte", "transfiere", "bienes"} <= met


TWINS = """---
title: "Code pénal"
country: "fr"
---
# Code pénal

## Section 1 : De la corruption active commise par les particuliers

### Article 433-1

Le fait de proposer des dons à un agent public est puni de dix ans d'emprisonnement.

## Section 2 : De la corruption d'agent public étranger

### Article 435-3

Le fait de proposer des dons à un agent public étranger dans le commerce international est puni de dix ans.

## Annexe 1

Chaque État incrimine le fait de proposer des dons à un agent public.
"""


def test_a_candidate_reports_its_headings_its_twin_and_how_well_it_answers(tmp_path: Path) -> None:
    desk = Desk(tmp_path, settings_with("embedded", tmp_path / "home"))
    desk.bring("code.md", TWINS, document_type="code")
    store, access = desk.store, desk.store.access(LOCAL_USER)
    law = NationalLaw(store, desk.installation.engine, access, store.collection(access, "public"), "FR")
    reported = {
        one.unit: one
        for elements, candidates in ElementSearch(law, "fr").candidates(instrument("UNCAC_15"))
        if "active" in {element.id for element in elements}
        for one in candidates
    }
    national, foreign = reported["art. 433-1"], reported["art. 435-3"]
    assert (national.special, foreign.special) == (False, True), "bribery of foreign officials has a name of its own"
    assert national.headed > 0.5
    assert {one.unit for one in reported.values() if one.annexed} == {"Annexe 1"}
    assert max(one.answers["active"] for one in reported.values()) == 1
    assert min(one.answers["active"] for one in (national, foreign)) > 0.3
    desk.installation.close()


def offered(installation: Installation, element: str, country: str) -> tuple[Proposal, ...]:
    access = installation.store.access(LOCAL_USER)
    model = instrument("UNTOC_6")
    compute_proposals(installation.store, installation.engine, access, model, [country])
    return matrix(installation.store, access, model, [country], "public").cells[element, country].proposals


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
def test_the_clause_is_offered_first(
    installation: Installation, country: str, element: str, pinpoint: str, words: str
) -> None:
    first = offered(installation, element, country)[0]
    text = installation.store.reading(installation.store.access(LOCAL_USER), first.document_id).text
    assert words in text[first.start : first.end]
    assert first.pinpoint == pinpoint
    assert 0.5 <= first.score <= 1
    assert any(reason.startswith("words:") for reason in first.why)
    assert any(reason.startswith("place:") for reason in first.why)


@pytest.mark.parametrize(
    ("country", "element"), [("PE", "negligent"), ("PE", "foreign_predicates"), ("IE", "autonomous")]
)
def test_nothing_is_offered_where_nothing_is_said(installation: Installation, country: str, element: str) -> None:
    assert offered(installation, element, country) == ()


def test_a_clause_of_a_list_comes_with_what_it_continues_from(installation: Installation) -> None:
    first = offered(installation, "conversion", "IE")[0]
    text = installation.store.reading(installation.store.access(LOCAL_USER), first.document_id).text
    assert "A person commits an offence if" in text[first.lead_start : first.lead_end]


def test_a_country_without_law_and_one_not_looked_through(installation: Installation) -> None:
    access = installation.store.access(LOCAL_USER)
    found = matrix(installation.store, access, instrument("TIP_3"), ["FR", "PE"], "public")
    assert found.cells["act", "FR"].state == NO_LAW
    assert found.cells["act", "PE"].state == NOT_COMPUTED
    assert found.to_look_at == ("PE",)


def test_what_was_looked_for_is_kept_and_looked_for_again_when_the_law_changes(tmp_path: Path) -> None:
    desk = matrix_desk(tmp_path)
    store, access, model = desk.store, desk.store.access(LOCAL_USER), instrument("UNTOC_6")

    def cell() -> Cell:
        return matrix(store, access, model, ["PE"], "public").cells["negligent", "PE"]

    assert (cell().state, cell().proposals) == (COMPUTED, ())
    desk.bring(
        "later.md",
        '---\ntitle: "Ley 40002 de lavado de activos culposo"\ncountry: "pe"\n---\n# Ley 40002\n\n## Artículo 1\n'
        "El que por culpa convierte o transfiere bienes de origen ilícito que debía presumir será reprimido.\n",
        document_type="statute",
    )
    assert cell().state == OUTDATED
    compute_proposals(store, desk.installation.engine, access, model, ["PE"])
    assert (cell().state, len(cell().proposals) > 0) == (COMPUTED, True)
    desk.installation.close()


def test_a_matrix_of_a_day_offers_the_law_of_that_day(tmp_path: Path) -> None:
    desk = matrix_desk(tmp_path)
    store, access, model = desk.store, desk.store.access(LOCAL_USER), instrument("UNTOC_6")

    def words(day: str, element: str) -> tuple[str, str]:
        cell = matrix(store, access, model, ["ES"], "public", day).cells[element, "ES"]
        found = cell.proposals[:1]
        return cell.state, "".join(store.reading(access, one.document_id).text[one.start : one.end] for one in found)

    assert words("", "conversion")[1].startswith("El que convierta")
    assert words("2015-05-05", "acquisition") == (NOT_COMPUTED, "")
    compute_proposals(store, desk.installation.engine, access, model, ["ES"], "2015-05-05")
    assert words("2015-05-05", "acquisition")[1].startswith("El que adquiera")
    assert words("2019-12-31", "acquisition") == words("2015-05-05", "acquisition"), "the same version was in force"
    assert words("2020-01-01", "conversion") == words("", "conversion")
    assert words("2011-12-31", "acquisition")[0] == NOT_COMPUTED
    desk.bring("ley-5-2026.md", SPAIN.format(start="2026-01-01", verbs="utilice"), document_type="statute")
    assert words("", "conversion") == (NOT_COMPUTED, ""), "another version counts today"
    with pytest.raises(RogatioError, match="no_such_day"):
        words("soon", "conversion")
    desk.installation.close()


def test_nobody_is_offered_what_he_may_not_see(installation: Installation) -> None:
    offered(installation, "conversion", "PE")
    store = installation.store
    lima = store.access(Principal("lima", frozenset({"lima"})))
    assert matrix(store, lima, instrument("UNTOC_6"), ["PE"], "lima").cells["conversion", "PE"].proposals == ()
    with pytest.raises(RogatioError, match="no_such_collection"):
        matrix(store, lima, instrument("UNTOC_6"), ["PE"], "public")


def test_files_of_an_authority_are_no_law(installation: Installation) -> None:
    texts = {one.document_id for one in offered(installation, "conversion", "PE")}
    store = installation.store
    held = {store.document(store.access(LOCAL_USER), one).collection for one in texts}
    assert held == {"public"}
