"""Penal provisions split into elements, clauses and figures; all texts are invented."""

# ruff: noqa: E501
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.comparison.table import ELEMENTS
from extraction.resource import load
from nlp.elements.clauses import clauses
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import provision_elements, split_elements, weighed

SPANISH = """Artículo 12. Blanqueo.

1. El que adquiera o transmita bienes, sabiendo que provienen de un delito, será castigado con prisión de seis meses a \
seis años y multa.

2. La pena se impondrá en su mitad superior cuando los hechos se cometan por una organización.

3. La tentativa se castigará con la misma pena.

4. Estará exento de pena quien denuncie los hechos a la autoridad.
"""
MEXICAN = """Artículo 9.- Se impondrá de dos a ocho años de prisión y de cien a mil días multa al que realice cualquiera de \
las siguientes conductas:

I. Oculte el origen de los recursos, cuando tenga conocimiento de que son producto de un delito, o

II. Transporte dinero.

Artículo adicionado DOF 01-01-2031.
"""
BRAZILIAN = """Art. 4º Ocultar a origem de bens, direitos ou valores.

Pena: reclusão, de 3 (três) a 10 (dez) anos, e multa.

§ 1º Incorre na mesma pena quem:

I - converte os bens em ativos lícitos;

II - recebe dinheiro sabendo da sua origem.

§ 2º A pena será aumentada de um a dois terços se o crime for cometido de forma habitual.
"""
IRISH = """7.—(1) A person commits an offence if—

(a) the person acquires or conceals property that is the proceeds of a crime, and

(b) the person knows or is reckless as to that fact.

(2) A person guilty of an offence under this section is liable—

(a) on summary conviction, to a fine not exceeding €5,000, or

(b) on conviction on indictment, to imprisonment for a term not exceeding 14 years.

(3) A person does not commit an offence under this section by making a report.
"""
FRENCH = """Article 12-1

Le recyclage est le fait de dissimuler l'origine des biens d'autrui en connaissance de cause.

Le recyclage est puni de cinq ans d'emprisonnement et de 375 000 euros d'amende.

Il est puni de dix ans d'emprisonnement :

1° Lorsqu'il est commis de façon habituelle ;

2° Lorsqu'il est commis en bande organisée.
"""
LAWS = [
    (
        SPANISH, "art. 12", "es", "ES",
        [
            ("subject", "El que", "art. 12.1"),
            ("conduct", "adquiera o transmita", "art. 12.1"),
            ("object", "bienes", "art. 12.1"),
            ("mental_element", "sabiendo que provienen de un delito", "art. 12.1"),
            ("penalty", "será castigado con prisión de seis meses a seis años y multa", "art. 12.1"),
            ("aggravation", "2. La pena se impondrá en su mitad superior cuando los hechos se cometan por una organización", "art. 12.2"),
            ("attempt", "3. La tentativa se castigará con la misma pena", "art. 12.3"),
            ("exemption", "4. Estará exento de pena quien denuncie los hechos a la autoridad", "art. 12.4"),
        ],
    ),
    (
        MEXICAN, "art. 9", "es", "MX",
        [
            ("penalty", "Se impondrá de dos a ocho años de prisión y de cien a mil días multa", "art. 9"),
            ("subject", "al que", "art. 9"),
            ("conduct", "Oculte", "art. 9 fracción I"),
            ("object", "el origen de los recursos", "art. 9 fracción I"),
            ("mental_element", "cuando tenga conocimiento de que son producto de un delito", "art. 9 fracción I"),
            ("conduct", "Transporte", "art. 9 fracción II"),
            ("object", "dinero", "art. 9 fracción II"),
        ],
    ),
    (
        BRAZILIAN, "art. 4º", "pt", "BR",
        [
            ("conduct", "Ocultar", "art. 4º"),
            ("object", "a origem de bens, direitos ou valores", "art. 4º"),
            ("penalty", "Pena: reclusão, de 3 (três) a 10 (dez) anos, e multa", "art. 4º"),
            ("penalty", "Incorre na mesma pena", "art. 4º § 1º"),
            ("subject", "quem", "art. 4º § 1º"),
            ("conduct", "converte", "art. 4º § 1º inciso I"),
            ("object", "os bens", "art. 4º § 1º inciso I"),
            ("conduct", "em ativos lícitos", "art. 4º § 1º inciso I"),
            ("conduct", "recebe", "art. 4º § 1º inciso II"),
            ("object", "dinheiro", "art. 4º § 1º inciso II"),
            ("mental_element", "sabendo da sua origem", "art. 4º § 1º inciso II"),
            ("aggravation", "§ 2º A pena será aumentada de um a dois terços se o crime for cometido de forma habitual", "art. 4º § 2º"),
        ],
    ),
    (
        IRISH, "s. 7", "en", "IE",
        [
            ("subject", "A person", "s. 7(1)"),
            ("subject", "the person", "s. 7(1)(a)"),
            ("conduct", "acquires or conceals", "s. 7(1)(a)"),
            ("object", "property that is the proceeds of a crime", "s. 7(1)(a)"),
            ("mental_element", "the person knows or is reckless as to that fact", "s. 7(1)(b)"),
            ("penalty", "(2) A person guilty of an offence under this section is liable", "s. 7(2)"),
            ("penalty", "(a) on summary conviction, to a fine not exceeding €5,000", "s. 7(2)(a)"),
            ("penalty", "(b) on conviction on indictment, to imprisonment for a term not exceeding 14 years", "s. 7(2)(b)"),
            ("exemption", "(3) A person does not commit an offence under this section by making a report", "s. 7(3)"),
        ],
    ),
    (
        FRENCH, "art. 12-1", "fr", "FR",
        [
            ("conduct", "dissimuler", "art. 12-1 alinéa 1"),
            ("object", "l'origine des biens d'autrui", "art. 12-1 alinéa 1"),
            ("mental_element", "en connaissance de cause", "art. 12-1 alinéa 1"),
            ("penalty", "Le recyclage est puni de cinq ans d'emprisonnement et de 375 000 euros d'amende", "art. 12-1 alinéa 2"),
            ("aggravation", "Il est puni de dix ans d'emprisonnement", "art. 12-1 alinéa 3"),
            ("aggravation", "1° Lorsqu'il est commis de façon habituelle", "art. 12-1 1°"),
            ("aggravation", "2° Lorsqu'il est commis en bande organisée", "art. 12-1 2°"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "language", "country", "expected"), LAWS, ids=[row[3] for row in LAWS])
def test_elements(text: str, label: str, language: str, country: str, expected: list[tuple[str, str, str]]) -> None:
    parts = provision_elements(text, label, language, country)
    assert [(part.element, text[part.start : part.end], part.label) for part in parts] == expected


def test_traits_and_reasons_are_where_the_text_shows_them() -> None:
    parts = provision_elements(SPANISH, "art. 12", "es", "ES")
    mental = next(part for part in parts if part.element == "mental_element")
    assert mental.why == ("cue:sabiendo",)
    assert [(trait.name, SPANISH[trait.start : trait.end]) for trait in mental.traits] == [("knowledge", "sabiendo")]
    conduct = next(part for part in parts if part.element == "conduct")
    assert [trait.name for trait in conduct.traits] == ["acquire", "transfer"]


def test_a_conditional_punishment_below_that_of_the_offence_mitigates_it() -> None:
    offence = "Artículo 1. El que venda drogas será castigado con prisión de cuatro a diez años."
    lighter = "Artículo 2. La pena será de prisión de uno a dos años cuando el valor sea escaso."
    alone = provision_elements(lighter, "art. 2", "es", "PE")
    assert [part.element for part in alone] == ["aggravation"]
    both = weighed([*provision_elements(offence, "art. 1", "es", "PE"), *alone])
    assert both[-1].element == "mitigation"


def test_where_an_offence_is_punished_by_degrees_alone_the_least_is_its_punishment() -> None:
    text = (
        "Artículo 5. Comete el delito de cohecho el que acepte dádivas.\n\n"
        "Cuando su valor no exceda de mil pesos, se impondrán de tres meses a dos años de prisión.\n\n"
        "Cuando su valor exceda de mil pesos, se impondrán de dos a catorce años de prisión.\n"
    )
    parts = provision_elements(text, "art. 5", "es", "MX")
    assert [part.element for part in parts if part.penalties] == ["penalty", "aggravation"]


READ = [
    (
        "Art. 9º Expor recém-nascido:\n\nPena - detenção, de seis meses a dois anos.\n\n§ 1º Se resulta a morte:\n\n"
        "Pena - detenção, de dois a seis anos.\n\n§ 2º Se o crime é culposo:\n\nPena - detenção, de um a três meses.\n",
        "art. 9º", "pt", "BR",
        ["conduct", "object", "penalty", "aggravation", "aggravation", "negligent_form", "negligent_form"],
    ),
    (
        "Art. 8º Ter em depósito bens roubados:\n\nPena - reclusão, de um a quatro anos, se o fato não constitui crime "
        "mais grave.\n",
        "art. 8º", "pt", "BR", ["conduct", "object", "penalty"],
    ),
    (
        "Artículo 7. Será reprimido con prisión de uno a dos años:\n\n1. El que profana una tumba.\n\n"
        "2. El que oculta un documento.\n",
        "art. 7", "es", "PE", ["penalty", "subject", "conduct", "object", "subject", "conduct", "object"],
    ),
    (
        "Artículo 6.- Se impondrá de uno a dos años de prisión al que:\n\nI.- Oculte drogas; Fracción reformada DOF "
        "01-02-2003 II.- Venda armas a sabiendas de su origen, y\n\nFracción reformada DOF 01-02-2003 En el caso de la "
        "fracción II, los jueces podrán imponer hasta seis años de prisión.\n",
        "art. 6", "es", "MX",
        ["penalty", "subject", "conduct", "object", "conduct", "object", "mental_element", "aggravation"],
    ),
    (
        "5.—(1) A trustee or other person who without reasonable excuse—\n\n(a) fails to comply with an order, or\n\n"
        "(b) conceals property,\n\nis guilty of an offence and liable—\n\n(i) on summary conviction, to a fine, or\n\n"
        "(ii) on conviction on indictment, to imprisonment for a term not exceeding 5 years.\n",
        "s. 5", "en", "IE",
        ["subject", "conduct", "conduct", "object", "conduct", "object", "penalty", "penalty", "penalty"],
    ),
    (
        "Article 4\n\nLorsque les faits sont commis en réunion, les peines sont portées à deux ans d'emprisonnement.\n\n"
        "Est puni des mêmes peines le fait de dissimuler des biens.\n",
        "art. 4", "fr", "FR", ["aggravation", "aggravation", "conduct", "object"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "label", "language", "country", "expected"), READ, ids=[row[4][0] + row[3] for row in READ]
)
def test_order_of_elements(text: str, label: str, language: str, country: str, expected: list[str]) -> None:
    assert [part.element for part in provision_elements(text, label, language, country)] == expected


OBJECTS = [
    ("es", "Será castigado con multa el que dé u ofrezca regalos o servicios a un inspector.", ["regalos o servicios"]),
    (
        "en",
        "A person who shall hide, feed or otherwise assist an escaped prisoner commits an offence.",
        ["an escaped prisoner"],
    ),
    (
        "en",
        "A person who shall hinder or attempt to hinder, by force or deceit, an inspector shall be guilty of a misdemeanour.",
        ["an inspector"],
    ),
    ("es", "El que adquiere, posee, guarda u oculta dinero o bienes será castigado con multa.", ["dinero o bienes"]),
    ("es", "El que se apodera de una cosa ajena será castigado con multa.", ["una cosa ajena"]),
    ("es", "El que con ánimo de lucro venda datos o los publique será castigado con multa.", ["datos"]),
    (
        "es",
        "El que, por sí o por medio de otro, exija valores o servicios será castigado con multa.",
        ["valores o servicios"],
    ),
    ("pt", "Ter em depósito coisa alheia:\n\nPena - multa.", ["coisa alheia"]),
    ("pt", "Atentar contra a vida ou a liberdade de pessoa:\n\nPena - multa.", ["a vida ou a liberdade de pessoa"]),
    (
        "en",
        "A person who sells a child, or offers a weapon to another, is guilty of an offence.",
        ["a child", "a weapon"],
    ),
    (
        "fr",
        "Le fait de fournir à une entreprise ou à ses agents les moyens de fuir est puni d'une amende.",
        ["les moyens de fuir"],
    ),
    (
        "fr",
        "Le fait, par un majeur, de tirer profit de la dette d'autrui est puni d'une amende.",
        ["profit de la dette d'autrui"],
    ),
    (
        "es",
        "El que inflija a una persona dolores o sufrimientos graves será castigado con multa.",
        ["una persona dolores o sufrimientos graves"],
    ),
    ("es", "El que causare a otro la pérdida de un órgano será castigado con multa.", ["otro la pérdida de un órgano"]),
    ("es", "El que desempeñando un cargo cometiera una vejación será castigado con multa.", ["una vejación"]),
    (
        "es",
        "El que haga uso de bienes embargados por la autoridad sin estar autorizado será castigado con multa.",
        ["bienes embargados por la autoridad"],
    ),
    ("es", "El que diere aviso inmediatamente a la autoridad será castigado con multa.", ["aviso"]),
    ("pt", "Praticar contra alguém e sem a sua anuência ato ofensivo:\n\nPena - multa.", ["ato ofensivo"]),
    ("pt", "Apropriar-se o funcionário público de dinheiro alheio:\n\nPena - multa.", ["dinheiro alheio"]),
    (
        "fr",
        "Quiconque aura sciemment livré ou communiqué des plans ou des documents sera puni d'une amende.",
        ["des plans ou des documents"],
    ),
    ("fr", "La violation d'un tombeau est punie d'une amende.", ["un tombeau"]),
    (
        "en",
        "A person who intercepts any transmission (other than a public one) of data is guilty of an offence.",
        ["any transmission (other than a public one) of data"],
    ),
]

OFFENDERS = [
    (
        "fr",
        "Tout agent, tout préposé, qui a ordonné l'emploi de la troupe est puni de cinq ans d'emprisonnement.",
        ["Tout agent, tout préposé"],
    ),
    (
        "fr",
        "Est puni d'une amende, tout gardien de chevaux ou toute personne qui laisse ses bêtes sur la voie publique.",
        ["tout gardien de chevaux ou toute personne"],
    ),
    (
        "es",
        "Serán sancionados con prisión de uno a tres años los consejeros, gerentes o empleados de la sociedad que oculten "
        "sus libros.",
        ["los consejeros, gerentes o empleados de la sociedad"],
    ),
    (
        "es",
        "Se impondrá de uno a tres años de prisión y multa a los servidores públicos del registro que alteren sus datos.",
        ["a los servidores públicos del registro"],
    ),
    (
        "fr",
        "Est puni d'un an d'emprisonnement tout capitaine d'un navire, tout pilote ou tout matelot qui abandonne son poste.",
        ["tout capitaine d'un navire, tout pilote ou tout matelot"],
    ),
    (
        "es",
        "El súbdito de una nación en guerra, que violare un decreto, sufrirá la pena de reclusión de un año.",
        ["El súbdito de una nación en guerra"],
    ),
    (
        "es",
        "El reo de secuestro que no dé razón del detenido será castigado con prisión de un año.",
        ["El reo de secuestro"],
    ),
    (
        "es",
        "El que presta un servicio y/o el que conduce un vehículo será castigado con prisión de un año.",
        [
            "El que",
            "el que",
        ],
    ),
    ("pt", "Apropriar-se o funcionário público de dinheiro alheio:\n\nPena - multa.", ["o funcionário público"]),
    (
        "fr",
        "Les membres d'un corps qui se seront immiscés dans un procès seront punis d'une amende.",
        ["Les membres d'un corps"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), OFFENDERS)
def test_an_offender_is_a_whole_noun_phrase(language: str, text: str, expected: list[str]) -> None:
    heading = {"es": "Artículo 1. ", "pt": "Art. 1. ", "fr": "Article 1\n\n"}[language]
    parts = provision_elements(heading + text, "art. 1", language)
    assert [(heading + text)[part.start : part.end] for part in parts if part.element == "subject"] == expected


def test_a_note_of_the_official_edition_and_a_reserve_are_no_element() -> None:
    text = "Art. 1. Quiconque aura caché un mineur sera puni d'une amende. <L 2001-01-02/03, art. 4, En vigueur : 01-02-2001>"
    assert not any(
        "En vigueur" in text[part.start : part.end] for part in provision_elements(text, "art. 1", "fr", "BE")
    )
    text = "Artículo 1. Será reprimido con prisión de un año, si no resultare otro delito más grave, el que dañare un bien."
    assert {part.element for part in provision_elements(text, "art. 1", "es", "AR")} == {
        "penalty",
        "subject",
        "conduct",
        "object",
    }


@pytest.mark.parametrize(("language", "text", "expected"), OBJECTS)
def test_an_object_is_a_whole_noun_phrase(language: str, text: str, expected: list[str]) -> None:
    heading = {"es": "Artículo 1. ", "pt": "Art. 1. ", "en": "1. Title\n\n1. (1) ", "fr": "Article 1\n\n"}[language]
    parts = provision_elements(heading + text, "s. 1" if language == "en" else "art. 1", language)
    assert [(heading + text)[part.start : part.end] for part in parts if part.element == "object"] == expected


ACTED_ON = [
    (
        "El que se asienta, depreda o el que, sin autorización, explora, excava o remueve monumentos arqueológicos, sin "
        "importar la relación de derecho real que ostente sobre el terreno, será reprimido con prisión de tres años.",
        ["monumentos arqueológicos"],
    ),
    (
        "El que excava o remueve monumentos, cualquiera sea la relación de derecho real que ostente sobre el terreno, "
        "será reprimido con prisión de tres años.",
        ["monumentos"],
    ),
    (
        "El que extrae del país o comercializa bienes del patrimonio, o no los retorna de conformidad con la "
        "autorización que le fue concedida, será reprimido con prisión de tres años.",
        ["bienes del patrimonio"],
    ),
    (
        "Al que fabrique equipos que bloqueen, cancelen o anulen las señales de telefonía celular se le impondrán tres "
        "años de prisión.",
        ["equipos que bloqueen, cancelen o anulen las señales de telefonía celular"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ACTED_ON)
def test_an_object_is_what_the_verbs_act_on(text: str, expected: list[str]) -> None:
    parts = provision_elements(text, "art. 1", "es", "PE")
    assert [text[part.start : part.end] for part in parts if part.element == "object"] == expected


def test_every_element_is_one_of_a_comparison() -> None:
    assert set(load("nlp.provision_elements")["traits"]) <= set(ELEMENTS)


ODD = ("", "(", "§ 1º", "x" * 300, "1. 1. 1.", ":", "\u00a0")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*SPANISH.split("\n"), *IRISH.split("\n"), *ODD]), max_size=12),
    st.sampled_from(["es", "pt", "en", "fr", "de", ""]),
)
def test_parts_of_any_text_are_in_order_and_do_not_overlap(lines: list[str], language: str) -> None:
    text = "\n".join(lines)
    parts = provision_elements(text, "art. 12", language, "ES")
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(before.end <= after.start for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("language", "country", "text", "penalties"),
    [
        (
            "es",
            "AR",
            "ARTICULO 216. - Será reprimido con\n\nprisión de uno a ocho años, el que tomare parte en\n\nuna asociación de dos o más\n\npersonas.",
            [("imprisonment", 12, 96)],
        ),
        (
            "en",
            "IE",
            "5. A person guilty of an offence under this section shall be liable on conviction on indictment— (a) to "
            "imprisonment for life or a lesser term, and (b) at the discretion of the court, to a fine.",
            [("imprisonment", None, None), ("fine", None, None)],
        ),
        (
            "fr",
            "LU",
            "Art. 238. Les juges qui, lorsqu'un conflit est soulevé, auront procédé au jugement seront punis d'une amende "
            "de 251 euros à 5.000 euros.",
            [("fine", 251, 5000)],
        ),
        (
            "fr",
            "LU",
            "Art. 238. Quiconque aura exposé l'Etat à des hostilités sera puni de la réclusion de cinq à dix ans, et si des "
            "hostilités s'en sont suivies, de la réclusion de dix à quinze ans.",
            [("imprisonment", 60, 120)],
        ),
        (
            "es",
            "AR",
            "ARTICULO 216. - Será reprimido con\n\nprisión de un mes a un año, si el hecho no importare un delito más\n\n"
            "severamente penado, el que arrojare piedras contra un tren.",
            [("imprisonment", 1, 12)],
        ),
    ],
    ids=[
        "lines broken within sentences",
        "items",
        "a condition within the conduct",
        "a condition between two punishments",
        "unless another offence is graver",
    ],
)
def test_the_whole_penalty_of_an_offence(
    language: str, country: str, text: str, penalties: list[tuple[str, float | None, float | None]]
) -> None:
    label = {"es": "art. 216", "en": "s. 5", "fr": "art. 238"}[language]
    parts = provision_elements(text, label, language, country)
    found = [one for part in parts if part.element == "penalty" for one in part.penalties]
    assert [(one.kind, one.least, one.most) for one in found] == penalties


WHOLE_PHRASES = [
    (
        "pt",
        "Art. 1. Constranger alguém, com o intuito de obter vantagem, a fazer alguma coisa:\n\nPena - reclusão, de um a dois anos.",
        [("conduct", "Constranger"), ("object", "alguém"), ("conduct", "a fazer alguma coisa")],
    ),
    (
        "es",
        "Artículo 1. Se impondrá prisión de un año al que cometa el delito de homicidio o algún acto contra la libertad "
        "de un juez que esté protegido.",
        [
            ("conduct", "cometa"),
            ("object", "el delito de homicidio o algún acto"),
            ("conduct", "contra la libertad de un juez que esté protegido"),
        ],
    ),
    (
        "pt",
        "Art. 1. Promover, por qualquer meio, com o fim de obter vantagem econômica, a entrada ilegal de estrangeiro:\n\n"
        "Pena - reclusão, de dois a cinco anos.",
        [("conduct", "Promover, por qualquer meio"), ("object", "a entrada ilegal de estrangeiro")],
    ),
    (
        "es",
        "Artículo 1. El no casado que, a sabiendas, contrae matrimonio con persona casada, será reprimido con prisión.",
        [("conduct", "contrae"), ("object", "matrimonio"), ("conduct", "con persona casada")],
    ),
    (
        "fr",
        "Article 1\n\nLe fait de détenir sciemment ou de séquestrer une personne est puni de cinq ans d'emprisonnement.",
        [("conduct", "détenir"), ("conduct", "ou de séquestrer"), ("object", "une personne")],
    ),
    (
        "es",
        "Artículo 1. El que constituya o integre una unión de dos o más personas será castigado con prisión de un año.",
        [("conduct", "constituya o integre"), ("object", "una unión de dos o más personas")],
    ),
    (
        "es",
        "Artículo 1. Comete el delito de tráfico de influencia el que promueva la tramitación de un negocio público.",
        [("conduct", "promueva"), ("object", "la tramitación de un negocio público")],
    ),
    (
        "pt",
        "Art. 1. Associarem-se três ou mais pessoas, para o fim específico de cometer crimes:\n\nPena - reclusão, de 1 a 3 anos.",
        [("conduct", "Associarem-se")],
    ),
    (
        "en",
        "1. Corruption\n\n1. (1) A person who, either directly or indirectly, by himself or herself or with another person—"
        "\n\n(a) corruptly offers a gift,\n\nshall be guilty of an offence.",
        [
            ("conduct", "either directly or indirectly, by himself or herself or with another person"),
            ("conduct", "corruptly offers"),
            ("object", "a gift"),
        ],
    ),
    (
        "es",
        "Artículo 1. El que induzca a otro al suicidio, o le preste una ayuda efectiva, incurrirá en prisión de un año.",
        [
            ("conduct", "induzca a"),
            ("object", "otro"),
            ("conduct", "al suicidio, o le preste"),
            ("object", "una ayuda efectiva"),
        ],
    ),
    (
        "fr",
        "Article 1\n\nEst puni d'un an d'emprisonnement le fait, pour toute personne, de mettre obstacle à une mission.",
        [("conduct", "mettre obstacle à"), ("object", "une mission")],
    ),
    (
        "es",
        "Artículo 1. Se considera como abuso de confianza y se sancionará con prisión de un año a quien oculte un bien.",
        [("conduct", "oculte"), ("object", "un bien")],
    ),
]


def test_a_purpose_goes_on_behind_a_participle_between_commas() -> None:
    text = (
        "Article 1\n\nLe fait de former un groupe en vue de la préparation, caractérisée par un fait matériel, de "
        "violences contre les personnes est puni d'un an d'emprisonnement."
    )
    parts = provision_elements(text, "art. 1", "fr", "FR")
    purposes = [text[part.start : part.end] for part in parts if part.element == "mental_element"]
    assert purposes == [
        "en vue de la préparation, caractérisée par un fait matériel, de violences contre les personnes"
    ]


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    WHOLE_PHRASES,
    ids=[
        "what is demanded",
        "called by its name",
        "object behind a purpose",
        "adverb",
        "second verb",
        "object",
        "name",
        "plural",
        "open clause",
        "pronoun before a verb",
        "short verb",
        "named and punished in one sentence",
    ],
)
def test_conduct_and_object_are_whole_phrases(language: str, text: str, phrases: list[tuple[str, str]]) -> None:
    label = "s. 1" if language == "en" else "art. 1"
    parts = provision_elements(text, label, language, {"es": "ES", "pt": "BR", "en": "IE", "fr": "FR"}[language])
    reported = [(part.element, text[part.start : part.end]) for part in parts if part.element in ("conduct", "object")]
    assert reported == phrases


@pytest.mark.parametrize(
    ("language", "label", "text", "absent"),
    [
        (
            "pt",
            "art. 2",
            "Art. 2. Integrar organização criminosa:\n\nPena - reclusão, de 3 a 8 anos.\n\n§ 5º Se houver indícios de que "
            "o funcionário integra organização criminosa, poderá o juiz afastá-lo.",
            "indícios",
        ),
        (
            "es",
            "art. 5",
            "Artículo 5. Se impondrá inhabilitación para desempeñar empleo en personas morales hasta por cinco años.",
            "personas morales",
        ),
        (
            "en",
            "s. 2",
            "2. Sale\n\n2. (1) A person who sells a child shall be guilty of an offence.",
            "guilty",
        ),
    ],
    ids=["procedure in a paragraph", "a place, not an offender", "what it is called"],
)
def test_what_is_no_conduct_nor_offender(language: str, label: str, text: str, absent: str) -> None:
    parts = provision_elements(text, label, language, {"es": "MX", "pt": "BR", "en": "IE"}[language])
    reported = [text[part.start : part.end] for part in parts if part.element in ("conduct", "object", "legal_persons")]
    assert not any(absent in one for one in reported)


def test_a_condition_that_punishes_nothing_is_no_conduct() -> None:
    text = "Art. 1 Se houver indícios de que o funcionário integra organização criminosa, poderá o juiz afastá-lo do cargo."
    assert {part.element for part in provision_elements(text, "art. 1", "pt", "BR")} == {"other"}


def test_a_condition_before_the_penalty_without_one_does_not_mitigate() -> None:
    text = (
        "Artículo 297. La pena será de prisión de quince a veinticinco años cuando el agente sea funcionario.\n\n"
        "El que actúe como jefe será castigado con prisión de veinticinco a treinta años."
    )
    elements = [part.element for part in provision_elements(text, "art. 297", "es", "PE") if part.penalties]
    assert elements == ["aggravation", "penalty"]


def test_the_penalty_of_an_offence_beside_weighs_an_aggravation() -> None:
    text = "Artículo 2. La pena será de prisión de uno a dos años cuando el valor sea escaso."
    parts = split_elements(text, "art. 2", "es", "PE")
    assert [part.element for part in weighed(parts, (120, 48))] == ["mitigation"]
    assert [part.element for part in weighed(parts, (12, 6))] == ["aggravation"]


@pytest.mark.parametrize("end", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("penalty", "rest", "language"),
    [
        (
            "será reprimido con prisión de TRES{}(3) a SEIS (6) años",
            "El que captare personas dentro o{}fuera del país, con engaño, ",
            "es",
        ),
        (
            "será reprimido con prisión de tres{}(3) años a seis (6) años",
            "El que captare personas dentro o{}fuera del país, con engaño, ",
            "es",
        ),
        ("será punido com prisão de dois{}(2) a quatro (4) anos", "Quem ocultar bens ", "pt"),
        ("est puni d'un emprisonnement de deux{}(2) à cinq (5) ans", "Quiconque dissimule un bien ", "fr"),
    ],
)
def test_an_amount_in_words_and_figures_at_a_line_end_is_no_item(
    penalty: str, rest: str, language: str, end: str
) -> None:
    text = f"Artículo 9: {rest.format(end)}{penalty.format(end)}."
    (part,) = [part for part in provision_elements(text, "art. 9", language) if part.element == "penalty"]
    assert text[part.start : part.end].endswith(("años", "anos", "ans"))
    assert part.penalties[0].least in (24, 36)


@pytest.mark.parametrize(
    ("text", "label", "language", "jurisdiction"),
    [
        (
            "Artículo 145 bis: El que captare a personas mediante engaño será reprimido con prisión de TRES (3) a "
            "SEIS (6) años.\n\nLa pena será de CUATRO (4) a DIEZ (10) años de prisión cuando:\n\n1. El autor fuere cónyuge.",
            "art. 145 bis", "es", "AR",
        ),
        (
            "Art. 9º. Quem ocultar bens será punido com reclusão de dois a quatro anos.\n\n"
            "A pena é de reclusão de três a seis anos quando o agente for funcionário público.",
            "art. 9", "pt", "BR",
        ),
        (
            "Article 9. Quiconque dissimule un bien est puni d'un emprisonnement de deux ans.\n\n"
            "La peine est de cinq ans d'emprisonnement lorsque l'auteur est fonctionnaire.",
            "art. 9", "fr", "HT",
        ),
    ],
)  # fmt: skip
def test_a_penalty_raised_in_an_article_with_its_own_offence_aggravates_beside_a_graver_offence(
    text: str, label: str, language: str, jurisdiction: str
) -> None:
    parts = split_elements(text, label, language, jurisdiction)
    elements = {part.element for part in weighed(parts, (180, 120))}
    assert "aggravation" in elements
    assert "mitigation" not in elements


PENALTIES = [
    ("prisión de seis meses a seis años y multa", "es", "ES", [("imprisonment", 6, 72, "month"), ("fine", None, None, "")]),
    ("pena privativa de la libertad no menor de ocho ni mayor de quince años", "es", "PE", [("imprisonment", 96, 180, "month")]),
    ("prisión no inferior a dos años ni superior a cuatro", "es", "ES", [("imprisonment", 24, 48, "month")]),
    ("doce meses de prisión a seis años de penitenciaría", "es", "UY", [("imprisonment", 12, 72, "month")]),
    ("de mil a cinco mil días multa", "es", "MX", [("day_fine", 1000, 5000, "day")]),
    ("inhabilitación de cinco a veinte años y prisión de un año", "es", "PE", [("disqualification", 60, 240, "month"), ("imprisonment", 12, 12, "month")]),
    ("multa de 20 UR a 10.000 UR", "es", "UY", [("fine", 20, 10000, "UR")]),
    ("prisión permanente revisable", "es", "ES", [("imprisonment", None, None, "life")]),
    ("reclusão, de 3 (três) a 10 (dez) anos", "pt", "BR", [("imprisonment", 36, 120, "month")]),
    ("é punido com pena de prisão até doze anos", "pt", "PT", [("imprisonment", None, 144, "month")]),
    ("cinq ans d'emprisonnement et 375 000 euros d'amende", "fr", "FR", [("imprisonment", None, 60, "month"), ("fine", None, 375000, "EUR")]),
    ("imprisonment for a term not exceeding 14 years", "en", "IE", [("imprisonment", None, 168, "month")]),
    ("liable to imprisonment for life", "en", "JM", [("imprisonment", None, None, "life")]),
    ("La pena será privativa de la libertad no menor de veinticinco años", "es", "PE", [("imprisonment", 300, None, "month")]),
    ("A pena será aumentada de um a dois terços", "pt", "BR", []),
    ("La pena será no menor de treinta años cuando la víctima muera", "es", "PE", [("imprisonment", 360, None, "month")]),
    ("no menor de quince ni mayor de venticinco años de prisión", "es", "PE", [("imprisonment", 180, 300, "month")]),
    ("con fines de lucro, prisión de uno a dos años", "es", "PE", [("imprisonment", 12, 24, "month")]),
    ("de 5 a 15 años de prisión y de un mil a 20 mil días multa", "es", "MX", [("imprisonment", 60, 180, "month"), ("day_fine", 1000, 20000, "day")]),
    ("multa de cien a dos mil pesos", "es", "MX", [("fine", 100, 2000, "MXN")]),
    ("multa de cuatrocientas a mil doscientas veces el valor diario de la Unidad de Medida y Actualización", "es", "MX", [("fine", 400, 1200, "UMA")]),
    ("si el valor excede de quinientas veces el valor diario de la Unidad de Medida y Actualización", "es", "MX", []),
    ("de treinta a ciento ochenta jornadas de trabajo en favor de la comunidad", "es", "MX", [("community_service", 30, 180, "day")]),
    ("con ciento ochenta a trescientos sesenticinco días-multa", "es", "PE", [("day_fine", 180, 365, "day")]),
    ("prestación de servicio comunitario de cincuentidós a ciento cuatro jornadas", "es", "PE", [("community_service", 52, 104, "day")]),
    ("prisión de seis\n\nmeses a tres\n\naños", "es", "AR", [("imprisonment", 6, 36, "month")]),
    ("si la cuantía de lo sustraído excediese de 400 euros", "es", "ES", []),
    ("multa de veinte y seis punto sesenta y seis (26.66) a ciento cincuenta (150) salarios mínimos legales", "es", "CO", [("fine", 26.66, 150, "SMMLV")]),
    ("multa de dos mil seiscientos sesenta y seis (2.666.66) a seis mil (6.000) salarios mínimos legales", "es", "CO", [("fine", 2666.66, 6000, "SMMLV")]),
    ("prisión de seis meses a tres años y seis meses o multa de doce a veinticuatro meses", "es", "ES", [("imprisonment", 6, 42, "month"), ("day_fine", 360, 720, "day")]),
    ("une amende de cinq cents euros à vingt-cinq mille euros", "fr", "BE", [("fine", 500, 25000, "EUR")]),
    ("la réclusion à vie", "fr", "LU", [("imprisonment", None, None, "life")]),
    ("privación de los derechos de familia", "es", "MX", [("disqualification", None, None, "")]),
    ("la réclusion de cinq à dix ans", "fr", "LU", [("imprisonment", 60, 120, "month")]),
    ("une amende de 251 euros à 5.000 euros", "fr", "LU", [("fine", 251, 5000, "EUR")]),
    ("une amende de vingt-six [euros] à trois cents [euros]", "fr", "BE", [("fine", 26, 300, "EUR")]),
    ("puni de l'amende prévue pour les contraventions de la 5e classe", "fr", "FR", [("fine", None, 1500, "EUR")]),
    ("on summary conviction, to a class C fine", "en", "IE", [("fine", None, 2500, "EUR")]),
    ("to a fine not exceeding level 4 on the standard scale", "en", "GB", [("fine", None, 2500, "GBP")]),
    ("to a fine not exceeding€100,000", "en", "IE", [("fine", None, 100000, "EUR")]),
    ("multa de PESOS DIEZ MIL ($ 10.000) a PESOS DOSCIENTOS MIL ($ 200.000)", "es", "AR", [("fine", 10000, 200000, "ARS")]),
    ("une amende de 10.000 à 50.000 euros", "fr", "LU", [("fine", 10000, 50000, "EUR")]),
    ("inhabilitación especial para ejercer cualquier profesión sanitaria, o para prestar servicios de toda índole en "
     "clínicas, establecimientos o consultorios, por tiempo de tres a diez años", "es", "ES", [("disqualification", 36, 120, "month")]),
    ("detenção, de um a dois anos, ou, se resulta morte, de dois a quatro anos", "pt", "BR", [("imprisonment", 12, 24, "month"), ("imprisonment", 24, 48, "month")]),
    ("puni de trois ans d'emprisonnement et de 45 000 € d'amende lorsque ces faits ont causé une incapacité totale de travail "
     "inférieure ou égale à huit jours", "fr", "FR", [("imprisonment", None, 36, "month"), ("fine", None, 45000, "EUR")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "country", "expected"), PENALTIES, ids=[row[0][:40] for row in PENALTIES])
def test_penalties(text: str, language: str, country: str, expected: list[tuple[object, ...]]) -> None:
    found = find_penalties(text, language, country)
    kinds = [(one.kind, one.least, one.most, one.unit) for one in found]
    if not any(kind == "fine" for kind, *_ in expected):
        kinds = [one for one in kinds if one[:2] != ("fine", None) or one[2] is not None]
    assert kinds == expected


def test_items_know_the_clause_that_they_continue_from() -> None:
    found = clauses(IRISH, "s. 7", "en", "IE")
    assert [clause.lead for clause in found[:3]] == [-1, 0, 0]
    assert found[1].label == "s. 7(1)(a)"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("siempre que la conducta no constituya delito sancionado con pena mayor", False),
        ("si el hecho no constituye delito más grave", False),
        ("salvo que obre por orden superior, caso en que no constituye delito", True),
    ],
)
def test_a_rule_on_graver_offences_is_no_exemption(condition: str, expected: bool) -> None:
    text = f"Artículo 7. El que adquiera bienes robados incurrirá en prisión de cuatro a doce años, {condition}."
    elements = {part.element for part in provision_elements(text, "art. 7", "es", "CO")}
    assert ("exemption" in elements) is expected
    assert ("penalty" in elements) is not expected


