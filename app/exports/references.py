"""Bibliographic references of cited documents: BibTeX (entry types of biblatex) and RIS."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.document_kinds import kind_of
from app.documents.cited_sources import CitedSource
from app.exports.report import printable

_BIBTEX_TYPES = {"law": "legislation", "judgment": "jurisdiction"}
_RIS_TYPES = {"law": "STAT", "judgment": "CASE"}
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_BABEL_NAMES = {"es": "spanish", "pt": "portuguese", "en": "english", "fr": "french"}  # langid of biblatex
_MAX_KEY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document: ``citation`` is its full footnote, ``country`` the name of its country, or empty."""

    source: CitedSource
    pinpoint: str
    citation: str
    country: str
    excerpt: str


def bibtex(references: Iterable[Reference]) -> bytes:
    """Return references as BibTeX, UTF-8: ``@legislation`` and ``@jurisdiction`` of biblatex, ``@misc`` for the rest.

    Styles that do not know a type treat it as ``misc``; the legal citation is in ``note``.
    """
    keys = Counter[str]()
    entries = []
    for reference in references:
        key = _key(reference)
        keys[key] += 1
        entries.append(_entry(reference, key if keys[key] == 1 else f"{key}-{keys[key]}"))
    return "\n".join(entries).encode()


def ris(references: Iterable[Reference]) -> bytes:
    """Return references as RIS, UTF-8 with CR LF: statutes, cases, and generic for the rest."""
    return "".join(
        f"{tag}  - {value}\r\n" for reference in references for tag, value in _ris_fields(reference)
    ).encode()


def _key(reference: Reference) -> str:
    """Return a citation key of ASCII letters, digits and hyphens: country, number or title, pinpoint."""
    named = " ".join(
        (reference.source.jurisdiction, reference.source.number or reference.source.title, reference.pinpoint)
    )
    plain = unicodedata.normalize("NFKD", named).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_KEY_LENGTH].strip("-") or "document"


def _entry(reference: Reference, key: str) -> str:
    source = reference.source
    fields = {
        "title": source.title,
        "number": source.number,
        "date": source.date,
        "year": source.date[:4],
        "location": reference.country,
        "langid": _BABEL_NAMES.get(source.language, ""),
        "urldate": source.retrieved if source.address else "",
        "note": reference.citation,
        "abstract": reference.excerpt,
    }
    lines = [f"  {name} = {{{_tex(value)}}}," for name, value in fields.items() if value]
    lines += [f"  url = {{{_address(source.address)}}},"] if source.address else []
    kind = _BIBTEX_TYPES.get(kind_of(source.document_type), "misc")
    return "\n".join((f"@{kind}{{{key},", *lines, "}", ""))


def _tex(value: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(value))


def _address(value: str) -> str:
    """Return an address for the field ``url``, which is verbatim; characters that would end it are percent-encoded."""
    return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    source = reference.source
    yield "TY", _RIS_TYPES.get(kind_of(source.document_type), "GEN")
    fields = (
        ("TI", source.title),
        ("M1", source.number),
        ("SE", reference.pinpoint),
        ("PY", source.date[:4]),
        ("DA", source.date.replace("-", "/")),
        ("CY", reference.country),
        ("LA", source.language),
        ("UR", source.address),
        ("Y2", source.retrieved.replace("-", "/") if source.address else ""),
        ("N1", reference.citation),
        ("AB", reference.excerpt),
    )
    yield from ((tag, _line(value)) for tag, value in fields if value)
    yield "ER", ""


def _line(value: str) -> str:
    return " ".join(printable(value).split())
