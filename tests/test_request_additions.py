"""Values that a person adds to a request are values of it like confirmed proposals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from web_site import site

from app.requests.additions import EMPTY, add_value, addable_fields
from app.requests.corrections import check_correction
from app.requests.deadlines.sentences import stated_sentences
from app.requests.deadlines.stored_deadlines import stored_deadlines
from app.requests.deadlines.words import deadline_source
from app.requests.decided_fields import corrected_value
from app.requests.matching.queue import matches
from app.requests.readings import read_pending
from app.requests.review import review
from app.requests.search.search import search_requests
from app.requests.wording import FIELDS
from app.requests.written_values import (
    day_in,
    deadline_in,
    instrument_named,
    legal_basis_in,
    measure_in,
    person_in,
)
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal

MADRID = Principal("madrid", frozenset({"public", "madrid"}))
LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

HECHOS. Doña Amparo Quiroga Lleras está investigada por un delito de blanqueo de capitales.

ASISTENCIA SOLICITADA. Se solicita la remisión de la información bancaria de la cuenta ES9121000418450200051332.
Acompaña el informe del perito Rosendo Vela.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("additions"))
    made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    yield made
    made.installation.close()


@pytest.fixture
def access(desk: Desk) -> AccessFilter:
    return desk.store.access(MADRID)


def letter(desk: Desk, access: AccessFilter) -> str:
    return search_requests(desk.installation, access).lines[0].document.id


def test_an_added_value_is_shown_found_and_has_its_place(desk: Desk, access: AccessFilter) -> None:
    document = letter(desk, access)
    assert search_requests(desk.installation, access, "measure:freezing").total == 0
    added = {
        field: add_value(desk.store, access, MADRID, document, field, text)
        for field, text in (("measures", "embargo preventivo"), ("persons", "Rosendo  Vela"),
                            ("deadlines", "15 de febrero de 2031"))
    }  # fmt: skip
    fields = review(desk.store, access, document).fields
    values = {field: next(one for one in fields[field] if one.id == name) for field, name in added.items()}
    assert values["measures"].value["measure"] == "freezing"
    assert (values["persons"].value["name"], values["persons"].quote) == ("Rosendo Vela", "Rosendo Vela")
    assert values["deadlines"].value["date"] == "2031-02-15"
    assert {one.state for one in values.values()} == {"confirmed"}
    assert {one.decision.principal for one in values.values() if one.decision} == {MADRID.id}
    for query in ("measure:freezing", 'person:"Rosendo Vela"', "deadline:2031-02-15"):
        assert search_requests(desk.installation, access, query).total == 1


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("measures", "algo que no es una medida", "app.no_such_request_value"),
        ("deadlines", "pronto", "app.unknown_request_value"),
        ("requested_state", "Chile", "app.request_value_held"),
        ("amounts", "3", "app.unknown_request_value"),
        ("translation", "español", "app.unknown_request_value"),
        ("mood", "3", "app.no_addable_field"),
        ("deadlines", "31/02/2027", "app.no_such_day"),
        ("deadlines", "31/02/2027 · audiencia", "app.no_such_day"),
        ("persons", "Ana Ruiz · testigo · 31/02/1966 · AB123", "app.no_such_day"),
        ("persons", "Ana Ruiz · denunciante", "app.no_such_party_role"),
        ("persons", "Ana Ruiz · testigo · señora de la limpieza", "app.no_such_party_role"),
        ("persons", "Ana Ruiz · 31 de febrero de 1966", "app.no_such_day"),
        ("persons", "Ana Ruiz · 1966", "app.unknown_request_value"),
        ("measures", "información bancaria · ES91 · 2021-01-01 – 2020-01-01", "app.period_inverted"),
        ("annexes", "  ", "app.request_value_empty"),
        ("annexes", "x" * 2_001, "app.form_invalid"),
    ],
)
def test_what_is_no_value_of_a_field_is_refused(
    desk: Desk, access: AccessFilter, field: str, text: str, code: str
) -> None:
    with pytest.raises(RogatioError) as refused:
        add_value(desk.store, access, MADRID, letter(desk, access), field, text)
    assert refused.value.code == code
    assert "requested_state" not in addable_fields(review(desk.store, access, letter(desk, access)))


def test_every_field_can_be_added() -> None:
    assert tuple(EMPTY) == FIELDS


@pytest.mark.parametrize(
    ("text", "kind", "number", "valid"),
    [
        ("+51 999 888 777 · teléfono", "phone", "+51 999 888 777", None),
        ("ABC-123 · vehicle registration", "plate", "ABC-123", None),
        ("ES91 2100 0418 4502 0005 1333 · IBAN", "iban", "ES91 2100 0418 4502 0005 1333", False),
        ("BR1800360305000010009795493C1", "iban", "BR1800360305000010009795493C1", True),
        ("12345678Z · documento de identidad", "national_id", "12345678Z", True),
        ("12345678A · documento de identidad", "national_id", "12345678A", False),
        ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD · monedero", "wallet", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", True),
        ("356868000041419 · imei", "imei", "356868000041419", False),
        ("NIT 800254610-5", "company_number", "800254610-5", True),
        ("123/2026 · número de causa", "case_number", "123/2026", None),
    ],
)
def test_an_added_identifier_is_checked_as_one_that_was_read(
    desk: Desk, access: AccessFilter, text: str, kind: str, number: str, valid: bool | None
) -> None:
    document = letter(desk, access)
    added = add_value(desk.store, access, MADRID, document, "identifiers", text)
    (found,) = [one for one in review(desk.store, access, document).fields["identifiers"] if one.id == added]
    assert found.value == {"kind": kind, "text": number, "valid": valid, "scope": "case"}
    field = "reference" if kind == "case_number" else "identifier"
    assert search_requests(desk.installation, access, f'{field}:"{number}"').total == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("999888777", "app.unknown_request_value"),
        ("999888777 · cosa", "app.unknown_request_value"),
        ("12 · teléfono", "app.unknown_request_value"),
        ("ES91 · IBAN", "app.unknown_request_value"),
        ("300.1.1.1 · ip", "app.unknown_request_value"),
        ("ES91-2100-0418-4502-0005-1332 · cuenta", "app.request_value_held"),
    ],
)
def test_what_is_no_identifier_or_is_held_is_refused(desk: Desk, access: AccessFilter, text: str, code: str) -> None:
    with pytest.raises(RogatioError) as refused:
        add_value(desk.store, access, MADRID, letter(desk, access), "identifiers", text)
    assert refused.value.code == code


def test_a_corrected_identifier_is_checked_anew() -> None:
    read = {"kind": "iban", "text": "ES9121000418450200051333", "valid": False, "scope": "case"}
    assert corrected_value("identifiers", read, "ES9121000418450200051332") == {
        **read, "text": "ES9121000418450200051332", "valid": True,
    }  # fmt: skip
    assert corrected_value("identifiers", read, "123456789 · conta")["kind"] == "account"


def test_a_corrected_identifier_of_an_authority_stays_one() -> None:
    read = {"kind": "phone", "text": "+51 999 888 77", "valid": None, "scope": "contact"}
    assert corrected_value("identifiers", read, "+51 999 888 777") == {**read, "text": "+51 999 888 777"}


def test_an_added_identifier_proposes_a_match_with_another_file(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("one.txt", LETTER, "madrid", document_type="rogatory_letter")
    made.bring("two.txt", LETTER.replace("ES9121000418450200051332", "que figura abajo").replace("Amparo", "Eva"),
               "madrid", document_type="rogatory_letter")  # fmt: skip
    read_pending(made.store)
    access = made.store.access(MADRID)
    lines = search_requests(made.installation, access).lines
    (without,) = [one.document.id for one in lines if one.document.source == "two.txt"]
    assert matches(made.store, access, kind="account").found == ()
    add_value(made.store, access, MADRID, without, "identifiers", "ES91 2100 0418 4502 0005 1332 · cuenta")
    assert [match.left.party.kind for match in matches(made.store, access, kind="account").found] == ["account"]
    made.installation.close()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("confidentiality", "", True),
        ("urgency", "", True),
        ("reciprocity", "", True),
        ("amounts", "EUR 1.200.000", {"value": 1200000, "currency": "EUR"}),
        ("facts_period", "2021-01-03 – 2022-05-06", {"from": "2021-01-03", "to": "2022-05-06"}),
        ("translation", "español → português", {"from": "es", "to": "pt", "sworn": False}),
        ("specialty", "solo para esta causa", {"text": "solo para esta causa"}),
    ],
)
def test_values_of_further_fields_are_added_once(
    desk: Desk, access: AccessFilter, field: str, text: str, value: object
) -> None:
    document = letter(desk, access)
    added = add_value(desk.store, access, MADRID, document, field, text)
    assert added in {one.id for one in review(desk.store, access, document).fields[field]}
    (found,) = [one for one in review(desk.store, access, document).fields[field] if one.id == added]
    assert (found.value, found.state) == (value, "confirmed")
    assert (field in addable_fields(review(desk.store, access, document))) is (value is not True)


def test_who_may_not_write_the_authoritys_files_adds_nothing(desk: Desk, access: AccessFilter) -> None:
    stranger = Principal("lima", frozenset({"public", "lima"}))
    with pytest.raises(RogatioError) as refused:
        add_value(desk.store, desk.store.access(stranger), stranger, letter(desk, access), "annexes", "Anexo 1")
    assert refused.value.code == "indexing.no_such_document"


def test_page_and_api_add_a_value(desk: Desk, access: AccessFilter) -> None:
    client, document = (
        site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client(),
        letter(desk, access),
    )
    added = client.post(f"/requests/{document}/values", data={"field": "annexes", "text": "Informe pericial"})
    assert added.status_code == 302
    assert "Informe pericial" in client.get(added.location).text
    posted_number = {"field": "identifiers:phone", "text": "+34 600 111 222"}
    added = client.post(f"/requests/{document}/values", data=posted_number)
    assert "+34 600 111 222" in client.get(added.location).text
    posted = {"field": "special_procedure", "text": "con asistencia de letrado"}
    answer = client.post(f"/api/v1/requests/{document}/values", json=posted)
    assert answer.status_code == 201
    assert "con asistencia de letrado" in str(answer.json)
    assert client.post(f"/requests/{document}/values", data={"field": "amounts", "text": "3"}).status_code == 422


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-03-31", "2031-03-31"), ("31/3/2031", "2031-03-31"), ("15 de febrero de 2027", "2027-02-15"),
        ("15 février 2027", "2027-02-15"), ("15 February 2027", "2027-02-15"), ("1.º de março de 2027", "2027-03-01"),
        ("febrero de 2027", ""), ("el martes", ""), ("", ""), ("2027-02-15 answer_by", ""),
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: str) -> None:
    assert day_in(written) == day


@pytest.mark.parametrize(
    ("written", "instrument"),
    [
        ("artículo 18 de la Convención de Palermo", "UNTOC"),
        ("UNCAC, art. 46", "UNCAC"),
        ("Protocolo de San Luis", "SANLUIS"),
        ("Tratado bilateral de 1998", None),
    ],
)
def test_treaties_as_people_write_them(written: str, instrument: str | None) -> None:
    assert instrument_named(written) == instrument


@pytest.mark.parametrize(
    ("written", "instrument", "articles"),
    [
        ("Budapest, art. 29", "BUD", ["29"]),
        ("artículos 46 y 48 de la UNCAC", "UNCAC", ["46", "48"]),
        ("Palermo", "UNTOC", None),
        ("Mérida, artigo 46", "UNCAC", ["46"]),
        ("Article 29, Budapest Convention", "BUD", ["29"]),
        ("Convention de Palerme, article 18", "UNTOC", ["18"]),
        ("Tratado bilateral de 1998", None, None),
    ],
)
def test_a_legal_basis_has_its_treaty_and_articles(
    written: str, instrument: str | None, articles: list[str] | None
) -> None:
    found = legal_basis_in(written)
    assert (found["text"], found["instrument"], found.get("articles")) == (written, instrument, articles)


@pytest.mark.parametrize(
    ("written", "day", "reason"),
    [
        ("15/01/2027 · audiencia", "2027-01-15", "hearing"),
        ("15 de janeiro de 2027 · prescrição", "2027-01-15", "limitation"),
        ("15 January 2027 · end of custody", "2027-01-15", "custody_end"),
        ("15 janvier 2027 · perte des données", "2027-01-15", "data_loss"),
        ("2027-01-15 · Respuesta esperada", "2027-01-15", "answer_by"),
        ("2027-01-15", "2027-01-15", None),
    ],
)
def test_a_deadline_has_a_day_and_a_kind(written: str, day: str, reason: str | None) -> None:
    found = deadline_in(written)
    assert (found["date"], found.get("reason")) == (day, reason)


@pytest.mark.parametrize("written", ["31/02/2027 · audiencia", "15/01/2027 · fiesta", "15/01/2027 · de", "mañana"])
def test_what_is_no_deadline_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        deadline_in(written)


@pytest.mark.parametrize(
    ("field", "written", "near"),
    [
        ("measures", "interceptación · +51 999 · 2020", "interceptación telefónica"),
        ("measures", "escutas telefônica", "escutas telefónicas"),
        ("measures", "cosa rara", ""),
        ("offences", "misconducts in publik office", "misconduct in public office"),
        ("offences", "money landering", "money laundering"),
        ("requested_state", "Portugel", "Portugal"),
    ],
)
def test_a_refused_value_names_the_nearest_one_if_it_is_near(field: str, written: str, near: str) -> None:
    with pytest.raises(RogatioError) as refused:
        check_correction(field, EMPTY[field], written)
    assert refused.value.facts.get("near", "") == near


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Paul-André GAGNON", {"name": "Paul-André GAGNON"}),
        ("Paul-André GAGNON, acusado, 3 de mayo de 1970",
         {"name": "Paul-André GAGNON", "role": "accused", "birth_date": "1970-05-03"}),
        ("Vela Paz, Ana", {"name": "Vela Paz, Ana"}),
        ("ACME Ltd · titular de la cuenta", {"name": "ACME Ltd", "kind": "legal", "role": "account_holder"}),
        ("Vela Paz, Ana · arguido · 1970-05-03 · Peru · DNI 41234567 · la Güera",
         {"name": "Vela Paz, Ana", "role": "accused", "birth_date": "1970-05-03", "nationality": ["PE"],
          "documents": ["DNI 41234567"], "aliases": ["la Güera"]}),
    ],
)  # fmt: skip
def test_data_of_a_person_are_written_behind_the_name(written: str, found: dict[str, object]) -> None:
    assert person_in(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("información bancaria", {"measure": "bank_information"}),
        ("bank_information · ES91 2100 · 2023-03-01 – 2024-12-31",
         {"measure": "bank_information", "target": "ES91 2100", "period": {"from": "2023-03-01", "to": "2024-12-31"}}),
        ("embargo preventivo · ", {"measure": "freezing", "target": "", "period": None}),
    ],
)  # fmt: skip
def test_target_and_period_are_written_behind_a_measure(written: str, found: dict[str, object]) -> None:
    assert measure_in(written) == found


def test_a_deadline_that_a_person_enters_is_not_stated_in_the_letter(desk: Desk, access: AccessFilter) -> None:
    document = letter(desk, access)
    add_value(desk.store, access, MADRID, document, "deadlines", "20 de marzo de 2031")
    (line,) = [one for one in stored_deadlines(desk.store, [document])[document] if one.day == "2031-03-20"]
    assert (line.origin, deadline_source(line, "en")) == ("person", "Entered or corrected by a person.")
    assert stated_sentences(desk.store, access, [line]) == {}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("measures", "información bancaria"),
        ("persons", "amparo quiroga lleras"),
    ],
)
def test_a_value_that_says_no_more_than_a_proposal_is_held_already(
    desk: Desk, access: AccessFilter, field: str, text: str
) -> None:
    document = letter(desk, access)
    before = review(desk.store, access, document).fields[field]
    with pytest.raises(RogatioError) as refused:
        add_value(desk.store, access, MADRID, document, field, text)
    assert refused.value.code == "app.request_value_held"
    assert review(desk.store, access, document).fields[field] == before


def test_an_added_value_that_is_proposed_is_confirmed(desk: Desk, access: AccessFilter) -> None:
    document = letter(desk, access)
    add_value(desk.store, access, MADRID, document, "offences", "blanqueo de capitales")
    (offence,) = review(desk.store, access, document).fields["offences"]
    assert (offence.current["concept"], offence.state) == ("ML", "confirmed")


@pytest.mark.parametrize(
    "birth",
    ["nacido el 15 de julio de 1969", "nascida em 15/07/1969", "born on 15 July 1969", "née le 15 juillet 1969",
     "fecha de nacimiento: 15/07/1969"],
)  # fmt: skip
def test_a_birth_date_in_words_is_no_document(birth: str) -> None:
    value = person_in(f"Jorge Montoya · testigo · {birth}")
    assert value["birth_date"] == "1969-07-15"
    assert "documents" not in value


def test_a_day_of_birth_that_the_calendar_does_not_have_is_refused() -> None:
    with pytest.raises(RogatioError) as refused:
        check_correction("persons", EMPTY["persons"], "Jorge Montoya · nacido el 31 de febrero de 1966")
    assert refused.value.code == "app.no_such_day"


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("freezing order: account 404-112", "account 404-112"),
        ("busca e apreensão casa de Nilton", "casa de Nilton"),
        ("audition de témoin Odile Fabre", "Odile Fabre"),
    ],
)
def test_a_target_without_its_sign_is_shown_with_it(written: str, near: str) -> None:
    with pytest.raises(RogatioError) as refused:
        check_correction("measures", EMPTY["measures"], written)
    assert refused.value.facts["near"].partition(" · ")[2] == near


def test_a_day_that_the_letter_has_as_a_deadline_is_not_added_again(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    asked = LETTER.replace("Acompaña", "Se ruega la respuesta antes del 20 de enero de 2028. Acompaña")
    letter = made.bring("dated.txt", asked, "madrid", document_type="rogatory_letter", date="2027-05-03")
    read_pending(made.store)
    access = made.store.access(MADRID)
    with pytest.raises(RogatioError) as refused:
        add_value(made.store, access, MADRID, letter, "deadlines", "20 January 2028")
    assert refused.value.code == "app.request_value_held"
    add_value(made.store, access, MADRID, letter, "deadlines", "21 January 2028")
    assert {one.day for one in stored_deadlines(made.store, [letter])[letter]} == {"2028-01-20", "2028-01-21"}
    made.installation.close()
