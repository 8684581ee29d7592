"""Offences cited by law and article alone, and the table of provisions behind them."""
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest

from extraction.resource import load
from nlp.concepts.layer import broader_concepts
from nlp.pipeline import annotate
from nlp.requests.law.article_lists import articles_after, articles_before
from nlp.requests.reading import read_request

ASKS = {
    "es": ("{state}\nFiscalía General\n\nSOLICITUD DE ASISTENCIA JURÍDICA MUTUA\n\nA las autoridades competentes de {to}:\n\n", "\n\nSe solicita la remisión de los extractos de la cuenta bancaria de Julio Abad Prieto."),
    "pt": ("{state}\nMinistério Público\n\nPEDIDO DE AUXÍLIO JUDICIÁRIO MÚTUO\n\nÀs autoridades competentes de {to}:\n\n", "\n\nSolicita-se o envio dos extratos da conta bancária de Júlio Abade Pires."),
    "en": ("{state}\nOffice of the Attorney General\n\nREQUEST FOR MUTUAL LEGAL ASSISTANCE\n\nTo the competent authorities of {to}:\n\n", "\n\nWe request the statements of the bank account of Julius Abbot."),
    "fr": ("{state}\nMinistère public\n\nDEMANDE D'ENTRAIDE JUDICIAIRE\n\nAux autorités compétentes de {to} :\n\n", "\n\nNous demandons les relevés du compte bancaire de Jules Abbé."),
}  # fmt: skip

LETTERS: list[tuple[str, str, str, str, set[str]]] = [
    ("pt", "República Federativa do Brasil", "Portugal", "Os fatos, em tese, são os do art. 33 da Lei nº 11.343/2006 e do art. 1º da Lei 9.613/98.", {"DRUG", "ML"}),
    ("pt", "República Federativa do Brasil", "Portugal", "O arguido responde pelos artigos 317 e 333 do Código Penal brasileiro.", {"CORR_PASS", "CORR_ACT"}),
    ("pt", "República Portuguesa", "Brasil", "Os factos são puníveis nos termos dos artigos 21.º, n.º 1, e 24.º, alínea c), do Decreto-Lei n.º 15/93, de 22 de janeiro.", {"DRUG"}),
    ("pt", "República Portuguesa", "Brasil", "Os factos são puníveis pelos artigos 103.º e 104.º, n.º 2, do RGIT e pelo artigo 368.º-A do Código Penal.", {"TAX", "ML"}),
    ("es", "República Argentina", "Uruguay", "La conducta fue encuadrada en el artículo 5, inciso c), de la Ley 23.737.", {"DRUG"}),
    ("es", "República del Perú", "Chile", "Los hechos se subsumen en el Decreto Legislativo N.° 1106, artículos 1 y 2, y en el artículo 393 del Código Penal.", {"ML", "CORR_PASS"}),
    ("es", "República de Colombia", "España", "Rige el artículo 323 de la Ley 599 de 2000; además, se aplica el artículo 340 del mismo código.", {"ML", "OC"}),
    ("es", "República del Ecuador", "España", "Se procesa a la persona nombrada por el art. 278 del COIP.", {"EMB"}),
    ("en", "Jamaica", "Belize", "He was arrested under section 92(1)(a) of the Proceeds of Crime Act and section 8 of the Cybercrimes Act, 2015.", {"ML", "CYBFRAUD"}),
    ("en", "Trinidad and Tobago", "Barbados", "She is before the court under section 3(1) of the Prevention of Corruption Act, Chap. 11:11.", {"CORR_PASS"}),
    ("en", "Ireland", "Spain", "The conduct comes within section 15A of the Misuse of Drugs Act 1977.", {"DRUG"}),
    ("en", "Republic of Finland", "Peru", "The conduct comes within the Criminal Code of Finland, Chapter 36, section 2.", {"FRAUD"}),
    ("fr", "République française", "Pérou", "Les faits relèvent des articles 222-36, 222-37 et 450-1 du code pénal.", {"DRUG", "OC"}),
    ("fr", "Royaume de Belgique", "Colombie", "Les faits relèvent de l'article 2bis, § 3, de la loi du 24 février 1921.", {"DRUG"}),
    ("fr", "République française", "Brésil", "Les faits relèvent de l'article L. 512-2 du code minier.", {"ENV"}),
    # the same article is another offence in the law of another State, and none without its law
    ("es", "República Argentina", "Perú", "La Fiscalía del Perú ya investigó el artículo 393 del Código Penal peruano y archivó.", set()),
    ("es", "República Argentina", "Perú", "La medida se dispuso conforme al artículo 5 de la Ley 27.372.", set()),
    ("en", "Ireland", "Spain", "Section 15A of the Courts Act 1988 governs the record of the hearing.", set()),
    ("pt", "República Federativa do Brasil", "Portugal", "A prova foi colhida conforme o art. 157 do Código de Processo Penal.", set()),
]  # fmt: skip

