"""Vectors of a document's passages, reusing those that were encoded before."""

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

Vector16: TypeAlias = npt.NDArray[np.float16]

FEWEST_WORDS = 3  # a page number or the name of a signatory means nothing that could be found
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """What an encoder made of a document before, and of others that share words with it: (SHA-256, document) each.

    The first of ``places`` is the document's own.
    """

    derived: Derived
    places: tuple[tuple[str, str], ...]
    encoder: Encoder

    def of(self, digests: Iterable[int]) -> dict[int, Vector16]:
        """Return the vectors of those ``digests`` that were made before; no more is read than that takes."""
        wanted, found = set(digests), dict[int, Vector16]()
        for sha256, document in self.places:
            if wanted <= found.keys():
                break
            rows = self.derived.vectors(sha256, document, self.encoder.version, self.encoder.dimensions)
            found |= {
                digest: rows["vector"][at] for at, digest in enumerate(rows["digest"].tolist()) if digest in wanted
            }
        return found

    def keep(self, vectors: Mapping[int, Vector16], scratch: Path) -> None:
        """Write the document's own vectors unless the very same are kept; those of another encoder go."""
        sha256, document = self.places[0]
        kept = self.derived.vectors(sha256, document, self.encoder.version, self.encoder.dimensions)
        if set(kept["digest"].tolist()) != vectors.keys():
            rows = np.zeros(len(vectors), vector_row(self.encoder.dimensions))
            for at, (digest, vector) in enumerate(vectors.items()):
                rows[at] = digest, vector
            self.derived.write_vectors(sha256, document, self.encoder.version, rows, scratch)
        self.derived.keep_vectors(sha256, document, self.encoder.version)


def with_vectors(made: list[Record], title: str, kept: StoredVectors, scratch: Path) -> list[Record]:
    """Return the records of one document, its scopes with the vectors of their passages.

    ``title`` is the one that the document came in with or was read from it. Passages are encoded under it whatever
    title a person sets, so that a corrected title encodes none anew. What was encoded before is not encoded again: each
    vector is kept with the digest of its text.
    """
    texts = {record.id: encoded_text(record, title) for record in made if record.kind is not RecordKind.SCOPE}
    digests = {name: _digest(text) for name, text in texts.items() if text}
    vectors = kept.of(digests.values())
    missing = {digest: texts[name] for name, digest in digests.items() if digest not in vectors}
    if missing:
        made_now = kept.encoder.passages(list(missing.values())).astype("<f2")
        vectors |= dict(zip(missing, made_now, strict=True))
    if texts:
        kept.keep(vectors, scratch)
    by_record = {name: vectors[digests[name]].tobytes() if text else b"" for name, text in texts.items()}
    return list(_on_scopes(made, by_record, kept.encoder.version))


def encoded_text(record: Record, title: str) -> str:
    """Return a passage under its title and headings, empty for one too short to mean anything."""
    if len(record.exact) < FEWEST_WORDS:
        return ""
    above = " · ".join(dict.fromkeys(filter(None, (title, *record.path))))
    return f"{above[:_LONGEST_HEADING]}\n{record.text}" if above else record.text


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _on_scopes(made: Sequence[Record], by_record: Mapping[str, bytes], version: str) -> Iterator[Record]:
    passages: dict[str, list[bytes]] = {}
    for record in made:
        if record.kind is not RecordKind.SCOPE:
            passages.setdefault(record.scope_id, []).append(by_record[record.id])
    for record in made:
        if record.kind is RecordKind.PASSAGE or record.id not in passages:
            yield record
        else:
            yield replace(record, vectors=tuple(passages[record.id]), encoder=version)
