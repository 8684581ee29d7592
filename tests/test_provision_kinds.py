"""The kind of a provision, in four languages."""

from __future__ import annotations

import pytest

from nlp.elements.provision_kinds import ProvisionText, kind_of_provision


@pytest.mark.parametrize(
    ("kind", "language", "label", "heading", "body"),
    [
        ("front", "es", "preámbulo", "", "El Congreso ha dado la ley siguiente:"),
        ("front", "en", "Schedule 1", "", "Text of the Agreement"),
        ("gone", "pt", "art. 214", "", "(Revogado pela Lei nº 12.015, de 2009)"),
        ("gone", "es", "art. 213 ter", "", "(Artículo derogado por art. 1° de laLey N° 26.734B.O. 28/12/2011)"),
        ("gone", "es", "art. 153", "Trata de personas", "Reubicado al artículo 129-A mediante la Ley 31146."),
        ("amending", "es", "art. 1", "Modificación de los artículos 153 y 154", "Modifícanse los artículos 153 y 154:"),
        ("amending", "es", "art. 3", "", "Se reforma la fracción V del artículo 2 de la Ley:"),
        ("amending", "pt", "art. 24", "", "O art. 288 passa a vigorar com a seguinte redação:"),
        ("amending", "en", "s. 21", "Amendment of section 3 of Act of 1994", "Section 3 is amended:"),
        ("amending", "fr", "art. 7", "", "L'article 324-1 du code pénal est ainsi modifié :"),
        ("final", "es", "art. 52", "", "La presente ley entrará en vigor en sesenta días."),
        ("final", "pt", "art. 20", "", "Esta Lei entra em vigor na data de sua publicação."),
        ("final", "en", "s. 1", "Short title", "This Act may be cited as the Criminal Justice Act 2010."),
        ("definition", "es", "art. 4", "Definiciones", "A los efectos de esta ley se entiende por:"),
        ("definition", "pt", "art. 327", "", "Considera-se funcionário público quem exerce cargo."),
        ("definition", "en", "s. 2", "Interpretation", "In this Act, “child” means a person under 18."),
        ("scope", "es", "art. 1", "", "La presente Ley tiene por objeto la prevención."),
        ("scope", "pt", "art. 1º", "", "Esta Lei define organização criminosa."),
        (
            "institution", "es", "art. 6", "Acceso a la información",
            "La Secretaría Nacional estará facultada para solicitar informes a los obligados. Los funcionarios que "
            "violaran la reserva incurrirán en el delito establecido en el artículo 5 y serán castigados con prisión.",
        ),
        (
            "institution", "fr", "art. 9", "",
            "La commission peut demander tout document. Quiconque refuse de le remettre est puni d'un an de prison.",
        ),
        (
            "list", "es", "art. 3", "Delitos comprendidos",
            "Los delitos siguientes son de su competencia: 1) Homicidio, artículo 108. 2) Secuestro, artículo 152. "
            "3) Trata, artículo 153. 4) Robo, artículo 189. 5) Extorsión, artículo 200.",
        ),
        (
            "list", "fr", "art. 705", "",
            "Les tribunaux désignés sont compétents pour les infractions ci-après énumérées :\n1° L'escroquerie ;\n"
            "2° La publicité mensongère ;\n3° La fraude fiscale ;\n4° La banqueroute ;\n5° La contrefaçon.",
        ),
        (
            "list", "pt", "art. 4º", "",
            "O tribunal é competente para os crimes a seguir enumerados:\na) furto;\nb) roubo;\nc) burla;\nd) dano;\n"
            "e) fraude fiscal.",
        ),
        (
            "list", "en", "s. 9", "",
            "The Division has jurisdiction over the offences listed below:\n(a) theft;\n(b) fraud;\n(c) bribery;\n"
            "(d) forgery;\n(e) tax evasion.",
        ),
        (
            "list", "es", "art. 9", "",
            "El juzgado conocerá de los delitos que a continuación se enumeran:\na) hurto;\nb) robo;\nc) estafa;\n"
            "d) daños;\ne) defraudación tributaria.",
        ),
        (
            "list", "fr", "art. 706-73", "",
            "La procédure est applicable aux crimes et délits suivants : 1° Meurtre prévu par l'article 221-4 ; "
            "2° Torture prévue par l'article 222-4 ; 3° Trafic prévu aux articles 222-34 à 222-40.",
        ),
        ("institution", "es", "art. 4", "Secretaría Nacional", "La Secretaría dependerá de la Presidencia."),
        ("institution", "es", "art. 9", "", "La competencia del Instituto de Trasplantes es nacional."),
        ("institution", "pt", "art. 14", "", "Fica criado, no âmbito do Ministério, o Conselho."),
        ("institution", "pt", "art. 15", "", "São atribuições do Conselho: regular o transplante."),
        ("obliged", "es", "art. 21", "Conservación de registros", "Los sujetos obligados los conservarán."),
        ("obliged", "es", "art. 15", "", "Estarán sujetos a esta ley quienes cambien dinero, bajo pena de multa."),
        ("obliged", "en", "s. 55", "Keeping of records", "A designated person shall keep records."),
        ("procedure", "es", "art. 9", "", "El Ministerio Público de la Federación investigará las operaciones."),
        ("rule", "fr", "art. 225-4-7", "", "La tentative de ces délits est punie des mêmes peines."),
        ("rule", "pt", "art. 145", "", "Nos crimes previstos neste Capítulo somente se procede mediante queixa."),
        ("penalty", "es", "art. 129-B", "Formas agravadas", "La pena será no menor de doce años si:"),
        ("penalty", "fr", "art. 222-2", "", "L'infraction définie à l'article 222-1 est punie de vingt ans."),
        ("offence", "es", "art. 185", "Hurto", "El que se apodera de un bien será reprimido con prisión."),
        ("offence", "es", "art. 302", "", "Comete el delito de homicidio: el que priva de la vida a otro."),
        ("offence", "pt", "art. 155", "", "Subtrair coisa alheia:\n\nPena - reclusão, de um a quatro anos."),
        ("offence", "en", "s. 5", "", "A person who intercepts data shall be guilty of an offence."),
        ("offence", "fr", "art. 311-1", "", "Le vol est la soustraction frauduleuse de la chose d'autrui."),
        ("other", "de", "§ 1", "", "Wer eine fremde bewegliche Sache wegnimmt, wird bestraft."),
    ],
)  # fmt: skip
def test_kind_of_provision(kind: str, language: str, label: str, heading: str, body: str) -> None:
    assert kind_of_provision(ProvisionText(label, heading, (), body, language)) == kind


def test_a_provision_of_transitional_provisions_is_final() -> None:
    provision = ProvisionText("segundo", "", ("TRANSITORIOS",), "Los congresos de los estados tendrán un año.", "es")
    assert kind_of_provision(provision) == "final"
