"""Concepts of provisions: by headings, first words and conduct, with the range of the evidence."""

from __future__ import annotations

import pytest

from nlp.concepts.concepts import find_concepts
from nlp.concepts.provision_cues import described_conduct, is_definition, run_in_heading
from nlp.concepts.tagging import ConceptTag, mentioned_concepts
from nlp.folding import words_of
from nlp.provision_roles.subjects import subject_tags
from nlp.structure.structure import find_structure

PENAL_ES = """LIBRO SEGUNDO
TÍTULO I
DELITOS CONTRA EL PATRIMONIO

CAPÍTULO I
HURTO

Artículo 185. Hurto simple.- El que se apodera de un bien mueble será reprimido con pena privativa de libertad
no menor de uno ni mayor de tres años.

Artículo 186. Circunstancias.- La pena será no menor de tres años si el delito es cometido durante la noche.

CAPÍTULO II
DE LA LIBERTAD

Artículo 187. Secuestro.- El que priva a otro de su libertad será reprimido con pena privativa de
libertad no menor de veinte años.

Artículo 188. Otros.- El que convierte, transfiere u oculta dinero, bienes, efectos o ganancias cuyo
origen ilícito o procedencia de una actividad delictiva conoce, será reprimido con prisión.
"""

PROCEDURE_ES = """CÓDIGO PROCESAL PENAL

TÍTULO I
MEDIDAS SOBRE LAS COSAS

Artículo 231. Secuestro.- El juez podrá disponer que se guarden las cosas relacionadas con el hecho.

Artículo 232. Trámite.- Se levantará acta de lo actuado.
"""

PENAL_FR = """Chapitre Ier
Du vol

Article 311-1

Le vol est la soustraction frauduleuse de la chose d'autrui.

Article 311-3

Le vol est puni de trois ans d'emprisonnement et de 45 000 euros d'amende.
"""

PENAL_PT = """TÍTULO I
DOS CRIMES CONTRA A PESSOA

CAPÍTULO II
DAS LESÕES CORPORAIS

Art. 129. Ofender a integridade corporal ou a saúde de outrem:

Pena - detenção, de três meses a um ano.
"""


def tags(text: str, language: str, country: str) -> dict[str, tuple[ConceptTag, ...]]:
    units = find_structure(text, (), document_type="code", language=language, jurisdiction=country)
    return {unit.label: own for unit, own in subject_tags(text, units, language, country)}


@pytest.mark.parametrize(
    ("text", "language", "country", "label", "concept", "by"),
    [
        (PENAL_ES, "es", "PE", "art. 185", "THEFT", "heading"),
        (PENAL_ES, "es", "PE", "art. 186", "THEFT", "above"),
        (PENAL_ES, "es", "PE", "art. 187", "KIDN", "heading"),
        (PENAL_ES, "es", "PE", "art. 188", "ML", "conduct"),
        (PROCEDURE_ES, "es", "AR", "art. 231", "SEIZEV", "heading"),
        (PENAL_FR, "fr", "FR", "art. 311-1", "THEFT", "defined"),
        (PENAL_FR, "fr", "FR", "art. 311-3", "THEFT", "defined"),
        (PENAL_PT, "pt", "BR", "art. 129", "ASSAULT", "above"),
    ],
)
def test_a_provision_is_tagged_with_its_concept(
    text: str, language: str, country: str, label: str, concept: str, by: str
) -> None:
    found = {tag.concept: tag for tag in tags(text, language, country)[label]}
    assert concept in found
    assert found[concept].by == by
    assert 0.5 <= found[concept].confidence <= 1


@pytest.mark.parametrize(
    ("text", "country", "label", "concept"),
    [(PENAL_ES, "PE", "art. 187", "SEIZEV"), (PROCEDURE_ES, "AR", "art. 231", "KIDN")],
)
def test_a_false_friend_is_no_tag(text: str, country: str, label: str, concept: str) -> None:
    """``Secuestro`` is kidnapping in what punishes and seizure in what regulates."""
    assert concept not in {tag.concept for tag in tags(text, "es", country)[label]}


def test_the_evidence_is_where_it_says() -> None:
    (tag,) = (tag for tag in tags(PENAL_ES, "es", "PE")["art. 185"] if tag.concept == "THEFT")
    assert (PENAL_ES[tag.start : tag.end], tag.words) == ("Hurto simple", "hurto simple")


def test_the_most_confident_is_first() -> None:
    for own in tags(PENAL_ES, "es", "PE").values():
        assert [tag.confidence for tag in own] == sorted((tag.confidence for tag in own), reverse=True)


