"""Provenance of a bundle as PROV-JSON (W3C Member Submission of 24 April 2013): who exported what, when, from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from indexing.store.rows import StoredDocument

_PREFIXES = {"rogatio": "urn:rogatio:", "bundle": "urn:rogatio:bundle:"}
ACTIVITY, SOFTWARE = "rogatio:export", "rogatio:software"


@dataclass(frozen=True, slots=True)
class ProvenFile:
    """A file of the payload: ``document`` is set for an original, ``sources`` are the documents it was made from."""

    path: str
    sha256: str
    document: StoredDocument | None = None
    sources: Sequence[str] = ()


def provenance(author: str, made: datetime, files: Sequence[ProvenFile]) -> dict[str, Any]:
    """Return the PROV-JSON document of an export of ``files`` by ``author`` at ``made``."""
    originals = {file.document.id: _name(file) for file in files if file.document}
    made_files = [file for file in files if not file.document]
    derived = [
        (_name(file), originals[source]) for file in made_files for source in file.sources if source in originals
    ]
    person = f"rogatio:account-{author}"
    return {
        "prefix": _PREFIXES,
        "entity": {_name(file): _entity(file) for file in files},
        "activity": {ACTIVITY: {"prov:startTime": made.isoformat(), "prov:endTime": made.isoformat()}},
        "agent": {
            person: {"prov:type": _qualified("prov:Person"), "prov:label": author},
            SOFTWARE: {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": f"Rogatio {version('rogatio')}"},
        },
        "wasAssociatedWith": _numbered(
            "as", ({"prov:activity": ACTIVITY, "prov:agent": one} for one in (person, SOFTWARE))
        ),
        "used": _numbered("us", ({"prov:activity": ACTIVITY, "prov:entity": one} for one in originals.values())),
        "wasGeneratedBy": _numbered(
            "ge", ({"prov:entity": _name(file), "prov:activity": ACTIVITY} for file in made_files)
        ),
        "wasDerivedFrom": _numbered(
            "de", ({"prov:generatedEntity": one, "prov:usedEntity": source} for one, source in derived)
        ),
    }


def _name(file: ProvenFile) -> str:
    return f"bundle:{file.path}"


def _entity(file: ProvenFile) -> dict[str, Any]:
    entity: dict[str, Any] = {"rogatio:path": file.path, "rogatio:sha256": file.sha256}
    if file.document is None:
        return entity
    document = file.document
    known = {
        "prov:label": document.title or document.source,
        "rogatio:document": document.id,
        "rogatio:file_name": document.source,
        "rogatio:media_type": document.media_type,
        "rogatio:collection": document.collection,
        "rogatio:case_file": document.case_file,
        "rogatio:revision": document.revision,
        "rogatio:received": document.added.isoformat(),
    }
    return entity | {name: value for name, value in known.items() if value != ""}


def _qualified(name: str) -> Mapping[str, str]:
    return {"$": name, "type": "xsd:QName"}


def _numbered(kind: str, relations: Any) -> dict[str, Any]:
    return {f"_:{kind}{number}": relation for number, relation in enumerate(relations, 1)}