LISTS = [
    ("arts. 33, caput, e 35, c/c art. 40, i, da ", ("33", "35", "40")),
    ("artigos 103.º e 104.º, n.º 2, do ", ("103", "104")),
    ("artigo 368.º-a do ", ("368a",)),
    ("articulos 303, incisos 1 y 2, apartado a), del ", ("303",)),
    ("articulos 177 bis y 318 bis del ", ("177bis", "318bis")),
    ("sections 8(1)(a) and 9 of the ", ("8(1)(a)", "9")),
    ("articles 313-1 et 313-2 du ", ("313-1", "313-2")),
    ("articles 324-1 a 324-3 du ", ("324-1", "324-2", "324-3")),
    ("article 258 § 3 of the ", ("258",)),
    ("chapter 48, section 5 a of the ", ("48:5a",)),
    ("section 191(2) of the danish ", ("191(2)",)),
    ("art. 2o da ", ("2",)),
    ("artigos 1o e 2o da ", ("1", "2")),
    ("arts. 648 bis e 648-ter.1 del ", ("648bis", "648ter1")),
]


@pytest.mark.parametrize(
    ("language", "state", "to", "words", "expected"), LETTERS, ids=[row[3][:60] for row in LETTERS]
)
def test_offences_of_the_cited_provisions(language: str, state: str, to: str, words: str, expected: set[str]) -> None:
    before, after = ASKS[language]
    text = before.format(state=state, to=to) + words + after
    found = read_request(text, annotate(text)).fields.get("offences", ())
    assert {proposal.value["concept"] for proposal in found if isinstance(proposal.value, dict)} == expected
    assert all(
        "art" in text[item.start : item.end].lower() or "ection" in text[item.start : item.end] for item in found
    )


@pytest.mark.parametrize(("folded", "expected"), LISTS)
def test_articles_of_a_citation(folded: str, expected: tuple[str, ...]) -> None:
    found = articles_before(f"{folded}LAW", len(folded))
    assert found is not None
    assert found.articles == expected


def test_articles_behind_a_law_end_before_those_of_another() -> None:
    assert articles_after("art. 1 e 2, em concurso", 0) is not None
    assert articles_after("art. 2 da lei 12.850", 0) is None


def rows() -> list[tuple[str, dict[str, object]]]:
    states = load("nlp.offence_provisions")["states"]
    return [(state, row) for state, listed in states.items() for row in listed]


def test_every_provision_names_an_offence_of_the_concept_layer_once() -> None:
    assert len(rows()) > 10
    for state, row in rows():
        assert row["source"] == "unverified" or str(row["source"]).startswith("https://"), state
        offences: dict[str, str] = row["offences"]  # type: ignore[assignment]
        for concept in offences:
            broader_concepts(concept)  # raises for an unknown one
        articles = [article for listed in offences.values() for article in listed.split()]
        assert len(articles) == len(set(articles)), (state, row["laws"])


def test_every_article_of_the_table_is_read_as_letters_write_it() -> None:
    for state, row in rows():
        offences: dict[str, str] = row["offences"]  # type: ignore[assignment]
        for item in (item for listed in offences.values() for item in listed.split()):
            for article in item.split(".."):
                chapter, colon, number = article.rpartition(":")
                cited = (
                    f"chapter {chapter}, section {number}"
                    if colon
                    else "art. " + re.sub(r"([a-z]{3,})(?=\d)", r"\1 ", article)
                )
                found = articles_after(f"{cited}, ", 0)
                assert found is not None, (state, article)
                assert found.articles == (article,), (state, article)
