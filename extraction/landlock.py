"""Landlock: irrevocably removes access to files and TCP from a process, also for code injected by a file.

The kernel interface has three system calls (landlock(7), Linux 5.13), which are called directly because the binding on
the package index is a pre-release. Features that an older kernel does not support are omitted.
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
    """Return the kernel's version of the Landlock interface, 0 without Landlock."""
    return max(0, int(_libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)))


def confine(reads: Iterable[Path], writes: Iterable[Path]) -> bool:
    """Restrict this thread and its children to programs, ``reads`` and ``writes``, each with everything below it.

    From ABI 4 on TCP connections are impossible too. Returns False, with nothing restricted, if the kernel has no
    Landlock. Missing paths are omitted.
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
    _allow(ruleset, Path("/tmp"), _MAKE_SOCKET | _REMOVE_FILE)  # for LibreOffice's internal socket
    if _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    _call(_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return True


def _handled(abi: int) -> int:
    """Return the rights of files that a version of the interface can restrict."""
    return _OF_FIRST_ABI | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0) | (_IOCTL if abi >= 5 else 0)


def programs() -> set[Path]:
    """Return the folders of the interpreter, its packages, our packages and Tesseract's languages."""
    places = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *filter(None, sys.path)]
    places += [str(OUR_FOLDER / name) for name in OUR_PACKAGES]  # an editable installation is not on the path
    if languages := os.environ.get("TESSDATA_PREFIX"):
        places.append(languages)
    return {Path(place).resolve() for place in places}


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # missing on this system
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
