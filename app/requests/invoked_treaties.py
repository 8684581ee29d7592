"""Invoked treaties in doubt: in words, in the stored form of a check, and after decisions on States and legal basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from app.i18n import written_date
from app.labels import country_in
from app.requests.treaty_rows import party_text, short_name, treaty_wording
from indexing.records.validity import last_day_of, read_day, today
from nlp.requests.checks.checks import state_of
from nlp.requests.checks.provisions import checked_by, provision_of
from nlp.requests.law.invoked_basis import BASED_ORDER, InvokedBasis, invoked_basis
from nlp.requests.proposal import MISSING, PRESENT
from nlp.treaties.invoked import InvokedTreaty, Support, not_in_force
from nlp.treaties.participation import Participation, Standing, Verification

Row = Mapping[str, Any]
KEY = "legal_basis"
_OF_TREATIES = frozenset(f"{KEY}.{finding}" for finding in (PRESENT, BASED_ORDER, *Support))


def treaty_form(treaty: InvokedTreaty) -> dict[str, Any]:
    """Return the stored form of an invoked treaty, from which ``treaty_words`` makes its sentence."""
    return {
        "instrument": treaty.instrument,
        "states": [state for party in treaty.parties for state in party.state.split("-")],
        "day": treaty.day.isoformat(),
    }


def treaty_words(stored: Iterable[Row], language: str) -> str:
    """Return in words which of the stored treaties are not known to be in force, and why."""
    found = {treaty.instrument: treaty for one in stored for treaty in _treaties(one)}
    alike: dict[Verification, dict[tuple[bool, date], list[InvokedTreaty]]] = {}
    for treaty in found.values():
        groups = alike.setdefault(treaty.verification, {})
        groups.setdefault((treaty.standing is Standing.NOT_BOUND, treaty.day), []).append(treaty)
    sentences = (
        (*(_sentence(treaties, language) for treaties in groups.values()), _verified(verification, language))
        for verification, groups in alike.items()
    )
    return " ".join(chain.from_iterable(sentences))


def treaty_names(stored: Iterable[Row], language: str) -> str:
    """Return the short names of the stored treaties that are not known to be in force, as a sentence; "" without any.

    It is for a letter to another authority: on what the doubt rests is for the desk alone.
    """
    names = dict.fromkeys(short_name(treaty.instrument, language) for one in stored for treaty in _treaties(one))
    return f"{'; '.join(names)}." if names else ""


def _verified(verification: Verification, language: str) -> str:
    return f"{treaty_wording('verification', verification.value, language)}."


def _treaties(stored: Row) -> Iterator[InvokedTreaty]:
    first, second = stored["states"]
    return not_in_force(first, second, date.fromisoformat(stored["day"]), [stored["instrument"]])


def basis_on_day(fields: Mapping[str, Any], day: str, kind: str) -> InvokedBasis:
    """Return the instruments that a letter invokes, as of its ``day`` (ISO 8601, or a year or month), else today."""
    return invoked_basis(fields, date.fromisoformat(read_day(last_day_of(day)) or today()), kind)


def with_decided_treaties(checks: Sequence[Row], kind: str, fields: Mapping[str, Sequence[Any]], day: str) -> list[Row]:
    """Return the stored checks of a request with its legal basis judged anew by the decided values of its ``fields``.

    Each has the provision of the instrument by which a letter of type ``kind`` is then checked. ``day`` is that of the
    letter (ISO 8601, or a year or month), empty if unknown: then it is today.
    """
    basis = basis_on_day(fields, day, kind)
    instrument, is_reciprocal = checked_by(kind, basis), bool(fields.get("reciprocity"))
    decided = (_decided(check, kind, basis, is_reciprocal) if check["key"] == KEY else check for check in checks)
    return [_with_provision(check, kind, instrument) for check in decided]


def _with_provision(check: Row, kind: str, instrument: str) -> Row:
    provision = provision_of(kind, instrument, check["key"])
    return {**check, "instrument": (instrument if provision else None), "provision": provision or None}


def _decided(check: Row, kind: str, basis: InvokedBasis, is_reciprocal: bool) -> Row:
    """Return the check of the legal basis by the treaties invoked; without any, it stays as the letter gave it."""
    if not basis.instruments and check["reason"] not in _OF_TREATIES:
        return check
    finding = _finding(kind, basis, is_reciprocal=is_reciprocal)
    kept = {key: value for key, value in check.items() if key != "treaties"}
    doubted = () if finding in (PRESENT, BASED_ORDER) else basis.in_doubt
    treaties = {"treaties": [treaty_form(treaty) for treaty in doubted]} if doubted else {}
    return {**kept, "state": state_of(finding), "reason": f"{KEY}.{finding}", **treaties}


def _finding(kind: str, basis: InvokedBasis, *, is_reciprocal: bool) -> str:
    if basis.instruments:
        return basis.finding_of(kind, is_reciprocal=is_reciprocal)
    return "reciprocity" if is_reciprocal else MISSING


def _sentence(treaties: Sequence[InvokedTreaty], language: str) -> str:
    """Return in words which State is not known to be bound by each of ``treaties``, all of one standing."""
    first = treaties[0]
    key = "not_in_force" if first.standing is Standing.NOT_BOUND else "force_unknown"
    return treaty_wording("invoked", key if len(treaties) == 1 else f"{key}_several", language).format(
        treaties="; ".join(_named(treaty, language) for treaty in treaties),
        date=written_date(first.day.isoformat(), language),
    )


def _named(treaty: InvokedTreaty, language: str) -> str:
    """Return the name of a treaty with the States that are not known to be bound."""
    states = "; ".join(
        treaty_wording("invoked", "party", language).format(
            states=_states(party, language), position=_position(party, language)
        )
        for party in treaty.parties
        if party.standing is not Standing.BOUND
    )
    return f"{short_name(treaty.instrument, language)} ({states})"


def _states(party: Participation, language: str) -> str:
    return " – ".join(country_in(language, state) for state in party.state.split("-"))


def _position(party: Participation, language: str) -> str:
    if party.standing is Standing.NOT_BOUND and not party.since:
        return treaty_wording("invoked", "no_party", language)
    return party_text(party, language)
