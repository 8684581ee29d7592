"""Workspaces and verdicts on the command line: the functions of pages and API, for the local user."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from comparison_desk import comparison_desk
from desk import Desk
from matrix_laws import matrix_desk

from app.cli import rogatio
from app.comparison.table import ComparisonRequest
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey
from app.rooms.comments import comments
from app.rooms.rooms import open_room, room
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal

Run = Callable[..., Result]
OTHER = Principal("reviewer", frozenset({"public"}))
CELL = CellKey("public", "UNTOC_6", "conversion", "PE")


def runner(desk: Desk) -> Run:
    home = str(desk.installation.settings.home)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(rogatio, ("--language", "en", *arguments), env={"ROGATIO_HOME": home})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return comparison_desk(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return matrix_desk(tmp_path_factory.mktemp("verdicts"))


def test_a_room_is_opened_shown_and_spoken_in(laws: Desk) -> None:
    run = runner(laws)
    made = run("compare", "ML", "--countries", "ES,BR", "--date", "2032-01-01", "--room", "Laundering").stdout.strip()
    assert room(laws.store, LOCAL_USER, made).question.jurisdictions == ("ES", "BR")
    assert f"{made}  Laundering  0 snapshots" in run("rooms").stdout
    first = run("rooms", made, "--comment", "Six years at most?", "--cell", "penalty/es").stdout.strip()
    run("rooms", made, "--comment", "As art. 1 says.", "--answer", first)
    run("rooms", made, "--resolve", first)
    shown = run("rooms", made).stdout
    assert f"#{first}  penalty/ES  local user  Six years at most?  resolved by local user" in shown
    assert "local user (owner)" in shown
    result = json.loads(run("rooms", made, "--json").stdout)
    assert [one["text"] for one in result["comments"]] == ["Six years at most?", "As art. 1 says."]
    assert len(comments(laws.store, laws.store.access(LOCAL_USER), LOCAL_USER, made)) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--comment", "x", "--cell", "penalty/JM"), "app.no_such_cell"),
        (("--comment", "x"), "app.no_such_cell"),
        (("--resolve", "99"), "indexing.no_such_comment"),
    ],
)
def test_a_word_that_has_no_place_is_refused(laws: Desk, arguments: tuple[str, ...], code: str) -> None:
    request = ComparisonRequest(concept="ML", jurisdictions=("ES",), date="2032-01-01")
    made = open_room(laws.store, LOCAL_USER, "Room", request).id
    with pytest.raises(RogatioError, match=code.replace(".", r"\.")):
        runner(laws)("rooms", made, *arguments)


def test_a_room_of_others_is_none_and_wrong_words_are_reported(laws: Desk) -> None:
    run = runner(laws)
    made = open_room(laws.store, OTHER, "Theirs", ComparisonRequest(concept="ML")).id
    assert made not in run("rooms").stdout
    with pytest.raises(RogatioError, match="no_such_room"):
        run("rooms", made)
    assert "[app.argument_missing]" in run("rooms", "--comment", "x").stderr
    assert "[app.bad_cell]" in run("rooms", made, "--comment", "x", "--cell", "penalty").stderr


def test_a_verdict_is_set_and_read_again(judged: Desk) -> None:
    run, store = runner(judged), judged.store
    assert "This cell has no history yet" in run("verdict", "UNTOC_6", "conversion", "PE").stdout
    rows = json.loads(run("matrix", "UNTOC_6", "--countries", "PE", "--json").stdout)["rows"]
    place = next(row for row in rows if row["element"] == "conversion")
    evidence = f"{place['document_id']}:{place['start']}-{place['end']}"
    given = ("implemented", "--evidence", evidence, "--law-date", "2020-01-01")
    (result,) = json.loads(run("verdict", "UNTOC_6", "conversion", "pe", *given, "--json").stdout)["verdicts"]
    assert (result["verdict"], result["author"], result["law_date"]) == ("implemented", "local", "2020-01-01")
    assert [one["pinpoint"] for one in result["evidence"]] == ["art. 1"]
    with pytest.raises(RogatioError, match="own_verdict"):
        run("verdict", "UNTOC_6", "conversion", "PE", "--agree", str(result["id"]))
    record_second_reading(store, store.access(OTHER), OTHER, CELL, result["id"], agrees=True, note="Read.")
    shown = run("verdict", "UNTOC_6", "conversion", "PE").stdout
    assert "reviewer agrees  Read." in shown


def test_a_verdict_of_another_is_read_by_the_local_user(judged: Desk) -> None:
    run, store = runner(judged), judged.store
    verdict = set_verdict(store, store.access(OTHER), OTHER, CELL, "not_implemented", law_date="2024-01-01")
    with pytest.raises(RogatioError, match="verdict_needs_note"):
        run("verdict", "UNTOC_6", "conversion", "PE", "--disagree", str(verdict.id))
    number = ("--disagree", str(verdict.id), "--note", "Art. 1 says it.")
    result = json.loads(run("verdict", "UNTOC_6", "conversion", "PE", *number, "--json").stdout)["verdicts"][0]
    assert [(one["agrees"], one["author"], one["note"]) for one in result["readings"]] == [
        (False, "local", "Art. 1 says it.")
    ]
    with pytest.raises(RogatioError, match="no_such_line"):
        run("verdict", "UNTOC_6", "concealment", "PE", "--agree", str(verdict.id))  # of another cell


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("UNTOC_6", "conversion", "PE", "partially", "--evidence", "nowhere"), "app.bad_evidence"),
        (("UNTOC_6", "conversion", "PE", "partially", "--agree", "1"), "app.wrong_usage"),
    ],
)
def test_wrong_words_of_a_verdict_are_reported(judged: Desk, arguments: tuple[str, ...], code: str) -> None:
    result = runner(judged)("verdict", *arguments)
    assert (result.exit_code, f"[{code}]" in result.stderr) == (2, True)


def test_a_comparison_names_the_laws_of_its_columns_and_says_when_nothing_answers(laws: Desk) -> None:
    run = runner(laws)
    reported = " ".join(run("compare", "ML", "--countries", "España,BR", "--date", "2032-01-01").stdout.split())
    assert "Law in force on 1 January 2032" in reported
    assert "Spain: Ley 5/2031 contra el blanqueo de capitales, art. 1" in reported
    assert "art. 1º (version in force from 2 May 2031)" in reported
    none = run("compare", "ML", "--countries", "JM", "--date", "2032-01-01").stdout
    assert "No provision found in the available texts." in none
    assert "\u2503" not in none  # no table


def test_a_matrix_names_its_treaty_its_countries_and_the_law_of_each_passage(judged: Desk) -> None:
    reported = " ".join(run_words(runner(judged)("matrix", "UNTOC_6", "--countries", "Irlanda,FR").stdout))
    assert "Palermo Convention, art. 6" in reported
    assert "Ireland" in reported
    assert "Criminal Justice (Money" in reported


def run_words(table: str) -> list[str]:
    """Return the words of a table without its lines, those of a narrow column after one another."""
    return [word for word in table.split() if word not in "\u2502\u2503"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "--treaty", "UNTOC 99"), "UNTOC 5, "),
        (("compare", "--treaty", "NOWHERE 1"), "UNCAC, "),
        (("verdict", "UNTOC_6", "nothing", "PE"), "conversion, concealment, "),
        (("verdict", "UNTOC_6", "conversion", "Atlantis"), "ISO code"),
        (("search", "blanqueo", "--group-by", "nothing"), "document, jurisdiction, "),
    ],
)
def test_who_names_what_does_not_exist_learns_what_exists(laws: Desk, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(RogatioError) as refused:
        runner(laws)(*arguments)
    assert said in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("language", "first"), [("es", "de una carpeta"), ("pt", "de uma pasta"), ("fr", "d’un dossier")]
)
def test_the_help_speaks_the_language_that_is_chosen(language: str, first: str) -> None:
    reported = CliRunner().invoke(rogatio, ("--language", language, "--help")).stdout
    assert first in reported
    assert "[language]" not in reported
    assert "language, document_type" in CliRunner().invoke(rogatio, ("search", "--help")).stdout
    missing = CliRunner().invoke(rogatio, ("verdict",))
    assert "INSTRUMENT" in missing.stderr
    assert "INSTRUMENT_ID" not in missing.stderr
