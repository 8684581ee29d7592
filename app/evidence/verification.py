"""Verifies a bundle without an installation: signature, digests, and that nothing is missing or added.

The bundle may come from anyone: members are only hashed, never extracted, and names are compared, never opened.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.x509 import Certificate

from app.evidence.bag import BAGIT, INFO, MANIFEST, PUBLIC_KEY, SIGNATURE, TAG_MANIFEST, TIMESTAMP
from app.evidence.signing import fingerprint, is_signed, public_key
from app.evidence.timestamps import stamped_at
from extraction.errors import RogatioError

_PIECE = 1 << 20
_MAX_TAG_FILE = 64 << 20  # bytes of a tag file, which is read as a whole
_REQUIRED = (BAGIT, INFO, MANIFEST, TAG_MANIFEST, PUBLIC_KEY, SIGNATURE)


@dataclass(frozen=True, slots=True)
class Problem:
    """``kind`` is ``signature``, ``changed``, ``missing``, ``unlisted``, ``duplicate`` or ``timestamp``.

    ``name`` is that of a file.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome for one bundle: ``fingerprint`` of the key in it, number of payload files, bag-info.txt as mapping.

    ``stamped`` is the time of a verified time stamp (ISO 8601, UTC), empty without one; ``has_stamp`` says whether
    there is a time stamp at all.
    """

    problems: tuple[Problem, ...]
    fingerprint: str
    files: int
    info: Mapping[str, str]
    has_stamp: bool = False
    stamped: str = ""

    @property
    def is_intact(self) -> bool:
        return not self.problems


def verify_bundle(path: Path, roots: Sequence[Certificate] = ()) -> Verification:
    """Verify the bundle in a ZIP file, and its time stamp if ``roots`` of time-stamping authorities are given.

    Raises ``app.no_bundle`` if the file is none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Bundle(archive).verified(roots)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise RogatioError("app.no_bundle") from error


class _Bundle:
    """The members of a bundle by their name within its only folder."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = Counter(name for name in archive.namelist() if not name.endswith("/"))
        self.folder = next((name.removesuffix(BAGIT) for name in self.names if name.partition("/")[2] == BAGIT), "")
        if any(self.folder + name not in self.names for name in _REQUIRED):
            raise RogatioError("app.no_bundle")

    def verified(self, roots: Sequence[Certificate]) -> Verification:
        key = public_key(self.tag(PUBLIC_KEY))
        if key is None:
            raise RogatioError("app.no_bundle")
        tags, payload = self.listed(TAG_MANIFEST), self.listed(MANIFEST)
        signed = is_signed(self.tag(TAG_MANIFEST), self.tag(SIGNATURE), key)
        stamped, stamp_problems = self.stamped(roots) if roots else ("", [])
        problems = (
            *stamp_problems,
            *([] if signed else [Problem("signature", SIGNATURE)]),
            *self.problems_of(tags | payload),
            *(Problem("unlisted", name) for name in self.unlisted(tags, payload)),
            *(Problem("duplicate", name) for name, times in self.names.items() if times > 1),
        )
        has_stamp = self.folder + TIMESTAMP in self.names
        return Verification(problems, fingerprint(key), len(payload), _info(self.tag(INFO)), has_stamp, stamped)

    def stamped(self, roots: Sequence[Certificate]) -> tuple[str, list[Problem]]:
        """Return the time at which an authority under ``roots`` stamped the signature, or the problem."""
        if self.folder + TIMESTAMP not in self.names:
            return "", [Problem("missing", TIMESTAMP)]
        when = stamped_at(self.tag(TIMESTAMP), self.tag(SIGNATURE), roots)
        return (when.isoformat(), []) if when else ("", [Problem("timestamp", TIMESTAMP)])

    def tag(self, name: str) -> bytes:
        """Return the content of a tag file."""
        with self.archive.open(self.folder + name) as file:
            content = file.read(_MAX_TAG_FILE + 1)
        if len(content) > _MAX_TAG_FILE:
            raise RogatioError("app.no_bundle")
        return content

    def listed(self, manifest: str) -> dict[str, str]:
        """Return the digests that a manifest states, by name of the file."""
        lines = self.tag(manifest).decode("utf-8", "replace").splitlines()
        pairs = (line.partition("  ") for line in lines if line)
        return {name: digest.lower() for digest, _, name in pairs}

    def problems_of(self, listed: Mapping[str, str]) -> Iterator[Problem]:
        for name, digest in listed.items():
            if self.folder + name not in self.names:
                yield Problem("missing", name)
            elif self.digest(name) != digest:
                yield Problem("changed", name)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a member; empty if it cannot be read."""
        found = hashlib.sha256()
        try:
            with self.archive.open(self.folder + name) as file:
                while piece := file.read(_PIECE):
                    found.update(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return ""
        return found.hexdigest()

    def unlisted(self, tags: Mapping[str, str], payload: Mapping[str, str]) -> Iterator[str]:
        """Yield the members that no signed manifest lists; only a tag manifest may list what is not payload."""
        for whole in self.names:
            name = whole.removeprefix(self.folder)
            known = payload if name.startswith("data/") else {**tags, TAG_MANIFEST: "", SIGNATURE: "", TIMESTAMP: ""}
            if name not in known or not whole.startswith(self.folder):
                yield name
        for required in (BAGIT, INFO, MANIFEST, PUBLIC_KEY):
            if required not in tags:
                yield required


def _info(content: bytes) -> dict[str, str]:
    lines = content.decode("utf-8", "replace").splitlines()
    return {label.strip(): value.strip() for label, _, value in (line.partition(":") for line in lines)}