def test_the_penalty_is_not_what_a_provision_is_about() -> None:
    assert "PRISON" not in {tag.concept for tag in tags(PENAL_ES, "es", "PE")["art. 185"]}


def test_a_name_of_another_country_is_no_tag() -> None:
    """``Robo`` is theft in Mexico alone."""
    text = "Artículo 367. Robo.- Comete el delito de robo el que se apodera de una cosa ajena. Se impondrá prisión."
    assert "THEFT" in {tag.concept for tag in tags(text, "es", "MX")["art. 367"]}
    assert "THEFT" not in {tag.concept for tag in tags(text, "es", "PE")["art. 367"]}


@pytest.mark.parametrize(("again", "tagged"), [("La prisión preventiva cesa al año.", True), ("", False)])
def test_a_name_behind_the_first_words_counts_if_it_is_repeated(again: str, tagged: bool) -> None:
    text = (
        "TÍTULO I\nMEDIDAS CAUTELARES\n\nArtículo 7. Cuando las demás medidas no basten para asegurar el proceso, el "
        f"juez puede ordenar la prisión preventiva. {again}\n"
    )
    assert ("PRETRIAL" in {tag.concept for tag in tags(text, "es", "PE")["art. 7"]}) == tagged


def test_a_conduct_confirms_the_most_probable_offence() -> None:
    text = (
        "Artículo 1. Actos.- El que convierte dinero, bienes, efectos o ganancias cuya procedencia ilícita conoce o "
        "debía presumir, con la finalidad de evitar la identificación de su origen, su incautación o decomiso, será "
        "reprimido con pena privativa de libertad.\n"
    )
    (tag,) = tags(text, "es", "PE")["art. 1"]
    assert (tag.concept, tag.by) == ("ML", "conduct")


@pytest.mark.parametrize("text", ["", "Artículo 1", "Artículo 1. " + "(" * 5000, "\x00\ud800 Artículo 2. Hurto.- "])
def test_odd_texts_do_no_harm(text: str) -> None:
    tags(text, "es", "PE")


def test_a_law_in_another_language_has_no_tags() -> None:
    assert tags("Artikel 1. Diebstahl.", "de", "DE") == {}


def test_a_letter_is_tagged_once_with_what_it_mentions() -> None:
    text = "Se investiga el delito de lavado de activos. El lavado de activos se denunció; se pide embargo preventivo."
    found = mentioned_concepts(find_concepts(text, words_of(text), "es", "PE"))
    assert [tag.concept for tag in found] == ["ML", "freezing"]
    assert text[found[0].start : found[0].end] == "lavado de activos"


def test_a_heading_that_names_two_things_names_both_though_a_word_of_one_never_means_the_other() -> None:
    law = """LEY

Artículo 3. Prevención de la trata de personas y del tráfico ilícito de migrantes.- El Estado toma medidas.

Artículo 4. Prevención de la trata de personas.- El Estado toma medidas.
"""
    found = {unit: {tag.concept for tag in own} for unit, own in tags(law, "es", "PE").items()}
    assert {"THB", "SOM"} <= found["art. 3"]
    assert "SOM" not in found["art. 4"]


def test_a_conduct_is_recognised_by_forms_that_have_another_stem_than_their_verb() -> None:
    words = "El que convierte o transfiere dinero, bienes, efectos o ganancias cuyo origen ilícito conoce"
    assert "ML" in dict(described_conduct(words, "es"))


def test_a_heading_that_joins_two_offences_names_both() -> None:
    law = """Code

Paragraphe 2 : De la corruption passive et du trafic d'influence commis par des personnes exerçant une fonction publique

Article 432-11

Est puni de dix ans d'emprisonnement le fait, par une personne dépositaire de l'autorité publique, de solliciter.
"""
    assert "CORR_PASS" in {tag.concept for tag in tags(law, "fr", "FR")["art. 432-11"]}


def test_the_closing_formula_of_a_law_is_about_nothing() -> None:
    law = """LEY CONTRA LA TRATA DE PERSONAS

Artículo 1.- Trata de personas.- El que capta a otro con fines de explotación será reprimido con prisión.

Comuníquese al señor Presidente de la República para su promulgación.
"""
    structure = find_structure(law, document_type="statute", language="es", jurisdiction="PE")
    tags = {unit.kind: {tag.concept for tag in own} for unit, own in subject_tags(law, structure, "es", "PE")}
    assert "THB" in tags["article"]
    assert not tags.get("closing")


