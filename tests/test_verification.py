"""Verification: every kind of damage is found, derivable data repaired, the rest listed with a remedy."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hostile_files as hostile
import pytest
from click.testing import CliRunner
from desk import LETTER

from app.cli import rogatio
from app.cli_wording import say
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest
from indexing.ingest.status import status
from indexing.ingest.verification import Kind, VerificationReport, verify
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.rows import StoredDocument

INNER = f"{LETTER} Castro."


@dataclass(frozen=True, slots=True)
class Stored:
    installation: Installation
    home: Path

    def document(self, source: str) -> StoredDocument:
        access = self.installation.store.access(LOCAL_USER)
        return next(one for one in self.installation.store.every_document(access) if one.source == source)

    def original(self, source: str) -> Path:
        return self.installation.store.originals.path(self.document(source).sha256)

    def derived(self, source: str, pattern: str) -> Path:
        (path,) = self.installation.store.derived.folder(self.document(source).sha256).glob(pattern)
        return path

    def kinds(self) -> set[tuple[Kind, str]]:
        return kinds(verify(self.installation))


def kinds(report: VerificationReport) -> set[tuple[Kind, str]]:
    return {(one.kind, one.source) for one in report.problems}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a letter, and a package with a message that has an attachment."""
    folder = tmp_path_factory.mktemp("verified")
    (folder / "in").mkdir()
    (folder / "in" / "letter.txt").write_text(f"{LETTER} Alvarez.")
    message = hostile.mail("Petición", "Adjunto.", ("inner.txt", INNER.encode())).as_bytes()
    (folder / "in" / "case.zip").write_bytes(hostile.zipped(("message.eml", message)))
    installation = Installation(Settings(folder / "home"))
    assert ingest(installation, [folder / "in"], workers=1).failed == 0
    installation.close()
    return folder / "home"


@pytest.fixture
def stored(made: Path, tmp_path: Path) -> Iterator[Stored]:
    shutil.copytree(made, tmp_path / "home")
    installation = Installation(Settings(tmp_path / "home"))
    yield Stored(installation, tmp_path / "home")
    installation.close()


def overwrite(path: Path, content: bytes = b"Other bytes.") -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_sound_installation_has_no_problems(stored: Stored) -> None:
    assert status(stored.installation, LOCAL_USER).verification is None
    report = verify(stored.installation)
    assert (report.documents, report.problems, report.repaired) == (4, (), ())
    last = status(stored.installation, LOCAL_USER).verification
    assert last is not None
    assert (last.documents, last.problems) == (4, 0)


def lose_records(stored: Stored) -> None:
    stored.installation.engine.delete("public", [stored.document("letter.txt").id])


def leave_records(stored: Stored) -> None:
    from engine_records import made as records

    stored.installation.engine.write("public", records("nobody", "Texto."))


def damage_index(stored: Stored) -> None:
    for path in (stored.home / "index").rglob("meta.json"):
        path.write_bytes(b"{}")


def leave_derived(stored: Stored) -> None:
    folder = stored.home / "derived" / "ab" / ("ab" * 32)
    folder.mkdir(parents=True)
    (folder / "document.json.zst").write_bytes(b"")


DERIVABLE: list[tuple[Kind, str, Callable[[Stored], None]]] = [
    (Kind.TEXT_DAMAGED, "letter.txt", lambda s: overwrite(s.derived("letter.txt", "document.json.zst"))),
    (Kind.TEXT_DAMAGED, "letter.txt", lambda s: s.derived("letter.txt", "words.npy.zst").unlink()),
    (
        Kind.TEXT_DAMAGED,
        "letter.txt",
        lambda s: overwrite(
            s.derived("letter.txt", "document.json.zst"), s.derived("inner.txt", "document.json.zst").read_bytes()
        ),
    ),
    (Kind.ANNOTATIONS_DAMAGED, "letter.txt", lambda s: overwrite(s.derived("letter.txt", "annotations-*"), b"")),
    (Kind.INDEX_INCOMPLETE, "letter.txt", lose_records),
    (Kind.INDEX_SURPLUS, "", leave_records),
    (Kind.INDEX_UNREADABLE, "", damage_index),
    (Kind.DERIVED_WITHOUT_RECORD, "", leave_derived),
    (Kind.ORIGINAL_DAMAGED, "message.eml", lambda s: overwrite(s.original("message.eml"))),
    (Kind.ORIGINAL_MISSING, "inner.txt", lambda s: s.original("inner.txt").unlink()),
]


