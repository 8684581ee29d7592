"""Overdue deadlines: on top of the radar and marked, on page, API, calendar and command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from icalendar import Calendar
from test_api import follows
from test_request_course import PRESERVATION
from web_site import site

from app.cli import rogatio
from app.requests.deadlines.deadlines import STATED, Deadline
from app.requests.deadlines.radar import RadarFilter, radar
from app.requests.readings import stored_reading
from app.requests.register import headline_deadlines
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER

REFERENCE = "110016000102202600345"
# Days by which each request is overdue; the period of preservation is 60 days from the date of the letter.
OVERDUE = {"110016000102202600111": 3, "110016000102202600222": 90, "110016000102202600333": 500}
COMING = "110016000102202600444"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("overdue"))
    for reference, days in {**OVERDUE, COMING: -10}.items():
        sent = (date.today() - timedelta(days=60 + days)).isoformat()
        text = PRESERVATION.replace(REFERENCE, reference)
        found = made.bring(f"{reference}.txt", text, "bogota", document_type="preservation_request", date=sent)
        stored_reading(made.store, made.store.access(LOCAL_USER), found)
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, LOCAL_USER).test_client()


def test_api_lists_the_overdue_first_and_counts_those_it_leaves_out(client: FlaskClient) -> None:
    answer = client.get("/api/v1/request-deadlines").json
    assert [(line["days_left"], line["overdue"]) for line in answer["deadlines"]] == [
        (-3, True),
        (-90, True),
        (10, False),
    ]
    assert (answer["total"], answer["past"], answer["overdue_longer"]) == (3, 2, 1)
    for line in answer["deadlines"]:
        follows(line, "RequestDeadline")
    everything = client.get("/api/v1/request-deadlines?overdue=36500").json
    assert [line["days_left"] for line in everything["deadlines"]] == [-3, -90, -500, 10]
    assert everything["overdue_longer"] == 0
    none = client.get("/api/v1/request-deadlines?overdue=0").json
    assert [line["days_left"] for line in none["deadlines"]] == [10]
    assert none["overdue_longer"] == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_marks_the_overdue_and_links_to_those_it_leaves_out(client: FlaskClient, language: str) -> None:
    page = client.get(f"/requests/deadlines?ui={language}").text
    places = [page.index(f">{reference}<") for reference in ("110016000102202600111", "110016000102202600222", COMING)]
    assert places == sorted(places)
    assert "110016000102202600333" not in page
    assert "overdue=36500" in page
    assert "110016000102202600333" in client.get(f"/requests/deadlines?overdue=36500&ui={language}").text


def test_page_names_how_long_a_deadline_is_overdue(client: FlaskClient) -> None:
    page = client.get("/requests/deadlines?ui=en").text
    assert "overdue by 90 days" in page
    assert "1 deadline is overdue for longer" in page
    assert page.count("<circle") == 2  # the drawing has those of the last 30 days and those to come


def test_calendar_names_the_overdue(client: FlaskClient) -> None:
    entries = Calendar.from_ical(client.get("/requests/deadlines.ics?ui=en").data).walk("VEVENT")
    assert [str(entry["summary"]).startswith("Overdue: ") for entry in entries] == [True, True, False]


def test_command_marks_the_overdue(desk: Desk) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home)}
    shown = CliRunner().invoke(rogatio, ["request-deadlines"], env=environment).stdout.splitlines()
    assert ["[overdue]" in line for line in shown] == [True, True, False, False]
    assert shown[-1] == "1 deadline is overdue for longer and is not listed."
    shown = CliRunner().invoke(rogatio, ["request-deadlines", "--overdue", "36500", "--json"], env=environment).stdout
    assert [line["overdue"] for line in json.loads(shown)["deadlines"]] == [True, True, True, False]


def test_day_of_a_hearing_is_past_and_not_overdue(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    hearing = date.today() - timedelta(days=20)
    text = (
        "JUZGADO CENTRAL DE INSTRUCCIÓN N.º 3\nMadrid, 12 de enero de 2025\nN/Ref.: CRI 91/2025\n\nA la autoridad "
        "central de la República del Perú\n\nComisión rogatoria\n\nSe solicita tomar declaración al testigo Julio Arce "
        f"Mena, en Lima.\n\nLa audiencia de juicio está señalada para el {hearing.strftime('%d/%m/%Y')}.\n"
    )
    found = made.bring("h.txt", text, "madrid", document_type="rogatory_letter", date="2025-01-12")
    stored_reading(made.store, made.store.access(LOCAL_USER), found)
    access = made.store.access(LOCAL_USER)

    def listed(day: date) -> list[tuple[str, bool]]:
        found = radar(made.store, access, RadarFilter(overdue=36_500), day)
        return [(line.deadline.key, line.deadline.is_overdue(day)) for line in found.lines]

    assert ("hearing", False) in listed(date.today())
    assert ("hearing", False) not in listed(date.today() + timedelta(days=60))
    made.installation.close()


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ({"answer_by": -48, "procedural_limit": -2}, ["answer_by"]),
        ({"answer_by": -48, "custody_end": 12, "limitation": 700}, ["answer_by", "custody_end"]),
        ({"answer_by": 20, "custody_end": 12}, ["custody_end"]),
        ({"hearing": -5}, ["hearing"]),
        ({"hearing": -5, "answer_by": 9}, ["answer_by"]),
        ({}, []),
    ],
)
def test_the_head_of_a_request_shows_what_is_overdue_and_what_comes_next(
    days: dict[str, int], shown: list[str]
) -> None:
    today = date(2026, 12, 2)
    deadlines = [Deadline("d", key, (today + timedelta(days=left)).isoformat(), STATED) for key, left in days.items()]
    assert [one.key for one in headline_deadlines(deadlines, today)] == shown
