"""New documents are found by words at once; their vectors follow, also after an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_models import write_encoder

from app.jobs import run_pending
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest import encoding
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import add_vectors, ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest, SearchResult
from indexing.search.search import search
from indexing.settings import Settings

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

    def with_gone(installation: Installation) -> list[str]:
        return ["gone", *whole(installation)]

    monkeypatch.setattr(encoding, "waiting_for_vectors", with_gone)
    monkeypatch.setattr("indexing.ingest.ingest.waiting_for_vectors", with_gone)
    add_vectors(desk, 10)
    with pytest.raises(RogatioError):
        desk.store.document(desk.store.access(LOCAL_USER), "gone")
    assert first not in whole(desk)
