"""Recording of verdicts and second readings; nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from app.gap_matrix.schema import ElementVerdictRow, SecondReadingRow, VerdictEvidenceRow
from app.gap_matrix.verdicts import VERDICTS, CellKey, Passage, Verdict, history, line, valid_verdict
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from nlp.elements.clauses import clauses
from nlp.elements.instruments import instrument
from nlp.structure.structure import provisions


def place_passages(store: Store, access: AccessFilter, passage: Passage) -> Passage:
    """Return a passage with its pinpoint, page and digest.

    A passage without length is the clause at that place, or the whole provision at its heading. Raises
    ``indexing.no_such_document`` and, outside of the text, ``indexing.no_such_place``.
    """
    document = store.reading(access, passage.document)
    if not 0 <= passage.start <= passage.end <= len(document.text):
        raise RogatioError("indexing.no_such_place")
    units = provisions(store.annotations(access, passage.document).structure)
    unit = next((unit for unit in units if unit.start <= passage.start < unit.end), None)
    start, end, pinpoint = passage.start, passage.end, unit.label if unit else ""
    if unit:
        held = store.document(access, passage.document)
        for clause in clauses(document.text[unit.start : unit.end], unit.label, held.language, held.jurisdiction):
            first, last = unit.start + clause.start, unit.start + clause.end
            if first <= start < last:
                pinpoint = clause.label
                start, end = (start, end) if end > start else (first, last)
        if end == start:
            start, end = unit.start, unit.end
    if end == start:
        raise RogatioError("indexing.no_such_place")
    return Passage(passage.document, start, end, pinpoint, document.page_at(start), digest(document.text[start:end]))


def digest(text: str) -> str:
    """Return a digest of a text, ignoring white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


RESTS_ON_TEXT = frozenset(VERDICTS[:4])
NEEDS_NOTE = frozenset({"partially", "reserved"})
MAX_NOTE_LENGTH = 4_000


def set_verdict(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    cell: CellKey,
    verdict: str,
    *,
    note: str = "",
    law_date: str = "",
    evidence: Sequence[Passage] = (),
) -> Verdict:
    """Record a person's verdict on a cell; ``law_date`` is by default today.

    Raises ``indexing.no_such_collection`` and ``no_such_document`` for what may not be seen, ``nlp.no_such_element``,
    ``indexing.no_such_element_verdict``, ``verdict_needs_evidence`` (a fulfilled element requires a passage),
    ``verdict_needs_note`` (which part is missing, what was reserved), ``no_such_day``, ``note_too_long``.
    """
    _check(store, access, cell, verdict, note, evidence)
    passages = [place_passages(store, access, passage) for passage in evidence]
    row = ElementVerdictRow(
        collection=cell.collection,
        instrument=cell.instrument,
        element=cell.element,
        jurisdiction=cell.country,
        verdict=verdict,
        note=note.strip(),
        law_date=whole_day(law_date or today()),
        passages=len(passages),
        author=principal.id,
        made=now(),
    )
    with writing(store) as session:
        session.add(row)
        session.flush()
        session.add_all(VerdictEvidenceRow(verdict=row.id, **_columns(passage)) for passage in passages)
    return history(store, access, cell)[-1]


def record_second_reading(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    cell: CellKey,
    number: int,
    *,
    agrees: bool,
    note: str = "",
) -> Verdict:
    """Record a second reading of a verdict (four eyes), and return it with all its readings.

    Raises ``indexing.no_such_line`` if the cell has no visible verdict of that number, ``indexing.own_verdict`` for its
    author, ``indexing.verdict_replaced`` if a newer one of the same day is valid, ``verdict_needs_note`` for a
    disagreement without a note.
    """
    lines = history(store, access, cell)
    verdict = line(lines, number)
    if verdict.author == principal.id:
        raise RogatioError("indexing.own_verdict")
    if (current := valid_verdict(lines, verdict.law_date)) is None or current.id != number:
        raise RogatioError("indexing.verdict_replaced")
    if not agrees and not note.strip():
        raise RogatioError("indexing.verdict_needs_note")
    _check_note(note)
    with writing(store) as session:
        session.add(SecondReadingRow(verdict=number, agrees=agrees, note=note.strip(), author=principal.id, made=now()))
    return line(history(store, access, cell), number)


def _check(
    store: Store, access: AccessFilter, cell: CellKey, verdict: str, note: str, evidence: Sequence[Passage]
) -> None:
    store.collection(access, cell.collection)
    instrument(cell.instrument).element(cell.element)
    if verdict not in VERDICTS:
        raise RogatioError("indexing.no_such_element_verdict", verdict=verdict[:40])
    if verdict in RESTS_ON_TEXT and not evidence:
        raise RogatioError("indexing.verdict_needs_evidence")
    if verdict in NEEDS_NOTE and not note.strip():
        raise RogatioError("indexing.verdict_needs_note")
    _check_note(note)


def _columns(passage: Passage) -> dict[str, str | int]:
    return {name: getattr(passage, name) for name in Passage.__slots__}


def _check_note(note: str) -> None:
    if len(note) > MAX_NOTE_LENGTH:
        raise RogatioError("indexing.note_too_long", longest=MAX_NOTE_LENGTH)
