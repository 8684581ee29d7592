"""Joining of names of organisations split by the model: "Tribunal Supremo | de | España"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from nlp.annotations import Span
from nlp.entities.nesting import nesting


def join_bodies(seen: Sequence[Span], rules: Sequence[Span], text: str) -> list[Span]:
    """Return the entities of the model, with those joined that are parts of one organisation by ``rules``.

    ``seen`` are the model's spans of ``text``. The later parts must be organisations or countries; whether a town
    belongs to a name is left to the model.
    """
    joined = list(seen)
    for rule in rules:
        parts = [name for name in joined if name.within(rule)]
        if len(parts) > 1 and rule.source in nesting()["heads"] and _are_one(parts, rule, rules, text):
            whole = replace(parts[0], end=rule.end, value=" ".join(text[rule.start : rule.end].split()))
            joined = [whole if name is parts[0] else name for name in joined if name not in parts[1:]]
    return joined


def _are_one(parts: Sequence[Span], whole: Span, rules: Sequence[Span], text: str) -> bool:
    bodies = nesting()["families"]["body"]
    countries = {(rule.start, rule.end) for rule in rules if rule.label == "COUNTRY"}
    return (
        (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        and all(span.label in bodies for span in (whole, parts[0]))
        and all(part.label in bodies or (part.start, part.end) in countries for part in parts[1:])
        and all(_of().fullmatch(text, part.end, following.start) for part, following in pairwise(parts))
    )


@cache
def _of() -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:{'|'.join(nesting()['of'])})\s?")
