"""Offences, legal basis, parts and days that letters name among quotations and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nlp.folding import fold
from nlp.pipeline import annotate
from nlp.requests.boxes import unticked_ranges
from nlp.requests.enclosures.evidence import pattern
from nlp.requests.reading import read_request

HEAD = (
    "FISCALÍA GENERAL DE LA NACIÓN\nMontevideo, 6 de noviembre de 2026\nCARTA ROGATORIA\n"
    "A la Autoridad Central de Portugal\n"
)


def fields(text: str) -> Mapping[str, Any]:
    return {key: [one.value for one in found] for key, found in read_request(text, annotate(text)).fields.items()}


@pytest.mark.parametrize("words", ["El que mate (...) será penado", "[...] shall be liable to imprisonment (...)"])
def test_words_left_out_are_no_box(words: str) -> None:
    assert unticked_ranges(words) == ()


def test_an_empty_box_with_dots_remains_one() -> None:
    assert unticked_ranges("[ ] registro\n(_) embargo\n(..) decomiso\n")


@pytest.mark.parametrize(
    ("words", "is_offence"),
    [
        ("Se adjunta la resolución del Juzgado que autoriza el allanamiento del domicilio.", False),
        ("El 3 de mayo se practicó el allanamiento del domicilio del investigado.", False),
        ("Se investiga el delito de allanamiento de morada.", True),
    ],
)
def test_an_ordered_search_is_no_offence(words: str, is_offence: bool) -> None:
    found = {one["concept"] for one in fields(HEAD + words).get("offences", ())}
    assert ("TRESP" in found) == is_offence


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("con base en la Convención de las Naciones Unidas contra la Corrupción y en los artículos 46, 51 y 57 "
         "de dicha Convención", ["46", "51", "57"]),
        ("con base en la Convención de las Naciones Unidas contra la Corrupción, por el delito del artículo 15", []),
        ("vu la convention des Nations unies contre la corruption, faite à New York le 31 octobre 2003, notamment son "
         "article 46,", ["46"]),
    ],
)  # fmt: skip
def test_articles_behind_a_treaty_are_its_own(words: str, articles: list[str]) -> None:
    found = fields(HEAD + f"Esta Fiscalía se dirige a esa Autoridad {words} y solicita lo siguiente.\n")["legal_basis"]
    assert [one["articles"] for one in found if one["instrument"] == "UNCAC"] == [articles]


def test_the_letter_goes_on_behind_its_texts_of_law() -> None:
    text = (
        "TRIBUNAL JUDICIAIRE DE LILLE\nCOMMISSION ROGATOIRE INTERNATIONALE\nNous prions les autorités de "
        "Colombie de bien vouloir :\n1. entendre M. Jean Roche en qualité de témoin ;\n"
        "2. saisir tout document utile à son domicile.\n\n"
        "CONFIDENTIALITÉ : la présente demande ne devra pas être portée à la connaissance des personnes visées, "
        "ce dont le "
        "juge d'instruction remercie le magistrat requis.\n\nTEXTES APPLICABLES\nArticle 222-36 du code pénal : "
        "« L'importation "
        "ou l'exportation illicites de stupéfiants sont punies de dix ans d'emprisonnement et de 7 500 000 "
        "euros d'amende. »\n\n"
        "Prions d'adresser les pièces d'exécution au ministère de la Justice.\n\nFait en notre cabinet, à "
        "Lille, le 2 octobre "
        "2026\nLe juge d'instruction\nAurélien DESWARTE\n\nPièces jointes : annexe 1 – procès-verbal de saisie "
        "; annexe 2 – "
        "questionnaire ; traduction en langue espagnole.\n"
    )
    found = fields(text)
    assert [one["to"] for one in found["translation"]] == ["es"]
    labels = [one["label"] for one in found["annexes"]]
    assert any("procès-verbal de saisie" in label for label in labels)
    assert any("questionnaire" in label for label in labels)


@pytest.mark.parametrize("words", ["del auto de prisión preventiva", "de las declaraciones", "des pièces", "da ata"])
def test_an_enclosure_is_named_without_the_preposition_of_its_list(words: str) -> None:
    joint = pattern("opening").match(fold(words))
    assert joint is not None
    assert joint[0].strip() in ("del", "de las", "des", "da")


def test_the_day_of_a_translator_s_certificate_is_no_deadline() -> None:
    text = (
        "TRADUÇÃO DO ESPANHOL PARA O PORTUGUÊS\n\nPROCURADORIA PENAL DE MONTEVIDÉU\nMontevidéu, 14 de outubro "
        "de 2026\n\n"
        "Pede-se que se inquira, na qualidade de testemunha, Ana Lobo Fontes, até 31 de janeiro de 2027.\n\n"
        "Procuradora Carolina Etcheverry\nÉ tradução fiel. Montevidéu, 16 de outubro de 2026. Tradutora pública "
        "Silvana Pintos.\n"
    )
    assert [one["date"] for one in fields(text)["deadlines"]] == ["2027-01-31"]
