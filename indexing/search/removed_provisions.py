"""Provisions of which only the statement of their repeal or veto is left ("Artículo 265.- [Derogado]")."""

from __future__ import annotations

from indexing.records.stored_fields import StoredFields
from nlp.editorial_notes import gone
from nlp.provision_roles.reading import read_provision

_LONGEST = 1_200  # characters: headings above, the statement and the editor's note


def removal(scope: StoredFields) -> str:
    """Return ``repealed`` or ``vetoed`` for a provision without enacted text, ``""`` for others."""
    if not scope.unit or not 0 < len(scope.text) <= _LONGEST:
        return ""
    stated = gone(scope.text, scope.language)
    if stated is None:
        return ""
    reading = read_provision(scope.text, scope.unit, scope.path, scope.language, scope.jurisdiction, scope.heading)
    return stated.kind if reading.kind == "gone" else ""
