"""Jurisdiction from a file's metadata: front matter, FRBR, Dublin Core, ELI and official addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of

# Keys of the jurisdiction, the most reliable first, and keys of identifiers and publication addresses.
_NAMED = (
    "jurisdiction",
    "country",
    "pais",
    "país",
    "pays",
    "frbrcountry",
    "dc.coverage",
    "dcterms.spatial",
    "locality",
)
_ADDRESSED = ("eli", "uri", "frbruri", "dc.identifier", "identifier", "urn", "ecli", "source", "url", "link", "fuente")
_WORK = compiled(r"(?:^|/)akn/(?P<code>[a-z]{2})(?:-[^/]+)?/|^/(?P<code>[a-z]{2})/(?:act|judgment|doc|bill|statement)/")
_IDENTIFIER = compiled(r"(?:urn:lex|ECLI):(?P<code>[A-Za-z]{2})(?:[;:.])")
_HOST = compiled(r"(?:https?://|\bwww\.|(?<=\w)@)(?P<host>[\w.-]+)", regex.I)
# Country domains in general use, which do not indicate the state unless of its government.
_FOR_ANY_PURPOSE = frozenset({"co", "io", "tv", "me", "ai", "ag", "bz", "lc", "vc", "fm", "la", "cc", "ws", "st", "tl"})
_GOVERNMENT = frozenset("gov gob gouv gub go govt govern jus just parliament senado congreso admin public mil".split())


def metadata_jurisdiction(metadata: Mapping[str, str]) -> str:
    """Return the ISO 3166 alpha-2 code or ``EU``, empty if the metadata name no state."""
    named = (country_code(metadata[key]) for key in _NAMED if metadata.get(key))
    addressed = (_identified(metadata[key]) or address_country(metadata[key]) for key in _ADDRESSED if key in metadata)
    return next(filter(None, (*named, *addressed)), "")


def country_code(value: str) -> str:
    """Return the ISO 3166 alpha-2 code or ``EU`` of a state, empty if unknown.

    ``value`` is a code (``cl``, ``LUX``, ``GB-UKM``, ``es-ES``), a URI that ends with one, or a name.
    """
    last = value.strip().rstrip("/").rpartition("/")[2]
    code = last.upper()
    if code in ("EU", "EUR", "EUROPEAN UNION"):
        return "EU"
    if code == "UK":
        return "GB"
    if regex.fullmatch(r"[A-Z]{2}(?:[-_][A-Z0-9]{1,4})?", code) and _is_country(code[:2]):
        return code[:2]
    if regex.fullmatch(r"[A-Z]{2}[-_][A-Z]{2}", code):
        return code[3:] if _is_country(code[3:]) else ""
    if len(code) == 3 and (country := _countries().get(alpha_3=code)):
        return str(country.alpha_2)
    return _named_country(last)


def address_country(text: str, *, official: bool = False) -> str:
    """Return the state indicated by the host of the first such address in ``text``, or ``""``.

    ``official`` restricts the addresses to those of governments.
    """
    return next(address_countries(text, official=official), "")


def address_countries(text: str, *, official: bool = False) -> Iterator[str]:
    """Yield the state that the host of each address in ``text`` indicates, those of e-mails included."""
    for match in _HOST.finditer(text):
        host = match["host"].lower().rstrip(".")
        known: dict[str, str] = load("nlp.jurisdictions")["hosts"]
        if code := next((code for name, code in known.items() if host == name or host.endswith(f".{name}")), ""):
            yield code
            continue
        *labels, last = host.split(".")
        government = not _GOVERNMENT.isdisjoint(labels)
        code = {"uk": "GB"}.get(last, last.upper())
        if len(last) == 2 and _is_country(code) and (government or not (official or last in _FOR_ANY_PURPOSE)):
            yield code


def _identified(value: str) -> str:
    match = _WORK.search(value.strip().lower()) or _IDENTIFIER.search(value)
    code = match["code"].upper() if match else ""
    return code if code == "EU" or _is_country(code) else ""


def _is_country(code: str) -> bool:
    return _countries().get(alpha_2=code) is not None


@cache
def _countries() -> Any:
    import pycountry  # only for metadata, which few texts have

    return pycountry.countries


def _named_country(name: str) -> str:
    words = name.strip()
    for span in find_gazetteer(words, words_of(words)):
        if span.label == "COUNTRY" and span.end - span.start == len(words):
            return span.value
    return ""
