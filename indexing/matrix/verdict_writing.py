"""Setting a verdict on a cell, and reading it again as a second person; every line is kept."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.matrix.placed_passages import placed
from indexing.matrix.schema import ElementVerdictRow, SecondReadingRow, VerdictEvidenceRow
from indexing.matrix.verdicts import VERDICTS, CellKey, Passage, Verdict, counting, history, line
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from indexing.works.validity import today, whole_day
from nlp.elements.instruments import instrument

RESTS_ON_TEXT = frozenset(VERDICTS[:4])
NEEDS_NOTE = frozenset({"partially", "reserved"})
LONGEST_NOTE = 4_000


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
    """Write what a person says of a cell; ``law_date`` is today where none is given.

    Raises ``indexing.no_such_collection`` and ``no_such_document`` for what may not be seen, ``nlp.no_such_element``,
    ``indexing.no_such_element_verdict``, ``verdict_needs_evidence`` (what the text fulfils rests on a passage),
    ``verdict_needs_note`` (which part is missing, what was reserved), ``no_such_day``, ``note_too_long``.
    """
    _check(store, access, cell, verdict, note, evidence)
    passages = [placed(store, access, one) for one in evidence]
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
        session.add_all(VerdictEvidenceRow(verdict=row.id, **_columns(one)) for one in passages)
    return history(store, access, cell)[-1]


def read_again(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    cell: CellKey,
    number: int,
    *,
    agrees: bool,
    note: str = "",
) -> Verdict:
    """Write what a second person says of a line of a cell, four eyes, and return the line with all its readings.

    Raises ``indexing.no_such_line`` where the cell has none of that number that may be seen, ``indexing.own_verdict``
    for its author, ``indexing.verdict_replaced`` where a newer one of the same day counts, ``verdict_needs_note`` for
    a disagreement without a word.
    """
    lines = history(store, access, cell)
    said = line(lines, number)
    if said.author == principal.id:
        raise RogatioError("indexing.own_verdict")
    if (current := counting(lines, said.law_date)) is None or current.id != number:
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
    if len(note) > LONGEST_NOTE:
        raise RogatioError("indexing.note_too_long", longest=LONGEST_NOTE)
