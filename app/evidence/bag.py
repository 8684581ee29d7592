"""Writes a bundle: a BagIt bag (RFC 8493) in a ZIP file, with its provenance and a signature.

The Ed25519 signature is of ``tagmanifest-sha256.txt``, which has the digests of the other tag files, among them
``manifest-sha256.txt`` with the digests of the payload.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.evidence.signing import public_pem
from app.evidence.timestamps import time_stamp
from indexing.store.originals import sha256_of

BAGIT, INFO, MANIFEST, TAG_MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
PROVENANCE, PUBLIC_KEY, SIGNATURE = (
    "metadata/provenance.json",
    "signature/public-key.pem",
    "signature/signature.ed25519",
)
TIMESTAMP = "signature/timestamp.tsr"
"""The time stamp of the signature, where an authority is set: neither a tag file nor payload, like the signature."""

README = "README.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PIECE = 1 << 20


@dataclass(frozen=True)
class BagFile:
    """A file of the payload under its ``name`` below ``data/``; content, or the path of a file with it.

    The digest is computed once, for provenance and manifest: an original may have a gigabyte.
    """

    name: str
    content: bytes | Path

    @property
    def path(self) -> str:
        """Return the path of the file within the bag."""
        return f"data/{self.name}"

    @cached_property
    def sha256(self) -> str:
        if isinstance(self.content, Path):
            return sha256_of(self.content)
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size


@dataclass(frozen=True, slots=True)
class Bag:
    """``info`` are (label, value) of bag-info.txt, ``provenance`` is PROV-JSON, ``readme`` tells how to verify it."""

    name: str
    made: datetime
    files: Sequence[BagFile]
    info: Sequence[tuple[str, str]]
    provenance: Mapping[str, Any]
    readme: str


def write_bag(target: IO[bytes], bag: Bag, key: Ed25519PrivateKey) -> None:
    """Write ``bag`` to ``target`` as a ZIP file with one folder, signed with ``key``.

    The signature is stamped where a time-stamping authority is set; raises what ``time_stamp`` does.
    """
    tags = _tags(bag, key)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in tags.items()}
    tag_manifest = _manifest(digests)
    signature = key.sign(tag_manifest)
    stamp = time_stamp(signature)
    signed = [(TAG_MANIFEST, tag_manifest), (SIGNATURE, signature), *([(TIMESTAMP, stamp)] if stamp else [])]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for name, content in (*tags.items(), *signed):
            archive.writestr(_member(bag, name), content, zipfile.ZIP_DEFLATED)
        for file in bag.files:
            _add(archive, bag, file)


def _tags(bag: Bag, key: Ed25519PrivateKey) -> dict[str, bytes]:
    oxum = f"{sum(file.size for file in bag.files)}.{len(bag.files)}"
    info = [*bag.info, ("Bagging-Date", bag.made.date().isoformat()), ("Payload-Oxum", oxum)]
    return {
        BAGIT: DECLARATION,
        INFO: "".join(f"{label}: {' '.join(value.split())}\n" for label, value in info).encode(),
        MANIFEST: _manifest({file.path: file.sha256 for file in bag.files}),
        PROVENANCE: json.dumps(bag.provenance, ensure_ascii=False, indent=1).encode(),
        PUBLIC_KEY: public_pem(key.public_key()),
        README: bag.readme.encode(),
    }


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def _member(bag: Bag, name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(f"{bag.name}/{name}", bag.made.timetuple()[:6])
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
    return member


def _add(archive: zipfile.ZipFile, bag: Bag, file: BagFile) -> None:
    if isinstance(file.content, bytes):
        archive.writestr(_member(bag, file.path), file.content)
        return
    with file.content.open("rb") as source, archive.open(_member(bag, file.path), "w") as written:
        while piece := source.read(_PIECE):
            written.write(piece)
