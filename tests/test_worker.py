"""A worker that exceeds memory, hangs or dies fails its own file only."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import worker_tasks

import extraction
from extraction.errors import RogatioError
from extraction.landlock import landlock_abi, programs
from extraction.seccomp import has_seccomp
from extraction.worker import MEBIBYTE, Limits, Sandbox, Workers

LIMITS = Limits(memory=400 * MEBIBYTE, seconds=6, processor_seconds=2)
# On a busy machine, filling the memory may take longer than the time limits of the other tasks.
LITTLE_MEMORY = replace(LIMITS, seconds=300, processor_seconds=120)
HOSTILE: list[tuple[Callable[[], None], Limits, str]] = [
    (worker_tasks.eat_memory, LITTLE_MEMORY, "extraction.memory_limit"),
    (worker_tasks.eat_memory_outside_of_python, LITTLE_MEMORY, "extraction.memory_limit"),
    (worker_tasks.sleep, LIMITS, "extraction.time_limit"),
    (worker_tasks.spin, LIMITS, "extraction.time_limit"),
    (worker_tasks.crash, LIMITS, "extraction.worker_died"),
    (worker_tasks.leave, LIMITS, "extraction.worker_died"),
    (worker_tasks.refuse, LIMITS, "extraction.encrypted"),
]


def outcome(pool: Workers, future: Any) -> Any:
    try:
        return pool.outcome(future)
    except RogatioError as error:
        return error.code


@pytest.mark.parametrize(("task", "limits", "code"), HOSTILE, ids=[task.__name__ for task, *_ in HOSTILE])
def test_a_hostile_file_fails_alone(task: Callable[[], None], limits: Limits, code: str) -> None:
    with Workers(1, limits) as pool:
        futures = [pool.submit(worker_tasks.double, 1), pool.submit(task), pool.submit(worker_tasks.double, 2)]
        assert [outcome(pool, future) for future in futures] == [2, code, 4]


def test_what_is_known_to_be_long_may_take_longer_and_the_next_file_may_not() -> None:
    with Workers(1, Limits(seconds=120, processor_seconds=1)) as pool:
        tasks = (worker_tasks.work_longer_than_usual, worker_tasks.spin)
        long, hostile = [outcome(pool, future) for future in [pool.submit(task) for task in tasks]]
    assert long >= 3
    assert hostile == "extraction.time_limit"


def test_nothing_extends_the_absolute_limit_of_a_file() -> None:
    with Workers(1, Limits(seconds=120, processor_seconds=1, longest=2)) as pool:
        future = pool.submit(worker_tasks.work_longer_than_usual)
        assert outcome(pool, future) == "extraction.time_limit"
        assert pool.outcome(pool.submit(worker_tasks.double, 1)) == 2


@pytest.mark.skipif(not landlock_abi(), reason="NOT TESTED WITH LANDLOCK: this kernel has none")
def test_a_sandboxed_worker_reaches_only_its_files(tmp_path: Path) -> None:
    for name in ("in", "out", "secret"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name)
    sandbox = Sandbox((tmp_path / "in",), (tmp_path / "out",))
    with Workers(1, LIMITS, sandbox=sandbox) as pool, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert pool.outcome(pool.submit(worker_tasks.read_text, str(tmp_path / "in" / "a.txt"))) == "in"
        assert pool.outcome(pool.submit(worker_tasks.write_text, str(tmp_path / "out" / "b.txt")))
        refused: list[tuple[Callable[[str], Any], Path]] = [
            (worker_tasks.read_text, tmp_path / "secret" / "a.txt"),
            (worker_tasks.write_text, tmp_path / "in" / "b.txt"),
            (worker_tasks.write_text, tmp_path / "secret" / "b.txt"),
        ]
        for task, path in refused:
            with pytest.raises(PermissionError):
                pool.outcome(pool.submit(task, str(path)))
        assert pool.outcome(pool.submit(worker_tasks.read_by_a_program, str(tmp_path / "in" / "a.txt"))) == 0
        assert pool.outcome(pool.submit(worker_tasks.read_by_a_program, str(tmp_path / "secret" / "a.txt"))) != 0
        if landlock_abi() >= 4:
            assert pool.outcome(pool.submit(worker_tasks.connect_by_a_program, port)) != 0


@pytest.mark.skipif(not has_seccomp(), reason="NOT TESTED WITH SECCOMP: not this kernel or processor")
def test_a_sandboxed_worker_has_no_network_and_no_dangerous_system_calls(tmp_path: Path) -> None:
    with Workers(1, LIMITS, sandbox=Sandbox((tmp_path,), (tmp_path,))) as pool:
        found = pool.outcome(pool.submit(worker_tasks.system_calls))
        assert (found.pop("unix"), found.pop("getpid")) == (0, 0)
        assert set(found.values()) == {errno.EPERM}, found
        assert pool.outcome(pool.submit(worker_tasks.network_by_a_program)) != 0


@pytest.mark.skipif(not shutil.which("soffice"), reason="NOT TESTED: LibreOffice is not installed")
def test_the_sandbox_lets_libreoffice_work(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "letter.txt").write_text("Carta rogatoria\n")
    sandbox = Sandbox((tmp_path / "in",), (tmp_path / "out",))
    (tmp_path / "out").mkdir()
    with Workers(1, Limits(), sandbox=sandbox) as pool:
        future = pool.submit(worker_tasks.convert, str(tmp_path / "in" / "letter.txt"), str(tmp_path / "out"))
        assert pool.outcome(future) > 0


def test_a_limit_below_what_a_worker_has_anyway_still_lets_it_work(tmp_path: Path) -> None:
    (tmp_path / "heavy.py").write_text("held = bytes(range(256)) * (300 << 12)\n")
    script = tmp_path / "start.py"
    script.write_text(
        "import worker_tasks\n"
        "from extraction.worker import MEBIBYTE, Limits, Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(1, Limits(memory=100 * MEBIBYTE, seconds=30), preload=('heavy',)) as pool:\n"
        "        print(pool.outcome(pool.submit(worker_tasks.double, 21)))\n"
    )
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parent)])}
    ran = subprocess.run([sys.executable, script], env=where, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.strip() == "42"


def test_all_at_once_nothing_else_is_lost() -> None:
    """Time ends only what sleeps or spins: on a busy machine the others take long until they reach their own limit."""
    with Workers(2, replace(LIMITS, seconds=45, processor_seconds=15)) as pool:
        submitted = []
        for number, (task, _, code) in enumerate(HOSTILE):
            submitted.append((pool.submit(task), code))
            submitted.append((pool.submit(worker_tasks.double, number), 2 * number))
        assert [outcome(pool, future) for future, _ in submitted] == [expected for _, expected in submitted]


def test_a_worker_lives_for_many_files() -> None:
    with Workers(1, LIMITS) as pool:
        futures = [pool.submit(worker_tasks.process_id) for _ in range(20)]
        assert len({pool.outcome(future) for future in futures}) == 1


@pytest.mark.parametrize("task", [worker_tasks.call_out, worker_tasks.look_up])
def test_a_worker_has_no_network(task: Callable[[], None]) -> None:
    with Workers(1, LIMITS) as pool, pytest.raises(PermissionError):
        pool.outcome(pool.submit(task))


def test_workers_end_when_who_started_them_is_killed(tmp_path: Path) -> None:
    program = (
        "import worker_tasks\n"
        "from extraction.worker import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2) as pool:\n"
        f"        futures = [pool.submit(worker_tasks.sleep_and_tell, {str(tmp_path)!r}) for _ in range(2)]\n"
        "        [pool.outcome(future) for future in futures]\n"
    )
    script = tmp_path / "start.py"
    script.write_text(program)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, script], env=environment)
    pids = _wait_for(lambda: [int(path.name) for path in tmp_path.iterdir() if path.name.isdigit()], 2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 30
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_runs(pid) for pid in pids)


def _wait_for(found: Callable[[], list[int]], number: int) -> list[int]:
    deadline = time.monotonic() + 60
    while len(found()) < number:
        assert time.monotonic() < deadline, "the workers did not start"
        time.sleep(0.1)
    return found()


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_confined_worker_may_read_our_packages_wherever_they_are_installed() -> None:
    """An editable installation is not on the path, and its resources would be refused."""
    folder = Path(extraction.__file__).parent.parent
    assert {folder / name for name in ("app", "extraction", "indexing", "models", "nlp")} <= programs()
