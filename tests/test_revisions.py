"""Writes name the revision on which they are based: no lost correction, no premature index state."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, law
from hashed_encoder import hashed_encoder
from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.ingest import corrections as keeping
from indexing.ingest import index_writing
from indexing.ingest.corrections import correct as correct_document
from indexing.ingest.corrections import newest_page_text
from indexing.ingest.index_writing import superseded, write_prepared
from indexing.ingest.ingest import ingest, process_pending
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.reindexing import reindex
from indexing.ingest.tasks import task_for
from indexing.records.record import Record
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.store.entities import EntityRow
from indexing.store.index_entries import encoder_of, pending
from indexing.store.rows import StoredDocument
from indexing.store.schema import IndexEntryRow
from nlp import pipeline
from nlp.annotations import Annotations
from nlp.transformer import Vector

LETTER = "Carta rogatoria.\n\nSe solicita la declaración de la testigo {name}, titular de la cédula 1.234.567-8.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.installation.close()


def stored(desk: Desk, document: str) -> StoredDocument:
    return desk.store.document(desk.store.access(LOCAL_USER), document)


def titles(desk: Desk, query: str = "testigo") -> list[str]:
    return sorted(hit.title for hit in search(desk.installation, SearchRequest(query, mode="words")).hits)


def not_current(desk: Desk, collection: str = "public") -> list[str]:
    engine = desk.installation.engine
    return pending(desk.store, engine.name, collection, engine.generation("public"))


def entities(desk: Desk, document: str) -> list[str]:
    with Session(desk.store.database) as session:
        return list(session.scalars(select(EntityRow.name).where(EntityRow.document == document)))


@pytest.fixture
def record_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a correction go no further than the store, as where the process dies behind it."""
    monkeypatch.setattr(keeping, "process_pending", lambda installation: None)


def test_a_correction_made_while_a_worker_has_the_document_is_kept(desk: Desk, record_only: None) -> None:
    document = stored(desk, desk.bring("carta.txt", LETTER.format(name="Ana")))
    scratch = desk.folder / "scratch"
    scratch.mkdir()
    prepared = prepare_in_worker(task_for(desk.installation, document, scratch, read=False))
    correct_document(desk.installation, document.id, {"title": "Exhorto 7"})
    made = [(document, prepared)]
    written = write_prepared(desk.installation, desk.installation.engine, made)
    assert stored(desk, document.id).title == "Exhorto 7"
    assert [one.revision for one in superseded(desk.store, made, written)] == [1]
    process_pending(desk.installation)
    assert titles(desk) == [stored(desk, document.id).title] == ["Exhorto 7"]