CONJUNCTIONS = [
    (
        "es",
        "Artículo 5. El que oculte dinero, o bien, a sabiendas, lo transfiera, será castigado con prisión.",
        ["dinero"],
    ),
    ("es", "Artículo 5. El que oculte o bien transforme dinero será castigado con prisión.", ["dinero"]),
    (
        "es",
        "Artículo 5. El que adquiera un bien mueble o bienes raíces será castigado con prisión.",
        ["un bien mueble o bienes raíces"],
    ),
    (
        "es",
        "Artículo 5. El que inutilice un documento, si bien no obtenga provecho, será castigado con prisión.",
        ["un documento"],
    ),
    ("fr", "Art. 5. Quiconque dissimule ou bien convertit des sommes est puni d'un emprisonnement.", ["des sommes"]),
    ("fr", "Art. 5. Quiconque dissimule un bien est puni d'un emprisonnement.", ["un bien"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CONJUNCTIONS)
def test_a_conjunction_is_no_property(language: str, text: str, expected: list[str]) -> None:
    parts = split_elements(text, "art. 5", language)
    assert [text[part.start : part.end] for part in parts if part.element == "object"] == expected


KNOWLEDGE = [
    ("es", "Artículo 8. El que use bienes, cuando al recibirlos ha conocido su origen ilícito, será castigado con prisión.", "cuando al recibirlos ha conocido su origen ilícito"),
    ("es", "Artículo 8. El que reciba bienes, si conocía su origen ilícito, será castigado con prisión.", "si conocía su origen ilícito"),
    ("pt", "Artigo 8.º\n\nQuem receber bens, quando tenha conhecido a sua origem, é punido com pena de prisão até 5 anos.", "quando tenha conhecido a sua origem"),
    ("fr", "Art. 8. Quiconque reçoit des biens dont il connaissait l'origine illicite est puni d'un emprisonnement.", "dont il connaissait l'origine illicite"),
    ("fr", "Art. 8. Quiconque reçoit des biens, alors qu'il en connaissait l'origine, est puni d'un emprisonnement.", "alors qu'il en connaissait l'origine"),
    ("en", "8. A person who receives property, where he knew that it was stolen, commits an offence and is liable to a fine.", "where he knew that it was stolen"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), KNOWLEDGE)
def test_knowledge_at_a_time_is_a_mental_element(language: str, text: str, expected: str) -> None:
    label = "s. 8" if language == "en" else "art. 8"
    parts = split_elements(text, label, language)
    assert [text[part.start : part.end] for part in parts if part.element == "mental_element"] == [expected]


SAME_PENALTY = [
    ("es", "Artículo 10. El que reciba dinero será castigado con prisión de dos a cuatro años. ", "La misma pena se impondrá cuando el dinero se entregue a un tercero.", "penalty"),
    ("es", "Artículo 10. El que reciba dinero será castigado con prisión de dos a cuatro años. ", "Si el dinero proviene de un hecho cometido en el extranjero, se aplicará la misma pena.", "penalty"),
    ("es", "Artículo 10. El que reciba dinero será castigado con prisión de dos a cuatro años. ", "Si el dinero se entrega a un tercero, se impondrá la misma pena y además multa de cien días.", "aggravation"),
    ("es", "Artículo 10. El que reciba dinero será castigado con prisión de dos a cuatro años. ", "Si el hecho fuere grave, la pena será de seis a diez años.", "aggravation"),
    ("pt", "Artigo 10.º\n\n1 - Quem receber dinheiro é punido com pena de prisão de 1 a 5 anos.\n\n", "2 - A mesma pena é aplicável se o dinheiro for entregue a terceiro.", "penalty"),
    ("fr", "Art. 10. Quiconque détourne des fonds est puni de deux ans d'emprisonnement. ", "Les mêmes peines sont applicables lorsque les fonds ont été remis à un tiers.", "penalty"),
    ("fr", "Art. 10. Quiconque détourne des fonds est puni de deux ans d'emprisonnement. ", "Lorsque le fait est commis en bande, la peine est portée à dix ans.", "aggravation"),
    ("en", "10. (1) A person who conceals property commits an offence and is liable to imprisonment for 5 years. ", "(2) The same penalty applies where the property is held by another person.", "penalty"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "offence", "further", "expected"), SAME_PENALTY)
def test_another_case_with_the_same_penalty_is_no_aggravation(
    language: str, offence: str, further: str, expected: str
) -> None:
    text = offence + further
    parts = provision_elements(text, "s. 10" if language == "en" else "art. 10", language)
    assert [part.element for part in parts if part.start >= len(offence)] == [expected]


def test_who_commits_the_same_offence_too_is_an_offender() -> None:
    text = "Artículo 1. Los que fabriquen drogas serán castigados con presidio.\n\nIncurren también en este delito, quienes tengan en su poder equipos."
    parts = [text[part.start : part.end] for part in split_elements(text, "art. 1", "es") if part.element == "subject"]
    assert parts == ["Los que", "quienes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Art. 31. Seront exemptés des peines d'emprisonnement ceux des coupables qui auront révélé les faits.", ["exemption"]),
        ("Art. 18. La confiscation des substances sera prononcée même en cas d'exemption de peine.", ["other"]),
    ],
)  # fmt: skip
def test_who_is_exempt_from_penalties_in_french(text: str, expected: list[str]) -> None:
    assert [part.element for part in split_elements(text, text[:7].rstrip(".").lower(), "fr")] == expected


