"""BagIt packages (RFC 8493): verification of files against the bag's manifest."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

from extraction.errors import RogatioError

ALGORITHMS = ("sha512", "sha384", "sha256", "sha224", "sha1", "md5")  # the strongest first
MAX_MANIFEST = 64 << 20  # bytes
_TAG_FILE = re.compile(r"(?:bagit|bag-info|fetch|(?:tag)?manifest-\w+)\.txt")


class Bag:
    """Manifest of one package; a package that is not a bag has no entries and every file passes."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        names = package.namelist()
        declaration = next((name for name in names if re.fullmatch(r"(?:[^/]+/)?bagit\.txt", name)), None)
        self._base = (declaration or "").removesuffix("bagit.txt")
        self._digests: dict[str, str] = {}
        self._algorithm = ""
        self._is_bag = declaration is not None
        if self._is_bag:
            self._load(package, names)

    def _load(self, package: zipfile.ZipFile, names: list[str]) -> None:
        for algorithm in ALGORITHMS:
            if (manifest := f"{self._base}manifest-{algorithm}.txt") in names:
                with package.open(manifest) as file:
                    text = file.read(MAX_MANIFEST).decode("utf-8", "replace")
                self._algorithm, self._digests = algorithm, _entries(text)
                return

    def is_tag_file(self, name: str) -> bool:
        """Return whether ``name`` is a tag file of the bag (RFC 8493, 2.2), not part of its payload."""
        return self._is_bag and bool(_TAG_FILE.fullmatch(name.removeprefix(self._base)))

    def verify(self, name: str, path: Path) -> None:
        """Check a payload file against the manifest; raises ``extraction.bag_checksum`` or ``bag_unlisted``."""
        listed = name.removeprefix(self._base)
        if not self._is_bag or not listed.startswith("data/"):
            return
        digest = self._digests.pop(listed, "")
        if not digest:
            raise RogatioError("extraction.bag_unlisted")
        with path.open("rb") as file:
            if hashlib.file_digest(file, self._algorithm).hexdigest() != digest.lower():
                raise RogatioError("extraction.bag_checksum")

    def missing(self) -> list[str]:
        """Return the names of listed files that were not passed to :meth:`verify`."""
        return [self._base + name for name in self._digests]


def _entries(manifest: str) -> dict[str, str]:
    lines = (line.split(maxsplit=1) for line in manifest.splitlines() if line.strip())
    return {unquote(parts[1].strip().removeprefix("*")): parts[0] for parts in lines if len(parts) == 2}
