"""Kills a process at each point where it changes something, resumes, and compares the result with an undisturbed run.

A point lies before each statement that writes, each commit, each call that writes to the engine, and each file of the
installation that is written, renamed or removed: they are found by running the scenario once, not listed by hand. Run
as a program, since the points are tried in forks of a process that has no threads.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from kill_scenarios import SCENARIOS, Act, Scenario, state, with_encoder, write_files
from sqlalchemy import event
from sqlalchemy.engine import Engine as Database
from sqlalchemy.engine import make_url

from extraction.errors import RogatioError
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.ingest import ingest, preparation, reindexing, run
from indexing.installation import Installation
from indexing.settings import Settings
from nlp.annotations import Annotations
from nlp.entities import legal_ner

_SECONDS = 300
_FILE_EVENTS = {"os.rename": 1, "os.remove": 0, "os.rmdir": 0, "os.link": 1, "shutil.rmtree": 0}


@dataclass
class Switch:
    """Counts what a process changes from ``on`` to ``off``, and kills it before change number ``at``; 0 for never."""

    home: Path
    at: int = 0
    is_on: bool = False
    changes: list[str] = field(default_factory=list)

    def change(self, what: str) -> None:
        if self.is_on:
            self.changes.append(what)
            if len(self.changes) == self.at:
                os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        event.listen(Database, "before_cursor_execute", self._statement)
        event.listen(Database, "commit", lambda connection: self.change("COMMIT"))
        for name in ("write", "delete", "rebuild"):
            setattr(EmbeddedEngine, name, self._before(name, getattr(EmbeddedEngine, name)))
        sys.addaudithook(self._file)

    def _statement(self, connection: Any, cursor: Any, statement: str, *others: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.change(" ".join(statement.split()[:4]))

    def _before(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def changing(*arguments: Any) -> Any:
            self.change(f"engine.{name}")
            return function(*arguments)

        return changing

    def _file(self, name: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if name == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            place = arguments[0]
        elif name in _FILE_EVENTS:
            place = arguments[_FILE_EVENTS[name]]
        else:
            return
        with suppress(TypeError, ValueError):
            inside = Path(os.fsdecode(place)).relative_to(self.home)
            if inside.parts[0] not in ("work", "locks"):  # passing files, and a lock that goes with its process
                self.change(f"{name} {inside.parts[0]}/{inside.name[:12]}")


class InThisProcess:
    """Does the tasks of ``Workers`` at once, so that every run makes the same changes in the same order."""

    count = 1

    def __init__(self, *arguments: object, **named: object) -> None:
        pass

    def __enter__(self) -> InThisProcess:
        return self

    def __exit__(self, *arguments: object) -> None:
        pass

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(task(*arguments))
        except RogatioError as error:
            future.set_exception(error)
        return future

    def outcome(self, future: Future[Any]) -> Any:
        return future.result()


class Annotator:
    """Annotates each text once, in the process that is forked: the points are many and the texts few."""

    def __init__(self) -> None:
        self.made: dict[str, Annotations] = {}
        self.annotate = preparation.annotate

    def __call__(self, text: str, *arguments: Any, **named: Any) -> Annotations:
        key = repr((text, arguments, named))
        if key not in self.made:
            self.made[key] = self.annotate(text, *arguments, **named)
        return self.made[key]


def wait_for(child: int) -> int:
    """Return the exit code of a child process."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@dataclass