def test_a_correction_made_between_the_engine_and_the_store_is_kept(
    desk: Desk, record_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    correct_document(desk.installation, document, {"date": "2020-05-03"})
    monkeypatch.setattr(desk.installation.engine, "refresh", lambda partition: correct_once())
    corrections = iter(["Exhorto 7"])

    def correct_once() -> None:
        for title in corrections:
            correct_document(desk.installation, document, {"title": title})

    process_pending(desk.installation)
    assert (stored(desk, document).title, stored(desk, document).processed_revision) == ("Exhorto 7", 2)
    assert titles(desk) == ["Exhorto 7"]
    assert not_current(desk) == []


@pytest.mark.parametrize("repair", ["ingest", "reindex"])
def test_a_correction_that_did_not_reach_the_index_does_so_with_the_next_run(
    desk: Desk, record_only: None, repair: str
) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    correct_document(desk.installation, document, {"title": "Exhorto 7"})
    assert titles(desk) != ["Exhorto 7"]
    assert not_current(desk) == [document]
    if repair == "ingest":
        desk.ingest("other.txt", "Acta de otra cosa.")
    else:
        reindex(desk.installation, workers=1)
    assert titles(desk) == ["Exhorto 7"]
    assert not_current(desk) == []


def test_a_correction_made_while_its_partition_is_rebuilt_is_kept(desk: Desk, record_only: None) -> None:
    documents = [desk.bring(f"{name}.txt", LETTER.format(name=name)) for name in ("Ana", "Eva", "Inés", "Olga")]

    def correct(done: int, known: int) -> None:
        if done == 2:
            for document in documents:
                correct_document(desk.installation, document, {"title": f"Exhorto {documents.index(document)}"})

    reindex(desk.installation, on_progress=correct, workers=1)
    assert titles(desk) == [f"Exhorto {number}" for number in range(4)]
    assert [stored(desk, document).title for document in documents] == titles(desk)
    assert not_current(desk) == []


def test_a_rebuild_that_breaks_off_claims_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    before = stored(desk, document)
    with monkeypatch.context() as patched:
        patched.setattr("nlp.pipeline.version", lambda: "pipeline@next")
        patched.setattr("indexing.ingest.reindexing.prepare_in_worker", prepare_in_worker)
        patched.setattr(EmbeddedEngine, "rebuild", broken_rebuild)
        with pytest.raises(RuntimeError):
            reindex(desk.installation, workers=1)
    assert stored(desk, document) == before
    assert not_current(desk) == []


def broken_rebuild(self: EmbeddedEngine, partition: str, batches: Iterable[Iterable[Record]]) -> str:
    for batch in batches:
        assert list(batch)
    raise RuntimeError("the disk is full")


def test_another_engine_says_nothing_of_this_one(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """State is kept for each engine, so that one that was filled later is not taken for the other."""
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    other = EmbeddedEngine(tmp_path / "other")
    monkeypatch.setattr(EmbeddedEngine, "name", property(lambda self: "other" if self is other else "embedded"))
    monkeypatch.setattr(
        desk.installation, "open_engine", lambda name: other if name == "other" else desk.installation.engine
    )
    with Session(desk.store.database) as session:
        before = {row.engine: (row.generation, row.encoder) for row in session.scalars(select(IndexEntryRow))}
    reindex(desk.installation, "other", workers=1)
    with Session(desk.store.database) as session:
        after = {row.engine: (row.generation, row.encoder) for row in session.scalars(select(IndexEntryRow))}
    assert before.keys() == {"embedded"}
    assert after == before | {"other": (other.generation("public"), before["embedded"][1])}
    assert after["other"][0] != after["embedded"][0]
    correct_document(desk.installation, document, {"title": "Exhorto 7"})
    assert pending(desk.store, "other", "public", other.generation("public")) == [document]
    assert not_current(desk) == []


def test_an_index_that_was_lost_is_written_again(desk: Desk) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    engine = desk.installation.engine
    assert encoder_of(desk.store, engine.name, engine.generation("public"), document) is not None
    engine.close()
    shutil.rmtree(desk.folder / "home" / "index")
    assert encoder_of(desk.store, engine.name, engine.generation("public"), document) is None
    report = ingest(desk.installation, [desk.folder / "public" / "carta.txt"], workers=1)
    assert (report.indexed, report.unchanged) == (1, 0)
    assert len(titles(desk)) == 1


def test_entities_are_written_with_the_state_of_the_index(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of them cannot be written the other is not either, and the next run writes both."""
    text = "Oficio de la Fiscalía General de la Nación.\n\nSe solicita la declaración de Ana Bengoechea Larrañaga."
    with monkeypatch.context() as patched:
        patched.setattr(index_writing, "replace_entities", broken)
        with pytest.raises(RuntimeError):
            desk.bring("carta.txt", text, "files-of-uy")
    (document,) = desk.store.documents(desk.store.access(LOCAL_USER))
    assert entities(desk, document.id) == []
    desk.ingest("carta.txt", text, "files-of-uy")
    assert "Ana Bengoechea Larrañaga" in entities(desk, document.id)


def broken(*arguments: object) -> None:
    raise RuntimeError("the connection is lost")


@pytest.mark.parametrize(
    ("field", "value", "page"),
    [("title", "Exhorto 7", 0), ("jurisdiction", "AR", 0), ("page_text", "La testigo Olga dijo.", 1)],
)
def test_text_and_annotations_are_of_one_revision(
    desk: Desk, record_only: None, field: str, value: str, page: int
) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    access = desk.store.access(LOCAL_USER)
    read: list[Callable[[], object]] = [
        lambda: desk.store.reading(access, document),
        lambda: desk.store.text(access, document),
        lambda: desk.store.annotations(access, document),
    ]
    before = [one() for one in read]
    correct_document(desk.installation, document, {field: value}, page=page)
    assert [one() for one in read] == before
    process_pending(desk.installation)
    assert ([one() for one in read] == before) == (field == "title")
    assert len(list((desk.folder / "home" / "derived").rglob("annotations-*"))) == 1


def test_validity_is_that_of_the_engine_which_has_it(desk: Desk) -> None:
    old = desk.bring("old.md", law("2010-02-01", "cinco"))
    desk.bring("new.md", law("2015-03-01", "ocho"))
    assert not_current(desk) == []
    process_pending(desk.installation)
    with Session(desk.store.database) as session:
        written = session.scalar(select(IndexEntryRow.validity).where(IndexEntryRow.document == old))
    assert written == "2010-02-01/2015-03-01/2010-02-01/2015-03-01"


def test_another_title_or_date_annotates_and_encodes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, encoded, annotated = hashed_encoder(), list[str](), list[str]()
    passages, annotate = encoder.passages, pipeline.annotate

    def encoding(texts: Sequence[str]) -> Vector:
        encoded.extend(texts)
        return passages(texts)

    def annotating(text: str, *rest: Any, **named: Any) -> Annotations:
        annotated.append(text)
        return annotate(text, *rest, **named)

    monkeypatch.setattr(encoder, "passages", encoding)
    monkeypatch.setattr("indexing.vectors.encoder._open", lambda folder, configured: encoder)
    monkeypatch.setattr(pipeline, "annotate", annotating)
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    assert (len(encoded), len(annotated)) == (1, 1)
    correct_document(desk.installation, document, {"title": "Exhorto 7", "date": "2020-05-03"})
    assert (len(encoded), len(annotated)) == (1, 1)
    (hit,) = search(desk.installation, SearchRequest("testigo", mode="words")).hits
    assert (hit.title, hit.date) == ("Exhorto 7", "2020-05-03")
    correct_document(desk.installation, document, {"jurisdiction": "AR", "document_type": "rogatory_letter"})
    assert len(annotated) == 2


def test_fields_corrected_together_are_one_revision(desk: Desk, record_only: None) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    fields = {"title": "Exhorto 7", "jurisdiction": "España", "date": "2020", "page_text": "La testigo dijo."}
    correct_document(desk.installation, document, fields, page=1)
    now = stored(desk, document)
    assert (now.revision, now.title, now.jurisdiction, now.date, now.is_pending) == (1, "Exhorto 7", "ES", "2020", True)
    access = desk.store.access(LOCAL_USER)
    assert {(one.field, one.page, one.revision) for one in desk.store.corrections(access, document)} == {
        ("title", 0, 1),
        ("jurisdiction", 0, 1),
        ("date", 0, 1),
        ("page_text", 1, 1),
    }
    assert newest_page_text(desk.store, access, document, 1) == "La testigo dijo."
    process_pending(desk.installation)
    assert not stored(desk, document).is_pending


def test_a_correction_of_what_somebody_else_corrected_meanwhile_is_refused(desk: Desk, record_only: None) -> None:
    document = desk.bring("carta.txt", LETTER.format(name="Ana"))
    correct_document(desk.installation, document, {"title": "Exhorto 7"}, revision=0)
    with pytest.raises(RogatioError, match=r"indexing\.document_changed"):
        correct_document(desk.installation, document, {"title": "Carta rogatoria", "date": "2020"}, revision=0)
    assert (stored(desk, document).title, stored(desk, document).date) == ("Exhorto 7", "")
    correct_document(desk.installation, document, {"date": "2020"}, revision=1)
    assert stored(desk, document).revision == 2
