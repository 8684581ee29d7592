"""A register of requests: threads of letters, some with defects, dated relative to the day on which it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from app.demonstration import office_files as office
from app.demonstration.corpus import REQUESTS, add_to_manifest
from app.demonstration.pdf_files import write_pdf
from app.demonstration.writing import Draft, Paragraph
from app.i18n import written_date
from extraction.resource import load

_WRITERS = {
    ".pdf": write_pdf,
    ".docx": office.write_docx,
    ".txt": office.write_text,
    ".eml": office.write_email,
}
_DAY = re.compile(r"\{d(?P<days>[+-]\d+)\}")


def write_register(folder: Path, today: date) -> list[Path]:
    """Write the letters and laws of the register, add them to its manifest, and return their paths.

    Deadlines of the letters are around ``today``, so that some of them are close.
    """
    held: Mapping[str, Any] = load("app.demonstration.register")
    rows = [_write_letter(folder, letter, today) for letter in held["letters"]]
    for law in held["laws"]:
        path = folder / "law" / law["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(law["text"], encoding="utf-8")
        rows.append((path.relative_to(folder).as_posix(), "public", "", ""))
    add_to_manifest(folder, rows)
    return [folder / row[0] for row in rows]


def _write_letter(folder: Path, letter: Mapping[str, str], today: date) -> tuple[str, str, str, str]:
    path = folder / "requests" / letter["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = letter_draft(letter, today)
    _WRITERS[path.suffix](draft, path, Random(letter["file"]))
    return path.relative_to(folder).as_posix(), REQUESTS, letter["case_file"], ""


def letter_draft(letter: Mapping[str, str], today: date) -> Draft:
    """Return a letter with its dates filled in, dated by the first; lines in capitals are headings."""
    language, first = letter["language"], _DAY.search(letter["text"])
    written = today + timedelta(days=int(first["days"]) if first else 0)
    text = _DAY.sub(lambda found: _written(today + timedelta(days=int(found["days"])), language), letter["text"])
    title, *rest = (part.strip() for part in text.split("\n\n"))
    paragraphs = [Paragraph("title", title, language)]
    paragraphs += [Paragraph("heading" if part.isupper() else "paragraph", part, language) for part in rest]
    return Draft("", "", title, written.isoformat(), tuple(paragraphs))


def _written(day: date, language: str) -> str:
    return written_date(day.isoformat(), language)
