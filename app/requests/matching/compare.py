"""Comparison of two parties: a proposal that they may be the same, with its reasons, never a decision."""

from __future__ import annotations

import regex

from app.requests.matching.parties import ACCOUNT, IP, PHONE, Party
from nlp.matching.verdict import Match, Record, Verdict, match_records

_IBAN = regex.compile(r"[A-Za-z]{2}\d{2}[A-Za-z\d]{11,30}")
_COUNTRY, _DIGITS = 2, 4
"""Characters of an IBAN that name its country, and with its check digits."""

MIN_SCORE = 0.4
"""Below, nobody is asked: the names say too little, or are no names."""


def compare_parties(left: Party, right: Party) -> Match | None:
    """Return the proposal for two parties, None if they differ or the evidence is too weak."""
    if left.kind != right.kind:
        return None
    found = _named(left, right) if left.is_named else _numbered(left, right)
    return None if found.verdict is Verdict.DIFFERENT or found.score < MIN_SCORE else found


def _named(left: Party, right: Party) -> Match:
    return match_records(
        Record(left.name, left.birth_date, left.number), Record(right.name, right.birth_date, right.number)
    )


def _numbered(left: Party, right: Party) -> Match:
    """Compare identifiers: equal ones are the same, except Internet addresses, whose users change."""
    if left.compared == right.compared:
        if left.kind == IP:
            return Match(Verdict.UNCLEAR, 0.6, ("ip_equal",))
        return Match(Verdict.SAME, 0.99, ("identifier_equal",))
    if left.kind == ACCOUNT and left.blocks() & right.blocks():
        return _accounts(left.compared, right.compared)
    if left.kind == PHONE and left.blocks() & right.blocks():
        return Match(Verdict.UNCLEAR, 0.7, ("phone_last_digits",))
    return Match(Verdict.DIFFERENT, 0.0, ())


def _accounts(left: str, right: str) -> Match:
    """Compare accounts with a common part; of two IBANs that differ in their check digits alone one is wrong."""
    if not (_IBAN.fullmatch(left) and _IBAN.fullmatch(right)):
        return Match(Verdict.SAME, 0.95, ("account_within_iban",))
    is_misread = (left[:_COUNTRY], left[_DIGITS:]) == (right[:_COUNTRY], right[_DIGITS:])
    return Match(Verdict.UNCLEAR, 0.85, ("iban_check_digits",)) if is_misread else Match(Verdict.DIFFERENT, 0.0, ())
