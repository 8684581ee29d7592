"""Runs two processes on one installation concurrently, and compares the result with sequential runs.

Run as a program, since it forks: the process must have no threads.
"""

from __future__ import annotations

import argparse
import functools
import json
import multiprocessing
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from forked_runs import Copies, difference, prepare, start, wait_for
from run_scenarios import Act, by_name, correct, delete, nothing, state, take_in
from sqlalchemy import event
from sqlalchemy.engine import Engine as Database

from indexing.ingest.corrections import correct as correct_document
from indexing.ingest.ingest import process_pending
from indexing.ingest.reindexing import reindex
from indexing.installation import Installation

_PAUSE = 0.02


def correct_title(installation: Installation, folder: Path) -> None:
    correct_document(installation, by_name(installation)["carta-a"], {"title": "Exhorto 8"})


def correct_country(installation: Installation, folder: Path) -> None:
    correct_document(installation, by_name(installation)["carta-a"], {"jurisdiction": "BR"})


def rebuild(installation: Installation, folder: Path) -> None:
    reindex(installation)


PAIRS: dict[str, tuple[Act, Act, Act]] = {
    "ingest and ingest": (nothing, take_in, take_in),
    "two corrections": (take_in, correct_title, correct_country),
    "reindex and correction": (take_in, rebuild, correct),
    "reindex and deletion": (take_in, rebuild, delete),
    "deletion and deletion": (take_in, delete, delete),
    "reindex and reindex": (take_in, rebuild, rebuild),
}
"""What is there before, and what two processes then do at the same time."""


def within(copies: Copies, name: str, *acts: Act) -> list[int]:
    """Let a child for each of ``acts`` begin at the same moment; return their exit codes."""
    barrier = multiprocessing.Barrier(len(acts))
    children = [start(functools.partial(_act, copies, name, act, barrier)) for act in acts]
    return [wait_for(child) for child in children]


def _act(copies: Copies, name: str, act: Act, barrier: Barrier) -> None:
    installation = Installation(copies.settings(name))
    event.listen(Database, "before_cursor_execute", _pause)
    barrier.wait()
    act(installation, copies.incoming)
    installation.close()


def _pause(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
    """Give the other process time between a look at the database and the write that follows from it."""
    if statement.startswith("INSERT"):
        time.sleep(_PAUSE)


def held(copies: Copies, name: str) -> dict[str, Any]:
    """Return the state of an installation in which nothing is pending any more."""
    path = copies.folder / "held"

    def write(installation: Installation, folder: Path) -> None:
        process_pending(installation)
        path.write_text(json.dumps(state(installation)))

    assert within(copies, name, write) == [0]
    return dict(json.loads(path.read_text()))


def tried(copies: Copies, before: Act, first: Act, second: Act, rounds: int) -> list[str]:
    """Return what went wrong in each of ``rounds``, empty where nothing did."""
    copies.create("empty")
    assert within(copies, "empty", before) == [0]
    copies.create("expected", "empty")
    assert [*within(copies, "expected", first), *within(copies, "expected", second)] == [0, 0]
    expected = held(copies, "expected")
    wrong = []
    for _ in range(rounds):
        copies.create("both", "empty")
        codes = within(copies, "both", first, second)
        wrong.append(difference(held(copies, "both"), expected) if codes == [0, 0] else f"exit codes {codes}")
    return wrong


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--server", default="", help="URL of a PostgreSQL to make databases on; SQLite without it")
    options.add_argument("--rounds", type=int, default=3)
    arguments = options.parse_args()
    prepare(arguments.folder)
    for name, acts in PAIRS.items():
        wrong = tried(Copies(arguments.folder, arguments.server), *acts, arguments.rounds)
        print(json.dumps({"pair": name, "wrong": [pair for pair in wrong if pair]}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
