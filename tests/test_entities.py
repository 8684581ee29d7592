"""Entities across documents: occurrences, candidates for the same person, and access control."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import Desk
from jsonschema import Draft202012Validator

from app.api import description
from app.cli import rogatio
from app.people.occurrences import Occurrence, count_documents, document_entities, occurrences
from app.people.same_person import decide, proposals
from app.web import create_app
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal

FIRST = (
    "CARTA ROGATORIA\n\nEl Juzgado Central de Instrucción n.º 3 de Madrid solicita auxilio. El investigado don Juan "
    "Pérez Gómez, con DNI 12345678Z, nacido el 3 de mayo de 1970, residía en España. El Sr. Pérez Gómez transfirió "
    "fondos a Inversiones del Sur, S.A. por medio de Eurojust."
)
SECOND = (
    "OFICIO\n\nSe informa que PÉREZ GÓMEZ, Juan, con DNI 12345678Z, fue detenido. Lo comunica el Juzgado Central de "
    "Instrucción n.º 3 de Madrid a Eurojust."
)
NAMESAKE = "INFORME\n\nDon Juan Pérez Gómez, nacido el 9 de junio de 1985, declaró en Lima sobre otra causa."
ELSEWHERE = "OFÍCIO\n\nO arguido Juan Pérez Gómez, portador do DNI 12345678Z, foi ouvido. Eurojust coordenou."
LAW = "LEY 5/2031\n\nArtículo 1. El Sr. Juan Pérez Gómez, con DNI 12345678Z, será condecorado. Eurojust lo sabe."

MADRID = Principal("madrid", frozenset({"madrid", "public"}))
LISBON = Principal("lisbon", frozenset({"lisbon"}))
NOBODY = Principal("nobody")


class Held(Desk):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.first = self.bring("first.txt", FIRST, "madrid")
        self.second = self.bring("second.txt", SECOND, "madrid")
        self.namesake = self.bring("namesake.txt", NAMESAKE, "madrid")
        self.elsewhere = self.bring("elsewhere.txt", ELSEWHERE, "lisbon")
        self.law = self.bring("law.txt", LAW)

    def named(self, document: str, label: str, principal: Principal = LOCAL_USER) -> list[Occurrence]:
        found = document_entities(self.store, self.store.access(principal), document)
        return [one for one in found if one.label == label]

    def person(self, document: str) -> Occurrence:
        return self.named(document, "PERSON")[0]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    desk = Held(tmp_path_factory.mktemp("entities"))
    yield desk
    desk.installation.close()


def test_mentions_of_one_person_are_one_entity(held: Held) -> None:
    (person,) = held.named(held.first, "PERSON")
    assert (person.name, person.mentions) == ("Juan Pérez Gómez", 2)
    assert set(person.identifiers) >= {"born:1970-05-03"}
    text = held.store.reading(held.store.access(LOCAL_USER), held.first).text
    assert [text[place.start : place.end] for place in person.places] == ["Juan Pérez Gómez", "Pérez Gómez"]


def test_a_body_is_one_page_for_the_whole_installation(held: Held) -> None:
    (eurojust,) = held.named(held.first, "INSTITUTION")
    access = held.store.access(LOCAL_USER)
    found = {one.document.id for one in occurrences(held.store, access, eurojust.key)}
    assert found == {held.first, held.second, held.elsewhere, held.law}
    court = held.named(held.first, "COURT")[0]
    assert {one.document.id for one in occurrences(held.store, access, court.key)} == {held.first, held.second}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (MADRID, {"first", "second", "law"}),
        (LISBON, {"elsewhere"}),
        (LOCAL_USER, {"first", "second", "elsewhere", "law"}),
    ],
)
def test_an_entity_occurs_only_where_one_may_look(held: Held, principal: Principal, expected: set[str]) -> None:
    (eurojust,) = held.named(held.first, "INSTITUTION")
    access = held.store.access(principal)
    found = {one.document.id for one in occurrences(held.store, access, eurojust.key)}
    assert found == {getattr(held, name) for name in expected}
    assert count_documents(held.store, access, eurojust.key) == len(expected)


def test_persons_of_public_law_have_no_page(held: Held) -> None:
    assert held.named(held.law, "PERSON") == []
    assert held.named(held.law, "INSTITUTION")


def test_a_person_is_proposed_within_one_authoritys_files_alone(held: Held) -> None:
    person = held.person(held.first)
    found = proposals(held.store, held.store.access(LOCAL_USER), person)
    assert [(one.other.document.id, one.strength) for one in found] == [(held.second, "strong")]
    assert any(reason.startswith("identifier:") for reason in found[0].reasons)


def test_another_date_of_birth_speaks_against_it(held: Held) -> None:
    found = proposals(held.store, held.store.access(LOCAL_USER), held.person(held.namesake))
    assert held.first not in {one.other.document.id for one in found}


def test_names_that_differ_by_spelling_or_order_are_proposed_and_other_given_names_are_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    names = ("Juan Pérez Gómez", "Juan Peres Gómez", "PÉREZ GÓMEZ, Juan", "Pablo Pérez Gómez", "Juan Pérez Soto")
    documents = {
        desk.bring(f"{n}.txt", f"OFICIO\n\nEl testigo don {name} declaró.", "madrid"): name
        for n, name in enumerate(names)
    }
    access = desk.store.access(LOCAL_USER)
    person = next(one for one in document_entities(desk.store, access, next(iter(documents))) if one.label == "PERSON")
    found = {documents[one.other.document.id]: one.strength for one in proposals(desk.store, access, person)}
    assert found == {"Juan Peres Gómez": "weak", "PÉREZ GÓMEZ, Juan": "weak"}
    desk.installation.close()


def test_one_case_file_makes_the_same_name_more_probable(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = "OFICIO\n\nEl testigo don Juan Pérez Gómez declaró {}."
    here, beside, elsewhere = (
        desk.bring_into(file, f"{n}.txt", text.format(n), "madrid") for n, file in enumerate(("A-1", "A-1", "A-2"))
    )
    access = desk.store.access(LOCAL_USER)
    person = next(one for one in document_entities(desk.store, access, here) if one.label == "PERSON")
    found = [(one.other.document.id, one.strength, one.reasons) for one in proposals(desk.store, access, person)]
    assert found == [(beside, "fair", ("case_file:A-1", "name")), (elsewhere, "weak", ("name", "namesake"))]
    desk.installation.close()


READERS: list[Callable[[Held, Principal], object]] = [
    lambda it, who: document_entities(it.store, it.store.access(who), it.first),
    lambda it, who: occurrences(it.store, it.store.access(who), it.person(it.first).key),
    lambda it, who: decide(
        it.store, it.store.access(who), who, it.person(it.first).key, it.person(it.second).key, "same"
    ),
]


@pytest.mark.parametrize("principal", [NOBODY, LISBON])
@pytest.mark.parametrize("read", READERS)
def test_what_may_not_be_seen_is_not_there(
    held: Held, principal: Principal, read: Callable[[Held, Principal], object]
) -> None:
    with pytest.raises(RogatioError) as raised:
        read(held, principal)
    assert raised.value.code in ("indexing.no_such_document", "indexing.no_such_entity")


def test_persons_of_two_authorities_are_never_compared(held: Held) -> None:
    left, right = held.person(held.first), held.person(held.elsewhere)
    with pytest.raises(RogatioError) as raised:
        decide(held.store, held.store.access(LOCAL_USER), LOCAL_USER, left.key, right.key, "same")
    assert raised.value.code == "indexing.not_comparable"


def test_a_verdict_stays_until_it_is_undone(held: Held) -> None:
    access = held.store.access(MADRID)
    left, right = held.person(held.first), held.person(held.second)
    for verdict in ("same", "different", "open"):
        decide(held.store, access, MADRID, left.key, right.key, verdict)
        for person in (left, right):
            others = {left.key, right.key} - {person.key}
            (found,) = (one for one in proposals(held.store, access, person) if one.other.key in others)
            assert found.verdict == ("" if verdict == "open" else verdict)


# ---------- pages, API and command line ----------


def client(held: Held, principal: Principal = LOCAL_USER) -> Any:
    return create_app({"SETTINGS": held.installation.settings, "PRINCIPAL": principal}).test_client()


def token(page: str) -> str:
    """Return the token of the first form of a page."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found
    return found[1]


