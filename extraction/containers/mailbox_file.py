"""Mailboxes in mbox format (RFC 4155): each message becomes a member, which is read like a message of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import IO

from extraction.containers.email import header
from extraction.errors import RogatioError
from extraction.members import MAX_BYTES, Budget, Reading, Unpacking

MAX_MESSAGE = 256 << 20  # bytes
MAX_HEADERS = 64 << 10  # bytes searched for the subject
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SEPARATOR = re.compile(rb"From \S.*\d")


def read_mailbox(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Unpack ``path`` into ``scratch``; messages are named by their number and subject.

    Raises ``extraction.too_many_files``, ``unpacked_too_large`` and ``nested_too_deep``.
    """
    if budget.levels < 1:
        raise RogatioError("extraction.nested_too_deep")
    unpacking = Unpacking(scratch, budget)
    with path.open("rb") as file:
        for number, message in enumerate(_messages(file), start=1):
            unpacking.attach(_name(number, message), io.BytesIO(_QUOTED.sub(rb"\1", message)))
    return Reading(None, tuple(unpacking.members))


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of each message without its separator, a line "From " after an empty line or at the start."""
    lines: list[bytes] = []
    size, begins, started = 0, True, False
    for line in file:
        if begins and _SEPARATOR.match(line):
            if started:
                yield b"".join(lines)
            lines, size, started = [], 0, True
        elif started:
            size += len(line)
            if size > MAX_MESSAGE:
                raise RogatioError("extraction.unpacked_too_large", limit=MAX_BYTES >> 20)
            lines.append(line)
        begins = not line.strip()
    if started:
        yield b"".join(lines)


def _name(number: int, message: bytes) -> str:
    head = message_from_bytes(message[:MAX_HEADERS], policy=policy.default)
    subject = header(head, "Subject").replace("/", "-").replace("\\", "-").strip(". ")
    return f"{number:04} {subject[:120]}".strip() + ".eml"
