"""RTF: its text by paragraphs, its table rows as cells."""

from __future__ import annotations

import re
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from extraction.document import BlockKind, Document
from extraction.draft import CellText, Draft
from extraction.errors import RogatioError

MEDIA_TYPE = "application/rtf"
MAX_BYTES = 100 << 20
_PICTURE_DATA = re.compile(r"[0-9a-fA-F\s]{2000,}")
_INFORMATION = re.compile(r"\{\\(title|author|subject)\s+([^{}\\]{1,500})\}")


def read_rtf(path: Path) -> Document:
    """Read ``path``; raises ``extraction.truncated`` where its groups do not close, ``extraction.too_large``."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise RogatioError("extraction.too_large", limit=f"{MAX_BYTES:,}")
    source = _PICTURE_DATA.sub("", data.decode("latin-1"))
    if "}" not in source[-2000:]:
        raise RogatioError("extraction.truncated")
    draft = Draft()
    rows: list[list[str]] = []
    text: str = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    for line in text.split("\n"):
        if "|" in line and line.rstrip().endswith("|"):
            rows.append(line.rstrip().removesuffix("|").split("|"))
            continue
        _add_table(draft, rows)
        draft.add(BlockKind.PARAGRAPH, line)
    _add_table(draft, rows)
    return draft.document(MEDIA_TYPE, "rtf", dict(_INFORMATION.findall(source[:20_000])))


def _add_table(draft: Draft, rows: list[list[str]]) -> None:
    draft.add_table(
        CellText(number, column, text, header=number == 0)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    rows.clear()
