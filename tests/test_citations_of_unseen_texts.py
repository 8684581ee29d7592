"""Citations of bills, approved texts, general names, constitutions by adjective, and articles of what is no law."""

from __future__ import annotations

import pytest

from nlp.annotations import Unit
from nlp.citations.citations import find_citations


def cited(text: str, jurisdiction: str, language: str) -> list[str]:
    """Return the ids of all items of the citations in ``text``, each once."""
    spans = find_citations(text, jurisdiction=jurisdiction, language=language)
    return [item for span in spans for item in span.attributes.get("targets", span.value).split()]


CASES = [
    # bills are no laws, and a title in quotation marks is that of the number before it
    ("o Projeto de Lei nº 1.234/2020, que altera a Lei nº 9.613/1998", "BR", "pt", ["ref:br:lei:9613"]),
    ("a Proposta de Lei n.º 37/XVII/1.ª", "PT", "pt", []),
    ("el artículo 3 del Proyecto de Ley N° 1234/2020", "PE", "es", ["ref:pe:proyecto-ley:1234#art-3"]),
    ("artículo 42 de la Ley N°10286 “Ley de Regímenes de exenciones”", "CR", "es", ["ref:cr:ley:10286#art-42"]),
    ("artículo 1 de la Ley número 8292, Ley General de Control Interno", "CR", "es", ["ref:cr:ley:8292#art-1"]),
    # articles of a text are those of the law that approves it
    (
        "o artigo 19.º dos Estatutos, aprovados pelo Decreto-Lei n.º 125/2014, de 18 de agosto",
        "PT",
        "pt",
        ["ref:pt:decreto-lei:125:2014#art-19", "ref:pt:decreto-lei:125:2014"],
    ),
    (
        "el artículo 5 del Reglamento General de Aduanas, aprobado por Decreto Supremo N° 008-2000-EF",
        "PE",
        "es",
        ["ref:pe:decreto-supremo:8:2000#art-5", "ref:pe:decreto-supremo:8:2000"],
    ),
    # constitutions
    (
        "los artículos 16 y 19 Constitucionales y el artículo 14 constitucional",
        "MX",
        "es",
        [f"ref:mx:constitucion#art-{number}" for number in (16, 19, 14)],
    ),
    ("el art. 216 de la Carta alude", "UY", "es", ["ref:uy:constitucion#art-216"]),
    ("los Libros de Constitución de Comités y la Constitución e Integración del Fondo", "PE", "es", []),
    # abbreviations that look like Roman numbers, with points, with their kind or their year
    (
        "conforme al artículo 53 de la LC y al artículo 17 del CC",
        "EC",
        "es",
        ["ref:ec:law:lc#art-53", "ref:ec:codigo:civil#art-17"],
    ),
    ("que el artículo 557 del C. P. C. dispone", "PY", "es", ["ref:py:law:cpc#art-557"]),
    ("under section 31 of the AMLTF Code of Practice, 2008", "VG", "en", ["ref:vg:law:amltf-code-practice-2008#s-31"]),
    ("under section 112 ITA 2015, in respect of shares", "IE", "en", ["ref:ie:law:ita-2015#s-112"]),
    # paragraphs and subdivisions end where the next article begins
    (
        "arts. 104, § 1º, e 108, parágrafo único, da Lei nº 8.443/1992",
        "BR",
        "pt",
        ["ref:br:lei:8443#art-104", "ref:br:lei:8443#art-108"],
    ),
    (
        "nos artigos 28 nº3 e 21 nº2, ambos do CPP",
        "PT",
        "pt",
        ["ref:pt:codigo:processo-penal#art-28", "ref:pt:codigo:processo-penal#art-21"],
    ),
    (
        "los artículos 25 inciso 2), 28 y 102 de la Ley número 6227",
        "CR",
        "es",
        [f"ref:cr:ley:6227#art-{number}" for number in (25, 28, 102)],
    ),
    ("el artículo 13.f del Decreto Ley No. 25.475", "PE", "es", ["ref:pe:decreto-ley:25475#art-13"]),
    (
        "Adiciónese el artículo 66A al Capítulo III del Título III de la Ley 1448 de 2011",
        "CO",
        "es",
        ["ref:co:ley:1448:2011#art-66a"],
    ),
    # forms of laws
    ("Article 3 of the Employment (Jersey) Law 2003", "JE", "en", ["ref:je:law:employment-jersey:2003#art-3"]),
    ("section 5 of the Companies Law (2020 Revision)", "KY", "en", ["ref:ky:law:companies#s-5"]),
    ("[Amended by Finance Act, 2018 (Act No. 10 of 2018)]", "KE", "en", ["ref:ke:act:finance:2018"]),
    ("PART X of the Value Added Tax Act 1998, (Act 546)", "GH", "en", ["ref:gh:act:value-added-tax:1998"]),
    ("34 of 1964, s. 2. “selected land” means", "BS", "en", ["ref:bs:act:34:1964#s-2"]),
    ("in Article 38 (1) of the law nº 16/2005 of 18/12/2005", "RW", "en", ["ref:rw:law:16:2005#art-38"]),
    ("l’article 10 du décret n° 2-14-652 pris", "MA", "fr", ["ref:ma:decret:2-14-652#art-10"]),
    ("el art. 50 de la L. N° 1715", "BO", "es", ["ref:bo:ley:1715#art-50"]),
    ("o art. 2º da Portaria Susep nº 8.481", "BR", "pt", ["ref:br:portaria:8481#art-2"]),
    ("conforme a Decreto\\-lei n° 911/69", "BR", "pt", ["ref:br:decreto-lei:911"]),
    (
        "los Decretos Nros. 97 de fecha 25 de enero de 2001 y 206 de fecha 16 de febrero de 2001",
        "AR",
        "es",
        ["ref:ar:decreto:97:2001", "ref:ar:decreto:206:2001"],
    ),
    (
        "articles 3, § 1er, et 84, § 1er, des lois coordonnées sur le Conseil d’Etat du 12 janvier 1973",
        "BE",
        "fr",
        ["ref:be:loi:1973-01-12#art-3", "ref:be:loi:1973-01-12#art-84"],
    ),
    # instruments that only these words name
    (
        "El artículo 3 del Acuerdo del 23 de abril de 1971 se reemplaza",
        "CO",
        "es",
        ["ref:co:law:acuerdo-23-abril-1971#art-3"],
    ),
    ("suivant l’article 15 de la charte de l’assuré social", "BE", "fr", ["ref:be:law:charte-assure-social#art-15"]),
    # neither a law nor an application to the European Court
    ("Rule 12 of the Handbook and article 24 of the charity’s governing document", "GG", "en", []),
    ("la demanda contra la Resolución Determinativa N° 0086/99 de 11 de febrero", "BO", "es", []),
    ("por Decreto de 24 de septiembre de 2025 se puso el expediente a disposición", "PE", "es", []),
    ("ARRANGEMENT OF SECTIONS\n1. Short title\n2. Interpretation", "TC", "en", []),
]


