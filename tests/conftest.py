"""What tests of several modules are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine_kinds import KINDS, opened

from indexing.engine import Engine


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an engine of each kind; what a module writes into it is gone after the module."""
    with opened(request.param, tmp_path_factory.mktemp("engine")) as made_engine:
        yield made_engine
