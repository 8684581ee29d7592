"""Expressions whose period of validity another one changes are reindexed, by checking only affected works."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk import LETTER, Desk, law
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from test_ingest import KILLED

from indexing.ingest.corrections import delete
from indexing.ingest.index_writing import outdated_expressions
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.index_entries import unmark
from indexing.store.schema import DocumentRow, ExpressionRow, WorkRow
from indexing.store.writing import writing


def of(number: int, text: str) -> str:
    return text.replace("19574", str(19574 + number))


def marked(installation: Installation) -> dict[str, datetime]:
    with Session(installation.store.database) as session:
        rows = session.execute(select(WorkRow.id, WorkRow.changed).where(WorkRow.changed.is_not(None)))
        return {work: changed for work, changed in rows.tuples() if changed}


def in_force(installation: Installation) -> list[str]:
    return sorted({hit.source for hit in search(installation, SearchRequest("dinero", mode="words")).hits})


@contextmanager
def rows_read() -> Iterator[Counter[str]]:
    """Count the rows of documents and of versions that the store reads meanwhile."""
    read: Counter[str] = Counter()

    def count(row: object, _: object) -> None:
        read[type(row).__name__] += 1

    for table in (DocumentRow, ExpressionRow):
        event.listen(table, "load", count)
    try:
        yield read
    finally:
        for table in (DocumentRow, ExpressionRow):
            event.remove(table, "load", count)


def test_how_many_laws_a_collection_holds_does_not_matter(tmp_path: Path) -> None:
    found = []
    for held in (1, 6):
        folder = tmp_path / str(held)
        folder.mkdir()
        desk = Desk(folder)
        for number in range(held):
            desk.bring(f"{number}.md", of(number, law("2010-02-01", "cinco")))
        desk.ingest("first.txt", LETTER)  # looks at what was brought
        assert not marked(desk.installation)
        with rows_read() as letter:
            desk.ingest("letter.txt", LETTER + " Urgente.")
        with rows_read() as version:
            desk.ingest("new.md", law("2015-03-01", "ocho"))
        assert in_force(desk.installation) == [*(f"{number}.md" for number in range(1, held)), "new.md"]
        assert not marked(desk.installation)
        found.append((letter, version))
        desk.installation.close()
    assert found[0] == found[1]
    assert found[0][0]["ExpressionRow"] == 0 < found[0][1]["ExpressionRow"]


@pytest.mark.parametrize(
    "point",
    ["indexing.ingest.index_writing:confirm", "indexing.ingest.batch_log:add_items"],
)
def test_what_a_run_that_was_killed_left_is_made_good_by_the_next(tmp_path: Path, point: str) -> None:
    desk = Desk(tmp_path)
    desk.bring("old.md", law("2010-02-01", "cinco"))
    desk.installation.close()
    new = desk.write("new.md", law("2015-03-01", "ocho"))
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    arguments = [sys.executable, script, tmp_path / "home", new, point, "1", "after"]
    killed = subprocess.run(arguments, cwd=Path(__file__).parent.parent, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    installation = Installation(Settings(tmp_path / "home"))
    assert in_force(installation) == ["new.md", "old.md"]
    ingest(installation, [desk.write("letter.txt", LETTER)], workers=1)
    assert in_force(installation) == ["new.md"]
    installation.close()


def test_a_mark_that_was_set_anew_is_not_taken(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("law.md", law("2010-02-01", "cinco"))
    ((work, moment),) = marked(desk.installation).items()
    with writing(desk.store) as session:
        unmark(session, [(work, moment.replace(tzinfo=UTC) - timedelta(seconds=1))])
    assert marked(desk.installation) == {work: moment}
    assert outdated_expressions(desk.store, "embedded", ["files-of-fr"]) == []
    assert marked(desk.installation) == {work: moment}
    assert outdated_expressions(desk.store, "embedded", ["public"]) == []
    assert not marked(desk.installation)


def test_a_version_that_goes_marks_those_that_stay(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    old = desk.bring("old.md", law("2010-02-01", "cinco"))
    new = desk.bring("new.md", law("2015-03-01", "ocho"))
    assert outdated_expressions(desk.store, "embedded", ["public"]) == [old]
    assert marked(desk.installation)  # until it is written anew
    delete(desk.installation, new)
    assert in_force(desk.installation) == ["old.md"]
    delete(desk.installation, old)
    with Session(desk.store.database) as session:
        assert session.scalars(select(WorkRow)).all() == []