@pytest.mark.parametrize(("text", "jurisdiction", "language", "expected"), CASES)
def test_forms(text: str, jurisdiction: str, language: str, expected: list[str]) -> None:
    assert cited(text, jurisdiction, language) == expected


def test_general_names_are_those_of_the_law_that_the_text_gives_them_to() -> None:
    text = (
        "under section 27 of the Companies Act 2015 (the “Act”) and regulation 5 of the Civil Penalties Regulations "
        "2019 (the “Regulations”). Under section 14 of the Act and regulation 7 of the Regulations"
    )
    assert cited(text, "IM", "en")[2:] == [
        "ref:im:act:companies:2015#s-14",
        "ref:im:regulation:civil-penalties:2019#reg-7",
    ]


def test_the_law_of_a_recital_has_the_articles_of_a_possessive() -> None:
    text = (
        "Vu le règlement délégué (UE) n° 231/2013 du 19 décembre 2012 complétant la directive 2011/61/UE du Parlement "
        "européen et du Conseil, notamment ses articles 24 et 31 ;"
    )
    assert cited(text, "FR", "fr")[2:] == ["celex:32013R0231#art-24", "celex:32013R0231#art-31"]


def test_a_law_mentioned_again_is_no_decree() -> None:
    text = "Que la Ley Nº 25.127 y el Decreto Nº 97/2001 rigen. Que la mencionada ley define"
    assert cited(text, "AR", "es")[-1] == "ref:ar:ley:25127"


def test_articles_of_a_revoked_list_are_those_of_the_amended_text() -> None:
    text = (
        "Ficam revogados os seguintes dispositivos do Regulamento, aprovado pela Resolução Anatel nº 682, de 31 de "
        "agosto de 2017:\nI - o § 1º do art. 5º;\nII - o § 4º do art. 9º"
    )
    assert cited(text, "BR", "pt")[1:] == ["ref:br:resolucao:682:2017#art-5", "ref:br:resolucao:682:2017#art-9"]


def test_an_article_below_a_preposition_is_no_heading() -> None:
    text = "Companies (Jersey) Law 1991\nnotice served under\nArticle 40(2)\nREPORT"
    assert cited(text, "JE", "en")[-1].endswith("#art-40")


