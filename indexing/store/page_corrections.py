"""Page texts corrected by users, and the resulting text of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from extraction.document import Block, BlockKind, Document, Page, Table, Words

PARAGRAPH = re.compile(r"\S.*?(?=\s*(?:\n[ \t]*\n|\Z))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive uncorrected pages: ``[start, end)`` in the old text, and their ``shift`` in the new one."""

    start: int
    end: int
    shift: int


def with_page_texts(document: Document, texts: Mapping[int, str]) -> Document:
    """Return ``document`` with the text of pages (number -> text) replaced; blank lines separate paragraphs.

    Blocks and tables of a replaced page are replaced by paragraphs; all others are shifted.
    """
    if not texts:
        return document
    text, pages, runs = _rewritten(document, texts)
    blocks = [block for block in document.blocks for block in _moved_block(block, runs)]
    blocks += [block for page in pages if page.number in texts for block in _paragraphs(text, page)]
    blocks.sort(key=lambda block: (block.start, block.end))
    tables = tuple(table for table in document.tables for table in _moved_table(table, runs))
    return replace(document, text=text, pages=pages, blocks=tuple(blocks), tables=tables)


def words_with_page_texts(words: Words, document: Document, texts: Mapping[int, str]) -> Words:
    """Return the word boxes of ``document`` shifted to the text with replaced pages, which have no boxes."""
    if not texts:
        return words
    kept = []
    for run in _rewritten(document, texts)[2]:
        rows = words.rows[(words.rows["start"] >= run.start) & (words.rows["end"] <= run.end)].copy()
        rows["start"] = rows["start"].astype(np.int64) + run.shift
        rows["end"] = rows["end"].astype(np.int64) + run.shift
        kept.append(rows)
    return Words(np.concatenate(kept)) if kept else Words()


def _rewritten(document: Document, texts: Mapping[int, str]) -> tuple[str, tuple[Page, ...], tuple[_Run, ...]]:
    pieces: list[str] = []
    pages: list[Page] = []
    runs: list[_Run] = []
    length = begin = stop = 0  # length of the new text; bounds of the current run in the old one
    for page in document.pages:
        if page.number not in texts:
            stop = page.end
            pages.append(replace(page, start=page.start + length - begin, end=page.end + length - begin))
            continue
        gap = document.text[begin : page.start]
        if stop > begin:
            runs.append(_Run(begin, stop, length - begin))
        pieces += [gap, texts[page.number]]
        start = length + len(gap)
        length = start + len(texts[page.number])
        pages.append(replace(page, start=start, end=length, confidence=1.0))
        begin = stop = page.end
    runs.append(_Run(begin, len(document.text), length - begin))
    return "".join([*pieces, document.text[begin:]]), tuple(pages), tuple(runs)


def _moved_block(block: Block, runs: Iterable[_Run]) -> Iterator[Block]:
    for run in runs:
        start, end = max(block.start, run.start), min(block.end, run.end)
        if start < end:
            yield replace(block, start=start + run.shift, end=end + run.shift)


def _moved_table(table: Table, runs: Iterable[_Run]) -> Iterator[Table]:
    for run in runs:
        if run.start <= table.start and table.end <= run.end:
            cells = tuple(replace(cell, start=cell.start + run.shift, end=cell.end + run.shift) for cell in table.cells)
            yield replace(table, start=table.start + run.shift, end=table.end + run.shift, cells=cells)


def _paragraphs(text: str, page: Page) -> Iterator[Block]:
    for match in PARAGRAPH.finditer(text[page.start : page.end]):
        yield Block(page.start + match.start(), page.start + match.end(), BlockKind.PARAGRAPH)
