"""Vectors of the passages of one document: encoded once, stored by the digest of their text, put on the scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from indexing.records.record import Record, RecordKind
from indexing.store.derived import Derived, vector_row
from indexing.vectors.encoder import Encoder
from nlp.editorial_notes import is_editorial

Vector16: TypeAlias = npt.NDArray[np.float16]
MIN_WORDS = 3  # shorter passages, such as a page number or a signature, have no useful meaning
_MAX_HEADING_LENGTH = 100


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Stored vectors of a document and of related ones that share passages with it.

    ``places`` are pairs (SHA-256, document id); the first is the document itself.
    """

    derived: Derived
    places: tuple[tuple[str, str], ...]
    encoder: Encoder

    def of(self, digests: Iterable[int]) -> dict[int, Vector16]:
        """Return the stored vectors of ``digests``; no more files are read than necessary."""
        missing, vectors = set(digests), dict[int, Vector16]()
        for rows in self._rows():
            vectors |= {
                digest: rows["vector"][at] for at, digest in enumerate(rows["digest"].tolist()) if digest in missing
            }
            if missing <= vectors.keys():
                break
        return vectors

    def _rows(self) -> Iterator[npt.NDArray[np.void]]:
        version, dimensions = self.encoder.version, self.encoder.dimensions
        for sha256, document in self.places:
            yield self.derived.vectors(sha256, document, version, dimensions)
        yield self.derived.vector_parts(*self.places[0], version, dimensions)

    def keep(self, vectors: Mapping[int, Vector16], scratch: Path) -> None:
        """Store the document's vectors unless they are unchanged, and remove those of other encoders."""
        sha256, document = self.places[0]
        stored = self.derived.vectors(sha256, document, self.encoder.version, self.encoder.dimensions)
        if set(stored["digest"].tolist()) != vectors.keys():
            rows = np.zeros(len(vectors), vector_row(self.encoder.dimensions))
            for at, (digest, vector) in enumerate(vectors.items()):
                rows[at] = digest, vector
            self.derived.write_vectors(sha256, document, self.encoder.version, rows, scratch)
        self.derived.keep_vectors(sha256, document, self.encoder.version)


def missing_texts(records: Iterable[Record], title: str, stored: StoredVectors) -> dict[int, str]:
    """Return the texts of a document without stored vectors, by digest; arguments as of :func:`with_vectors`."""
    texts = {_text_digest(text): text for text in _texts(records, title).values() if text}
    known = stored.of(texts)
    return {digest: text for digest, text in texts.items() if digest not in known}


def with_vectors(records: list[Record], title: str, stored: StoredVectors, scratch: Path) -> list[Record]:
    """Return the records of one document, with vectors of their passages on the scopes.

    ``title`` is the original title, which is part of the encoded text; a title corrected by a person is ignored, so
    that corrections need no new encoding. Vectors are stored with the digest of their text and reused.
    """
    texts = _texts(records, title)
    digests = {name: _text_digest(text) for name, text in texts.items() if text}
    vectors = stored.of(digests.values())
    missing = {digest: texts[name] for name, digest in digests.items() if digest not in vectors}
    if missing:
        encoded = stored.encoder.passages(list(missing.values())).astype("<f2")
        vectors |= dict(zip(missing, encoded, strict=True))
    if texts:
        stored.keep(vectors, scratch)
    by_record = {name: vectors[digests[name]].tobytes() if text else b"" for name, text in texts.items()}
    return list(_on_scopes(records, by_record, stored.encoder.version))


def _texts(records: Iterable[Record], title: str) -> dict[str, str]:
    return {record.id: encoded_text(record, title) for record in records if record.kind is not RecordKind.SCOPE}


def encoded_text(record: Record, title: str) -> str:
    """Return the text to encode: the nearest heading, otherwise the title, and the passage.

    It is ``""`` for a passage below ``MIN_WORDS`` and for one that is only an editorial note, which are not found by
    meaning.
    """
    if len(record.exact) < MIN_WORDS or is_editorial(record.text, record.language):
        return ""
    return headed_text((title, *record.path), record.text)


def headed_text(headings: Sequence[str], text: str) -> str:
    """Return the text of a passage below the last of ``headings``, as it is encoded; the first one is the title.

    More headings are not found better and are a quarter of the pieces of a code: hit@5 of vectors alone in six
    countries' articles is 0.72 below the nearest heading, 0.71 below all.
    """
    nearest = next(filter(None, reversed(headings)), "")
    return f"{nearest[:_MAX_HEADING_LENGTH]}\n{text}" if nearest else text


def _text_digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _on_scopes(records: Sequence[Record], by_record: Mapping[str, bytes], version: str) -> Iterator[Record]:
    passages: dict[str, list[bytes]] = {}
    for record in records:
        if record.kind is not RecordKind.SCOPE:
            passages.setdefault(record.scope_id, []).append(by_record[record.id])
    for record in records:
        if record.kind is RecordKind.PASSAGE or record.id not in passages:
            yield record
        else:
            yield replace(record, vectors=tuple(passages[record.id]), encoder=version)
