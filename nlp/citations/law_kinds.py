"""Kinds of laws by their canonical id, and the kind that a back reference names (``dicho decreto``)."""

from __future__ import annotations

from nlp.citations.canonical import slug
from nlp.compiled_patterns import compiled

_DECREES = ("dec", "arr", "res", "port", "reg", "ord", "rd", "desp", "circ")
_REFERRING = compiled(
    r"(?:dich|citad|referid|mencionad|mism|mesm|aludid|indicad|precitad|supracitad|susvis|d?ess?a|l[ae]dit|dudit|ce(?:t|tte)?|meme"
    r"|that|said)\w*$"
)
_UNION_ACT = compiled(r"celex:3\d{4}([RLD])")
_UNION_KINDS = {"R": ("regula", "reglam", "reglem"), "L": ("direct", "direti"), "D": ("decisi", "decisa")}


def is_decree(identity: str) -> bool:
    """Return whether the law of a canonical id is a decree, an order or another text below a law."""
    parts = identity.split(":")
    return len(parts) > 2 and parts[2].startswith(_DECREES)


def kind_of(name: str) -> str:
    """Return the first letters of the kind of law in a back reference: ``resolu`` for ``la citada Resolución``."""
    words = [word for word in slug(name).split("-") if not _REFERRING.match(word)]
    return next(iter(words), "")[:6]


def is_of_kind(identity: str, kind: str) -> bool:
    """Return whether a law has the kind in its id (``decret``), or is an act of the Union of that kind (``regula``)."""
    sector = _UNION_ACT.match(identity)
    kinds = (kind, "dfl", "rd") if kind == "decret" else (kind,)
    return any(f":{each}" in identity for each in kinds) or (
        sector is not None and kind in _UNION_KINDS.get(sector[1], ())
    )
