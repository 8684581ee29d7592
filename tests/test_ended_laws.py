"""Ended laws: however the files state the end, no expression is in force afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, law

from indexing.access import LOCAL_USER
from indexing.ingest.reindexing import reindex
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.works.provision_history import law_of
from indexing.works.works import Work


def without_a_start(said: str) -> str:
    return law("", "dos").replace('in_force_from: ""', said)


def also(said: str, start: str = "2018-01-10", years: str = "dos") -> str:
    return law(start, years).replace("---\n#", f"{said}\n---\n#")


def stored_work(desk: Desk, document: str) -> Work:
    return law_of(desk.store, desk.store.access(LOCAL_USER), document)


def hit_sources(desk: Desk, day: str) -> list[str]:
    result = search(desk.installation, SearchRequest(f"convierta dinero in_force:{day}", mode="words"))
    return sorted(hit.source for hit in result.hits)


@pytest.mark.parametrize(
    ("said", "last_day", "first_day_without"),
    [
        (without_a_start('status: "repealed"\nlast_updated: "2024-11-20"'), "2024-11-19", "2024-11-20"),
        (also('repeal_date: "2024-11-20"'), "2024-11-19", "2024-11-20"),
        (also('in_force_to: "2024-11-19"'), "2024-11-19", "2024-11-20"),
    ],
)
def test_a_file_that_says_so_ends_the_law(tmp_path: Path, said: str, last_day: str, first_day_without: str) -> None:
    desk = Desk(tmp_path)
    old = desk.bring("held.md", law("2018-01-10", "dos"))
    assert stored_work(desk, old).last is None
    assert hit_sources(desk, "today") == ["held.md"]
    desk.bring("over.md", said)
    reindex(desk.installation)
    assert "held.md" in hit_sources(desk, last_day)
    assert hit_sources(desk, first_day_without) == []
    assert hit_sources(desk, "today") == []
    work = stored_work(desk, old)
    assert work.last
    assert work.last.validity.end == first_day_without


def test_a_version_that_follows_continues(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    old = desk.bring("2018.md", also('in_force_to: "2020-06-30"'))
    desk.bring("2020.md", law("2020-07-01", "tres"))
    work = stored_work(desk, old)
    assert work.last is None
    assert work.newest
    assert work.newest.validity.start == "2020-07-01"


def test_the_version_of_today_represents_the_law(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("future.md", law("2999-01-01", "nueve"))
    desk.bring("undated.md", without_a_start('status: "in_force"'))
    current = desk.bring("2018.md", law("2018-01-10", "dos"))
    newest = stored_work(desk, current).newest
    assert newest
    assert newest.document == current