@pytest.mark.parametrize(
    ("law", "language", "country", "has", "has_not"),
    [
        ("Art. 147. Quiconque aura porté publiquement un costume, un uniforme, une décoration ou d'autres insignes "
         "qui ne lui appartiennent pas sera puni d'une amende.", "fr", "LU", "UNIFORM", "ILLPROF"),
        ("Artículo 9.- Indulto.- No procede el indulto por secuestro, extorsión ni por traición a la patria "
         "o espionaje.", "es", "MX", "PARDON", "TREASON"),
        ("Article 12. - Quiconque entrave volontairement l'exercice d'un culte ou d'une cérémonie religieuse est puni "
         "d'un emprisonnement de six mois.", "fr", "MA", "RELIG", "PRISON"),
    ],
)  # fmt: skip
def test_a_conduct_without_its_name_is_tagged_and_a_mention_is_not(
    law: str, language: str, country: str, has: str, has_not: str
) -> None:
    (own,) = tags(law, language, country).values()
    found = {tag.concept for tag in own}
    assert has in found
    assert has_not not in found


@pytest.mark.parametrize(
    ("language", "country", "heading", "concept"),
    [
        ("en", "IE", "Grant of a firearm licence", "ARMLIC"),
        ("es", "ES", "Tarjeta de armas", "ARMLIC"),
        ("en", "IE", "Advance passenger information", "CARRIERDUTY"),
        ("es", "ES", "Información anticipada sobre pasajeros", "CARRIERDUTY"),
        ("pt", "PT", "Informação antecipada sobre passageiros", "CARRIERDUTY"),
        ("fr", "FR", "Renseignements préalables sur les passagers", "CARRIERDUTY"),
        ("en", "IE", "Curfew order", "RESIDBAN"),
        ("en", "IE", "Depositing of litter", "LITTER"),
        ("es", "PY", "Comprobación de cuentas", "AUDIT"),
        ("es", "ES", "Ayudas públicas a las víctimas", "STATECOMP"),
        ("es", "ES", "Registro de titularidades reales", "BENOWN"),
        ("en", "ZA", "Functions of curator bonis", "ASSETMAN"),
        ("fr", "LU", "Bureau de gestion des avoirs", "ASSETMAN"),
        ("pt", "PT", "Gabinete de recuperação de ativos", "asset_tracing"),
        ("en", "KE", "Summons for witness", "WITCOMPEL"),
        ("es", "ES", "Denuncia", "COMPLAINT"),
        ("es", "CO", "Abandono del puesto", "ABANDOFF"),
        ("es", "CL", "Violación de morada", "TRESP"),
        ("pt", "MZ", "Peculato mediante erro de outrem", "EMB"),
        ("fr", "SN", "Bris de clôture", "DAMAGE"),
        ("en", "KE", "Setting fire to crops", "ARSON"),
        ("en", "IE", "Service etc. of notices", "service_of_documents"),
        ("en", "IE", "Arrestable offences", "ARREST"),
        ("en", "IE", "Special intervention units", "POLCOOP"),
        ("en", "IE", "Protection from liability", "SAFEHARB"),
        ("en", "NG", "Scope of assistance", "MLA"),
        ("en", "IE", "Registration of virtual asset service providers", "FITPROP"),
        ("es", "UY", "Otras solicitudes de cooperación", "MLA"),
        ("es", "UY", "Solicitud de entrega de objetos", "EXTROBJ"),
        ("es", "PE", "Procedencia de los recursos", "APPEAL"),
        ("es", "AR", "Cumplimiento de condenas dictadas en el extranjero", "ENFFOR"),
        ("es", "AR", "Personas responsables del delito", "COMPLIC"),
        ("es", "CO", "Desplazamiento forzado de población civil", "FORCDISP"),
        ("pt", "PT", "Concurso de contraordenações", "CONCURR"),
        ("pt", "BR", "Cumprimento provisório da sentença", "CIVEXEC"),
        ("fr", "LU", "Facteurs aggravants", "AGGRAV"),
        ("fr", "BE", "Publicité des débats", "PUBLICITY"),
        ("en", "TZ", "Relevancy of facts in issue", "EVIDADM"),
        ("en", "TZ", "Relevancy of judgements", "EVIDADM"),
        ("en", "IE", "Offence to obstruct authorised officer", "OBSTINSP"),
        ("es", "ES", "Instrumentos de reconocimiento mutuo", "ENFFOR"),
        ("es", "PE", "Obstrucción a la inspección", "OBSTINSP"),
        ("pt", "PT", "Obstrução à fiscalização", "OBSTINSP"),
        ("fr", "LU", "Entrave au contrôle", "OBSTINSP"),
        ("es", "PE", "Formalidades para la obtención de la prueba", "FOREVID"),
        ("es", "UY", "Estado Parte del Estatuto de Roma", "ICCCOOP"),
        ("es", "PE", "Aplicación a procesos en trámite", "PROCTIME"),
        ("fr", "FR", "Régime disciplinaire et fautes disciplinaires des détenus", "PRISREG"),
        # names of other States, where none of the own State is in the heading
        ("fr", "LU", "De la concussion", "EXACT"),
        ("pt", "PT", "Perdão judicial", "DISCHARGE"),
    ],
)
def test_headings_with_names_of_permits_duties_and_orders(
    language: str, country: str, heading: str, concept: str
) -> None:
    label = {"en": "Section 1.", "fr": "Article 1", "es": "Artículo 1.", "pt": "Artigo 1.º"}[language]
    body = {"en": "It is as the Minister says.", "fr": "Il en est ainsi.", "es": "Es así.", "pt": "É assim."}[language]
    found = tags(f"{label} {heading}\n\n{body}\n", language, country)
    assert concept in {tag.concept for own in found.values() for tag in own}


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("ARTICULO 217. - Quedará eximido de pena el que revelare la conspiración a la autoridad.", "es", "DISCHARGE"),
        ("ARTICULO 7. - Si la víctima es menor, se aumentarán las penas. Se aumentarán las penas.", "es", "AGGRAV"),
        ("ARTICULO 8. - Las penas se aumentarán hasta en una mitad si hay parentesco.", "es", "AGGRAV"),
        ("Article 5\n\nSera exempt de peine celui qui a averti l'autorité.", "fr", "DISCHARGE"),
        ("Article 541\n\nLe tribunal le renvoie des fins de la poursuite.", "fr", "ACQUIT"),
    ],
)
def test_formulas_name_what_a_provision_is_about(text: str, language: str, concept: str) -> None:
    (own,) = tags(text, language, {"es": "AR", "fr": "FR"}[language]).values()
    assert concept in {tag.concept for tag in own}


