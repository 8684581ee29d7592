"""Writes ``docs/licences.md``: licences of all run-time packages and native parts, and what they oblige to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from components import ROOT, Component, components, licence_data

PAGE = ROOT / "docs" / "licences.md"
_HEAD = """\
# Licences

Rogatio is under the Apache License 2.0. This page lists the other parts of an installation: the packages of
`requirements-production.lock`, with the licence that their metadata state or, of several, the one chosen, and native
libraries. `make licences` writes it from the installed metadata and `release/licences.yaml`; it is no legal advice.
"""


def page(found: Iterable[Component]) -> str:
    """Return the page in Markdown."""
    packages = sorted(found, key=lambda one: one.name)
    return "\n".join((_HEAD, *_obligations(packages), *_packages(packages), *_native()))


def family(licence: str) -> str:
    """Return the key of the obligations of an SPDX expression, ``other`` for those of its permissive ones."""
    keys = licence_data()["obligations"]
    parts = licence.replace("(", "").replace(")", "").split(" AND ")
    return next((key for key in keys for part in parts if part.startswith(key)), "other")


def _obligations(packages: list[Component]) -> Iterator[str]:
    yield "## What is due when an installation or its bundle is passed on\n"
    native = licence_data()["native"]
    for key, text in licence_data()["obligations"].items():
        yield f"- **{key}**: {text}"
        if key in ("LGPL", "MPL"):
            named = [one.name for one in packages if family(one.licence) == key]
            named += [f"{part['name']} ({part['in']})" for part in native if family(part["licence"]) == key]
            yield f"  These are: {', '.join(named)}."
    yield ""


def _packages(packages: list[Component]) -> Iterator[str]:
    yield "## Packages\n\n| package | version | licence | |\n|---|---|---|---|"
    for one in packages:
        yield f"| {one.name} | {one.version} | {one.licence} | {one.reason} |"
    yield ""


def _native() -> Iterator[str]:
    yield "## Native parts\n\n| part | in | used for | licence |\n|---|---|---|---|"
    for part in licence_data()["native"]:
        yield f"| {part['name']} | {part['in']} | {part['used']} | {part['licence']} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(components()), encoding="utf-8")
