"""Runs ingests and similar actions in forks of one process, which start at once and repeat the same changes."""

from __future__ import annotations

import os
import shutil
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from in_this_process import InThisProcess
from run_scenarios import SCENARIOS, state, with_encoder, write_files
from sqlalchemy.engine import make_url

from indexing.ingest import ingest, reindexing, run
from indexing.installation import Installation
from indexing.settings import Settings
from nlp import pipeline
from nlp.annotations import Annotations
from nlp.entities import legal_ner

_SECONDS = 300


class Annotator:
    """Annotates each text once, in the process that is forked: the points are many and the texts few."""

    def __init__(self) -> None:
        self.made: dict[str, Annotations] = {}
        self.annotate = pipeline.annotate

    def __call__(self, text: str, *arguments: Any, **named: Any) -> Annotations:
        key = repr((text, arguments, named))
        if key not in self.made:
            self.made[key] = self.annotate(text, *arguments, **named)
        return self.made[key]


@dataclass(frozen=True)
class Copies:
    """Installations in ``folder``, each a folder and, on the PostgreSQL ``server`` (URL), a database of its name.

    Without a server their databases are SQLite.
    """

    folder: Path
    server: str

    @property
    def incoming(self) -> Path:
        return self.folder / "in"

    def settings(self, name: str) -> Settings:
        url = make_url(self.server).set(database=name).render_as_string() if self.server else ""
        return Settings(self.folder / name, database_url=url)

    def create(self, name: str, template: str = "template1") -> None:
        """Make an installation as a copy of another, an empty one without ``template``."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        if (self.folder / template).exists():
            shutil.copytree(self.folder / template, self.folder / name)
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


def start(act: Callable[[], object]) -> int:
    """Start a child that does ``act`` and ends; return its process id."""
    if child := os.fork():
        return child
    try:
        signal.alarm(_SECONDS)
        act()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def wait_for(child: int) -> int:
    """Return the exit code of a child process."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def prepare(folder: Path) -> None:
    """Write the files to take in; load in this process what its children need, and annotate every text."""
    pipeline.annotate = Annotator()  # type: ignore[assignment]
    ingest.Workers = reindexing.Workers = InThisProcess  # type: ignore[assignment,misc]
    legal_ner.model = lambda: None  # type: ignore[assignment]
    run.DOCUMENTS_OF_A_WRITE = 3
    with_encoder("first")
    write_files(folder / "in")
    installation = Installation(Settings(folder / "warm"))
    for scenario in SCENARIOS.values():
        scenario.begin(installation, folder / "in")
    SCENARIOS["correction"].act(installation, folder / "in")
    state(installation)
    installation.close()


def difference(found: dict[str, Any], expected: dict[str, Any]) -> str:
    """Return the differences from the expected state, empty if there are none."""
    other = (name for name in expected if found[name] != expected[name])
    return "; ".join(f"{name}: {found[name]} instead of {expected[name]}" for name in other)
