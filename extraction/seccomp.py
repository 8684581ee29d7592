"""Seccomp: irrevocably removes system calls that reading files never needs, from a process and its children.

Landlock restricts files and TCP; this filter adds other networks (UDP, packets, netlink) and the kernel interfaces used
by exploits of parsers: tracing, namespaces, mounts, keys, BPF, io_uring, modules. A refused call fails with EPERM. The
bindings of libseccomp on the package index are unmaintained or not permissively licensed, and the filter is short, so
that it is assembled here (seccomp(2), classic BPF).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Mapping
from typing import Any

from extraction.resource import load

_NO_NEW_PRIVS, _SET_FILTER, _ALL_THREADS, _IS_AVAILABLE = 38, 1, 1, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, of a little-endian machine
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_UNIX = 1
_OTHER_INTERFACE = 0x40000000
"""Numbers from here are those of the x32 interface, which would pass by a list of the usual ones."""

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def has_seccomp() -> bool:
    """Return whether kernel and processor support ``refuse_system_calls``."""
    machine = _machine()
    action = ctypes.c_uint32(_REFUSE & 0xFFFF0000)
    return bool(machine) and _libc.syscall(machine["seccomp"], _IS_AVAILABLE, 0, ctypes.byref(action)) == 0


def refuse_system_calls() -> bool:
    """Restrict this process and its children; return False, with nothing restricted, if that is not supported."""
    machine = _machine()
    if not has_seccomp() or _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    code = _filter(machine)
    program = _Program(len(code) // 8, code)
    return int(_libc.syscall(machine["seccomp"], _SET_FILTER, _ALL_THREADS, ctypes.byref(program))) == 0


def _machine() -> Mapping[str, Any]:
    """Return the system call numbers of this processor, empty if it is unknown."""
    found: Mapping[str, Any] = load("extraction.system_calls").get(platform.machine(), {})
    return found


def _filter(machine: Mapping[str, Any]) -> bytes:
    """Return the instructions (code, jump if true, jump if false, value) of the filter."""
    refused = machine["refused"].values()
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, machine["audit"]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    last = len(steps) + 1 + len(refused) + 4  # the instruction that refuses
    steps.append((_AT_LEAST, last - len(steps) - 1, 0, _OTHER_INTERFACE))
    for number in refused:
        steps.append((_EQUAL, last - len(steps) - 1, 0, number))
    steps += [
        (_EQUAL, 0, 2, machine["socket"]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
