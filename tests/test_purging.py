"""Deleted records leave the files of the embedded index at once; the others stay as they were."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import tantivy
from engine_records import made

from indexing.engines.embedded import purging
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.plan import Everything, Plan
from indexing.records.record import Record

WORD = "zarzaparrilla"


def letter(number: int) -> list[Record]:
    return made(f"d{number:03}", f"Carta {number} de {WORD}{number:03}.")


def letters(numbers: range) -> list[Record]:
    return [record for number in numbers for record in letter(number)]


def held(engine: EmbeddedEngine) -> set[str]:
    """Return the documents that a search finds."""
    return {one.shown.document_id for one in engine.search(Plan("public", ("law",), Everything(), limit=500)).ranked}


def folder(engine: EmbeddedEngine) -> Path:
    opened = engine._generations.current("public")
    assert opened
    return opened.folder


def words(engine: EmbeddedEngine) -> set[str]:
    """Return the planted words of the dictionaries of terms, those of removed records as well."""
    searcher = tantivy.Index.open(str(folder(engine))).searcher()
    return {word for word, _ in searcher.terms_with_prefix("plain", WORD)}


def segments(engine: EmbeddedEngine) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder(engine) / "meta.json").read_bytes())["segments"]
    return found


def unused(engine: EmbeddedEngine) -> set[str]:
    """Return the segments that have files and are not in the last commit."""
    stems = {path.name.split(".")[0] for path in folder(engine).iterdir() if len(path.name.split(".")[0]) == 32}
    return stems - {str(one["segment_id"]).replace("-", "") for one in segments(engine)}


@pytest.mark.parametrize("count", [1, 2, 8, 9, 60])
def test_a_deletion_leaves_no_word_in_a_segment_of_eight_and_more(tmp_path: Path, count: int) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", letters(range(count)))
    engine.delete("public", ["d000"])
    assert held(engine) == {f"d{number:03}" for number in range(1, count)}
    assert engine.documents_sharing_files("public") == (held(engine) if count <= purging.PARTS else set())
    if count > purging.PARTS:
        assert words(engine) == {f"{WORD}{number:03}" for number in range(1, count)}
        assert not any(one["deletes"] for one in segments(engine))
    assert not unused(engine)


def test_every_segment_with_deleted_records_is_purged(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    for first in (0, 20, 40):
        engine.write("public", letters(range(first, first + 20)))
    engine.delete("public", ["d005", "d045"])
    engine.delete("public", ["d025"])
    kept = {number for number in range(60) if number not in (5, 25, 45)}
    assert held(engine) == {f"d{number:03}" for number in kept}
    assert words(engine) == {f"{WORD}{number:03}" for number in kept}


def test_the_next_deletion_completes_a_purge_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", letters(range(30)))
    with monkeypatch.context() as killed:
        killed.setattr(purging.tantivy.Index, "open", None)
        with pytest.raises(TypeError):
            engine.delete("public", ["d003"])
    another = EmbeddedEngine(tmp_path)
    assert len(segments(another)) == purging.PARTS
    assert held(another) == {f"d{number:03}" for number in range(30) if number != 3}
    another.delete("public", ["d003"])
    assert f"{WORD}003" not in words(another)
    assert len(words(another)) == 29
    assert not unused(another)


def test_the_marks_of_a_commit_that_was_killed_do_not_stop_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tantivy gives the marks of the next commit the same name, and does not write over a file."""
    engine = EmbeddedEngine(tmp_path / "killed")
    engine.write("public", letters(range(30)))
    shutil.copytree(tmp_path / "killed", tmp_path / "copy")
    with monkeypatch.context() as unfinished:
        unfinished.setattr("indexing.engines.embedded.engine.purge", lambda folder: None)
        EmbeddedEngine(tmp_path / "copy").delete("public", ["d003"])
    (marks,) = (tmp_path / "copy").rglob("*.del")
    (folder(engine) / marks.name).write_bytes(b"")
    EmbeddedEngine(tmp_path / "killed").delete("public", ["d003"])
    assert held(engine) == {f"d{number:03}" for number in range(30) if number != 3}


def test_files_that_another_process_left_are_removed(tmp_path: Path) -> None:
    """tantivy removes only files that the writing process has seen being written."""
    first, second = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    for number in range(24):
        (first, second)[number % 2].write("public", letter(number))
    first.delete("public", [f"d{number:03}" for number in range(6)])
    second.delete("public", ["d010"])
    assert held(first) == held(second) == {f"d{number:03}" for number in range(6, 24) if number != 10}
    assert not unused(first)
