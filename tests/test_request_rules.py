"""Rules of a desk: repeated decisions change later proposals, and can be removed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from desk import Desk
from test_api import follows
from test_request_search import SPANISH
from web_site import site

from app.cli import rogatio
from app.requests.decisions import CORRECTED, REJECTED
from app.requests.readings import stored_reading
from app.requests.review import decide, review
from app.requests.rules.desk_rules import phrase_of, visible_rules
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal

MADRID = Principal("madrid", frozenset({"madrid"}))
LIMA = Principal("lima", frozenset({"lima"}))


def letter(desk: Desk, number: int, collection: str = "madrid") -> str:
    text = SPANISH.replace("88/2031", f"{number}/2031")
    document = desk.bring(f"{collection}{number}.txt", text, collection, document_type="rogatory_letter")
    stored_reading(desk.store, desk.store.access(LOCAL_USER), document)
    return document


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk that rejected a person and corrected a measure in two letters alike."""
    made = Desk(tmp_path_factory.mktemp("rules"))
    for number in (1, 2):
        document = letter(made, number)
        access = made.store.access(MADRID)
        fields = review(made.store, access, document).fields
        decide(made.store, access, MADRID, document, fields["persons"][0].id, REJECTED)
        decide(made.store, access, MADRID, document, fields["measures"][0].id, CORRECTED, "decomiso")
    yield made
    made.installation.close()


def test_what_was_decided_alike_changes_later_letters_of_the_desk(desk: Desk) -> None:
    rules = visible_rules(desk.store, desk.store.access(MADRID))
    assert {(rule.field, rule.verdict, rule.letters) for rule in rules} == {
        ("persons", REJECTED, 2),
        ("measures", CORRECTED, 2),
    }
    found = review(desk.store, desk.store.access(MADRID), letter(desk, 3))
    assert "persons" not in found.fields
    assert [value.value["name"] for value in found.left_out["persons"]] == ["Amparo Quiroga Núñez"]
    assert [(value.value["measure"], value.origin, value.state) for value in found.fields["measures"]] == [
        ("confiscation", "desk_rule", "proposed")
    ]
    of_lima = letter(desk, 3, "lima")
    other = review(desk.store, desk.store.access(LIMA), of_lima)
    assert "persons" in other.fields
    assert not other.left_out


def test_a_person_brings_back_what_a_rule_left_out(desk: Desk) -> None:
    document, access = letter(desk, 4), desk.store.access(MADRID)
    left_out = review(desk.store, access, document).left_out["persons"][0]
    decide(desk.store, access, MADRID, document, left_out.id, "confirmed")
    assert [value.state for value in review(desk.store, access, document).fields["persons"]] == ["confirmed"]
    assert "persons" not in {rule.field for rule in visible_rules(desk.store, access)}, "people no longer agree"
    decide(desk.store, access, MADRID, document, left_out.id, REJECTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_the_rules_in_each_language(desk: Desk, language: str) -> None:
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    assert "amparo quiroga nunez" in client.get(f"/requests/rules?ui={language}").text
    stranger = site(desk.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()
    assert "amparo" not in stranger.get(f"/requests/rules?ui={language}").text


def test_a_rule_is_removed(desk: Desk) -> None:
    client = site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()
    rules = client.get("/api/v1/request-rules").json["rules"]
    follows(rules[0], "RequestRule")
    measures, persons = (
        next(rule["key"] for rule in rules if rule["field"] == field) for field in ("measures", "persons")
    )
    stranger = site(desk.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()
    assert stranger.delete(f"/api/v1/request-rules/{persons}").status_code in (404, 422)
    assert client.delete(f"/api/v1/request-rules/{measures}").status_code == 204
    assert client.post(f"/requests/rules/{persons}/removal").status_code == 302
    assert visible_rules(desk.store, desk.store.access(MADRID)) == []
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "en_GB"}
    shown = CliRunner().invoke(rogatio, ["request-rules", "--json"], env=environment)
    assert json.loads(shown.stdout) == {"rules": []}
    assert CliRunner().invoke(rogatio, ["request-rules", "--remove", persons], env=environment).exit_code != 0


@pytest.mark.parametrize(
    ("field", "value", "quote", "phrase"),
    [
        ("persons", {"name": "Núñez, Amparo"}, "Dª Amparo Núñez", "nunez, amparo"),
        ("measures", {"measure": "confiscation"}, "remitir\n el  expediente", "remitir el expediente"),
        ("own_reference", "DP 88/2031", "DP 88/2031", "dp 88/2031"),
        ("deadlines", {"date": "2031-01-01"}, "el 1 de enero", ""),
    ],
)
def test_words_by_which_a_decision_holds(field: str, value: object, quote: str, phrase: str) -> None:
    assert phrase_of(field, value, quote) == phrase


def test_a_correction_is_a_value_of_its_field(desk: Desk) -> None:
    document, access = letter(desk, 5), desk.store.access(MADRID)
    fields = review(desk.store, access, document).fields
    none_near = {"measures": "algo", "requested_state": "Narnia"}
    for field, text in (none_near | {"deadlines": "pronto"}).items():
        with pytest.raises(RogatioError) as refused:
            decide(desk.store, access, MADRID, document, fields[field][0].id, CORRECTED, text)
        expected = "app.no_such_request_value" if field in none_near else "app.unknown_request_value"
        assert refused.value.code == expected
