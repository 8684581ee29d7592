"""Matches between files of one authority and blind notices between authorities, within the access of the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.requests.decisions import REJECTED
from app.requests.life.recording import decide_link
from app.requests.life.stored_links import all_links
from app.requests.matching.blind import blind_notices
from app.requests.matching.compare import compare_parties
from app.requests.matching.parties import Party, compared_form, parties_of
from app.requests.matching.queue import OPEN, SAME, decide_match, matches
from app.requests.readings import read_pending
from app.requests.review import decide, review
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal
from nlp.matching.blocking import blocking_keys
from nlp.matching.verdict import Verdict

MADRID = Principal("madrid", frozenset({"madrid"}))
LIMA = Principal("lima", frozenset({"lima"}))
LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: Diligencias Previas {number}/2031

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

HECHOS. {person} está investigada por un delito de blanqueo de capitales.

ASISTENCIA SOLICITADA. Se solicita la remisión de la información bancaria de la cuenta {account} entre el 1 de enero de
2029 y el 31 de diciembre de 2030.
"""
FIRST = "Doña Amparo Quiroga Lleras, nacida el 3 de mayo de 1979, con pasaporte XDA123456,"
SECOND = "Doña QUIROGA LLERAS, Amparo, nacida el 3 de mayo de 1979,"
OTHER = "Doña Remedios Bustamante Iriarte, nacida el 9 de junio de 1969,"
ACCOUNT, ANOTHER = "ES9121000418450200051332", "ES7921000813610123456789"


def bring(desk: Desk, collection: str, number: int, person: str, account: str) -> str:
    text = LETTER.format(number=number, person=person, account=account)
    return desk.bring(f"{number}.txt", text, collection, document_type="rogatory_letter", title=f"Carta {number}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("matches"))
    bring(made, "madrid", 101, FIRST, ACCOUNT)
    bring(made, "madrid", 102, SECOND, ANOTHER)
    bring(made, "madrid", 103, OTHER, ACCOUNT)
    bring(made, "lima", 104, FIRST, ACCOUNT)
    read_pending(made.store)
    yield made
    made.installation.close()


@pytest.mark.parametrize(
    ("kind", "one", "other", "verdict"),
    [
        ("account", "ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332", Verdict.SAME),
        ("account", "ES9121000418450200051332", "2100 0418 45 0200051332", Verdict.SAME),
        ("account", "ES9121000418450200051332", "ES7921000813610123456789", None),
        ("account", "ES9121000418450200051332", "ES92 2100 0418 4502 0005 1332", Verdict.UNCLEAR),
        ("phone", "+34 600 123 456", "0034600123456", Verdict.SAME),
        ("phone", "+34 600 123 456", "600 123 456", Verdict.UNCLEAR),
        ("wallet", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1boatslrhtknngkdxeeobr76b53lettpyt", None),
        ("wallet", "0xAB5801a7D398351b8bE11C439e05C5B3259aeC9B",
         "0xab5801a7d398351b8be11c439e05c5b3259aec9b", Verdict.SAME),
        ("ip", "203.0.113.7", "203.0.113.7", Verdict.UNCLEAR),
        ("plate", "1234-BCD", "1234 BCD", Verdict.SAME),
        ("email", "Ana.Paz@example.org", "ana.paz@EXAMPLE.org", Verdict.SAME),
    ],
)  # fmt: skip
def test_identifiers_are_compared_by_what_they_denote(kind: str, one: str, other: str, verdict: Verdict | None) -> None:
    left, right = (Party(kind, text, compared_form(kind, text), 0) for text in (one, other))
    found = compare_parties(left, right)
    assert (found.verdict if found else None) == verdict
    assert not found or left.blocks() & right.blocks()


@pytest.mark.parametrize(
    ("kind", "text"),
    [("ip", "192.168.1.7"), ("ip", "127.0.0.1"), ("ip", "300.1.1.1"), ("email", "autoridad.central@example.org")],
)
def test_what_identifies_nobody_is_no_party(kind: str, text: str) -> None:
    assert compared_form(kind, text) == ""


def test_parties_leave_out_contacts_and_documents_that_persons_have() -> None:
    person = {"name": "Amparo Quiroga", "kind": "natural", "role": "suspect", "documents": ["DNI 12345678Z"]}
    identifiers = [
        {"kind": "national_id", "text": "12345678-Z", "scope": "case"},
        {"kind": "phone", "text": "+34 600 123 456", "scope": "contact"},
        {"kind": "case_number", "text": "88/2031", "scope": "case"},
    ]
    fields = {
        "persons": [{"value": person, "start": 1}],
        "identifiers": [{"value": one, "start": 2} for one in identifiers],
    }
    assert [(one.kind, one.name) for one in parties_of(fields)] == [("person", "Amparo Quiroga")]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (("PÉREZ GARCÍA, Juan", "", ""), ("Juan Pérez", "", ""), True),
        (("José Antonio Núñez", "", ""), ("Pepe Nunez", "", ""), True),
        (("J. Pérez García", "", ""), ("Juan Pérez", "", ""), True),
        (("C. Iturralde Daza", "", ""), ("Carlos Iturralde", "", ""), True),
        (("Юрий Петров", "", ""), ("Yuri Petrov", "", ""), True),
        (("Juan Peláez", "", ""), ("Juan Pelaes", "", ""), True),
        (("Mario Benítez", "1980-05-04", ""), ("Marco Benites Sosa", "1980-05-04", ""), True),
        (("Ana Paz", "", "DNI 12345678Z"), ("Rosa Luz", "", "12.345.678"), True),
        (("Comercial Puerto Azul S.L.", "", ""), ("COMERCIAL PUERTO AZUL SOCIEDAD LIMITADA", "", ""), True),
        (("Minera Ñandubay S.A.", "", ""), ("Ñandubay Mining Company", "", ""), True),
        (("Juan Pérez", "", ""), ("Ana Gómez", "", ""), False),
        (("Puerto Azul S.L.", "", ""), ("Puerto Azul Quiroga", "", ""), False),
    ],
)
def test_records_that_may_be_one_share_a_key(one: tuple[str, ...], other: tuple[str, ...], share: bool) -> None:
    assert bool(blocking_keys(*one) & blocking_keys(*other)) is share


