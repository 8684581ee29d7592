"""States of a request and the transitions between them, from ``resources/statuses.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extraction.resource import load

NOBODY = "nobody"


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load("app.requests.life.statuses")
    return rules


def statuses() -> tuple[str, ...]:
    """Return every state in the usual order."""
    return tuple(_rules()["statuses"])


def milestones() -> tuple[str, ...]:
    """Return the events other than states from which periods run."""
    return tuple(_rules()["milestones"])


def milestones_for(kind: str, measures: Iterable[str], status: str) -> tuple[str, ...]:
    """Return the milestones that may happen in a request of a type of letter with some measures.

    None is left in a final state ``status``, other than that of an executed request.
    """
    if is_ended(status) and status not in _rules()["after_end"]:
        return ()
    belongs, asked = _rules()["milestone_for"], set(measures)
    return tuple(
        code for code in milestones() if kind in belongs[code]["types"] or asked & set(belongs[code]["measures"])
    )


def next_statuses(current: str) -> tuple[str, ...]:
    """Return the states that may follow ``current``; all of them without a recorded state (empty)."""
    return tuple(_rules()["statuses"][current]["next"]) if current else statuses()


def waits_for(status: str) -> str:
    """Return the side that has to act: ``requesting``, ``requested`` or ``nobody``; empty without a recorded state."""
    return str(_rules()["statuses"][status]["waits"]) if status else ""


def is_ended(status: str) -> bool:
    """Return whether the state is final."""
    return status in _rules()["ended"]


def grounds() -> tuple[str, ...]:
    """Return the possible grounds of a refusal, a postponement or a return."""
    return tuple(_rules()["grounds"])


def may_precede_letter(code: str) -> bool:
    """Return whether a state or milestone may be older than the letter of the request."""
    return code in _rules()["before_letter"]


def takes_ground(status: str) -> bool:
    """Return whether a ground may be recorded with a state."""
    return status in _rules()["with_ground"]


def needs_ground(status: str) -> bool:
    """Return whether a state is only recorded with a ground."""
    return status in _rules()["needs_ground"]
