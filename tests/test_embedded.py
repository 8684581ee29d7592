"""Specifics of the embedded engine: generations on disk, several processes, writer lock."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy
from engine_records import made

from extraction.errors import RogatioError
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.embedded.generations import generation_state
from indexing.records.record import Record

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from engine_records import made
from indexing.engines.embedded.engine import EmbeddedEngine
engine = EmbeddedEngine(Path(sys.argv[1]))
if sys.argv[3] == "rebuild":
    engine.rebuild("public", [made("other", "Texto.")])
else:
    engine.write("public", made("other", "Texto."))
"""


def write_in_another_process(home: Path, how: str) -> None:
    tests = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", WRITER, str(home), tests, how], check=True, cwd=Path(__file__).parent.parent)


@pytest.mark.parametrize(("how", "count"), [("write", 2), ("rebuild", 1)])
def test_another_process_is_seen_at_the_next_question(tmp_path: Path, how: str, count: int) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", made("one", "Texto."))
    assert engine.count("public") == 1
    write_in_another_process(tmp_path, how)
    assert engine.count("public", ["other"]) == 1
    assert engine.count("public") == count


def test_writers_take_turns(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    writers = [
        threading.Thread(target=EmbeddedEngine(tmp_path).write, args=("public", made(f"d{number}", "Texto.")))
        for number in range(6)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert engine.count("public") == 6


def test_a_write_that_fails_leaves_nothing_and_locks_nobody_out(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", made("one", "Texto."))

    def broken() -> Iterator[Record]:
        yield from made("two", "Texto.")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        engine.write("public", broken())
    assert engine.count("public") == 1
    engine.write("public", made("three", "Texto."))
    assert engine.count("public", ["two"]) == 0
    assert engine.count("public") == 2


def test_only_the_version_that_answers_is_kept(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    for _ in range(3):
        engine.rebuild("public", [made("one", "Texto.")])
    versions = [path.name for path in (tmp_path / "index" / "public").glob("v*")]
    assert versions == [(tmp_path / "index" / "public" / "current").read_text()]


def test_an_index_of_another_version_says_so_and_can_be_built_again(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", made("one", "Texto."))
    folder = tmp_path / "index" / "public"
    version = (folder / "current").read_text()
    (folder / version).rename(folder / "v000001-0")
    (folder / "current").write_text("v000001-0")
    with pytest.raises(RogatioError, match="index_of_other_version"):
        engine.count("public")
    engine.rebuild("public", [made("one", "Texto.")])
    assert engine.count("public") == 1


@pytest.mark.parametrize("partition", ["authority-../../etc", "authority-a/b", "..", "authority-Ñ ü"])
def test_no_name_of_a_partition_leads_out_of_the_index(tmp_path: Path, partition: str) -> None:
    engine = EmbeddedEngine(tmp_path / "home")
    engine.write(partition, made("one", "Texto."))
    assert engine.partitions() == (partition,)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_panic_of_the_engine_is_an_error_like_others(tmp_path: Path) -> None:
    """A panic is a ``BaseException``, which a thread of the web server does not survive."""
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", made("one", "Texto."))
    (version,) = (tmp_path / "index" / "public").glob("v*")
    searcher = tantivy.Index.open(str(version)).searcher()
    with pytest.raises(RogatioError, match=r"indexing\.engine_failed"), generation_state("public"):
        searcher.search(tantivy.Query.all_query(), limit=0)
    assert engine.count("public") == 1


def test_commits_within_one_tick_of_the_clock_are_all_seen(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    for number in range(40):
        engine.write("public", made(f"kept{number}", "Blanqueo."))
        engine.write("public", made(f"gone{number}", "Blanqueo."))
        engine.delete("public", [f"gone{number}"])
        assert engine.count("public", [f"gone{number}"]) == 0
        assert engine.count("public", [f"kept{number}"]) == 1


def test_writes_and_deletions_during_a_rebuild_do_not_wait_and_are_in_the_new_generation(tmp_path: Path) -> None:
    """They reach the live generation at once, and the new one when it takes its place."""
    engine, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    for name in ("kept", "deleted", "changed"):
        engine.write("public", made(name, "Texto."))
    live = engine.generation("public")

    def batches() -> Iterator[list[Record]]:
        for name in ("kept", "deleted", "changed"):
            yield made(name, "Texto.")
        other.delete("public", ["deleted"])
        assert other.count("public", ["deleted"]) == 0
        other.write("public", made("new", "Texto."))
        assert other.write("public", made("changed", "Texto.")) == live
        write_in_another_process(tmp_path, "write")
        assert other.count("public") == 4

    generation = engine.rebuild("public", batches())
    assert generation == other.generation("public") != live
    for name, count in {"kept": 1, "deleted": 0, "changed": 1, "new": 1, "other": 1}.items():
        assert other.count("public", [name]) == count
    assert other.count("public") == 4
    assert not (tmp_path / "index" / "public" / "changes").exists()


def test_a_partition_that_is_first_written_while_it_is_built_keeps_both(tmp_path: Path) -> None:
    engine, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)

    def batches() -> Iterator[list[Record]]:
        yield made("one", "Texto.")
        other.write("public", made("two", "Texto."))

    engine.rebuild("public", batches())
    assert other.count("public") == 2


def test_what_a_rebuild_that_died_left_is_no_burden(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write("public", made("one", "Texto."))

    def broken() -> Iterator[list[Record]]:
        yield made("one", "Texto.")
        raise KeyError

    with pytest.raises(KeyError):
        engine.rebuild("public", broken())
    engine.write("public", made("two", "Texto."))
    assert not (tmp_path / "index" / "public" / "changes").exists()
    assert engine.count("public") == 2
    engine.rebuild("public", [made("one", "Texto.")])
    assert engine.count("public") == 1
    assert len(list((tmp_path / "index" / "public").glob("v*"))) == 1
