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
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forked_runs import Copies, difference, prepare, start, wait_for
from run_scenarios import SCENARIOS, Act, Scenario, state
from sqlalchemy import event
from sqlalchemy.engine import Engine as Database

from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.installation import Installation

_STATEMENTS = ("INSERT", "UPDATE", "DELETE")
_FILE_EVENTS = {"os.rename": 1, "os.remove": 0, "os.rmdir": 0, "os.link": 1, "shutil.rmtree": 0}


@dataclass
class Switch:
    """Counts the writes of a process from ``on`` to ``off``, and kills it before number ``at``; 0 for never."""

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
        if statement.startswith(_STATEMENTS):
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


def states(changes: Sequence[str]) -> list[int]:
    """Return the points at which a killed process leaves different states, the first of each state.

    A statement lasts only when it is committed: whoever dies behind it leaves the same as before it.
    """
    before = ["COMMIT", *changes]
    return [at for at in range(1, len(changes) + 1) if not before[at - 1].startswith(_STATEMENTS)]


@dataclass(frozen=True)
class Trial:
    """One scenario on one kind of database."""

    scenario: Scenario
    copies: Copies

    def run(self, sample: int) -> dict[str, Any]:
        """Try ``sample`` points (0: one of each state) and return how many there are and what went wrong at which."""
        self.copies.create("empty")
        self.done("begun", "empty", self.scenario.begin)
        expected = self.done("undisturbed", "begun", self.scenario.act)
        changes = json.loads(self._changes("undisturbed").read_text())
        points = range(1, len(changes) + 1)
        tried = sorted(random.Random(1).sample(points, min(sample, len(points)))) if sample else states(changes)
        wrong = {f"{at} {changes[at - 1]}": self.killed(at, expected) for at in tried}
        return {
            "points": len(changes),
            "states": len(states(changes)),
            "tried": len(tried),
            "wrong": {at: what for at, what in wrong.items() if what},
        }

    def killed(self, at: int, expected: dict[str, Any]) -> str:
        """Kill the scenario before write number ``at``, resume it, and return the deviations from the expectation."""
        self.copies.create("killed", "begun")
        if (code := self.within("killed", self.scenario.act, at)) != -signal.SIGKILL:
            return f"was not killed: {code}"
        if code := self.within("killed", self.scenario.resume):
            return f"could not be resumed: {code}"
        return difference(self.held("killed"), expected)

    def done(self, name: str, begun: str, act: Act) -> dict[str, Any]:
        """Let an undisturbed process act on a copy of an installation and return what is then held."""
        self.copies.create(name, begun)
        assert self.within(name, act, 0) == 0
        return self.held(name)

    def held(self, name: str) -> dict[str, Any]:
        """Return the state of an installation."""
        path = self.copies.folder / "held"
        assert self.within(name, lambda installation, folder: path.write_text(json.dumps(state(installation)))) == 0
        return dict(json.loads(path.read_text()))

    def within(self, name: str, act: Act, at: int | None = None) -> int:
        """Let a child act on an installation, to be killed before change ``at`` (0: never); return its exit code."""
        return wait_for(start(lambda: self._act(name, act, at)))

    def _act(self, name: str, act: Act, at: int | None) -> None:
        switch = Switch(self.copies.folder / name, at or 0)
        switch.install()
        installation = Installation(self.copies.settings(name))
        switch.is_on = at is not None
        act(installation, self.copies.incoming)
        switch.is_on = False
        installation.close()
        if at == 0:
            self._changes(name).write_text(json.dumps(switch.changes))

    def _changes(self, name: str) -> Path:
        return self.copies.folder / f"{name}.changes"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("scenarios", nargs="+", choices=SCENARIOS)
    options.add_argument("--server", default="", help="URL of a PostgreSQL to make databases on; SQLite without it")
    options.add_argument("--sample", type=int, default=0, help="how many points to try, at random; 0 for each state")
    arguments = options.parse_args()
    prepare(arguments.folder)
    for name in arguments.scenarios:
        tried = Trial(SCENARIOS[name], Copies(arguments.folder, arguments.server)).run(arguments.sample)
        print(json.dumps({"scenario": name, **tried}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
