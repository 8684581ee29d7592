"""Watched provisions: new expressions of their law, and documents that cite them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.schema import ExpressionRow, WorkRow
from indexing.works.provision_history import provision_named
from indexing.works.works import Work, work, works_of
from nlp.annotations import Annotations, Span, Unit
from nlp.citations.identity import document_identities, provision_identities
from nlp.structure.structure import provisions

CITED = "cited"
END = ""  # key of the first day without the law among the known expressions; no document has this id
_CITATIONS = frozenset({"LAW", "TREATY", "REFERENCE"})


@dataclass(frozen=True, slots=True)
class WatchedProvision:
    """A provision of a work, or the whole work if ``unit`` is empty; ``identities`` are its canonical ids.

    ``known`` are the expressions at the last evaluation by document id, each with the digest of the provision's text,
    or empty if it was not read; it also has the first day on which the law is no longer in force.
    """

    work: str
    unit: str
    identities: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> str:
        """Return the known first day without the law, empty if there is none."""
        return self.known.get(END, "")

    @property
    def laws(self) -> frozenset[str]:
        """Return the canonical ids of the laws."""
        return frozenset(identity.partition("#")[0] for identity in self.identities)


@dataclass(frozen=True, slots=True)
class AlertMatch:
    """A place in a document (``page`` from 1, ``start`` an offset in its text) and the kind of match."""

    document: str
    kind: str
    unit: str = ""
    page: int = 1
    start: int = 0
    places: int = 1


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads provisions of readable documents."""

    store: Store
    access: AccessFilter

    def provision(self, document: str, unit: str) -> Unit | None:
        """Return the provision with the label ``unit``, None if the document has none."""
        structure = provisions(self.store.annotations(self.access, document).structure)
        return next((provision for provision in structure if provision.label == unit), None)

    def digest(self, document: str, unit: str) -> str:
        """Return a digest of a provision's text, ignoring white space; empty if there is no such provision."""
        found = self.provision(document, unit)
        if found is None:
            return ""
        text = self.store.reading(self.access, document).text[found.start : found.end]
        return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]

    def place(self, document: str, kind: str, start: int) -> AlertMatch:
        """Return an offset as a place: its page and the provision that contains it."""
        structure = provisions(self.store.annotations(self.access, document).structure)
        unit = next((provision.label for provision in structure if provision.start <= start < provision.end), "")
        return AlertMatch(document, kind, unit, self.store.reading(self.access, document).page_at(start), start)


def watch_of(store: Store, access: AccessFilter, document: str, unit: str) -> WatchedProvision:
    """Return the watched provision of the law of which ``document`` is an expression.

    Raises ``indexing.no_such_document``, ``indexing.no_law`` if it is not an expression of a law, and
    ``indexing.no_such_provision``.
    """
    stored = store.document(access, document)
    law = works_of(store, access, [document]).get(document)
    if law is None:
        raise RogatioError("indexing.no_law", document=stored.id)
    reader = Reader(store, access)
    known = dict.fromkeys((expression.document for expression in law.expressions), "")
    known[END] = law.last.validity.end if law.last else ""
    annotations = store.annotations(access, document)
    if not unit:
        return WatchedProvision(law.id, "", document_identities(annotations), known)
    found = provision_named(annotations, unit)
    if found is None:
        raise RogatioError("indexing.no_such_provision", provision=unit[:80])
    known[document] = reader.digest(document, found.label)
    return WatchedProvision(law.id, found.label, provision_identities(annotations, found), known)


def watched_law(store: Store, access: AccessFilter, watched: WatchedProvision) -> Work | None:
    """Return the law as stored now, also if merged into another of the same name; None if none may be seen."""
    for named in (watched.work, *sorted(watched.laws)):
        try:
            return work(store, access, named)
        except RogatioError:
            continue
    return None


def expressions_among(
    store: Store, access: AccessFilter, watched: WatchedProvision, documents: Collection[str]
) -> dict[str, Work]:
    """Return those of ``documents`` that are expressions of the law, in their order, each with its present work."""
    statement = select(ExpressionRow.document).join(WorkRow, WorkRow.id == ExpressionRow.work)
    statement = statement.where(ExpressionRow.document.in_(documents), ExpressionRow.known_to.is_(None))
    statement = statement.where((WorkRow.id == watched.work) | WorkRow.canonical.in_(watched.laws))
    with Session(store.database) as session:
        found = list(session.scalars(statement))
    held = works_of(store, access, found) if found else {}
    return {document: held[document] for document in documents if document in held}


def citing(annotations: Annotations, watched: WatchedProvision) -> Span | None:
    """Return the first citation of the watched provision, by its most probable reading."""
    for span in sorted(annotations.spans, key=lambda span: span.start):
        if span.label in _CITATIONS and span.readings:
            cited = span.readings[0].canonical
            if cited in watched.identities or (not watched.unit and cited.partition("#")[0] in watched.laws):
                return span
    return None
