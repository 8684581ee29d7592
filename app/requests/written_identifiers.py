"""Identifiers as a person writes them: the number and its kind, ``ES91 2100 … · IBAN``; the form may tell the kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import regex

from app.labels import code_in_words, codes, codes_by_label
from nlp.folding import fold
from nlp.requests.identifiers.entered import entered_identifier

_SEPARATOR = " · "
_SIGNS = regex.compile(r"[\W_]+")


def with_kind(number: str, kind: str) -> str:
    """Return a number with its kind behind it, as ``identifier_in`` reads it."""
    return f"{number}{_SEPARATOR}{kind}" if kind else number


def identifier_in(text: str, kind: str = "", states: Sequence[str] = ()) -> dict[str, Any] | None:
    """Return kind, text and result of the check digits of an identifier in the form of the reading; None if it is none.

    ``kind`` is used where ``text`` has none behind the number; ``states`` are the codes of the States of the request.
    """
    number, _, behind = text.partition(_SEPARATOR)
    named = identifier_kind(behind) if behind else kind
    if behind and not named:
        return None
    written = " ".join(number.split())
    found = entered_identifier(written, named, states)
    if found is None:
        return None
    return {"kind": found.kind, "text": written[found.start : found.end], "valid": found.valid}


def kind_behind(text: str) -> str:
    """Return the kind that is written behind a number, ``""`` without one."""
    return identifier_kind(text.partition(_SEPARATOR)[2])


def identifier_kind(text: str) -> str:
    """Return the kind of identifier that ``text`` names in one of the languages, or its code; ``""`` for others."""
    return _kinds().get(fold(text.strip()), "") or code_in_words(text, _kinds())


def place_of(number: str, text: str) -> tuple[int, int]:
    """Return the first place of a number in ``text``, whatever signs divide it; (0, 0) without one."""
    signs = [regex.escape(sign) for sign in _SIGNS.sub("", number)]
    form = r"[\W_]{0,2}".join(signs)
    found = regex.search(rf"(?<!\w){form}(?!\w)", text, regex.IGNORECASE) if signs else None
    return found.span() if found else (0, 0)


def is_same(value: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two identifiers are the same number of the same kind, however it is divided.

    Small and capital letters differ in wallets only (Base58).
    """
    left, right = (_SIGNS.sub("", str(one["text"])) for one in (value, other))
    if value["kind"] != "wallet":
        left, right = left.casefold(), right.casefold()
    return bool(value["kind"] == other["kind"] and left == right)


@cache
def _kinds() -> Mapping[str, str]:
    return {**codes_by_label("request_identifier"), **{code: code for code in codes("request_identifier")}}
