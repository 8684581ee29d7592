"""Builder of compound files ([MS-CFB]), the format of legacy Office files and Outlook messages."""

from __future__ import annotations

import struct
from itertools import pairwise

SECTOR = 512
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
SMALLEST = 4096  # bytes; a shorter stream would have to lie in the mini stream


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of ``streams``; a name may lie in storages: ``storage/stream``.

    Streams are filled up with zero bytes to the length that spares them the mini stream.
    """
    entries, data, chains = _layout(streams)
    directory = b"".join(entries)
    directory += bytes(-len(directory) % SECTOR)
    first_directory = len(data) // SECTOR
    fat = chains + _chain(first_directory, len(directory) // SECTOR)
    sectors = -(-(len(fat) + 64) // (SECTOR // 4))
    fat += [FAT] * sectors
    fat += [FREE] * (sectors * (SECTOR // 4) - len(fat))
    first_fat = first_directory + len(directory) // SECTOR
    header = struct.pack(
        "<8s16s5H6x9L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, sectors, first_directory, 0, SMALLEST, END, 0, END, 0,
    )  # fmt: skip
    table = [first_fat + number for number in range(sectors)] + [FREE] * (109 - sectors)
    return header + struct.pack("<109L", *table) + data + directory + struct.pack(f"<{len(fat)}L", *fat)


def _layout(streams: dict[str, bytes]) -> tuple[list[bytes], bytes, list[int]]:
    """Return the directory entries, the sectors of all streams, and their chains."""
    children: dict[str, list[str]] = {"": []}
    for name in streams:
        parts = name.split("/")
        for depth in range(1, len(parts) + 1):
            parent, entry = "/".join(parts[: depth - 1]), "/".join(parts[:depth])
            if entry not in children.setdefault(parent, []):
                children[parent].append(entry)
    order = ["", *(entry for group in children.values() for entry in group)]
    at = {name: number for number, name in enumerate(order)}
    following = {name: after for group in children.values() for name, after in pairwise(group)}
    data, chains, entries = b"", list[int](), list[bytes]()
    for name in order:
        start, size = END, 0
        if name in streams:
            content = streams[name].ljust(SMALLEST, b"\0")
            start, size = len(data) // SECTOR, len(content)
            data += content + bytes(-size % SECTOR)
            chains += _chain(start, -(-size // SECTOR))
        kind = ROOT if not name else STREAM if name in streams else STORAGE
        child = at[children[name][0]] if children.get(name) else NONE
        right = at[following[name]] if name in following else NONE
        entries.append(_entry(name.rpartition("/")[2] or "Root Entry", kind, right, child, start, size))
    return entries, data, chains


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), END] if count else []


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<HBBLLL16sL16xLQ", len(written), kind, 1, NONE, right, child, bytes(16), 0, start, size)
    return written.ljust(64, b"\0") + fields