@pytest.mark.parametrize(
    ("before", "behind", "language", "defines"),
    [
        ("", " est la soustraction de la chose d'autrui", "fr", True),
        ("si ", " estime que le fait est établi", "fr", False),
        ("", " es el apoderamiento", "es", True),
        ("", " establece", "es", False),
        ("", " issued by the court", "en", False),
    ],
)
def test_a_definition_has_a_whole_word_behind_the_name(before: str, behind: str, language: str, defines: bool) -> None:
    text = f"{before}name{behind}"
    assert is_definition(text, len(before), len(before) + 4, language) is defines


@pytest.mark.parametrize(
    ("text", "language", "heading"),
    [
        ("Artículo 173.- Denuncia. Cualquier persona podrá comunicar", "es", "Denuncia"),
        (
            "Artículo 128 bis.- Detención por cualquier tribunal. Todo tribunal podrá",
            "es",
            "Detención por cualquier tribunal",
        ),
        ("Art. 22. Liberté provisoire. La demande est faite", "fr", "Liberté provisoire"),
        ("12. Bail. The court may release", "en", "Bail"),
        ("Artigo 5.º Prisão preventiva. O juiz pode", "pt", "Prisão preventiva"),
        ("Artículo 364\n\n. Prueba testimonial Todo testigo que sea citado", "es", "Prueba testimonial"),
        ("Artigo 55.º\n\nConcurso de infrações 1 Se o mesmo facto", "pt", "Concurso de infrações"),
        ("Artículo 33\n\n. El Secretario será nombrado Si el órgano lo decide", "es", ""),
        ("Art. 422. Salvo o caso do art. 5 O juiz", "pt", ""),
        ("Article 5 Sans préjudice de l'article L. Toute personne", "fr", ""),
        ("Artículo 3.- La tentativa es punible. Cualquier persona podrá", "es", ""),
        ("12. The court may release him. Bail is granted", "en", ""),
        ("Art. 22. La demande est écrite. Elle est signée", "fr", ""),
        ("Sin número. Cualquier persona podrá", "es", ""),
    ],
)
def test_a_heading_in_the_line_of_the_text_is_no_sentence(text: str, language: str, heading: str) -> None:
    assert run_in_heading(text, language) == heading
