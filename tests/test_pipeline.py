"""All annotations of one document, merged; metadata known beforehand takes precedence."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.document import Block, BlockKind
from nlp.annotations import Annotations, Hints, Reading, Span
from nlp.entities.merging import merge
from nlp.pipeline import annotate

LETTER = """ADMINISTRACIÓN DE JUSTICIA
Juzgado Central de Instrucción n.º 3
Audiencia Nacional

COMISIÓN ROGATORIA INTERNACIONAL

A las autoridades judiciales competentes de la República Federativa do Brasil

I. FUNDAMENTO LEGAL
La presente solicitud se formula al amparo de la Convención de Palermo.

II. HECHOS
El investigado Juan Pérez Gómez, nacido el 3 de mayo de 1970 en Bogotá, transfirió 1.500.000 euros a la empresa
Inversiones do Sul Ltda. por blanqueo de capitales (artículo 301 del Código Penal).

III. DILIGENCIAS SOLICITADAS
Remisión de extractos bancarios de la cuenta ES9121000418450200051332.

Madrid, 14 de marzo de 2024

CARTA ROGATÓRIA
Às autoridades judiciárias competentes do Brasil
FATOS
O investigado transferiu um milhão e quinhentos mil euros para a empresa e foi interrogado pela polícia.
"""


@pytest.fixture(scope="module")
def letter() -> Annotations:
    return annotate(LETTER)


def written(annotations: Annotations, label: str) -> list[str]:
    return [LETTER[span.start : span.end] for span in annotations.spans if span.label == label]


def test_what_the_letter_is(letter: Annotations) -> None:
    assert letter.document_type.label == "rogatory_letter"
    assert letter.title == "COMISIÓN ROGATORIA INTERNACIONAL"
    assert letter.jurisdiction == "ES"
    assert letter.date == "2024-03-14"
    assert letter.identity == ()
    assert [segment.label for segment in letter.segments] == ["es", "pt"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("PERSON", "Juan Pérez Gómez"),
        ("ORGANISATION", "Inversiones do Sul Ltda."),
        ("COURT", "Juzgado Central de Instrucción n.º 3"),
        ("COUNTRY", "República Federativa do Brasil"),
        ("TREATY", "Convención de Palermo"),
        ("OFFENCE", "blanqueo de capitales"),
        ("MEASURE", "extractos bancarios"),
        ("LAW", "artículo 301 del Código Penal"),
        ("DATE", "3 de mayo de 1970"),
        ("MONEY", "1.500.000 euros"),
        ("IDENTIFIER", "ES9121000418450200051332"),
    ],
)
def test_every_kind_of_span(letter: Annotations, label: str, expected: str) -> None:
    assert expected in written(letter, label)


def test_sections_of_a_request(letter: Annotations) -> None:
    assert {unit.kind for unit in letter.structure} == {"request_section"}
    assert len(letter.structure) >= 4


def test_every_span_has_an_origin_and_is_in_the_text(letter: Annotations) -> None:
    for span in letter.spans:
        assert 0 <= span.start < span.end <= len(LETTER)
        assert "@" in span.origin
        assert 0 < span.confidence <= 1
        assert span.value
    assert {span.origin for span in letter.spans} <= set(letter.version.split("+")) | {
        span.origin for span in letter.spans if span.origin.startswith("court_patterns")
    }


def test_a_treaty_has_one_key_whoever_found_it(letter: Annotations) -> None:
    assert {span.value for span in letter.spans if span.label == "TREATY"} == {"UNTOC"}


def test_hints_win() -> None:
    hints = Hints(document_type="judgment", jurisdiction="pe", title="Mi título", date="2020-01-02", language="es")
    found = annotate(LETTER, hints=hints, metadata={"title": "Otro", "country": "ES", "date": "2019-01-01"})
    assert found.document_type.label == "judgment"
    assert (found.jurisdiction, found.title, found.date) == ("PE", "Mi título", "2020-01-02")


def test_metadata_wins_over_the_text() -> None:
    metadata = {"title": "Ley contra el Crimen Organizado", "country": "pe", "publication_date": "2013-08-20"}
    found = annotate("Artículo 1. Objeto\n\nArtículo 2. Ámbito\n\nArtículo 3. Fin\n", metadata=metadata)
    assert (found.title, found.jurisdiction, found.date) == ("Ley contra el Crimen Organizado", "PE", "2013-08-20")
    assert found.document_type.label == "statute"


DATED = [
    (
        "CARTA ROGATORIA\nEl 3 de mayo de 2021 se denunció el robo.\nDado en Málaga, a 28/07/2016. Firma: Ana Paz.",
        "2016-07-28",
    ),
    (
        "SOLICITUD DE ASISTENCIA JUDICIAL\nAsunto: lavado. Fecha de la solicitud: 13 de octubre de 2020.\nx",
        "2020-10-13",
    ),
    (
        "PEDIDO DE AUXÍLIO\nA audiência é em 2 de maio de 2021.\nAtenciosamente, Rui Sá. Porto, 5 de abril de 2021.",
        "2021-04-05",
    ),
    ("JUDGMENT\nOn 4 April 2018 he was charged.\nDelivered by Byrne J at Galway on September 15, 2019.", "2019-09-15"),
    ("ARRÊT\nLe 4 mars 2018, il a été mis en examen.\nAinsi jugé par la cour, à Nantes, le 6 juin 2020.", "2020-06-06"),
    (
        "COMISIÓN ROGATORIA\n1. Base jurídica\nConvenio de Cooperación Judicial entre España y Colombia, hecho en "
        "Bogotá el 29 de mayo de 1997, artículos 1 y 2.\n2. Hechos. Se pagó.\nEn Madrid, a 14 de octubre de 2026",
        "2026-10-14",
    ),
    (
        "CARTA ROGATÓRIA\nConvenção de Auxílio Judiciário dos Países de Língua Portuguesa,\nassinada na Cidade da "
        "Praia em 23 de novembro de 2005.\nPede-se a inquirição.\nLisboa, 3 de novembro de 2026",
        "2026-11-03",
    ),
    ("REQUEST\nThe Agreement between Ireland and Jamaica, signed at Kingston on 4 May 1999, applies.\nAna Paz", ""),
    ("CONVENTION D'ENTRAIDE\nArticle 1\nLes États s'accordent l'aide.\nFait à Lima, le 4 mars 2018.", "2018-03-04"),
    (
        "EUROPEAN INVESTIGATION ORDER\nDirective 2014/41/EU of 3 April 2014\nTo: District Court of Vienna\n"
        "Hearing of a witness.\nDate: 6 November 2026",
        "2026-11-06",
    ),
    (
        "CARTA ROGATORIA\nLey n.º 144 de 31 de agosto de 1999\nAl Juzgado de Lima\nSe cite al testigo.\n"
        "Cuzco, 3 de mayo de 2024",
        "2024-05-03",
    ),
    ("Directive 2014/41/EU of 3 April 2014\nArticle 1\nScope\nArticle 2\nTerms", "2014-04-03"),
    (
        "CÓDIGO Penal Federal\nNuevo Código Publicado en el Diario Oficial de la Federación el 14 de agosto de 1931 "
        "TEXTO VIGENTE De conformidad con la Ley Nacional de Ejecución Penal, publicada en el DOF 16-06-2016, se "
        "derogan las normas.\n"
        + "Artículo 1.- Se castigará a quien cometa el delito.\n"
        * 30
        + "TRANSITORIO\nCiudad de México, a 13 de "
        "noviembre de 2025.- Dip. Ana Paz.",
        "1931-08-14",
    ),
    (
        "Lei publicada no Diário Oficial da União de 5 de março de 2014.\n"
        + "Art. 1º É punido quem comete o crime.\n" * 30
        + "Brasília, 4 de maio de 2020.",
        "2014-03-05",
    ),
    ("CARTA ROGATORIA\nHechos.\nSe ruega respuesta antes del 26 de octubre de 2016.", ""),
    ("INFORME\nEl señor Pérez, nacido el 3 de mayo de 1970, viajó a Lima el 5 de mayo de 2020 con su hermano.", ""),
]


@pytest.mark.parametrize(("text", "date"), DATED)
def test_the_day_that_a_document_is_dated_with(text: str, date: str) -> None:
    assert annotate(text).date == date


OWNERS = [
    ("SOLICITUD\nDe: el Juzgado, Salta, Argentina. Para: la Fiscalía de la Nación, Perú.", "AR"),
    ("DEMANDE D'ENTRAIDE\nAutorité requérante : le juge (France). Autorité requise : Fiscalía, Argentine.", "FR"),
    (
        "CARTA ROGATORIA\nCon destino a la Fiscalía de la Nación, el Juez.\nMálaga, a 2 de mayo de 2020.",
        "ES",
    ),
    ("SENTENCIA\nAsí lo pronuncia el Tribunal Superior de Medellín, en Medellín, a 2 de mayo de 2020.", "CO"),
    ("JUDGMENT\nEvidence came from France.\nDelivered by Byrne J at Galway on 2 May 2020.", "IE"),
]


@pytest.mark.parametrize(("text", "state"), OWNERS)
def test_the_state_whose_document_it_is(text: str, state: str) -> None:
    assert annotate(text).jurisdiction == state


def test_the_subject_of_an_email_is_its_title_even_if_it_is_one_word() -> None:
    metadata = {"title": "RECORDATORIO", "subject": "RECORDATORIO"}
    text = "From: oficina@example.org\n\nRECORDATORIO"
    assert annotate(text, metadata=metadata | {"from": "oficina@example.org"}).title == "RECORDATORIO"
    assert annotate("La petición.\n\nUno.", metadata={"subject": "Image"}).title == "La petición"


@pytest.mark.parametrize(
    "written",
    [
        "scan0001",
        "EUR-Lex - 32002R0006 - EN",
        "Court of Appeal Judgment Template",
        "Microsoft Word - borrador v2.doc",
        "Untitled",
        "letter-br-068",
        "a b.pdf",
    ],
)
def test_what_a_program_calls_a_file_is_no_title(written: str) -> None:
    assert annotate("CARTA ROGATORIA\nHechos", metadata={"title": written}).title == "CARTA ROGATORIA"


@pytest.mark.parametrize("kind", ["", "official_letter", "rogatory_letter", "bank_record", "judgment"])
def test_the_title_does_not_depend_on_the_type_that_a_person_sets(kind: str) -> None:
    text = "Montevideo, 3 de marzo de 2026\n\nOficio n.º 212/2026\n\nTengo el agrado de dirigirme a usted.\n"
    assert annotate(text, hints=Hints(document_type=kind)).title == "Oficio n.º 212/2026"


def test_the_first_row_of_a_table_is_no_title() -> None:
    text = "Fecha\tConcepto\tImporte"
    assert annotate(text, (Block(0, len(text), BlockKind.TABLE),)).title == ""


def test_title_from_a_heading() -> None:
    text = "confidencial\nInforme sobre bienes\ntexto"
    assert annotate(text, (Block(13, 33, BlockKind.HEADING, 1),)).title == "Informe sobre bienes"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("REPÚBLICA DE CHILE\nMAT.: Solicitud de asistencia\n\nA: Dirección", "Solicitud de asistencia"),
        ("REPÚBLICA DE CHILE\nRef.: Solicitud de asistencia mutua\n\nA: Dirección", "Solicitud de asistencia mutua"),
        ("ATTORNEY GENERAL\n\nRe: Request for the service of a writ\n\nDear Sir", "Request for the service of a writ"),
        ("PARQUET GÉNÉRAL\nRéf. : demande d'entraide pénale\n\nMadame", "demande d'entraide pénale"),
        ("MINISTÉRIO PÚBLICO\nAssunto\tRemessa de documentos\n\nSenhor", "Remessa de documentos"),
        ("JUZGADO DE GARANTÍA\nRef.: 4410-2025\n\nSeñor Juez", "JUZGADO DE GARANTÍA"),
        ("PARQUET GÉNÉRAL\nObjet : remise des documents saisis\n\nMadame", "remise des documents saisis"),
        ("REPÚBLICA DE CHILE\n\nSubject: it", "REPÚBLICA DE CHILE"),
        ("OFICIO N.º 15220-2026\nAsunto: Se deja sin efecto el pedido\n\nLima", "Se deja sin efecto el pedido"),
        ("FISCALÍA\nAsunto: detención provisional\n\nMandato de captura librado ayer", "detención provisional"),
        ("FISCALÍA\nRef.: Transmisión espontánea de datos\n\nSe informa.", "Transmisión espontánea de datos"),
        (
            "DPP\n\nURGENT: REQUEST FOR THE PRESERVATION OF DATA\n(Article 29)\n\n1. The",
            "REQUEST FOR THE PRESERVATION OF DATA",
        ),
        (
            "MINISTÈRE DE LA JUSTICE\n\nDEMANDE D'EXÉCUTION D'UN ARRÊT\n\nVu l'article 5",
            "DEMANDE D'EXÉCUTION D'UN ARRÊT",
        ),
        ("MINISTÉRIO PÚBLICO\n\nPedido de restituição de bens\n\nExmo. Senhor", "Pedido de restituição de bens"),
        ("MINISTÉRIO PÚBLICO\n\nPedido de restituição de bens, que se envia.\n\nSenhor", "MINISTÉRIO PÚBLICO"),
    ],
)
def test_a_letter_without_a_title_has_its_subject(text: str, title: str) -> None:
    assert annotate(text).title == title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("COMISIÓN ROGATORIA INTERNACIONAL\n\nAsunto: Información bancaria de Amparo Quiroga",
         "Información bancaria de Amparo Quiroga"),
        ("COMISIÓN ROGATORIA\n\nASUNTO.- Averiguación del paradero de Pedro Pérez",
         "Averiguación del paradero de Pedro Pérez"),
        ("COMISIÓN ROGATORIA\n\nAsunto: Información bancaria de la sociedad\nmercantil Alfa, S.L.",
         "Información bancaria de la sociedad mercantil Alfa, S.L."),
        ("COMISIÓN ROGATORIA\n\nAsunto: CRI 88/2026", "COMISIÓN ROGATORIA"),
        ("LETTER OF REQUEST\n\nRe: R v Smith and others - banking evidence", "R v Smith and others - banking evidence"),
        ("LETTER OF REQUEST\n\nRe: Our ref. 2026/88 of May", "LETTER OF REQUEST"),
        ("COMMISSION ROGATOIRE\n\nObjet : Audition de M. Jean Martin", "Audition de M. Jean Martin"),
        ("CARTA ROGATÓRIA\n\nAssunto: Quebra de sigilo bancário de João Silva",
         "Quebra de sigilo bancário de João Silva"),
        ("CARTA ROGATÓRIA\n\nAssunto\n\nInquirição da testemunha Maria Lopes",
         "Inquirição da testemunha Maria Lopes"),
    ],
)  # fmt: skip
def test_a_letter_has_its_subject_rather_than_the_name_of_its_kind(head: str, title: str) -> None:
    assert annotate(f"{head}\n\nA las autoridades del Perú.").title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "De: a@mec.example.uy\nPara: b@minjus.example.ar\nFecha: 25/11\nAsunto: consulta\n\nBuenas tardes.",
            "consulta",
        ),
        ("De : a@justice.example.sn\nÀ : b@mj.example.pt\nObjet : une question\n\nBonjour.", "une question"),
        (
            "From: a@example.org\nTo: b@example.org\nSubject: note-05.txt\n\nOFFICE OF THE DIRECTOR\nKingston",
            "OFFICE OF THE DIRECTOR",
        ),
        ("De: a@mj.example.br\nEnviado: terça\nPara: b@example.pe\n\nPrezados,\nbom dia.", "Prezados,"),
        ("De acordo: sim\nData: 3 de maio\n\nAta da sessão", "De acordo: sim"),
    ],
)
def test_a_message_has_its_subject_or_its_first_line_as_title(text: str, title: str) -> None:
    assert annotate(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Carta rogatoria dirigida a las autoridades\ncompetentes del Perú\n\nLima",
         "Carta rogatoria dirigida a las autoridades competentes del Perú"),
        ("Commission rogatoire internationale\nLe juge", "Commission rogatoire internationale"),
        ("Carta rogatória.\nassunto: bens", "Carta rogatória"),
    ],
)  # fmt: skip
def test_a_title_continues_into_the_line_that_it_is_broken_over(text: str, title: str) -> None:
    assert annotate(text).title == title
    head = text.index("\n")
    apart = (Block(0, head, BlockKind.HEADING, 1), Block(head + 1, len(text), BlockKind.PARAGRAPH))
    assert annotate(text, apart).title == text[:head].rstrip(".")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("LEI Nº 9.613, DE 3 DE MARÇO DE 1998.", "LEI Nº 9.613, DE 3 DE MARÇO DE 1998"),
        ("Carta rogatória.", "Carta rogatória"),
        ("Estatutos de Norte S.A.", "Estatutos de Norte S.A."),
        ("Contract of Island Ltd.", "Contract of Island Ltd."),
        ("Ley de...", "Ley de..."),
    ],
)
def test_a_title_ends_without_the_full_stop_of_a_sentence(printed: str, title: str) -> None:
    assert annotate(f"{printed}\n\nDispõe sobre bens.").title == title
    assert annotate("Texto", metadata={"title": printed}).title == title


NO_NAMES = [
    ("ASUNTO: CARTA ROGATORIA internacional", ("CARTA", "PERSON"), []),
    ("La empresa Inversiones Rocío S.R.L. pagó.", ("Inversiones Rocío S", "PERSON"), []),
    ("Ana Carta declaró.", ("Ana Carta", "PERSON"), ["Ana Carta"]),
    ("En la Carpeta: 12-2020 consta.", ("Carpeta", "CASE"), []),
    ("En el asunto Soering c. Reino Unido.", ("Soering c. Reino Unido", "CASE"), ["Soering c. Reino Unido"]),
    ("La Cámara de Diputados del H. Congreso.", ("Cámara de Diputados del H", "ORGANISATION"), ["Cámara de Diputados"]),
]


@pytest.mark.parametrize(("text", "seen", "kept"), NO_NAMES)
def test_what_the_model_takes_for_a_name_and_is_none(text: str, seen: tuple[str, str], kept: list[str]) -> None:
    merged = merge([at(text, *seen, MODEL)], text, MODEL)
    assert [text[one.start : one.end] for one in merged] == kept


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Artículo 1", ""),
        ("Art. 1º", ""),
        ("Section 2.", ""),
        ("Article 1er", ""),
        ("Artículo 1. Objeto", "Artículo 1. Objeto"),
    ],
)
def test_the_number_of_a_provision_is_no_title(heading: str, title: str) -> None:
    text = f"{heading}\nEl que convierta dinero será castigado."
    assert annotate(text, (Block(0, len(heading), BlockKind.HEADING, 1),)).title == title


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00", "\ud800", "(" * 5000, "Artículo", "S.A.", "\u202e" * 50, "a" * 200_000]
)
def test_odd_texts_have_no_spans(text: str) -> None:
    assert annotate(text).spans == ()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("aáñ.,;:()\n \t“”'’-º°ª1234567890€$/@ÁÑABC\ud83d"), max_size=300))
def test_generated_text(generated: str) -> None:
    text = f"Según el art. 5 de la Ley 19.574,\n{generated}\nel 3 de mayo de 2024."
    found = annotate(text)
    assert found.spans
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)


def test_repeatable_in_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len({str(found) for found in pool.map(annotate, [LETTER] * 8)}) == 1


def span(start: int, end: int, label: str, confidence: float = 0.8, value: str = "x") -> Span:
    return Span(start, end, label, value, confidence, "test@1")


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([span(0, 10, "LAW"), span(2, 5, "DATE")], [(0, "LAW"), (2, "DATE")]),
        ([span(0, 10, "TREATY"), span(2, 5, "OFFENCE")], [(0, "TREATY")]),
        ([span(0, 10, "LAW"), span(2, 5, "OFFENCE")], [(0, "LAW"), (2, "OFFENCE")]),
        ([span(0, 10, "COURT"), span(6, 10, "COUNTRY")], [(0, "COURT"), (6, "COUNTRY")]),
        ([span(0, 10, "PERSON"), span(6, 10, "COUNTRY")], [(0, "PERSON")]),
        ([span(0, 6, "PERSON"), span(4, 12, "ORGANISATION")], [(4, "ORGANISATION")]),
        ([span(0, 6, "PERSON", 0.5), span(0, 6, "ORGANISATION", 0.9)], [(0, "ORGANISATION")]),
        ([span(0, 6, "PERSON", 0.5), span(0, 6, "PERSON", 0.9)], [(0, "PERSON")]),
        ([span(3, 3, "PERSON")], []),
    ],
)
def test_rivals(spans: list[Span], kept: list[tuple[int, str]]) -> None:
    assert [(one.start, one.label) for one in merge(spans)] == kept
    assert merge(reversed(spans)) == merge(spans)


def test_a_court_continues_into_its_country() -> None:
    merged = merge([span(0, 30, "COURT"), span(20, 42, "COUNTRY", value="TT")])
    assert [(one.start, one.end, one.label) for one in merged] == [(0, 42, "COURT"), (20, 42, "COUNTRY")]


def seen(start: int, end: int, label: str, confidence: float = 0.95, value: str = "seen") -> Span:
    return Span(start, end, label, value, confidence, MODEL)


def found(
    start: int,
    end: int,
    label: str,
    origin: str,
    readings: tuple[Reading, ...] = (),
    attributes: Mapping[str, str] = MappingProxyType({}),
) -> Span:
    return Span(start, end, label, "known", 0.85, f"{origin}@1", readings, attributes)


MODEL = "legal_ner@1"
READ = (Reading("ref:br:lei:8666", "BR", "lei"),)
INFERRED = {"inferred": "true"}
NAMED = "Juzgado Penal 8 de Vigo, Vigo (España)"


def at(text: str, words: str, label: str, origin: str) -> Span:
    """Return a span of ``words`` where they first stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words), label, words, 0.9, origin)


