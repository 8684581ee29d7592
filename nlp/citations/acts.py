"""Acts, Rules and Orders by their English short titles, read backwards from their last word."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nlp.annotations import Reading
from nlp.citations import canonical
from nlp.citations.law_readings import Setting
from nlp.pattern_bank import WORD
from nlp.patterns import compile_pattern

_COMMON_LAW = ("GB", "IE", "IN", "JM", "TT", "BB", "GY", "BZ", "BS")
_REACH = 200
_ACT_WORDS = frozenset({"Act", "Acts", "Rules", "Order", "Regulations", "Ordinance", "Code"})
_NOT_TITLES = frozenset(
    "Principal Said This Amendment Central State New Old Amending Amended Parent Enabling Impugned Same Former Latter "
    "Existing Earlier Present Above Original Such Relevant".split()
) | {""}
_ACT_TAIL = compile_pattern(
    r"\s?,?\s(?:of\s)?(?P<year>(?:1[678]|19|20)\d{2})(?!\d)(?:\s?(?:to|and|-|–)\s?(?:18|19|20)\d{2}(?!\d))?"
    r"|\s?\((?:Act\s)?(?:No\.?\s)?\d{1,3}\sof\s(?P<year>(?:18|19|20)\d{2})\)",
    {},
)
_ACT_TITLE = compile_pattern(
    r"(?<![\p{Lu}\d])(?:[A-Z][\p{L}’'&.\-]*|\([A-Z][\p{L}\s,’'\-&]+\))"
    r"(?:,?\s(?:and|of|the|for|to|in|on|from|with|by|etc\.?|\p{Ll}{4,}(?=\s\([A-Z])|[A-Z][\p{L}’'&.\-]*|\([A-Z][\p{L}\s,’'\-&]+\)))*,?\s$"
    r"|(?<=\bthe\s)\p{Ll}{4,}\s$",
    {},
    case_sensitive=True,
)
_LEADING = regex.compile(
    r"^(?:.*\b(?:Schedule|Section|Part|Chapter|Article|Rule|Clause|Amendment|Substitution|Repeal|Application|Insertion"
    r"|Extension|Commencement|Construction|Continuance|Purposes|Provisions)s?\s(?:to|of)\s(?:the\s)?"
    r"|(?:[IVXLC]{1,6}[A-Z]?|\d{1,3}[A-Z]?)\s(?:of|to)\s(?:the\s)?"
    r"|(?:The|the|of|and|for|Under|In|By|Of|And|For|Section|Schedule|Part|Principal|Said|This|That|An)\s)+"
)


def find_acts(text: str, setting: Setting) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
    """Yield start, end and readings of every short title; other words than ``Act`` need a year after them."""
    for word in WORD.finditer(text):
        if word[0] not in _ACT_WORDS:
            continue
        tail = _ACT_TAIL.match(text, word.end())
        year = tail["year"] if tail else ""
        title = _title_before(text, word.start())
        if not title or (not year and (not word[0].startswith("Act") or title.islower())):
            continue
        end = tail.end() if tail else word.end()
        yield word.start() - len(title), end, tuple(_act_readings(title, word[0].rstrip("s"), year, setting))


def _title_before(text: str, position: int) -> str:
    found = _ACT_TITLE.search(text[max(0, position - _REACH) : position])
    title = _LEADING.sub("", found[0]) if found else ""
    return "" if title.strip().capitalize() in _NOT_TITLES or title.startswith("(") else title


def _act_readings(title: str, word: str, year: str, setting: Setting) -> Iterator[Reading]:
    for country in (setting.jurisdiction,) if setting.jurisdiction else _COMMON_LAW:
        identity = canonical.titled_id(country, word.lower(), title, year)
        yield Reading(identity, country, "act", title.strip(), year, "", "unchecked", 0.7, "en_act")
