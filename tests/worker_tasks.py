"""Things that a file could make a worker do; a worker imports them by name."""

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extraction.errors import RogatioError
from extraction.office.office_conversion import converted
from extraction.worker import allow


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def eat_memory() -> None:
    eaten = []
    while True:
        eaten.append(bytes(16 << 20))


def eat_memory_outside_of_python() -> None:
    installation = ctypes.CDLL(None)
    installation.malloc.restype = ctypes.c_void_p
    for _ in range(100_000):
        place = installation.malloc(1 << 20)
        if not place:
            raise MemoryError
        ctypes.memset(place, 1, 1 << 20)


def sleep() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(7)


def refuse() -> None:
    raise RogatioError("extraction.encrypted")


def call_out() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def look_up() -> None:
    socket.getaddrinfo("localhost", 80)


def sleep_and_tell(folder: str) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(600)


def work_longer_than_usual() -> float:
    allow(8)
    started = time.process_time()
    while time.process_time() - started < 3:
        pass
    return time.process_time() - started


def read_text(path: str) -> str:
    return Path(path).read_text()


def read_by_a_program(path: str) -> int:
    return subprocess.run(["cat", path], capture_output=True).returncode


def write_text(path: str) -> bool:
    return bool(Path(path).write_text("written"))


def connect_by_a_program(port: int) -> int:
    """Connect from another program, which the hook of this interpreter does not see."""
    code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
    return subprocess.run([sys.executable, "-S", "-c", code], capture_output=True).returncode


def convert(path: str, scratch: str) -> int:
    """Convert a file by LibreOffice, with its temporary files in ``scratch``, and return the size of the result."""
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    return converted(Path(path), Path(scratch), "docx").stat().st_size
