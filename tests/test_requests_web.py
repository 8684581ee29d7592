"""The register and the review of requests, as pages and in the REST API, within the access of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, request_readings
from flask import Flask
from test_api import follows
from web_site import site

from app.job_steps import run_pending
from app.requests.command import reading_row
from app.requests.decisions import Decision, proposal_id, with_decided
from app.requests.invoked_treaties import treaty_words, with_decided_treaties
from app.requests.readings import (
    read_pending,
    store_reading,
    stored_reading,
    unread_requests,
)
from app.requests.review import decide, review
from app.requests.rows import with_messages
from app.requests.wording import value_details, value_words
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.corrections import enter_corrections
from indexing.store.writing import now, settle

MADRID = Principal("madrid", frozenset({"public", "madrid"}))
LIMA = Principal("lima", frozenset({"public", "lima"}))
LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: Diligencias Previas 88/2031

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA INTERNACIONAL

Con base en el artículo 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional.

HECHOS. Doña Amparo Quiroga Lleras, nacida el 3 de mayo de 1979, está investigada por un delito de blanqueo de
capitales.

ASISTENCIA SOLICITADA. Se solicita la remisión de la información bancaria de la cuenta ES9121000418450200051332 entre el
1 de enero de 2029 y el 31 de diciembre de 2030. Se ruega la respuesta antes del 15 de octubre de 2099.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("requests"))
    made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter", title="Comisión rogatoria 88/2031")
    made.bring("other.txt", LETTER.replace("88/2031", "99/2031"), "lima", document_type="rogatory_letter", title="Otra")
    made.bring("ley.txt", "Ley 1. Artículo 1. El que lave dinero será castigado.", document_type="statute")
    yield made
    made.installation.close()


def app_of(desk: Desk, principal: Principal) -> Flask:
    return site(desk.installation.settings, principal, WTF_CSRF_ENABLED=False)


def document_of(desk: Desk, principal: Principal) -> str:
    return next(one.document.id for one in request_readings(desk.store, desk.store.access(principal)))


def test_reading_is_stored_once(desk: Desk) -> None:
    access = desk.store.access(LOCAL_USER)
    assert [one.collection for one in unread_requests(desk.store, desk.store.access(LIMA))] == ["lima"]
    assert read_pending(desk.store) == 2
    assert read_pending(desk.store) == 0
    assert [bool(one.row) for one in request_readings(desk.store, access)] == [True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_register_shows_only_the_own_requests(desk: Desk, language: str) -> None:
    page = app_of(desk, MADRID).test_client().get(f"/requests/?ui={language}").text
    assert "88/2031" in page
    assert "99/2031" not in page
    assert "PE</span>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_review_shows_each_value_with_its_evidence(desk: Desk, language: str) -> None:
    page = app_of(desk, MADRID).test_client().get(f"/requests/{document_of(desk, MADRID)}?ui={language}").text
    assert "ES9121000418450200051332" in page
    assert "Amparo Quiroga Lleras" in page
    assert re.search(r'href="/documents/[^"]*at=\d+', page)


def test_the_head_of_the_page_says_who_asks_whom_for_what(desk: Desk) -> None:
    page = app_of(desk, MADRID).test_client().get(f"/requests/{document_of(desk, MADRID)}?ui=en").text
    head = page.partition("<h1")[2].partition('<div class="review-columns">')[0]
    for words in ("Spain to Peru", "Bank records", "Money laundering", "Palermo Convention", "15 October 2099"):
        assert words in head, words


def test_a_rejected_measure_leaves_the_head_of_the_page(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    document, access = document_of(made, MADRID), made.store.access(MADRID)
    for value in review(made.store, access, document).fields["measures"]:
        decide(made.store, access, MADRID, document, value.id, "rejected")
    page = app_of(made, MADRID).test_client().get(f"/requests/{document}?ui=en").text
    head = page.partition('<dl class="request-summary')[2].partition("</dl>")[0]
    assert "Bank" not in head
    assert "none found" in head
    made.installation.close()


def test_an_answer_has_no_head_for_what_it_does_not_ask(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    answer = "Fiscalía de la Nación, Lima\n\nAl Juzgado Central n.º 4, Madrid (España)\n\nSe devuelve cumplimentada."
    made.bring("answer.txt", answer, "madrid", document_type="response")
    read_pending(made.store)
    page = app_of(made, MADRID).test_client().get(f"/requests/{document_of(made, MADRID)}?ui=en").text
    assert "request-summary" not in page
    made.installation.close()


def test_decisions_on_two_measures_of_a_kind_are_told_apart(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    other = "ES7921000813610123456789"
    two = LETTER.replace("de la cuenta ES9121000418450200051332", f"de las cuentas ES9121000418450200051332 y {other}")
    made.bring("letter.txt", two, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    page = app_of(made, MADRID).test_client().get(f"/requests/{document_of(made, MADRID)}?ui=en").text
    for target in ("ES9121000418450200051332", other):
        assert len(re.findall(rf'<span class="unseen">Confirm: Bank[^<]*, {target}</span>', page)) == 1
    made.installation.close()


def test_a_day_for_the_answer_takes_the_place_of_a_period(desk: Desk) -> None:
    page = app_of(desk, MADRID).test_client().get(f"/requests/{document_of(desk, MADRID)}?ui=en").text
    absent = page.partition("Not found")[2].partition("</p>")[0]
    assert "15 October 2099" in page
    assert "Formalities requested" in absent
    assert "Period for the answer" not in absent


def test_an_item_that_no_rule_found_is_shown_to_be_checked(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    document = stored_reading(made.store, made.store.access(MADRID), document_of(made, MADRID)).document
    row = dict(stored_reading(made.store, made.store.access(MADRID), document.id).row or {})
    row["preflight"] = [
        {"key": key, "state": "present", "instrument": None, "provision": None, "reason": f"{key}.{reason}"}
        for key, reason in (("facts", "present"), ("purpose_nexus", "likely"))
    ]
    assert store_reading(made.store, document, row)
    page = app_of(made, MADRID).test_client().get(f"/requests/{document.id}?ui=en").text
    assert page.count("although no passage says so expressly; check.") == 1
    made.installation.close()


def test_a_request_of_another_authority_is_not_found(desk: Desk) -> None:
    client, other = app_of(desk, MADRID).test_client(), document_of(desk, LIMA)
    assert client.get(f"/requests/{other}").status_code == 404
    assert client.get(f"/api/v1/requests/{other}").status_code == 404
    assert (
        client.post(f"/requests/{other}/decisions", data={"proposal": "x", "verdict": "confirmed"}).status_code == 404
    )


def test_a_law_is_no_request(desk: Desk) -> None:
    client = app_of(desk, MADRID).test_client()
    law = next(one.id for one in desk.store.every_document(desk.store.access(MADRID)) if one.document_type == "statute")
    assert client.get(f"/requests/{law}").status_code == 404
    assert client.get(f"/api/v1/requests/{law}").json["code"] == "app.no_request"


def test_decisions_are_kept_and_the_newest_counts(desk: Desk) -> None:
    client, document = app_of(desk, MADRID).test_client(), document_of(desk, MADRID)
    request = client.get(f"/api/v1/requests/{document}").json
    proposal = request["fields"]["requested_state"][0]["id"]
    data = {"proposal": proposal, "verdict": "rejected"}
    assert client.post(f"/requests/{document}/decisions", data=data).status_code == 302
    answer = client.post(
        f"/api/v1/requests/{document}/decisions", json={"proposal": proposal, "verdict": "corrected", "text": "CL"}
    )
    assert answer.status_code == 201
    value = answer.json["fields"]["requested_state"][0]
    assert (value["state"], value["correction"]) == ("corrected", "CL")
    assert [one["verdict"] for one in answer.json["history"]] == ["rejected", "corrected"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"proposal": "none", "verdict": "confirmed"}, "app.no_such_proposal"),
        ({"proposal": "none", "verdict": "maybe"}, "app.form_invalid"),
        ({"proposal": "none", "verdict": "corrected", "text": " "}, "app.form_invalid"),
    ],
)
def test_wrong_decisions_are_refused(desk: Desk, body: dict[str, str], code: str) -> None:
    client = app_of(desk, MADRID).test_client()
    assert client.post(f"/api/v1/requests/{document_of(desk, MADRID)}/decisions", json=body).json["code"] == code


def test_the_api_follows_its_description(desk: Desk) -> None:
    client = app_of(desk, MADRID).test_client()
    (line,) = client.get("/api/v1/requests").json["requests"]
    follows(line, "RequestLine")
    assert line["deadline"] == "2099-10-15"
    assert client.get("/api/v1/requests?requesting=FR").json == {"total": 0, "requests": [], "facets": {}}
    follows(client.get(f"/api/v1/requests/{line['document_id']}").json, "Request")


def test_deleting_the_document_deletes_its_reading(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document = made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter")
    access = made.store.access(LOCAL_USER)
    read_pending(made.store)
    client = site(made.installation.settings, LOCAL_USER, WTF_CSRF_ENABLED=False).test_client()
    assert client.delete(f"/api/v1/documents/{document}").status_code == 204
    assert list(request_readings(made.store, access)) == []
    made.installation.close()


def test_a_reading_of_another_revision_is_not_stored(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document_id = made.bring("letter.txt", LETTER, "madrid", document_type="rogatory_letter")
    access = made.store.access(LOCAL_USER)
    before = made.store.document(access, document_id)
    row = stored_reading(made.store, access, document_id).row
    settle(made.store, [(document_id, {"processed_revision": before.processed_revision + 1})])
    assert row is not None
    assert not store_reading(made.store, before, row)
    assert [one.id for one in unread_requests(made.store, access)] == [document_id]
    made.installation.close()


def test_a_document_that_becomes_a_request_is_read_with_the_correction(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    document_id = made.bring("letter.txt", LETTER, "madrid", document_type="official_letter")
    enter_corrections(made.installation, document_id, {"document_type": "mla_request"})
    run_pending(made.installation)
    (one,) = request_readings(made.store, made.store.access(LOCAL_USER))
    assert one.row is not None
    made.installation.close()


def test_only_a_request_links_to_its_data(desk: Desk, tmp_path: Path) -> None:
    request = document_of(desk, MADRID)
    assert f"/requests/{request}" in app_of(desk, MADRID).test_client().get(f"/documents/{request}").text
    made = Desk(tmp_path)
    other = made.bring("letter.txt", LETTER, "madrid", document_type="official_letter")
    assert f"/requests/{other}" not in app_of(made, MADRID).test_client().get(f"/documents/{other}").text
    made.installation.close()


@pytest.mark.parametrize(
    ("given", "read", "checked"),
    [("mla_request", "mla_request", True), ("withdrawal", "withdrawal", False), ("refusal", "response", False)],
)
def test_a_letter_is_read_by_the_type_that_a_person_gave_it(
    tmp_path: Path, given: str, read: str, checked: bool
) -> None:
    """A request that was taken for a reminder would otherwise keep the check of one: nothing else is missing."""
    made = Desk(tmp_path)
    reminder = f"RECORDATORIO. Reiteramos nuestra solicitud de 3 de marzo.\n{LETTER}"
    document_id = made.bring("letter.txt", reminder, "madrid", document_type="reminder")
    access = made.store.access(MADRID)
    before = stored_reading(made.store, access, document_id).row
    assert before is not None
    assert before["document_type"] == "reminder"
    assert {check["key"] for check in before["preflight"]} == {"authority", "signature"}
    enter_corrections(made.installation, document_id, {"document_type": given})
    run_pending(made.installation)
    after = stored_reading(made.store, access, document_id).row
    assert after is not None
    assert after["document_type"] == read
    assert bool(after["preflight"]) is checked
    client = app_of(made, MADRID).test_client()
    assert ("no check for this type" in client.get("/requests/?ui=en").text) is not checked
    assert [one["checked"] for one in client.get("/api/v1/requests").json["requests"]] == [checked]


def test_what_people_decided_stays_when_a_reading_no_longer_proposes_it() -> None:
    confirmed = Decision("own_reference", proposal_id("own_reference", "7/31"), "confirmed", "", "x", now(), "7/31")
    rejected = Decision("own_reference", proposal_id("own_reference", "8/31"), "rejected", "", "x", now(), "8/31")
    proposals = {"own_reference": [{"value": "9/31", "start": 0, "end": 4, "confidence": 0.9, "origin": "rules"}]}
    found = with_decided(proposals, [confirmed, rejected])["own_reference"]
    assert [one["value"] for one in found] == ["9/31", "7/31"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2024-03-01", "2024-06", "1 March 2024 – June 2024"),
        ("2024", "2024", "2024"),
        ("2024-03-01", None, "since 1 March 2024"),
        (None, "2024-06", "until June 2024"),
        (None, None, ""),
    ],
)
def test_an_open_end_of_a_period_is_told(desk: Desk, first: str | None, last: str | None, shown: str) -> None:
    with app_of(desk, MADRID).test_request_context("/?ui=en"):
        assert value_words("facts_period", {"from": first, "to": last}) == shown


@pytest.mark.parametrize(
    ("decided", "start", "expected"),
    [
        ("bank_information", 10, ["A", "C"]),
        ("bank_information", 900, ["B", "C", "A"]),  # of other words
        ("freezing", 10, ["B", "C", "A"]),
    ],
)
def test_a_decided_measure_takes_the_place_of_one_that_is_read_with_another_target(
    decided: str, start: int, expected: list[str]
) -> None:
    def measure(name: str, target: str) -> dict[str, Any]:
        return {"measure": name, "target": target, "period": None}

    kept = measure(decided, "A")
    decision = Decision("measures", proposal_id("measures", kept), "confirmed", "", "x", now(), kept, start, start + 40)
    read = {"start": 0, "end": 60, "confidence": 0.9, "origin": "rules"}
    values = measure("bank_information", "B"), measure("hearing_witness", "C")
    found = with_decided({"measures": [{**read, "value": value} for value in values]}, [decision])["measures"]
    assert [one["value"]["target"] for one in found] == expected


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ("A, B", ["A, B", "C"]),  # persons whom an earlier reading joined
        ("B", ["A", "B", "C"]),
        ("D", ["D", "B", "C"]),
    ],
)
def test_a_decided_measure_takes_the_place_of_those_with_its_targets(decided: str, expected: list[str]) -> None:
    read = {"start": 0, "end": 60, "confidence": 0.9, "origin": "rules"}
    values = [{"measure": "hearing_witness", "target": target, "period": None} for target in "ABC"]
    kept = {**values[0], "target": decided, "period": {"from": "2024", "to": "2025"}}
    decision = Decision("measures", proposal_id("measures", kept), "confirmed", "", "x", now(), kept, 0, 40)
    found = with_decided({"measures": [{**read, "value": value} for value in values]}, [decision])["measures"]
    assert [one["value"]["target"] for one in found] == expected


TRANSLATED = f"""{LETTER}
Madrid, 3 de marzo de 2031

