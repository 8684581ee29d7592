"""Similar requests with their outcome, and the network of a request, within the access of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from desk import Desk
from lxml import html
from test_api import follows
from test_request_matches import ACCOUNT, ANOTHER, FIRST, LETTER, LIMA, MADRID, OTHER, SECOND, bring
from web_site import site

from app.cli import rogatio
from app.requests.life.events import NewEvent
from app.requests.life.recording import record_event
from app.requests.matching.parties import Party
from app.requests.matching.queue import decide_match, matches
from app.requests.readings import read_pending
from app.requests.related.network import MAX_DRAWN, NetworkParty, network_chart, network_of
from app.requests.related.similar import ANSWERED, median_days, similar_requests
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER

HEARING = """Juzgado Central de Instrucción n.º 4, Madrid (España)
Referencia: Diligencias Previas 777/2031

A la autoridad judicial competente de la República de Chile

COMISIÓN ROGATORIA INTERNACIONAL

HECHOS. Don Evaristo Montes Prieto está investigado por un delito de tráfico de drogas.

ASISTENCIA SOLICITADA. Se solicita la declaración del testigo don Evaristo Montes Prieto.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("related"))
    bring(made, "madrid", 101, FIRST, ACCOUNT)
    bring(made, "madrid", 102, SECOND, ANOTHER)
    bring(made, "madrid", 103, OTHER, ACCOUNT)
    bring(made, "lima", 104, FIRST, ACCOUNT)
    made.bring("777.txt", HEARING, "madrid", document_type="rogatory_letter", title="Carta 777")
    answered = LETTER.format(number=105, person=OTHER, account=ANOTHER).replace("República del Perú", "Francia")
    made.bring("105.txt", answered, "madrid", document_type="rogatory_letter", title="Carta 105", date="2031-01-10")
    read_pending(made.store)
    access, known = made.store.access(LOCAL_USER), ids(made)
    for code, day in (("received", "2024-01-10"), ("executed", "2024-03-10")):
        record_event(made.store, access, LOCAL_USER, known["103.txt"], NewEvent(code, day))
    yield made
    made.installation.close()


def ids(desk: Desk) -> dict[str, str]:
    return {one.source: one.id for one in desk.store.every_document(desk.store.access(LOCAL_USER))}


def test_similar_requests_share_measures_offences_and_states(desk: Desk) -> None:
    found = similar_requests(desk.installation, desk.store.access(MADRID), ids(desk)["101.txt"])
    assert [one.document.source for one in found][-1] == "105.txt"  # of another requested state
    assert {one.document.source for one in found} == {"102.txt", "103.txt", "105.txt"}
    first = next(one for one in found if one.document.source == "103.txt")
    assert (first.measures, first.offences, first.states) == (
        ("bank_information",), ("ML",), ("requesting", "requested"),
    )  # fmt: skip
    assert (first.outcome, first.days) == ("executed", 60)
    assert all(0 <= one.score <= 1 for one in found)


def test_nothing_of_another_authority_is_similar_or_in_the_network(desk: Desk) -> None:
    access, known = desk.store.access(LIMA), ids(desk)
    assert similar_requests(desk.installation, access, known["104.txt"]) == []
    network = network_of(desk.store, access, known["104.txt"])
    assert network.documents == [network.document]
    for refused in (lambda: network_of(desk.store, access, known["101.txt"]),
                    lambda: similar_requests(desk.installation, access, known["101.txt"])):  # fmt: skip
        with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
            refused()


def test_the_network_has_proposals_and_decisions_but_not_what_is_different(desk: Desk) -> None:
    access, document = desk.store.access(MADRID), ids(desk)["101.txt"]
    (person,) = matches(desk.store, access, kind="person", document=document).found
    chart = network_chart(network_of(desk.store, access, document))
    assert sum(not edge.decided for edge in chart.edges) == 2
    decide_match(desk.store, access, MADRID, person.key, "same")
    assert sum(not edge.decided for edge in network_chart(network_of(desk.store, access, document)).edges) == 1
    decide_match(desk.store, access, MADRID, person.key, "different")
    network = network_of(desk.store, access, document)
    assert {one.source for one in network.documents} == {"101.txt", "103.txt"}
    decide_match(desk.store, access, MADRID, person.key, "open")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_and_the_table_have_the_same_data(desk: Desk, language: str) -> None:
    client, document = site(desk.installation.settings, MADRID).test_client(), ids(desk)["101.txt"]
    page = html.fromstring(client.get(f"/requests/{document}/related?ui={language}").data)
    drawn = [text.text_content() for text in page.xpath("//svg//*[local-name()='text']")]
    listed = [row.text_content().strip() for row in page.xpath("(//table)[1]/tbody/tr/th")]
    assert listed
    assert set(listed) <= set(drawn)
    assert page.xpath("//svg/@aria-label")


def test_the_api_follows_its_description(desk: Desk) -> None:
    client, document = site(desk.installation.settings, MADRID).test_client(), ids(desk)["101.txt"]
    related = client.get(f"/api/v1/requests/{document}/related").json
    follows(related, "RelatedRequests")
    assert related["median_days"] == 60
    assert client.get(f"/api/v1/requests/{ids(desk)['104.txt']}/related").status_code == 404


def test_commands_tell_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(desk.installation.settings.home))
    document, run = ids(desk)["101.txt"], CliRunner()
    result = json.loads(run.invoke(rogatio, ["related", document, "--json"]).stdout)
    client = site(desk.installation.settings, LOCAL_USER).test_client()
    assert result == client.get(f"/api/v1/requests/{document}/related").json
    shown = run.invoke(rogatio, ["--language", "es", "related", document]).stdout
    assert "Amparo Quiroga Lleras" in shown
    assert "Cumplimentada  60" in shown
    assert "executed" not in shown
    notices = json.loads(run.invoke(rogatio, ["match-notices", "--json"]).stdout)["notices"]
    assert {one["authority"] for one in notices} == {"lima", "madrid"}


def test_a_request_with_many_parties_is_drawn_in_part_and_listed_in_full(desk: Desk) -> None:
    parties = tuple(
        NetworkParty(Party("person", f"Ana Ruiz {number}", f"ana ruiz {number}", number), ()) for number in range(82)
    )
    network = replace(network_of(desk.store, desk.store.access(MADRID), ids(desk)["101.txt"]), parties=parties)
    chart = network_chart(network)
    assert len(network.parties) == 82
    assert len(chart.parties) == MAX_DRAWN
    places = [mark.y for mark in chart.parties]
    assert chart.files[0].y == pytest.approx((places[0] + places[-1]) / 2, abs=1)
    assert all(0 < mark.y < chart.height for mark in (*chart.parties, *chart.files))


def test_an_answer_without_a_recorded_state_counts_for_no_median(desk: Desk) -> None:
    access = desk.store.access(MADRID)
    (first, *_) = similar_requests(desk.installation, access, ids(desk)["101.txt"])
    answered = replace(first, outcome=ANSWERED, days=14)
    assert median_days([answered]) is None
    assert median_days([answered, replace(first, outcome="executed", days=60)]) == 60
