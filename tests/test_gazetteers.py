"""Places, institutions, treaties, courts and authorities."""

from __future__ import annotations

import pytest

from nlp.entities.gazetteers import find_courts, find_gazetteer
from nlp.folding import words_of

COUNTRIES = [
    ("el Reino de España", "ES"),
    ("a República Federativa do Brasil", "BR"),
    ("los Estados Unidos Mexicanos", "MX"),
    ("REPÚBLICA ORIENTAL DEL URUGUAY", "UY"),
    ("the Republic of Trinidad and Tobago", "TT"),
    ("la République d’Haïti", "HT"),
    ("Royaume de Belgique", "BE"),
    ("EE. UU.", "US"),
    ("Estado Plurinacional de Bolivia", "BO"),
    ("Saint Kitts and Nevis", "KN"),
    ("the United Kingdom", "GB"),
    ("l'Équateur", "EC"),
    ("Côte d'Ivoire", "CI"),
    ("República Dominicana", "DO"),
    ("Países Bajos", "NL"),
]

NAMED = [
    ("de nacionalidad colombiana", "NATIONALITY", "CO"),
    ("un ressortissant péruvien", "NATIONALITY", "PE"),
    ("EUROJUST coordinó", "INSTITUTION", "EUROJUST"),
    ("a Europol", "INSTITUTION", "EUROPOL"),
    ("la red ELIPSIA", "INSTITUTION", "ELIPSIA"),
    ("por medio de Iber@", "INSTITUTION", "IBERA"),
    ("Réseau judiciaire européen", "INSTITUTION", "EJN"),
    ("GAFILAT", "INSTITUTION", "GAFILAT"),
    ("Convención de Palermo", "TREATY", "UNTOC"),
    ("Convenção das Nações Unidas contra a Corrupção", "TREATY", "UNCAC"),
    ("Budapest Convention", "TREATY", "BUD"),
    ("Convention de Palerme", "TREATY", "UNTOC"),
    ("Convención Interamericana sobre Asistencia Mutua en Materia Penal", "TREATY", "NASSAU"),
    (
        "Acordo de Assistência Jurídica Mútua em Assuntos Penais entre os Estados Partes do Mercosul, Bolívia e Chile",
        "TREATY",
        "MERC-MLA-BOCL",
    ),
    ("Segundo Protocolo adicional al Convenio sobre la Ciberdelincuencia", "TREATY", "BUD2"),
    ("la Organización Mundial del Comercio (OMC)", "INSTITUTION", "WTO"),
    ("Economic Commission for Latin America and the Caribbean", "INSTITUTION", "ECLAC"),
    (
        "en nombre del Grupo del Partido Popular Europeo ( Demócrata-Cristianos ) y de los Demócratas Europeos , voto",
        "INSTITUTION",
        "EPGROUP-EPP",
    ),
    ("in Central and Eastern Europe", "LOCATION", "Central and Eastern Europe"),
    ("los pescadores del Mar del Norte", "LOCATION", "Mar del Norte"),
    ("el DRCI", "AUTHORITY", "BR:DRCI"),
    ("UK Central Authority", "AUTHORITY", "GB:UKCA"),
    ("la Autoridad Central", "AUTHORITY", "generic:central_authority"),
]

COURTS = [
    ("es", "el Juzgado Central de Instrucción n.º 3, Madrid", "Juzgado Central de Instrucción n.º 3"),
    (
        "es",
        "JUZGADO DE PRIMERA INSTANCIA E INSTRUCCIÓN N.º 2 DE LUGO",
        "JUZGADO DE PRIMERA INSTANCIA E INSTRUCCIÓN N.º 2 DE LUGO",
    ),
    (
        "es",
        "ante el Juzgado Séptimo Penal del Circuito Especializado de Bogotá dictó",
        "Juzgado Séptimo Penal del Circuito Especializado de Bogotá",
    ),
    (
        "es",
        "el Segundo Juzgado de Investigación Preparatoria de Lima y",
        "Segundo Juzgado de Investigación Preparatoria de Lima",
    ),
    ("fr", "le Tribunal de Grande Instance de Paris a", "Tribunal de Grande Instance de Paris"),
    ("fr", "la cour d’appel de Port-au-Prince a", "cour d’appel de Port-au-Prince"),
    ("pt", "pela 3ª Vara Federal de Curitiba em", "3ª Vara Federal de Curitiba"),
    ("pt", "o Tribunal da Relação de Lisboa decidiu", "Tribunal da Relação de Lisboa"),
    ("en", "the High Court of Justice of Trinidad held", "High Court of Justice of Trinidad"),
    ("en", "the Crown Court at Southwark, on", "Crown Court at Southwark"),
    ("en", "the Supreme Court of Jamaica", "Supreme Court of Jamaica"),
]

