"""The limit on the processor time of a task of this process."""

from __future__ import annotations

import gc
import time

import pytest

from extraction.errors import RogatioError
from extraction.processor_time import processor_time


def work(seconds: float) -> None:
    """Use so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        sum(range(100))


def test_a_task_within_its_limit_is_left_alone() -> None:
    with processor_time(5):
        work(0.05)
    work(0.05)


def test_a_task_over_its_limit_ends() -> None:
    with pytest.raises(RogatioError) as raised, processor_time(0.1):
        work(20)
    assert raised.value.code == "extraction.time_limit"


def test_a_limit_reached_in_a_callback_of_the_collector_ends_the_task(recwarn: pytest.WarningsRecorder) -> None:
    """Python ignores an exception raised there, which is why the task is told again."""
    reached: list[float] = []

    def callback(_phase: str, _info: dict[str, int]) -> None:
        if not reached:
            reached.append(time.process_time())
            work(0.5)

    def collect_and_work() -> None:
        gc.collect()
        work(20)

    gc.callbacks.append(callback)
    try:
        with pytest.raises(RogatioError), processor_time(0.1):
            collect_and_work()
    finally:
        gc.callbacks.remove(callback)
    assert reached


def test_what_the_task_raises_is_kept() -> None:
    with pytest.raises(KeyError), processor_time(5):
        raise KeyError("x")
