"""A workspace file becomes a workspace with its discussion, and assessments of a gap matrix."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from desk import Desk

from app.accounts.accounts import add_account
from app.cli import rogatio
from app.demonstration.corpus import write_legislation
from app.demonstration.workspace import write_workspace
from app.gap_matrix.verdicts import CellKey, history
from app.rooms.comments import comments
from app.rooms.importing import WorkspaceFile, import_workspaces
from app.rooms.rooms import rooms
from app.rooms.snapshots import snapshots
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import WORKSPACE, IngestOptions, incoming, inventory

CONDUCT = "convierta, transfiera u oculte bienes de origen ilícito, a sabiendas"
LAW = f"""---
title: "Ley N° 100 contra el lavado de activos"
country: "uy"
official_type: "Ley"
official_number: "100"
year: "2019"
---
# Ley N° 100

## Artículo 1. Lavado de activos.

El que {CONDUCT}, será castigado con dos a diez años de prisión.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.installation.close()


def workspace(folder: Path, **changed: Any) -> Path:
    evidence = [{"sha256": hashlib.sha256(LAW.encode()).hexdigest(), "words": CONDUCT}]
    content = {
        "name": "Grupo de trabajo",
        "concept": "ML",
        "countries": ["UY"],
        "language": "es",
        "snapshots": ["Primera reunión"],
        "threads": [
            {
                "element": "penalty",
                "country": "UY",
                "author": "Ana",
                "text": "¿Comparamos máximos?",
                "answers": [{"author": "Rui", "text": "De acordo."}],
                "resolved_by": "Ana",
            }
        ],
        "assessments": [
            {
                "instrument": "UNTOC_6",
                "element": "conversion",
                "country": "UY",
                "verdict": "implemented",
                "author": "Ana",
                "evidence": evidence,
                "confirmed_by": "Rui",
            }
        ],
    }
    path = folder / f"group{WORKSPACE}"
    path.write_text(json.dumps(content | changed), encoding="utf-8")
    return path


def test_a_workspace_is_imported_once(desk: Desk) -> None:
    desk.bring("ley.md", LAW)
    path = workspace(desk.folder / "public")
    store = desk.store
    (path.parent / ".nota.txt").write_text("oculta", encoding="utf-8")
    found = inventory([path.parent, path], IngestOptions())
    assert [file.name for file in found.files] == ["ley.md"]
    assert [[one.name for one in paths] for paths in (found.workspaces, found.hidden)] == [[path.name], [".nota.txt"]]
    assert [import_workspaces(desk.installation, found.workspaces) for _ in range(2)] == [1, 0]
    assert [file.name for file in incoming([path.parent], IngestOptions())] == ["ley.md"]
    (room,) = rooms(store, LOCAL_USER)
    assert {one.principal for one in room.members} == {"local", "Ana", "Rui"}
    head, answer = comments(store, store.access(LOCAL_USER), LOCAL_USER, room.id)
    assert (head.author, head.resolved_by, answer.author, answer.parent) == ("Ana", "Ana", "Rui", head.id)
    assert [one.label for one in snapshots(store, LOCAL_USER, room.id)] == ["Primera reunión"]
    (verdict,) = history(store, store.access(LOCAL_USER), CellKey("public", "UNTOC_6", "conversion", "UY"))
    assert (verdict.author, verdict.confirmed, verdict.evidence[0].pinpoint) == ("Ana", True, "art. 1")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"threads": [{"element": "none", "country": "UY", "author": "Ana", "text": "?"}]}, "app.no_such_cell"),
        ({"unknown": 1}, "app.workspace_unreadable"),
        (
            {
                "assessments": [
                    {
                        "instrument": "UNTOC_6",
                        "element": "conversion",
                        "country": "UY",
                        "verdict": "implemented",
                        "author": "Ana",
                        "evidence": [{"sha256": "0" * 64, "words": "nada"}],
                    }
                ]
            },
            "app.workspace_words_not_found",
        ),
    ],
)
def test_a_workspace_that_does_not_fit_is_refused(desk: Desk, changed: dict[str, Any], code: str) -> None:
    desk.bring("ley.md", LAW)
    with pytest.raises(RogatioError) as refused:
        import_workspaces(desk.installation, [workspace(desk.folder, **changed)])
    assert refused.value.code == code


def test_where_there_are_accounts_nobody_speaks_for_others(desk: Desk) -> None:
    add_account(desk.store, "ana", "expert", author="test")
    with pytest.raises(RogatioError) as refused:
        import_workspaces(desk.installation, [workspace(desk.folder)])
    assert refused.value.code == "app.workspace_needs_single_user"


def test_the_demonstration_writes_a_workspace_about_its_own_laws(tmp_path: Path) -> None:
    corpus = list(write_legislation(tmp_path, documents=1, seed=3))
    written = msgspec.json.decode(write_workspace(tmp_path, corpus).read_bytes(), type=WorkspaceFile)
    laws = {hashlib.sha256((tmp_path / one.path).read_bytes()).hexdigest(): one for one in corpus}
    assert any(assessment.evidence for assessment in written.assessments)
    for assessment in written.assessments:
        for quoted in assessment.evidence:
            law = laws[quoted.sha256]
            assert law.draft.jurisdiction == assessment.country
            assert any(quoted.words in paragraph.text for paragraph in law.draft.paragraphs)
    assert {thread.country for thread in written.threads} <= set(written.countries)


def test_an_ingest_reads_a_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ley.md").write_text(LAW, encoding="utf-8")
    (folder / ".oculta.txt").write_text("oculta", encoding="utf-8")
    walked, walk = list[str](), os.walk
    monkeypatch.setattr(os, "walk", lambda top, **options: walked.append(str(top)) or walk(top, **options))
    result = CliRunner().invoke(rogatio, ["ingest", str(folder)], env={"ROGATIO_HOME": str(tmp_path / "home")})
    assert result.exit_code == 0
    assert ".oculta.txt" in result.stderr
    assert walked.count(str(folder)) == 1
