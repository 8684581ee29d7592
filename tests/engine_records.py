"""Records for the tests of engines and search, made from short texts by the real analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction.document import Block, BlockKind, Document, Page
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts, Record
from indexing.records.validity import Validity
from nlp.annotations import Annotations, DocumentType, Reading, Segment, Span, Unit


def made(
    document_id: str,
    text: str | Sequence[tuple[str, str]],
    *,
    language: str = "es",
    document_type: str = "judgment",
    jurisdiction: str = "ES",
    collection: str = "law",
    partition: str = "public",
    date: str = "",
    title: str = "",
    authority: str = "",
    identity: tuple[str, ...] = (),
    units: tuple[Unit, ...] = (),
    spans: tuple[Span, ...] = (),
    validity: Validity | None = None,
) -> list[Record]:
    """Return the records of a document whose pages are parted by form feeds and its paragraphs by line ends.

    The text of a document in several languages is given as parts, each with its language.
    """
    parts = ((text, language),) if isinstance(text, str) else text
    text = "\n".join(part for part, _ in parts)
    reading_text = text.replace("\f", " ")
    annotations = Annotations(
        DocumentType(document_type, 1.0, "test"),
        tuple(_segments(parts)),
        units,
        spans,
        title,
        jurisdiction,
        date,
        tuple(Reading(canonical, jurisdiction, "law") for canonical in identity),
        "test",
    )
    facts = DocumentFacts(
        document_id,
        collection,
        partition,
        f"{document_id}.txt",
        title,
        document_type,
        jurisdiction,
        date,
        language,
        "",
        authority,
        validity,
    )
    document = Document(reading_text, _pages(text), _blocks(reading_text), "text/plain", "test")
    return document_records(document, annotations, facts)


def _segments(parts: Sequence[tuple[str, str]]) -> Iterator[Segment]:
    at = 0
    for text, language in parts:
        yield Segment(at, at + len(text), language, 1.0, "test")
        at += len(text) + 1


def _pages(text: str) -> tuple[Page, ...]:
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\f")]
    ends = [*starts[1:], len(text)]
    return tuple(Page(number, start, end) for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1))


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.PARAGRAPH))
        at += len(line) + 1
    return tuple(blocks)