class Trial:
    """One scenario on one kind of database: ``server`` is the URL of a PostgreSQL, "" for SQLite.

    An installation is the folder ``<name>`` and, on PostgreSQL, the database of that name.
    """

    scenario: Scenario
    folder: Path
    server: str

    def run(self, sample: int) -> dict[str, Any]:
        """Try ``sample`` points (0 for all) and return how many there are and what went wrong at which."""
        self.create("empty", "template1")
        self.done("begun", "empty", self.scenario.begin)
        expected = self.done("undisturbed", "begun", self.scenario.act)
        changes = json.loads((self.folder / "undisturbed.changes").read_text())
        points = range(1, len(changes) + 1)
        tried = sorted(random.Random(1).sample(points, min(sample, len(points)))) if sample else points
        wrong = {f"{at} {changes[at - 1]}": self.difference(at, expected) for at in tried}
        return {"points": len(changes), "tried": len(tried), "wrong": {at: said for at, said in wrong.items() if said}}

    def difference(self, at: int, expected: dict[str, Any]) -> str:
        """Kill the scenario before change number ``at``, resume it, and return what then is otherwise than expected."""
        self.create("killed", "begun")
        if (code := self.within("killed", self.scenario.act, at)) != -signal.SIGKILL:
            return f"was not killed: {code}"
        if code := self.within("killed", self.scenario.resume):
            return f"could not be resumed: {code}"
        found = self.held("killed")
        other = (name for name in expected if found[name] != expected[name])
        return "; ".join(f"{name}: {found[name]} instead of {expected[name]}" for name in other)

    def done(self, name: str, begun: str, act: Act) -> dict[str, Any]:
        """Let an undisturbed process act on a copy of an installation and return what is then held."""
        self.create(name, begun)
        assert self.within(name, act, 0) == 0
        return self.held(name)

    def held(self, name: str) -> dict[str, Any]:
        """Return the state of an installation."""
        path = self.folder / "held"
        assert self.within(name, lambda installation, folder: path.write_text(json.dumps(state(installation)))) == 0
        return dict(json.loads(path.read_text()))

    def within(self, name: str, act: Act, at: int | None = None) -> int:
        """Let a child act on an installation, to be killed before change ``at`` (0: never); return its exit code."""
        if child := os.fork():
            return wait_for(child)
        try:
            signal.alarm(_SECONDS)
            self._act(name, act, at)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _act(self, name: str, act: Act, at: int | None) -> None:
        switch = Switch(self.folder / name, at or 0)
        switch.install()
        installation = Installation(self.settings(name))
        switch.is_on = at is not None
        act(installation, self.folder / "in")
        switch.is_on = False
        installation.close()
        if at == 0:
            (self.folder / f"{name}.changes").write_text(json.dumps(switch.changes))

    def settings(self, name: str) -> Settings:
        url = make_url(self.server).set(database=name).render_as_string() if self.server else ""
        return Settings(self.folder / name, database_url=url)

    def create(self, name: str, template: str) -> None:
        """Make an installation as a copy of another; there is none of the name ``template1``."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        if (self.folder / template).exists():
            shutil.copytree(self.folder / template, self.folder / name)
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


def warm(folder: Path) -> None:
    """Load in this process what the children need, and annotate every text of the scenarios."""
    installation = Installation(Settings(folder / "warm"))
    for scenario in SCENARIOS.values():
        scenario.begin(installation, folder / "in")
    SCENARIOS["correction"].act(installation, folder / "in")
    state(installation)
    installation.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("scenarios", nargs="+", choices=SCENARIOS)
    options.add_argument("--server", default="", help="URL of a PostgreSQL to make databases on; SQLite without it")
    options.add_argument("--sample", type=int, default=0, help="how many points to try, chosen at random; 0 for all")
    asked = options.parse_args()
    preparation.annotate = Annotator()  # type: ignore[assignment]
    ingest.Workers = reindexing.Workers = InThisProcess  # type: ignore[assignment,misc]
    legal_ner.model = lambda: None  # type: ignore[assignment]
    run.DOCUMENTS_OF_A_WRITE = 3
    with_encoder("first")
    write_files(asked.folder / "in")
    warm(asked.folder)
    for name in asked.scenarios:
        tried = Trial(SCENARIOS[name], asked.folder, asked.server).run(asked.sample)
        print(json.dumps({"scenario": name, **tried}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
