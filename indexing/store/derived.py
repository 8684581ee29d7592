"""Files derived from originals: text, annotations, vectors.

Text, pages and boxes depend on the bytes of a file alone and are stored under its SHA-256; annotations also depend on
corrections of the document, and are stored there under the document's id.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import zstandard

from extraction.document import WORD_BOX, Document, Words
from nlp.annotations import Annotations


class _Text(msgspec.Struct):
    """The text of a stored ``Document``; other fields are skipped."""

    text: str


_texts = msgspec.json.Decoder(_Text)
_encoder = msgspec.json.Encoder(enc_hook=lambda _: None)


def _without_boxes(kind: type, value: object) -> Any:
    return np.zeros(0, WORD_BOX)


_documents = msgspec.json.Decoder(Document, dec_hook=_without_boxes)
_annotations = msgspec.json.Decoder(Annotations)


UNREADABLE = (OSError, ValueError, zstandard.ZstdError)
"""Exceptions of reading a damaged derived file; decoding errors of msgspec and numpy are ``ValueError``."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The folder ``derived`` of an installation; files are written to ``scratch`` on the same disk and then renamed."""

    home: Path

    def folder(self, sha256: str) -> Path:
        """Return the folder of what was derived from the original with a digest."""
        return self.home / "derived" / sha256[:2] / sha256

    def write_document(self, sha256: str, document: Document, scratch: Path) -> None:
        """Store a document; its text is written last, so that :meth:`is_read` is true only for a whole one."""
        folder = self.folder(sha256)
        _write(folder / "words.npy.zst", document.words.rows.tobytes(), scratch)
        _write(folder / "document.json.zst", _encoder.encode(document), scratch)

    def document(self, sha256: str) -> Document:
        """Return the stored document without word boxes; raises ``FileNotFoundError``."""
        return _documents.decode(_read(self.folder(sha256) / "document.json.zst"))

    def is_read(self, sha256: str) -> bool:
        """Return whether the original with that digest was read."""
        return (self.folder(sha256) / "document.json.zst").is_file()

    def text(self, sha256: str) -> str:
        """Return the text of the stored document; raises ``FileNotFoundError``."""
        return _texts.decode(_read(self.folder(sha256) / "document.json.zst")).text

    def words(self, sha256: str) -> Words:
        """Return the word boxes of the stored document; raises ``FileNotFoundError``."""
        return Words(np.frombuffer(_read(self.folder(sha256) / "words.npy.zst"), WORD_BOX))

    def write_annotations(
        self, sha256: str, document_id: str, fingerprint: str, annotations: Annotations, scratch: Path
    ) -> None:
        """Store annotations under the ``fingerprint`` of their inputs; others of the document are kept."""
        _write(self.annotations_path(sha256, document_id, fingerprint), _encoder.encode(annotations), scratch)

    def annotations(self, sha256: str, document_id: str, fingerprint: str) -> Annotations:
        """Return the annotations with that fingerprint; raises ``FileNotFoundError``."""
        return _annotations.decode(_read(self.annotations_path(sha256, document_id, fingerprint)))

    def keep_annotations(self, sha256: str, document_id: str, fingerprint: str) -> None:
        """Delete all annotations of the document except those with ``fingerprint``."""
        kept = self.annotations_path(sha256, document_id, fingerprint)
        for path in self._annotations_of(sha256, document_id):
            if path != kept:
                path.unlink(missing_ok=True)

    def remove_annotations(self, sha256: str, document_id: str) -> None:
        """Delete the annotations and vectors of the document."""
        for path in self._annotations_of(sha256, document_id):
            path.unlink(missing_ok=True)
        for path in self.folder(sha256).glob(f"vectors-{document_id}-*"):
            path.unlink(missing_ok=True)

    def write_vectors(
        self, sha256: str, document_id: str, encoder: str, rows: npt.NDArray[np.void], scratch: Path
    ) -> None:
        """Store ``rows`` (of ``vector_row``) made by ``encoder``."""
        _write(self._vectors_path(sha256, document_id, encoder), rows.tobytes(), scratch)

    def keep_vectors(self, sha256: str, document_id: str, encoder: str) -> None:
        """Delete all vectors of the document except those of ``encoder``."""
        kept = self._vectors_path(sha256, document_id, encoder)
        for path in self.folder(sha256).glob(f"vectors-{document_id}-*"):
            if path != kept:
                path.unlink(missing_ok=True)

    def vectors(self, sha256: str, document_id: str, encoder: str, dimensions: int) -> npt.NDArray[np.void]:
        """Return the rows that ``encoder`` made for the document, an empty array if there are none."""
        try:
            content = _read(self._vectors_path(sha256, document_id, encoder))
        except FileNotFoundError:
            content = b""
        return np.frombuffer(content, vector_row(dimensions))

    def write_vector_part(
        self, sha256: str, document_id: str, encoder: str, rows: npt.NDArray[np.void], scratch: Path
    ) -> None:
        """Store vectors of a part of a document, until :meth:`keep_vectors` keeps those of the whole."""
        name = f"{document_id}-part{int(rows['digest'][0]):016x}"
        _write(self._vectors_path(sha256, name, encoder), rows.tobytes(), scratch)

    def vector_parts(self, sha256: str, document_id: str, encoder: str, dimensions: int) -> npt.NDArray[np.void]:
        """Return the rows that ``encoder`` made for parts of the document."""
        pattern = self._vectors_path(sha256, f"{document_id}-part*", encoder).name
        content = b"".join(_read(path) for path in sorted(self.folder(sha256).glob(pattern)))
        return np.frombuffer(content, vector_row(dimensions))

    def damaged_vectors(self, sha256: str, document_id: str) -> list[Path]:
        """Return the unreadable vector files of a document."""
        return [path for path in self.folder(sha256).glob(f"vectors-{document_id}-*") if not _is_readable(path)]

    def remove_text(self, sha256: str) -> None:
        """Delete the text of an original, so that it is read again."""
        for name in ("document.json.zst", "words.npy.zst"):
            (self.folder(sha256) / name).unlink(missing_ok=True)

    def _vectors_path(self, sha256: str, document_id: str, encoder: str) -> Path:
        return self.folder(sha256) / f"vectors-{document_id}-{re.sub(r'[^A-Za-z0-9.]', '_', encoder)}.zst"

    def remove(self, sha256: str) -> None:
        """Delete everything derived from one original, including cached page images."""
        for folder in (self.folder(sha256), self.home / "cache" / "pages" / sha256[:2] / sha256):
            if folder.exists():
                shutil.rmtree(folder)

    def annotations_path(self, sha256: str, document_id: str, fingerprint: str) -> Path:
        """Return the file of annotations; ``fingerprint`` is that of all they were made from."""
        parts = (
            "annotations",
            document_id,
            *filter(None, [fingerprint]),
        )  # without fingerprint: made before migration 0010
        return self.folder(sha256) / f"{'-'.join(parts)}.json.zst"

    def _annotations_of(self, sha256: str, document_id: str) -> list[Path]:
        return list(self.folder(sha256).glob(f"annotations-{document_id}*.json.zst"))


def vector_row(dimensions: int) -> np.dtype[np.void]:
    """Return the dtype of a stored vector: digest of the encoded text, and float16 vector."""
    return np.dtype([("digest", "<u8"), ("vector", "<f2", (dimensions,))])


def _write(path: Path, content: bytes, scratch: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=scratch)
    with os.fdopen(handle, "wb") as file:
        file.write(zstandard.compress(content, 3))
    os.replace(name, path)


def _is_readable(path: Path) -> bool:
    try:
        _read(path)
    except UNREADABLE:
        return False
    return True


def _read(path: Path) -> bytes:
    return zstandard.decompress(path.read_bytes())
