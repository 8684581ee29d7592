"""Fixtures shared by several test modules."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from engine_kinds import KINDS, opened
from in_this_process import USED_IN, InThisProcess
from long_modules import LONG_MODULES
from migrated_schema import upgrade
from postgresql_server import postgresql, why_missing

from indexing.engines.protocol import Engine
from indexing.settings import Settings
from indexing.store import database

for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)  # the command line speaks English unless a test asks for another language
# The first example of a test may load models and resources, so that its time says nothing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the tests marked full too")


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores, since tests of servers and browsers wait for other processes."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only a full run includes; mark what takes long and begin with it."""
    if not config.getoption("--full"):
        left_out = [item for item in items if item.get_closest_marker("full")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    place = {f"test_{name}": number for number, name in enumerate(LONG_MODULES)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))
    for item in items:
        if item.path.stem in place:
            item.add_marker(pytest.mark.slow)


SAFE_PATH = "PYTHONSAFEPATH"
WAS_SAFE = os.environ.get(SAFE_PATH)


@pytest.fixture(autouse=True)
def _scripts_find_what_stands_beside_them() -> Iterator[None]:
    """Take from the environment what a command sets in this process, which a script of a later test would inherit."""
    _restore_safe_path()
    yield
    _restore_safe_path()


def _restore_safe_path() -> None:
    os.environ.pop(SAFE_PATH, None)
    if WAS_SAFE is not None:
        os.environ[SAFE_PATH] = WAS_SAFE


@pytest.fixture(scope="module", autouse=True)
def _documents_are_read_in_this_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Spare each ingest and correction a process that loads the models; ``workers`` marks modules that need one."""
    with pytest.MonkeyPatch.context() as patched:
        if not request.node.get_closest_marker("workers"):
            for module in USED_IN:
                patched.setattr(f"{module}.Workers", InThisProcess)
        yield


@pytest.fixture(scope="module", autouse=True)
def _new_databases_are_migrated_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Spare each new database its forty migrations; ``migrations`` marks modules that need them."""
    with pytest.MonkeyPatch.context() as patched:
        if not request.node.get_closest_marker("migrations"):
            patched.setattr(database, "_upgrade", upgrade)
        yield


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an engine of each kind; what a module writes into it is gone after the module."""
    with opened(request.param, tmp_path_factory.mktemp("engine")) as made_engine:
        yield made_engine


@pytest.fixture(scope="module")
def postgresql_url() -> Iterator[str]:
    """Give the address of a PostgreSQL server of the module; skip where PostgreSQL is not installed."""
    if reason := why_missing():
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Give an installation with the demonstration corpus; tests that share it only read."""
    from demonstration_home import demonstration_home  # brings the web application

    return demonstration_home(tmp_path_factory.mktemp("demonstration"))
