"""Values of request fields in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext

from app.i18n import interface_locale, interface_variety
from app.labels import concept_in, country, date, label, language
from nlp.requests.dates.answer_periods import RECEIPT

FIELDS = (
    "requesting_state",
    "requested_state",
    "issuing_authority",
    "own_reference",
    "legal_basis",
    "measures",
    "offences",
    "persons",
    "identifiers",
    "facts_period",
    "amounts",
    "deadlines",
    "answer_period",
    "preservation_period",
    "urgency",
    "confidentiality",
    "specialty",
    "reciprocity",
    "special_procedure",
    "annexes",
    "translation",
)
"""Keys of the fields in the order in which a desk officer reads them."""


def value_words(field: str, value: Any) -> str:
    """Return a value of a field (its machine form) in words."""
    return _WORDS[field](value) if field in _WORDS else str(value)


def value_details(field: str, value: Any) -> list[str]:
    """Return further data of a value: target and period of a measure, birth and documents of a person."""
    return [detail for detail in _DETAILS[field](value) if detail] if field in _DETAILS else []


def _state(value: str) -> str:
    return country(value) if len(value) == 2 else value


def _concept(value: str) -> str:
    return concept_in(interface_variety(), value)


def _period(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value or "")
    first, last = (date(day) if (day := value.get(end)) else "" for end in ("from", "to"))
    if first and last:
        return " – ".join(dict.fromkeys((first, last)))
    if first:
        return str(gettext("requests.period_since", day=first))
    return str(gettext("requests.period_until", day=last)) if last else ""


_DECIMALS = "#,##0.00######"
"""A number with decimals, of which an amount of money has two and one of a crypto-asset more."""


def _amount(value: Mapping[str, Any]) -> str:
    pattern = "#,##0" if value["value"] == int(value["value"]) else _DECIMALS
    return f"{format_decimal(value['value'], pattern, locale=interface_locale())} {value['currency']}"


def _person(value: Mapping[str, Any]) -> list[str]:
    nationality = ", ".join(_state(code) for code in value.get("nationality") or ())
    birth = date(value["birth_date"]) if value.get("birth_date") else ""
    documents = [item if isinstance(item, str) else str(item.get("text", "")) for item in value.get("documents") or ()]
    return [label("request_role", value["role"]), birth, nationality, *documents, *(value.get("aliases") or ())]


def _provisions(value: Mapping[str, Any]) -> list[str]:
    return [str(provision) for provision in value.get("provisions") or ()]


def _articles(value: Mapping[str, Any]) -> list[str]:
    """Return the articles of a legal basis that its words do not name."""
    articles = [str(article) for article in value.get("articles") or ()]
    unnamed = [one for one in articles if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", value["text"])]
    return [f"art. {', '.join(unnamed)}"] if unnamed else []


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "requesting_state": _state,
    "requested_state": _state,
    "legal_basis": lambda value: value["text"],
    "measures": lambda value: _concept(value["measure"]),
    "offences": lambda value: _concept(value["concept"]),
    "persons": lambda value: value["name"],
    "identifiers": lambda value: value["text"],
    "facts_period": _period,
    "amounts": _amount,
    "deadlines": lambda value: date(value["date"]),
    "answer_period": lambda value: value["text"],
    "preservation_period": lambda value: value["text"],
    "urgency": lambda value: label("request_answer", "yes"),
    "confidentiality": lambda value: label("request_answer", "yes"),
    "reciprocity": lambda value: label("request_answer", "yes"),
    "special_procedure": lambda value: value["text"],
    "specialty": lambda value: value["text"],
    "annexes": lambda value: value["label"],
    "translation": lambda value: f"{language(value['from'] or 'und')} → {language(value['to'] or 'und')}",
}
_DETAILS: Mapping[str, Callable[[Any], list[str]]] = {
    "measures": lambda value: [value.get("target") or "", _period(value.get("period"))],
    "offences": _provisions,
    "persons": _person,
    "identifiers": lambda value: [
        label("request_identifier", value["kind"]),
        label("request_valid", {True: "valid", False: "invalid", None: ""}[value.get("valid")]),
    ],
    "legal_basis": _articles,
    "answer_period": lambda value: [label("request_period_start", value.get("from") or RECEIPT)],
    "deadlines": lambda value: [label("request_deadline", str(value.get("reason") or "answer_by"))],
}
