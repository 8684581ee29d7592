"""Check of the hearing dates of a request against today: one that has passed, or that leaves too little time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.requests.deadlines.deadlines import Deadline
from extraction.resource import load
from nlp.requests.proposal import DOUBTFUL

KEY, HEARING = "hearing_date", "hearing"


def hearing_checks(deadlines: Iterable[Deadline], today: date) -> list[dict[str, Any]]:
    """Return the check of the hearings that have passed, else of those too near, in the stored form; at most one.

    It depends on ``today`` and is therefore not stored. Hearings of a request that has ended are left out.
    """
    margin: int = load("nlp.request_checks")["hearing_margin"]
    coming = [deadline for deadline in deadlines if deadline.key == HEARING and not deadline.met]
    past = [deadline for deadline in coming if deadline.days_left(today) < 0]
    near = [deadline for deadline in coming if 0 <= deadline.days_left(today) < margin]
    if past and not near and len(past) < len(coming):
        return []  # a later hearing is fixed
    return [_check(found, finding) for finding, found in (("near", near), ("past", past)) if found][:1]


def _check(found: list[Deadline], finding: str) -> dict[str, Any]:
    place = {"start": found[0].start, "end": found[0].end} if found[0].end else {}
    return {
        "key": KEY,
        "state": DOUBTFUL,
        "instrument": None,
        "provision": None,
        "reason": f"{KEY}.{finding}",
        "days": [deadline.day for deadline in found],
        **place,
    }
