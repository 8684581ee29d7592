"""Words of deleted documents leave the index of Elasticsearch by a job; until then Lucene keeps them in segments."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from engine_kinds import elasticsearch_url
from web_site import site

from app import jobs
from app.cli import rogatio
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, PUBLIC_PARTITION
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.corrections import delete
from indexing.ingest.ingest import ingest
from indexing.ingest.moves import move
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.deletion import expunge_removed
from indexing.store.reading import Selection

WORD = "zarzaparrilla"
LAW = "LEY 15/2030\n\nArtículo 1. Objeto.\nLa presente ley castiga {}.\n"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation with three laws, one of which has ``WORD``, in an Elasticsearch."""
    folder = tmp_path / "in"
    folder.mkdir()
    for what in ("el cohecho", "el blanqueo", f"la {WORD}"):
        (folder / f"{what}.txt").write_text(LAW.format(what))
    prefix = f"t{uuid4().hex[:10]}"
    settings = Settings(tmp_path / "home", "elasticsearch", elasticsearch_url(), elasticsearch_prefix=prefix)
    installation = Installation(settings)
    ingest(installation, [folder], IngestOptions("public"))
    yield installation
    for partition in installation.engine.partitions():
        installation.engine.drop(partition)
    installation.close()


def law(installation: Installation) -> str:
    access = installation.store.access(LOCAL_USER)
    return next(one.id for one in installation.store.every_document(access) if WORD in one.source)


def has_word(installation: Installation, partition: str = PUBLIC_PARTITION) -> bool:
    """Return whether the dictionary of terms of the index has the word, in living or removed records.

    A prefix is expanded to terms of the dictionary when the query is rewritten.
    """
    engine = installation.engine
    assert isinstance(engine, ElasticEngine)
    (index,) = engine.indices.live(partition)
    prefix = {"prefix": {"plain": {"value": WORD[:6], "rewrite": "top_terms_10"}}}
    explained = engine._client.indices.validate_query(index=index, query=prefix, explain=True, rewrite=True).body
    return WORD in str(explained["explanations"])


@pytest.mark.elasticsearch
def test_a_job_removes_the_words_of_a_deleted_law(held: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_word(held)
    delete(held, law(held))
    assert has_word(held), "what the job is for"
    monkeypatch.setattr(jobs, "REQUEUE_SECONDS", 0.2)
    app = site(held.settings)
    app.extensions["jobs"].start()
    try:
        for _ in range(1200):
            if not has_word(held):
                break
            time.sleep(0.1)
        assert not has_word(held)
    finally:
        app.extensions["jobs"].stop()
    assert held.engine.count(PUBLIC_PARTITION) > 0


class Recording(EmbeddedEngine):
    """An engine that has to be expunged, and what is done meanwhile."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)
    expunged: list[str]

    def expunges_later(self, partition: str) -> bool:
        return True

    def expunge(self, partition: str) -> None:
        self.expunged.append(partition)
        self.meanwhile()


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[tuple[Installation, Recording]]:
    """Give an installation with two letters and two laws, and its engine."""
    installation = Installation(Settings(tmp_path / "home"))
    engine = Recording(tmp_path / "home")
    engine.expunged = []
    installation.__dict__["engine"] = engine
    for collection in ("public", "paris"):
        (tmp_path / collection).mkdir()
        for what in ("el cohecho", "el blanqueo"):
            (tmp_path / collection / f"{what}.txt").write_text(LAW.format(f"{what} {collection}"))
        ingest(installation, [tmp_path / collection], IngestOptions(collection))
    yield installation, engine
    installation.close()


def of(installation: Installation, collection: str) -> list[str]:
    access = installation.store.access(LOCAL_USER)
    return [one.id for one in installation.store.every_document(access, Selection(collection=collection))]


def test_each_partition_is_expunged_once(recorded: tuple[Installation, Recording]) -> None:
    installation, engine = recorded
    expunge_removed(installation.store, engine)
    assert engine.expunged == []
    for document in of(installation, "public"):
        delete(installation, document)
    move(installation, of(installation, "paris")[:1], "lima", "")
    for _ in range(2):
        expunge_removed(installation.store, engine)
        assert engine.expunged == ["authority-paris", "public"]


def test_what_is_deleted_meanwhile_is_left_to_the_next_job(recorded: tuple[Installation, Recording]) -> None:
    installation, engine = recorded
    first, second = of(installation, "public")
    delete(installation, first)
    engine.meanwhile = lambda: delete(installation, second)
    expunge_removed(installation.store, engine)
    engine.meanwhile = lambda: None
    expunge_removed(installation.store, engine)
    expunge_removed(installation.store, engine)
    assert engine.expunged == ["public", "public"]


def test_an_engine_that_does_not_answer_is_asked_again(recorded: tuple[Installation, Recording]) -> None:
    installation, engine = recorded
    delete(installation, of(installation, "public")[0])

    def away() -> None:
        raise RogatioError("indexing.elasticsearch_unreachable", reason="")

    engine.meanwhile = away
    with pytest.raises(RogatioError, match="elasticsearch_unreachable"):
        expunge_removed(installation.store, engine)
    engine.meanwhile = lambda: None
    expunge_removed(installation.store, engine)
    assert engine.expunged == ["public", "public"]


@pytest.mark.elasticsearch
def test_the_command_removes_them_before_it_ends(held: Installation) -> None:
    settings = held.settings
    environment = {
        "ROGATIO_HOME": str(settings.home),
        "ROGATIO_ENGINE": "elasticsearch",
        "ROGATIO_ELASTICSEARCH_URL": settings.elasticsearch_url,
        "ROGATIO_ELASTICSEARCH_PREFIX": settings.elasticsearch_prefix,
    }
    completed = CliRunner().invoke(rogatio, ["delete", law(held), "--yes"], env=environment)
    assert completed.exit_code == 0, completed.output
    assert not has_word(held)
