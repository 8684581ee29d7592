"""Concepts of questions in four languages; similar words are distinguished."""

from __future__ import annotations

import pytest

from extraction.resource import load
from nlp.concepts.false_friends import ambiguous_words, false_friends, false_friends_of
from nlp.concepts.layer import concepts, labels_for
from nlp.concepts.query import concepts_of_query
from nlp.folding import stem

NAMED = [
    ("es", "autoblanqueo", "SELFML"),
    ("", "comiso sin condena", "NCB"),
    ("pt", "perdimento sem condenação", "NCB"),
    ("fr", "prostitution d'enfants", "CHILDPROST"),
    ("es", "corrupción de niños", "CORRMIN"),
    ("es", "autolavado de activos", "SELFML"),
    ("pt", "autolavagem", "SELFML"),
    ("pt", "autobranqueamento", "SELFML"),
    ("en", "self-laundering", "SELFML"),
    ("fr", "auto-blanchiment", "SELFML"),
    ("es", "tentativa punible", "ATTEMPT"),
    ("es", "¿Qué pena tiene el lavado de activos?", "ML"),
    ("es", "secuestro de una persona para pedir rescate", "KIDN"),
    ("es", "secuestro de bienes", "SEIZEV"),
    ("pt", "tráfico de pessoas", "THB"),
    ("pt", "crime tentado", "ATTEMPT"),
    ("en", "interception of communications", "interception"),
    ("en", "statute of limitations", "LIMIT"),
    ("fr", "traite des êtres humains", "THB"),
    ("fr", "escroquerie", "FRAUD"),
    ("", "blanchiment d'argent", "ML"),
    ("en", "burden of proof", "BURDENPF"),
    ("es", "prohibición de reforma en perjuicio", "REFORMATIO"),
    ("pt", "assistência jurídica gratuita", "LEGALAID"),
    ("fr", "mandat d'arrêt", "ARRWARR"),
    ("en", "politically exposed persons", "PEP"),
    ("es", "juicio abreviado", "PLEA"),
    ("pt", "busca pessoal", "PERSSEARCH"),
    ("fr", "coopération avec la Cour pénale internationale", "ICCCOOP"),
    ("es", "cohecho transnacional", "CORR_FOREIGN"),
    ("pt", "suborno internacional", "CORR_FOREIGN"),
    ("es", "ransomware", "DATAINT"),
    ("fr", "rançongiciel", "DATAINT"),
    ("es", "contrabando de aves", "WILDLIFE"),
    ("en", "illegal trade in protected wildlife", "WILDLIFE"),
    ("fr", "trafic d’espèces protégées", "WILDLIFE"),
    ("es", "minería ilegal", "MINING"),
    ("es", "caza ilegal", "WILDLIFE"),
    ("fr", "chasse illégale", "WILDLIFE"),
    ("en", "illegal hunting of protected species", "WILDLIFE"),
    ("fr", "atteinte aux biens culturels", "CULT"),
    ("fr", "atteintes au patrimoine culturel", "CULT"),
    ("fr", "dégradation de biens culturels", "CULTDAM"),
    ("es", "daños al patrimonio cultural", "CULTDAM"),
    ("pt", "crimes contra o património cultural", "CULT"),
    ("pt", "crimes contra o patrimônio cultural", "CULT"),
    ("fr", "atteinte aux biens", "PROPERTY"),
    ("es", "información privilegiada", "INSIDER"),
    ("pt", "uso de informação privilegiada", "INSIDER"),
    ("en", "inside information", "INSIDER"),
    ("fr", "délits d'initiés", "INSIDER"),
    ("fr", "manipulation de marché", "MKTMANIP"),
    ("es", "manipulación del mercado", "MKTMANIP"),
    ("es", "manipulación de precios en el mercado de valores", "MKTMANIP"),
    ("pt", "manipulação do mercado", "MKTMANIP"),
    ("en", "market manipulation", "MKTMANIP"),
    ("pt", "rebelião", "REBEL"),
    ("pt", "traição", "TREASON"),
    ("en", "professional secrecy", "PROFSEC"),
    ("en", "failure to assist", "OMISSION"),
    ("es", "corrupción en el deporte", "MATCHFIX"),
    ("pt", "corrupção no desporto", "MATCHFIX"),
    ("pt", "corrupção no esporte", "MATCHFIX"),
    ("en", "corruption in sport", "MATCHFIX"),
    ("fr", "corruption dans le sport", "MATCHFIX"),
    ("fr", "interceptions téléphoniques", "interception"),
    ("fr", "interceptions de correspondances", "interception"),
    ("es", "intervención telefónica", "interception"),
    ("pt", "interceção telefónica", "interception"),
    ("en", "telephone interception", "interception"),
    ("fr", "escroquerie en bande organisée", "FRAUD"),
    ("fr", "prise illégale d'intérêts", "CONFLINT"),
    ("fr", "vol avec violences", "ROB"),
    ("fr", "hameçonnage", "CYBFRAUD"),
    ("pt", "golpe do pix", "CYBFRAUD"),
    ("es", "grooming", "GROOM"),
    ("fr", "sollicitation sexuelle de mineur en ligne", "GROOM"),
    ("es", "nepotismo", "CONFLINT"),
    ("es", "puertas giratorias", "CONFLINT"),
    ("en", "kickbacks", "CORR"),
    ("en", "facilitation payments", "CORR"),
    ("fr", "marchés publics truqués", "COLLUS"),
    ("es", "fraccionamiento de contratos", "COLLUS"),
    ("en", "malware", "MISDEV"),
    ("es", "vertido de aguas residuales", "POLLUT"),
    ("en", "oil spill", "POLLUT"),
    ("en", "illegal dumping of waste", "WASTE"),
    ("pt", "desmatamento", "LOGGING"),
    ("fr", "abattage illégal d'arbres", "LOGGING"),
    ("es", "testaferro", "FRONTP"),
    ("es", "prestanombre", "FRONTP"),
    ("pt", "testa de ferro", "FRONTP"),
    ("fr", "homme de paille", "FRONTP"),
    ("en", "front person", "FRONTP"),
    ("es", "paraíso fiscal", "TAXHAVEN"),
    ("pt", "paraíso fiscal", "TAXHAVEN"),
    ("fr", "paradis fiscal", "TAXHAVEN"),
    ("en", "tax haven", "TAXHAVEN"),
    ("es", "desplazamiento forzado", "FORCDISP"),
    ("en", "forcible transfer of population", "FORCDISP"),
]

