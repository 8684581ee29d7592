"""A limit on the processor time of a task of this process, for texts that no worker process reads."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extraction.errors import RogatioError

_AGAIN_SECONDS = 0.25
"""Processor time until the task is told again, where the error was lost in a finalizer or a callback of the collector,
whose exceptions Python ignores."""


class _OutOfTimeError(BaseException):
    """Raised in the task; no Exception, so that nothing inside the task takes it for an error of its own."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raise ``extraction.time_limit`` in the task after ``seconds`` of processor time of this process.

    Only in the main thread, which alone receives signals. A call into compiled code ends before the limit is noticed.
    """
    before = signal.signal(signal.SIGPROF, _end)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
    try:
        yield
    except _OutOfTimeError:
        raise RogatioError("extraction.time_limit", seconds=round(seconds)) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTimeError
