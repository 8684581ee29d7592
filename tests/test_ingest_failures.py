"""Looped links, inaccessible folders, a full disk: an error of the file or of the run, never a traceback."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_server import Commands, commands, environment
from desk import LETTER, Desk
from small_disk import filled, small_disk

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import IngestReport, ingest
from indexing.store.schema import Status

# Permissions hold for root as well once it has given up these capabilities (capabilities(7)).
ORDINARY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def rogatio() -> Iterator[Commands]:
    """The command line without root's right to pass over permissions."""
    ordinary = ORDINARY if os.getuid() == 0 else ()
    if ordinary and not shutil.which("setpriv"):
        pytest.skip("NOT TESTED WITHOUT PERMISSIONS: root needs setpriv (util-linux)")
    with commands(ordinary, env=environment(HERE.parent, LC_ALL="en"), cwd=HERE.parent) as started:
        yield started


@pytest.fixture(scope="module")
def one_letter(rogatio: Commands, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose ``home`` holds one of the two letters in ``in``."""
    folder = tmp_path_factory.mktemp("one_letter")
    (folder / "in").mkdir()
    (folder / "in" / "letter.txt").write_text(LETTER)
    assert rogatio.run(folder / "home", "ingest", folder / "in", "--json").returncode == 0
    (folder / "in" / "other.txt").write_text(LETTER + " Another one.")
    return folder


def failures(report: dict[str, Any]) -> dict[str, str]:
    return {one["source"]: one["error"] for one in report["failures"]}


def test_a_loop_of_links_and_odd_names_are_errors_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "self").symlink_to("self")
    (folder / "up").symlink_to("..")
    (folder / "again").symlink_to(".")
    (folder / "pipe.txt").symlink_to("pipe")
    os.mkfifo(folder / "pipe")
    (folder / "-rf --help.txt").write_text(LETTER)
    (folder / ("x" * 251 + ".txt")).write_text("A name as long as names may be.")
    (folder / "new\nline\x1b[2J.txt").write_text("Control characters in a name.")
    report = ingest(Desk(tmp_path).installation, [folder], workers=1)
    assert {one.source: one.error.code for one in report.failures} == {
        "a.txt": "indexing.not_a_file",
        "b.txt": "indexing.not_a_file",
        "self": "indexing.not_a_file",
        "pipe": "indexing.not_a_file",
        "pipe.txt": "indexing.not_a_file",
        "up": "indexing.link_leads_out",
    }
    assert (report.came_in, report.indexed) == (9, 3)


def test_what_may_not_be_read_fails_alone(rogatio: Commands, tmp_path: Path) -> None:
    """A file, a folder that cannot be listed, and one that can be listed but not entered; the rest goes on."""
    incoming, home = tmp_path / "in", tmp_path / "home"
    for name in ("open", "closed", "listed"):
        (incoming / name).mkdir(parents=True)
        (incoming / name / f"{name}.txt").write_text(LETTER)
    (incoming / "listed" / "inner").mkdir()
    (incoming / "secret.txt").write_text(LETTER)
    (incoming / "secret.txt").chmod(0)
    (incoming / "closed").chmod(0)
    (incoming / "listed").chmod(0o444)
    completed = rogatio.run(home, "ingest", incoming, "--json")
    assert completed.returncode == 1, completed.stderr
    report = json.loads(completed.stdout)
    assert failures(report) == {
        "closed": "indexing.folder_unreadable",
        "inner": "indexing.unreadable",
        "listed.txt": "indexing.unreadable",
        "secret.txt": "indexing.unreadable",
    }
    assert (report["came_in"], report["indexed"], report["failed"]) == (5, 1, 4)


@pytest.mark.parametrize("name", ["originals", "work", "derived", "index", "records.sqlite"])
def test_a_part_of_the_installation_that_may_not_be_written_is_a_sentence(
    rogatio: Commands, one_letter: Path, tmp_path: Path, name: str
) -> None:
    """Exit code 1 where files failed one by one, 3 where nothing could be done; never a traceback."""
    home = shutil.copytree(one_letter / "home", tmp_path / "home")
    for path in (home / name, *(home / name).rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    completed = rogatio.run(home, "ingest", one_letter / "in", "--json")
    stated = completed.stdout + completed.stderr
    assert completed.returncode in (1, 3), stated
    assert "Traceback" not in stated
    assert stated.strip()
    if completed.returncode == 1:
        assert failures(json.loads(completed.stdout)) == {"other.txt": "extraction.storage_failed"}


MANIFESTS = [
    ("file,title\n" + "x" * 300 + ",A\n", "indexing.manifest_file"),
    ("file,title\na.txt,\"" + "x" * 200_000 + "\"\n", "indexing.manifest_unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code"), MANIFESTS)
def test_a_manifest_that_no_system_can_follow_is_a_sentence(tmp_path: Path, content: str, code: str) -> None:
    desk = Desk(tmp_path)
    path = desk.write("a.txt", LETTER)
    path.with_name("manifest.csv").write_text(content)
    with pytest.raises(RogatioError) as caught:
        ingest(desk.installation, [path.parent], workers=1)
    assert caught.value.code == code


def test_a_manifest_that_is_a_pipe_is_a_sentence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = desk.write("a.txt", LETTER)
    os.mkfifo(path.with_name("manifest.csv"))
    with pytest.raises(RogatioError, match=r"indexing\.manifest_unreadable"):
        ingest(desk.installation, [path.parent], workers=1)


FULL = {"extraction.disk_full", "indexing.engine_failed"}


def outcome(desk: Desk, folder: Path) -> IngestReport | str:
    try:
        return ingest(desk.installation, [folder], workers=1)
    except RogatioError as error:
        return error.code


@pytest.mark.parametrize("free", [0, 4 << 10, 16 << 10, 40 << 10, 64 << 10, 100 << 10, 200 << 10, 400 << 10])
def test_a_full_disk_stops_nothing_for_good(tmp_path: Path, free: int) -> None:
    """Whatever write meets the full disk, it is said, what was there stays, and the next ingest completes it."""
    folder = tmp_path / "in"
    folder.mkdir()
    with small_disk(tmp_path / "disk", 16) as disk:
        desk = Desk(disk)
        (folder / "a.txt").write_text(LETTER + " Alvarez.")
        ingest(desk.installation, [folder], workers=1)
        for name in ("Bocuse", "Castro", "Duarte"):
            (folder / f"{name}.txt").write_text(f"{LETTER} {name}. " * 20 + "\n" * 40_000)
        (folder / "noise.bin").write_bytes(os.urandom(300_000))
        with zipfile.ZipFile(folder / "case.zip", "w") as package:
            for name in ("Echeverría", "Fagundes"):
                package.writestr(f"{name}.txt", f"{LETTER} {name}. " * 20 + "\n" * 40_000)
        with filled(disk, free):
            completed = outcome(desk, folder)
            if isinstance(completed, str):
                assert completed in FULL
            else:
                assert {one.error.code for one in completed.failures} <= FULL | {"extraction.unsupported_format"}
                assert completed.came_in == completed.indexed + completed.duplicates + completed.failed
        again = ingest(desk.installation, [folder], workers=1)
        assert (again.came_in, again.indexed, again.failed) == (8, 7, 1)
        documents = list(desk.store.every_document(desk.store.access(LOCAL_USER)))
        assert sorted(one.status for one in documents) == [Status.FAILED, *[Status.INDEXED] * 7]
        for one in documents:
            assert desk.store.originals.path(one.sha256).stat().st_size == one.size
        desk.installation.close()


def test_a_full_disk_is_one_sentence_on_the_command_line(rogatio: Commands, one_letter: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        shutil.copytree(one_letter / "home", disk / "home")
        with filled(disk, 0):
            completed = rogatio.run(disk / "home", "ingest", one_letter / "in")
        assert (completed.returncode, completed.stdout) == (3, "")
        assert "extraction.disk_full" in completed.stderr
        assert "Traceback" not in completed.stderr
