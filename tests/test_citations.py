"""Citations: the pattern bank's own examples, canonical ids whatever the written form, lists, back references."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.resource import load
from nlp.annotations import Reading, Unit
from nlp.citations.citations import find_citations
from nlp.citations.identity import (
    cited_ids,
    document_identity,
    other_identities,
    provision_identity,
    stated_number,
)
from nlp.citations.pinpoints import find_pinpoints
from nlp.citations.query import parse_citation_query
from nlp.entities.checksums import check
from nlp.folding import plain
from nlp.pattern_bank import load_bank
from nlp.structure.structure import find_structure

BANKS = [("citations", ("laws", "gazettes")), ("cases", ("cases",)), ("identifiers", ("identifiers",))]
EXAMPLES = [
    pytest.param(name, sections, rule.id, example, expected, id=f"{rule.id}: {example}")
    for name, sections in BANKS
    for rule in load_bank(name, *sections).rules
    for expected, examples in ((True, rule.ok), (False, rule.neg))
    for example in examples
]


@pytest.mark.parametrize(("name", "sections", "rule_id", "example", "wanted"), EXAMPLES)
def test_bank_examples(name: str, sections: tuple[str, ...], rule_id: str, example: str, wanted: bool) -> None:
    found = {rule.id for rule, _ in load_bank(name, *sections).scan(plain(example))}
    assert (rule_id in found) is wanted


def test_every_rule_has_examples_of_both_kinds() -> None:
    rules = [rule for name, sections in BANKS for rule in load_bank(name, *sections).rules]
    assert len(rules) > 90
    assert not [rule.id for rule in rules if not rule.ok or not rule.neg]


@pytest.mark.parametrize(("text", "item"), load("nlp.pinpoints")["ok"])
def test_pinpoint_forms(text: str, item: str) -> None:
    (pin,) = find_pinpoints(plain(text))
    assert (pin.items, pin.end) == ((item,), len(text))


@pytest.mark.parametrize(("text", "printed", "item"), load("nlp.pinpoints")["within"])
def test_letters_after_a_number_are_distinguished_from_words_by_what_follows(
    text: str, printed: str, item: str
) -> None:
    (pin,) = find_pinpoints(plain(text))
    assert (pin.text, pin.items[0]) == (plain(printed), item)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("artículo 211 bis 1 del Código Penal Federal", "ref:mx:codigo:penal-federal#art-211bis1"),
        ("artículo 570 bis 1 del Código Penal español", "ref:es:codigo:penal#art-570bis"),
    ],
)
def test_a_number_after_bis_is_the_articles_where_the_country_counts_so(text: str, target: str) -> None:
    assert next(iter(find_citations(text, language="es"))).value == target


@pytest.mark.parametrize("text", load("nlp.pinpoints")["neg"])
def test_what_is_no_pinpoint(text: str) -> None:
    assert not list(find_pinpoints(plain(text)))


SAME = [
    (
        "BR",
        "ref:br:lei:9613",
        ["Lei 9.613/98", "Lei nº 9.613, de 3 de março de 1998", "L. 9613/1998", "Lei n . 9.613⁄1998"],
    ),
    (
        "BR",
        "ref:br:codigo:penal",
        ["Código Penal", "Decreto-Lei nº 2.848/1940", "Decreto-Lei n.º 2.848, de 7 de dezembro de 1940"],
    ),
    (
        "ES",
        "ref:es:codigo:penal",
        ["Ley Orgánica 10/1995, de 23 de noviembre", "LO 10/1995", "BOE-A-1995-25444", "Código Penal"],
    ),
    ("CO", "ref:co:codigo:penal", ["Ley 599 de 2000", "Código Penal"]),
    ("UY", "ref:uy:ley:19574", ["Ley N° 19.574", "Ley Nº 19.574, de 20 de diciembre de 2017", "Ley 19574"]),
    ("PE", "ref:pe:decreto-legislativo:1106", ["Decreto Legislativo N° 1106", "D. Leg. Nº 1106"]),
    ("PT", "ref:pt:lei:144:1999", ["Lei n.º 144/99, de 31 de agosto", "Lei 144/1999"]),
    ("FR", "ref:fr:loi:204:2004", ["loi n° 2004-204 du 9 mars 2004", "Loi nº 2004-204"]),
    ("EU", "celex:32014L0041", ["Directive 2014/41/EU", "32014L0041", "02014L0041-20220313", "Directiva 2014/41/UE"]),
    ("GB", "ref:gb:act:proceeds-crime:2002", ["Proceeds of Crime Act 2002", "2002 c. 29"]),
    ("BR", "ref:br:hc:126292", ["HC 126.292/SP", "Habeas Corpus n° 126.292/SP", "HC n. 126292"]),
    ("BR", "ref:br:processo:5046512-94.2016.4.04.7000", ["5046512-94.2016.4.04.7000", "50465129420164047000"]),
]


@pytest.mark.parametrize(
    ("jurisdiction", "text", "value"), [(cc, text, value) for cc, value, texts in SAME for text in texts]
)
def test_one_canonical_id_for_every_form(jurisdiction: str, text: str, value: str) -> None:
    (span,) = find_citations(f"Visto: {text}.", jurisdiction=jurisdiction)
    assert (span.value, span.start, span.end) == (value, 7, 7 + len(text))


RUNNING = [
    ("FR", "l’article 324-1 du code pénal", ["ref:fr:code:penal#art-324-1"]),
    ("FR", "ARTICLE 324-1 DU CODE PENAL", ["ref:fr:code:penal#art-324-1"]),
    ("FR", "article 706-1 du code de procedure penale", ["ref:fr:code:procedure-penale#art-706-1"]),
    ("MX", "el art. 400 Bis del Código Penal Federal", ["ref:mx:codigo:penal-federal#art-400bis"]),
    ("GB", "under s. 327 of the Proceeds of Crime Act 2002", ["ref:gb:act:proceeds-crime:2002#s-327"]),
    ("PT", "artigo 1.º da Lei n.º 5/2002", ["ref:pt:lei:5:2002#art-1"]),
    ("CO", "artículo 18 de la Convención de Palermo", ["ref:int:treaty:UNTOC#art-18"]),
    ("UY", "Ley 19.574, art. 34. Dicha ley", ["ref:uy:ley:19574#art-34", "ref:uy:ley:19574"]),
    ("FR", "le code pénal. L’article 5 du même code", ["ref:fr:code:penal", "ref:fr:code:penal#art-5"]),
    (
        "GB",
        "the Bribery Act 2010 and section 7 of that Act",
        ["ref:gb:act:bribery:2010", "ref:gb:act:bribery:2010#s-7"],
    ),
    ("ES", "artículo 5 de esta Ley", ["self#art-5"]),
    ("ES", "un artículo de prensa sobre la ley", []),
    ("PE", "el Código de Protección y Defensa del Consumidor y otras", ["ref:pe:codigo:proteccion-defensa-consumidor"]),
    ("PE", "artículo 5 del Código de Trabajo y demás leyes", ["ref:pe:codigo:trabajo#art-5"]),
    ("HT", "l’article 313 du Code d’Instruction criminelle", ["ref:ht:code:instruction-criminelle#art-313"]),
    ("CA", "l’article 2 de la Loi de 2001 sur l’accise", ["ref:ca:loi:accise:2001#art-2"]),
    (
        "CA",
        "under the Municipal Act, 2001, S.O. 2001, c. 25; section 11(3) of the Act, and the Fire Prevention Act, 1997",
        ["ref:ca:act:municipal:2001", "ref:ca:act:municipal:2001#s-11", "ref:ca:act:fire-prevention:1997"],
    ),
    (
        "CA",
        "Highway Traffic Act, R.S.O. 1990, c. H.8, s. 2; RSA 2000, c T-6; CQLR c S-40",
        ["ref:ca:act:highway-traffic#s-2", "ref:ca:rsa:t-6:2000", "ref:ca:rlrq:s-40"],
    ),
    (
        "CA",
        "Section 4 of By-law # 6784-13, By-law No. 05-200 and By-law 2018-45; Ontario Regulation 332/12, section 1",
        ["ref:ca:by-law:6784:2013#s-4", "ref:ca:by-law:200:2005", "ref:ca:by-law:45:2018", "ref:ca:o-reg:332:2012#s-1"],
    ),
    ("BR", "a Lei #12.846/2013, art. 5º", ["ref:br:lei:12846#art-5"]),
    ("CA", "DORS/94-371, art. 2; DORS/98-28, art. 8", ["ref:ca:sor:371:1994#art-2", "ref:ca:sor:28:1998#art-8"]),
    ("CA", "1992, ch. 17, art. 10; L.R.C. 1985, ch. C-46", ["ref:ca:sc:17:1992#art-10", "ref:ca:code:criminel"]),
    (
        "PK",
        "Article 4 of the Geneva Convention Relative to the Protection of Civilian Persons in Time of War",
        ["ref:int:treaty:GC1949-4#art-4"],
    ),
    (
        "GT",
        "artículo 14 de la Ley de la Comisión de los Derechos Humanos, Decreto Número 54-86",
        ["ref:gt:ley:comision-derechos-humanos#art-14", "ref:gt:decreto:54:1986"],
    ),
    (
        "CR",
        "artículo 7 de la Ley general de arrendamientos urbanos y suburbanos",
        ["ref:cr:law:ley-general-arrendamientos-urbanos-suburbanos#art-7"],
    ),
    # each line is a paragraph of its own
    ("AR", "conforme al artículo 14\n\nde la Ley N° 24.185.\n\nPor ello", ["ref:ar:ley:24185#art-14"]),
    ("BB", "section 5 of the Crown Lands\n\n(Vesting) Act, 1990", ["ref:bb:act:crown-lands-vesting:1990#s-5"]),
    (
        "BB",
        "The Road Traffic Act, Cap. 295, in this Act referred to as the principal Act, is amended. "
        "The Companies Act, 2001 applies. Section 12A of the principal Act is repealed.",
        [
            "ref:bb:act:road-traffic",
            "ref:bb:chapter:295",
            "ref:bb:act:companies:2001",
            "ref:bb:act:road-traffic#s-12a",
        ],
    ),
    ("BB", "Section 12A of the principal Act is repealed.", ["ref:bb:principal#s-12a"]),
    # all articles of a sentence are of the law named behind the last
    (
        "PT",
        "nos termos do art. 283.º, sem prejuízo do disposto no art. 277.º n.º 2, e do art. 308.º, todos do CPP",
        [f"ref:pt:codigo:processo-penal#art-{number}" for number in (283, 277)],
    ),
    (
        "BR",
        "incurso no art. 33 da Lei nº 11.343/2006. Viola o art. 155 e, quanto à motivação, o art. 315, todos do CPP",
        ["ref:br:lei:11343#art-33", "ref:br:codigo:processo-penal#art-155", "ref:br:codigo:processo-penal#art-315"],
    ),
    (
        "PE",
        "según el artículo 188, con la agravante prevista en el artículo 189, todos del Código Penal",
        ["ref:pe:codigo:penal#art-188", "ref:pe:codigo:penal#art-189"],
    ),
    (
        "FR",
        "les faits visés à l’article 311-1 et, pour la tentative, à l’article 121-5, tous du code pénal",
        ["ref:fr:code:penal#art-311-1", "ref:fr:code:penal#art-121-5"],
    ),
    ("VE", "el artículo 149, en su encabezado, de la Ley Orgánica de Drogas", ["ref:ve:ley:organica-drogas#art-149"]),
    ("VE", "artículo 406 en su encabezado, en el Código Penal", ["ref:ve:codigo:penal#art-406"]),
    (
        "VE",
        "el artículo 264 primer aparte del Código Orgánico Procesal Penal",
        ["ref:ve:codigo:organico-procesal-penal#art-264"],
    ),
    (
        "SV",
        "conforme al Art. 247 LPrF y al Art. 38 del CF",
        ["ref:sv:ley:procesal-familia#art-247", "ref:sv:codigo:familia#art-38"],
    ),
    (
        "BE",
        "l’arrêté royal n° 38 du 27 juillet 1967 et l’arrêté royal n° 20 du 20 juillet 1970",
        ["ref:be:arrete-royal:1967-07-27", "ref:be:arrete-royal:1970-07-20"],
    ),
    # what precedes a short title does not belong to it
    ("VC", "In St. Vincent and the Grenadines, the Mutual Funds Act applies", ["ref:vc:act:mutual-funds"]),
    ("BS", "for the purpose of this Act and of the Land Surveyors Act a plan", ["ref:bs:act:land-surveyors"]),
    ("BZ", "printed in Belmopan, Belize. * Act No. 4 of 2013 amends it", ["ref:bz:act:4:2013"]),
    (
        "TT",
        "the Bail Act, Chap. 4:60 and Act 55 of 2000",
        ["ref:tt:act:bail:1994"] * 2 + ["ref:tt:act:proceeds-crime:2000"],
    ),
    ("NI", "la Ley No. 735 de 9 de septiembre de 2010 y la Ley 641", ["ref:ni:ley:735", "ref:ni:codigo:penal"]),
]


@pytest.mark.parametrize(("jurisdiction", "text", "values"), RUNNING)
def test_running_text(jurisdiction: str, text: str, values: list[str]) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=jurisdiction)] == values


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("arts. 3.º e 4.º da Lei n.º 5/2002", ["ref:pt:lei:5:2002#art-3", "ref:pt:lei:5:2002#art-4"]),
        ("artigos 301 a 304 do Código Penal", ["ref:pt:codigo:penal#art-301..304"]),
    ],
)
def test_lists_and_ranges_are_one_span(text: str, targets: list[str]) -> None:
    (span,) = find_citations(text, jurisdiction="PT")
    assert (span.start, span.end, span.attributes["targets"].split()) == (0, len(text), targets)


LISTS = [
    ("SV", "es", "los Artículos 96, 164 Inc. 2º y 222 de la Constitución", "ref:sv:constitucion", "96 164 222"),
    ("CV", "pt", "os artigos 15.º, 16.º, 17.º e 19.º da Lei n.º 2/10", "ref:cv:lei:2:2010", "15 16 17 19"),
    ("AM", "en", "Articles 23-25, 27 and 30 of the Constitution", "ref:am:constitution", "23..25 27 30"),
]


@pytest.mark.parametrize(("country", "language", "text", "law", "numbers"), LISTS)
def test_every_article_of_a_list(country: str, language: str, text: str, law: str, numbers: str) -> None:
    (span,) = find_citations(text, jurisdiction=country, language=language)
    assert span.attributes["targets"] == " ".join(f"{law}#art-{number}" for number in numbers.split())


def test_rivals_are_kept_and_the_document_decides() -> None:
    readings = {cc: find_citations("T-123/19", jurisdiction=cc)[0].readings for cc in ("CO", "ES")}
    assert readings["CO"][0].canonical == "ref:co:cc:t-123:2019"
    assert readings["ES"][0].canonical == "celex:62019TJ0123"
    assert [reading.canonical for reading in readings["CO"]][1:] == ["celex:62019TJ0123"]
    assert len(readings["ES"]) == 1  # a form of Colombia's court, of which this text has no other word


def test_a_failed_check_digit_is_kept() -> None:
    (span,) = find_citations("processo 5046512-95.2016.4.04.7000", jurisdiction="BR")
    assert span.attributes["valid"] == "false"


FRAGMENTS = (
    "art. 5º", "arts. 3 a 7", "Lei nº 9.613/98", "Ley 19.574", "do CP", "de la", "§ 2º", "section 20 of the Act 2002",
    "[2019] UKSC 1", "T-123/19", ",", "\n", "\u00a0", "–", "(", "5", "/98", "la loi n° 2016-1691",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12), st.sampled_from(("", " ")))
def test_spans_stay_inside_the_text_and_do_not_overlap(fragments: list[str], between: str) -> None:
    text = between.join(("Lei nº 9.613/98", *fragments))
    spans = find_citations(text)
    assert spans or not between
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


QUERIES = [
    ("324-1 code pénal", "ref:fr:code:penal#art-324-1"),
    ("324-1 code penal", "ref:fr:code:penal#art-324-1"),
    ("224-1 A code pénal", "ref:fr:code:penal#art-224-1a"),
    ("article 224-1 a du code pénal", "ref:fr:code:penal#art-224-1a"),
    ("code pénal 224-1 b", "ref:fr:code:penal#art-224-1b"),
    ("art. 400 bis CPF", "ref:mx:codigo:penal-federal#art-400bis"),
    ("Lei 9.613/1998", "ref:br:lei:9613"),
    ("BOE-A-1995-25444", "ref:es:codigo:penal"),
    ("[2019] UKSC 1", "ref:gb:uksc:1:2019"),
    ("50465129420164047000", "ref:br:processo:5046512-94.2016.4.04.7000"),
    ("ECLI:ES:TS:2014:3877", "ECLI:ES:TS:2014:3877"),
    ("STS 507/2020", "ref:es:sts:507:2020"),
    ("HC 126.292/SP", "ref:br:hc:126292"),
    ("CPF 529.982.247-25", "id:cpf:52998224725"),
]


@pytest.mark.parametrize(("query", "value"), QUERIES)
def test_queries(query: str, value: str) -> None:
    (cited,) = parse_citation_query(query)
    assert cited.readings[0].canonical == value


def test_a_query_keeps_every_reading() -> None:
    (cited,) = parse_citation_query("Ley 19.574 art. 34")
    assert {"ref:uy:ley:19574#art-34", "ref:cl:ley:19574#art-34"} <= {item.canonical for item in cited.readings}
    (cited,) = parse_citation_query("T-123/19")
    assert len(cited.readings) == 2


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("Ley 27.401, RESPONSABILIDAD PENAL, art. 4", "ref:ar:ley:27401#art-4"),
        ("Ley 26.364 de trata de personas artículo 10", "ref:ar:ley:26364#art-10"),
        ("Loi du 8 août 2000 sur l'entraide judiciaire internationale, art. 11", "ref:lu:loi:2000-08-08#art-11"),
        ("artigo 4.º, sobre a lavagem de dinheiro, Lei 9.613", "ref:br:lei:9613#art-4"),
    ],
)
def test_the_title_may_part_a_law_and_its_article(query: str, value: str) -> None:
    (cited,) = parse_citation_query(query)
    assert value in {reading.canonical for reading in cited.readings}
    assert query[cited.start : cited.end] == query


def test_of_two_laws_or_articles_none_is_put_together() -> None:
    assert [cited.readings[0].pinpoint for cited in parse_citation_query("Ley 27.401 y Ley 26.364 art. 4")] == [
        "",
        "art. 4",
    ]
    assert "#" not in parse_citation_query("Ley 27.401, trata, art. 4 y luego art. 5")[0].readings[0].canonical


def test_words_are_no_citation() -> None:
    assert parse_citation_query("lavado de activos en la frontera") == []


IDENTITIES = [
    (
        "Ley Nº 19574 - LEY INTEGRAL",
        {"official_number": "19574", "official_type": "Ley", "year": "2017"},
        "",
        "UY",
        "ref:uy:ley:19574",
    ),
    ("Ley contra el Crimen Organizado", {"identifier": "LEY-30077-2013"}, "", "PE", "ref:pe:ley:30077"),
    ("Code pénal", {"identifier": "LEGITEXT000006070719"}, "", "FR", "ref:fr:code:penal"),
    ("CÓDIGO Penal Federal", {}, "", "MX", "ref:mx:codigo:penal-federal"),
    ("Lei de Drogas", {}, "LEI Nº 11.343, DE 23 DE AGOSTO DE 2006", "BR", "ref:br:lei:11343"),
    ("Proceeds of Crime Act , 1996", {"identifier": "IE-1996-act-30"}, "", "IE", "ref:ie:act:proceeds-crime:1996"),
    ("sentencia.pdf", {}, "ECLI:ES:TS:2014:3877", "ES", ""),
    ("", {"uri": "/akn/uy/act/ley/2017/19574"}, "", "UY", "ref:uy:ley:19574"),
    ("", {"uri": "/akn/fr/act/loi/2016-12-09/2016-1691"}, "", "FR", "ref:fr:loi:2016-1691:2016"),
    ("", {"uri": "/akn/es/act/ley-organica/1995/10"}, "", "ES", "ref:es:codigo:penal"),
    ("", {"uri": "/akn/cl/act/decreto-con-fuerza-de-ley/2000/1"}, "", "CL", "ref:cl:dfl:1:2000"),
    ("", {"uri": "/akn/it/act/legge/stato/2003-09-24/2003"}, "", "IT", "ref:it:legge:2003:2003"),
    ("", {"uri": "/akn/za/act/1998/84/eng@1999-01-01"}, "", "ZA", "ref:za:act:84:1998"),
    ("", {"uri": "/akn/uy/act/codigo-penal"}, "", "UY", ""),
    ("CODIGO PENAL", {"identifier": "LEY-11179", "country": "ar"}, "", "AR", "ref:ar:codigo:penal"),
    ("ESTADO DE EMERGENCIA", {"identifier": "DNU-70-2023", "country": "ar"}, "", "AR", "ref:ar:decreto:70:2023"),
]


@pytest.mark.parametrize(("title", "metadata", "head", "jurisdiction", "value"), IDENTITIES)
def test_what_a_document_is(title: str, metadata: dict[str, str], head: str, jurisdiction: str, value: str) -> None:
    found = {reading.canonical for reading in document_identity(title, metadata, head, "", jurisdiction)}
    assert value in found if value else found == set()


def test_a_law_named_in_the_title_of_another_is_not_its_identity() -> None:
    title = "Ley Nº 19574 - LEY INTEGRAL. DEROGACION DE ARTICULOS DEL DECRETO LEY 14.294"
    found = document_identity(title, {}, f"# {title}\n", "statute", "UY")
    assert [reading.canonical for reading in found] == ["ref:uy:ley:19574"]


def test_an_amendment_with_the_title_of_the_code_is_not_the_code() -> None:
    metadata = {"identifier": "LEY-25246", "country": "ar"}
    found = document_identity("CODIGO PENAL", metadata, "# CODIGO PENAL\n\nLey 25.246", "statute", "AR")
    assert [reading.canonical for reading in found] == ["ref:ar:ley:25246"]
    assert stated_number(metadata) == "Ley 25.246"
    assert not stated_number({"identifier": "LEY-11179", "country": "ar"})
    assert not stated_number({"identifier": "LEY-30077-2013", "country": "pe"})


def test_a_request_is_no_law() -> None:
    assert document_identity("Ley 23/2014", {}, "", "mla_request", "ES") == ()


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("art. 324-1", "ref:x#art-324-1"),
        ("s. 7(1)", "ref:x#s-7"),
        ("§ 2.º", "ref:x"),
        ("art. 400 bis", "ref:x#art-400bis"),
        ("art. 1 transitorio", "ref:x#art-1-transitorio"),
        ("art. 4 decreto", "ref:x#art-4-decreto"),
        ("anexo II art. 3", "ref:x#anexo-ii-art-3"),
        ("disposición adicional primera", "ref:x#da-1"),
        ("sch. 2 para. 3", "ref:x#sch-2"),
        ("art. 337-B", "ref:x#art-337b"),
        ("art. 157 [2000-07-24/2004-12-31]", "ref:x#art-157-2000-07-24-2004-12-31"),
        ("art. 157 [texto anterior]", "ref:x#art-157-texto-anterior"),
        ("para. 12", "ref:x#para-12"),
    ],
)
def test_provision_identity(label: str, value: str) -> None:
    assert provision_identity(Reading("ref:x", "", ""), label) == value


@pytest.mark.shared
def test_real_laws_find_their_own_citation() -> None:
    folder = Path(__file__).parent.parent.parent / "shared" / "data" / "statutes"
    if not folder.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    expected = {"fr/code-penal.md": ("FR", "code pénal"), "pe/LEY-30096-2013.md": ("PE", "Ley N° 30096")}
    for name, (country, citation) in expected.items():
        text = (folder / name).read_text("utf-8")
        title = text.split("title:", 1)[1].split("\n", 1)[0].strip(' "')
        identifier = text.split("identifier:", 1)[1].split("\n", 1)[0].strip(' "')
        own = {item.canonical for item in document_identity(title, {"identifier": identifier}, text, "", country)}
        assert find_citations(citation, jurisdiction=country)[0].value in own


@pytest.mark.parametrize(
    "name", sorted({rule.check for n, s in BANKS for rule in load_bank(n, *s).rules if rule.check})
)
def test_every_check_answers(name: str) -> None:
    assert name == "ip" or check(name, "12345678901234567890123456789012345678901234567") in ("true", "false")


LATIN_AMERICA_AND_EUROPE = [
    (
        "CO",
        "Ley 906 de 2004 artículo 484, Decreto 1069 de 2015",
        ["ref:co:codigo:procedimiento-penal#art-484", "ref:co:decreto:1069:2015"],
    ),
    ("CL", "RUC 2000123456-7", ["ref:cl:ruc:2000123456-7"]),
    ("PY", "Ley N° 3440/08", ["ref:py:ley:3440"]),
    ("EC", "artículo 317 del COIP", ["ref:ec:codigo:organico-integral-penal#art-317"]),
    ("AR", "arts. 210 y 210 bis CP", ["ref:ar:codigo:penal#art-210"]),
    ("DO", "artículo 2 de la Ley 53-07", ["ref:do:ley:53:2007#art-2"]),
    ("BE", "article 505, alinéa 1er, 2°, du Code pénal", ["ref:be:code:penal#art-505"]),
    ("TT", "Chap. 11:27", ["ref:tt:act:proceeds-crime:2000"]),
    ("UY", "artículo 248 de la Ley\n N° 18.387", ["ref:uy:ley:18387#art-248"]),
    ("BR", "art. 5º da Lei 9.613/98 ; 16 da Lei 7.347/85", ["ref:br:lei:9613#art-5", "ref:br:lei:7347#art-16"]),
    ("UY", "las Leyes N° 17.016, de 22 de octubre de 1998, y N° 18.494", ["ref:uy:ley:17016", "ref:uy:ley:18494"]),
]


@pytest.mark.parametrize(("jurisdiction", "text", "values"), LATIN_AMERICA_AND_EUROPE)
def test_countries(jurisdiction: str, text: str, values: list[str]) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=jurisdiction)] == values


def test_headings_of_articles_are_no_citations() -> None:
    assert (
        find_citations("Artículo 5.- Objeto\n\nLa ley protege.\n\n##### Article 324-1\n\nLe fait", jurisdiction="FR")
        == []
    )


COMMON_LAW = [
    (
        "GB",
        "s. 4(1)(b) of the Criminal Justice (Money Laundering and Terrorist Financing) Act 2010",
        ["ref:gb:act:criminal-justice-money-laundering-terrorist-financing:2010#s-4"],
    ),
    (
        "IE",
        "sections 107A and 107B of the Taxes Consolidation Act 1997",
        ["ref:ie:act:taxes-consolidation:1997#s-107a"],
    ),
    ("IE", "Order 19 r. 28 of the Rules of the Superior Courts", ["ref:ie:rules:superior-courts#o-19-r-28"]),
    ("IE", "under O. 19, r. 28(1)", ["self#o-19-r-28"]),
    ("IE", "reg. 3(2) of S.I. No. 110 of 2019", ["ref:ie:si:110:2019#reg-3"]),
    ("TT", "the Proceeds of Crime Act, Chap. 11:27", ["ref:tt:act:proceeds-crime:2000"] * 2),
    (
        "BB",
        "the Money Laundering Act, Cap. 129",
        ["ref:bb:act:money-laundering", "ref:bb:act:money-laundering-financing-terrorism-prevention-control:2011"],
    ),
    ("GB", "Article 6 § 1 of the European Convention on Human Rights", ["ref:int:treaty:ECHR#art-6"]),
    ("GB", "[2004] 1 AC 1", ["ref:gb:report:[2004]1ac1"]),
    ("GB", "[1987] A.C. 460", ["ref:gb:report:[1987]ac460"]),
    ("GB", "R v Smith [2001] 2 Cr App R (S) 9", ["ref:gb:report:[2001]2crappr(s)9"]),
    ("IE", "[2006] 4 I.R. 1", ["ref:ie:report:[2006]4ir1"]),
    ("TT", "(1998) 52 WIR 75", ["ref:gb:report:(1998)52wir75"]),
    ("IN", "(2015) 3 SCC 1", ["ref:in:report:(2015)3scc1"]),
    ("IN", "AIR 1978 SC 597", ["ref:in:report:air1978sc597"]),
    ("IN", "A.I.R. 1978 S.C. 597", ["ref:in:report:air1978sc597"]),
    ("IN", "(2015)10 SCC-161", ["ref:in:report:(2015)10scc161"]),
    ("IN", "under Section 437(6) Cr.P.C", ["ref:in:code:criminal-procedure:1973#s-437"]),
    ("IN", "u/s 302 IPC", ["ref:in:code:penal#s-302"]),
    ("IN", "the Constitution Bench held", []),
    (
        "IE",
        "(inserted bysection 72(b) of theCriminal Justice (Terrorist Offences) Act 2005)",
        ["ref:ie:act:criminal-justice-terrorist-offences:2005#s-72"],
    ),
    ("IE", "withsection 4of the Fraud Act 2006", ["ref:ie:act:fraud:2006#s-4"]),
    ("IE", "For the purposes of this Part, section 6 applies", ["self#s-6"]),
    (
        "IE",
        "the Bankruptcy Act, 1988 and the said Act of 1988",
        ["ref:ie:act:bankruptcy:1988", "ref:ie:act:bankruptcy:1988"],
    ),
    ("IE", "Article 3 of the Istanbul Convention", ["ref:int:treaty:CETS210#art-3"]),
    ("IE", "Article 3 of the Lugano Convention", ["ref:int:law:lugano-convention#art-3"]),
    (
        "TT",
        "the Summary Courts Act, Chap. 4:20 (the Act). Under section 25 of the Act",
        ["ref:tt:act:summary-courts", "ref:tt:act:summary-courts", "ref:tt:act:summary-courts#s-25"],
    ),
    ("IE", "Part IV of the Criminal Justice Act 1994", ["ref:ie:act:criminal-justice:1994"]),
    ("IE", "Regulations 2020 (S.I. No. 233 of 2020)", ["ref:ie:si:233:2020"]),
    ("GB", "paragraph 3 of Schedule 2 to the Bribery Act 2010", ["ref:gb:act:bribery:2010#sch-2"]),
    ("GB", "the Second Schedule to the Theft Act 1968", ["ref:gb:act:theft:1968#sch-2"]),
    ("IE", "Amendment of Explosives Act 1875", ["ref:ie:act:explosives:1875"]),
    (
        "GB",
        "section 1 of the Fraud Act 2006 and section 17 of the Theft Act 1968",
        ["ref:gb:act:fraud:2006#s-1", "ref:gb:act:theft:1968#s-17"],
    ),
    ("JM", "the Mutual Assistance (Criminal Matters) Act", ["ref:jm:act:mutual-assistance-criminal-matters:1995"]),
    ("GB", "Article 45 of the Fourth Money Laundering Directive", ["celex:32015L0849#art-45"]),
    (
        "GB",
        "regulation 28 of the Money Laundering Regulations 2017",
        ["ref:gb:regulation:money-laundering:2017#reg-28"],
    ),
    ("BZ", "pursuant to Section 20 of the Belize Constitution", ["ref:bz:constitution#s-20"]),
    ("AU", "Crimes Act 1958 (Vic) s 372", ["ref:au:act:crimes:1958#s-372"]),
    ("TL", "no artigo 96.º, n.º1, alínea a) da Constituição", ["ref:tl:constituicao#art-96"]),
    ("TL", "pelos arts. 110º e 104º do Código Penal\nIndonésio", ["ref:id:codigo:penal#art-110"]),
    ("PT", "violação do art. 74° do C.P.P., pedindo", ["ref:pt:codigo:processo-penal#art-74"]),
    ("MO", "violação do art. 74° do C.P.P.M., pedindo", ["ref:mo:codigo:processo-penal#art-74"]),
    ("MO", "previsto no art. 191°, n.° 2, al. a) e b) do C.P.M., na pena", ["ref:mo:codigo:penal#art-191"]),
    ("TL", "nos termos do n.o 3 do art.o 73.o da Constituição da República", ["ref:tl:constituicao#art-73"]),
    ("CG", "Loi n° 10-2025 du 28 mai 2025", ["ref:cg:loi:10:2025"]),
    ("CG", "a promulgué la loi n° 3 de 2024", ["ref:cg:loi:3:2024"]),
    ("CD", "Vu la Loin° 08/12 du 31 juillet 2008", ["ref:cd:loi:12:2008"]),
    (
        "GB",
        "Part 7 of POCA 2002; s 328 POCA",
        ["ref:gb:act:proceeds-crime:2002", "ref:gb:act:proceeds-crime:2002#s-328"],
    ),
]


@pytest.mark.parametrize(("jurisdiction", "text", "values"), COMMON_LAW)
def test_common_law(jurisdiction: str, text: str, values: list[str]) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=jurisdiction, language="en")] == values


DEFINED = [
    (
        "MX",
        "la Ley Federal contra la Delincuencia Organizada (en adelante, LFDO). La LFDO prevé",
        ["ref:mx:ley:federal-delincuencia-organizada", "ref:mx:ley:federal-delincuencia-organizada"],
    ),
    (
        "IE",
        "“Act of 1994” means the Criminal Justice Act 1994;\n\nsection 3 of the Act of 1994",
        ["ref:ie:act:criminal-justice:1994", "ref:ie:act:criminal-justice:1994#s-3"],
    ),
    (
        "GB",
        "the Armed Forces Act 2006 (hereinafter ‘the 2006 Act’). Under the 2006 Act",
        ["ref:gb:act:armed-forces:2006", "ref:gb:act:armed-forces:2006"],
    ),
    (
        "FR",
        "la loi n° 2015-912 du 24 juillet 2015. La loi du 24 juillet 2015",
        ["ref:fr:loi:912:2015", "ref:fr:loi:912:2015"],
    ),
    ("FR", "la loi du 9 mars 2004", ["ref:fr:loi:204:2004"]),
    (
        "BR",
        "a Lei nº 12.850/2013 (doravante “Lei das Orcrim”). O art. 3º da Lei das Orcrim",
        ["ref:br:lei:12850", "ref:br:lei:12850#art-3"],
    ),
    ("GB", "the 2006 Act", []),
    ("GB", "the Fraud Act 2006 (“the Act”). Under the Act", ["ref:gb:act:fraud:2006"]),
]


@pytest.mark.parametrize(("jurisdiction", "text", "values"), DEFINED)
def test_names_that_a_text_gives(jurisdiction: str, text: str, values: list[str]) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=jurisdiction)] == values


BRAZIL = [
    ("art . 3º , § 1º , I e II , da Lei nº 6.194/74", "ref:br:lei:6194#art-3"),
    ("art. 58 da LODF", "ref:br:lodf#art-58"),
    ("art. 2º da Lei dos Crimes Hediondos", "ref:br:lei:8072#art-2"),
    ("ARE Nº 1.048.950", "ref:br:are:1048950"),
    ("ED-AgR-REspe 1917-11/GO", "ref:br:ed-agr-respe:1917-11"),
    ("Orientação Jurisprudencial nº 351 da SBDI-1 do TST", "ref:br:oj:351"),
    ("SÚMULA 331 , V , DO TST", "ref:br:sumula-tst:331"),
    ("HABEAS CORPUS 110.260 SÃO PAULO", "ref:br:hc:110260"),
    ("Constituição Federal em seus artigos 48 , inc . X", "ref:br:constituicao#art-48"),
    ("Acórdão n.940649", "ref:br:acordao:940649"),
    ("TC 001.396/97-8", "ref:br:tc:001396/97-8"),
    ("Resolução-TSE n° 23.376/2012", "ref:br:resolucao:23376:2012"),
]


@pytest.mark.parametrize(("text", "value"), BRAZIL)
def test_brazil(text: str, value: str) -> None:
    (span,) = find_citations(f"conforme {text} , decide", jurisdiction="BR")
    assert (span.value, span.start, span.end) == (value, 9, 9 + len(text))


def test_an_article_quoted_after_a_colon_is_a_heading() -> None:
    assert find_citations('o dispositivo : " Art . 53 . São Poderes do Distrito Federal', jurisdiction="BR") == []


WHOSE_LAW = [
    ("LU", "fr", "articles 113 à 123 du Code pénal", "ref:lu:code:penal#art-113"),
    ("BE", "fr", "article 2 du Code pénal", "ref:be:code:penal#art-2"),
    ("TZ", "en", "section 5 of the Constitution", "ref:tz:constitution#s-5"),
    ("CL", "es", "artículo 7 de la ley Nº 19.880", "ref:cl:ley:19880#art-7"),
    ("CO", "es", "artículo 3 del Código Penal", "ref:co:codigo:penal#art-3"),
    ("AR", "es", "Decreto 764/2008", "ref:ar:decreto:764:2008"),
    ("PT", "pt", "artº 164 do C.P.", "ref:pt:codigo:penal#art-164"),
    ("AO", "pt", "Lei n.º 38/20, de 11 de novembro", "ref:ao:codigo:penal"),
    ("LU", "fr", "article 5 de la loi modifiée du 16 avril 1979", "ref:lu:loi:1979-04-16#art-5"),
    ("LU", "fr", "loi n° 2014-1104 du 1er octobre 2014", "ref:fr:loi:1104:2014"),
    ("SN", "fr", "loi n° 2016-29 du 8 novembre 2016", "ref:sn:loi:29:2016"),
    ("AR", "es", "artículo 301 del Código Penal español", "ref:es:codigo:penal#art-301"),
    ("ES", "es", "artículo 5 de la Ley 24.767 de Argentina", "ref:ar:ley:24767#art-5"),
    ("IE", "en", "section 3 of the UK Human Rights Act 1998", "ref:gb:act:human-rights:1998#s-3"),
    ("ES", "es", "art. 17 del ET", "ref:es:rdleg:2:2015#art-17"),
    ("CL", "es", "art. 17 del ET", "ref:cl:law:et#art-17"),
    ("", "fr", "article 2 du Code pénal", "ref:xx:code:penal#art-2"),
    ("", "es", "Ley 23/2014", "ref:xx:ley:23:2014"),
    ("", "es", "Ley Orgánica 10/1995", "ref:es:codigo:penal"),
    ("", "en", "section 4 of the Evidence Act 1971", "ref:xx:act:evidence:1971#s-4"),
    ("EU", "es", "artículo 3 del Código Penal", "ref:xx:codigo:penal#art-3"),
]


@pytest.mark.parametrize(("jurisdiction", "language", "text", "value"), WHOSE_LAW)
def test_a_law_is_the_texts_own_or_that_of_the_state_beside_it(
    jurisdiction: str, language: str, text: str, value: str
) -> None:
    (span,) = find_citations(f"conforme {text}.", jurisdiction=jurisdiction, language=language)
    assert span.value == value
    assert {reading.canonical for reading in span.readings} == {value}


def test_a_query_reads_a_shared_form_for_every_state() -> None:
    (cited,) = parse_citation_query("code pénal 324-1")
    assert {reading.jurisdiction for reading in cited.readings} >= {"FR", "BE", "HT", "LU"}


FORMS = [
    ("BE", "fr", "<L 2002-06-14/42, art. 4>", "ref:be:loi:2002-06-14#art-4"),
    ("BE", "fr", "Loi du 17-03-2021", "ref:be:loi:2021-03-17"),
    ("BE", "fr", "arrêté royal du 3 mai 1999", "ref:be:arrete-royal:1999-05-03"),
    ("LU", "fr", "Arr. g.-d. 14 décembre 1944", "ref:lu:arrete-grand-ducal:1944-12-14"),
    ("LU", "fr", "règlement grand-ducal du 31 juillet 1987", "ref:lu:reglement-grand-ducal:1987-07-31"),
    ("PT", "pt", "Decreto -Lei n.º 372/2007, de 6 de novembro", "ref:pt:decreto-lei:372:2007"),
    ("PT", "pt", "artº 119ºb) do Código do Processo Penal", "ref:pt:codigo:processo-penal#art-119"),
    ("PT", "pt", "Artigo 2.º do/a Lei Constitucional n.º 1/2004", "ref:pt:lei-constitucional:1:2004#art-2"),
    ("ES", "es", "artículo 117. 3 de la Constitución", "ref:es:constitucion#art-117"),
    ("ES", "es", "rcud. 2839/2019", "ref:es:recurso:2839:2019"),
    ("ES", "es", "sentencia nº 268/24 de fecha 25 de noviembre de 2024", "ref:es:sentencia:268:2024"),
    ("ES", "es", "sentencia de esta sala de 3 de abril de 2001", "ref:es:sentencia:2001-04-03"),
    ("ES", "es", "Directiva 79/7 del Consejo, de 19 de diciembre de 1978", "celex:31979L0007"),
    ("FR", "fr", "arrêt de la cour d’appel de Paris du 12 mars 2015", "ref:fr:cour-appel-paris:2015-03-12"),
    ("ZA", "en", "[2024] ZASCA 21", "ref:za:zasca:21:2024"),
    ("ZA", "en", "2015 (1) SA 25 (CC)", "ref:za:report:2015(1)sa25"),
    ("GB", "en", "[2000] BPIR 339", "ref:gb:report:[2000]bpir339"),
    ("GB", "en", "article 25 of the Unlisted Transfer Directive", "ref:gb:law:unlisted-transfer-directive#art-25"),
]


@pytest.mark.parametrize(("jurisdiction", "language", "text", "value"), FORMS)
def test_forms_of_more_countries(jurisdiction: str, language: str, text: str, value: str) -> None:
    (span,) = find_citations(f"Vu {text}.", jurisdiction=jurisdiction, language=language)
    assert span.value == value


def test_a_national_judgments_number_is_not_an_application_to_strasbourg() -> None:
    text = "El TEDH (demanda nº 47287/15) y la sentencia nº 268/24 de fecha 25 de noviembre de 2024."
    assert [span.value for span in find_citations(text, jurisdiction="ES", language="es")] == [
        "ref:coe:echr:47287/15",
        "ref:es:sentencia:268:2024",
    ]


OWN = [
    ("AO", "pt", "## LEI DE REVISÃO\n\nNos termos do artigo 3.º da Lei n.º 2/10", ["ref:ao:lei:2:2010#art-3"]),
    ("GT", "es", "Artículo 262. Ley de Servicio Municipal. El artículo 217 de esta Constitución", ["self#art-217"]),
    ("VE", "es", "un Decreto con Fuerza de Ley de Bosques, artículo 2 de dicho Decreto", ["ref:ve:law:decret#art-2"]),
    ("CR", "es", "Los artículos 90 inciso b), 107 y 110 de esta ley", ["self#art-90"]),
]  # fmt: skip


@pytest.mark.parametrize(("country", "language", "text", "values"), OWN)
def test_a_law_does_not_cite_its_headings_or_itself_as_another(
    country: str, language: str, text: str, values: list[str]
) -> None:
    unit = Unit(0, len(text), "art. 1", "article", (), "", 1.0, "")
    spans = find_citations(text, jurisdiction=country, language=language, units=(unit,))
    assert [span.value for span in spans] == values


def test_contents_and_own_headings_are_no_citations() -> None:
    contents = "Índice Artigo 1.º Objeto Artigo 2.º Âmbito Artigo 3.º Autoridade Artigo 4.º Natureza"
    law = "\n\nTexto: Artigo 1.º Aplica-se o artigo 7.º da Lei n.º 67/98, de 26 de outubro, e o artigo 3.º."
    start = len(contents) + law.index("Artigo")
    unit = Unit(start, len(contents + law), "art. 1.º", "article", (), "", 1.0, "")
    spans = find_citations(contents + law, jurisdiction="PT", language="pt", units=(unit,))
    assert [span.value for span in spans] == ["ref:pt:lei:67:1998#art-7", "self#art-3"]


@pytest.mark.parametrize(
    ("text", "value", "targets"),
    [
        ("As held in R v Smith [2024] EWCA Crim 12, [45], the test", "ref:gb:ewca-crim:12:2024#para-45", ""),
        ("in Jones [2019] UKSC 1 at [23]-[25], and", "ref:gb:uksc:1:2019#para-23", "ref:gb:uksc:1:2019#para-23..25"),
        ("in [2020] JMCA Crim 15 at paragraph 42.", "ref:jm:jmca-crim:15:2020#para-42", ""),
        ("[2021] IESC 7, §§ 1, 4", "ref:ie:iesc:7:2021#para-1", "ref:ie:iesc:7:2021#para-1 ref:ie:iesc:7:2021#para-4"),
        ("[2018] EWHC 12 (Admin) at [7]; see", "ref:gb:ewhc:12:2018#para-7", ""),
        ("ECLI:EU:C:2016:198, § 42", "ECLI:EU:C:2016:198#para-42", ""),
        ("[2004] SGHC 162, [2005] SGHC 3", "ref:sg:sghc:162:2004", ""),
    ],
)  # fmt: skip
def test_a_case_is_cited_with_its_paragraphs(text: str, value: str, targets: str) -> None:
    first = find_citations(text, jurisdiction="GB", language="en")[0]
    assert (first.value, first.attributes.get("targets", "")) == (value, targets)


def test_a_cited_paragraph_is_the_unit_of_the_judgment() -> None:
    cited = find_citations("[2024] EWCA Crim 12, [2]", jurisdiction="GB", language="en")[0]
    judgment = "[2024] EWCA Crim 12\n[1] One.\n[2] Two.\n[3] Three."
    units = find_structure(judgment, document_type="judgment", language="en")
    identity = document_identity("", {}, judgment, "judgment", "GB")[0]
    assert cited.value in {provision_identity(identity, unit.label) for unit in units}


UNSEEN_FORMS = [
    ("ZA", "en", "section 1 of Act 25 of 2002", "ref:za:act:25:2002#s-1"),
    ("BF", "fr", "la loi 50-61 du 1er décembre 1961", "ref:bf:loi:50:1961"),
    ("BF", "fr", "l'arrêté 4602 A.P. du 16 août 1950", "ref:bf:arrete:4602:1950"),
    ("CM", "fr", "l'article 2 de l'ordonnance n°72/17 du 28 septembre 1972", "ref:cm:ordonnance:17:1972#art-2"),
    ("CV", "pt", "artigo 75 e ss da Lei n.º 56/VI/2005, de 28 de fevereiro", "ref:cv:lei:56:2005#art-75"),
    ("PT", "pt", "artigo 75 da Lei n.º 56/VI/2005, de 28 de fevereiro", "ref:cv:lei:56:2005#art-75"),
    ("KE", "en", "section 203 as read with section 204 of the Penal Code", "ref:ke:law:penal-code#s-203"),
    ("CA", "fr", "l’article 486.4 C.cr.", "ref:ca:code:criminel#art-486.4"),
    ("CR", "es", "la Ley de Contingencia Fiscal, N° 8343 del 18 de diciembre de 2002", "ref:cr:ley:8343"),
    ("CR", "es", "artículo 691, párrafo final, del Código de Trabajo", "ref:cr:codigo:trabajo#art-691"),
    ("GT", "es", "el artículo 38 del Decreto Número 101·97 del Congreso", "ref:gt:decreto:101:1997#art-38"),
    ("LK", "en", "section 5 of the Admiralty Act No. 40 of 1983", "ref:lk:act:admiralty:1983#s-5"),
    ("IE", "en", "IN THE MATTER OF THE EUROPEAN ARREST WARRANT ACT 2003", "ref:ie:act:european-arrest-warrant:2003"),
    ("SG", "en", "in Tan v Lee [2007] 2 SLR(R) 655 the court", "ref:sg:report:[2007]2slr(r)655"),
    ("SG", "en", "in Hill v Reglon [2007] NSWCA 295 the court", "ref:au:nswca:295:2007"),
    ("AO", "pt", "o Acórdão do Tribunal Constitucional n.º 111/2010", "ref:ao:acordao:111:2010"),
    ("MZ", "pt", "artigo 11.º do Diploma Legislativo n.º 783/1942", "ref:mz:diploma-legislativo:783:1942#art-11"),
    ("CH", "fr", "l’art. 59 al. 2 SR 311.0 Code pénal", "ref:ch:code:penal#art-59"),
    ("CH", "fr", "hors TVA) (art. 429 al. 1 let. a du Code pénal", "ref:ch:code:penal#art-429"),
    ("CA", "fr", "à l’alinéa 5h) de la Loi sur l’assurance-emploi", "ref:ca:loi:assurance-emploi#art-5"),
    ("CA", "en", "under subsection 77.01(2) of the Bank Act", "ref:ca:act:bank#s-77.01"),
    ("GB", "en", "under section 77.1 of the Bank Act", "ref:gb:act:bank#s-77"),
    ("MA", "fr", "l’article 3 de la loi n° 13-10", "ref:ma:loi:13:2010#art-3"),
    ("MA", "fr", "promulguée par le dahir n° 1-11-02", "ref:ma:dahir:1-11-02"),
    ("MA", "fr", "la Constitution, notamment ses articles 26 et 58", "ref:ma:constitution#art-26"),
    ("SN", "fr", "l’article «381» du code de procédure civile", "ref:sn:code:procedure-civile#art-381"),
    ("SS", "en", "Article 85(1) of the Interim Constitution of Southern Sudan", "ref:ss:constitution#art-85"),
    ("SN", "fr", "l'article premier du decret n° 2019-\n910 du 15 mai 2019", "ref:sn:decret:910:2019#art-1"),
    ("VE", "es", "el artículo 2 de la ya mencionada Ley de Amparo", "ref:ve:ley:amparo#art-2"),
    ("VE", "es", "el artículo 25, cardinal 14 de la Ley de Amparo", "ref:ve:ley:amparo#art-25"),
    ("BO", "es", "el art. 64-I del D.S. N° 24051", "ref:bo:decreto-supremo:24051#art-64"),
    ("BO", "es", "el DS N° 28699, art. 10-III-2-a)", "ref:bo:decreto-supremo:28699#art-10"),
    ("BO", "es", "art. 1 del D.S. de 25 de abril de 1905", "ref:bo:decreto-supremo:1905-04-25#art-1"),
    ("CL", "es", "el artículo 1 del D.L. N° 3.500", "ref:cl:decreto-ley:3500#art-1"),
    ("CL", "es", "la Res. Ex. N° 74, de 4 de mayo de 2020", "ref:cl:resolucion-exenta:74:2020"),
    ("PE", "es", "el artículo 3 del DS 003-97-TR", "ref:pe:decreto-supremo:3:1997#art-3"),
    ("UY", "es", "el Dec. P.Ejec. 265/007", "ref:uy:decreto:265:2007"),
    ("AR", "es", "el Dto. 1798/80", "ref:ar:decreto:1798:1980"),
    ("ES", "es", "artículo 2 de la Orden Ministerial de 4 de mayo de 1998", "ref:es:orden:1998-05-04#art-2"),
    ("PT", "pt", "nos termos do Art.º 5.º da Lei n.º 5/2004", "ref:pt:lei:5:2004#art-5"),
    ("PT", "pt", "o Dec.-Lei n.º 28/84, de 20 de janeiro", "ref:pt:decreto-lei:28:1984"),
    ("CI", "fr", "l’arrêté n° 45/2019/MJDH", "ref:ci:arrete:45:2019"),
    ("MG", "fr", "l’arrêté interministériel n° 3000/98", "ref:mg:arrete:3000:1998"),
    ("TC", "en", "the Companies Ordinance (Cap. 16.08)", "ref:tc:chapter:1608"),
    ("MC", "fr", "la loi n° 1.362 du 3 août 2009", "ref:mc:loi:1362:2009"),
    ("CL", "es", "artículo trigésimo octavo transitorio de la ley N° 21.040", "ref:cl:ley:21040#art-38-transitorio"),
    ("CL", "es", "el artículo décimo tercero de la Ley 19.300", "ref:cl:ley:19300#art-13"),
    ("PT", "pt", "o artigo terceiro da Lei n.º 5/2008", "ref:pt:lei:5:2008#art-3"),
    ("SV", "es", "art. 193 ord. 4º Cn.", "ref:sv:constitucion#art-193"),
    ("PA", "es", "el Código Judicial en su artículo 2616", "ref:pa:codigo:judicial#art-2616"),
    ("GT", "es", "art. 253 del Código Procesal Civil y Mercantil", "ref:gt:codigo:procesal-civil-mercantil#art-253"),
    ("AR", "es", "el artículo 20 del decreto reglamentario 170/96", "ref:ar:decreto:170:1996#art-20"),
    ("ES", "es", "el artículo 34 de la Ley Hipotecaria", "ref:es:ley:hipotecaria#art-34"),
    ("LU", "fr", "l'article 97 LIR", "ref:lu:loi:1967-12-04#art-97"),
    ("LU", "fr", "l'article 18 (1) d) du règlement Dublin III", "celex:32013R0604#art-18"),
    ("LU", "fr", "l'article 8, troisième phrase de la loi du 21 juin 1999", "ref:lu:loi:1999-06-21#art-8"),
    ("CH", "fr", "l'art. 83 al. 1 let. c LAsi", "ref:ch:loi:asile#art-83"),
    ("CH", "fr", "l'art. 12 let. i LLCA", "ref:ch:law:llca#art-12"),
    ("CH", "fr", "art. 29 al. 2 Cst.", "ref:ch:constitution#art-29"),
    ("SN", "fr", "l'article 549 du Code de la Marine Marchande", "ref:sn:code:marine-marchande#art-549"),
    ("CD", "fr", "l'arrêté n° 88/053 du 15 juillet 1988", "ref:cd:arrete:53:1988"),
    ("CD", "fr", "Arrêté Ministériel n° 419/CAB/MIN/J&GS/2003 du 14 juin 2003", "ref:cd:arrete:419:2003"),
    ("DJ", "fr", "Loi Constitutionnelle n°92/AN/10/6ème L du 21 avril 2010", "ref:dj:loi-constitutionnelle:92:2010"),
    ("DJ", "fr", "la Constitution du 15 septembre 1992", "ref:dj:constitution"),
    ("MC", "fr", "l'Ordonnance Souveraine n° 3.647 du 9 septembre 1966", "ref:mc:ordonnance-souveraine:3647:1966"),
    ("MC", "fr", "l'arrêté ministériel n° 2008-295 du 16 juin 2008", "ref:mc:arrete:295:2008"),
    ("TN", "fr", "la loi n° 2017-62 du 24/10/2017", "ref:tn:loi:62:2017"),
    ("BR", "pt", "art. 3º da Instrução CVM nº 306/1999", "ref:br:instrucao:306:1999#art-3"),
    ("BR", "pt", "art. 2º da Portaria SUSEP nº 8409, de 3 de julho de 2025", "ref:br:portaria:8409:2025#art-2"),
    ("MO", "pt", "a Lei n.° 20/80/M", "ref:mo:lei:20:1980"),
    ("GN", "fr", "Décret D/2025/207/PRG/SGG du 01 Novembre 2025", "ref:gn:decret:207:2025"),
    ("GN", "fr", "la Loi L/2016/059/AN", "ref:gn:loi:59:2016"),
    ("MR", "fr", "décret n° 235-2024 du 12 décembre 2024", "ref:mr:decret:235:2024"),
    ("MO", "pt", "a Ordem Executiva n.º 92/2024", "ref:mo:ordem-executiva:92:2024"),
    ("TL", "pt", "artigo 15.º, n.ºs 1 e 2, do Decreto do Governo n.º 9/2025", "ref:tl:decreto-governo:9:2025#art-15"),
    ("AO", "pt", "o Decreto Presidencial n.º 12/20", "ref:ao:decreto-presidencial:12:2020"),
    ("ES", "es", "el artículo 22 de la Ley orgánica de Reintegración", "ref:es:ley:organica-reintegracion#art-22"),
    ("CL", "es", "el artículo 6 del Decreto Nº64, de 2017", "ref:cl:decreto:64:2017#art-6"),
    ("TC", "en", "CHANGE OF TITLE NOTICES – Section 47", "self#s-47"),
    ("MW", "en", "Notwithstanding sections\n\n10\n\n, a public document", "self#s-10"),
    ("DZ", "fr", "le décret exécutif n° 12-232 du 3 Rajab 1433 correspondant au 24 mai 2012", "ref:dz:decret:232:2012"),
    ("TN", "fr", "décret gouvernemental n° 2016-1204 du 18 octobre 2016", "ref:tn:decret:1204:2016"),
    ("", "fr", "l'arrêté n° 11-2023 APF/SG du 12 mai 2023", "ref:xx:arrete:11:2023"),
    ("", "fr", "l'arrêté n° 815 PR du 3 juin 2024", "ref:xx:arrete:815:2024"),
    ("SG", "en", "O 38 r 4 of the Rules of Court", "ref:sg:law:rules-court#o-38-r-4"),
    ("IM", "en", "White v White [2000] 3.FCR. 555", "ref:xx:report:[2000]3fcr555"),
    ("PE", "es", "el artículo 135 de la Decisión 486 de la Comunidad Andina", "ref:pe:decision:486#art-135"),
    ("CL", "es", "el Decreto Supremo N° 96 de 2019", "ref:cl:decreto-supremo:96:2019"),
    ("EC", "es", "artículo 336 del Código Orgánico de Organización Territorial, Autonomía y Descentralización",
     "ref:ec:codigo:organico-organizacion-territorial-autonomia-descentralizacion#art-336"),
    ("FR", "fr", "la loin° 2007-224 du 21 février 2007", "ref:fr:loi:224:2007"),
    ("AR", "es", "el artículo 4 de la Ley N2 14003", "ref:ar:ley:14003#art-4"),
    ("BE", "fr", "art. 21, lois sur le Conseil d’État, coordonnées le 12 janvier 1973", "ref:be:loi:1973-01-12#art-21"),
]  # fmt: skip

BEHIND_A_TITLE = [
    ("ES", "es", "los artículos 3 de la Ley 40/2015, de 1 de octubre, de Régimen Jurídico del Sector Público, y 12 del "
     "Real Decreto 203/2021", "ref:es:rd:203:2021#art-12"),
    ("ES", "es", "los artículos 18 de la Ley 38/2003, General de Subvenciones, y 5 de la Ley 9/2007",
     "ref:es:ley:9:2007#art-5"),
    ("PT", "pt", "os artigos 3.º da Lei n.º 46/2018, que estabelece o regime da segurança do ciberespaço, e 4.º do "
     "Decreto-Lei n.º 65/2021", "ref:pt:decreto-lei:65:2021#art-4"),
    ("BR", "pt", "o art. 1º da Lei nº 8.137/90, que define crimes contra a ordem tributária, e 2º da Lei nº 4.729/65",
     "ref:br:lei:4729#art-2"),
    ("FR", "fr", "les articles 9 de la loi n° 78-17 relative à l’informatique et aux libertés et 12 de la loi "
     "n° 2004-575", "ref:fr:loi:575:2004#art-12"),
    ("BE", "fr", "les articles 3 de la loi du 8 août 1983 organisant un registre national, et 4 de la loi du "
     "30 juillet 2018", "ref:be:loi:2018-07-30#art-4"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "language", "text", "value"), BEHIND_A_TITLE)
def test_the_list_continues_behind_the_title_of_a_law(country: str, language: str, text: str, value: str) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=country, language=language)][-1] == value


@pytest.mark.parametrize(("country", "language", "text", "value"), UNSEEN_FORMS)
def test_forms_of_other_countries(country: str, language: str, text: str, value: str) -> None:
    assert [span.value for span in find_citations(text, jurisdiction=country, language=language)] == [value]


DECIMALS = [
    ("CA", "section 9.4 of the Mutual Legal Assistance in Criminal Matters Act", "#s-9.4"),
    ("CA", "art. 9.4 de la Loi sur l’entraide juridique en matière criminelle", "#art-9.4"),
    ("CA", "s. 462.321 of the Criminal Code", "#s-462.321"),
    ("", "section 83.01 of the Criminal Code of Canada", "#s-83.01"),
    ("ES", "artículo 462.31 del Código Penal de Canadá", "#art-462.31"),
    ("FR", "article 83.01 du Code criminel du Canada", "#art-83.01"),
    ("CA", "article 1457.1 du Code civil du Québec", "#art-1457.1"),
    ("ES", "artículo 9.4 de la Constitución española", "#art-9"),
    ("ES", "art. 149.1.1.ª de la Constitución", "#art-149"),
    ("CH", "art. 9.4 de la loi du 20 mars 1981", "#art-9"),
    ("CO", "artículo 2.2.3.1.1 del Decreto 1069 de 2015", "#art-2.2.3.1.1"),
]


@pytest.mark.parametrize(("jurisdiction", "text", "item"), DECIMALS)
def test_decimals_are_part_of_the_number_where_the_cited_laws_state_numbers_so(
    jurisdiction: str, text: str, item: str
) -> None:
    (span,) = find_citations(text, jurisdiction=jurisdiction)
    assert "#" + span.value.partition("#")[2] == item


@pytest.mark.parametrize(
    ("language", "query", "canonical"),
    [
        (
            "en",
            "s. 9.4 Mutual Legal Assistance in Criminal Matters Act",
            "ref:ca:act:mutual-legal-assistance-criminal-matters#s-9.4",
        ),
        (
            "fr",
            "art. 9.4 Loi sur l’entraide juridique en matière criminelle",
            "ref:ca:loi:entraide-juridique-matiere-criminelle#art-9.4",
        ),
        (
            "fr",
            "9.4 Loi sur l’entraide juridique en matière criminelle",
            "ref:ca:loi:entraide-juridique-matiere-criminelle#art-9.4",
        ),
        ("en", "section 83.01 Criminal Code", "ref:ca:code:criminel#s-83.01"),
        ("es", "art. 9.4 LECrim", "ref:es:lecrim#art-9"),
    ],
)
def test_a_query_reads_decimals_by_the_state_of_each_reading(language: str, query: str, canonical: str) -> None:
    (cited,) = parse_citation_query(query, language=language)
    assert canonical in {reading.canonical for reading in cited.readings}


@pytest.mark.parametrize(("label", "values"), [("art. 9.4", ["self#art-9.4"]), ("art. 9", ["self#art-9"])])
def test_a_law_with_articles_of_decimal_numbers_cites_them(label: str, values: list[str]) -> None:
    unit = Unit(0, 10, label, "article", (), "", 1.0, "test")
    text = "Le juge statue conformément à l’article 9.4 de la présente loi."
    found = find_citations(text, jurisdiction="BE", language="fr", units=(unit,))
    assert [span.value for span in found] == values


def test_the_id_with_decimals_is_known_beside_that_of_the_article() -> None:
    (span,) = find_citations("artículo 9.4 de la Ley 6/1985", jurisdiction="ES")
    assert other_identities(span.readings[0]) == ("ref:es:ley:6:1985#art-9.4",)
    assert {"ref:es:ley:6:1985#art-9.4", "ref:es:ley:6:1985#art-9", "ref:es:ley:6:1985"} <= set(cited_ids([span]))
    (whole,) = find_citations("artículo 9 de la Ley 6/1985", jurisdiction="ES")
    assert other_identities(whole.readings[0]) == ()


@pytest.mark.parametrize(
    ("title", "country", "identity"),
    [
        (
            "Loi sur l’entraide juridique en matière criminelle",
            "CA",
            "ref:ca:loi:entraide-juridique-matiere-criminelle",
        ),
        ("Criminal Code", "CA", "ref:ca:code:criminel"),
        ("Code criminel", "CA", "ref:ca:code:criminel"),
    ],
)
def test_a_title_that_is_the_whole_name_of_a_law_identifies_it(title: str, country: str, identity: str) -> None:
    found = document_identity(title, {"title": title, "country": country}, "", "statute", country)
    assert identity in [reading.canonical for reading in found]


COMPILED = """DECRETO 1069 DE 2015

