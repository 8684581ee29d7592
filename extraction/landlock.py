"""Landlock: a process gives up access to files and TCP for good, whatever code a file makes it execute.

The kernel's interface is three system calls (landlock(7), Linux 5.13); the binding on the package index is a
pre-release, so that they are called here. What an older kernel does not know is left out.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system call numbers, the same on every architecture
_VERSION, _PATH_BENEATH, _NO_NEW_PRIVS = 1, 1, 38
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_OF_FIRST_ABI = (1 << 13) - 1
_TCP = 0b11  # bind and connect, from ABI 4
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
"""Rights that a rule about a file may name; the others are about folders."""

SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/sbin",
    "/etc",
    "/opt",
    "/proc",
    "/sys",
    "/var/lib",
    "/var/cache/fontconfig",
    "/var/spool/libreoffice",
)
OUR_FOLDER = Path(__file__).resolve().parent.parent
OUR_PACKAGES = ("app", "extraction", "indexing", "models", "nlp")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/shm")

_libc = ctypes.CDLL(None, use_errno=True)


def landlock_abi() -> int:
    """Return the version of Landlock's interface that the kernel has, 0 without Landlock."""
    return max(0, int(_libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)))


def confine(reads: Iterable[Path], writes: Iterable[Path]) -> bool:
    """Restrict this thread, and what it starts, to programs, ``reads``, and ``writes`` (with everything below them).

    No TCP connection is possible from ABI 4. Returns False, with nothing restricted, where the kernel has no Landlock.
    Paths that do not exist are left out.
    """
    abi = landlock_abi()
    if not abi:
        return False
    handled = _handled(abi)
    attributes = struct.pack("QQ", handled, _TCP if abi >= 4 else 0)
    ruleset = _call(_CREATE, attributes, ctypes.c_size_t(len(attributes) if abi >= 4 else 8), 0)
    for path in {*map(Path, SYSTEM), *programs(), *reads}:
        _allow(ruleset, path, _READ & handled)
    for path in {*map(Path, DEVICES), *writes}:
        _allow(ruleset, path, handled)
    _allow(ruleset, Path("/tmp"), _MAKE_SOCKET | _REMOVE_FILE)  # LibreOffice talks to itself through a socket there
    if _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    _call(_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return True


def _handled(abi: int) -> int:
    """Return the rights of files that a version of the interface can restrict."""
    return _OF_FIRST_ABI | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0) | (_IOCTL if abi >= 5 else 0)


def programs() -> set[Path]:
    """Return the folders of the interpreter, its packages and our own, and of Tesseract's languages."""
    places = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *filter(None, sys.path)]
    places += [str(OUR_FOLDER / name) for name in OUR_PACKAGES]  # an editable installation is not on the path
    if languages := os.environ.get("TESSDATA_PREFIX"):
        places.append(languages)
    return {Path(place).resolve() for place in places}


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # it does not exist here
        return
    try:
        allowed = rights if path.is_dir() else rights & _OF_FILES
        _call(_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", allowed, folder), 0)
    finally:
        os.close(folder)


def _call(number: int, *arguments: object) -> int:
    done = int(_libc.syscall(number, *arguments))
    if done < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return done