def test_files_of_one_authority_are_matched_with_reasons(desk: Desk) -> None:
    found = matches(desk.store, desk.store.access(MADRID)).found
    assert {(one.left.party.kind, one.verdict) for one in found} == {("person", "same"), ("account", "same")}
    person = next(one for one in found if one.left.party.kind == "person")
    assert "birth_date_equal" in person.reasons
    assert {person.left.document.source, person.right.document.source} == {"101.txt", "102.txt"}


def test_nothing_of_another_authority_is_matched_or_counted(desk: Desk) -> None:
    assert matches(desk.store, desk.store.access(LIMA)).total == 0
    every = matches(desk.store, desk.store.access(LOCAL_USER), state="")
    assert {one.left.document.collection for one in every.found} == {"madrid"}
    key = every.found[0].key
    with pytest.raises(RogatioError, match=r"app\.no_such_match"):
        decide_match(desk.store, desk.store.access(LIMA), LIMA, key, SAME)


def test_decisions_have_an_author_a_history_and_can_be_undone(desk: Desk) -> None:
    access = desk.store.access(MADRID)
    key = matches(desk.store, access, kind="account").found[0].key
    for verdict in ("same", "unclear", OPEN):
        decide_match(desk.store, access, MADRID, key, verdict)
    (one,) = matches(desk.store, access, kind="account").found
    assert [(made.verdict, made.principal) for made in one.history] == [
        ("same", "madrid"), ("unclear", "madrid"), ("open", "madrid"),
    ]  # fmt: skip
    assert one.state == OPEN