@pytest.mark.parametrize(("kind", "source", "damage"), DERIVABLE)
def test_what_can_be_derived_is_repaired(
    stored: Stored, kind: Kind, source: str, damage: Callable[[Stored], None]
) -> None:
    damage(stored)
    assert (kind, source) in stored.kinds()
    report = verify(stored.installation, repair=True)
    assert not report.problems
    assert (kind, source) in {(one.kind, one.source) for one in report.repaired}
    hits = search(stored.installation, SearchRequest("Alvarez", mode="words")).hits
    assert [hit.source for hit in hits] == ["letter.txt"]


def test_originals_are_restored_from_the_outermost_container(stored: Stored) -> None:
    overwrite(stored.original("message.eml"))
    stored.original("inner.txt").unlink()
    assert len(verify(stored.installation, repair=True).repaired) == 2
    assert stored.original("inner.txt").read_text() == INNER


@pytest.mark.parametrize("damage", [overwrite, Path.unlink])
def test_an_original_of_which_there_is_no_other_stays_a_problem(stored: Stored, damage: Callable[[Path], None]) -> None:
    damage(stored.original("letter.txt"))
    text = stored.derived("letter.txt", "document.json.zst").read_bytes()
    (kind,) = (one.kind for one in verify(stored.installation, repair=True).problems)
    assert kind in {Kind.ORIGINAL_DAMAGED, Kind.ORIGINAL_MISSING}
    assert stored.derived("letter.txt", "document.json.zst").read_bytes() == text


def test_a_text_that_cannot_be_read_again_is_not_removed(stored: Stored) -> None:
    overwrite(stored.original("letter.txt"))
    overwrite(stored.derived("letter.txt", "words.npy.zst"))
    report = verify(stored.installation, repair=True)
    assert kinds(report) >= {(Kind.ORIGINAL_DAMAGED, "letter.txt"), (Kind.TEXT_DAMAGED, "letter.txt")}
    assert stored.derived("letter.txt", "document.json.zst").is_file()


def test_an_original_without_a_record_is_listed_and_kept(stored: Stored) -> None:
    """It may be all that is left after an old database was restored."""
    path = stored.home / "originals" / "ab" / ("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"A file.")
    assert kinds(verify(stored.installation, repair=True)) == {(Kind.ORIGINAL_WITHOUT_RECORD, "")}
    assert path.read_bytes() == b"A file."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_reports_and_repairs(stored: Stored, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", language)
    environment = {"ROGATIO_HOME": str(stored.home)}
    lose_records(stored)
    found = CliRunner().invoke(rogatio, ["verify"], env=environment)
    assert found.exit_code == 1
    assert say("verify.index_incomplete") in found.output
    assert say("verify.how") in found.output
    doctor = json.loads(CliRunner().invoke(rogatio, ["doctor", "--json"], env=environment).stdout)
    assert next(one["state"] for one in doctor if one["name"] == "verification") == "missing"
    repaired = CliRunner().invoke(rogatio, ["verify", "--repair", "--json"], env=environment)
    row = json.loads(repaired.stdout)
    assert (repaired.exit_code, row["documents"], row["problems"]) == (0, 4, [])
    assert [one["kind"] for one in row["repaired"]] == ["index_incomplete"]
    assert "0" in CliRunner().invoke(rogatio, ["status"], env=environment).output.splitlines()[-1]


def test_every_kind_has_words() -> None:
    assert all(say(f"verify.{kind}") for kind in Kind)
