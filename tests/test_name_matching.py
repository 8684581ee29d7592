"""``rogatio match``: the same person or company, different ones, or undecided."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import rogatio
from app.wording import has_wording, wording
from extraction.errors import LANGUAGES
from nlp.matching.document_numbers import compare_documents
from nlp.matching.identity_data import Agreement, compare_birth_dates
from nlp.matching.spelling import Likeness, likeness
from nlp.matching.verdict import Match, Record, Verdict, match_records

SAME, DIFFERENT, UNCLEAR = Verdict
BORN = "1977-08-21"


def verdict_of(left: str, right: str, **both: str) -> Verdict:
    return match_records(Record(left, **both), Record(right, **both)).verdict


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("BELTRÁN USCÁTEGUI, Nohora", "Nohora Beltrán Uscátegui"),
        ("USCÁTEGUI Nohora", "Nohora Uscátegui"),
        ("Íñigo Goikoetxea Ágreda", "INIGO GOIKOETXEA AGREDA"),
        ("Ivo de la Fuente Tricot", "Ivo Fuente Tricot"),
        ("Nuno dos Reis Patrocínio", "Nuno Reis Patrocinio"),
        ("Elvio Dall'Acqua", "Elvio Dallacqua"),
        ("Joost van den Hoek", "Joost Vandenhoek"),
        ("Abdel Karim Bouzid", "Abdelkarim Bouzid"),
        ("Ruy Castilho Penteado Bastos", "Ruy Bastos"),
        ("Leda Urdaneta", "Leda Urdaneta Pulgar"),
        ("L. M. Urdaneta Pulgar", "Leda Mercedes Urdaneta Pulgar"),
        ("Fco. Iturralde Baquedano", "Francisco Iturralde Baquedano"),
        ("Hdez. Bazurto, Ma. Elvia", "María Elvia Hernández Bazurto"),
        ("Nacho Iturralde", "Ignacio Iturralde"),
        ("Mykola Pidhirny", "Nikolai Pidhirny"),
        ("Николай Подгорный", "Nikolai Podgorny"),
        ("Rub1o Zárate, Edelmira", "Edelmira Rubio Zarate"),
        ("Edelmira Camacaro Lugo", "Edelrnira Camacaro Lugo"),
        ("Edelmira Camacaro Lugo", "Edelmira Camacarro Lugo"),
        ("Odile Charbonneau épouse Vasseur", "Odile Vasseur"),
        ("Edson Tourinho Júnior", "Edson Tourinho Jr"),
        ("Quispe Mamani, Juan", "Juan Mamani Quispe"),
        ("Breno d'Ávila Tourinho", "BRENO DAVILA TOURINHO"),
        ("Abd el-Malek Ben Bouzid", "Abdelmalek Benbouzid"),
        ("Plamen Hristov", "Plamen Christow"),
        ("Jordan Zhelev", "Yordan Jelev"),
        ("Sigrún Østby", "Sigrun Oestby"),
        ("Nohora Urdaneta née Holder", "Nohora Holder"),
        ("Clara Urdaneta de Bastos", "Clara Urdaneta Pulgar"),
        ("Cap. de Fragata Ivo Goikoetxea", "Ivo Goikoetxea"),
        ("Cnel. (R) Ivo Goikoetxea", "Ivo Goikoetxea"),
        ("Ivo Goikoetxea, abogado", "Ivo Goikoetxea"),
        ("Ivo Goikoetxea, CI 1.234.567", "Ivo Goikoetxea"),
        ("M. Pierre CHARBONNEAUX", "Pierre Charbonneaux"),
        ("I.M. Goikoetxea", "Ivo Manuel Goikoetxea"),
        ("NohoraGoikoetxea", "Nohora Goikoetxea"),
        ("IVO 1TURRALDE", "Ivo Iturralde"),
        ("the accused Ivo Goikoetxea", "Ivo Goikoetxea"),
        ("Marijke van 't Hoogeland", "Marijke van't Hoogeland"),
        ("Jhonatan Iturralde", "Jonathan Iturralde"),
        ("Ivo Huertas Iturralde", "Ivo Huerta Iturralde"),
    ],
)
def test_one_person_born_on_one_day(left: str, right: str) -> None:
    assert verdict_of(left, right, birth_date=BORN) is SAME
    assert verdict_of(right, left, birth_date=BORN) is SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mario Cifuentes Daza", "María Cifuentes Daza"),
        ("Gabriel Daza Corzo", "Gabriela Daza Corzo"),
        ("Luis Daza Corzo", "Jorge Daza Corzo"),
        ("Juan José Daza Corzo", "Juan Carlos Daza Corzo"),
        ("Ana Corzo Filho", "Ana Corzo Neto"),
        ("Ana Corzo Júnior", "Ana Corzo Neto"),
        ("John Corzo Jr.", "John Corzo Sr."),
        ("Corzo Jr., John", "Corzo Sr., John"),
        ("Michel Garancher", "Michèle Garancher"),
        ("Wilmer Daza Corzo", "Wilder Daza Corzo"),
    ],
)
def test_two_persons_although_born_on_one_day(left: str, right: str) -> None:
    assert verdict_of(left, right, birth_date=BORN) is DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Franco Bertolucci", "Franca Bertolucci"),
        ("Ivo Goikoetxea y Ana Uscátegui", "Ana Uscátegui"),
        ("Sucesión de Ivo Goikoetxea", "Ivo Goikoetxea"),
        ("Wellington Bastos Júnior", "Wellington Bastos Filho"),
    ],
)
def test_undecided_although_born_on_one_day(left: str, right: str) -> None:
    assert verdict_of(left, right, birth_date=BORN) is UNCLEAR
    assert verdict_of(right, left, birth_date=BORN) is UNCLEAR


@pytest.mark.parametrize(
    "written",
    [
        "Titular de la cuenta",
        "Compliance Department",
        "Account holder",
        "Sócio administrador",
        "Persona A",
        "Testigo protegido 3",
        "No identificado",
        "Pessoa não identificada",
        "Unknown male",
        "alias Ñato",
        "Familia Uscátegui Goikoetxea",
        "esposa de Ivo Goikoetxea",
        "Km 14 Ruta 5",
        "Apto. 302, Edificio Ñandubay",
        "Calle Los Ceibos s/n",
        "P.O. Box 1532 Road Town",
        "Caixa postal 77",
        "Servicio de Impuestos Internos",
    ],
)
def test_what_is_no_name_identifies_nobody(written: str) -> None:
    assert verdict_of(written, written) is UNCLEAR
    assert verdict_of(written, written.upper()) is UNCLEAR


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("Nohora Beltrán Uscátegui", "BELTRÁN USCÁTEGUI, Nohora", SAME),
        ("7 Acacia Road, Kingston", "7 Acacia Road, Kingston", UNCLEAR),
        ("12 rue des Lilas", "12 rue des Lilas", UNCLEAR),
        ("Juan Pérez García", "PÉREZ GARCÍA, Juan", UNCLEAR),
        ("Ana Souza", "ANA SOUZA", UNCLEAR),
        ("Mary Williams", "Williams, Mary", UNCLEAR),
        ("Nohora Beltrán", "Nohora Beltrán Uscátegui", UNCLEAR),
        ("N. Uscátegui", "Nohora Uscátegui", UNCLEAR),
        ("Nohora", "Nohora", UNCLEAR),
        ("Uscátegui", "Nohora Uscátegui", UNCLEAR),
        ("", "Nohora Uscátegui", UNCLEAR),
        ("Nohora Beltrán Uscátegui", "Nohora Beltrán Zipasuca", DIFFERENT),
        ("J. P. L.", "J. P. L.", UNCLEAR),
        ("Director General", "Director General", UNCLEAR),
        ("Carrera 7 n.º 72-41, Bogotá", "Carrera 7 n.º 72-41, Bogotá", UNCLEAR),
    ],
)
def test_names_alone(left: str, right: str, verdict: Verdict) -> None:
    assert verdict_of(left, right) is verdict


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("Cervecería Ñandubay S.A.", "CERVECERIA NANDUBAY, S. A.", SAME),
        ("Lavanderia Itapuã Ltda.", "LAVANDERIA ITAPUA LIMITADA", SAME),
        ("Ateliers Quimpérois SARL", "ATELIERS QUIMPEROIS S.A.R.L.", SAME),
        ("Larkspur Freight Ltd", "Larkspur Freight Limited", SAME),
        ("Larkspur Freight Ltd", "Larkspur Freight LLP", DIFFERENT),
        ("Larkspur Freight", "Larkspur Freight Ltd", UNCLEAR),
        ("larkspur", "LARKSPUR FREIGHT Sp. z o.o.", UNCLEAR),
        ("Comercial del Norte S.A.", "Comercial del Norte S.A.", UNCLEAR),
        ("Fondo Ñandubay I S.A.", "Fondo Ñandubay 2 S.A.", DIFFERENT),
        ("Ñandubay S.A.", "Ñandubai S.A.", UNCLEAR),
        ("Mem de Sá", "MEM DE SÁ", UNCLEAR),
        ("Comercial Los Andes S.A.", "Comercial Los Andes S.A.", UNCLEAR),
        ("ABC Trading Ltd", "ABC Trading Ltd", UNCLEAR),
        ("Itapuã Roxa Ltda. - ME", "ITAPUA ROXA LTDA", SAME),
        ("Itapuã Roxa S/A", "ITAPUA ROXA S.A.", SAME),
        ("Itapuã Roxa S.A. (en liquidación)", "ITAPUA ROXA S.A.", SAME),
        ("Ñandubay Import-Export EIRL", "NANDUBAY IMPORT EXPORT E.I.R.L.", SAME),
        ("Larkspur Freight B.V.", "Larkspur Freight Besloten Vennootschap", SAME),
        ("Ñandubay S.A.C.", "Ñandubay S.A.", UNCLEAR),
        ("Ñandubay S.A.", "Ñandubay S.A., sucursal Cali", UNCLEAR),
        ("Ñandubay S.A. sucursal Lima", "Ñandubay S.A. sucursal Cali", UNCLEAR),
        ("Ñandubay S.A. sucursal Cali", "Ñandubay S.A. sucursal Cali", SAME),
        ("Minera Ñandubay S.A.", "Ñandubay Mining Company S.A.", UNCLEAR),
        ("Banco Popular de Ñandubay", "Popular Bank of Ñandubay", UNCLEAR),
        ("Société des Ateliers Quimpérois SARL", "SAQ SARL", UNCLEAR),
    ],
)
def test_companies(left: str, right: str, verdict: Verdict) -> None:
    assert verdict_of(left, right) is verdict


@pytest.mark.parametrize(
    ("born", "other", "document", "another", "verdict"),
    [
        (BORN, "1931-01-02", "", "", DIFFERENT),
        (BORN, "1977-08-12", "", "", UNCLEAR),
        (BORN, "1977-21-08", "", "", UNCLEAR),
        (BORN, "1977", "", "", SAME),
        ("", "", "CC 51.789.456", "CC 51789457", UNCLEAR),
        ("", "", "CC 51.789.456", "CC 80123999", DIFFERENT),
        (BORN, BORN, "CC 51.789.456", "CC 80123999", UNCLEAR),
        (BORN, BORN, "51.789.456", "80123999", UNCLEAR),
        (BORN, BORN, "Pasaporte AX123456", "CC 51789456", SAME),
        (BORN, BORN, "Pasaporte AX123456", "Passport AX998877", UNCLEAR),
        ("", "1931-01-02", "CC 51.789.456", "CC 51789456", SAME),
        (BORN, "1931-01-02", "CC 51.789.456", "CC 51789456", UNCLEAR),
        (BORN, "21 de agosto de 1977", "", "", SAME),
        (BORN, "22 de enero de 1991", "", "", DIFFERENT),
        (BORN, "hacia 1977", "", "", UNCLEAR),
        (BORN, "hacia 1977", "CC 51.789.456", "CC 51789456", SAME),
        (BORN, BORN, "DNI 24.567.891", "CUIT 27-31002118-4", UNCLEAR),
    ],
)
def test_dates_and_documents(born: str, other: str, document: str, another: str, verdict: Verdict) -> None:
    name = "Nohora Beltrán Uscátegui"
    assert match_records(Record(name, born, document), Record(name, other, another)).verdict is verdict


CONTRADICTIONS = [
    *(
        ((born, ""), (other, ""))
        for born, other in [
            ("1979-05-14", "3 de junio de 1991"),
            ("14/05/1979", "1991"),
            ("14 mai 1979", "03.06.91"),
            ("14/05/79", "13/05/79"),
            ("mayo de 1979", "junio de 1979"),
            ("May 14, 1979", "1979-05-15"),
            ("14MAY79", "19790614"),
            ("14-V-1980", "1979-05-14"),
            ("c. 1991", "1979"),
        ]
    ),
    *(
        ((BORN, document), (BORN, other))
        for document, other in [
            ("DNI 24.567.891", "DNI 30111222"),
            ("123.456.789-09", "CPF 529.982.247-25"),
            ("CC 51.789.456", "cédula de ciudadanía 80.123.999"),
            ("V-12.345.678", "CI V-9.876.543"),
            ("DNI 24.567.891", "20-30111222-3"),
        ]
    ),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
@pytest.mark.parametrize("name", ["BELTRÁN USCÁTEGUI, Nohora", "Nohora Beltrán", "N. Beltrán Uscátegui"])
def test_a_contradiction_in_any_writing_is_never_the_same_person(
    one: tuple[str, str], other: tuple[str, str], name: str
) -> None:
    assert match_records(Record("Nohora Beltrán Uscátegui", *one), Record(name, *other)).verdict is not SAME


def test_a_document_shows_whose_name_is_abbreviated_but_not_that_two_names_are_one() -> None:
    assert verdict_of("N. Beltrán", "Nohora Beltrán Uscátegui", document="CC 51789456") is SAME
    assert verdict_of("Fabio Montanaro", "Marco Bellandi", document="YA1234567") is UNCLEAR


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("DNI 12.345.678-Z", "12345678Z", Agreement.EQUAL),
        ("12345678", "DNI 12345678Z", Agreement.EQUAL),
        ("ABO123456", "AB0123456", Agreement.EQUAL),
        ("CPF 111.444.777-35", "CPF 529.982.247-25", Agreement.DIFFERENT),
        ("CPF 111.444.777-35", "passaporte FX112233", Agreement.NONE),
        ("123", "123", Agreement.NONE),
        ("cédula de ciudadanía 79.345.612", "CC 79345612", Agreement.EQUAL),
        ("cédula 79.345.612", "CC 79345612", Agreement.EQUAL),
        ("D.N.I. n.º 24.567.891", "DNI 24567891", Agreement.EQUAL),
        ("DNI 24.567.891", "CUIT 20-24567891-3", Agreement.EQUAL),
        ("24.567.891", "20-24567891-3", Agreement.EQUAL),
        ("DNI 24.567.891", "CUIT 27-31002118-4", Agreement.DIFFERENT),
        ("NIT 901.234.567-1", "NIT 901234567", Agreement.EQUAL),
        ("CI 0412345678", "CI 412345678", Agreement.EQUAL),
        ("C.I. n.º 1.234.567 Asunción", "CI 1234567", Agreement.EQUAL),
        ("V-17.123.456", "cédula 17123456", Agreement.EQUAL),
        ("V-17.123.456", "E-17.123.456", Agreement.NEAR),
        ("DNI (Argentina) 10345678", "DNI (Perú) 10345678", Agreement.NONE),
        ("Russian passport 4509123456", "pasaporte chipriota K00123456", Agreement.NONE),
        ("CI UY 4.123.456", "CI PY 4.123.456", Agreement.NONE),
        ("cédula ecuatoriana 1712345678", "cédula venezolana 17.123.456", Agreement.NONE),
        ("30-70812345-1", "30-61277901-1", Agreement.DIFFERENT),
    ],
)
def test_documents(left: str, right: str, agreement: Agreement) -> None:
    assert compare_documents(left, right) is agreement


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("1977-08-21", "21/08/1977", (Agreement.EQUAL, 3)),
        ("1977-08", "1977-08-21", (Agreement.PARTLY, 2)),
        ("1977", "1978-08-21", (Agreement.DIFFERENT, 0)),
        ("unknown", "1978-08-21", (Agreement.NONE, 0)),
        ("c. 1978", "1978-08-21", (Agreement.UNREADABLE, 0)),
        ("1977-08-21", "21 de agosto de 1977", (Agreement.EQUAL, 3)),
        ("1977-08-21", "August 21, 1977", (Agreement.EQUAL, 3)),
        ("1977-08-21", "21 août 1977", (Agreement.EQUAL, 3)),
        ("1977-08-21", "21AUG77", (Agreement.EQUAL, 3)),
        ("1977-08-21", "21-ago-1977", (Agreement.EQUAL, 3)),
        ("1977-08-21", "21/08/77", (Agreement.EQUAL, 3)),
        ("1977-08-21", "08/21/1977", (Agreement.EQUAL, 3)),
        ("1977-08-21", "19770821", (Agreement.EQUAL, 3)),
        ("1977-08-21", "1977-00-00", (Agreement.PARTLY, 1)),
        ("1977-08-21", "agosto de 1977", (Agreement.PARTLY, 2)),
        ("1977-08-21", "agosto de 1978", (Agreement.DIFFERENT, 0)),
        ("12/05/12", "2012-05-12", (Agreement.EQUAL, 3)),
    ],
)
def test_birth_dates(left: str, right: str, agreement: tuple[Agreement, int]) -> None:
    assert compare_birth_dates(left, right) == agreement


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("gonzalez", "gonzales", Likeness.SPELLING),
        ("mario", "maria", Likeness.NONE),
        ("pereira", "ferreira", Likeness.NONE),
        ("uscategui", "uscategi", Likeness.TYPO),
        ("ana", "ada", Likeness.NONE),
        ("carneiro", "cameiro", Likeness.TYPO),
        ("j", "juan", Likeness.INITIAL),
        ("dallacqua", "acqua", Likeness.SPELLING),
        ("vandenhoek", "hoek", Likeness.SPELLING),
        ("quesada", "quezada", Likeness.SPELLING),
        ("wilmer", "wilder", Likeness.NONE),
        ("huerta", "huertas", Likeness.TYPO),
        ("marco", "marcos", Likeness.NONE),
    ],
)
def test_words_of_names(left: str, right: str, expected: Likeness) -> None:
    assert likeness(left, right) is expected
    assert likeness(right, left) is expected


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=12), st.text(max_size=20))
def test_any_text_has_a_verdict_that_is_the_same_either_way(left: str, right: str, born: str, document: str) -> None:
    first, second = Record(left, born, document), Record(right, born, document)
    found = match_records(first, second)
    assert isinstance(found, Match)
    assert 0 <= found.score < 1
    assert found.verdict is match_records(second, first).verdict
    assert all(has_wording(f"match_reason.{reason}") for reason in found.reasons)


def run(rows: list[Any], *options: str) -> tuple[int, list[dict[str, Any]]]:
    given = "\n".join(map(json.dumps, rows))
    result = CliRunner().invoke(rogatio, [*options, "match", "--jsonl"], input=given)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_one_row_a_line_in_order_and_a_bad_row_fails_alone() -> None:
    one = {"name": "BELTRÁN USCÁTEGUI, Nohora", "birth_date": BORN, "document": None}
    other = {"name": "Nohora Beltrán", "birth_date": BORN}
    code, answers = run([{"id": "x", "a": one, "b": other}, {"id": 2, "a": one}, {"id": 3, "a": {"name": 5}, "b": one}])
    assert code == 1
    assert answers[0]["id"] == "x"
    assert answers[0]["verdict"] == "same"
    assert answers[0]["reasons"][0]["key"] == "name_part"
    assert [answer.get("error") for answer in answers] == [None, "app.row_unreadable", "app.row_unreadable"]


def test_a_field_that_is_not_known_is_named_beside_the_answer() -> None:
    one = {"name": "Nohora Beltrán", "documents": "P4471920"}
    given = json.dumps({"id": 7, "a": one, "b": {"name": "Nohora Beltrán"}, "colour": 1})
    result = CliRunner().invoke(rogatio, ["--language", "en", "match", "--jsonl"], input=given)
    assert json.loads(result.stdout)["verdict"] == "unclear"
    assert json.loads(result.stdout)["ignored"] == ["a.documents", "colour"]
    assert result.stderr.startswith("7: unknown fields, not used: a.documents, colour")
    assert result.exit_code == 0


def test_records_that_are_no_objects_are_the_fault_not_their_fields() -> None:
    given = json.dumps({"id": 7, "a": "Juan", "b": "PEREZ, Juan", "c": 1})
    result = CliRunner().invoke(rogatio, ["--language", "en", "match", "--jsonl"], input=given)
    assert json.loads(result.stdout) == {"id": 7, "error": "app.row_unreadable", "ignored": ["c"]}
    assert "unknown fields, not used: c (" in result.stderr


@pytest.mark.parametrize(
    ("left", "right", "notes"),
    [
        ("garbage", "1980-01-03", ("birth_date_not_date",)),
        ("", "1980-01-03", ()),
        ("0000-00-00", "1980-01-03", ("birth_date_not_date",)),
        ("01/02/1980", "1980-02-01", ("birth_date_equal", "birth_date_day_first")),
        ("01/02/1980", "01.02.1980", ("birth_date_equal",)),
        ("12/25/1980", "1980-12-25", ("birth_date_equal",)),
        ("1980-13-45", "1980-01-03", ("birth_date_unreadable",)),
        ("31/02/1980", "1980-02-28", ("birth_date_unreadable",)),
    ],
)
def test_a_reason_says_how_a_birth_date_was_read(left: str, right: str, notes: tuple[str, ...]) -> None:
    found = match_records(Record("Ruy Castilho Penteado", left), Record("Ruy Castilho Penteado", right))
    assert [reason for reason in found.reasons if reason.startswith("birth_date")] == [*notes]
    assert found.verdict is (UNCLEAR if "birth_date_unreadable" in notes else found.verdict)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_worded_in_each_language(language: str) -> None:
    pair = {"id": 1, "a": {"name": "Ana Souza"}, "b": {"name": "Ana Souza"}}
    _, answers = run([pair], "--language", language)
    assert answers[0]["verdict"] == "unclear"
    texts = [reason["text"] for reason in answers[0]["reasons"]]
    assert wording("match_reason.namesakes_expected", language) in texts


def test_one_document_outweighs_another_surname_of_the_same_given_name() -> None:
    married = match_records(
        Record("Carlota Beltrán Uscátegui", document="P 4471920"), Record("Carlota Goikoetxea", document="P4471920")
    )
    assert married.verdict is SAME
    other = match_records(
        Record("Carlota Beltrán", document="P 4471920"), Record("Íñigo Goikoetxea", document="P4471920")
    )
    assert other.verdict is UNCLEAR
