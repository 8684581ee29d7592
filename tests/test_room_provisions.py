"""Provisions added to and removed from a workspace, the record of it, and who is in a workspace now."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk
from flask.testing import FlaskClient
from room_records import laws
from sqlalchemy import update
from web_site import site

from app.cli import rogatio
from app.comparison.table import ComparisonRequest
from app.comparison.visibility import comparison_for
from app.rooms.presence import PRESENT_FOR
from app.rooms.rooms import open_room, room, set_member
from app.rooms.schema import RoomMemberRow
from app.rooms.snapshots import freeze, open_snapshot
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.store.writing import now, writing

PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public"}))
READER = Principal("reader", frozenset({"public"}))
STRANGER = Principal("stranger", frozenset({"public", "paris"}))
SECOND_SPANISH = """---
title: "Ley 7/2020, de decomiso"
country: "es"
---
# Ley 7/2020

## Artículo 4

Se decomisarán los bienes que procedan del delito.
"""


class Group(Desk):
    """A desk with a workspace of two authorities and a reader, of which only one sees the third law."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.laws = laws(self)
        self.laws["second.md"] = self.bring("second.md", SECOND_SPANISH, document_type="statute", jurisdiction="ES")
        self.sites = {one.id: self._site(one) for one in (PARIS, LIMA, READER, STRANGER)}

    def _site(self, principal: Principal) -> FlaskClient:
        return site(self.installation.settings, principal, WTF_CSRF_ENABLED=False).test_client()

    def open(self, question: ComparisonRequest) -> str:
        made = open_room(self.store, PARIS, "Grupo", question).id
        set_member(self.store, PARIS, made, "lima", "member")
        set_member(self.store, PARIS, made, "reader", "reader")
        return made

    def provision(self, name: str) -> str:
        """Return the id of the only provision of a law."""
        found = self.sites["paris"].get(
            f"/rooms/provision?document={self.laws[name]}&at={self.at(name)}&unit={UNITS[name]}"
        )
        return re.search(r'name="provision" value="([^"]+)"', found.text)[1]  # type: ignore[index]

    def at(self, name: str) -> int:
        text = self.store.reading(self.store.access(PARIS), self.laws[name]).text
        return text.rindex(".") - 2

    def compared(self, principal: Principal, room_id: str) -> list[str]:
        made = comparison_for(self.installation, principal, room(self.store, principal, room_id).question)
        return [f"{one.jurisdiction} {one.unit}" for column in made.columns for one in column.provisions]


UNITS = {"spanish.md": "art. 301", "french.md": "art. 324-1", "secret.md": "art. 1", "second.md": "art. 4"}
FRENCH_ONLY = ComparisonRequest(citations=("art. 324-1 code pénal",), jurisdictions=("FR",), language="es")


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    made = Group(tmp_path_factory.mktemp("provisions"))
    yield made
    made.installation.close()


def test_a_member_adds_by_citation_and_removes_and_a_snapshot_stays(group: Group) -> None:
    made = group.open(FRENCH_ONLY)
    lima = group.sites["lima"]
    added = lima.post(
        f"/rooms/{made}/provisions", data={"citation": "Código Penal art. 301 (España)"}, follow_redirects=True
    )
    assert "Se ha añadido al espacio de trabajo: art. 301" in added.text
    assert group.compared(LIMA, made) == ["FR art. 324-1", "ES art. 301"]
    kept = freeze(
        group.installation,
        PARIS,
        made,
        comparison_for(group.installation, PARIS, room(group.store, PARIS, made).question),
    )
    removed = lima.post(
        f"/rooms/{made}/provisions/removal", data={"provision": group.provision("french.md")}, follow_redirects=True
    )
    assert "art. 324-1" in removed.text[removed.text.index('role="status"') :][:200]
    assert group.compared(LIMA, made) == ["ES art. 301"]
    page = lima.get(f"/rooms/{made}?ui=en").text
    events = page[page.index('class="events"') :]
    assert re.search(r"lima</strong> removed a provision: <a [^>]+><span lang=\"fr\">art. 324-1, Code pénal", events)
    assert re.search(r"lima</strong> added a provision: <a [^>]+><span lang=\"es\">art. 301, Ley Orgánica", events)
    frozen = open_snapshot(group.store, group.store.access(PARIS), PARIS, made, kept.number).comparison
    assert [one.unit for column in frozen.columns for one in column.provisions] == ["art. 324-1", "art. 301"]
    since = lima.get(f"/rooms/{made}/versions/{kept.number}/changes?ui=en").text
    assert re.search(r"Provisions removed</h2><ul><li><a [^>]+><span lang=\"fr\">art. 324-1", since)


