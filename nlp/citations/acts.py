"""Citations of Acts, Rules and Orders by English short title, parsed backwards from the last word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations import canonical
from nlp.citations.foreign import adjacent_state
from nlp.citations.setting import Setting
from nlp.pattern_bank import WORD
from nlp.patterns import compile_pattern

_REACH = 200
_ACRONYM = regex.compile(r"(?:U\.?K\.?|U\.?S\.?(?:A\.?)?)\s(?=\p{Lu})")


def find_acts(text: str, setting: Setting) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
    """Yield start, end and readings of every short title; words other than ``Act`` require a following year."""
    last_words = frozenset(load("nlp.acts")["last"])
    for word in WORD.finditer(text):
        if word[0] not in last_words:
            continue
        tail = _tail().match(text, word.end())
        year = tail["year"] if tail else ""
        title = _title_before(text, word.start())
        if not title or (not year and (not word[0].startswith("Act") or title.islower())):
            continue
        end = tail.end() if tail else word.end()
        start = word.start() - len(title)
        foreign = _ACRONYM.match(title)
        title = title[foreign.end() :] if foreign else title
        state = adjacent_state(text, word.start() - len(title), end)
        own = replace(setting, jurisdiction=state, any_country=False) if state else setting
        yield start, end, tuple(_act_readings(title, word[0].rstrip("s"), year, own))


def _title_before(text: str, position: int) -> str:
    match = _title().search(text[max(0, position - _REACH) : position])
    title = _leading().sub("", match[0]) if match else ""
    is_none = title.strip().capitalize() in ("", *load("nlp.acts")["no_titles"]) or title.startswith("(")
    return "" if is_none else title


def _act_readings(title: str, word: str, year: str, setting: Setting) -> Iterator[Reading]:
    known = setting.jurisdiction if setting.any_country else setting.home
    for country in load("nlp.acts")["common_law"] if setting.any_country and not known else (known,):
        identity = canonical.titled_id(country, word.lower(), title, year)
        yield Reading(identity, country, "act", title.strip(), year, "", "unchecked", 0.7, "en_act")


@cache
def _tail() -> regex.Pattern[str]:
    return compile_pattern("|".join(load("nlp.acts")["tails"]))


@cache
def _title() -> regex.Pattern[str]:
    return compile_pattern("|".join(load("nlp.acts")["titles"]), case_sensitive=True)


@cache
def _leading() -> regex.Pattern[str]:
    return regex.compile(rf"^(?:{'|'.join(load('nlp.acts')['leading'])})+")
