"""``rogatio watch`` and ``rogatio ingest --check``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import rogatio
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import Settings

LAW = "Act %d of 2030\n\nSection 1. Confiscation of vessels.\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(rogatio, ["--language", "en", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(LAW % 1)
    return tmp_path / "in"


def test_a_round_ingests_what_is_new(folder: Path, tmp_path: Path) -> None:
    assert "1 indexed" in run("watch", folder, "--collection", "lima", "--once")[1]
    (folder / "two.txt").write_text(LAW % 2)
    assert "2 indexed (1 already up to date)" in run("watch", folder, "--collection", "lima", "--once")[1]
    (folder / "manifest.csv").write_text("file,country\none.txt,ES\n")
    assert "unknown columns" in run("watch", folder, "--collection", "lima", "--once")[1]
    store = open_installation(Settings(tmp_path / "home")).store
    assert store.counts(store.access(LOCAL_USER), "lima")["indexed"] == 2


def test_every_problem_of_a_manifest_is_told_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    rows = ["file,jurisdiction,date", "one.txt,Atlantis,", "three.txt,ES,", "one.txt,ES,yesterday"]
    (folder / "manifest.csv").write_text("\n".join(rows))
    status, told = run("ingest", folder, "--check")
    assert status == 1
    assert [word in told for word in ("Atlantis", "three.txt", "yesterday", "3 problems")] == [True] * 4
    assert "3 problems" in run("ingest", folder, "--check", "--manifest", folder / "manifest.csv")[1], "each once"
    assert not (tmp_path / "home" / "originals").exists()
    (folder / "manifest.csv").write_text("file,jurisdiction\none.txt,ES\n")
    assert run("ingest", folder, "--check") == (0, "1 files; 0 problems in manifests.\n")