def test_the_other_provisions_of_a_country_stay_beside_an_added_one(group: Group) -> None:
    made = group.open(ComparisonRequest(query="castigado prisión", jurisdictions=("ES",), language="es"))
    assert group.compared(PARIS, made) == ["ES art. 301"]
    api = group.sites["paris"].post(
        f"/api/v1/rooms/{made}/provisions", json={"provision": group.provision("second.md")}
    )
    assert api.status_code == 201
    assert sorted(group.compared(PARIS, made)) == ["ES art. 301", "ES art. 4"]
    gone = group.sites["paris"].delete(f"/api/v1/rooms/{made}/provisions/{group.provision('second.md')}")
    assert gone.status_code == 204
    assert group.compared(PARIS, made) == ["ES art. 301"]
    again = group.sites["paris"].delete(f"/api/v1/rooms/{made}/provisions/{group.provision('second.md')}")
    assert again.status_code == 204
    assert group.sites["paris"].get(f"/rooms/{made}?ui=en").text.count("removed a provision") == 1


def test_a_provision_is_added_from_a_hit_and_from_the_page_of_a_law(group: Group) -> None:
    made = group.open(FRENCH_ONLY)
    paris = group.sites["paris"]
    link = r'href="(/rooms/provision\?[^"]+)"'
    hit = re.search(link, paris.get("/?q=decomisar%C3%A1n").text)[1].replace("&amp;", "&")  # type: ignore[index]
    reading = paris.get(f"/documents/{group.laws['second.md']}?at={group.at('second.md')}&to=unit").text
    assert re.search(link, reading)
    chosen = paris.get(hit)
    assert f'value="{made}"' in chosen.text
    provision = re.search(r'name="provision" value="([^"]+)"', chosen.text)[1]  # type: ignore[index]
    answer = paris.post("/rooms/provision", data={"room": made, "provision": provision})
    assert answer.location == f"/rooms/{made}"
    assert group.compared(PARIS, made) == ["FR art. 324-1", "ES art. 4"]
    assert f'value="{made}"' not in group.sites["reader"].get(hit).text, "readers add nothing"


def test_what_a_member_may_not_see_is_neither_added_nor_told(group: Group) -> None:
    made = group.open(FRENCH_ONLY)
    secret = group.provision("secret.md")
    lima, paris = group.sites["lima"], group.sites["paris"]
    refused = lima.post("/rooms/provision", data={"room": made, "provision": secret})
    assert refused.status_code == 404
    assert paris.post("/rooms/provision", data={"room": made, "provision": secret}).status_code == 302
    assert "PE art. 1" in group.compared(PARIS, made)
    assert "zarzaparrilla" in paris.get(f"/rooms/{made}").text
    for page in (
        lima.get(f"/rooms/{made}"),
        lima.get(f"/rooms/{made}/cell?source=structure&element=penalty&country=FR"),
    ):
        assert "zarzaparrilla" not in page.text
    assert "added a provision" not in lima.get(f"/rooms/{made}?ui=en").text
    assert lima.delete(f"/api/v1/rooms/{made}/provisions/{secret}").status_code == 404
    assert "PE art. 1" in group.compared(PARIS, made)


@pytest.mark.parametrize(
    ("citation", "status"),
    [("", 422), ("artículo ninguno", 404), ("Código Penal art. 9999 (España)", 404), ("(España)", 404)],
)
def test_a_citation_of_nothing_is_refused(group: Group, citation: str, status: int) -> None:
    made = group.open(FRENCH_ONLY)
    answer = group.sites["paris"].post(f"/rooms/{made}/provisions?ui=en", data={"citation": citation})
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert f'value="{citation}" maxlength="300" required aria-invalid="true"' in answer.text, (
        "it keeps what was entered"
    )
    assert "art. 324-1" in answer.text


