"""The kind of a provision: an offence, a definition, an amending clause, a list of offences, a rule of procedure.

Patterns are in ``resources/provision_kinds.yaml``. The kind is the function of a provision, not its subject: a
comparison of an offence ignores articles that only mention it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.concepts.provision_cues import punishes
from nlp.editorial_notes import gone, is_editorial
from nlp.folding import fold

KINDS = (
    "gone",
    "front",
    "amending",
    "final",
    "rule",
    "penalty",
    "offence",
    "definition",
    "scope",
    "list",
    "institution",
    "obliged",
    "procedure",
    "other",
)
_OPENING, _READ = 260, 3_000  # characters of the body: for recognising the kind, and read in all
_SIGNS = ' .-–—*\n\t"“«[]()'
_NUMBERED = compiled(r"\d+(?:[.-]\w+)*")
_ITEM = compiled(r"(?:^|\n|;|:)\s*(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivxlc]+)[.)°º-])")


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """Input of the classification: the unit's ``label`` and ``heading``, the headings above it, its body."""

    label: str
    heading: str
    path: tuple[str, ...]
    body: str
    language: str


def is_frame(label: str) -> bool:
    """Return whether the unit of a label is the preamble or the closing formula of a law."""
    return bool(regex.fullmatch(_rules()["frame_label"], fold(label)))


def kind_of_provision(provision: ProvisionText) -> str:
    """Return one of ``KINDS``; ``other`` if no pattern matches, and in a language without patterns."""
    if regex.fullmatch(_rules()["front_label"], fold(provision.label)):
        return "front"
    if _is_gone(provision):
        return "gone"
    if provision.language not in _rules()["moved"]:
        return "other"
    body = fold(provision.body[:_READ].lstrip(_SIGNS))
    for kind in ("amending", "final", "rule"):
        if _tells(kind, provision, body):
            return kind
    punished = punishes(provision.body, provision.language)
    if punished and not _tells("obliged", provision, body) and not _is_empowered(provision, body):
        return "penalty" if _tells("penalty", provision, body) else "offence"
    others = ("offence", "definition", "scope", "list", "penalty", "institution", "obliged", "procedure")
    return next((kind for kind in others if _tells(kind, provision, body)), "other")


def _is_empowered(provision: ProvisionText, body: str) -> bool:
    """Return whether the first words give an institution a power, whatever the provision punishes behind them."""
    powers = _rules()["institution"]["empowered"][provision.language]
    return _tells("institution", provision, body) and bool(regex.search(powers, body[:_OPENING]))


def _is_gone(provision: ProvisionText) -> bool:
    """Return whether no text of the law is left, or only a reference to its new place."""
    moved = _rules()["moved"].get(provision.language, "(?!)")
    if regex.search(moved, fold(provision.body[:_OPENING])):
        return True
    lines = (line for line in provision.body.splitlines() if line.strip())
    words = all(is_editorial(line, provision.language) for line in lines)
    return words and (not provision.heading or bool(gone(provision.body, provision.language)))


def _tells(kind: str, provision: ProvisionText, body: str) -> bool:
    if kind == "list":
        return _is_list(body, provision.language)
    heading, path, words = (_pattern(kind, place, provision.language) for place in ("heading", "path", "body"))
    return bool(
        (heading and heading.match(fold(provision.heading).strip(" .-([*")))
        or (path and any(path.search(fold(heading)) for heading in provision.path))
        or (words and words.match(body, 0, _OPENING))
    )


def _is_list(body: str, language: str) -> bool:
    """Return whether a provision only lists offences of other provisions: many article numbers or many items."""
    rules = _rules()["list"]
    found = regex.search(rules[language], body[:_OPENING])
    if not found:
        return False
    behind = body[found.start() :]
    named = max(len(_NUMBERED.findall(behind)), len(_ITEM.findall(behind)))
    return bool(named >= rules["least"])


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load("nlp.provision_kinds")
    return rules


@cache
def _pattern(kind: str, place: str, language: str) -> regex.Pattern[str] | None:
    rules = _rules()[kind]
    listed = rules.get(place, {}).get(language) if place in ("heading", "path", "body") else None
    if place == "body" and listed is None:
        listed = rules.get(language)
    return compiled(rf"(?:{listed})") if listed else None
