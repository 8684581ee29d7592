"""Replaces worker processes by the process of the test, for tests of results rather than of workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from extraction.errors import RogatioError

USED_IN = ("indexing.ingest.ingest", "indexing.ingest.reindexing", "app.requests.readings")
"""Modules that open ``Workers`` to read, annotate and index documents."""


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
