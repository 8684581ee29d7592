"""View data of gap matrix pages: cells with their passages, progress per country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.comparison.published_law import is_national_law
from app.gap_matrix.element_evidence import Proposal
from app.gap_matrix.matrix import Cell, Matrix
from app.gap_matrix.verdict_writing import digest
from app.gap_matrix.verdicts import Passage, Verdict
from app.marked_text import Piece, pieces
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.validity import Validity
from indexing.search.provision_lookup import provision_at
from indexing.search.query_fields import check_filters
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, visible_documents
from indexing.store.schema import DocumentRow, Status
from indexing.works.works import validities
from nlp.elements.instruments import Element
from nlp.evidence.scoring import met_words
from nlp.structure.structure import provisions

SYMBOLS: Mapping[str, str] = {
    "implemented": "●",
    "implemented_more_broadly": "◉",
    "partially": "◐",
    "functional_equivalent": "≈",
    "not_implemented": "○",
    "reserved": "§",
    "not_applicable": "–",
    "unknown": "?",
}
STRONG, FAIR = 0.85, 0.65


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with its text: marked ranges (of the document), ``lead`` and ``tail``.

    ``version`` is the validity of the expression of the law, None if unknown.
    """

    document: StoredDocument
    pinpoint: str
    page: int
    start: int
    end: int
    text: str
    language: str
    lead: str = ""
    tail: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    version: Validity | None = None
    changed: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the text in pieces, with the marked ones apart."""
        return tuple(pieces(self.text, self.start, self.marks))

    @property
    def value(self) -> str:
        """Return the form value of the passage."""
        return f"{self.document.id}:{self.start}:{self.end}"


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal with its passage."""

    proposal: Proposal
    passage: Shown

    @property
    def strength(self) -> str:
        """Return the probability of the proposal as a code of the wording: ``strong``, ``fair`` or ``weak``."""
        score = self.proposal.score
        return "strong" if score >= STRONG else "fair" if score >= FAIR else "weak"


def shown_proposals(store: Store, access: AccessFilter, element: Element, cell: Cell) -> list[ShownProposal]:
    """Return the proposals of a cell with the present text of their documents."""
    found = []
    documents = [proposal.document_id for proposal in cell.proposals]
    versions = validities(store, documents)
    for proposal in cell.proposals:
        text = store.reading(access, proposal.document_id).text
        shown = Shown(
            document=store.document(access, proposal.document_id),
            pinpoint=proposal.pinpoint,
            page=proposal.page,
            start=proposal.start,
            end=proposal.end,
            text=text[proposal.start : proposal.end],
            language=proposal.language,
            lead=text[proposal.lead_start : proposal.lead_end].strip(),
            tail=text[proposal.tail_start : proposal.tail_end].strip(),
            marks=tuple(met_words(element, proposal.language, text[proposal.start : proposal.end], proposal.start)),
            version=versions.get(proposal.document_id),
        )
        found.append(ShownProposal(proposal, shown))
    return found


def shown_evidence(store: Store, access: AccessFilter, verdict: Verdict) -> list[Shown]:
    """Return the evidence of a verdict with its present text; ``changed`` if it is not the one judged."""
    return [_evidence(store, access, passage) for passage in verdict.evidence]


def _evidence(store: Store, access: AccessFilter, passage: Passage) -> Shown:
    document = store.document(access, passage.document)
    text = store.reading(access, passage.document).text[passage.start : passage.end]
    return Shown(
        document=document,
        pinpoint=passage.pinpoint,
        page=passage.page,
        start=passage.start,
        end=passage.end,
        text=text,
        language=document.language,
        version=validities(store, [passage.document]).get(passage.document),
        changed=digest(text) != passage.digest,
    )


def titles(store: Store, access: AccessFilter, matrix: Matrix) -> dict[str, str]:
    """Return the titles of the laws of proposals, by document id."""
    named = {proposal.document_id for cell in matrix.cells.values() for proposal in cell.proposals}
    query = select(DocumentRow.id, DocumentRow.title, DocumentRow.source)
    query = query.where(DocumentRow.id.in_(named), visible_documents(access))
    with Session(store.database) as session:
        return {document: title or source for document, title, source in session.execute(query).tuples()}


def countries_with_law(store: Store, access: AccessFilter) -> list[tuple[str, int]]:
    """Return the countries with available legislation, each with the number of its documents."""
    query = (
        select(DocumentRow.jurisdiction, func.count())
        .where(visible_documents(access), DocumentRow.status == Status.INDEXED)
        .where(is_national_law(), DocumentRow.jurisdiction != "")
        .group_by(DocumentRow.jurisdiction)
    )
    with Session(store.database) as session:
        return [(code, count) for code, count in session.execute(query) if len(code) == 2]


def countries_from(given: Iterable[str]) -> list[str]:
    """Return ISO 3166 codes in the given order without duplicates; raises what ``check_filters`` does for unknown ones.

    What has not the form of a code raises ``app.bad_parameter``.
    """
    codes = [code.strip().upper() for argument in given for code in argument.split(",") if code.strip()]
    if any(len(code) != 2 or not (code.isascii() and code.isalpha()) for code in codes):
        raise RogatioError("app.bad_parameter", name="country")
    check_filters({"country": codes})
    return list(dict.fromkeys(codes))


def passages_of_row(store: Store, engine: Engine, access: AccessFilter, row: Sequence[Cell]) -> list[str]:
    """Return the ids of the provisions of a row's evidence or, without verdict, of its first proposals."""
    found = []
    for cell in row:
        judged = [(passage.document, passage.start) for passage in cell.verdict.evidence[:1]] if cell.verdict else []
        offered = [(passage.document_id, passage.start) for passage in cell.proposals[:1]]
        for document, at in judged or offered:
            units = provisions(store.annotations(access, document).structure)
            if unit := next((unit for unit in units if unit.start <= at < unit.end), None):
                found.append(provision_at(document, at, unit.label, access, engine))
    return found


def passages_from(chosen: Sequence[str], link: str) -> list[Passage]:
    """Return the passages in a form: chosen proposals, and a link to a place in a document.

    Raises ``indexing.no_such_place`` for an invalid one.
    """
    found = [_passage(value) for value in chosen]
    if link.strip():
        found.append(_linked(link))
    return list(dict.fromkeys(found))


def _passage(value: str) -> Passage:
    document, _, bounds = value.partition(":")
    start, _, end = bounds.partition(":")
    if not (document and start.isdecimal() and end.isdecimal()):
        raise RogatioError("indexing.no_such_place")
    return Passage(document, int(start), int(end))


def _linked(link: str) -> Passage:
    """Parse the address of a place in a document: ``/documents/{id}?at={offset}``; its end is not known yet."""
    address = urlsplit(link.strip())
    document = address.path.rstrip("/").rpartition("/documents/")[2]
    at = parse_qs(address.query).get("at", [""])[0]
    if not document or "/" in document or not at.isdecimal():
        raise RogatioError("indexing.no_such_place")
    return Passage(document, int(at), int(at))
