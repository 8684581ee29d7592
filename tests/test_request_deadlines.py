"""Deadlines of all requests: overview, chart, calendar, and pending tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk, request_readings
from flask.testing import FlaskClient
from icalendar import Calendar
from test_api import follows
from test_request_course import FOLLOW_UP, PRESERVATION, REMINDER, REQUEST
from web_site import site

from app.cli import rogatio
from app.home.waiting import DEADLINE
from app.home.waiting import waiting as waiting_items
from app.requests.chart import axis_of, spread
from app.requests.deadlines.deadlines import DatedLetter, deadlines_of
from app.requests.deadlines.radar import RadarFilter, radar, radar_chart
from app.requests.deadlines.sentences import sentence_around
from app.requests.life.events import Event
from app.requests.life.links import CONFIRMED, REJECTED
from app.requests.life.recording import decide_link
from app.requests.life.stored_links import undecided_links
from app.requests.readings import stored_reading
from app.requests.schema import RequestReadingRow
from app.requests.waiting import waiting
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.store.writing import writing

BOGOTA = Principal("bogota", frozenset({"bogota"}))
SENT = date.today() - timedelta(days=50)
LAPSE = SENT + timedelta(days=60)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("deadlines"))
    made.bring("p.txt", PRESERVATION, "bogota", document_type="preservation_request", date=SENT.isoformat())
    made.bring("r.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-12")
    for one in list(request_readings(made.store, made.store.access(LOCAL_USER))):
        stored_reading(made.store, made.store.access(LOCAL_USER), one.document.id)
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, BOGOTA, WTF_CSRF_ENABLED=False).test_client()


def test_radar_is_of_the_own_requests(client: FlaskClient, desk: Desk) -> None:
    (line,) = client.get("/api/v1/request-deadlines?ahead=36500").json["deadlines"]
    follows(line, "RequestDeadline")
    assert (line["day"], line["key"], line["lacks_follow_up"]) == (LAPSE.isoformat(), "preservation_lapse", True)
    assert client.get("/api/v1/request-deadlines?requesting=FR").json["deadlines"] == []
    assert client.get("/api/v1/request-deadlines?ahead=x").status_code == 422
    everything = site(desk.installation.settings, LOCAL_USER).test_client()
    found = everything.get("/api/v1/request-deadlines?ahead=36500").json["deadlines"]
    assert [one["key"] for one in found] == ["preservation_lapse", "hearing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_radar_page_in_each_language(client: FlaskClient, language: str) -> None:
    page = client.get(f"/requests/deadlines?ui={language}").text
    assert page.count("<circle") == 1
    assert ">CO</span>" in page
    assert ">PE</span>" not in page


def test_calendar_holds_no_words_of_the_letters(client: FlaskClient) -> None:
    answer = client.get("/requests/deadlines.ics?ui=en")
    assert answer.mimetype == "text/calendar"
    (entry,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert entry.decoded("dtstart") == LAPSE
    assert "110016000102202600345 (CO → ES)" in entry["summary"]
    assert str(entry["class"]) == "CONFIDENTIAL"
    assert b"example.org" not in answer.data
    assert client.get("/api/v1/request-deadlines.ics").mimetype == "text/calendar"


def test_what_waits_ends_with_the_request_that_follows(desk: Desk, client: FlaskClient) -> None:
    store, access = desk.store, desk.store.access(BOGOTA)
    counts = waiting(store, access, date.today())
    assert (len(counts.near), counts.preservations, counts.links) == (1, 1, 0)
    assert "/requests/deadlines" in client.get("/requests/").text
    later = desk.bring("f.txt", FOLLOW_UP, "bogota", document_type="mla_request", date=date.today().isoformat())
    stored_reading(store, access, later)
    counts = waiting(store, access, date.today())
    assert (counts.preservations, counts.links) == (0, 1)
    (proposed,) = undecided_links(store, access)
    decide_link(store, access, BOGOTA, later, proposed.request, "follow_up", CONFIRMED)
    counts = waiting(store, access, date.today())
    assert (counts.near, counts.links) == ((), 0)


def test_a_hearing_that_a_reminder_repeats_is_listed_once(tmp_path: Path) -> None:
    made, named = Desk(tmp_path), "El juicio oral está señalado para el 15 de octubre de 2099."
    for name, text, kind in (("r.txt", REQUEST, "rogatory_letter"), ("m.txt", f"{REMINDER}{named}\n", "reminder")):
        day = "2026-01-12" if kind == "rogatory_letter" else "2026-04-20"
        letter = made.bring(name, text, "madrid", document_type=kind, date=day)
        stored_reading(made.store, made.store.access(LOCAL_USER), letter)
    access = made.store.access(LOCAL_USER)

    def listed() -> list[str]:
        found = radar(made.store, access, RadarFilter(ahead=36500), date.today())
        assert found.total == len(found.lines)
        return [line.document.source for line in found.lines]

    assert listed() == ["r.txt"]
    (link,) = undecided_links(made.store, access)
    decide_link(made.store, access, LOCAL_USER, link.letter, link.request, link.kind, REJECTED)
    assert sorted(listed()) == ["m.txt", "r.txt"]
    decide_link(made.store, access, LOCAL_USER, link.letter, link.request, link.kind, CONFIRMED)
    assert listed() == ["r.txt"]
    made.installation.close()


def test_a_deadline_that_passed_is_listed_first_and_marked(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    for days, reference in ((55, "110016000102202600345"), (70, "110016000102202600777")):
        sent = (date.today() - timedelta(days=days)).isoformat()
        text = PRESERVATION.replace("110016000102202600345", reference)
        found = made.bring(f"{reference}.txt", text, "bogota", document_type="preservation_request", date=sent)
        stored_reading(made.store, made.store.access(LOCAL_USER), found)
    lines = waiting_items(made.store, made.store.access(LOCAL_USER), LOCAL_USER)
    assert [(line.title[-3:], line.days_left) for line in lines if line.kind == DEADLINE] == [("777", -10), ("345", 5)]
    listed = (
        site(made.installation.settings, LOCAL_USER).test_client().get("/?ui=en").text.partition("waiting-title")[2]
    )
    assert listed.index("Overdue by 10 days") < listed.index("5 days left")
    made.installation.close()


def test_a_letter_whose_reading_is_of_an_older_version_shows_what_was_read_last(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    found = made.bring("r.txt", REQUEST, "madrid", document_type="rogatory_letter", date="2026-01-12")
    client = site(made.installation.settings, LOCAL_USER).test_client()
    assert "not analysed yet" in client.get("/requests/?ui=en").text
    stored_reading(made.store, made.store.access(LOCAL_USER), found)
    with writing(made.store) as session:
        session.get_one(RequestReadingRow, found).version = "an older one"
    (line,) = client.get("/api/v1/requests").json["requests"]
    assert (line["requesting_state"], line["requested_state"], line["own_reference"]) == ("ES", "PE", "CRI 88/2026")
    assert not line["read"]
    assert "being analysed again" in client.get("/requests/?ui=en").text
    made.installation.close()


def test_deadlines_on_the_command_line(desk: Desk, tmp_path: Path) -> None:
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "es_ES"}
    arguments = ["request-deadlines", "--ahead", "36500", "--requesting", "es"]
    shown = CliRunner().invoke(rogatio, [*arguments, "--ics", str(tmp_path / "a.ics")], env=environment)
    assert shown.exit_code == 0
    assert "2099-10-15  ES → PE  CRI 88/2026  Juicio o audiencia" in shown.stdout
    assert len(Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")) == 1
    shown = CliRunner().invoke(rogatio, [*arguments, "--json"], env=environment)
    assert json.loads(shown.stdout)["deadlines"][0]["requested_state"] == "PE"


def test_chart_has_a_row_for_each_pair(desk: Desk) -> None:
    access = desk.store.access(LOCAL_USER)
    lines = radar(desk.store, access, RadarFilter(ahead=36_500), date(2099, 10, 1)).lines
    chart = radar_chart(lines, date(2099, 10, 1))
    assert chart is not None
    assert [row.pair for row in chart.rows] == ["ES → PE"]
    assert radar_chart([], date(2099, 10, 1)) is None


def test_axis_and_levels() -> None:
    axis = axis_of([date(2026, 1, 1), date(2026, 12, 31)], date(2026, 6, 1), 100, 800)
    places = [axis.x(day) for day in (date(2020, 1, 1), date(2026, 1, 1), date(2026, 12, 31), date(2030, 1, 1))]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (100, 900)
    assert 3 <= len(list(axis.ticks())) <= 9
    assert spread([0, 5, 30, 31, 32], 10) == [0, 1, 0, 1, 2]
    assert spread([0, 5, 30, 45], 10, [100, 5, 0, 0]) == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "found", "sentence"),
    [
        ("Primera frase. El plazo vence el 3 de mayo. Otra.", "3 de mayo", "El plazo vence el 3 de mayo."),
        ("Sin punto el 3 de mayo", "3 de mayo", "Sin punto el 3 de mayo"),
        ("a\n\nel 3 de\nmayo\n\nb", "3 de\nmayo", "el 3 de mayo"),
    ],
)
def test_sentence_of_a_deadline(text: str, found: str, sentence: str) -> None:
    start = text.index(found)
    assert sentence_around(text, start, start + len(found)) == sentence


@pytest.mark.parametrize(
    ("kind", "instrument", "measure", "event", "expected"),
    [
        (
            "eio",
            "EIO",
            "data_preservation",
            "received",
            {("eio_provisional", "2026-03-03")},
        ),
        ("eio", "EIO", "bank_information", "received", {("eio_acknowledgement", "2026-03-09")}),
        ("provisional_arrest_request", "MERC-EXT", "extradition", "arrested", {("arrest_must_end", "2026-04-11")}),
        ("provisional_arrest_request", "ECE57", "extradition", "arrested", {("arrest_may_end", "2026-03-20")}),
        ("provisional_arrest_request", "UNTOC", "extradition", "arrested", set()),
    ],
)
def test_periods_by_instrument_and_measure(
    kind: str, instrument: str, measure: str, event: str, expected: set[tuple[str, str]]
) -> None:
    fields = {"measures": [{"value": {"measure": measure}}], "legal_basis": [{"value": {"instrument": instrument}}]}
    happened = Event(1, "d", event, "2026-03-02", "", "", "", "p", datetime(2026, 3, 2, tzinfo=UTC))
    found = {(one.key, one.day) for one in deadlines_of(DatedLetter("d", kind, "2026-03-01", fields), [happened], ())}
    assert expected <= found
    assert ("eio_provisional" in dict(found)) == (measure == "data_preservation")
    assert instrument != "UNTOC" or not found
