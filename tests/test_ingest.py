"""Ingest of real folders by real processes: every file is counted exactly once, as indexed, duplicate or failed."""

import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from extraction.errors import RogatioError
from extraction.read import reader_of
from extraction.worker import MEBIBYTE, Limits
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import upload
from indexing.ingest.ingest import IngestEvent, IngestOptions, IngestReport, ingest, resume
from indexing.ingest.status import status as installation_status
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.schema import Status
from indexing.store.writing import settle

pytestmark = pytest.mark.workers

LETTER = "The Central Authority requests the service of the attached summons on the witness {name}.\n"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    opened = Installation(Settings(tmp_path / "home"))
    yield opened
    opened.close()


def letters(folder: Path, names: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(LETTER.format(name=name))
    return folder


def found(installation: Installation, query: str) -> list[str]:
    return [hit.source for hit in search(installation, SearchRequest(query, mode="words")).hits]


def state(installation: Installation) -> dict[str, tuple[str, int]]:
    """Return, by where a document came from, how far it got and how many records the engine has of it."""
    access = installation.store.access(LOCAL_USER)
    documents = list(installation.store.every_document(access))
    places = [document.parent + document.place for document in documents]
    assert len(set(places)) == len(places)
    partitions = {one.id: one.partition for one in installation.store.collections(access)}
    return {
        document.place: (document.status, installation.engine.count(partitions[document.collection], [document.id]))
        for document in documents
    }


def balanced(report: IngestReport) -> bool:
    return report.came_in == report.indexed + report.duplicates + report.failed


def test_a_folder_goes_in_and_is_found(installation: Installation, tmp_path: Path) -> None:
    events: list[IngestEvent] = []
    folder = letters(tmp_path / "in", ["Alvarez", "Bocuse", "Castro"])
    report = ingest(installation, [folder], on_event=events.append)
    assert (report.came_in, report.indexed, report.failed, report.unchanged) == (3, 3, 0, 0)
    assert sorted(event.source for event in events) == ["Alvarez.txt", "Bocuse.txt", "Castro.txt"]
    assert [event.done for event in events] == [1, 2, 3]
    assert found(installation, "Bocuse") == ["Bocuse.txt"]
    assert list((tmp_path / "home" / "work").iterdir()) == []


def test_again_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez", "Bocuse"])
    (folder / "copy.txt").write_bytes((folder / "Alvarez.txt").read_bytes())
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 cut off")
    first = ingest(installation, [folder])
    before = state(installation)
    second = ingest(installation, [folder])
    assert (second.came_in, second.indexed, second.unchanged) == (first.came_in, first.indexed, first.indexed)
    assert (second.duplicates, second.failed) == (1, 1)
    assert state(installation) == before


def test_copies_are_linked_and_counted(installation: Installation, tmp_path: Path) -> None:
    letters(tmp_path / "a", ["Alvarez"])
    letters(tmp_path / "b", ["Alvarez"])
    report = ingest(installation, [tmp_path / "a", tmp_path / "b"])
    assert (report.came_in, report.indexed, report.duplicates) == (2, 1, 1)
    assert len(found(installation, "Alvarez")) == 1
    other = ingest(installation, [tmp_path / "a"], IngestOptions(collection="files-of-fr"))
    assert (other.indexed, other.duplicates) == (1, 0)
    assert len(found(installation, "Alvarez")) == 2


def test_empty_files_are_no_copies_of_each_other(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    for name in ("photo.jpg", "scan.pdf"):
        (folder / name).write_bytes(b"")
    report = ingest(installation, [folder])
    assert (report.came_in, report.indexed, report.duplicates, report.failed) == (3, 1, 0, 2)
    assert {failure.error.code for failure in report.failures} == {"extraction.empty"}


def test_a_copy_of_a_file_that_could_not_be_read_is_read_itself(installation: Installation, tmp_path: Path) -> None:
    for name in ("cut.pdf", "received.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 cut off")
    first, second = (ingest(installation, [tmp_path / name]) for name in ("cut.pdf", "received.pdf"))
    assert (first.failed, second.failed, second.duplicates) == (1, 1, 0)
    assert second.failures[0].error.code == first.failures[0].error.code


def test_a_link_that_leads_out_of_its_folder_is_not_followed(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    (tmp_path / "secret.txt").write_text(LETTER.format(name="Zapata"))
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "again.txt").symlink_to(folder / "Alvarez.txt")
    report = ingest(installation, [folder])
    assert [(failure.source, failure.error.code) for failure in report.failures] == [
        ("out.txt", "indexing.link_leads_out")
    ]
    assert (report.came_in, report.indexed, report.duplicates) == (3, 1, 1)
    assert found(installation, "Zapata") == []


def test_a_hostile_folder_fails_file_by_file(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez", "Zapata"])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "wrong.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    (folder / ".hidden").write_text("not a document")
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    (folder / "ñandú\udcff.txt").write_text(LETTER.format(name="Nandu"))
    os.mkfifo(folder / "pipe.txt")
    report = ingest(installation, [folder])
    failed = {failure.source: failure.error.code for failure in report.failures}
    assert set(failed) == {"empty.pdf", "cut.pdf", "noise.bin", "wrong.docx", "dangling.txt", "pipe.txt"}
    assert failed["pipe.txt"] == failed["dangling.txt"] == "indexing.not_a_file"
    for failure in report.failures:
        for language in ("es", "pt", "en", "fr"):
            assert failure.error.sentence(language)
    assert (report.came_in, report.indexed) == (9, 3)
    assert balanced(report)
    items = installation.store.items(installation.store.access(LOCAL_USER), report.batch)
    assert len(items) == 9
    assert {item.source: item.error for item in items if item.error} == failed


def test_a_file_beyond_its_limits_fails_alone(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    (folder / "long.txt").write_text("\n\n".join(LETTER.format(name=f"Name{number}") for number in range(60_000)))
    report = ingest(installation, [folder], limits=Limits(3000 * MEBIBYTE, seconds=5), workers=1)
    assert [(one.source, one.error.code) for one in report.failures] == [("long.txt", "extraction.time_limit")]
    assert found(installation, "Alvarez") == ["Alvarez.txt"]


def test_members_and_attachments_are_documents_of_their_container(installation: Installation, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Request", "a@example.org", "b@example.org"
    mail.set_content(LETTER.format(name="Mailman"))
    mail.add_attachment(LETTER.format(name="Annexe").encode(), maintype="text", subtype="plain", filename="annex.txt")
    folder = letters(tmp_path / "in", ["Alvarez"])
    with zipfile.ZipFile(folder / "case.zip", "w") as package:
        package.writestr("letters/first.txt", LETTER.format(name="Primera"))
        package.writestr("letters/copy.txt", LETTER.format(name="Alvarez"))
        package.writestr("mail.eml", mail.as_bytes())
        package.writestr("bad.pdf", b"%PDF-1.4 nothing")
    report = ingest(installation, [folder], IngestOptions(collection="fr-files", case_file="12/2021"))
    assert balanced(report)
    assert (report.came_in, report.duplicates, report.failed) == (7, 1, 1)
    access = installation.store.access(LOCAL_USER)
    by_source = {one.source: one for one in installation.store.every_document(access)}
    assert by_source["first.txt"].parent == by_source["mail.eml"].parent == by_source["case.zip"].id
    assert by_source["annex.txt"].parent == by_source["mail.eml"].id
    assert by_source["bad.pdf"].status is Status.FAILED
    assert {one.case_file for one in by_source.values()} == {"12/2021"}
    assert found(installation, "Annexe") == ["annex.txt"]
    assert found(installation, "Mailman") == ["mail.eml"]
    before = state(installation)
    again = ingest(installation, [folder], IngestOptions(collection="fr-files", case_file="12/2021"))
    assert (again.came_in, again.indexed, again.duplicates, again.failed) == (7, 5, 1, 1)
    assert state(installation) == before


def test_a_manifest_says_what_is_known_of_each_file(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez", "Bocuse"])
    (folder / "sub").mkdir()
    letters(folder / "sub", ["Castro"])
    (folder / "manifest.csv").write_text(
        "\ufefffile;collection;case_file;jurisdiction;type;title;date\n"
        "Alvarez.txt;es-files;7/2020;España;carta rogatoria;Comisión rogatoria;2020-02-01\n"
        "sub/Castro.txt;;;CU;;;\n"
    )
    report = ingest(installation, [folder], IngestOptions(jurisdiction="FR"))
    assert (report.came_in, report.failed) == (3, 0)
    access = installation.store.access(LOCAL_USER)
    by_source = {one.source: one for one in installation.store.every_document(access)}
    alvarez = by_source["Alvarez.txt"]
    assert (alvarez.collection, alvarez.case_file, alvarez.jurisdiction) == ("es-files", "7/2020", "ES")
    assert (alvarez.document_type, alvarez.title, alvarez.date) == (
        "rogatory_letter",
        "Comisión rogatoria",
        "2020-02-01",
    )
    assert (by_source["Bocuse.txt"].collection, by_source["Bocuse.txt"].jurisdiction) == ("public", "FR")
    assert by_source["Castro.txt"].jurisdiction == "CU"


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (b"file,kolour\na.txt,red\n", "indexing.manifest_column"),
        (b"name,title\na.txt,A\n", "indexing.manifest_column"),
        (b"", "indexing.manifest_column"),
        (b"\xef\xbb\xbffile\n\xff.txt\n", "indexing.manifest_unreadable"),
        (b"file,title\nmissing.txt,A\n", "indexing.manifest_file"),
        (b"file,jurisdiction\nAlvarez.txt,Atlantis\n", "indexing.manifest_value"),
        (b"file,date\nAlvarez.txt,3/5/2020\n", "indexing.manifest_value"),
        (b"file,type\nAlvarez.txt,poem\n", "indexing.manifest_value"),
    ],
)
def test_a_manifest_that_is_wrong_stops_before_anything_is_done(
    installation: Installation, tmp_path: Path, manifest: bytes, code: str
) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    (folder / "manifest.csv").write_bytes(manifest)
    with pytest.raises(RogatioError) as raised:
        ingest(installation, [folder])
    assert raised.value.code == code
    assert state(installation) == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_manifest_in_the_encoding_of_any_spreadsheet(
    installation: Installation, tmp_path: Path, encoding: str
) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    rows = "file;jurisdiction;title\r\nAlvarez.txt;Perú;Petición del señor Núñez\r\n;;\r\n"
    (folder / "manifest.csv").write_bytes(rows.encode(encoding))
    ingest(installation, [folder])
    (found,) = installation.store.every_document(installation.store.access(LOCAL_USER))
    assert (found.jurisdiction, found.title) == ("PE", "Petición del señor Núñez")


def test_a_bag_in_a_folder_gives_its_payload(installation: Installation, tmp_path: Path) -> None:
    letters(tmp_path / "bag" / "data", ["Alvarez"])
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-md5.txt"):
        (tmp_path / "bag" / name).write_text("BagIt-Version: 1.0\n")
    assert ingest(installation, [tmp_path / "bag"]).came_in == 1


def test_a_path_that_does_not_exist_is_reported(installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.no_such_path"):
        ingest(installation, [tmp_path / "nowhere"])


def test_what_is_said_later_is_taken_over(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez"])
    ingest(installation, [folder])
    report = ingest(installation, [folder], IngestOptions(jurisdiction="UY", title="Exhorto"))
    assert (report.indexed, report.unchanged) == (1, 0)
    (hit,) = search(installation, SearchRequest("Alvarez", {"jurisdiction": ("UY",)})).hits
    assert (hit.title, hit.jurisdiction) == ("Exhorto", "UY")


def test_only_what_is_stale_is_made_again(installation: Installation, tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", ["Alvarez", "Bocuse"])
    ingest(installation, [folder])
    access = installation.store.access(LOCAL_USER)
    stale, good = sorted(installation.store.every_document(access), key=lambda one: one.source)
    old, new = (
        installation.store.derived.annotations_path(stale.sha256, stale.id, made_from)
        for made_from in ("0" * 32, stale.annotations)
    )
    new.rename(old)
    settle(installation.store, [(stale.id, {"annotation_version": "pipeline@0", "annotations": "0" * 32})])
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "home" / "derived").rglob("*.zst")}
    report = ingest(installation, [folder])
    assert (report.came_in, report.indexed, report.unchanged) == (2, 2, 1)
    again = {path: path.stat().st_mtime_ns for path in (tmp_path / "home" / "derived").rglob("*.zst")}
    assert {path for path, _ in made.items() ^ again.items()} == {old, new}
    assert installation.store.document(access, stale.id).annotation_version == good.annotation_version


def test_uploads_keep_their_name(installation: Installation, tmp_path: Path) -> None:
    for number in (1, 2):
        staged = tmp_path / f"staged-{number}"
        staged.write_text(LETTER.format(name="Alvarez"))
        report = ingest(installation, [upload(staged, "carta.txt", IngestOptions())])
        assert (report.came_in, report.indexed) == (1, 1)
    assert list(state(installation)) == ["upload:carta.txt"]


KILLED = """
import importlib, os, signal, sys
from pathlib import Path
import indexing.ingest.run as run
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings

home, folder, name, call, moment = sys.argv[1:]
run.DOCUMENTS_OF_A_WRITE = 4
calls = 0

def killing(function):
    def counted(*arguments, **named):
        global calls
        calls += 1
        if calls == int(call) and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        if calls == int(call):
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return counted

if __name__ == "__main__":
    installation = Installation(Settings(Path(home)))
    module, _, name = name.rpartition(":")
    holder = importlib.import_module(module) if module else installation.engine
    setattr(holder, name, killing(getattr(holder, name)))
    ingest(installation, [Path(folder)], workers=2)
"""

POINTS = [("indexing.ingest.arrivals:arrive", 5, "after"), ("write", 2, "after")]


def test_killed_with_its_workers_and_run_again_nothing_is_doubled_or_lost(tmp_path: Path) -> None:
    """``test_kill_points.py`` tries every point, in one process."""
    folder = letters(tmp_path / "in", [f"Witness{number}" for number in range(9)])
    (folder / "zcopy.txt").write_bytes((folder / "Witness1.txt").read_bytes())
    (folder / "zbad.pdf").write_bytes(b"%PDF-1.4 nothing")
    with zipfile.ZipFile(folder / "Wcase.zip", "w") as package:
        for number in range(4):
            package.writestr(f"member{number}.txt", LETTER.format(name=f"Member{number}"))
    undisturbed = Installation(Settings(tmp_path / "undisturbed"))
    expected_report = ingest(undisturbed, [folder])
    expected = state(undisturbed)
    assert Counter(status for status, _ in expected.values()) == {"indexed": 14, "duplicate": 1, "failed": 1}
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    for name, call, moment in POINTS:
        home = tmp_path / f"{name.rpartition(':')[2]}-{call}-{moment}"
        arguments = [sys.executable, script, home, folder, name, str(call), moment]
        killed = subprocess.run(arguments, cwd=Path(__file__).parent.parent, capture_output=True, text=True)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        installation = Installation(Settings(home))
        assert state(installation) != expected
        report = ingest(installation, [folder])
        assert state(installation) == expected, (name, call, moment)
        assert (report.came_in, report.indexed, report.duplicates, report.failed) == (16, 14, 1, 1)
        assert found(installation, "Witness3") == ["Witness3.txt"]
        assert found(installation, "Member2") == ["member2.txt"]
        assert list((home / "work").iterdir()) == []
        assert installation_status(installation, LOCAL_USER).unfinished == 0, "the repeat made it good"
    assert balanced(expected_report)


def test_files_that_an_interrupted_run_left_unread_are_read_from_another_folder(tmp_path: Path) -> None:
    folder = letters(tmp_path / "in", [f"Witness{number}" for number in range(4)])
    home, script = tmp_path / "home", tmp_path / "killed.py"
    script.write_text(KILLED)
    arguments = [sys.executable, script, home, folder, "indexing.ingest.arrivals:arrive", "4", "after"]
    killed = subprocess.run(arguments, cwd=Path(__file__).parent.parent, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    installation = Installation(Settings(home))
    assert found(installation, "Witness0") == []
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "Witness1.txt").rename(tmp_path / "elsewhere" / "renamed.txt")
    events = list[IngestEvent]()
    report = ingest(installation, [tmp_path / "elsewhere"], on_event=events.append)
    assert (report.came_in, report.indexed, report.duplicates, report.failed) == (4, 4, 0, 0)
    assert {event.source for event in events} == {path.name for path in (tmp_path / "elsewhere").iterdir()}
    assert found(installation, "Witness0") == ["Witness0.txt"]
    again = ingest(installation, [tmp_path / "elsewhere"])
    assert (again.came_in, again.indexed, again.duplicates) == (4, 0, 4)


def test_what_another_release_of_a_reader_read_is_read_again(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for the same bytes in another collection, whose annotations lie in the same text; never made worse."""
    folder = letters(tmp_path / "in", ["Alvarez", "Bocuse"])
    ingest(installation, [folder])
    ingest(installation, [folder], IngestOptions(collection="files-of-fr"))
    access = installation.store.access(LOCAL_USER)
    documents = list(installation.store.every_document(access))
    current = reader_of("text/plain")
    assert {one.reader_version for one in documents} == {current}
    settle(installation.store, [(one.id, {"reader_version": "plain_text/0"}) for one in documents])
    bocuse = next(one for one in documents if one.source == "Bocuse.txt")
    installation.store.originals.path(bocuse.sha256).unlink()
    (folder / "Bocuse.txt").unlink()
    report = ingest(installation, [folder])
    assert (report.came_in, report.indexed, report.unchanged, report.failed) == (1, 1, 0, 0)
    versions = {(one.source, one.collection): one.reader_version for one in installation.store.every_document(access)}
    assert versions["Alvarez.txt", "public"] == versions["Alvarez.txt", "files-of-fr"] == current
    assert versions["Bocuse.txt", "public"] == "plain_text/0"
    again = resume(installation, [bocuse.id])
    assert (again.came_in, again.indexed, again.unchanged, again.failed) == (1, 1, 1, 0)
    assert found(installation, "Bocuse") == ["Bocuse.txt", "Bocuse.txt"]
    assert ingest(installation, [folder]).unchanged == 1
