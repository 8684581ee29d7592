"""Citations from and to a document, as far as they may be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from indexing.access import Principal
from indexing.installation import Installation
from indexing.records.stored_fields import StoredFields
from indexing.search.provision_lookup import by_identity
from indexing.search.request import Hit, SearchRequest
from indexing.search.search import search
from nlp.annotations import Annotations, Reading, Span, Unit
from nlp.citations.identity import cited_ids, document_identities, other_identities, provision_identities
from nlp.structure.former_wording import former_period

CITATIONS = frozenset({"LAW", "CASE", "TREATY", "REFERENCE"})
SELF = "self"  # type of the reading "of this law"
MAX_CITED, MAX_CITING = 200, 100


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited norm or decision: its ``reading``, the form and position of its first citation, and their number.

    ``held`` is the provision in the collection, or the law of a provision that is not in it; None if neither may be
    seen.
    """

    reading: Reading
    text: str
    start: int
    count: int
    held: StoredFields | None


@dataclass(frozen=True, slots=True)
class Citing:
    """A place that cites the document; it is not ``certain`` if another reading of the citation is more likely."""

    hit: Hit
    certain: bool


def cited(installation: Installation, principal: Principal, text: str, annotations: Annotations) -> tuple[Cited, ...]:
    """Return the citations in the document with ``text``, by their most likely readings, in order."""
    spans = citations_in(annotations)
    counts = Counter(span.readings[0].canonical for span in spans)
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.readings[0].canonical, span)
    listed = list(first.items())[:MAX_CITED]
    others = {canonical: other_identities(span.readings[0]) for canonical, span in listed}
    held = _held(installation, principal, [*others, *(other for ids in others.values() for other in ids)])
    return tuple(
        Cited(
            span.readings[0],
            text[span.start : span.end],
            span.start,
            counts[canonical],
            next((held[each] for each in (*others[canonical], canonical, _law(canonical)) if each in held), None),
        )
        for canonical, span in listed
    )


def citing(
    installation: Installation, principal: Principal, document_id: str, annotations: Annotations, unit: Unit | None
) -> tuple[Citing, ...]:
    """Return the places in other documents that cite the document, or its provision ``unit``, certain ones first.

    At most :data:`MAX_CITING` are returned; a document without canonical id (a letter) has none. Other versions of the
    same law do not cite it: they name themselves.
    """
    ids = provision_identities(annotations, unit) if unit else document_identities(annotations)
    if not ids:
        return ()
    asked = SearchRequest("", {"cites": ids, "in_force": ("any",)}, limit=MAX_CITING, mode="words")
    hits = [hit for hit in search(installation, asked, principal).hits if hit.document_id != document_id]
    store, access, own = installation.store, installation.store.access(principal), set(document_identities(annotations))
    read = {other: store.annotations(access, other) for other in {hit.document_id for hit in hits}}
    known = {other: _cited_first(its, ids) for other, its in read.items() if not own & set(document_identities(its))}
    found = [
        Citing(hit, any(hit.start <= at < hit.end for at in known[hit.document_id]))
        for hit in hits
        if hit.document_id in known
    ]
    return tuple(sorted(found, key=lambda place: not place.certain))


def citations_in(annotations: Annotations) -> list[Span]:
    """Return the citations of other documents in the order of the text."""
    own = set(document_identities(annotations))
    spans = (span for span in annotations.spans if span.label in CITATIONS and span.readings)
    others = (span for span in spans if span.readings[0].type != SELF and _law(span.readings[0].canonical) not in own)
    return sorted(others, key=lambda span: span.start)


def _cited_first(annotations: Annotations, ids: Collection[str]) -> list[int]:
    """Return the first citation of one of ``ids``, or of a provision of it, by the most likely reading."""
    wanted = set(ids)
    spans = citations_in(annotations)
    return [span.start for span in spans if wanted.intersection(cited_ids([_by_first_reading(span)]))]


def _by_first_reading(span: Span) -> Span:
    return replace(span, readings=span.readings[:1])


def _held(installation: Installation, principal: Principal, ids: Iterable[str]) -> dict[str, StoredFields]:
    wanted = tuple(dict.fromkeys(identity for canonical in ids for identity in (canonical, _law(canonical))))
    found: dict[str, StoredFields] = {}
    held = by_identity(wanted, installation.store.access(principal), installation.engine)
    for shown in sorted(held, key=lambda fields: former_period(fields.unit) is not None):
        for canonical in shown.identity:
            found.setdefault(canonical, shown)
    return found


def _law(canonical: str) -> str:
    return canonical.partition("#")[0]
