"""``rogatio watch`` and ``rogatio ingest --check``."""

from __future__ import annotations

import json
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
    assert run("ingest", folder, "--check") == (0, "1 file; 0 problems in manifests.\n")


def test_all_problems_of_a_row_are_listed_with_row_and_column(folder: Path) -> None:
    rows = [
        "file,jurisdiction,colour,date,type,in_force_from,in_force_to",
        "one.txt,Atlantis,red,yesterday,poem,2020-02-30,",
        "",
        "three.txt,ES,,2020-01-01,,2021-01-01,2020-01-01",
    ]
    (folder / "manifest.csv").write_text("\n".join(rows))
    status, told = run("ingest", folder, "--check", "--manifest", folder / "manifest.csv", "--json")
    problems = json.loads(told)["problems"]
    assert (status, problems[0]["columns"]) == (1, "colour")
    assert [(one["row"], one.get("column", one["code"])) for one in problems[1:]] == [
        (2, "jurisdiction"), (2, "date"), (2, "type"), (2, "in_force_from"),
        (4, "indexing.manifest_file"), (4, "indexing.manifest_days"),
    ]  # fmt: skip
    told = run("ingest", folder, "--check")[1]
    assert "row 2, says “poem” in column type of “one.txt”" in told
    assert "7 problems" in told
    for language, row in (("es", "fila 4"), ("pt", "linha 4"), ("fr", "ligne 4")):
        assert row in run("--language", language, "ingest", folder, "--check")[1]