def test_titles_and_chapters_of_the_text_itself_are_no_citations() -> None:
    text = (
        "CHAPTER 17.23\nCUSTOMS (AFTER HOURS WORK) ACT\nand Subsidiary Legislation\nCustoms CAP. 17.23 3\n"
        "Section 5 of the Treasury Act (Cap. 17.01) and of this Act\n\nCustoms Hours Law (2003 Revision)\n"
    )
    units = (Unit(text.index("Section"), len(text), "s. 1", "article", (), "", 1.0, ""),)
    spans = find_citations(text, jurisdiction="MS", language="en", units=units)
    assert not [span.value for span in spans if "1723" in span.value or "customs" in span.value]


MORE = [
    (
        "mediante Ley No. 13 de 27 de octubre de 1976, publicada en la Gaceta. En sus artículos 16 y 17, se reconoce",
        "PA",
        "es",
        ["ref:pa:ley:13:1976", "ref:pa:ley:13:1976#art-16", "ref:pa:ley:13:1976#art-17"],
    ),
    (
        "arts. 26, 29 inc. 3º, 40 y ccds. del CP, y art. 27 bis del cuerpo legal citado",
        "AR",
        "es",
        [f"ref:ar:codigo:penal#art-{number}" for number in ("26", "29", "40", "27bis")],
    ),
    ("Expediente 9609210 - Nº Res. 397 la sentencia", "AR", "es", []),
    ("el artículo 31 de nuestra Carta Magna", "MX", "es", ["ref:mx:constitucion#art-31"]),
    ("Under s.13(1) of the 2012 Ordinance", "GG", "en", ["ref:gg:law:2012#s-13"]),
    (
        "the Money Services Business Act No. 27 of 2005 (the MSB Act); Section 5 of the MSB Act",
        "VC",
        "en",
        ["ref:vc:act:money-services-business:2005", "ref:vc:act:money-services-business:2005#s-5"],
    ),
    (
        "Section 50B of the Income Tax Act 1970 (‘50B’) and section 50C of it",
        "IM",
        "en",
        ["ref:im:act:income-tax:1970#s-50b", "ref:im:act:income-tax:1970#s-50c"],
    ),
    (
        "the Health and Safety at Work etc. Act 1974, section 2(1)",
        "GB",
        "en",
        ["ref:gb:act:health-safety-at-work-etc:1974#s-2"],
    ),
    ("Les dispositions de l’Article 9 du présent Accord", "", "fr", ["self#art-9"]),
    ("in force 30 August 2001 (S.I. 114/2002)", "LC", "en", ["ref:lc:si:114:2002"]),
    (
        "los artículos 50 y 61 de la Convención Americana",
        "PE",
        "es",
        ["ref:int:treaty:ACHR#art-50", "ref:int:treaty:ACHR#art-61"],
    ),
    (
        "Section 49 of the Local Government: Municipal Property Rates Act (Act No. 6 of 2004)",
        "ZA",
        "en",
        ["ref:za:act:local-government-municipal-property-rates:2004#s-49"],
    ),
    ("under section 902A TCA", "IE", "en", ["ref:ie:act:taxes-consolidation:1997#s-902a"]),
    (
        "l’article 13 de la Déclaration des droits de l’homme et du citoyen de 1789",
        "FR",
        "fr",
        ["ref:fr:declaration:droits-homme-citoyen#art-13"],
    ),
    (
        "l’article 227 de la loi du 22 décembre 2009 ; l’article 66 du Code pénal. Est visé l’article 227 précité",
        "BE",
        "fr",
        ["ref:be:loi:2009-12-22#art-227", "ref:be:code:penal#art-66", "ref:be:loi:2009-12-22#art-227"],
    ),
]


@pytest.mark.parametrize(("text", "jurisdiction", "language", "expected"), MORE)
def test_more_forms(text: str, jurisdiction: str, language: str, expected: list[str]) -> None:
    assert cited(text, jurisdiction, language) == expected


def test_numbered_paragraphs_of_guidance_are_no_sections() -> None:
    text = "2.4 Article 31 of the GDPR provides for it.\n2.5 In particular, Article 44 lays down the principle.\n"
    units = tuple(
        Unit(start, start + 40, f"s. {label}", "article", (), "", 1.0, "") for start, label in ((0, "2.4"), (44, "2.5"))
    )
    spans = find_citations(text, jurisdiction="CY", language="en", units=units)
    assert [span.value for span in spans] == ["celex:32016R0679#art-31", "celex:32016R0679#art-44"]
    spans = find_citations(text + "This Act shall apply, subject to this section.", language="en", units=units)
    assert spans[1].value == "self#art-44"
