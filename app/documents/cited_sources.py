"""Bibliographic data of quoted documents for footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store
from nlp.annotations import Reading

# metadata fields with the address of a file (front matter, Akoma Ntoso, HTML), the most reliable first
_ADDRESSES = ("source", "url", "source_url", "source-url", "uri", "eli", "canonical", "dc.identifier")
_WEB = re.compile(r"https?://[^\s<>\"']+")
# States that write the year before the number (loi n° 2020-595)
_YEAR_FIRST = frozenset({"FR"})


@dataclass(frozen=True, slots=True)
class CitedSource:
    """``retrieved`` is the day (ISO 8601) on which the file arrived, ``address`` its URL or empty.

    ``number`` is the law's number as in its State (``19574/2017``), ``canonical`` its canonical id; both may be empty.
    """

    document_id: str
    title: str
    number: str
    canonical: str
    jurisdiction: str
    language: str
    document_type: str
    date: str
    address: str
    file: str
    sha256: str
    pages: int
    retrieved: str
    collection: str


def cited_sources(store: Store, access: AccessFilter, documents: Iterable[str]) -> dict[str, CitedSource]:
    """Return the readable sources by document; deleted documents have none."""
    found: dict[str, CitedSource] = {}
    for document in dict.fromkeys(documents):
        try:
            found[document] = cited_source(store, access, document)
        except RogatioError as error:
            if error.code not in ("indexing.no_such_document", "indexing.not_read", "indexing.quarantined"):
                raise
    return found


def cited_source(store: Store, access: AccessFilter, document_id: str) -> CitedSource:
    """Return the data of a footnote; raises ``indexing.no_such_document`` and ``indexing.not_read``."""
    stored = store.document(access, document_id)
    identity = store.annotations(access, document_id).identity
    return CitedSource(
        document_id=stored.id,
        title=stored.title or stored.source,
        number=next(filter(None, map(law_number, identity)), ""),
        canonical=identity[0].canonical if identity else "",
        jurisdiction=stored.jurisdiction,
        language=stored.language,
        document_type=stored.document_type,
        date=stored.date,
        address=web_address(store.reading(access, document_id).metadata),
        file=stored.source,
        sha256=stored.sha256,
        pages=stored.pages,
        retrieved=stored.added.date().isoformat(),
        collection=stored.collection,
    )


def web_address(metadata: Mapping[str, str]) -> str:
    """Return the URL that a file states for itself, empty if it states none or no web address."""
    given = (metadata.get(name, "").strip() for name in _ADDRESSES)
    return next((address for address in given if _WEB.fullmatch(address)), "")


def law_number(reading: Reading) -> str:
    """Return a law's number with its year (``19574/2017``), empty if the reading is an address or a name."""
    if not reading.number[:1].isdigit():
        return ""
    if reading.jurisdiction in _YEAR_FIRST and reading.year and "/" not in reading.number:
        return f"{reading.year}-{reading.number}"
    return "/".join(filter(None, (reading.number, "" if "/" in reading.number else reading.year)))
