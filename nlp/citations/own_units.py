"""Headings and tables of contents of a law, which are not citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nlp.annotations import Unit
from nlp.citations.laws import Mention
from nlp.citations.pinpoints import Pinpoint, find_pinpoints
from nlp.compiled_patterns import compiled
from nlp.folding import plain
from nlp.structure.unit_labels import line_end

_PROVISIONS = frozenset({"article", "former_article", "quoted_article", "disposition"})
_GROUPINGS = frozenset({"preamble", "book", "title", "part", "chapter", "annex", "schedule"})
_TITLES = frozenset({"titled", "act"})
_TOP = 10  # characters before the title of the text itself
_OWN_PARTS = compiled(
    r"\bthis (?:section|Part|Schedule|Chapter|regulation|rule)\b|\bsubsections? ?\(|\bshall come into"
)
_REVISED = compiled(r"\d{4} Revision\)$")  # the running head of a revised law: "Sunday Trading Law (2003 Revision)"
_MIN_LISTED = 4
_MAX_TITLE_LENGTH = 220
_MARKUP = 4  # markup characters between the start of a unit and its label
_REACH = 40  # characters between the number of an article and its rubric
_BETWEEN = " \t\n.:;)*_-–—"
_RUBRIC_ENDS = compiled(r"\s?[.:]|\s*\n")
_UNFINISHED = compiled(r"(?:[,;(]|(?<!\p{L})(?:d[aeo]s?|del|des|du|of|y|e|et|and|o|ou|or))\s*$")
_NUMBER = compiled(r"(?P<prefix>art|s)-(?P<number>\d+)(?P<suffix>\D.*)?")


def is_law(units: Sequence[Unit], text: str = "", refers_to_itself: bool = False) -> bool | None:
    """Return whether a text is a law by its units, None without units or with groupings alone.

    Numbered paragraphs of guidance and decisions look like sections of an English Act; an Act refers to itself, to its
    parts or to subsections.
    """
    provisions = [unit for unit in units if unit.kind in _PROVISIONS]
    if provisions and text and all(unit.label.startswith("s.") for unit in provisions):
        return refers_to_itself or _OWN_PARTS.search(text) is not None
    return bool(provisions) if any(unit.kind not in _GROUPINGS for unit in units) else None


def provision_items(units: Sequence[Unit]) -> frozenset[str]:
    """Return the items of a text's provisions: ``art-9``, or ``art-9.4`` where they are numbered with decimals."""
    labels = {unit.label for unit in units if unit.kind in _PROVISIONS and unit.kind != "quoted_article"}
    return frozenset(item for label in labels for pin in find_pinpoints(plain(label)) for item in pin.items)


def without_own(text: str, pins: list[Pinpoint], units: Sequence[Unit]) -> list[Pinpoint]:
    """Return the pinpoints with headings of the text's own articles marked, by its structure or table of contents."""
    starts = {unit.start + shift for unit in units if unit.kind in _PROVISIONS for shift in range(_MARKUP)}
    listed = set(_listed(text, pins))
    return [replace(pin, heading=True) if pin.start in starts or pin.start in listed else pin for pin in pins]


def without_headings(text: str, mentions: list[Mention], pins: list[Pinpoint]) -> list[Mention]:
    """Return the mentions without titles of laws that are a rubric or the heading of the text.

    A rubric follows the number of the text's own article (``Artículo 262. Ley de Servicio Municipal. Las ...``); a
    heading is alone on its line, in capitals or marked up, as is the chapter of the text (``CHAPTER 17.23``). Laws with
    another number are citations wherever they stand.
    """
    numbers = {pin.end for pin in pins if pin.heading}
    chapters = {mention.readings[0].canonical for mention in mentions if _is_own_chapter(text, mention)}
    return [
        mention
        for mention in mentions
        if not (mention.kind in _TITLES and _heads(text, mention, numbers))
        and not (mention.readings[0].canonical in chapters and text[mention.start : mention.end].isupper())
    ]


def _is_own_chapter(text: str, mention: Mention) -> bool:
    """Return whether a mention is the chapter of the text in the revised laws, in capitals and alone on its line."""
    if mention.kind != "statute_id" or not text[mention.start : mention.end].isupper():
        return False
    before = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    return not before.strip(_BETWEEN) and not text[mention.end : line_end(text, mention.end)].strip(_BETWEEN)


def _heads(text: str, mention: Mention, numbers: set[int]) -> bool:
    first = max(0, mention.start - _REACH)
    start = first + len(text[first : mention.start].rstrip(_BETWEEN))
    if start in numbers and _RUBRIC_ENDS.match(text, mention.end):
        return True
    line = text[text.rfind("\n", 0, mention.start) + 1 : line_end(text, mention.start)]
    title = text[mention.start : mention.end]
    alone = not line.replace(title, "", 1).removeprefix("THE ").strip(_BETWEEN + "#/0123456789")
    across = "\n" in title and line.startswith(title.partition("\n")[0])
    marked = line.lstrip().startswith("#") or _REVISED.search(title) is not None
    return (alone or across or mention.start < _TOP) and (title.isupper() or (alone and marked))


def _listed(text: str, pins: list[Pinpoint]) -> Iterator[int]:
    """Yield the positions of contents listed in one paragraph: ``Artigo 1.º Objeto Artigo 2.º Âmbito ...``."""
    run: list[int] = []
    for pin, after in pairwise([*pins, None]):
        if pin is None:
            continue
        run.append(pin.start)
        if after is None or not _goes_on(text, pin, after):
            if len(run) >= _MIN_LISTED:
                yield from run
            run = []


def _goes_on(text: str, pin: Pinpoint, after: Pinpoint) -> bool:
    """Return whether ``after`` is the next article of a list of titles that includes ``pin``."""
    title = text[pin.end : after.start]
    capitals = text[pin.start].isupper() and text[after.start].isupper()
    if len(pin.items) > 1 or not capitals or len(title) > _MAX_TITLE_LENGTH or _UNFINISHED.search(title):
        return False
    own, following = _NUMBER.fullmatch(pin.items[0]), _NUMBER.fullmatch(after.items[0])
    if not own or not following:
        return False
    step = int(following["number"]) - int(own["number"])
    return step == 1 or (step == 0 and own["suffix"] != following["suffix"])
