"""Results of an ingest are written in bulk: few statements of the database for each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk import Desk
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine as Database
from sqlalchemy.orm import Session

from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.ingest.tasks import task_for
from indexing.store.entities import EntityMarkRow, EntityRow

LETTER = (
    "Oficio de la Fiscalía General de la Nación.\n\n"
    "Se solicita la declaración de Ana Bengoechea Larrañaga, con pasaporte {number}, y de Luis Arizmendi Goñi."
)
# Entering a file within the quota of its collection, and two tasks: one for words, one for vectors; the rest is written
# in bulk.
STATEMENTS_A_DOCUMENT = 17
STATEMENTS_A_TASK = 4


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.installation.close()


@contextmanager
def statements() -> Iterator[Counter[str]]:
    """Count the statements executed within the block by their first words."""
    counted: Counter[str] = Counter()

    def count(connection: object, cursor: object, statement: str, *others: object) -> None:
        counted[" ".join(statement.split()[:3])] += 1

    event.listen(Database, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(Database, "before_cursor_execute", count)


def letters(desk: Desk, first: int, number: int) -> list[Path]:
    return [desk.write(f"{n}.txt", LETTER.format(number=100_000 + n), "files") for n in range(first, first + number)]


def test_a_further_document_takes_few_statements(desk: Desk) -> None:
    totals = []
    for first, number in ((0, 4), (10, 24)):
        with statements() as counted:
            report = ingest(desk.installation, letters(desk, first, number), IngestOptions("files"), workers=1)
        assert report.indexed == number
        totals.append(counted.total())
    assert (totals[1] - totals[0]) / 20 <= STATEMENTS_A_DOCUMENT


def test_a_task_takes_few_statements(desk: Desk, tmp_path: Path) -> None:
    name = desk.bring("a.txt", LETTER.format(number=1), "files")
    document = desk.store.document(desk.store.access(LOCAL_USER), name)
    with statements() as counted:
        task_for(desk.installation, document, tmp_path)
    assert counted.total() <= STATEMENTS_A_TASK


def test_entities_of_several_documents_are_those_of_each(desk: Desk) -> None:
    ingest(desk.installation, letters(desk, 0, 3), IngestOptions("files"), workers=1)
    ingest(desk.installation, letters(desk, 0, 3), IngestOptions("files"), workers=1)
    with Session(desk.store.database) as session:
        people = session.execute(
            select(EntityRow.document, func.count()).where(EntityRow.label == "PERSON").group_by(EntityRow.document)
        ).all()
        marked = session.scalars(select(EntityMarkRow.mark).where(EntityMarkRow.mark.like("word:%"))).all()
    assert [number for _, number in people] == [2, 2, 2]
    assert Counter(marked) == dict.fromkeys(
        [f"word:{word}" for word in ("ana", "bengoechea", "larranaga", "luis", "arizmendi", "goni")], 3
    )
