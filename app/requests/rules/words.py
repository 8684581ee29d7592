"""A rule of a desk in words."""

from __future__ import annotations

from typing import Any

from app.labels import label_in
from app.requests.decisions import CORRECTED
from app.requests.rules.desk_rules import DeskRule
from app.wording import wording


def rule_sentence(rule: DeskRule, language: str) -> str:
    """Return what a rule does, as a sentence."""
    field = label_in(language, "request_field", rule.field)
    if rule.verdict == CORRECTED:
        return wording("requests.rule_corrects", language, field=field, phrase=rule.phrase, text=rule.text)
    return wording("requests.rule_leaves_out", language, field=field, phrase=rule.phrase)


def rule_json(rule: DeskRule, language: str) -> dict[str, Any]:
    """Return a rule as JSON, one form for the API and the command line."""
    return {
        "key": rule.key,
        "collection": rule.collection,
        "field": rule.field,
        "phrase": rule.phrase,
        "verdict": rule.verdict,
        "correction": rule.text,
        "letters": rule.letters,
        "text": rule_sentence(rule, language),
    }
