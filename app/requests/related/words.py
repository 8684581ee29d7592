"""Outcomes of similar requests in words."""

from __future__ import annotations

from app.labels import label_in
from app.requests.related.similar import ANSWERED
from app.wording import wording


def outcome_words(outcome: str, language: str) -> str:
    """Return the name of a final state, or that an answer arrived; empty where neither is known."""
    if outcome == ANSWERED:
        return wording("request_related.answered", language)
    return label_in(language, "request_event", outcome) if outcome else ""
