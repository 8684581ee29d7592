"""State named next to a law: ``Código Penal español``, ``French Penal Code``, ``Ley 20.000 de Chile``."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_law_countries, law_country_names
from nlp.folding import fold

_REACH = 60
_LINK = compiled(
    r"[ \n]?\(?(?:de[ ]la|del|de|d[aoe]|du|de[ ]l’|d’|of[ ]the|of)?[ ]?"
    r"(?:(?:Rep[úu]blica|Republic|R[ée]publique)[ ](?:of|d[eao]l?|du|de[ ]la)?[ ]?)?(?=\p{L})",
    regex.I,
)
_BRACKET = compiled(r"\s\((?:(?:18|19|20)\d\d,?\s)?\Z")
_OWNER = compiled(r"’s? |, (?=\p{Lu})")
_WORD = compiled(r"\p{L}[\p{L}.]*")
_ADJECTIVE = compiled(r"(?P<word>\p{L}[\p{L}.]+)\s\Z")


def adjacent_state(text: str, start: int, end: int) -> str:
    """Return the state named directly after a law, or by an English adjective before it; else ``""``.

    A part of it is its sign too: ``Residential Tenancies Act 1987 (WA)``.
    """
    if part := _part().match(text, end):
        return next(state for state, parts in _parts().items() if part["part"] in parts)
    link = _LINK.match(text, end)
    if link and _begins_a_name(text, link.end()):
        window = text[link.end() : link.end() + _REACH].partition("\n\n")[0]
        if code := _first(window):
            return code
    before = _ADJECTIVE.search(text[max(0, start - 30) : start])
    if before and text[start : start + 1].isupper() and _begins_a_name(before["word"], 0):
        return _first(before["word"])
    return ""


def _parts() -> dict[str, list[str]]:
    """Return the abbreviations of the parts of each State that its laws have behind their titles."""
    parts: dict[str, list[str]] = load("nlp.acts")["parts_of_states"]
    return parts


@cache
def _part() -> regex.Pattern[str]:
    return compiled(rf"\s\((?P<part>{'|'.join(part for parts in _parts().values() for part in parts)})\)")


def ending_state(name: str) -> str:
    """Return the state with whose name or adjective a title ends, else ``""``.

    ``Ley de Propiedad Intelectual Checa``, ``Copyright Law of the People’s Republic of China``.
    """
    tail = name[-_REACH:]
    return next((span.value for span in find_law_countries(tail) if span.end == len(tail) and span.start), "")


def reading_before_bracket(text: str, start: int, home: str, kind: str) -> Reading | None:
    """Return the law of the state, other than ``home``, before the bracket that opens at ``start``; else None.

    ``The Constitution of Togo (article 6), Niger (2010, article 9)``; ``kind`` is that in its id.
    """
    bracket = _BRACKET.search(text, max(0, start - _REACH), start)
    named = text[max(0, bracket.start() - _REACH) : bracket.start()] if bracket else ""
    state = ending_state(f" {named}") if named else ""
    if state in ("", home):
        return None
    return Reading(f"ref:{state.lower()}:{kind}", state, kind, score=0.5)


def owner(title: str) -> tuple[str, int]:
    """Return the state named before a title and where the title begins behind it; ``"", 0`` without one.

    ``Kenya’s Political Parties Act``, ``United Kingdom, Adoption and Children Act``.
    """
    for span in find_law_countries(title[:_REACH]) if _begins_a_name(title, 0) else ():
        if span.start == 0 and span.label == "COUNTRY" and (link := _OWNER.match(title, span.end)):
            return span.value, link.end()
    return "", 0


def beginning_people(name: str) -> str:
    """Return the state whose adjective a title begins with (``Kenyan Evidence Act``), else ``""``."""
    word = name.partition(" ")[0]
    spans = find_law_countries(word) if _begins_a_name(word, 0) else ()
    return next((span.value for span in spans if span.label == "NATIONALITY"), "")


def named_state(adjective: str) -> str:
    """Return the state that the adjective inside a law names (``ley colombiana 906 de 2004``), or ``""``."""
    return _first(adjective.strip())


def _first(window: str) -> str:
    """Return the state with which ``window`` begins, or ``""``."""
    return next((span.value for span in find_law_countries(window) if span.start == 0), "")


def _begins_a_name(text: str, position: int) -> bool:
    match = _WORD.match(text, position)
    return match is not None and fold(match[0]).strip(".") in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """Return the folded first words of the names of states and their peoples."""
    return frozenset(fold(name).split(" ")[0].strip(".") for name in law_country_names())
