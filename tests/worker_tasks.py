"""Tasks that simulate malicious files in a worker, which imports them by name."""

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


def system_calls() -> dict[str, int]:
    """Try system calls past Python's functions and return the error number of each, 0 for success."""
    import ctypes
    import platform

    libc = ctypes.CDLL(None, use_errno=True)
    named = {
        "unshare": lambda: libc.unshare(0x10000000),  # a namespace of users
        "ptrace": lambda: libc.ptrace(0, 0, None, None),
        "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
        "chroot": lambda: libc.chroot(b"/"),
        "udp": lambda: libc.socket(2, 2, 0),
        "tcp": lambda: libc.socket(2, 1, 0),
        "ipv6": lambda: libc.socket(10, 2, 0),
        "netlink": lambda: libc.socket(16, 3, 0),
        "packet": lambda: libc.socket(17, 3, 0),
        "unix": lambda: libc.socket(1, 1, 0),
        "getpid": libc.getpid,
        "io_uring": lambda: libc.syscall(425, 1, None),
        "x32": lambda: libc.syscall(0x40000000 + 39) if platform.machine() == "x86_64" else -1,
    }
    found = {}
    for name, call in named.items():
        ctypes.set_errno(1 if name == "x32" and platform.machine() != "x86_64" else 0)
        found[name] = ctypes.get_errno() if call() < 0 else 0
    return found


def network_by_a_program() -> int:
    """Return the exit code of a program that opens a socket of UDP."""
    import subprocess
    import sys

    return subprocess.run([sys.executable, "-c", "import socket; socket.socket(2, 2)"], capture_output=True).returncode