DESCRIBED = [
    ("en", "Detectives want to listen in on a suspect's phone calls", "interception"),
    ("fr", "Il a encaissé l’argent d’une maison qui n’existe pas et a disparu", "FRAUD"),
]


@pytest.mark.parametrize(("language", "text", "concept"), NAMED)
def test_a_name_leads_to_its_concept(language: str, text: str, concept: str) -> None:
    best = concepts_of_query(text, language)[0]
    assert (best.concept, best.score > 0.5, bool(best.label)) == (concept, True, True)


@pytest.mark.parametrize(("language", "text", "concept"), DESCRIBED)
def test_a_lay_question_leads_to_its_concept_with_less_certainty(language: str, text: str, concept: str) -> None:
    best = concepts_of_query(text, language)[0]
    assert (best.concept, best.label, best.score < 0.56) == (concept, "", True)
    assert best.words


@pytest.mark.parametrize("text", ["", "   ", "?!", "1234-5", "el de la", "x" * 5000, "\x00\ud800", "('" * 500])
def test_what_names_nothing_finds_nothing(text: str) -> None:
    assert concepts_of_query(text, "es") == ()


ORDINARY = [
    ("es", "revisión de un acuerdo"), ("es", "fuga de agua"), ("es", "renta nacional"), ("es", "vacuna"),
    ("pt", "captura de imagem"), ("pt", "suco de laranja"), ("pt", "lavagem de roupa"),
    ("pt", "necessidade de descanso"), ("pt", "cartas"),
    ("en", "phone battery"), ("en", "withdrawal symptoms"), ("en", "Amnesty International"), ("en", "tariff"),
    ("fr", "indicateur social"), ("fr", "défaut de fabrication"), ("fr", "greffe du rein"), ("fr", "visites"),
]  # fmt: skip
LEGAL = [
    ("es", "revisión de la sentencia firme", "REVIEW"), ("es", "fuga de presos", "ESCAPE"),
    ("es", "revisión", "REVIEW"),
    ("pt", "captura do foragido", "ARREST"), ("pt", "inquérito policial", "INVEST"), ("pt", "captura", "ARREST"),
    ("en", "seizure of property", "SEIZEV"), ("en", "appeal against conviction", "APPEAL"), ("en", "arrest", "ARREST"),
    ("fr", "incendie volontaire", "ARSON"), ("fr", "tentative de meurtre", "HOM"), ("fr", "détenue", "PRISREG"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), ORDINARY)
def test_an_ordinary_word_beside_other_ordinary_words_names_no_concept(language: str, text: str) -> None:
    assert [match.label for match in concepts_of_query(text, language) if match.label] == []


@pytest.mark.parametrize(("language", "text", "concept"), LEGAL)
def test_an_ordinary_word_alone_or_beside_a_legal_one_names_its_concept(language: str, text: str, concept: str) -> None:
    assert concept in [match.concept for match in concepts_of_query(text, language) if match.label]


def test_ordinary_labels_are_labels() -> None:
    """So that a label that is renamed is renamed there as well."""
    for lists in (load("nlp.ordinary_labels")["with_others"], load("nlp.ordinary_labels")["alone"]):
        for language, words in lists.items():
            labels = {label.text for entry in concepts().values() for label in entry.labels_in(language)}
            assert set(words) <= labels