@pytest.mark.parametrize(
    ("text", "spans", "kept"),
    [
        (
            "Cour d'assises d'Adana le 20 juin 2007",
            [("Cour d'assises d'Adana le 20", "COURT", "court_patterns@3"), ("20 juin 2007", "DATE", "dates@1")],
            ["Cour d'assises d'Adana", "20 juin 2007"],
        ),
        (
            "saisi la Cour le 3 mai 1995",
            [("Cour le 3", "COURT", "court_patterns@3"), ("3 mai 1995", "DATE", "dates@1")],
            ["3 mai 1995"],
        ),
        ("el Consejo Europeo de Feira", [("Consejo Europeo de", "ORGANISATION", MODEL)], ["Consejo Europeo"]),
        ("l’affaire M. S. c. Suède", [("S. c", "PERSON", MODEL)], ["S."]),
        # Two dates that the model sees as one are two; from one to the other is one.
        (
            "el 28 de enero y el 10 de febrero de 1997",
            [
                ("28 de enero y el 10 de febrero de 1997", "DATE", MODEL),
                ("28 de enero", "DATE", "dates@1"),
                ("10 de febrero de 1997", "DATE", "dates@1"),
            ],
            ["28 de enero", "10 de febrero de 1997"],
        ),
        (
            "du 3 mai 1999 au 5 juin 1999",
            [
                ("3 mai 1999 au 5 juin 1999", "DATE", MODEL),
                ("3 mai 1999", "DATE", "dates@1"),
                ("5 juin 1999", "DATE", "dates@1"),
            ],
            ["3 mai 1999 au 5 juin 1999"],
        ),
        ("no 129º da República", [("129º", "DATE", MODEL)], []),
        # A body's name that follows a person's, and what is no body though it has a name.
        ("Relator: MARIO PÉREZ CONSELHO ESPECIAL", [("MARIO PÉREZ CONSELHO", "PERSON", MODEL)], ["MARIO PÉREZ"]),
        ("o GABINETE DO", [("GABINETE DO", "PERSON", MODEL)], []),
        ("inscrito no CADIN", [("CADIN", "ORGANISATION", MODEL)], []),
        ("inscrito (CADIN, SIAFI)", [("CADIN, SIAFI", "PERSON", MODEL)], []),
        ("Comisión Rogatoria Internacional", [("Comisión Rogatoria Internacional", "ORGANISATION", MODEL)], []),
        ("sous réserve de RÉCIPROCITÉ", [("RÉCIPROCITÉ", "ORGANISATION", MODEL)], []),
        ("Rel. Min. ANA PAZ, DJe, 21", [("ANA PAZ, DJe", "PERSON", MODEL)], ["ANA PAZ"]),
        # Among capitals only the model tells where a body's name ends.
        (
            "A CÂMARA DE LUGO DECRETA",
            [("CÂMARA DE LUGO", "ORGANISATION", MODEL), ("CÂMARA DE LUGO DECRETA", "AUTHORITY", "court_patterns@2")],
            ["CÂMARA DE LUGO"],
        ),
        # What every district has is a mention where the model sees one, or where its place is said.
        ("perante o Tribunal do Júri", [("Tribunal do Júri", "COURT", "court_patterns@2")], []),
        (
            "perante o Tribunal do Júri",
            [("Tribunal do Júri", "COURT", "court_patterns@2"), ("Tribunal do Júri", "ORGANISATION", MODEL)],
            ["Tribunal do Júri"],
        ),
        (
            "o Tribunal do Júri de Lugo",
            [("Tribunal do Júri de Lugo", "COURT", "court_patterns@2")],
            ["Tribunal do Júri de Lugo"],
        ),
        ("o Estado de Mato Grosso", [("Mato Grosso", "LOCATION", MODEL)], ["Estado de Mato Grosso"]),
        ("condenado a doce años de prisión", [("doce", "DATE", MODEL)], []),
        # A body and what it is of are one name where a rule sees it whole; of a town the model knows whether it is.
        (
            "el Tribunal Supremo de España ha condenado",
            [
                ("Tribunal Supremo", "ORGANISATION", MODEL),
                ("España", "LOCATION", MODEL),
                ("España", "COUNTRY", "gazetteer@3"),
                ("Tribunal Supremo", "COURT", "gazetteer@3"),
                ("Tribunal Supremo de España", "COURT", "court_patterns@3"),
            ],
            ["Tribunal Supremo de España"],
        ),
        (
            "El Grupo del Partido de los Socialistas se opone",
            [
                ("Grupo", "ORGANISATION", MODEL),
                ("Partido de los Socialistas", "ORGANISATION", MODEL),
                ("Grupo del Partido de los Socialistas", "ORGANISATION", "names@3"),
            ],
            ["Grupo del Partido de los Socialistas"],
        ),
        (
            "el Partido Popular y Partido Socialista",
            [
                ("Partido Popular", "ORGANISATION", MODEL),
                ("Partido Socialista", "ORGANISATION", MODEL),
                ("Partido Popular y Partido Socialista", "ORGANISATION", "names@3"),
            ],
            ["Partido Popular", "Partido Socialista"],
        ),
        (
            "la Universidad de Lugo",
            [
                ("Universidad", "ORGANISATION", MODEL),
                ("Lugo", "LOCATION", MODEL),
                ("Universidad de Lugo", "ORGANISATION", "names@3"),
            ],
            ["Universidad", "Lugo"],
        ),
        # A law is called by its date, where the model does not see that date apart.
        (
            "la Ley de 17 de junio de 2004",
            [("Ley de 17 de junio de 2004", "LAW", "citations@3"), ("17 de junio de 2004", "DATE", "dates@1")],
            ["Ley de 17 de junio de 2004"],
        ),
    ],
)
def test_where_a_name_ends(text: str, spans: list[tuple[str, str, str]], kept: list[str]) -> None:
    merged = merge([at(text, *one) for one in spans], text, MODEL)
    assert [text[one.start : one.end] for one in merged] == kept


