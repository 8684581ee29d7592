"""Statistics of requests: counts, and no suppressed number can be computed from published ones."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk, request_readings
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from test_api import follows
from test_request_course import ANSWER, REMINDER, REQUEST
from web_site import site

from app.cli import rogatio
from app.requests.life.events import NewEvent
from app.requests.life.recording import record_event
from app.requests.readings import stored_reading
from app.requests.statistics.suppression import THRESHOLD, suppressed, with_totals
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal

MADRID = Principal("madrid", frozenset({"madrid"}))


def deduced(table: list[list[int]], hidden: list[list[bool]]) -> set[tuple[int, int]]:
    """Return the suppressed numbers that follow from sums alone.

    These are the only unknown of a row or a column, also once others are known.
    """
    unknown = {(r, c) for r, flags in enumerate(hidden) for c, flag in enumerate(flags) if flag}
    found: set[tuple[int, int]] = set()
    lines = [{(r, c) for c in range(len(table[0]))} for r in range(len(table))]
    lines += [{(r, c) for r in range(len(table))} for c in range(len(table[0]))]
    while new := {next(iter(line & unknown)) for line in lines if len(line & unknown) == 1}:
        found |= new
        unknown -= new
    return found


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([[10, 20], [30, 40]], 0),
        ([[0, 20], [30, 0]], 0),
        ([[3, 20], [30, 40]], 4),
        ([[3, 2], [1, 40]], 4),
        ([[3]], 4),
    ],
)
def test_small_numbers_are_suppressed(counts: list[list[int]], expected: int) -> None:
    table = with_totals(counts)
    hidden = suppressed(table)
    assert all(
        flag for row, flags in zip(table, hidden, strict=True) for n, flag in zip(row, flags, strict=True) if 0 < n < 5
    )
    assert sum(map(sum, hidden)) >= expected
    assert deduced(table, hidden) == set()


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_no_suppressed_number_follows_from_the_totals(counts: list[list[int]]) -> None:
    table = with_totals(counts)
    assert deduced(table, suppressed(table)) == set()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("statistics"))
    for number in range(7):
        text = REQUEST.replace("88/2026", f"{number}{number}1/2026")
        made.bring(f"r{number}.txt", text, "madrid", document_type="rogatory_letter", date="2026-01-12")
    made.bring("reminder.txt", REMINDER, "madrid", document_type="reminder", date="2026-04-20")
    made.bring("answer.txt", ANSWER, "madrid", document_type="response", date="2026-06-02")
    made.bring("lima.txt", REQUEST, "lima", document_type="rogatory_letter", date="2025-01-12")
    access = made.store.access(LOCAL_USER)
    for one in list(request_readings(made.store, access)):
        stored_reading(made.store, access, one.document.id)
        if one.document.source.startswith("r") and one.document.source not in ("r6.txt", "reminder.txt"):
            for event in (NewEvent("received", "2026-01-20"), NewEvent("executed", "2026-03-01")):
                record_event(made.store, access, LOCAL_USER, one.document.id, event)
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, MADRID, WTF_CSRF_ENABLED=False).test_client()


def test_requests_are_counted_within_the_own_files(client: FlaskClient) -> None:
    found = client.get("/api/v1/request-statistics?by=year&across=pair").json
    follows(found, "RequestStatistics")
    assert (found["columns"], found["totals"], found["threshold"]) == (["ES-PE"], [7, 7], THRESHOLD)
    assert found["rows"] == [{"code": "2026", "counts": [7], "total": 7, "median_days": 40}]


def test_a_single_pending_request_is_not_disclosed(client: FlaskClient) -> None:
    found = client.get("/api/v1/request-statistics").json
    assert found["columns"] == ["executed", "pending"]
    assert found["rows"][0]["counts"] == [None, None]
    assert found["rows"][0]["total"] == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_numbers_are_shown_for_internal_use(client: FlaskClient, language: str) -> None:
    found = client.get("/api/v1/request-statistics?numbers=all").json
    follows(found, "RequestStatistics")
    assert (found["threshold"], sum(found["rows"][0]["counts"])) == (0, 7)
    page = html.fromstring(client.get(f"/requests/statistics?ui={language}").data)
    (link,) = page.xpath("//p[@class='hint']/a/@href")
    shown = html.fromstring(client.get(f"{link}&ui={language}").data)
    cells = [cell.text for cell in shown.xpath("//tbody/tr[1]/td")]
    assert cells[:2] == [str(count) for count in found["rows"][0]["counts"]]
    (file,) = shown.xpath("//form//a/@href")
    answer = client.get(file)
    assert "-internal.csv" in answer.headers["Content-Disposition"]
    assert "x" not in list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1]


@pytest.mark.parametrize("query", ["by=person", "across=name", "numbers=some"])
def test_other_dimensions_are_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/request-statistics?{query}").json
    assert answer["code"] == "app.bad_parameter"
    assert "openapi.json" in answer["title"]
    page = client.get(f"/requests/statistics?{query}")
    assert page.status_code == 422
    assert "app.bad_parameter" in page.text
    assert "openapi.json" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_file_in_each_language(client: FlaskClient, language: str) -> None:
    page = client.get(f"/requests/statistics?by=measure&across=year&ui={language}").text
    assert "2026" in page
    assert "2025" not in page
    answer = client.get(f"/requests/statistics.csv?by=year&across=pair&ui={language}")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[1] == ["2026", "7", "7", "40"]
    assert client.get("/api/v1/request-statistics.csv").mimetype == "text/csv"


def test_statistics_on_the_command_line(desk: Desk) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "en_GB"}
    file = desk.folder / "table.csv"
    shown = CliRunner().invoke(rogatio, ["request-statistics", "--csv", str(file)], env=environment)
    assert "Spain → Peru" in shown.stdout
    assert file.exists()
    shown = CliRunner().invoke(rogatio, ["request-statistics", "--json"], env=environment)
    follows(json.loads(shown.stdout), "RequestStatistics")
    assert json.loads(shown.stdout)["rows"][0]["counts"] == [None, None]
    shown = CliRunner().invoke(rogatio, ["request-statistics", "--internal", "--json"], env=environment)
    assert None not in json.loads(shown.stdout)["rows"][0]["counts"]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/requests/statistics", ["Requests"]),
        ("/requests/rules", ["Requests"]),
        ("/requests/matches", ["Requests", "Matches"]),
    ],
)
def test_the_bar_shows_where_a_page_is(desk: Desk, address: str, current: list[str]) -> None:
    page = html.fromstring(site(desk.installation.settings, LOCAL_USER).test_client().get(f"{address}?ui=en").data)
    bars = page.xpath("//header//a[@aria-current and not(@lang)]|//nav[contains(@class, 'section')]//a[@aria-current]")
    assert [link.text_content().strip() for link in bars] == current


def test_requests_that_are_not_read_yet_are_said_not_to_be_counted(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    made.bring("r1.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-12")
    page = site(made.installation.settings, MADRID).test_client().get("/requests/statistics?ui=en").text
    assert "not counted here: 1." in page
    assert "There are no requests" not in page
    made.installation.close()
