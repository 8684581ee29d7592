"""The vectors of a document's passages: what is encoded of each, and what an earlier run already has encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import numpy as np

from indexing.derived import Derived, vector_row
from indexing.embedding import Encoder
from indexing.records import Record, RecordKind

FEWEST_WORDS = 3  # a page number or the name of a signatory means nothing that could be found
_LONGEST_HEADING = 200


def with_vectors(made: list[Record], sha256: str, derived: Derived, encoder: Encoder, scratch: Path) -> list[Record]:
    """Return the records of one document, its scopes with the vectors of their passages.

    What ``encoder`` was given before is not encoded again: each vector is kept with the digest of its text.
    """
    texts = {record.id: encoded_text(record) for record in made if record.kind is not RecordKind.SCOPE}
    if not texts:
        return made
    digests = {name: _digest(text) for name, text in texts.items() if text}
    document_id = made[0].facts.document_id
    kept = derived.vectors(sha256, document_id, encoder.version, encoder.dimensions)
    vectors = dict(zip(kept["digest"].tolist(), kept["vector"], strict=True))
    missing = {digest: texts[name] for name, digest in digests.items() if digest not in vectors}
    if missing:
        vectors |= dict(zip(missing, encoder.passages(list(missing.values())).astype("<f2"), strict=True))
    wanted = dict.fromkeys(digests.values())
    if missing or len(wanted) < len(kept):
        rows = np.zeros(len(wanted), vector_row(encoder.dimensions))
        rows["digest"] = list(wanted)
        rows["vector"] = [vectors[digest] for digest in wanted]
        derived.write_vectors(sha256, document_id, encoder.version, rows, scratch)
    by_record = {name: vectors[digests[name]].tobytes() if text else b"" for name, text in texts.items()}
    return list(_on_scopes(made, by_record, encoder.version))


def encoded_text(record: Record) -> str:
    """Return a passage under its title and headings, empty for one too short to mean anything."""
    if len(record.exact) < FEWEST_WORDS:
        return ""
    above = " · ".join(dict.fromkeys(filter(None, (record.facts.title, *record.path))))
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
