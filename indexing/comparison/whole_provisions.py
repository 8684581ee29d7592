"""Provisions with their whole texts, and with the days on which they are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from indexing.access import AccessFilter
from indexing.comparison.table import Provision
from indexing.shown import Shown
from indexing.store.reading import Store
from indexing.works.validity import Validity
from indexing.works.works import validities

Reasoned: TypeAlias = tuple[Shown, tuple[str, ...]]  # a scope and why it is there, as codes of a hit


@dataclass(frozen=True)
class WholeProvisions:
    """Reads provisions of the law as it is on ``date`` (ISO 8601)."""

    access: AccessFilter
    store: Store
    date: str

    def of(self, found: Iterable[Reasoned]) -> list[Provision]:
        """Return what was found as provisions, in the same order."""
        chosen = list(found)
        known = validities(self.store, {shown.document_id for shown, _ in chosen})
        return [self._provision(shown, why, known) for shown, why in chosen]

    def _provision(self, shown: Shown, why: tuple[str, ...], known: Mapping[str, Validity]) -> Provision:
        validity = known.get(shown.document_id)
        return Provision(
            id=shown.scope_id,
            document_id=shown.document_id,
            collection=shown.collection,
            title=shown.title or shown.source,
            jurisdiction=shown.jurisdiction,
            unit=shown.unit,
            path=shown.path,
            language=shown.language,
            date=shown.date,
            page=shown.page,
            start=shown.start,
            end=shown.end,
            text=shown.text or self._document_text(shown.document_id)[shown.start : shown.end],
            valid_from=validity.start if validity else "",
            valid_to=validity.end if validity else "",
            in_force=validity.on(self.date).value if validity else "",
            why=why,
            pages=shown.pages,
        )

    def _document_text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self.store.text(self.access, document)
        return self._texts[document]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Return the texts of documents that provisions were cut from, read once each."""
        return {}
