"""Backup and restore of the index of Elasticsearch by snapshots: the same answers without building it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import elasticsearch_server
import pytest
from click.testing import CliRunner, Result
from engine_kinds import elasticsearch_url

from app.cli import rogatio
from app.operations.doctor import State, examine
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.index_entries import pending

pytestmark = pytest.mark.elasticsearch

LETTER = "CARTA ROGATORIA\n\nJuzgado de Bombarda. Hechos: {name} cometió un delito de blanqueo de capitales.\n"
COLLECTIONS = ("lima", "public")


@pytest.fixture(scope="module")
def repository() -> Iterator[str]:
    """A repository of snapshots that an operator registered."""
    url = elasticsearch_url()
    folder = elasticsearch_server.start().snapshots
    if not folder:
        pytest.skip("NOT TESTED: the named Elasticsearch has no folder for snapshots of the tests")
    name = f"r{uuid4().hex[:8]}"
    client = ElasticEngine(url).indices.client
    client.snapshot.create_repository(
        name=name, repository={"type": "fs", "settings": {"location": f"{folder}/{name}"}}
    )
    yield name
    for snapshot in client.snapshot.get(repository=name, snapshot="_all")["snapshots"]:
        client.snapshot.delete(repository=name, snapshot=snapshot["snapshot"])
    client.snapshot.delete_repository(name=name)


@pytest.fixture
def prefixes() -> Iterator[list[str]]:
    """Two prefixes, whose indices are removed afterwards."""
    made = [f"t{uuid4().hex[:10]}" for _ in range(2)]
    yield made
    client = ElasticEngine(elasticsearch_url()).indices.client
    for prefix in made:
        for index in client.indices.get_alias(index=f"{prefix}-*", allow_no_indices=True).body:
            client.indices.delete(index=index)


def run(home: Path, prefix: str, repository: str, *arguments: str) -> Result:
    environment = {
        "ROGATIO_HOME": str(home),
        "ROGATIO_ENGINE": "elasticsearch",
        "ROGATIO_ELASTICSEARCH_URL": elasticsearch_url(),
        "ROGATIO_ELASTICSEARCH_PREFIX": prefix,
        "ROGATIO_ELASTICSEARCH_SNAPSHOTS": repository,
    }
    return CliRunner().invoke(rogatio, ["--language", "en", *arguments], env=environment)


@pytest.fixture
def home(tmp_path: Path, prefixes: list[str]) -> Path:
    """The home of an installation of two letters, one in each partition."""
    home = tmp_path / "home"
    for name, collection in zip(("zarzaparrilla", "belfegor"), COLLECTIONS, strict=True):
        (tmp_path / f"{name}.txt").write_text(LETTER.format(name=name.title()))
        file = str(tmp_path / f"{name}.txt")
        done = run(home, prefixes[0], "", "ingest", file, "--collection", collection)
        assert done.exit_code == 0, done.output
    return home


def hits(home: Path, prefix: str, word: str) -> list[tuple[str, str, float]]:
    found = json.loads(run(home, prefix, "", "search", word, "--json").stdout)["hits"]
    return [(hit["document_id"], hit["title"], hit["score"]) for hit in found]


def opened(home: Path, prefix: str, repository: str = "") -> Installation:
    url = elasticsearch_url()
    return Installation(
        Settings(
            home,
            "elasticsearch",
            url,
            elasticsearch_prefix=prefix,
            elasticsearch_snapshots=repository,
        )
    )


def test_a_restored_index_gives_the_same_answers_and_is_current(
    home: Path, tmp_path: Path, prefixes: list[str], repository: str
) -> None:
    new, file = tmp_path / "new", tmp_path / "b.tar.zst"
    made = run(home, prefixes[0], repository, "backup", str(file))
    assert made.exit_code == 0, made.output
    assert f"in the repository {repository}" in made.output
    restored = run(new, prefixes[1], repository, "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert "rogatio reindex" not in restored.output
    for word in ("zarzaparrilla", "blanqueo"):
        assert hits(home, prefixes[0], word) == hits(new, prefixes[1], word) != []
    installation = opened(new, prefixes[1])
    engine = installation.engine
    for collection in installation.store.collections(installation.store.access(LOCAL_USER)):
        generation = engine.generation(collection.partition)
        assert pending(installation.store, engine.name, collection.id, generation, missing=True) == []
    installation.close()
    assert run(new, prefixes[1], "", "verify").exit_code == 0
    (tmp_path / "later.txt").write_text(LETTER.format(name="Funambula"))
    assert run(new, prefixes[1], "", "ingest", str(tmp_path / "later.txt"), "--collection", "lima").exit_code == 0
    assert len(hits(new, prefixes[1], "blanqueo")) == len(hits(home, prefixes[0], "blanqueo")) + 1


def test_indices_are_not_restored_over_others(home: Path, tmp_path: Path, prefixes: list[str], repository: str) -> None:
    new, file = tmp_path / "new", tmp_path / "b.tar.zst"
    assert run(home, prefixes[0], repository, "backup", str(file)).exit_code == 0
    before = hits(home, prefixes[0], "blanqueo")
    refused = run(new, prefixes[0], repository, "restore", str(file))
    assert isinstance(refused.exception, RogatioError)
    assert refused.exception.code == "indexing.index_exists"
    assert "rogatio reindex" in refused.output, "all but the index is restored"
    assert hits(home, prefixes[0], "blanqueo") == before
    assert run(new, prefixes[1], "", "reindex").exit_code == 0
    assert hits(new, prefixes[1], "blanqueo") == before


def test_a_backup_without_its_snapshot_is_not_made(
    home: Path, tmp_path: Path, prefixes: list[str], repository: str
) -> None:
    file = tmp_path / "b.tar.zst"
    refused = run(home, prefixes[0], "nowhere", "backup", str(file))
    assert isinstance(refused.exception, RogatioError)
    assert "repository_missing_exception" in str(refused.exception.facts)
    assert not file.exists()
    client = ElasticEngine(elasticsearch_url()).indices.client
    kept = len(client.snapshot.get(repository=repository, snapshot="_all")["snapshots"])
    file.touch()
    assert isinstance(run(home, prefixes[0], repository, "backup", str(file)).exception, RogatioError)
    assert len(client.snapshot.get(repository=repository, snapshot="_all")["snapshots"]) == kept


@pytest.mark.parametrize(("name", "state"), [("", State.OK), ("nowhere", State.MISSING)])
def test_doctor_looks_for_the_repository(tmp_path: Path, name: str, state: State) -> None:
    installation = opened(tmp_path / "home", "t1", name)
    (finding,) = [one for one in examine(installation.settings) if one.name == "elasticsearch"]
    assert finding.state == state
    installation.close()
