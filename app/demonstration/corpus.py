"""Writes the demonstration corpus: files in many formats, the ground truth of each, and a manifest for ingest."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

from app.demonstration import office_files as office
from app.demonstration.bank_records import bank_record
from app.demonstration.cases import draw_case
from app.demonstration.judgments import judgment
from app.demonstration.letters import letter, other_language, reply
from app.demonstration.pdf_files import write_pdf, write_scan
from app.demonstration.statutes import planned_laws, statute
from app.demonstration.typing_errors import with_typing_errors
from app.demonstration.words import words
from app.demonstration.writing import Draft, joined
from indexing.ingest.arrivals import TRUTH

PASSWORD = "demostracion"
MANIFEST = ("file", "collection", "case_file", "password")
KINDS = ("letter", "statute", "judgment", "letter", "bilingual", "statute", "reply", "letter", "judgment", "bank")

REQUESTS, OTHER_AUTHORITY = "demo-central-authority", "demo-prosecution-office"
"""The files of two authorities (named in ``labels.yaml``): both are notified of a match between them, not of more."""
_SAME_CASE, _BEFORE = 7, 4
"""Of ten documents, the letter about the person, company, account and telephone of the letter four places before."""

Write = Callable[[Draft, Path, Random], None]


def _two_columns(draft: Draft, path: Path, rng: Random) -> None:
    write_pdf(draft, path, rng, columns=2)


def _encrypted(draft: Draft, path: Path, rng: Random) -> None:
    write_pdf(draft, path, rng, password=PASSWORD)


FORMATS: dict[str, tuple[tuple[str, str, Write], ...]] = {
    "letter": (
        ("pdf", ".pdf", write_pdf), ("scan", ".pdf", write_scan), ("docx", ".docx", office.write_docx),
        ("email", ".eml", office.write_email), ("pdf", ".pdf", write_pdf), ("odt", ".odt", office.write_odt),
        ("tiff", ".tiff", write_scan), ("text", ".txt", office.write_text), ("encrypted", ".pdf", _encrypted),
    ),
    "bilingual": (("pdf", ".pdf", write_pdf), ("docx", ".docx", office.write_docx), ("scan", ".pdf", write_scan)),
    "statute": (
        ("two_columns", ".pdf", _two_columns), ("html", ".html", office.write_html),
        ("markdown", ".md", office.write_markdown), ("akoma_ntoso", ".xml", office.write_akoma_ntoso),
        ("pdf", ".pdf", write_pdf), ("text", ".txt", office.write_text),
    ),
    "judgment": (
        ("pdf", ".pdf", write_pdf), ("html", ".html", office.write_html), ("docx", ".docx", office.write_docx),
        ("two_columns", ".pdf", _two_columns), ("text", ".txt", office.write_text),
    ),
    "reply": (("docx", ".docx", office.write_docx), ("pdf", ".pdf", write_pdf), ("email", ".eml", office.write_email)),
    "bank": (("xlsx", ".xlsx", office.write_spreadsheet), ("csv", ".csv", office.write_csv)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the corpus: its path below the folder, its kind, and its case file and collection."""

    path: Path
    kind: str
    form: str
    draft: Draft
    case_file: str
    collection: str


def write_corpus(folder: Path, *, documents: int, seed: int) -> Iterator[Written]:
    """Write ``documents`` files below ``folder`` and yield each; equal seeds give equal texts.

    Beside each file is ``NAME.truth.json`` with its text, spans, structure and fields.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for place in range(documents):
        kind, rng = KINDS[place % len(KINDS)], Random(f"{seed}-{place}")
        draft, case_file = _draft(kind, place, rng, seed)
        written = _write_one(folder, place, kind, draft, case_file, rng)
        rows.append(_manifest_row(written))
        yield written
    _write_rows(folder, "w", [MANIFEST, *rows])


def write_legislation(folder: Path, *, documents: int, seed: int) -> Iterator[Written]:
    """Write the laws that a corpus of ``documents`` files has no room for, add them to its manifest and yield each."""
    laws = planned_laws()
    rows = []
    for place in range(_statutes_before(documents), len(laws)):
        rng = Random(f"{seed}-law-{place}")
        written = _write_one(folder, documents + place, "statute", statute(rng, *laws[place]), "", rng)
        rows.append(_manifest_row(written))
        yield written
    add_to_manifest(folder, rows)


def add_to_manifest(folder: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Append rows, with the columns of ``MANIFEST``, to the manifest of a corpus."""
    _write_rows(folder, "a", rows)


