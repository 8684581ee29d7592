"""The run-time packages of the production lock, with versions, licences and dependencies from installed metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PRODUCTION = ROOT / "requirements-production.lock"
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Component:
    """A package; ``licence`` is an SPDX expression, ``reason`` why it is not that of the metadata."""

    name: str
    version: str
    licence: str
    reason: str
    requires: tuple[str, ...]


def licence_data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "release" / "licences.yaml").read_text(encoding="utf-8"))
    return data


def locked(lock: Path = PRODUCTION) -> dict[str, str]:
    """Return the version of each package of a lock file."""
    return {canonicalize_name(name): version for name, version in _PIN.findall(lock.read_text(encoding="utf-8"))}


def components() -> tuple[Component, ...]:
    """Return the packages of the production lock; raises ``PackageNotFoundError`` if one is not installed."""
    data, versions = licence_data(), locked()
    return tuple(_component(distribution(name), name, version, data, versions) for name, version in versions.items())


def _component(
    found: Distribution, name: str, version: str, data: Mapping[str, Any], known: Mapping[str, str]
) -> Component:
    own = data["packages"].get(name)
    licence = own["licence"] if own else _stated(found, data["classifiers"])
    required = (canonicalize_name(Requirement(line).name) for line in found.requires or ())
    return Component(name, version, licence, own["reason"] if own else "", tuple(sorted({*required} & known.keys())))


def _stated(found: Distribution, classifiers: Mapping[str, str]) -> str:
    """Return the SPDX expression that the metadata state; raises ``KeyError`` if it is to be added to the data."""
    if expression := found.metadata.get("License-Expression"):
        return str(expression)
    classified = [
        one.rpartition(" :: ")[2] for one in found.metadata.get_all("Classifier") or () if "License ::" in one
    ]
    texts = [*classified, found.metadata.get("License") or ""]
    stated = list(dict.fromkeys(classifiers[text] for text in texts if text in classifiers))
    if not stated:
        raise KeyError(f"{found.metadata['Name']}: its licence belongs into release/licences.yaml: {texts}")
    return stated[0]
