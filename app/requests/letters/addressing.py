"""Whether a request goes directly between judicial authorities, so that no central authority answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.requests.decided_fields import Decisions, decided_values
from app.requests.invoked_treaties import basis_on_day
from app.requests.life.course import Course
from extraction.resource import load
from nlp.requests.law.invoked_basis import InvokedBasis
from nlp.treaties.instruments import instruments
from nlp.treaties.participation import Standing


def goes_directly(of: Course, decisions: Decisions) -> bool:
    """Return whether a request goes directly by its type, or by a treaty that it invokes and that is in force.

    An order or warrant of the European Union does by its nature (Directive 2014/41/EU art. 7(1), Framework Decision
    2002/584/JHA art. 9(1), Regulation (EU) 2018/1805 arts. 4(1) and 14(1)).
    """
    if of.kind in load("app.requests.letters.completion_letter")["directly"]:
        return True
    basis = _basis(of, decisions)
    return any(_is_direct(one) and basis.standing(one) is Standing.BOUND for one in basis.instruments)


def _is_direct(instrument: str) -> bool:
    known = instruments().get(instrument)
    return known is not None and known.channel == "direct"


def _basis(of: Course, decisions: Decisions) -> InvokedBasis:
    row, document = of.reading.row or {}, of.reading.document
    invoked = [found["value"] for found in decided_values(row, document.id, "legal_basis", decisions)]
    values: Mapping[str, list[Any]] = {
        "requesting_state": [of.requesting],
        "requested_state": [of.requested],
        "legal_basis": invoked,
    }
    return basis_on_day(values, document.date, of.kind)
