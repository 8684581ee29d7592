"""Second reading of a verdict on the page, in the REST API and on the command line: the same rule in all three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from click.testing import CliRunner
from desk import Desk
from matrix_laws import matrix_desk
from web_site import site

from app.cli import rogatio
from app.gap_matrix.verdict_writing import set_verdict
from app.gap_matrix.verdicts import CellKey, SecondReading, history
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Principal

ANA = Principal("ana", frozenset({"public"}))
Says = Callable[[Desk, str, int, bool, str], str]


def on_the_page(desk: Desk, element: str, number: int, agrees: bool, note: str) -> str:
    client = site(desk.installation.settings, WTF_CSRF_ENABLED=False).test_client()
    given = {"verdict": number, "agrees": "yes" if agrees else "no", "note": note}
    answer = client.post(f"/matrix/UNTOC_6/{element}/PE/readings?ui=en", data=given)
    return "" if answer.status_code == 302 else unescape(answer.text)


def by_rest(desk: Desk, element: str, number: int, agrees: bool, note: str) -> str:
    address = f"/api/v1/matrix/UNTOC_6/{element}/PE/verdicts/{number}/readings?ui=en"
    answer = site(desk.installation.settings).test_client().post(address, json={"agrees": agrees, "note": note})
    return "" if answer.status_code == 201 else str(answer.json["title"])


def on_the_command_line(desk: Desk, element: str, number: int, agrees: bool, note: str) -> str:
    query = ("verdict", "UNTOC_6", element, "PE", "--agree" if agrees else "--disagree", str(number), "--note", note)
    home = {"ROGATIO_HOME": str(desk.installation.settings.home)}
    result = CliRunner().invoke(rogatio, ("--language", "en", *query), env=home)
    if isinstance(result.exception, RogatioError):
        return result.exception.sentence("en")
    assert result.exit_code == 0, result.output
    return ""


ROADS = (on_the_page, by_rest, on_the_command_line)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = matrix_desk(tmp_path_factory.mktemp("second-reading"))
    yield made
    made.installation.close()


def set_by(desk: Desk, who: Principal, element: str) -> int:
    cell = CellKey("public", "UNTOC_6", element, "PE")
    return set_verdict(desk.store, desk.store.access(who), who, cell, "unknown", law_date="2020-01-01").id


def readings(desk: Desk, element: str) -> list[SecondReading]:
    cell = CellKey("public", "UNTOC_6", element, "PE")
    return [one for line in history(desk.store, desk.store.access(LOCAL_USER), cell) for one in line.readings]


@pytest.mark.parametrize("says", ROADS)
def test_another_person_reads_and_what_is_no_second_reading_is_refused_with_the_reason(desk: Desk, says: Says) -> None:
    own = set_by(desk, LOCAL_USER, "negligent")
    replaced, number = set_by(desk, ANA, "conversion"), set_by(desk, ANA, "conversion")
    before = len(readings(desk, "conversion"))
    assert "This assessment is your own" in says(desk, "negligent", own, True, "")
    assert f"There is no assessment {number}" in says(desk, "concealment", number, True, "")
    assert "Another assessment was recorded" in says(desk, "conversion", replaced, True, "")
    assert "A note is missing" in says(desk, "conversion", number, False, " ")
    assert (len(readings(desk, "conversion")), readings(desk, "negligent")) == (before, [])
    assert says(desk, "conversion", number, False, "Art. 1 says it.") == ""
    stated = readings(desk, "conversion")[before:]
    assert [(one.agrees, one.author, one.note) for one in stated] == [(False, "local", "Art. 1 says it.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_read_his_own_verdict_is_informed_where_the_buttons_would_be(desk: Desk, language: str) -> None:
    set_by(desk, LOCAL_USER, "inference")
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    shown = unescape(client.get(f"/matrix/UNTOC_6/inference/PE?ui={language}").text)
    assert 'name="agrees"' not in shown
    reported = {"es": "segunda revisión", "pt": "segunda revisão", "en": "second reading", "fr": "relecture"}[language]
    assert f"{reported} " in shown.partition('class="history"')[2].partition("</ol>")[0].lower()


def test_the_command_line_says_beside_a_verdict_what_the_second_reader_says(desk: Desk) -> None:
    home = {"ROGATIO_HOME": str(desk.installation.settings.home)}
    number = set_by(desk, ANA, "predicates")

    def told() -> str:
        query = ("--language", "en", "matrix", "UNTOC_6", "--countries", "PE")
        return CliRunner().invoke(rogatio, query, env=home).stdout

    assert on_the_command_line(desk, "predicates", number, False, "It is a list.") == ""
    assert "disagreement" in told()
    assert on_the_command_line(desk, "predicates", number, True, "") == ""
    assert "confirmed" in told()
