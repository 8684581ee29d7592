"""Originals: durable, intact, and kept as long as any document has their bytes."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import LETTER, Desk
from sqlalchemy import MetaData

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions, enter_file, store_bytes, upload
from indexing.ingest.ingest import ingest, new_collection
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import task_for
from indexing.settings import Settings
from indexing.store.deletion import finish_removals, remove_documents
from indexing.store.originals import Original, Originals
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import ensure_collection

ROUNDS = 25


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    opened = Desk(tmp_path, Settings(tmp_path / "home", database_url=url))
    ensure_collection(opened.store, new_collection("public"), LOCAL_USER)
    yield opened
    held = MetaData()
    held.reflect(opened.store.database)
    held.drop_all(opened.store.database)
    opened.installation.close()


def documents(store: Store) -> list[StoredDocument]:
    return list(store.every_document(store.access(LOCAL_USER)))


def enter(desk: Desk, path: Path, name: str) -> tuple[Original, StoredDocument]:
    file = upload(path, name, IngestOptions())
    original = store_bytes(desk.store, file, desk.folder)
    return original, enter_file(desk.store, file, original, desk.folder)


def delete(desk: Desk, document: StoredDocument) -> None:
    remove_documents(desk.store, [document], "local", desk.installation.engine.name)
    finish_removals(desk.store, desk.installation.engine)


def test_an_original_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are synchronised, then renamed, then its folder is synchronised, and the one above when it is new."""
    events: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(handle: int) -> None:
        events.append(("fsync", os.readlink(f"/proc/self/fd/{handle}")))
        fsync(handle)

    def noted_replace(source: Path, target: Path) -> None:
        events.append(("rename", str(source)))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    (tmp_path / "a.txt").write_text(LETTER)
    originals = Originals(tmp_path / "home")
    target = originals.path(originals.keep(tmp_path / "a.txt", tmp_path).sha256)
    copy = next(place for what, place in events if what == "rename")
    assert events == [
        ("fsync", str(originals.folder)),
        ("fsync", copy),
        ("rename", copy),
        ("fsync", str(target.parent)),
    ]


@pytest.mark.parametrize("found", [b"", b"cut off", b"x" * len(LETTER.encode())], ids=["empty", "cut", "overwritten"])
def test_other_bytes_under_its_name_are_noticed_and_restored(tmp_path: Path, found: bytes) -> None:
    """As after a power failure, or where somebody wrote into the folder: also where the size is right."""
    desk = Desk(tmp_path)
    path = desk.write("a.txt", LETTER)
    ingest(desk.installation, [path], workers=1)
    (document,) = documents(desk.store)
    stored = desk.store.originals.path(document.sha256)
    stored.chmod(0o644)
    stored.write_bytes(found)
    report = ingest(desk.installation, [path], workers=1)
    assert (report.unchanged, report.restored, report.failed) == (1, 1, 0)
    assert stored.read_text() == LETTER
    assert stored.stat().st_mode & 0o777 == 0o444
    assert ingest(desk.installation, [path], workers=1).restored == 0


def test_altered_bytes_are_never_read(tmp_path: Path) -> None:
    """What another release of a reader would read anew stays as it was read from the right bytes."""
    desk = Desk(tmp_path)
    document = desk.bring("a.txt", LETTER)
    access = desk.store.access(LOCAL_USER)
    stored = desk.store.originals.path(desk.store.document(access, document).sha256)
    task = task_for(desk.installation, desk.store.document(access, document), tmp_path)
    stored.chmod(0o644)
    stored.write_bytes(b"Other bytes.")
    with pytest.raises(RogatioError, match=r"indexing\.original_damaged"):
        prepare_in_worker(task)
    stored.unlink()
    with pytest.raises(RogatioError, match=r"indexing\.no_original"):
        prepare_in_worker(task)
    assert desk.store.text(access, document) == LETTER


def test_a_deletion_between_storing_and_entering_takes_no_bytes(desk: Desk) -> None:
    path = desk.write("a.txt", LETTER)
    _, first = enter(desk, path, "first")
    file = upload(path, "second", IngestOptions(case_file="2"))
    original = store_bytes(desk.store, file, desk.folder)
    delete(desk, first)
    assert not desk.store.originals.holds(original)
    enter_file(desk.store, file, original, desk.folder)
    assert desk.store.originals.is_intact(original)


def test_an_entry_waits_for_a_deletion_of_the_same_bytes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deletion has seen that no other document holds them, and has not removed them yet."""
    path = desk.write("a.txt", LETTER)
    _, first = enter(desk, path, "first")
    removing, entered = threading.Event(), threading.Event()
    take = desk.store.originals.remove

    def slow(sha256: str) -> bool:
        removing.set()
        entered.wait(1)
        return take(sha256)

    monkeypatch.setattr(desk.store.originals, "remove", slow)
    deletion = threading.Thread(target=delete, args=(desk, first))
    deletion.start()
    removing.wait(10)
    original, _ = enter(desk, path, "second")
    entered.set()
    deletion.join()
    assert desk.store.originals.is_intact(original)


def test_bytes_stay_however_a_deletion_and_an_entry_meet(desk: Desk) -> None:
    path = desk.write("a.txt", LETTER)
    enter(desk, path, "0")
    for number in range(1, ROUNDS):
        (held,) = documents(desk.store)
        ready = threading.Barrier(2)

        def delete_at_once(held: StoredDocument = held, ready: threading.Barrier = ready) -> None:
            ready.wait()
            delete(desk, held)

        thread = threading.Thread(target=delete_at_once)
        thread.start()
        ready.wait()
        original, entered = enter(desk, path, str(number))
        thread.join()
        assert [one.id for one in documents(desk.store)] == [entered.id]
        assert desk.store.originals.is_intact(original)
    assert documents(desk.store)[0].status is Status.WAITING
