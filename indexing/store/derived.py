"""Derived results beside the originals, each with its version.

The text, pages and boxes of a file depend on its bytes alone and lie under its SHA-256; annotations depend also on
what people said of the one document, and lie there under the document's id.
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
    """A ``Document`` as far as its text: the rest is passed over."""

    text: str


_texts = msgspec.json.Decoder(_Text)
_encoder = msgspec.json.Encoder(enc_hook=lambda _: None)


def _without_boxes(kind: type, value: object) -> Any:
    return np.zeros(0, WORD_BOX)


_documents = msgspec.json.Decoder(Document, dec_hook=_without_boxes)
_annotations = msgspec.json.Decoder(Annotations)


UNREADABLE = (OSError, ValueError, zstandard.ZstdError)
"""What reading a damaged derived file raises; decoding errors of msgspec and numpy are ``ValueError``."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The folder ``derived`` of an installation; files are made whole in a ``scratch`` folder of the same disk."""

    home: Path

    def folder(self, sha256: str) -> Path:
        return self.home / "derived" / sha256[:2] / sha256

    def write_document(self, sha256: str, document: Document, scratch: Path) -> None:
        folder = self.folder(sha256)
        _write(folder / "words.npy.zst", document.words.rows.tobytes(), scratch)
        _write(folder / "document.json.zst", _encoder.encode(document), scratch)

    def document(self, sha256: str) -> Document:
        """Return what was read, without boxes of words; ``FileNotFoundError`` where nothing was."""
        return _documents.decode(_read(self.folder(sha256) / "document.json.zst"))

    def is_read(self, sha256: str) -> bool:
        """Whether there is a text of the original of that hash."""
        return (self.folder(sha256) / "document.json.zst").is_file()

    def text(self, sha256: str) -> str:
        """Return the reading text of what was read; ``FileNotFoundError`` where nothing was."""
        return _texts.decode(_read(self.folder(sha256) / "document.json.zst")).text

    def words(self, sha256: str) -> Words:
        return Words(np.frombuffer(_read(self.folder(sha256) / "words.npy.zst"), WORD_BOX))

    def write_annotations(
        self, sha256: str, document_id: str, fingerprint: str, annotations: Annotations, scratch: Path
    ) -> None:
        """Keep annotations under the ``fingerprint`` of what they were made from, beside any others of the document."""
        _write(self.annotations_path(sha256, document_id, fingerprint), _encoder.encode(annotations), scratch)

    def annotations(self, sha256: str, document_id: str, fingerprint: str) -> Annotations:
        """Return the annotations made from inputs of that fingerprint; ``FileNotFoundError`` where there are none."""
        return _annotations.decode(_read(self.annotations_path(sha256, document_id, fingerprint)))

    def keep_annotations(self, sha256: str, document_id: str, fingerprint: str) -> None:
        """Delete all annotations of the document but those of ``fingerprint``."""
        kept = self.annotations_path(sha256, document_id, fingerprint)
        for path in self._annotations_of(sha256, document_id):
            if path != kept:
                path.unlink(missing_ok=True)

    def remove_said(self, sha256: str, document_id: str) -> None:
        """Delete what was said of the document and its vectors."""
        for path in self._annotations_of(sha256, document_id):
            path.unlink(missing_ok=True)
        for path in self.folder(sha256).glob(f"vectors-{document_id}-*"):
            path.unlink(missing_ok=True)

    def write_vectors(
        self, sha256: str, document_id: str, encoder: str, rows: npt.NDArray[np.void], scratch: Path
    ) -> None:
        """Keep ``rows`` (of ``vector_row``) of one encoder."""
        _write(self._vectors_path(sha256, document_id, encoder), rows.tobytes(), scratch)

    def keep_vectors(self, sha256: str, document_id: str, encoder: str) -> None:
        """Delete all vectors of the document but those of one encoder."""
        kept = self._vectors_path(sha256, document_id, encoder)
        for path in self.folder(sha256).glob(f"vectors-{document_id}-*"):
            if path != kept:
                path.unlink(missing_ok=True)

    def vectors(self, sha256: str, document_id: str, encoder: str, dimensions: int) -> npt.NDArray[np.void]:
        """Return the rows that ``encoder`` made for the document, none where it made none yet."""
        try:
            kept = _read(self._vectors_path(sha256, document_id, encoder))
        except FileNotFoundError:
            kept = b""
        return np.frombuffer(kept, vector_row(dimensions))

    def damaged_vectors(self, sha256: str, document_id: str) -> list[Path]:
        """Return the files of vectors of a document that cannot be read."""
        return [path for path in self.folder(sha256).glob(f"vectors-{document_id}-*") if not _is_readable(path)]

    def remove_text(self, sha256: str) -> None:
        """Delete what was read of an original, so that it is read again."""
        for name in ("document.json.zst", "words.npy.zst"):
            (self.folder(sha256) / name).unlink(missing_ok=True)

    def _vectors_path(self, sha256: str, document_id: str, encoder: str) -> Path:
        return self.folder(sha256) / f"vectors-{document_id}-{re.sub(r'[^A-Za-z0-9.]', '_', encoder)}.zst"

    def remove(self, sha256: str) -> None:
        """Delete everything that was made of one original, the images of its pages included."""
        for folder in (self.folder(sha256), self.home / "cache" / "pages" / sha256[:2] / sha256):
            if folder.exists():
                shutil.rmtree(folder)

    def annotations_path(self, sha256: str, document_id: str, fingerprint: str) -> Path:
        parts = ("annotations", document_id, *filter(None, [fingerprint]))  # without one: made before revision 0010
        return self.folder(sha256) / f"{'-'.join(parts)}.json.zst"

    def _annotations_of(self, sha256: str, document_id: str) -> list[Path]:
        return list(self.folder(sha256).glob(f"annotations-{document_id}*.json.zst"))


def vector_row(dimensions: int) -> np.dtype[np.void]:
    """Return the form of a kept vector: the digest of the text that it was made of, and the float16 vector."""
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
