"""Writes the bill of materials of an installation (CycloneDX 1.6, JSON) to standard output.

It has the packages of the production lock, the native libraries within them, and the programs of the system.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from components import Component, components, licence_data

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def bill_of_materials(found: Iterable[Component], made: datetime) -> dict[str, Any]:
    """Return the bill as JSON data; its serial number is that of its content."""
    packages = list(found)
    product = _reference("rogatio", version("rogatio"))
    listed = [*map(_package, packages), *map(_native, licence_data()["native"])]
    needs = [{"ref": product, "dependsOn": sorted(component["bom-ref"] for component in listed)}]
    references = {one.name: _reference(one.name, one.version) for one in packages}
    needs += [
        {"ref": references[one.name], "dependsOn": [references[name] for name in one.requires]} for one in packages
    ]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([listed, needs], sort_keys=True))
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": made.isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": product,
                "name": "rogatio",
                "version": version("rogatio"),
                "licenses": [{"expression": "Apache-2.0"}],
            },
        },
        "components": listed,
        "dependencies": needs,
    }


def _reference(name: str, number: str) -> str:
    return f"pkg:pypi/{name}@{number}"


def _package(one: Component) -> dict[str, Any]:
    reference = _reference(one.name, one.version)
    return {
        "type": "library",
        "bom-ref": reference,
        "name": one.name,
        "version": one.version,
        "purl": reference,
        "licenses": [{"expression": one.licence}],
    }


def _native(part: dict[str, str]) -> dict[str, Any]:
    """Return a native part; it has no version of its own here, since its package or the system fixes it."""
    scope = {"scope": "optional"} if "optional" in part["name"] else {}
    return {
        "type": "library",
        "bom-ref": f"native:{part['in']}:{part['name']}".replace(" ", "-"),
        "name": part["name"],
        "description": part["used"],
        "licenses": [{"license": {"name": part["licence"]}}],
        "properties": [{"name": "rogatio:in", "value": part["in"]}],
        **scope,
    }


if __name__ == "__main__":
    json.dump(bill_of_materials(components(), datetime.now(UTC)), sys.stdout, ensure_ascii=False, indent=1)
