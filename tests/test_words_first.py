"""New documents are found by words at once; their vectors follow, also after an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_models import write_encoder

from app.job_steps import run_pending
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest import encoding, vector_parts
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.corrections import remove
from indexing.ingest.ingest import add_vectors, ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest, SearchResult
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.reading import Selection

WORDS = "blanqueo capitales decomiso bienes testigo exhorto".split()
TEXT = "El exhorto pide oír al testigo {} sobre el blanqueo de capitales y los bienes.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(Settings(tmp_path / "home", encoder=write_encoder(tmp_path / "encoder", WORDS)))
    yield installation
    installation.close()


@pytest.fixture
def letters(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    return sorted(folder.iterdir())


def found(installation: Installation, mode: str) -> SearchResult:
    return search(installation, SearchRequest("decomiso de bienes" if mode == "meaning" else "exhorto", mode=mode))


def test_all_are_found_by_words_before_the_first_is_encoded(desk: Installation, letters: list[Path]) -> None:
    seen: list[tuple[int, int, int, int]] = []

    def on_vectors(done: int, known: int) -> None:
        words, meaning = found(desk, "words"), found(desk, "meaning")
        seen.append((done, known, len(words.hits), len(meaning.hits)))

    ingest(desk, letters, on_vectors=on_vectors)
    assert seen[0] == (0, 3, 3, 0)
    assert seen[-1] == (3, 3, 3, 3)
    assert found(desk, "meaning").words_only == 0


def test_vectors_left_out_follow_in_parts_and_are_announced_meanwhile(desk: Installation, letters: list[Path]) -> None:
    ingest(desk, letters, on_vectors=None)
    assert len(found(desk, "words").hits) == 3
    assert found(desk, "both").words_only == 3
    assert found(desk, "words").words_only == 0, "nothing is missing from a search by words"
    assert add_vectors(desk, 2) == 2
    assert found(desk, "meaning").words_only == 1
    assert add_vectors(desk, 2) == 1
    assert add_vectors(desk, 2) == 0
    assert len(found(desk, "meaning").hits) == 3


def test_the_documents_of_an_upload_are_counted_alone(desk: Installation, letters: list[Path]) -> None:
    ingest(desk, letters, on_vectors=None)
    access = desk.store.access(LOCAL_USER)
    first, *_ = desk.store.every_document(access)
    assert [desk.words_only(access, among) for among in (None, [first.id], [])] == [3, 1, 0]
    many = [first.id, *(f"{number:024}" for number in range(70_000))]
    assert desk.words_only(access, many) == 1, "more ids than PostgreSQL takes in a statement"


def test_documents_of_others_are_not_counted(desk: Installation, letters: list[Path]) -> None:
    ingest(desk, letters, IngestOptions(collection="fiscalia"), on_vectors=None)
    request = SearchRequest("exhorto")
    assert search(desk, request, Principal("officer", frozenset({"fiscalia"}))).words_only == 3
    assert search(desk, request, Principal("stranger", frozenset({"public"}))).words_only == 0


def test_an_ingest_that_died_between_words_and_vectors_is_continued(
    desk: Installation, letters: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*arguments: object) -> int:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("indexing.ingest.ingest.encode_waiting", die)
        with pytest.raises(Killed):
            ingest(desk, letters)
    assert found(desk, "both").words_only == 3
    report = ingest(desk, letters)
    assert (report.indexed, report.unchanged) == (3, 3)
    assert len(found(desk, "meaning").hits) == 3


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a text of several passages, which count as a large document."""
    monkeypatch.setattr(encoding, "LARGE", 2)
    monkeypatch.setattr(vector_parts, "PASSAGES_OF_A_PART", 2)
    path = tmp_path / "code.txt"
    path.write_text("\n".join(TEXT.format(f"número {number}") for number in range(120)), encoding="utf-8")
    return path


def vector_files(installation: Installation) -> list[str]:
    return sorted(path.name.partition("-part")[2][:16] for path in installation.settings.home.rglob("vectors-*"))


def vectors(installation: Installation) -> dict[int, list[float]]:
    """Return the stored vectors of all documents by the digest of their text."""
    store = installation.store
    documents = store.every_document(store.access(LOCAL_USER), Selection())
    rows = [store.derived.vectors(document.sha256, document.id, "tiny-encoder@1", 8) for document in documents]
    return {int(row["digest"]): row["vector"].round(3).tolist() for some in rows for row in some}


def test_a_large_document_is_encoded_in_parts_and_tells_how_far(desk: Installation, code: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    ingest(desk, [code], on_vectors=lambda done, known: seen.append((done, known)))
    (known,) = {known for _, known in seen}
    steps = [done for done, _ in seen]
    assert len(set(steps)) > 3
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, known)
    assert vector_files(desk) == [""], "one file has the vectors of all parts"
    whole = Installation(replace(desk.settings, home=tmp_path / "whole"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(encoding, "LARGE", 10_000)
        ingest(whole, [code])
    assert vectors(whole) == vectors(desk)
    assert len(vectors(whole)) == known
    whole.close()


def test_parts_that_are_encoded_are_kept_when_the_process_dies(desk: Installation, code: Path) -> None:
    class Killed(BaseException):
        pass

    def die(done: int, known: int) -> None:
        if done:
            raise Killed

    with pytest.raises(Killed):
        ingest(desk, [code], on_vectors=die)
    kept = vector_files(desk)
    assert kept
    assert all(kept)
    assert not found(desk, "meaning").hits
    seen: list[int] = []
    ingest(desk, [code], on_vectors=lambda done, known: seen.append(done))
    assert found(desk, "meaning").hits
    assert vector_files(desk) == [""]


def test_nothing_is_left_of_a_large_document_that_is_deleted_meanwhile(desk: Installation, code: Path) -> None:
    def delete(done: int, known: int) -> None:
        store = desk.store
        for document in store.every_document(store.access(LOCAL_USER), Selection()) if done else ():
            remove(desk, document.id)

    ingest(desk, [code], on_vectors=delete)
    assert vector_files(desk) == []
    assert not found(desk, "words").hits


def test_a_server_adds_vectors_after_uploads(desk: Installation, letters: list[Path]) -> None:
    ingest(desk, letters, on_vectors=None)
    assert run_pending(desk)
    assert not run_pending(desk), "nothing is left"
    assert len(found(desk, "meaning").hits) == 3


def test_a_document_deleted_meanwhile_is_passed_over(
    desk: Installation, letters: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(desk, letters, on_vectors=None)
    (first, *_) = encoding.waiting_for_vectors(desk)
    whole = encoding.waiting_for_vectors

    def with_gone(installation: Installation) -> dict[str, int]:
        return {"gone": encoding.LARGE, **whole(installation)}

    monkeypatch.setattr(encoding, "waiting_for_vectors", with_gone)
    monkeypatch.setattr("indexing.ingest.ingest.waiting_for_vectors", with_gone)
    add_vectors(desk, 10)
    with pytest.raises(RogatioError):
        desk.store.document(desk.store.access(LOCAL_USER), "gone")
    assert first not in whole(desk)
