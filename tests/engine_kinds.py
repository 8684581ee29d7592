"""Both engines for contract tests: embedded, and a real Elasticsearch or the reason why there is none."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import elasticsearch_server
import pytest

from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.protocol import Engine
from indexing.settings import Settings

KINDS = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def elasticsearch_url() -> str:
    """Return the address of a real Elasticsearch; where there is none, the test is skipped and says why."""
    server = elasticsearch_server.start()
    if not server.url:
        reason = f"NO ELASTICSEARCH, its contract is not tested: {server.reason}"
        warnings.warn(reason, stacklevel=2)  # told at the end of the run even where skips are only counted
        pytest.skip(reason)
    return server.url


def settings_with(kind: str, home: Path) -> Settings:
    """Return the settings of an installation whose engine is of this kind."""
    return Settings(home) if kind == "embedded" else Settings(home, kind, elasticsearch_url())


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Engine]:
    """Give an engine and drop the partitions that were made with it."""
    engine: Engine = EmbeddedEngine(folder) if kind == "embedded" else ElasticEngine(elasticsearch_url())
    with emptied(engine):
        yield engine
    engine.close()


@contextmanager
def emptied(engine: Engine) -> Iterator[None]:
    """Drop the partitions that are created within the block."""
    held_before = set(engine.partitions())
    yield
    for partition in set(engine.partitions()) - held_before:
        engine.drop(partition)