def test_a_word_that_begins_like_a_name_in_another_language_is_none() -> None:
    """Spanish "baile" is not the plural of English "bail"."""
    assert concepts_of_query("baile", "es") == ()


def test_a_name_in_another_language_is_found_too() -> None:
    assert concepts_of_query("blanchiment d'argent", "es")[0].concept == "ML"


def test_no_more_concepts_than_requested() -> None:
    assert len(concepts_of_query("homicidio, robo, hurto, estafa, extorsión y secuestro", "es", limit=3)) == 3


@pytest.mark.parametrize(
    ("concept", "country", "language", "first"),
    [
        ("ML", "MX", "es", "operaciones con recursos de procedencia ilícita"),
        ("ML", "BR", "pt", "lavagem ou ocultação de bens direitos e valores"),
        ("FRAUD", "BR", "pt", "estelionato"),
        ("FRAUD", "PT", "pt", "burla"),
        ("THB", "HT", "fr", "traite des personnes"),
    ],
)
def test_a_country_has_its_own_names_first(concept: str, country: str, language: str, first: str) -> None:
    assert labels_for(concept, country, language)[0].text == first


def test_the_names_of_other_countries_are_left_out() -> None:
    assert "burla" not in [label.text for label in labels_for("FRAUD", "BR", "pt")]


@pytest.mark.parametrize(
    ("language", "text", "country", "concept"),
    [
        ("es", "secuestro", "MX", "KIDN"),
        ("es", "secuestro de bienes", "MX", "SEIZEV"),
        ("fr", "trafic des êtres humains", "BE", "SOM"),
        ("fr", "trafic des êtres humains", "FR", "THB"),
        ("pt", "estupro", "BR", "RAPE"),
        ("es", "estupro", "MX", "SEXMIN"),
    ],
)
def test_what_an_ambiguous_word_means_where(language: str, text: str, country: str, concept: str) -> None:
    (word,) = ambiguous_words(text, language)
    meaning = word.meaning_in(country)
    assert meaning is not None
    assert meaning.concept == concept
    assert concept not in word.not_meant(country)


def test_trafficking_and_smuggling_are_kept_separate() -> None:
    (word,) = ambiguous_words("trata de personas", "es")
    assert word.not_meant("AR") == {"SOM"}
    assert {friend.excluded_concept for friend in false_friends_of("THB")} == {"SOM", ""}


def test_every_false_friend_is_explained_in_four_languages() -> None:
    noted = {"es", "pt", "en", "fr"}  # Portugal's wording may differ
    assert [friend.terms for friend in false_friends() if set(friend.note) - {"pt-PT"} != noted] == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "interceptacion", "interceptar"),
        ("pt", "interceptacao", "interceptacoes"),
        ("en", "launder", "laundering"),
        ("fr", "recidive", "recidives"),
    ],
)
def test_stems_meet_without_accents(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_word_for_the_same_thing_stands_for_another_in_a_name_of_several() -> None:
    (found, *_) = concepts_of_query("comiso sin condena", "es")
    assert found.label == "decomiso sin condena"
    assert found.words == ("comis", "conden")
    assert not any(match.label and match.score > 0.6 for match in concepts_of_query("lavado de manos", "es"))


@pytest.mark.parametrize(
    ("query", "language", "concept"),
    [
        ("civil recovery", "en", "NCB"),
        ("non-conviction based forfeiture", "en", "NCB"),
        ("extinción de dominio", "es", "NCB"),
        ("confiscation sans condamnation", "fr", "NCB"),
        ("perda alargada", "pt", "EXTCONF"),
        ("decomiso ampliado", "es", "EXTCONF"),
        ("confiscation", "en", "confiscation"),
        ("perdimento de bens", "pt", "confiscation"),
        ("limitation of actions", "en", "LIMIT"),
        ("misbehaviour in public office", "en", "ABUSEOFF"),
        ("conspiracy to defraud", "en", "CONSPIR"),
        ("vol à l'étalage", "fr", "THEFT"),
        ("¿Cuándo se deniega la extradición?", "es", "EXTRREF"),
        ("la extradición no será concedida", "es", "EXTRREF"),
        ("political offence exception", "en", "POLOFF"),
        ("Can property be frozen?", "en", "freezing"),
        ("¿Qué autoridad recibe una orden europea de embargo?", "es", "FREEZEREC"),
    ],
)
def test_concepts_that_are_easily_taken_for_one_another(query: str, language: str, concept: str) -> None:
    first, *others = concepts_of_query(query, language)
    assert first.concept == concept
    if concept in ("NCB", "EXTCONF"):
        assert not any(other.concept == "confiscation" and other.score == first.score for other in others)


def test_words_without_meaning_in_another_language_are_no_matches() -> None:
    found = concepts_of_query("peine pour vol", "")
    assert found[0].concept == "THEFT"
    assert "POLLUT" not in {match.concept for match in found}
