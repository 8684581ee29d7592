"""Comparison of two parties: a proposal that they may be the same, with its reasons, never a decision."""

from __future__ import annotations

from app.requests.matching.parties import ACCOUNT, IP, PHONE, Party
from nlp.matching.verdict import Match, Record, Verdict, match_records

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
        return Match(Verdict.SAME, 0.95, ("account_within_iban",))
    if left.kind == PHONE and left.blocks() & right.blocks():
        return Match(Verdict.UNCLEAR, 0.7, ("phone_last_digits",))
    return Match(Verdict.DIFFERENT, 0.0, ())
