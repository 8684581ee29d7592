"""Worker processes for reading files, with limits on time and memory.

A worker processes many files. One that dies, hangs or exceeds its limits is replaced, and only its current file fails.
Results are pickled, so large ones should be returned as files.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from extraction.errors import RogatioError
from extraction.import_path import leave_out_current_folder
from extraction.landlock import confine
from extraction.seccomp import refuse_system_calls

Result = TypeVar("Result")

MEBIBYTE = 1 << 20
WATCH_SECONDS = 0.2
TASKS_OF_A_WORKER = 1000
EXIT_MEMORY = 93
NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits per file: bytes of memory beyond the worker's own, seconds of elapsed time, seconds of processor time.

    Elapsed time is generous, because a busy machine may take much longer than the processor time; it ends tasks that
    wait forever. ``allow`` extends the processor time up to ``longest``, which no file exceeds. Programs that a task
    starts, such as Tesseract for each page, have their own.
    """

    memory: int = 2048 * MEBIBYTE
    seconds: float = 14_400.0
    processor_seconds: int = 600
    longest: int = 1800


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Files and folders that a worker may read and write; programs and libraries may be read in any case."""

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()


class Workers:
    """A pool of ``count`` monitored processes; ``preload`` names modules to import before forking.

    If the kernel has Landlock, they can access only the files of ``sandbox``, and no TCP.
    """

    def __init__(
        self,
        count: int = 0,
        limits: Limits = USUAL_LIMITS,
        preload: Sequence[str] = (),
        sandbox: Sandbox | None = None,
    ) -> None:
        leave_out_current_folder()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, *preload])
        self.count = count or max(1, len(os.sched_getaffinity(0)))
        self.limits = limits
        self._pool: Any = ProcessPool(
            max_workers=self.count,
            max_tasks=TASKS_OF_A_WORKER,
            initializer=_confine,
            initargs=(os.getpid(), limits.memory, sandbox),
            context=context,
        )

    def submit(self, task: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Schedule ``task`` in a worker; :meth:`outcome` returns its result."""
        limits = self.limits
        future: Future[Result] = self._pool.schedule(
            _limited, args=(task, limits.processor_seconds, limits.longest, *arguments), timeout=limits.seconds
        )
        return future

    def outcome(self, future: Future[Result]) -> Result:
        """Wait for a task and return its result.

        Raises ``extraction.time_limit``, ``extraction.memory_limit`` or ``extraction.worker_died``, or the
        ``RogatioError`` of the task itself.
        """
        try:
            return future.result()
        except (TimeoutError, FutureTimeoutError) as error:
            raise RogatioError("extraction.time_limit", seconds=round(self.limits.seconds)) from error
        except ProcessExpired as error:
            raise self._death(error.exitcode) from error

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def _death(self, exit_code: int) -> RogatioError:
        if exit_code == EXIT_MEMORY:
            return RogatioError("extraction.memory_limit", mebibytes=self.limits.memory // MEBIBYTE)
        if exit_code == -signal.SIGXCPU:
            return RogatioError("extraction.time_limit", seconds=self.limits.longest)
        return RogatioError("extraction.worker_died")


def _confine(parent: int, memory: int, sandbox: Sandbox | None) -> None:
    """Confine this process permanently: memory, files, no core dumps, no network, exit when the parent has gone.

    The monitoring thread starts before memory is limited, because a thread that fails to start blocks the process.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_network)
    resident, data = _memory()
    threading.Thread(target=_watch, args=(parent, resident + memory), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_DATA, (data + memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    if sandbox is not None:
        refuse_system_calls()
        confine(sandbox.reads, sandbox.writes)


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in NETWORK:
        return
    if isinstance(arguments[0], socket.socket) and arguments[0].family == socket.AF_UNIX:
        return
    raise PermissionError("a worker has no network")


def _watch(parent: int, memory: int) -> None:
    """Exit when resident memory exceeds ``memory`` bytes or the process ``parent`` has ended."""
    while True:
        if _memory()[0] > memory:
            os._exit(EXIT_MEMORY)
        if not _alive(parent):
            os._exit(0)
        time.sleep(WATCH_SECONDS)


def _memory() -> tuple[int, int]:
    """Return the resident size and the data size of this process in bytes (proc(5), statm)."""
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = file.read().split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE"), int(pages[5]) * os.sysconf("SC_PAGE_SIZE")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def allow(seconds: float) -> None:
    """Extend the processor time limit of the current task by ``seconds``, at most to ``Limits.longest``."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (max(soft, min(soft + ceil(seconds), _Task.ceiling)), hard))


class _Task:
    """The processor time, in seconds of this process, that the current task may reach."""

    ceiling = 0


def _limited(task: Callable[..., Result], processor_seconds: int, longest: int, *arguments: Any) -> Result:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _Task.ceiling = used + longest
    soft = used + min(processor_seconds, longest)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    try:
        return task(*arguments)
    except MemoryError:
        os._exit(EXIT_MEMORY)
