"""An identifier that a person enters: its kind and check digits, by the same forms as those read in a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_address

import regex

from extraction.resource import load
from nlp.citations.citations import find_citations
from nlp.entities.identifiers import find_identifiers
from nlp.folding import fold, plain
from nlp.requests.identifiers.case_numbers import case_numbers
from nlp.requests.identifiers.forms import VALID, Identifier, formed, ibans, plain_phones, wallets
from nlp.requests.identifiers.identifiers import cued_identifiers

_LEAST_DIGITS = {"account": 6, "phone": 6, "national_id": 5, "company_number": 5, "plate": 2, "imei": 14}
# Words by which the forms of letters know a number; the kind that a person chose says as much.
_WORDS = {"imei": "IMEI", "passport": "passport", "wallet": "wallet"}
_SIGNS = regex.compile(r"[\W_]")
_MAIL = regex.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")
_IBAN = regex.compile(r"[A-Z]{2}\d{2}[A-Z\d]{8,30}")
# Kinds whose numbers have the same forms: which of the two it is depends on the owner.
_ALIKE = ({"national_id", "company_number"}, {"iban", "account"})


def entered_identifier(written: str, kind: str = "", states: Sequence[str] = ()) -> Identifier | None:
    """Return the identifier that ``written`` is, with its place in it; None if it cannot be one of ``kind``.

    Without ``kind`` it is the one that the form or a word before the number tells ("NIT 800254610-5"), None if nothing
    tells it. ``states`` are the codes of the States of the request, whose numbers need no such word to be checked.
    """
    word = f"{_WORDS[kind]} " if kind in _WORDS else ""
    text = word + plain(written)
    found = [one for one in _recognised(text, states) if _is_whole(text, one) and _agrees(one.kind, kind)]
    best = max(found, key=lambda one: (one.kind == kind, one.valid is True, one.valid is not None), default=None)
    if best is not None:
        known = best.kind if best.kind == "iban" or not kind else kind
        return Identifier(known, max(0, best.start - len(word)), best.end - len(word), best.valid, 1.0)
    return Identifier(kind, 0, len(written), None, 1.0) if kind and _may_be(kind, written) else None


def _recognised(text: str, states: Sequence[str]) -> Iterator[Identifier]:
    """Yield the identifiers by the recognisers of letters, those of the States of the request first."""
    resource = load("nlp.request_identifiers")
    for state in (*states, ""):
        for span in find_identifiers(text, jurisdiction=state):
            rule, kind = span.attributes.get("rule", ""), span.attributes.get("kind", "")
            known = resource["rules_kinds"].get(rule, resource["kinds"].get(kind, ""))
            if known:
                valid = VALID.get(span.attributes.get("valid", "")) if known in resource["checked"] else None
                yield Identifier(known, span.start, span.end, valid, span.confidence)
    for span in find_citations(text):
        if span.label == "CASE":
            yield from case_numbers(text, span)
    yield from (*ibans(text), *wallets(text), *formed(text), *plain_phones(text), *cued_identifiers(text, fold(text)))


def _is_whole(text: str, found: Identifier) -> bool:
    """Return whether nothing but words stands before and nothing behind an identifier."""
    return not any(map(str.isdigit, text[: found.start])) and not _SIGNS.sub("", text[found.end :])


def _agrees(found: str, kind: str) -> bool:
    return not kind or found == kind or any({found, kind} <= alike for alike in _ALIKE)


def _may_be(kind: str, written: str) -> bool:
    """Return whether a text can be an identifier of a kind that no form proves."""
    if kind == "email":
        return _MAIL.fullmatch(written) is not None
    if kind == "ip":
        return _is_address(written)
    if kind == "iban":
        return _IBAN.fullmatch(_SIGNS.sub("", written)) is not None
    return sum(map(str.isdigit, written)) >= _LEAST_DIGITS.get(kind, 1)


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