@pytest.mark.parametrize(("before", "label"), [("obras no", "LOCATION"), ("contra o", "ORGANISATION")])
def test_a_district_is_a_place_where_the_text_is_in_it(before: str, label: str) -> None:
    text = f"{before} Distrito Federal"
    (span,) = merge([at(text, "Distrito Federal", "ORGANISATION", MODEL)], text, MODEL)
    assert span.label == label


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        # A pattern says that it is a court, the model where its name ends, unless a comma or bracket ends it before.
        ([seen(0, 20, "ORGANISATION"), found(0, 12, "COURT", "court_patterns")], [(0, 20, "COURT", "seen")]),
        ([seen(0, 29, "ORGANISATION"), found(0, 23, "COURT", "court_patterns")], [(0, 23, "COURT", "known")]),
        ([seen(0, 12, "ORGANISATION"), found(0, 23, "COURT", "court_patterns")], [(0, 23, "COURT", "known")]),
        ([seen(0, 20, "ORGANISATION"), found(9, 22, "COURT", "court_patterns")], [(0, 20, "ORGANISATION", "seen")]),
        # A name of a list that is longer is that name; one within a longer name is not.
        ([seen(8, 14, "LOCATION"), found(0, 14, "COUNTRY", "gazetteer")], [(0, 14, "COUNTRY", "known")]),
        ([seen(0, 14, "LOCATION"), found(0, 8, "COUNTRY", "gazetteer")], [(0, 14, "LOCATION", "seen")]),
        ([seen(0, 30, "ORGANISATION"), found(20, 30, "COUNTRY", "gazetteer")], [(0, 30, "ORGANISATION", "seen")]),
        # A person's name ends where the model says.
        ([seen(0, 10, "PERSON"), found(0, 18, "PERSON", "names")], [(0, 10, "PERSON", "seen")]),
        # What a citation means comes from the rule; it is as long as either sees it.
        ([seen(0, 20, "CASE"), found(8, 20, "CASE", "citations", READ)], [(0, 20, "CASE", "known")]),
        # The date of a law stands beside it where the model leaves it out.
        (
            [seen(0, 10, "LAW"), found(0, 24, "LAW", "citations", READ), found(14, 24, "DATE", "dates")],
            [(0, 10, "LAW", "known"), (14, 24, "DATE", "known")],
        ),
        # Two citations that the model sees as one are two.
        (
            [
                seen(0, 30, "LAW"),
                found(0, 12, "LAW", "citations", READ),
                found(15, 30, "LAW", "citations", READ),
            ],
            [(0, 12, "LAW", "known"), (15, 30, "LAW", "known")],
        ),
        # An article alone beside a whole citation, in what the model sees as one, is a reference in it.
        (
            [
                seen(0, 30, "LAW"),
                found(0, 7, "LAW", "citations", READ, INFERRED),
                found(15, 30, "LAW", "citations", READ),
            ],
            [(0, 30, "LAW", "known"), (0, 7, "REFERENCE", "known")],
        ),
        # So are two articles of a treaty, which the model takes for one of a law.
        (
            [
                seen(0, 30, "LAW"),
                found(0, 12, "TREATY", "citations", READ, INFERRED),
                found(15, 30, "TREATY", "citations", READ, INFERRED),
            ],
            [(0, 12, "TREATY", "known"), (15, 30, "TREATY", "known")],
        ),
        # An article alone is a law where the model takes it for one, else a reference.
        ([seen(0, 7, "LAW"), found(0, 7, "LAW", "citations", READ, INFERRED)], [(0, 7, "LAW", "known")]),
        ([found(0, 7, "LAW", "citations", READ, INFERRED)], [(0, 7, "REFERENCE", "known")]),
        # A number with a check digit is no case, whatever the model says.
        ([seen(0, 18, "CASE"), found(4, 18, "IDENTIFIER", "identifiers")], [(4, 18, "IDENTIFIER", "known")]),
        # What the model alone sees, and is not sure of, is left out.
        ([seen(0, 9, "DATE", 0.6)], []),
        ([seen(0, 9, "PERSON", 0.6)], [(0, 9, "PERSON", "seen")]),
        # What it is sure of is no other thing's name; what it is not sure of stands in no rule's way.
        ([seen(0, 9, "ORGANISATION"), found(0, 9, "PERSON", "names")], [(0, 9, "ORGANISATION", "seen")]),
        ([seen(0, 9, "ORGANISATION", 0.52), found(0, 9, "PERSON", "names")], [(0, 9, "PERSON", "known")]),
        # A rule stands where the model sees nothing.
        (
            [seen(0, 5, "PERSON"), found(8, 14, "COURT", "court_patterns")],
            [(0, 5, "PERSON", "seen"), (8, 14, "COURT", "known")],
        ),
    ],
)
def test_one_answer_of_model_and_rules(spans: list[Span], kept: list[tuple[int, int, str, str]]) -> None:
    assert [(one.start, one.end, one.label, one.value) for one in merge(spans, NAMED, MODEL)] == kept
    assert merge(reversed(spans), NAMED, MODEL) == merge(spans, NAMED, MODEL)
