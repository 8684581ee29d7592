"""Removal of the content of deleted records from the files of a tantivy index.

tantivy only marks deleted records; their words stay in the files of a segment until it is merged, and its Python
bindings cannot ask for a merge. Its merge policy (``LogMergePolicy``) merges eight segments of about the same size when
a writer commits. A segment with deleted records is therefore divided into eight: hard links to its files, each with the
deletion marks of all records but an eighth. The index has the same records before, between and after these steps, so
that the next purge completes one that was killed.

Formats (index format 7): ``meta.json`` lists the segments; ``<segment>.<opstamp>.del`` is the bit set of the living
records (number of bits as 32-bit integer, words of 64 bits, little-endian) with a footer (JSON with the CRC-32 of the
bit set, length of the JSON, magic number).
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import uuid
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

PARTS = 8
"""Segments of one size that tantivy's merge policy merges."""

_HEAP = 128_000_000
_META = "meta.json"
_FORMAT = 7
_SEGMENT_FILE = re.compile(r"([0-9a-f]{32})\.(?:(\d+)\.)?\w+")
_TAIL = 8  # bytes behind the JSON of a footer: its length and the magic number
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Deletions:
    """The living records of a segment, and the footer of the file that holds them."""

    living: Mask
    footer: bytes

    @property
    def is_known(self) -> bool:
        """Whether the file has the format that :meth:`write` writes."""
        return bool(json.loads(self.footer[:-_TAIL])["version"]["index_format_version"] == _FORMAT)

    @classmethod
    def read(cls, path: Path) -> _Deletions:
        content = path.read_bytes()
        length = int.from_bytes(content[-_TAIL : 4 - _TAIL], "little")
        body, footer = content[: -_TAIL - length], content[-_TAIL - length :]
        bits = np.unpackbits(np.frombuffer(body[4:], np.uint8), bitorder="little")
        return cls(bits[: int.from_bytes(body[:4], "little")].astype(np.bool_), footer)

    def write(self, path: Path, living: Mask) -> None:
        """Write a file of the same format with other living records."""
        bits = np.zeros(-(-len(living) // 64) * 64, np.uint8)
        bits[: len(living)] = living
        body = len(living).to_bytes(4, "little") + np.packbits(bits, bitorder="little").tobytes()
        facts = json.loads(self.footer[:-_TAIL]) | {"crc": zlib.crc32(body)}
        encoded = json.dumps(facts, separators=(",", ":")).encode()
        _write(path, body + encoded + len(encoded).to_bytes(4, "little") + self.footer[-4:])


def purge(folder: Path) -> None:
    """Remove the content of deleted records from the index in ``folder``; the caller holds its writer's lock.

    A segment with fewer than ``PARTS`` living records, or of another index format, keeps it.
    """
    meta = json.loads((folder / _META).read_bytes())
    divided = {one["segment_id"]: _divided(folder, one) for one in meta["segments"] if one["deletes"]}
    if any(divided.values()):
        segments = [part for one in meta["segments"] for part in divided.get(one["segment_id"]) or [one]]
        _replace(folder / _META, json.dumps(meta | {"segments": segments}))
        writer = tantivy.Index.open(str(folder)).writer(_HEAP, 1)
        writer.commit()
        writer.wait_merging_threads()
    remove_unused_files(folder)


def remove_unused_files(folder: Path) -> None:
    """Remove the files of segments that the last commit does not list; the caller holds the writer's lock.

    tantivy removes those that the writing process knows, not those of other processes, killed or not. Its own lock
    keeps away readers that are about to open the files of the commit before.
    """
    with (folder / ".tantivy-meta.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        segments = json.loads((folder / _META).read_bytes())["segments"]
        stamps = {_stem(one): one["deletes"]["opstamp"] if one["deletes"] else None for one in segments}
        for path in folder.iterdir():
            if found := _SEGMENT_FILE.fullmatch(path.name):
                stem, stamp = found.groups()
                if stem not in stamps or (stamp and int(stamp) != stamps[stem]):
                    path.unlink()


def _divided(folder: Path, segment: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the parts of a segment and return their entries for ``meta.json``; none if it cannot be divided."""
    stem, stamp = _stem(segment), segment["deletes"]["opstamp"]
    deletions = _Deletions.read(folder / f"{stem}.{stamp}.del")
    living = np.flatnonzero(deletions.living)
    if len(living) < PARTS or not deletions.is_known:
        return []
    return [_part(folder, segment, deletions, kept) for kept in np.array_split(living, PARTS)]


def _part(folder: Path, segment: dict[str, Any], deletions: _Deletions, kept: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Write a copy of a segment in which only the records ``kept`` (places) are living; return its entry."""
    part = segment | {"segment_id": str(uuid.uuid4())}
    old, new, stamp = _stem(segment), _stem(part), segment["deletes"]["opstamp"]
    for path in list(folder.glob(f"{old}.*")):
        if path.suffix != ".del":
            os.link(path, folder / path.name.replace(old, new))
    living = np.zeros(len(deletions.living), np.bool_)
    living[kept] = True
    deletions.write(folder / f"{new}.{stamp}.del", living)
    return part | {"deletes": {"num_deleted_docs": len(living) - len(kept), "opstamp": stamp}}


def _stem(segment: dict[str, Any]) -> str:
    return uuid.UUID(segment["segment_id"]).hex


def _replace(path: Path, content: str) -> None:
    fresh = path.with_name(f"{path.name}.new")
    _write(fresh, content.encode())
    os.replace(fresh, path)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