def _write_rows(folder: Path, mode: str, rows: Iterable[tuple[str, ...]]) -> None:
    with (folder / "manifest.csv").open(mode, encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _statutes_before(place: int) -> int:
    return sum(KINDS[earlier % len(KINDS)] == "statute" for earlier in range(place))


def _write_one(folder: Path, place: int, kind: str, draft: Draft, case_file: str, rng: Random) -> Written:
    forms = FORMATS[kind]
    form, suffix, write = forms[(place // len(KINDS) + place) % len(forms)]
    part = "law" if kind in ("statute", "judgment") else "requests"
    path = Path(part) / f"{kind}-{draft.jurisdiction.lower()}-{place + 1:03d}{suffix}"
    (folder / part).mkdir(exist_ok=True)
    write(draft, folder / path, rng)
    written = Written(path, kind, form, draft, case_file, _collection(place, case_file))
    truth = json.dumps(_truth(written), ensure_ascii=False, indent=1)
    (folder / f"{path}{TRUTH}").write_text(truth + "\n", encoding="utf-8")
    return written


def _collection(place: int, case_file: str) -> str:
    if not case_file:
        return "public"
    return OTHER_AUTHORITY if place % (2 * len(KINDS)) == len(KINDS) + _SAME_CASE else REQUESTS


def _state(place: int) -> str:
    states = sorted(words("states"))
    return states[(place * 7) % len(states)]


def _draft(kind: str, place: int, rng: Random, seed: int) -> tuple[Draft, str]:
    if kind == "statute":
        laws = planned_laws()
        return statute(rng, *laws[_statutes_before(place) % len(laws)]), ""
    state = _state(place)
    case = draw_case(rng, state)
    if place % len(KINDS) == _SAME_CASE:
        before = draw_case(Random(f"{seed}-{place - _BEFORE}"), _state(place - _BEFORE))
        case = replace(case, subject=before.subject, company=before.company, account=before.account, phone=before.phone)
    if kind == "judgment":
        return judgment(case, rng), ""
    made = {
        "letter": lambda: with_typing_errors(letter(case, rng), rng, rng.choice([0, 0, 1, 3])),
        "bilingual": lambda: letter(case, rng, second_language=other_language(case, rng)),
        "reply": lambda: reply(case, rng),
        "bank": lambda: bank_record(case, rng),
    }
    return made[kind](), case.reference


def _manifest_row(written: Written) -> tuple[str, ...]:
    password = PASSWORD if written.form == "encrypted" else ""
    return (written.path.as_posix(), written.collection, written.case_file, password)


def _truth(written: Written) -> dict[str, object]:
    draft = written.draft
    text, spans, starts = joined(draft.paragraphs)
    languages = [
        {"start": start, "end": start + len(paragraph.text), "label": paragraph.language}
        for start, paragraph in zip(starts, draft.paragraphs, strict=True)
    ]
    structure = [
        {"start": start, "label": paragraph.unit}
        for start, paragraph in zip(starts, draft.paragraphs, strict=True)
        if paragraph.unit
    ]
    return {
        "file": written.path.as_posix(),
        "form": written.form,
        "document_type": draft.document_type,
        "jurisdiction": draft.jurisdiction,
        "title": draft.title,
        "date": draft.date,
        "case_file": written.case_file,
        "fields": dict(draft.fields),
        "text": text,
        "segments": languages,
        "structure": structure,
        "spans": [asdict(span) for span in spans],
    }
