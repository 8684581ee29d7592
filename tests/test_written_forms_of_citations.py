"""Written forms of citations found in texts of many States: text, State, language, and the ids in order."""

from __future__ import annotations

import pytest

from nlp.annotations import Unit
from nlp.citations.citations import find_citations

FORMS = [
    # an abbreviation below the number of a section, at the beginning of a line
    (
        "The Taxes Consolidation Act 1997 (TCA) applies.\n\nSection 906A TCA provides so. Under Section 907 \nTCA too.",
        "IE",
        "en",
        [
            "ref:ie:act:taxes-consolidation:1997",
            "ref:ie:act:taxes-consolidation:1997#s-906a",
            "ref:ie:act:taxes-consolidation:1997#s-907",
        ],
    ),
    ("Directive EU 2015/849 applies", "", "en", ["celex:32015L0849"]),
    ("Article 7(2) Regulation (EC) 773/2004 says", "", "en", ["celex:32004R0773#art-7"]),
    ("Article 7 of Commission Regulation (EC) 773/20041 .", "", "en", ["celex:32004R0773#art-7"]),
    ("Article 16(2) of the ESAs regulation (Regulation (EU) No 1093/2010", "", "en", ["celex:32010R1093#art-16"]),
    ("Article 11 of DORA", "", "en", ["celex:32022R2554#art-11"]),
    (
        "Article 35a of the State Ordinance on the Supervision of the Credit System (AB 1998 No. 16)",
        "AW",
        "en",
        ["ref:aw:ordinance:supervision-credit-system#art-35a"],
    ),
    ("section 4 of S.R.O. 40/2011", "MS", "en", ["ref:ms:sro:40:2011#s-4"]),
    ("Article 30 of the Revised Treaty of Chaguaramas", "TT", "en", ["ref:int:treaty:RTC#art-30"]),
    ("Article 5 of the Barbados Protocol", "TT", "en", ["ref:int:law:barbados-protocol#art-5"]),
    # laws of one year's budget
    (
        "l’article 229-1 du Code civil ; l’article 108 de la loi de finances rectificative pour 2020",
        "FR",
        "fr",
        ["ref:fr:code:civil#art-229-1", "ref:fr:loi:finances-rectificative:2020#art-108"],
    ),
    (
        "el artículo 3 de la Ley de Presupuestos Generales del Estado para el año 2018",
        "ES",
        "es",
        ["ref:es:ley:presupuestos-generales-estado:2018#art-3"],
    ),
    (
        "o artigo 12.º da Lei do Orçamento do Estado para 2020",
        "PT",
        "pt",
        ["ref:pt:lei:orcamento-estado:2020#art-12"],
    ),
    # an article that the text cites of one law only is of that law, also before it is named
    (
        "L’article 1469, alinéa 3, prévoit une évaluation. La loi du 6 août 2015 suit (article 1469 du Code civil).",
        "FR",
        "fr",
        ["ref:fr:code:civil#art-1469", "ref:fr:loi:2015-08-06", "ref:fr:code:civil#art-1469"],
    ),
    (
        "L’article 146 vaut. L’article 146 du Code pénal et l’article 146 du Code civil sont cités.",
        "FR",
        "fr",
        ["self#art-146", "ref:fr:code:penal#art-146", "ref:fr:code:civil#art-146"],
    ),
    # the abbreviation of a Swiss law behind an article
    (
        "l’art. 306 du Code pénal suisse ; selon l’article 36 LN, être annulée",
        "CH",
        "fr",
        ["ref:ch:code:penal#art-306", "ref:ch:law:ln#art-36"],
    ),
    # several resolutions in one list
    (
        "las Resoluciones 2646 de 2008, 652 de 2012 y 1356 de 2013",
        "CO",
        "es",
        ["ref:co:resolucion:2646:2008", "ref:co:resolucion:652:2012", "ref:co:resolucion:1356:2013"],
    ),
    # working groups named after an article
    ("le groupe de travail « Article 29 » et l’Article 29 Working Party", "FR", "fr", []),
    ("el Grupo de Trabajo del Artículo 29", "ES", "es", []),
    # parts of articles to be added
    (
        "la Ley de Aguas. Se adicionan la fracción VII al artículo 9 y la fracción II al artículo 3 de la Ley de Pesca",
        "MX",
        "es",
        ["ref:mx:ley:aguas", "ref:mx:ley:pesca#art-9"],
    ),
    # articles to be amended that share the law named last
    (
        "Se modifican los artículos 4 y 5, y se deroga el artículo 7 de la Ley de Aguas.",
        "MX",
        "es",
        ["ref:mx:ley:aguas#art-4", "ref:mx:ley:aguas#art-7"],
    ),
    ("artículo 12 de la Resolución No. 000091 de 2021", "CO", "es", ["ref:co:resolucion:91:2021#art-12"]),
    ("la Resolución DIAN No. 000042 del 5 de mayo de 2020", "CO", "es", ["ref:co:resolucion:42:2020"]),
    ("artículo 46 del Decreto Legislativo W 1075", "PE", "es", ["ref:pe:decreto-legislativo:1075#art-46"]),
    ("Art. 2º) de la Resolución Nº 6/22", "AR", "es", ["ref:ar:resolucion:6:2022#art-2"]),
    ("conforme (art. 298, CPCC)", "AR", "es", ["ref:ar:law:cpcc#art-298"]),
    (
        "La Ley 113 “Del Sistema Tributario”, de 23 de julio de 2012, establece en el Artículo 140, un impuesto",
        "CU",
        "es",
        ["ref:cu:ley:113#art-140"],
    ),
    ("artículo 5, Capítulo II, de la Ley 12-90", "DO", "es", ["ref:do:ley:12:1990#art-5"]),
    (
        "disposición adicional 8 de la Ley Foral 24/1996, de 30 de diciembre",
        "ES",
        "es",
        ["ref:es:ley-foral:24:1996#da-8"],
    ),
    (
        "art. 6º da Resolução do Senado Federal nº 7, de 4 de abril de 2002",
        "BR",
        "pt",
        ["ref:br:resolucao:7:2002#art-6"],
    ),
    ("art. 7º, XXVI, da CR", "BR", "pt", ["ref:br:constituicao#art-7"]),
    (
        "a Lei Brasileira de Inclusão da Pessoa com Deficiência (art. 3º, VI)",
        "BR",
        "pt",
        ["ref:br:lei:13146:2015#art-3"],
    ),
    ("Resolução do Conselho de Ministros nº 29 -A/2022, de 1 de março", "PT", "pt", ["ref:pt:rcm:29-a:2022"]),
    ("art. 1er, numéros 1, 2 et 3 de la loi du 21 décembre 2001", "LU", "fr", ["ref:lu:loi:2001-12-21#art-1"]),
    ("article 2, lettre b), de la loi du 5 avril 1993", "LU", "fr", ["ref:lu:loi:1993-04-05#art-2"]),
    ("articles L. O 6313-1 du code électoral", "FR", "fr", ["ref:fr:code:electoral#art-lo6313-1"]),
    ("l’article 3:8/2, § 1er, du Code des sociétés", "BE", "fr", ["ref:be:code:societes#art-3:8/2"]),
    ("artículo segundo de la Ley W 20.417", "CL", "es", ["ref:cl:ley:20417#art-2"]),
    ("artículo 20.Uno.22º.A), letra a), de la Ley 37/1992", "ES", "es", ["ref:es:ley:37:1992#art-20"]),
    ("artigo 2.º, 2) da Lei n.º 14/2021", "MO", "pt", ["ref:mo:lei:14:2021#art-2"]),
    ("NOTA article 3 de la délibération n° 2019-012 CT", "BL", "fr", ["ref:bl:deliberation:12:2019#art-3"]),
    ("regulation 4 of BR 5/2011", "BM", "en", ["ref:bm:br:5:2011#reg-4"]),
    ("la loi du 15.6.1935", "BE", "fr", ["ref:be:loi:1935-06-15"]),
    ("la loi-programme du 18 juillet 2025", "BE", "fr", ["ref:be:loi-programme:2025-07-18"]),
    ("l’article 6 du Traité du 31 mars 1965", "BE", "fr", ["ref:int:law:traite-31-mars-1965#art-6"]),
    ("l’article 4 de la convention collective du 3 mai 2001", "FR", "fr", ["ref:fr:law:convention-collective#art-4"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "jurisdiction", "language", "expected"), FORMS)
def test_written_form(text: str, jurisdiction: str, language: str, expected: list[str]) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=jurisdiction, language=language)] == expected


