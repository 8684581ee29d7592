"""Dual criminality: the elements of the foreign offence beside provisions of the requested State in force at the time.

The foreign provisions are those transcribed in the request or, without any, those cited in it that the collection has.
Those of the requested State are selected by the offence's concept. Whether the conduct is punishable in both States is
decided by the authority, not by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.comparison.comparing import with_texts_of_other_days
from app.comparison.provision_finder import LawHeld, law_held, select_provisions
from app.comparison.provisions import named_provisions
from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Comparison, ComparisonRequest, Provision, Row
from app.comparison.unseparated import may_state
from app.requests.decided_fields import decided_values, decisions_by_document
from app.requests.law.facts_day import facts_day
from app.requests.law.transcriptions import TranscriptionCheck, check_transcriptions
from app.requests.life.course import Course, course_among
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.records.validity import today, whole_day
from nlp.concepts.layer import concepts
from nlp.elements.provision_elements import ORIGIN
from nlp.provision_roles.classifier import BASIC

TRANSCRIBED, FROM_COLLECTION, NONE = "transcribed", "collection", "none"
BOTH, FOREIGN, OWN = "both", "foreign", "own"
UNSEPARATED_FOREIGN, UNSEPARATED_OWN = "unseparated_foreign", "unseparated_own"
_QUOTATION_MARKS = " \n\t\u00a0\u202f\"'«»“”„‟‘’"


@dataclass(frozen=True, slots=True)
class OtherOffence:
    """Another offence of the request (the id of its concept), with the provisions of the requested State for it."""

    offence: str
    own: Column


@dataclass(frozen=True, slots=True)
class DualCriminality:
    """The two columns side by side; the first is the requesting State's.

    ``offences`` are the selectable concepts of the request, ``foreign_from`` is the origin of the foreign provisions,
    ``checks`` is the transcription check; ``is_of_facts`` is False if the law of today is compared, since neither a day
    was chosen nor that of the facts is known. ``others`` are the offences of which the elements are not compared,
    ``instruments`` the ids of the treaties that the request invokes.
    """

    course: Course
    offence: str
    offences: tuple[str, ...]
    foreign_from: str
    checks: tuple[TranscriptionCheck, ...]
    comparison: Comparison
    is_of_facts: bool = True
    others: tuple[OtherOffence, ...] = ()
    instruments: tuple[str, ...] = ()

    @property
    def elements(self) -> Iterator[tuple[str, str]]:
        """Yield each element of the structure and the columns that have it: ``both``, ``foreign`` or ``own``.

        ``unseparated_foreign`` and ``unseparated_own`` are elements that only the other column has, but that the
        provisions of this one may state in words quoted for another element.
        """
        for row in self.comparison.rows:
            foreign, own = (bool(cell.quotations) for cell in row.cells)
            unseparated = [place for place in range(len(row.cells)) if self.is_unseparated(row, place)]
            if foreign and own:
                yield row.element, BOTH
            elif foreign:
                yield row.element, UNSEPARATED_OWN if unseparated else FOREIGN
            else:
                yield row.element, UNSEPARATED_FOREIGN if unseparated else OWN

    def is_unseparated(self, row: Row, place: int) -> bool:
        """Return whether a cell is empty although the provisions of its column may state the element."""
        provisions = self.comparison.columns[place].quoted
        return not row.cells[place].quotations and may_state(row.element, provisions)


def dual_criminality(
    installation: Installation,
    document_id: str,
    offence: str = "",
    day: str = "",
    principal: Principal = LOCAL_USER,
) -> DualCriminality:
    """Return the comparison for one of the request's offences (default: the first), on ``day`` (default: of the facts).

    Without a known day of the facts it is that of today.

    Without a known offence or requested State the column of its law is empty. Raises what ``stored_reading`` does,
    ``indexing.no_such_day``, and ``app.no_offence`` if the request does not name ``offence``.
    """
    store = installation.store
    access = store.access(principal)
    of, _ = course_among(store, access, document_id)
    offences = _offences(installation, of)
    if offence and offence not in offences:
        raise RogatioError("app.no_offence")
    chosen = offence or next(iter(offences), "")
    known = whole_day(day) if day else facts_day(of, decisions_by_document(store, [document_id]))
    then = known or today()
    report = check_transcriptions(installation, document_id, known, principal)
    foreign, source = _foreign(installation, of, report.checks, then, principal)
    request = ComparisonRequest(concept=chosen, date=then, jurisdictions=(of.requesting[:2], of.requested[:2]))
    law = law_held(installation, principal)
    own = Column(of.requested[:2])
    if chosen and of.requested:
        selected = _selected(request, law)
        (own,) = with_texts_of_other_days((selected,), (chosen,), then, access, installation.engine, store)
    others = (replace(request, concept=code) for code in offences if code != chosen and of.requested)
    columns = (Column(of.requesting[:2], tuple(foreign), found=bool(foreign)), own)
    rows = structure_rows([read_column(column, (chosen,) if chosen else ()) for column in columns])
    comparison = Comparison(request, then, columns, tuple(rows), ORIGIN)
    return DualCriminality(
        of,
        chosen,
        offences,
        source,
        report.checks,
        comparison,
        bool(known),
        tuple(OtherOffence(other.concept, _selected(other, law)) for other in others),
        tuple(_named(installation, of, "legal_basis", "instrument")),
    )


def _selected(request: ComparisonRequest, law: LawHeld) -> Column:
    """Return the provisions of the requested State for an offence.

    Where its law alone has none with a name of the offence, they are selected as in a comparison of all States, beside
    whose provisions those without the name are found by what they say.
    """
    requested = request.jurisdictions[-1]
    (own,) = select_provisions(request, (requested,), request.date, law)
    if own.provisions:
        return own
    every = select_provisions(request, (), request.date, law)
    return next((column for column in every if column.jurisdiction == requested and column.provisions), own)


def _offences(installation: Installation, of: Course) -> tuple[str, ...]:
    return tuple(code for code in _named(installation, of, "offences", "concept") if code in concepts())


def _named(installation: Installation, of: Course, field: str, key: str) -> list[str]:
    """Return the ids that the decided values of a field of the request have, each once."""
    row, document = of.reading.row or {}, of.reading.document.id
    decisions = decisions_by_document(installation.store, [document])
    found = (value["value"].get(key) for value in decided_values(row, document, field, decisions))
    return list(dict.fromkeys(str(code) for code in found if code))


def _foreign(
    installation: Installation, of: Course, checks: Sequence[TranscriptionCheck], day: str, principal: Principal
) -> tuple[list[Provision], str]:
    """Return the foreign provisions and their origin."""
    if checks:
        return [_as_provision(of, transcription_check) for transcription_check in checks], TRANSCRIBED
    held = list(_cited(installation, of, day, principal))
    return held, FROM_COLLECTION if held else NONE


def _as_provision(of: Course, transcription_check: TranscriptionCheck) -> Provision:
    """Return a transcription as a provision of the document that quotes it, without heading and quotation marks."""
    document, start = of.reading.document, transcription_check.body
    quoted = transcription_check.text[start - transcription_check.start :]
    start += len(quoted) - len(quoted.lstrip(_QUOTATION_MARKS))
    text = quoted.strip(_QUOTATION_MARKS)
    is_own = transcription_check.document == document.id  # else it stands in an annex
    segments = (of.reading.row or {}).get("segments", ()) if is_own else ()
    language = next(
        (part["language"] for part in segments if part["start"] <= transcription_check.start < part["end"]), ""
    )
    return Provision(
        id=f"{transcription_check.document}@{start}",
        document_id=transcription_check.document,
        collection=document.collection,
        title=document.title or document.source,
        jurisdiction=of.requesting[:2],
        unit=transcription_check.citation,
        path=(),
        language=language or document.language,
        date=document.date,
        page=transcription_check.page,
        start=start,
        end=start + len(text),
        text=text,
        named=True,
        source=document.source,
        role=BASIC,
    )


def _cited(installation: Installation, of: Course, day: str, principal: Principal) -> Iterator[Provision]:
    """Yield the provisions of its own law that the request cites and the collection has for the day."""
    store, row, document = installation.store, of.reading.row or {}, of.reading.document.id
    access = store.access(principal)
    decisions = decisions_by_document(store, [document])
    cited = (
        words
        for offence in decided_values(row, document, "offences", decisions)
        for words in offence["value"].get("provisions") or ()
    )
    for words in dict.fromkeys(cited):
        request = ComparisonRequest(citations=(str(words),), jurisdictions=(of.requesting[:2],), date=day)
        try:
            yield from named_provisions(request, access, installation.engine, store)
        except RogatioError:  # not available, or not for that day
            continue