LIBRO 2
RÉGIMEN REGLAMENTARIO DEL SECTOR JUSTICIA Y DEL DERECHO

Artículo 2.2.3.1.1. Ámbito de aplicación. El presente capítulo regula la conciliación en materia penal.

Artículo 2.2.3.1.2. Solicitud. La solicitud se presentará ante el juez de conformidad con el artículo 2.2.3.1.1.
"""


def test_articles_of_a_compiled_regulation_have_their_whole_number() -> None:
    units = find_structure(COMPILED, (), document_type="regulation", language="es", jurisdiction="CO")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 2.2.3.1.1", "art. 2.2.3.1.2"]
    found = find_citations(COMPILED, jurisdiction="CO", language="es", units=units)
    assert "self#art-2.2.3.1.1" in [span.value for span in found]


def test_an_article_of_an_act_is_known_as_its_section_too() -> None:
    (span,) = find_citations("artículo 327 de la Proceeds of Crime Act 2002 del Reino Unido", jurisdiction="ES")
    assert span.readings[0].canonical.endswith("#art-327")
    assert [other.partition("#")[2] for other in other_identities(span.readings[0])] == ["s-327"]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("art. 16 de la Ley 1708/2014", "ref:co:codigo:extincion-dominio#art-16"),
        ("Ley 599/2000 artículo 323", "ref:co:codigo:penal#art-323"),
        ("Decreto 1069/2015", "ref:co:decreto:1069:2015"),
        ("ley 23/2015", "ref:pa:ley:23:2015"),
    ],
)
def test_a_law_with_a_slash_in_a_query_may_be_one_of_a_state_that_writes_the_year_in_words(
    query: str, canonical: str
) -> None:
    (cited,) = parse_citation_query(query, language="es")
    assert cited.readings[0].jurisdiction != "PA"
    assert canonical in [reading.canonical for reading in cited.readings]


def test_a_law_with_a_slash_has_no_other_reading_in_a_state_that_writes_it_so() -> None:
    (cited,) = parse_citation_query("art. 5 Ley 10/2010", language="es", jurisdiction="ES")
    assert cited.readings[0].canonical == "ref:es:ley:10:2010#art-5"


VALUES_IN_WORDS = [
    (
        "los artículos 4°, incisos segundo y tercero; 10, incisos segundo, tercero y cuarto, y 15, inciso cuarto",
        ["self#art-4", "self#art-10", "self#art-15"],
    ),
    (
        "les règlements (CE) n° 1924/2006 et (CE) n° 1925/2006, les directives 2002/67/CE et 2008/5/CE",
        ["celex:32006R1924", "celex:32006R1925", "celex:32002L0067", "celex:32008L0005"],
    ),
    (
        "artículos 160 del Código Procesal Civil –aplicable–, 160-A de la Ley Orgánica Judicial y 48 del Código Penal",
        [
            "ref:sv:codigo:procesal-civil#art-160",
            "ref:sv:ley:organica-judicial#art-160a",
            "ref:sv:codigo:penal#art-48",
        ],
    ),
    ("le volet civil de l'article 6 § 1 de la Convention", ["ref:sv:treaty#art-6"]),
    (
        "no artigo 3.º, no n.º 2 do artigo 4.º, e na alínea a) do n.º 1 do artigo 6.º, todos do Código Penal",
        ["ref:sv:codigo:penal#art-3", "ref:sv:codigo:penal#art-4", "ref:sv:codigo:penal#art-6"],
    ),
    (
        "Vu la loi n° 2014-338 du 5 juin 2014 relative à l'artisanat et à ses métiers, notamment son article 16 ;",
        ["ref:fr:loi:338:2014", "ref:fr:loi:338:2014#art-16"],
    ),
    ("El artículo 3 ONU Mujeres colabora; section 3 USA Today", ["self#art-3", "self#s-3"]),
    ("téngase como Ley de la República y cúmplase como Ley del Estado", []),
    ("Reference to Order in Council, Act of Parliament or Jamaica Law", []),
    ("2. Commencement This Act commences today. 3. ELECTRIC LIGHT AND POWER An Act to regulate it.", []),
    ("“infringido la Ley 5” (ibid., p. 20)", ["ref:sv:ley:5"]),
    ("CONSIDERANDO lo dicho. ARTÍCULO 4.- Los ingresos del país. ARTÍCULO 5.- Los gastos.", []),
]


@pytest.mark.parametrize(("text", "values"), VALUES_IN_WORDS)
def test_lists_go_on_behind_values_in_words_and_other_laws(text: str, values: list[str]) -> None:
    spans = find_citations(text, jurisdiction="SV", language="es")
    found = [value for span in spans for value in span.attributes.get("targets", span.value).split()]
    assert found == values
