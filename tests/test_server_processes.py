"""Several processes answer at one address: each of them does, one that dies is replaced, and all end together."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.operations.server_processes import listening
from extraction.errors import RogatioError

pytestmark = pytest.mark.slow
ROGATIO = [sys.executable, "-c", "from app.cli import main; main()"]
SECONDS = 90


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str], dict[str, str]]]:
    environment = os.environ | {"ROGATIO_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1", "ROGATIO_ENGINE": ""}
    command = [*ROGATIO, "serve", "--port", "0", "--processes", "2"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://[\d.:]+/", server.stdout.readline())
        assert found
        yield found[0], server, environment
        server.send_signal(signal.SIGCONT)
        server.terminate()


def others(server: subprocess.Popen[str]) -> list[int]:
    """Return the processes beside the first one that answer requests, without the tracker of multiprocessing."""
    tasks = [Path(f"/proc/{server.pid}/task/{task}/children") for task in os.listdir(f"/proc/{server.pid}/task")]
    children = [child for task in tasks for child in task.read_text().split()]
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def until(condition: Callable[[], bool]) -> bool:
    """Return whether a condition becomes true within ``SECONDS``."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


def hits(address: str, query: str) -> int:
    with urllib.request.urlopen(f"{address}api/v1/search?q={query}", timeout=SECONDS) as answer:
        return len(json.load(answer)["hits"])


def test_each_process_answers_from_the_same_installation(
    served: tuple[str, subprocess.Popen[str], dict[str, str]], tmp_path: Path
) -> None:
    address, server, environment = served
    (letter := tmp_path / "letter.txt").write_text("Carta rogatoria. Se solicita la declaración de Ana Larrañaga.")
    subprocess.run([*ROGATIO, "ingest", str(letter), "--collection", "paris"], env=environment, check=True)
    server.send_signal(signal.SIGSTOP)
    assert until(lambda: hits(address, "rogatoria") == 1)
    server.send_signal(signal.SIGCONT)
    (other,) = others(server)
    os.kill(other, signal.SIGSTOP)
    assert hits(address, "rogatoria") == 1
    os.kill(other, signal.SIGCONT)


def test_a_process_that_dies_is_replaced_and_all_end_with_the_first(
    served: tuple[str, subprocess.Popen[str], dict[str, str]],
) -> None:
    address, server, _ = served
    (first,) = others(server)
    os.kill(first, signal.SIGKILL)
    assert hits(address, "exhorto") == 0
    assert until(lambda: others(server) not in ([], [first]))
    (second,) = others(server)
    server.kill()
    assert until(lambda: not Path(f"/proc/{second}").exists())


def test_a_port_that_is_taken_is_reported() -> None:
    (first,) = listening("127.0.0.1", 0)
    with first, pytest.raises(RogatioError, match=r"app\.port_taken"):
        listening("127.0.0.1", first.getsockname()[1])


def test_a_name_of_several_addresses_has_one_port() -> None:
    sockets = listening("localhost", 0)
    assert len({one.getsockname()[1] for one in sockets}) == 1
    for one in sockets:
        one.close()