JUDGMENT = (Unit(0, 5, "considerando", "section", (), "", 1.0, ""),)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "El artículo 42 del Código Fiscal dice: «las visitas a que se refiere el artículo 53-A de este Código».",
            "es",
            ["ref:mx:codigo:fiscal#art-42", "ref:mx:codigo:fiscal#art-53a"],
        ),
        ("Nothing is cited but section 4 of this Act.", "en", ["self#s-4"]),
    ],
)
def test_a_law_quoted_in_a_judgment_calls_itself_by_its_kind(text: str, language: str, expected: list[str]) -> None:
    spans = find_citations(text, jurisdiction="MX", language=language, units=JUDGMENT)
    assert [span.value for span in spans] == expected


def test_an_article_far_from_any_law_is_of_the_law_that_a_judgment_cites_most() -> None:
    text = (
        "Section 162 of the Insolvency Act 2003 applies. " + "The court has heard counsel. " * 300 + "See section 185."
    )
    spans = find_citations(text, jurisdiction="VG", language="en", units=JUDGMENT)
    assert [span.value for span in spans] == ["ref:vg:act:insolvency:2003#s-162", "ref:vg:act:insolvency:2003#s-185"]


def test_a_section_after_which_another_is_inserted_is_of_the_amended_act() -> None:
    text = (
        "1. The Accreditation Act 2006 is the principal Act.\n"
        "2. The principal Act is amended by inserting immediately after section 42, the following section"
    )
    spans = find_citations(text, jurisdiction="AG", language="en")
    assert spans[-1].value == "ref:ag:act:accreditation:2006#s-42"


def test_the_title_of_an_ordinance_ends() -> None:
    """A run of capitalised words is no title: its length is limited, so that reading takes linear time."""
    text = "National Ordinance on " + "Aaa " * 500
    (found,) = find_citations(text, jurisdiction="CW", language="en")
    assert found.end - found.start < 100