def test_a_decision_outlives_a_new_reading(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = bring(made, "madrid", 101, FIRST, ACCOUNT)
    bring(made, "madrid", 102, SECOND, ACCOUNT)
    read_pending(made.store)
    access = made.store.access(MADRID)
    key = matches(made.store, access, kind="person").found[0].key
    decide_match(made.store, access, MADRID, key, SAME)
    fields = review(made.store, access, document).fields
    decide(made.store, access, MADRID, document, fields["identifiers"][-1].id, "confirmed")  # derives all anew
    assert [one.key for one in matches(made.store, access, state=SAME).found] == [key]
    decide(made.store, access, MADRID, document, fields["persons"][0].id, REJECTED)
    assert matches(made.store, access, state="", kind="person").total == 0
    made.installation.close()


def test_letters_of_one_request_are_linked_and_not_matched(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    bring(made, "madrid", 105, FIRST, ACCOUNT)
    again = LETTER.format(number=105, person=FIRST, account=ACCOUNT) + "\n\n"
    made.bring("again.txt", again, "madrid", document_type="rogatory_letter")
    later = again.replace("COMISIÓN", "Madrid, 4 de mayo de 2031\n\nCOMISIÓN")
    made.bring("later.txt", later, "madrid", document_type="rogatory_letter", date="2031-05-04")
    read_pending(made.store)
    access = made.store.access(MADRID)
    (link,) = all_links(made.store, access)
    assert (link.kind, link.reasons) == ("copy", ("same_letter:105/2031",))
    pairs = [{one.left.document.source, one.right.document.source} for one in matches(made.store, access).found]
    assert {"105.txt", "again.txt"} not in pairs
    assert {"105.txt", "later.txt"} in pairs, "another day, another letter"
    decide_link(made.store, access, MADRID, link.letter, link.request, link.kind, "rejected")
    pairs = [{one.left.document.source, one.right.document.source} for one in matches(made.store, access).found]
    assert {"105.txt", "again.txt"} in pairs
    made.installation.close()


def test_both_authorities_learn_that_a_match_exists_and_nothing_else(desk: Desk) -> None:
    for principal, own, other in ((MADRID, {"101.txt", "103.txt"}, "lima"), (LIMA, {"104.txt"}, "madrid")):
        notices = blind_notices(desk.store, desk.store.access(principal))
        assert {one.document.source for one in notices} == own
        assert {one.authority for one in notices} == {other}
        client = site(desk.installation.settings, principal).test_client()
        reported = client.get("/api/v1/request-notices")
        follows(reported.json["notices"][0], "BlindNotice")
        for answer in (reported.text, *(client.get(f"/requests/notices?ui={one}").text for one in LANGUAGES)):
            assert ACCOUNT not in answer
            assert "Quiroga" not in answer
            assert not re.search(r"(?<![0-9a-f])104(?![0-9a-f])", answer) or "104.txt" in own  # ids are hexadecimal


def test_a_notice_is_acknowledged_by_who_may_see_it(desk: Desk) -> None:
    lima, madrid = (site(desk.installation.settings, who).test_client() for who in (LIMA, MADRID))
    (notice,) = lima.get("/api/v1/request-notices").json["notices"]
    assert madrid.post(f"/api/v1/request-notices/{notice['id']}/acknowledgement").status_code == 404
    assert lima.post(f"/api/v1/request-notices/{notice['id']}/acknowledgement").status_code == 204
    assert lima.get("/api/v1/request-notices").json["notices"][0]["seen_by"] == "lima"


def test_a_notice_ends_with_the_match(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = bring(made, "madrid", 101, OTHER, ACCOUNT)
    bring(made, "lima", 104, FIRST, ACCOUNT)
    read_pending(made.store)
    access = made.store.access(LOCAL_USER)
    assert len(blind_notices(made.store, access)) == 2
    account = next(
        one for one in review(made.store, access, document).fields["identifiers"] if one.value["kind"] == "iban"
    )
    decide(made.store, access, LOCAL_USER, document, account.id, REJECTED)
    assert blind_notices(made.store, access) == []
    made.installation.close()


def test_page_api_and_command_decide_alike(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = site(desk.installation.settings, MADRID).test_client()
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    found = client.get("/api/v1/request-matches?kind=person").json
    follows(found["matches"][0], "RequestMatch")
    key = found["matches"][0]["id"]
    for language in LANGUAGES:
        page = reader.get(f"/requests/matches?ui={language}").text
        assert "Amparo Quiroga Lleras" in page
        assert "QUIROGA LLERAS" in page
    assert client.post(f"/requests/matches/{key}/decisions", data={"verdict": "different"}).status_code == 302
    assert client.get("/api/v1/request-matches?state=different").json["total"] == 1
    assert client.post(f"/api/v1/request-matches/{key}/decisions", json={"verdict": "open"}).status_code == 204
    assert client.get("/api/v1/request-matches?state=merged").json["code"] == "app.bad_parameter"
    assert client.post(f"/api/v1/request-matches/{'0' * 24}/decisions", json={"verdict": "same"}).status_code == 404
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    assert CliRunner().invoke(rogatio, ["matches", "--decide", key, "same"]).exit_code == 0
    result = json.loads(CliRunner().invoke(rogatio, ["matches", "--state", "same", "--json"]).stdout)
    assert [one["id"] for one in result["matches"]] == [key]
    shown = CliRunner().invoke(rogatio, ["--language", "fr", "matches", "--state", "same"]).stdout
    assert f"{key}  Personne  " in shown
    assert "%  La même" in shown
    assert client.post(f"/api/v1/request-matches/{key}/decisions", json={"verdict": "open"}).status_code == 204