# Honours and shortened words stand inside names; a parliament's chamber is no court.
AUTHORITIES = [
    ("es", "la Cámara de Diputados del H. Congreso de la Unión —", "Cámara de Diputados del H. Congreso de la Unión"),
    ("es", "el H. Congreso de la Unión ha", "Congreso de la Unión"),
    ("es", "a la Secretaría de Gobernación del Edo. de Jalisco.", "Secretaría de Gobernación del Edo. de Jalisco"),
    ("pt", "a Câmara dos Deputados aprovou", "Câmara dos Deputados"),
]  # fmt: skip

# Bodies as a parliament's members speak of them, and words that are none.
SPOKEN = [
    ("the DG JUST and DG XIX of the Commission", ["DG JUST", "DG XIX"]),
    ("Members of this House have said", ["House"]),
    ("the House of Commons rose, the House No. 4 burnt down, a House", []),
    ("the Community’s budget and the Community , as it was", ["Community", "Community"]),
    ("the Community acquis and Community law", []),
    ("Mr President-in-Office of the Council", []),
    ("the Office of the Ombudsman", ["Office of the Ombudsman"]),
]

NOT_COUNTRIES = ["un plato de chile verde", "la Ciudad de México", "traducido al español", "New Mexico", "turkey"]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(span.label, span.value, text[span.start : span.end]) for span in find_gazetteer(text, words_of(text))]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_countries(text: str, code: str) -> None:
    assert [(label, value) for label, value, _ in found(text)] == [("COUNTRY", code)]


@pytest.mark.parametrize(("text", "label", "value"), NAMED)
def test_names(text: str, label: str, value: str) -> None:
    assert (label, value) in [(a, b) for a, b, _ in found(text)]


@pytest.mark.parametrize("text", NOT_COUNTRIES)
def test_what_only_looks_like_a_country(text: str) -> None:
    assert "COUNTRY" not in [label for label, _, _ in found(text)]


@pytest.mark.parametrize(("language", "text", "expected"), COURTS)
def test_courts(language: str, text: str, expected: str) -> None:
    spans = [span for span in find_courts(text, language) if span.label == "COURT"]
    assert expected in [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(("language", "text", "expected"), AUTHORITIES)
def test_authorities(language: str, text: str, expected: str) -> None:
    found = find_courts(text, language)
    assert {span.label for span in found} == {"AUTHORITY"}
    assert max((span.value for span in found), key=len) == expected


@pytest.mark.parametrize("text", ["la Cámara de Comercio de Lima", "la Cámara de Senadores"])
def test_a_chamber_that_is_no_court(text: str) -> None:
    assert "COURT" not in [span.label for span in find_courts(text, "es")]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_authorities_as_members_of_a_parliament_call_them(text: str, expected: list[str]) -> None:
    spans = [span for span in find_courts(text, "en") if span.label == "AUTHORITY"]
    assert [text[span.start : span.end] for span in sorted(spans, key=lambda span: span.start)] == expected


def test_offsets_with_decomposed_accents_and_line_ends() -> None:
    text = "en los Estados\nUnidos  Mexicanos y en Peru\u0301."
    assert [(value, written) for _, value, written in found(text)] == [
        ("MX", "Estados\nUnidos  Mexicanos"),
        ("PE", "Peru\u0301"),
    ]


def test_the_longest_name_wins() -> None:
    text = "Convención de las Naciones Unidas contra la Corrupción"
    assert found(text) == [("TREATY", "UNCAC", text)]


def test_an_acronym_needs_capitals() -> None:
    assert found("el rap y el aro, un siena") == []