def test_readers_and_strangers_change_nothing(group: Group) -> None:
    made = group.open(FRENCH_ONLY)
    given = {"provision": group.provision("french.md"), "citation": "Código Penal art. 301 (España)"}
    for name, status in (("reader", 422), ("stranger", 404)):
        for address in (f"/rooms/{made}/provisions", f"/rooms/{made}/provisions/removal"):
            assert group.sites[name].post(address, data=given).status_code == status, (name, address)
        assert group.sites[name].post(f"/api/v1/rooms/{made}/provisions", json=given).status_code == status
    assert "provisions/removal" not in group.sites["reader"].get(f"/rooms/{made}").text
    assert group.compared(PARIS, made) == ["FR art. 324-1"]


def test_the_last_provision_is_not_removed(group: Group) -> None:
    only = group.provision("french.md")
    made = group.open(ComparisonRequest(provisions=(only,), language="es"))
    answer = group.sites["paris"].delete(f"/api/v1/rooms/{made}/provisions/{only}")
    assert answer.json["code"] == "app.last_provision"
    assert group.compared(PARIS, made) == ["FR art. 324-1"]


def test_members_see_who_is_in_the_workspace_now(group: Group) -> None:
    made = group.open(FRENCH_ONLY)
    lima, paris = group.sites["lima"], group.sites["paris"]
    group.sites["stranger"].get(f"/rooms/{made}")
    assert "In the workspace now" not in paris.get(f"/rooms/{made}?ui=en").text
    assert "In the workspace now: paris<" in lima.get(f"/rooms/{made}?ui=en").text
    assert "In the workspace now: lima<" in paris.get(f"/rooms/{made}?ui=en").text
    with writing(group.store) as session:
        session.execute(update(RoomMemberRow).values(seen=now() - PRESENT_FOR - timedelta(minutes=1)))
    assert "In the workspace now" not in paris.get(f"/rooms/{made}?ui=en").text


def docx_words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if re.match(r"word/\w+\.xml", name)]
    return " ".join(re.sub(r"<[^>]+>", " ", part) for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_internal_name_is_read_in_a_workspace(group: Group, language: str) -> None:
    """Ids are in addresses and hidden fields; what a person reads has none, nor has an export."""
    made = group.open(ComparisonRequest(concept="ML", language="es"))
    paris = group.sites["paris"]
    pages = [paris.get(f"{address}?ui={language}").text for address in (f"/rooms/{made}", "/rooms/")]
    pages.append(paris.get(f"/rooms/{made}/export?format=csv&language={language}").text)
    exported = paris.get(f"/rooms/{made}/export?format=docx&language={language}").data
    pages.append(docx_words(exported))
    for page in pages:
        words = re.sub(r"<[^>]+>", " ", page)
        assert not re.search(r"\w+@\d|\bref:[a-z]{2}:|\b[0-9a-f]{24}\b|\bstructure\b|UNTOC_\d", words)


def test_the_command_adds_and_removes_by_citation_and_id(group: Group) -> None:
    made = open_room(group.store, LOCAL_USER, "Mesa", FRENCH_ONLY).id
    environment = {"ROGATIO_HOME": str(group.installation.settings.home)}

    def run(*arguments: str) -> str:
        return CliRunner().invoke(rogatio, ["--language", "en", "rooms", *arguments], env=environment).output

    added = run(made, "--add-provision", "Código Penal art. 301 (España)")
    assert "art. 301, Ley Orgánica 10/1995" in added
    assert group.compared(LOCAL_USER, made) == ["FR art. 324-1", "ES art. 301"]
    assert run(made, "--remove-provision", added.split()[0]) == added
    assert group.compared(LOCAL_USER, made) == ["FR art. 324-1"]
    run(made, "--add-provision", added.split()[0], "--remove-provision", "art. 324-1 code pénal (France)")
    assert group.compared(LOCAL_USER, made) == ["ES art. 301"]
    assert "app.argument_missing" in run("--add-provision", "art. 1")
