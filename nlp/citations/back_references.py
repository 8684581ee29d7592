"""Words that refer to a law cited before, or to the text itself: "that Act", "dicha ley", "ibid.", "this Code"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.resource import load
from nlp.pattern_bank import Bank, Rule, make_bank
from nlp.patterns import compile_pattern

SELF = "self"


@dataclass(frozen=True, slots=True)
class BackReference:
    """A back reference; ``noun`` is what it refers to, ``attached``: it counts only after an article."""

    start: int
    end: int
    noun: str
    attached: bool
    year: str = ""
    name: str = ""


def find_back_references(text: str) -> Iterator[BackReference]:
    """Yield the back references in plain text, including overlapping ones."""
    for rule, match in _bank().scan(text):
        year = match.groupdict().get("year") or ""
        yield BackReference(match.start(), match.end(), rule.type, rule.kind == "attached", year, match[0])


@cache
def _bank() -> Bank:
    content = load("nlp.references")
    backs = [_rule(f"back_{index}", row, row["noun"]) for index, row in enumerate(content["back"])]
    return make_bank((*backs, *(_rule(f"self_{index}", row, SELF) for index, row in enumerate(content["self"]))))


def _rule(name: str, row: dict[str, Any], noun: str) -> Rule:
    pattern = compile_pattern(rf"(?<![\p{{L}}\d])(?:{row['re']})(?!\w)")
    kind = "attached" if row.get("attached") or noun == SELF else "alone"
    starts, cue = (tuple(str(word) for word in row.get(key, ())) for key in ("starts", "cue"))
    return Rule(name, ("any",), kind, noun, pattern, starts=starts, cue=cue)
