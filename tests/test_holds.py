"""Legal holds, and the rights on the folder of an installation."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from store_records import FRANCE, add_document
from web_site import site

from app.accounts.granting import hold_case_file
from app.cli import rogatio
from app.operations.doctor import State, examine
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.corrections import delete
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.holds import hold_document
from indexing.store.reading import Store


@pytest.fixture
def desk(tmp_path: Path) -> Installation:
    return Installation(Settings(tmp_path / "home"))


@pytest.mark.parametrize("held", ["document", "member", "case file"])
def test_what_is_held_is_not_deleted(desk: Installation, tmp_path: Path, held: str) -> None:
    store = desk.store
    mail = add_document(store, tmp_path, FRANCE, b"a message", place="/in/a.eml", case_file="7")
    letter = add_document(store, tmp_path, FRANCE, b"a letter", place="/in/a.pdf", case_file="7", parent=mail)
    inside = store.document(store.access(LOCAL_USER), letter if held == "member" else mail)

    def set_hold(on: bool) -> None:
        if held == "case file":
            hold_case_file(store, FRANCE.id, "7", held=on)
        else:
            hold_document(store, inside, "ana", held=on)

    set_hold(True)
    with pytest.raises(RogatioError, match=r"indexing\.legal_hold"):
        delete(desk, mail)
    answer = site(desk.settings).test_client().delete(f"/api/v1/documents/{mail}")
    assert (answer.status_code, answer.json["code"]) == (409, "indexing.legal_hold")
    assert store.document(store.access(LOCAL_USER), mail)
    set_hold(False)
    assert set(delete(desk, mail)) == {mail, letter}


def test_the_command_line_holds_and_releases(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(desk.settings.home))
    document = add_document(desk.store, tmp_path, FRANCE, b"a letter", case_file="7")
    run = CliRunner().invoke
    for held in (["hold", document], ["case-file", "7"]):
        assert run(rogatio, [*held, *(["--hold"] if held[0] == "case-file" else [])]).exit_code == 0
        refused = run(rogatio, ["delete", document])
        assert refused.output == "", "nobody is asked about what is not deleted"
        assert isinstance(refused.exception, RogatioError)
        assert refused.exception.code == "indexing.legal_hold"
        assert run(rogatio, [*held, "--release"]).exit_code == 0
    assert run(rogatio, ["delete", document, "--yes"]).exit_code == 0


def test_a_folder_that_others_can_read_is_taken_from_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    found = {one.name: one.state for one in examine(Settings(home)) if one.name == "home_rights"}
    assert found == {"home_rights": State.MISSING}
    Store(Settings(home)).close()
    assert home.stat().st_mode & 0o077 == 0
    assert {one.state for one in examine(Settings(home)) if one.name == "home_rights"} == {State.OK}
