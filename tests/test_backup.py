"""Backup and restore: the same answers to the byte, at any moment, and nothing but into an empty folder."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
import zstandard
from account_site import WORLDS, AccountSite, account_site
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from app.cli import rogatio
from app.evidence.signing import KEY_FILE, signing_key
from app.operations.backup import back_up, restore
from app.web import create_app
from extraction.errors import RogatioError
from indexing.ingest.verification import verify
from indexing.installation import Installation
from indexing.settings import Settings


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("backup"))


def installation(site: AccountSite) -> Installation:
    held: Installation = site.app.extensions["installation"]
    return held


@pytest.fixture(scope="module")
def backup(site: AccountSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation that is being served."""
    signing_key(installation(site).settings.home)
    file = tmp_path_factory.mktemp("file") / "rogatio.tar.zst"
    assert back_up(installation(site), file).documents == 4
    return file


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(rogatio, ["--language", "en", *arguments], env={"ROGATIO_HOME": str(home)})


def answers(client: FlaskClient, site: AccountSite) -> dict[str, bytes]:
    """Return what is answered about everything that "open" has, without what says when it was asked."""
    values = site.values["open"]
    document, room = values["document_id"], values["room_id"]
    asked = (
        "/api/v1/search?q=zarzaparrilla",
        "/api/v1/search?q=blanqueo&facet=institution&facet=year",
        "/api/v1/search?q=embargo%20de%20cuentas",
        "/api/v1/documents",
        f"/api/v1/documents/{document}",
        f"/api/v1/documents/{document}/text",
        f"/api/v1/documents/{document}/annotations",
        f"/api/v1/documents/{document}/original",
        f"/api/v1/requests/{document}",
        f"/api/v1/rooms/{room}",
        f"/api/v1/alerts/{values['alert_id']}",
    )
    found = {}
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        found[address] = answer.get_data()
    return found


def test_a_restored_installation_gives_the_same_answers_to_the_byte(
    site: AccountSite, backup: Path, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "elsewhere" / "home")
    restore(settings, backup)
    app = create_app({"SETTINGS": settings, "WTF_CSRF_ENABLED": False})
    restored = AccountSite(app, site.tokens, site.values)
    assert answers(restored.client("ana"), site) == answers(site.client("ana"), site)
    assert restored.client("otto").get(f"/api/v1/documents/{site.values['open']['document_id']}").status_code == 404
    report = verify(app.extensions["installation"], lambda done, known: None, repair=False)
    assert report.problems == ()
    old, new = installation(site).settings.home, settings.home
    assert (new / KEY_FILE).read_bytes() == (old / KEY_FILE).read_bytes()
    assert new.stat().st_mode & 0o077 == 0
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {"home"}


def test_by_the_commands_and_recorded(site: AccountSite, tmp_path: Path) -> None:
    home, file = installation(site).settings.home, tmp_path / "b.tar.zst"
    made = run(home, "backup", str(file))
    assert made.exit_code == 0, made.output
    assert "documents: 4" in made.output
    assert file.stat().st_mode & 0o777 == 0o600
    assert run(home, "backup", str(file)).exit_code != 0  # nothing is overwritten
    restored = run(tmp_path / "new", "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert run(tmp_path / "new", "verify").exit_code == 0
    actions = [entry["action"] for entry in site.client("abel").get("/api/v1/audit").json["entries"]]
    assert "backup" in actions


def test_the_work_folder_is_left_empty(site: AccountSite, backup: Path) -> None:
    home = installation(site).settings.home
    assert [path for path in (home / "work").rglob("*") if path.is_file()] == []
    words = {world.words[0] for world in WORLDS.values()}
    assert not any(word in path.name for path in home.rglob("*") for word in words)


def test_an_existing_folder_is_never_restored_into(site: AccountSite, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RogatioError, match="restore_not_empty"):
        restore(Settings(tmp_path), backup)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("exists", [True, False])
def test_after_a_refused_restore_another_one_succeeds(backup: Path, tmp_path: Path, exists: bool) -> None:
    file, home = tmp_path / "other.tar.zst", tmp_path / "home"
    file.write_bytes(b"no backup")
    if exists:
        home.mkdir()
    assert run(home, "restore", str(file)).exit_code != 0
    assert run(home, "restore", str(backup)).exit_code == 0


def archive(name: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        member = tarfile.TarInfo(name)
        member.size = 1
        made.addfile(member, io.BytesIO(b"x"))
    return zstandard.compress(written.getvalue())


@pytest.mark.parametrize(
    "content",
    [b"", b"no backup", archive("../outside"), archive("/etc/outside"), archive("originals/x")],
    ids=["empty", "other", "parent", "absolute", "without manifest"],
)
def test_what_is_no_backup_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    file, home = tmp_path / "other.tar.zst", tmp_path / "in" / "home"
    file.write_bytes(content)
    with pytest.raises(RogatioError, match="no_backup"):
        restore(Settings(home), file)
    assert list((tmp_path / "in").iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_a_backup_that_ends_between_two_files_is_refused(backup: Path, tmp_path: Path) -> None:
    """The archive in it is complete as far as it goes, so that only the end of the compressed file tells."""
    with zstandard.open(backup, "rb") as whole, tarfile.open(fileobj=whole, mode="r|") as archive:
        second = [member.offset for member in archive][2]
    with zstandard.open(backup, "rb") as whole:
        begun = zstandard.ZstdCompressor(write_checksum=True).compressobj()
        cut = begun.compress(whole.read(second)) + begun.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    file, home = tmp_path / "cut.tar.zst", tmp_path / "in" / "home"
    file.write_bytes(cut)
    with pytest.raises(RogatioError, match="no_backup"):
        restore(Settings(home), file)
    assert not home.exists()


@pytest.mark.parametrize("place", [0.3, 0.7, "cut"])
def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path, place: float | str) -> None:
    content = bytearray(backup.read_bytes())
    if isinstance(place, float):
        content[int(len(content) * place)] ^= 0xFF
    else:
        del content[len(content) // 2 :]
    file, home = tmp_path / "damaged.tar.zst", tmp_path / "in" / "home"
    file.write_bytes(content)
    with pytest.raises(RogatioError, match="no_backup"):
        restore(Settings(home), file)
    assert not home.exists()
