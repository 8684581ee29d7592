"""Treaties printed below the law that approves them, whose articles count from 1 again."""

from __future__ import annotations

from functools import cache

import regex

from nlp.structure.marks import RESTARTS, Mark
from nlp.structure.unit_labels import Number, grammar, line_end

_MAX_APPROVING = 12  # articles of a law that approves a treaty


def with_treaties(text: str, found: list[Mark]) -> list[Mark]:
    """Return ``found`` with a mark of kind ``annex`` at the title of each treaty that a law approves.

    The law has an article that approves or ratifies; below its last article are a title in capitals
    ("TRATADO DE EXTRADICIÓN ENTRE ...") and articles that count from 1 again.
    """
    articles = [place for place, mark in enumerate(found) if mark.kind == "article"]
    kept = list(found)
    for at, place in enumerate(articles):
        if not at or not _counts_again(found, articles, at):
            continue
        above = found[articles[at - 1]]
        between = found[articles[at - 1] + 1 : place]
        if any(mark.kind in RESTARTS for mark in between) or not _approves(text, found, articles[:at]):
            continue
        if title := _title().search(text, above.end, found[place].line):
            kept.append(_mark(text, title))
    return sorted(kept, key=lambda mark: mark.line)


def _counts_again(found: list[Mark], articles: list[int], at: int) -> bool:
    """Return whether the article is number 1, the next one number 2, and the article before one of a short law."""
    numbers = [found[place].number.key for place in articles[max(0, at - 1) : at + 2]]
    if len(numbers) < 3 or any(len(number) != 2 for number in numbers):
        return False
    before, first, second = numbers
    return first[1] == 1 and second[1] == 2 and first[0] == second[0] and 0 < before[1] <= _MAX_APPROVING


def _approves(text: str, found: list[Mark], articles: list[int]) -> bool:
    return any(_approval().search(text, found[place].body, found[place].body + 400) for place in articles)


def _mark(text: str, title: regex.Match[str]) -> Mark:
    start, body = title.span("type")
    end = line_end(text, body)
    return Mark(title.start(), start, body, end, "annex", title["type"], Number("", ()), True, body)


@cache
def _title() -> regex.Pattern[str]:
    return regex.compile(grammar()["treaty"]["title"])


@cache
def _approval() -> regex.Pattern[str]:
    return regex.compile(grammar()["treaty"]["approval"])