def follows(answer: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []


def test_api(held: Held) -> None:
    request = client(held)
    answer = request.get(f"/api/v1/documents/{held.first}/entities").json
    for entity in answer["entities"]:
        follows(entity, "Entity")
    person = next(entity for entity in answer["entities"] if entity["label"] == "PERSON")
    result = request.get(f"/api/v1/entities/{person['key']}").json
    follows(result, "Occurrences")
    assert result["total"] == 1
    other = result["proposals"][0]["other"]["key"]
    verdicts = f"/api/v1/entities/{person['key']}/verdicts"
    assert request.post(verdicts, json={"other": other, "verdict": "same"}).status_code == 204
    assert request.get(f"/api/v1/entities/{person['key']}").json["proposals"][0]["verdict"] == "same"
    assert request.post(verdicts, json={"other": other, "verdict": "open"}).status_code == 204
    assert request.post(verdicts, json={"other": other, "verdict": "perhaps"}).status_code == 422
    assert request.post(verdicts, data="{", content_type="application/json").status_code == 422
    assert request.post(verdicts, data="{").status_code == 415


@pytest.mark.parametrize("principal", [NOBODY, LISBON])
def test_pages_and_api_reveal_nothing_to_a_stranger(held: Held, principal: Principal) -> None:
    request, key = client(held, principal), held.person(held.first).key
    for address in (f"/entity/{key}", f"/api/v1/entities/{key}", f"/api/v1/documents/{held.first}/entities"):
        answer = request.get(address)
        assert answer.status_code == 404
        assert "Pérez" not in answer.text
    form = {"other": held.person(held.second).key, "verdict": "same"}
    form_token = token(request.get("/upload").text)
    assert request.post(f"/entity/{key}/verdicts", data={**form, "csrf_token": form_token}).status_code == 404
    assert request.post(f"/api/v1/entities/{key}/verdicts", json=form).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages(held: Held, language: str) -> None:
    request, person = client(held), held.person(held.first)
    page = request.get(f"/entity/{person.key}?ui={language}").text
    assert "Juan Pérez Gómez" in page
    assert "Pérez" not in page.partition("<title>")[2].partition("</title>")[0]
    document = request.get(f"/documents/{held.first}?ui={language}&entity={person.key}").text
    assert f"/entity/{person.key}" in document
    assert "indexing." not in page + document


def test_a_verdict_is_given_on_the_page(held: Held) -> None:
    request, key = client(held), held.person(held.first).key
    for verdict in ("same", "open"):
        form = {
            "other": held.person(held.second).key,
            "verdict": verdict,
            "csrf_token": token(request.get(f"/entity/{key}").text),
        }
        assert request.post(f"/entity/{key}/verdicts", data=form).status_code == 302
        confirmed = "OFICIO" in request.get(f"/entity/{key}").text.partition('id="same-title"')[0]
        assert confirmed == (verdict == "same")


def test_command_line(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(held.installation.settings.home))
    run = CliRunner()
    result = json.loads(run.invoke(rogatio, ["entities", held.first, "--json"]).output)
    person = next(one for one in result["entities"] if one["label"] == "PERSON")
    listed = run.invoke(rogatio, ["--language", "pt", "entities", held.first]).output
    assert f"{person['key']}  Pessoa  Juan Pérez Gómez" in listed
    assert "OFICIO" in run.invoke(rogatio, ["--language", "fr", "entity", person["key"]]).output
    (proposed, *_) = json.loads(run.invoke(rogatio, ["entity", person["key"], "--json"]).output)["proposals"]
    other = proposed["other"]["key"]
    for option, verdict in (("--different", "different"), ("--same", "same"), ("--open", "")):
        result = json.loads(run.invoke(rogatio, ["entity", person["key"], option, other, "--json"]).output)["proposals"]
        assert {one["verdict"] for one in result if one["other"]["key"] == other} == {verdict}
    assert isinstance(run.invoke(rogatio, ["entity", person["key"], "--same", "0"]).exception, RogatioError)