@pytest.mark.parametrize(
    ("text", "label", "language", "expected"),
    [
        ("Artículo 7. El que oculte bienes que provienen de un delito de la ley Nº 20.000; en la ley Nº 18.314, que determina conductas terroristas; o de otro delito, será castigado.", "art. 7", "es", 2),
        ("Art. 7. Une amende de 1.000 à 10.000 Fr. ou une de ces peines est prononcée. La tentative est punie.", "art. 7", "fr", 2),
    ],
)  # fmt: skip
def test_a_list_of_cited_laws_and_an_amount_are_within_a_sentence(
    text: str, label: str, language: str, expected: int
) -> None:
    assert len(clauses(text, label, language)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "### Art. 8.\n\nSeront punis d'un emprisonnement de un à cinq ans ou d'une amende seulement.\n\n1. ceux qui auront importé des stupéfiants;\n2. ceux qui auront provoqué à l'usage."),
        ("es", "Artículo 8\n\nSerán castigados con prisión de uno a cinco años.\n\n1. Los que importen estupefacientes;\n2. Los que inciten a su uso."),
        ("fr", "### Art. 8.\n\nSeront punis d'un emprisonnement de un à cinq ans :\n\n1. ceux qui auront importé des stupéfiants;\n2. ceux qui auront provoqué à l'usage."),
    ],
)  # fmt: skip
def test_a_penalty_before_a_list_of_acts_leads_it_whatever_its_last_sign(language: str, text: str) -> None:
    assert [clause.lead for clause in clauses(text, "art. 8", language)] == [-1, 0, 0]


