"""Plain text in any common encoding; form feeds separate pages, blank lines separate paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

from extraction.characters import clean
from extraction.document import BlockKind, Document
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.line_wrap import LineWrap

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def read_plain_text(path: Path) -> Document:
    """Read ``path``; lines are rejoined only if the text is evidently wrapped at a fixed width."""
    decoded = decode(path.read_bytes())
    draft = Draft()
    for warning in decoded.warnings:
        draft.warn(warning)
    pages = [paragraphs(page) for page in decoded.text.split("\f")]
    wrap = LineWrap(lines for page in pages for lines in page)
    for number, page in enumerate(pages):
        if number:
            draft.page_break()
        for lines in page:
            for paragraph in wrap.rejoin(lines):
                draft.add(BlockKind.PARAGRAPH, paragraph)
    return draft.document("text/plain", "plain_text", {"encoding": decoded.encoding})


def paragraphs(text: str) -> list[list[str]]:
    """Return the stripped, non-empty lines of each paragraph of ``text``."""
    parts = _BLANK_LINES.split(clean(text).strip("\n"))
    return [[line.strip() for line in part.split("\n") if line.strip()] for part in parts if part.strip()]
