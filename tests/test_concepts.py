"""Offence concepts, measures and false friends."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extraction.resource import load
from nlp.concepts.concepts import find_concepts
from nlp.concepts.layer import LANGUAGES, Concept, Label, broader_concepts, concepts, labels_for
from nlp.folding import fold, words_of

SAME = [
    ("es", "los delitos de actos de ocultamiento y tenencia", "ML"),
    ("es", "delito de lavado de activos", "ML"),
    ("es", "operaciones con recursos de procedencia ilícita", "ML"),
    ("es", "blanqueo de capitales", "ML"),
    ("pt", "LAVAGEM DE DINHEIRO", "ML"),
    ("pt", "branqueamento", "ML"),
    ("en", "money laundering", "ML"),
    ("fr", "blanchiment de capitaux", "ML"),
    ("es", "la trata de personas", "THB"),
    ("pt", "tráfico de pessoas", "THB"),
    ("fr", "traite des êtres humains", "THB"),
    ("es", "tráfico ilícito de migrantes", "SOM"),
    ("es", "tráfico ilegal de personas", "SOM"),
    ("en", "smuggling of migrants", "SOM"),
    ("pt", "crime de burla", "FRAUD"),
    ("en", "several murders", "HOM"),
    ("es", "dos homicidios", "HOM"),
    ("fr", "association de malfaiteurs", "OC"),
    ("es", "concusión", "EXACT"),
    ("es", "tráfico de drogas", "DRUG"),
    ("en", "wildlife trafficking", "WILDLIFE"),
    ("es", "extracción y minería ilegal", "MINING"),
    ("pt", "pornografia infantil", "CSAM"),
    ("es", "el secuestro de la víctima", "KIDN"),
    ("pt", "extorsão mediante sequestro", "KIDN"),
    ("es", "exigieron el pago de la renta a la pandilla", "EXT"),
    ("fr", "la concussion commise par un fonctionnaire", "EXACT"),
]

FALSE_FRIENDS = [
    ("es", "la extracción y el comercio ilegal de madera y de oro", "ILLTRADE"),
    ("fr", "le commerce illégal du bois", "ILLTRADE"),
    ("es", "el secuestro de los bienes del imputado", "KIDN"),
    ("es", "se ordenó el secuestro judicial", "KIDN"),
    ("pt", "o sequestro de bens imóveis", "KIDN"),
    ("es", "se trata de personas detenidas", "KIDN"),
    ("es", "la burla del público", "FRAUD"),
    ("es", "el plagio de una obra literaria", "KIDN"),
    ("es", "impuesto sobre la renta", "EXT"),
    ("es", "la vacuna contra la covid", "EXT"),
    ("fr", "une concussion cérébrale", "EXACT"),
    ("en", "a conspiracy theory", "OC"),
    ("pt", "os precursores do modernismo", "PREC"),
]


def offences(text: str, language: str, jurisdiction: str = "") -> list[str]:
    spans = find_concepts(text, words_of(text), language, jurisdiction)
    return [span.value for span in spans if span.label == "OFFENCE"]


@pytest.mark.parametrize(("language", "text", "concept"), SAME)
def test_national_names_of_one_concept(language: str, text: str, concept: str) -> None:
    assert offences(text, language) == [concept]


@pytest.mark.parametrize(("language", "text", "concept"), FALSE_FRIENDS)
def test_false_friends(language: str, text: str, concept: str) -> None:
    assert concept not in offences(text, language)


def test_seizure_is_a_measure() -> None:
    text = "el secuestro de los bienes"
    spans = find_concepts(text, words_of(text), "es")
    assert [(span.label, span.value) for span in spans] == [("MEASURE", "search_seizure")]


def test_jurisdiction_decides() -> None:
    assert offences("trafic des êtres humains", "fr", "BE") == ["SOM"]
    assert offences("trafic des êtres humains", "fr", "FR") == ["THB"]


def test_smuggling_of_persons_is_not_trafficking() -> None:
    """``tráfico de pessoas`` is THB where ``tráfico ilegal de personas`` is smuggling."""
    assert offences("tráfico de pessoas", "pt") != offences("tráfico ilegal de personas", "es", "AR")


def _alone(label: Label) -> set[str]:
    jurisdiction = label.jurisdictions[0] if label.jurisdictions else ""
    return {span.value for span in find_concepts(label.text, words_of(label.text), label.language, jurisdiction)}


def _near(concept: Concept) -> set[str]:
    """Return a concept and those beside it: one word may name a wider and a narrower concept."""
    wider = [concepts()[code] for code in concept.broader]
    return {
        concept.id,
        *concept.broader,
        *concept.narrower,
        *concept.related,
        *(n for one in wider for n in one.related),
    }


def test_every_exact_label_of_an_offence_is_found() -> None:
    apart = {friend["t"] for friend in load("nlp.false_friends")["in_text"]}
    reported = [
        (concept, label.text, _alone(label))
        for concept in concepts().values()
        if concept.penal
        for label in concept.labels
        if not label.relation and label.text not in apart
    ]
    own = [concept for concept, _, found in reported if concept.id in found]
    assert len(own) > 1000
    assert len(own) > 0.95 * len(reported)
    assert [(concept.id, text, found) for concept, text, found in reported if not found & _near(concept)] == []


def test_receiving_is_laundering_in_belgium_alone() -> None:
    assert (offences("le recel", "fr", "BE"), offences("le recel", "fr", "FR")) == (["ML"], ["RECEIV"])
    assert offences("le recel", "fr") == ["RECEIV"]


def test_false_friends_name_labels_that_exist() -> None:
    labels = {label.text for concept in concepts().values() for label in concept.labels}
    assert {friend["t"] for friend in load("nlp.false_friends")["in_text"]} <= labels


def test_the_preferred_name_is_first() -> None:
    assert [concepts()["extradition"].name(language) for language in ("es", "en")] == ["Extradición", "Extradition"]
    assert concepts()["ML"].name("es") == "Blanqueo de capitales"


@pytest.mark.parametrize("language", [*LANGUAGES, "pt-PT"])
def test_no_two_concepts_are_shown_under_one_name(language: str) -> None:
    shown = Counter(fold(one.name(language)) for one in concepts().values())
    assert [name for name, count in shown.items() if count > 1] == []


@pytest.mark.parametrize(
    ("concept", "language", "name"),
    [
        ("COMPLIC", "fr", "Complicité (participation criminelle)"),
        ("ACCESSORY", "fr", "Complicité (complicité par aide ou assistance)"),
        ("ACCESSORY", "en", "Aiding and abetting"),
        ("STATRAPE", "pt", "Estupro de vulnerável (estupro de menor)"),
    ],
)
def test_a_name_that_two_concepts_share_is_distinguished_by_one_that_they_do_not(
    concept: str, language: str, name: str
) -> None:
    assert concepts()[concept].name(language) == name


def test_what_is_wider_and_narrower_exists_and_has_no_cycles() -> None:
    known = concepts()
    for concept in known.values():
        assert {*concept.broader, *concept.narrower, *concept.related} <= known.keys(), concept.id
        assert concept.id not in broader_concepts(concept.id)


def test_every_concept_is_named_and_defined_in_four_languages() -> None:
    poor = [
        (concept.id, language)
        for concept in concepts().values()
        for language in LANGUAGES
        if not concept.labels_in(language) or len(concept.definition[language].split()) < 3
    ]
    assert poor == []


def test_definitions_and_situations_are_of_concepts_that_exist() -> None:
    assert load("nlp.concept_definitions").keys() == concepts().keys()
    assert load("nlp.concept_situations").keys() <= concepts().keys()


@pytest.mark.parametrize(
    ("concept", "country", "language", "first"),
    [
        ("THEFT", "MX", "es", "robo"),
        ("THEFT", "PE", "es", "hurto simple"),
        ("ROB", "UY", "es", "rapiña"),
        ("PRETRIAL", "FR", "fr", "détention provisoire"),
        ("LIMIT", "PE", "es", "prescripción de la acción penal"),
    ],
)
def test_names_that_head_provisions_of_a_country_come_first(
    concept: str, country: str, language: str, first: str
) -> None:
    label = labels_for(concept, country, language)[0]
    assert (label.text, country in label.seen) == (first, True)


def test_names_seen_in_codes_are_names_of_the_layer() -> None:
    known = {(label.language, label.text) for concept in concepts().values() for label in concept.labels}
    assert {(language, text) for language, seen in load("nlp.label_attestations").items() for text in seen} <= known


@pytest.mark.shared
def test_names_marked_as_seen_occur_in_the_laws() -> None:
    path = Path(__file__).parent.parent.parent / "shared" / "data" / "statutes" / "pe" / "DLEG-PENAL-1991.md"
    if not path.exists():
        pytest.skip("no reference data folder beside the repository")
    law = path.read_text(encoding="utf-8")
    words = f" {' '.join(words_of(law).forms)} "
    for text in ("hurto simple", "receptación", "apropiación ilícita"):
        label = next(label for c in concepts().values() for label in c.labels_in("es") if label.text == text)
        assert "PE" in label.seen
        assert f" {' '.join(words_of(text).forms)} " in words


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("ML", "pt", "Lavagem de dinheiro"),
        ("ML", "pt-PT", "Branqueamento de capitais"),
        ("ML", "es", "Blanqueo de capitales"),
        ("FRAUD", "pt", "Estelionato"),
        ("FRAUD", "pt-PT", "Burla"),
    ],
)
def test_a_concept_is_named_as_in_the_reader_s_country(code: str, language: str, name: str) -> None:
    assert concepts()[code].name(language) == name