def test_an_offence_before_a_list_does_not_lead_it_behind_a_full_stop() -> None:
    text = "Artículo 8\n\nEl que importe estupefacientes será castigado con prisión.\n\n1. La pena se reducirá si colabora.\n\n2. La pena se aumentará si reincide."
    assert {clause.lead for clause in clauses(text, "art. 8", "es")} == {-1}


@pytest.mark.parametrize(
    ("language", "text", "absent"),
    [
        ("fr", "Le fait d'extraire des substances minérales sans titre est puni de six ans d'emprisonnement.", "drugs"),
        (
            "es",
            "El que extraiga recursos forestales sin autorización incurrirá en prisión de dos a seis años.",
            "money",
        ),
        ("es", "El que extraiga minerales sin autorización incurrirá en prisión de dos a seis años.", "import_export"),
        ("es", "El que venda productos forestales sin permiso incurrirá en prisión de dos a seis años.", "proceeds"),
    ],
)
def test_natural_resources_are_no_drugs_money_or_proceeds(language: str, text: str, absent: str) -> None:
    parts = split_elements(text, "art. 1", language, "")
    assert absent not in {trait.name for part in parts for trait in part.traits}


def test_drugs_and_money_are_still_recognised() -> None:
    text = "El que venda sustancias estupefacientes o reciba recursos de otro será castigado con prisión de dos años."
    traits = {trait.name for part in split_elements(text, "art. 1", "es", "ES") for trait in part.traits}
    assert {"drugs", "money", "person"} <= traits
