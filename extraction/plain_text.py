"""Plain text in any common encoding; form feeds separate pages, blank lines separate paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

from extraction.characters import clean
from extraction.document import BlockKind, Document
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.line_wrap import LineWrap
from extraction.openpgp import without_armour

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def read_plain_text(path: Path) -> Document:
    """Read ``path``; lines are rejoined only if the text is evidently wrapped at a fixed width.

    Of text signed by OpenPGP the armour is left out, with a warning that the signature was not checked.
    """
    decoded = decode(path.read_bytes())
    draft = Draft()
    text, signed = without_armour(decoded.text)
    metadata = {"encoding": decoded.encoding}
    if signed:
        draft.warn("signature_openpgp")
        metadata["signatures"] = "\n".join(map(str, signed))
    for warning in decoded.warnings:
        draft.warn(warning)
    pages = [paragraphs(page) for page in text.split("\f")]
    wrap = LineWrap(lines for page in pages for lines in page)
    for number, page in enumerate(pages):
        if number:
            draft.page_break()
        for lines in page:
            for paragraph in wrap.rejoin(lines):
                draft.add(BlockKind.PARAGRAPH, paragraph)
    return draft.document("text/plain", "plain_text", metadata)


def paragraphs(text: str) -> list[list[str]]:
    """Return the stripped, non-empty lines of each paragraph of ``text``."""
    parts = _BLANK_LINES.split(clean(text).strip("\n"))
    return [[line.strip() for line in part.split("\n") if line.strip()] for part in parts if part.strip()]
