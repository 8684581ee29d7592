"""A provision that does not name what an offence is about is not that offence."""

from __future__ import annotations

import pytest

from extraction.resource import load
from nlp.concepts.layer import LANGUAGES, concepts
from nlp.folding import fold
from nlp.provision_roles.essential_object import names_object


@pytest.mark.parametrize(
    ("code", "language", "text", "named"),
    [
        ("CORR_FOREIGN", "es", "El que ofrezca a un funcionario público una dádiva será castigado", False),
        ("CORR_FOREIGN", "es", "El que ofrezca a un funcionario público extranjero un beneficio", True),
        ("CORR_FOREIGN", "fr", "une personne dépositaire de l'autorité publique dans un État étranger", True),
        ("ARMS", "pt", "Importar, exportar, produzir ou vender drogas, sem autorização", False),
        ("ARMS", "pt", "Importar arma de fogo, acessório ou munição, sem autorização", True),
        ("SEXMIN", "en", "A person who recruits another person for the purpose of exploitation", False),
        ("SEXMIN", "es", "será reprimido con pena privativa de libertad no menor de seis ni mayor de ocho años", False),
        ("SEXMIN", "es", "el que realizare actos de carácter sexual con un menor de dieciséis años", True),
        ("TAX", "es", "Comete el delito de fraude el que engañando a uno alcanza un lucro indebido", False),
        ("TAX", "pt", "Suprimir ou reduzir tributo, ou contribuição social", True),
        ("ILLACC", "es", "El que sin el consentimiento de su poseedor accediere a un secreto comercial", False),
        ("WILDLIFE", "fr", "la détention d'espèces animales non domestiques", True),
        ("HOM", "es", "El que mate a otro", True),
        ("SOM", "es", "a quien promueva que una o más personas viajen con la finalidad de actos sexuales", False),
        ("SOM", "pt", "Promover, por qualquer meio, a entrada ilegal de estrangeiro em território nacional", True),
        ("CSAM", "pt", "divulgar fotografia ou vídeo que contenha cena de estupro ou de estupro de vulnerável", False),
        ("CSAM", "es", "almacene el material a que se refieren los párrafos anteriores", True),
        ("DRUG", "es", "La persona que sin autorización extraiga o comercialice recursos mineros", False),
        ("DRUG", "es", "El que suministrare las sustancias mencionadas en la presente ley", True),
        ("DRUG", "fr", "La cession ou l'offre illicites de stupéfiants", True),
        ("TERFIN", "es", "provea dinero para cometer un delito con la finalidad prevista en el artículo 12", True),
        ("TERFIN", "pt", "Receber ou investir recursos para os crimes previstos nesta Lei", True),
        ("OMISSION", "es", "El que asista al o a los agentes de la actividad delictiva para lograr provecho", False),
        ("PIMP", "es", "el que facilite la entrada o el tránsito irregular de personas", False),
        ("MEDCOUNT", "pt", "Fornecer substância medicinal em desacordo com receita médica", False),
        ("TERR", "es", "El que cree un estado de zozobra y terror en la población mediante extorsiones", False),
        ("BURGL", "pt", "Subtrair, para si ou para outrem, coisa alheia móvel", False),
        ("ROB", "es", "Comete el delito de robo el que se apodera de una cosa ajena mueble sin derecho", False),
        ("ROB", "es", "Robo agravado. La pena será no menor de doce años si el robo se comete de noche", True),
        ("ROB", "fr", "Le vol est puni de dix ans lorsqu'il est précédé ou accompagné de violences", True),
        ("ROB", "pt", "Subtrair coisa móvel alheia, mediante grave ameaça ou violência a pessoa", True),
        ("ROB", "en", "A person steals, and immediately before doing so uses force on any person", True),
        ("FEMIC", "fr", "Le fait de donner volontairement la mort à autrui constitue un meurtre", False),
        ("FEMIC", "pt", "Matar mulher por razões da condição do sexo feminino", True),
        ("FEMIC", "es", "El que mata a una mujer por su condición de tal", True),
        ("CURRENCY", "en", "A person who makes a counterfeit of a bank note", True),
    ],
)
def test_an_offence_names_its_object(code: str, language: str, text: str, named: bool) -> None:
    assert names_object(code, text, language) is named


def test_the_words_are_of_concepts_in_each_language_and_folded() -> None:
    listed = load("nlp.essential_objects")
    assert listed.keys() <= concepts().keys()
    assert all(set(words) == set(LANGUAGES) for words in listed.values())
    assert all(fold(written) == written for words in listed.values() for written in words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_a_concept_name_its_object(language: str) -> None:
    """At least a third of the names of an offence name its object: a provision with such a heading is not excluded."""
    for code in load("nlp.essential_objects"):
        labels = [label.text for label in concepts()[code].labels if label.language == language]
        named = [label for label in labels if names_object(code, label, language)]
        assert len(named) * 3 >= len(labels), (code, set(labels) - set(named))