TRADUCCIÓN AL FRANCÉS

COMMISSION ROGATOIRE INTERNATIONALE

FAITS. Madame Amparo Quiroga Lleras, née le 3 mai 1979, fait l'objet d'une enquête du chef de blanchiment de capitaux.

ASSISTANCE SOLLICITÉE. Il est demandé de transmettre les renseignements bancaires du compte ES9121000418450200051399
entre le 1er janvier 2029 et le 31 décembre 2030. Une réponse est attendue avant le 15 octobre 2099.
"""


def test_the_page_shows_the_parts_of_a_file_and_what_its_translation_changes(desk: Desk) -> None:
    document = desk.bring("bilingual.txt", TRANSLATED, "madrid", document_type="rogatory_letter", title="Bilingüe")
    page = app_of(desk, MADRID).test_client().get(f"/requests/{document}").get_data(as_text=True)
    assert "<td>ES9121000418450200051332</td><td>ES9121000418450200051399</td>" in page
    assert page.count('id="parts-title"') == 1


@pytest.mark.parametrize(
    ("articles", "details"), [([18], []), ([18, 6], ["art. 6"]), ([8], ["art. 8"]), ([], [])], ids=str
)
def test_a_legal_basis_adds_the_articles_that_it_does_not_name(articles: list[int], details: list[str]) -> None:
    value = {"text": "artículo 18 de la Convención de Palermo", "articles": articles}
    assert value_details("legal_basis", value) == details


@pytest.mark.parametrize("language", LANGUAGES)
def test_register_names_files_that_were_not_recognised(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path)
    desk.bring("nota.txt", "Nota sin más.", "madrid")
    desk.bring("otra.txt", "Otra nota sin más.", "lima")
    client = app_of(desk, MADRID).test_client()
    (listed,) = re.findall(
        r'href="(/documents\?[^"]*document_type=unknown[^"]*)"', client.get(f"/requests/?ui={language}").text
    )
    page = client.get(listed.replace("&amp;", "&")).text
    assert "nota.txt" in page
    assert "otra.txt" not in page
    desk.installation.close()


@pytest.mark.parametrize(
    ("invoked", "states", "state", "words"),
    [
        ("SANLUIS", "CL UY", "doubtful", r"not in force.*Chile: not a party\)\. Participation not checked"),
        ("SANLUIS", "AR UY", "present", ""),
        ("UNTOC", "CL UY", "present", ""),
        ("NASSAU", "DO HT", "doubtful", "a treaty that is not known to be in force"),
        ("ECMA59 NASSAU", "UY CL", "doubtful", r"not in force .*European.* not known to be in force .*Nassau"),
        ("NASSAU UNTOC", "DO HT", "present", "not known to be in force"),
        ("SANLUIS UNTOC", "CL AR", "doubtful", r"not in force.*Chile: not a party"),
        ("UNTOC-TIP ECMA59", "BE HT", "doubtful", r"not in force.*Haiti: not a party"),
        ("UNTOC-TIP ECMA59", "BE HT 2026-10-20", "present", r"not known to be in force.*Haiti: not listed"),
        ("CARI-MLA UNTOC", "BB JM", "present", "not known to be in force"),
        ("ECE57", "CL PE 2026-10-20", "doubtful", r"not known to be in force.*Chile: not listed"),
        ("CIFTA", "BE PE", "doubtful", r"not in force.*Belgium: not a party"),
    ],
)
def test_an_invoked_treaty_that_is_not_in_force_between_the_states(
    invoked: str, states: str, state: str, words: str
) -> None:
    first, second, *day = states.split()
    bases = [{"instrument": instrument} for instrument in invoked.split()]
    fields = {"requesting_state": [first], "requested_state": [second], "legal_basis": bases}
    stored = [{"key": "legal_basis", "state": "present", "reason": "legal_basis.present"}]
    decided = with_decided_treaties(stored, "mla_request", fields, *(day or ["2024-10-22"]))
    (check,) = with_messages(decided, "en")
    assert check["state"] == state
    (without,) = with_decided_treaties(decided, "mla_request", {**fields, "legal_basis": []}, "")
    assert without["reason"] == "legal_basis.missing"
    assert re.search(words, check["message"]), check["message"]
    assert check["message"].count("Participation not checked") <= 1


@pytest.mark.parametrize(
    ("kind", "invoked", "states", "instrument"),
    [
        ("mla_request", "SANLUIS UNTOC", "CL AR", "UNTOC"),
        ("mla_request", "SANLUIS UNTOC", "BR AR", "SANLUIS"),
        ("rogatory_letter", "ECMA59 UNTOC-TIP UNTOC", "BE HT", "UNTOC"),
        ("rogatory_letter", "ECMA59", "BE HT", None),
        ("rogatory_letter", "ECMA59 UNTOC-TIP", "BE HT", "UNTOC"),
        ("mla_request", "NASSAU UNCAC", "DO HT", "UNCAC"),
        ("mla_request", "NASSAU", "DO HT", None),
        ("extradition_request", "ECE57", "AD FI", "ECE57"),
        ("mla_request", "UNTOC", "", "UNTOC"),
        ("provisional_arrest_request", "", "CL AR", "UN-MODEL-EXT"),
        ("provisional_arrest_request", "ECE57", "GB CH", "ECE57"),
        ("preservation_request", "", "BR US", "BUD"),
        ("preservation_request", "", "VE UY", None),
    ],
)
def test_no_provision_of_a_treaty_not_in_force_is_cited(
    kind: str, invoked: str, states: str, instrument: str | None
) -> None:
    first, second = states.split() or ("", "")
    bases = [{"instrument": one} for one in invoked.split()]
    fields = {"requesting_state": [first], "requested_state": [second], "legal_basis": bases}
    stored = [{"key": "facts", "state": "missing", "reason": "facts.missing", "instrument": "X", "provision": "1"}]
    (check,) = with_decided_treaties(stored, kind, fields, "2026-10-22")
    assert check["instrument"] == instrument
    assert bool(check["provision"]) == bool(instrument)


@pytest.mark.parametrize("language", LANGUAGES)
def test_treaties_in_the_same_doubt_are_said_once(language: str) -> None:
    stored = [{"instrument": key, "states": ["UY", "CL"], "day": "2026-11-24"} for key in ("ECMA59", "NASSAU")]
    one, both = treaty_words(stored[:1], language), treaty_words([*stored, *stored], language)
    assert both.count("2026") == one.count("2026")
    assert both.count("Nassau") == 1
    assert both.endswith(one.rpartition(". ")[2])


def test_the_page_says_that_an_invoked_treaty_is_not_in_force(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    invoked = "Protocolo de Asistencia Jurídica Mutua en Asuntos Penales del MERCOSUR (Protocolo de San Luis)"
    letter = LETTER.replace(
        "artículo 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional", invoked
    )
    assert invoked in letter
    made.bring("letter.txt", letter, "madrid", document_type="rogatory_letter")
    read_pending(made.store)
    client = app_of(made, MADRID).test_client()
    document = document_of(made, MADRID)
    for language in LANGUAGES:
        page = client.get(f"/requests/{document}?ui={language}").text
        assert "San Lu" in page.partition('class="checks"')[2].partition("</ul>")[0]
    checks = {check["key"]: check for check in client.get(f"/api/v1/requests/{document}?ui=en").json["preflight"]}
    assert checks["legal_basis"]["state"] == "doubtful"
    assert "Spain: not a party" in checks["legal_basis"]["message"]
    assert checks["legal_basis"]["start"] < checks["legal_basis"]["end"]
    (asked,) = (
        item["text"]
        for item in client.get(f"/api/v1/requests/{document}/completion-letter?language=en").json["items"]
        if item["key"] == "legal_basis"
    )
    assert "Another basis of the request" in asked
    assert asked.endswith("San Luis Protocol.")
    assert {check["instrument"] for check in checks.values()} == {None}
    read = {check["key"]: check for check in reading_row("en", letter)["preflight"]}
    assert read["legal_basis"]["state"] == "doubtful"
    assert "Spain: not a party" in read["legal_basis"]["message"]
    found = review(made.store, made.store.access(MADRID), document)
    (invoked,) = (value for value in found.fields["legal_basis"] if value.value["instrument"] == "SANLUIS")
    for verdict, text, state in (("corrected", "Convención de Palermo", "present"), ("rejected", "", "missing")):
        decide(made.store, made.store.access(MADRID), MADRID, document, invoked.id, verdict, text)
        again = {check["key"]: check for check in client.get(f"/api/v1/requests/{document}?ui=en").json["preflight"]}
        assert again["legal_basis"]["state"] == state
        assert "not in force" not in again["legal_basis"]["message"]
        assert {check["instrument"] for check in again.values()} == ({None, "UNTOC"} if text else {None})
    made.installation.close()
