"""The table of a room as it is kept for good: what is kept of it, and what of that its reader may see now.

Public law is kept word for word. Of all else only the ranges and hashes of what was quoted are kept, and read again
from its document whenever somebody looks who may see that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.cited_sources import CitedSource, cited_sources
from indexing.comparison.table import Comparison, Provision, Quotation
from indexing.comparison.views import quoted_documents, seen, sources_of
from indexing.store.reading import Store
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class Frozen:
    """``hashes`` are of the texts that are not kept (``document:start:end`` -> SHA-256), ``sources`` of public law."""

    comparison: Comparison
    hashes: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[CitedSource, ...] = ()


def frozen(store: Store, access: AccessFilter, comparison: Comparison) -> Frozen:
    """Return what is kept: no text, title or reason of anything but public law."""
    public = {one.id for one in store.collections(access) if one.is_public}
    collections = sources_of(comparison)
    withheld = {document for document, collection in collections.items() if collection not in public}
    hashes: dict[str, str] = {}

    def kept(quoted: Quotation) -> Quotation:
        if quoted.document_id not in withheld:
            return quoted
        hashes[_key(quoted)] = _hash(quoted.text)
        return replace(quoted, text="", pinpoint="", why=(), traits=(), figures=())

    def named(provision: Provision) -> Provision:
        if provision.document_id not in withheld:
            return provision
        hashes[_key(provision)] = _hash(provision.text)
        return replace(provision, text="", title="", unit="", path=(), why=())

    columns = tuple(
        replace(column, provisions=tuple(map(named, column.provisions)), offered=()) for column in comparison.columns
    )
    rows = tuple(
        replace(row, cells=tuple(replace(cell, quotations=tuple(map(kept, cell.quotations))) for cell in row.cells))
        for row in comparison.rows
    )
    cited = cited_sources(store, access, (one for one in quoted_documents(comparison) if one not in withheld))
    return Frozen(replace(comparison, columns=columns, rows=rows), hashes, tuple(cited.values()))


@dataclass(frozen=True, slots=True)
class FrozenReader:
    """Reads a frozen comparison for one who may not see all of it."""

    store: Store
    access: AccessFilter
    frozen: Frozen

    def comparison(self) -> Comparison:
        return seen(self.frozen.comparison, self.access, self._text, self._provision)

    def sources(self) -> dict[str, CitedSource]:
        """Return the sources as they were frozen, and those of all else as they are now, where they may be seen."""
        kept = {one.document_id: one for one in self.frozen.sources if self.access.allows(one.collection)}
        others = (one for one in quoted_documents(self.frozen.comparison) if one not in kept)
        return kept | cited_sources(self.store, self.access, others)

    def _text(self, quoted: Quotation) -> Quotation | None:
        """Return a quotation with its text, None where the document no longer says the same."""
        wanted = self.frozen.hashes.get(_key(quoted))
        if wanted is None:
            return quoted
        text = self._read(quoted.document_id, quoted.start, quoted.end)
        if _hash(text) != wanted:
            return None
        return replace(quoted, text=text, pinpoint=self._unit(quoted.document_id, quoted.start))

    def _provision(self, provision: Provision) -> Provision | None:
        wanted = self.frozen.hashes.get(_key(provision))
        if wanted is None:
            return provision
        text = self._read(provision.document_id, provision.start, provision.end)
        if _hash(text) != wanted:
            return None
        title = self.store.document(self.access, provision.document_id).title
        return replace(provision, text=text, title=title, unit=self._unit(provision.document_id, provision.start))

    def _unit(self, document: str, at: int) -> str:
        """Return the label of the provision that holds ``at`` in what is known of the document now."""
        held = provisions(self.store.annotations(self.access, document).structure)
        return next((unit.label for unit in held if unit.start <= at < unit.end), "")

    def _read(self, document: str, start: int, end: int) -> str:
        try:
            return self.store.reading(self.access, document).text[start:end]
        except RogatioError:  # deleted since: nothing of it is left but its hash
            return ""


def _key(ranged: Quotation | Provision) -> str:
    return f"{ranged.document_id}:{ranged.start}:{ranged.end}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
