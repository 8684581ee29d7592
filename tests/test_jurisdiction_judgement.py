"""The State of passages without heading or issuer, from all evidence in them."""

from __future__ import annotations

from collections import Counter

import pytest

from extraction.resource import load
from nlp.annotations import Hints
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of
from nlp.jurisdiction import find_jurisdiction
from nlp.jurisdiction_evidence import evidence
from nlp.jurisdiction_judgement import probabilities
from nlp.jurisdiction_laws import law_key


def state(text: str, language: str) -> str:
    return find_jurisdiction(text, Hints(), {}, find_gazetteer(text, words_of(text)), language).code


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        (
            "es",
            "El recurso se funda en el art. 849.1 LECrim; el Juez de Instrucción acordó el registro.",
            "ES",
        ),
        (
            "es",
            "Contra el acto de la DIAN procede el artículo 138 del CPACA, según la sentencia C-426 de 2002.",
            "CO",
        ),
        ("es", "El derecho penal argentino lo prevé; la AFIP denunció el hecho y el Infoleg publica el texto.", "AR"),
        ("es", "La SUNAT informó a la SBS de los movimientos, que superaban los S/ 20 000 previstos.", "PE"),
        ("es", "La ley 24.769 y la ley 27.430 tipifican la evasión; la ley 11.683 fija el procedimiento.", "AR"),
        ("es", "La Ley 906 de 2004 regula el allanamiento y la Ley 1708 de 2014 la extinción de dominio.", "CO"),
        ("pt", "A Lei n.º 83/2017 revogou a anterior, e o Decreto-Lei n.º 15/93 pune o tráfico.", "PT"),
        ("pt", "O crime do art. 1º da Lei 9.613/98 exige dolo, como o da Lei nº 7.492/1986.", "BR"),
        ("fr", "La loi n° 2013-451 punit l’accès frauduleux et la loi n° 2016-992 le blanchiment.", "CI"),
        ("pt", "O ordenamento jurídico brasileiro pune a conduta; o COAF comunicou as operações ao MPF.", "BR"),
        ("pt", "O arguido interpôs recurso para o STA nos termos do CPPT e da LGT, invocando a CRP.", "PT"),
        ("fr", "Le législateur ivoirien a modifié le texte ; la loi ivoirienne punit désormais l’escroquerie.", "CI"),
        ("fr", "La CSSF a prononcé une amende ; le Grand-Duché a transposé la directive.", "LU"),
        ("en", "The EFCC charged him under Nigerian law, and the sum of ₦ 40 million was forfeited in Nigeria.", "NG"),
        ("en", "Irish law gives the Criminal Assets Bureau and the Gardaí wide powers in Ireland.", "IE"),
        (
            "en",
            "The RCMP sought an order; the Canadian Charter of Rights and Freedoms protects against it.",
            "CA",
        ),
        ("en", "A By-law under the Municipal Act, 2001, S.O. 2001, c. 25 and O. Reg. 213/07.", "CA"),
        ("es", "Fijó la cuota en cien dólares de los Estados Unidos de América, según la LPrF y la LEIV.", "SV"),
        ("es", "El Tribunal de Juicio Oral en lo Penal y el Juzgado de Garantía de Talca lo oyeron.", "CL"),
        ("es", "El Tribunal Quinto de Primera Instancia en Funciones de Juicio aplicó el COPP.", "VE"),
        ("es", "Impuso una multa de diez salarios mínimos legales mensuales vigentes; la DIAN recurrió.", "CO"),
        (
            "en",
            "Charged under the Prevention of Organised Crime Act 121 of 1998 and the Firearms Control Act 60 of 2000, "
            "published in the Government Gazette.",
            "ZA",
        ),
        ("en", "The Bombay High Court quashed the FIR under the CrPC; the cheque was for Rs 4 lakhs.", "IN"),
    ],
)
def test_a_passage_whose_state_is_evident(language: str, text: str, code: str) -> None:
    assert state(text, language) == code


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El juez podrá ordenar la medida cuando concurran indicios suficientes, conforme al artículo 12."),
        ("es", "La doctrina chilena y la doctrina peruana coinciden; el derecho español difiere del colombiano."),
        ("pt", "O juiz pode decretar a medida quando houver indícios suficientes da prática do crime."),
        ("pt", "Comparam-se o direito português e o direito brasileiro quanto à prisão preventiva."),
        ("fr", "Le juge peut ordonner la saisie si les conditions de l’article 12 sont réunies."),
        ("fr", "Le droit belge et le droit français connaissent cette infraction ; le droit suisse l’ignore."),
        ("en", "The court may make the order if it is satisfied that the conditions in section 4 are met."),
        ("es", "La ley 12/2001 y el decreto 45 de 1999 regulan la materia."),
        ("en", "The Board held so in Smith v Jones [2010] UKPC 2, and the rule is settled."),
        ("es", "El vecino peruano volvió. En Perú llueve."),
        # gazettes, parliaments and posts of one name in several States
        ("es", "La Fiscalía General de la Nación solicitó la formalización."),
        ("es", "La Fiscalía General de la República presentó el requerimiento."),
        ("es", "Se publicó en el Diario Oficial La Gaceta, número 83."),
        ("es", "Magistrado Ponente: Luis Paz. Se resuelve el recurso."),
        ("fr", "La Chambre des représentants a adopté le texte."),
        ("pt", "A Assembleia da República aprovou o diploma."),
        ("en", "English law and Irish law differ on this point, and so does the law of South Africa."),
    ],
)
def test_a_passage_of_no_state_or_of_several_is_of_none(language: str, text: str) -> None:
    assert state(text, language) == ""


def test_votes_are_not_followed_against_the_rest_of_the_evidence() -> None:
    text = "La LECrim rige la instrucción; el CGPJ y la Audiencia Nacional siguen el derecho español. Lima."
    chances = probabilities(text, Counter({"PE": 20}), "es")
    assert max(chances, key=lambda code: chances[code]) == "ES"


def test_evidence_is_counted_once_for_each_expression() -> None:
    found = evidence("El CPACA rige. El CPACA y la DIAN. La DIAN en el derecho colombiano.", "es")
    assert (found["laws"]["CO"], found["signs"]["CO"], found["adjectives"]["CO"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "number", "year", "key"),
    [
        ("ley", "24.769", "", "ley#24769"),
        ("ley", "906", "2004", "ley#906/2004"),
        ("lei", "83", "17", "lei#83/2017"),
        ("decreto", "15", "93", "dec#15/1993"),
        ("loi", "2013", "451", "loi#2013/451"),
        ("ley", "27", "", ""),
    ],
)
def test_a_law_has_its_year_in_its_key_where_the_number_is_short(kind: str, number: str, year: str, key: str) -> None:
    assert law_key(kind, number, year) == key


def test_a_law_by_number_stands_for_one_state_in_a_language() -> None:
    for states in load("nlp.state_laws").values():
        keys = [key for listed in states.values() for key in listed]
        assert len(keys) == len(set(keys))


def test_probabilities_leave_a_part_for_no_state() -> None:
    chances = probabilities("La Guardia Civil intervino.", Counter(), "es")
    assert 0 < sum(chances.values()) < 1


@pytest.mark.parametrize("text", ["En tal concepción del proceso", "una salta a la vista, en la posadas"])
def test_a_word_that_is_also_a_city_needs_its_capital(text: str) -> None:
    assert state(text, "es") == ""
