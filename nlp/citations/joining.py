"""Joins laws and their articles in a text into citations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.back_references import SELF, BackReference
from nlp.citations.laws import Mention
from nlp.citations.pinpoints import Pinpoint, list_item_between
from nlp.compiled_patterns import compiled
from nlp.patterns import compile_pattern

_GAP = 110
_SENTENCE = 800
_BODY = 40  # the name of a working group before the article that it is called by
# "Código Tributario: Art. 11": articles in a list of laws, which look like headings.
_LISTED, _ABBREVIATED = compiled(r" ?: ?"), compiled(r"arts?\.", regex.I)
_DECIMALS = compiled(r"\d\.\d")
# Behind "Section 30 Customs Act 2015" at the beginning of a line: a sentence, of which the section is no heading.
_RUNS_ON = compiled(r",? \p{Ll}{2}")
_SENTENCE_BEGINS = compiled(r"\s(?:O|A|Os|As)\s")
_SENTENCE_ENDS = compiled(r"(?<=\p{L}{4}|\d)[.;]\s(?=\p{Lu})|\n\n")


@dataclass(frozen=True, slots=True)
class Citation:
    """A law with its articles, as one range of the text; ``law`` is None for articles without one."""

    start: int
    end: int
    law: Mention | BackReference | None
    pins: tuple[Pinpoint, ...] = ()


def joined(text: str, mentions: list[Mention], backs: list[BackReference], pins: list[Pinpoint]) -> list[Citation]:
    """Join each law with the preceding articles, then with following ones; remaining articles are separate."""
    laws: list[Mention | BackReference] = sorted([*mentions, *backs], key=lambda item: item.start)
    pins = [pin for pin in pins if not inside(pin, mentions)]
    free = {pin.start: pin for pin in pins}
    citations: list[Citation] = []
    for law in laws:
        before = tuple(_pins_before(text, law, pins, free))[::-1] if _takes_articles(law) else ()
        if citations and before and _belongs_to_last(text, citations[-1], before, law):
            before = ()
        for pin in before:
            free.pop(pin.start)
        citations.append(Citation(min([law.start, *(pin.start for pin in before)]), law.end, law, before))
    citations = list(_with_list_item(text, [_with_pin_after(text, citation, pins, free) for citation in citations]))
    citations += [each for citation in citations for each in _earlier_of_all(text, citation, citations, free)]
    citations += [each for citation in citations for each in _amended_before(text, citation, pins, free)]
    citations = list(_with_approved(text, citations, mentions, free))
    alone = [Citation(pin.start, pin.end, None, (pin,)) for pin in free.values() if not (pin.heading or pin.bare)]
    return sorted([*citations, *alone], key=lambda item: item.start)


def unnamed_laws(text: str, pins: list[Pinpoint]) -> Iterator[BackReference]:
    """Yield names of laws after an article that no rule knows."""
    for pin in pins:
        if not pin.heading and (match := _between("unnamed").match(text, pin.end)):
            yield BackReference(match.start("name"), match.end("name"), "named", True, "", match["name"])


def is_of_no_law(text: str, pin: Pinpoint) -> bool:
    """Return whether an article is that of a contract, a pleading or another paper that is no law, or none at all."""
    if _between("no_law").match(text, pin.end) or _between("no_law_before").search(
        text, max(0, pin.start - _BODY), pin.start
    ):
        return True
    if pin.items[0].startswith("s-") and _between("section_before").search(text, max(0, pin.start - 8), pin.start):
        return _between("section_behind").match(text, pin.end) is None
    return _DECIMALS.search(pin.text) is not None and _between("no_law_behind").match(text, pin.end) is not None


def _pins_before(
    text: str, law: Mention | BackReference, pins: list[Pinpoint], free: dict[int, Pinpoint]
) -> Iterator[Pinpoint]:
    edge, connector = law.start, _between("of")
    for index in range(bisect_left(pins, law.start, key=lambda item: item.start) - 1, -1, -1):
        pin = pins[index]
        if pin.start not in free:
            return
        gap = text[pin.end : edge]
        loose = pin.heading or (isinstance(law, BackReference) and law.noun == "named")
        # "article 97 LIR", "(art. 298, CPCC)"
        plain = not (pin.heading or pin.text.isupper()) or _runs_on(text, law)
        beside = (gap in (" ", ", ") and (_is_short(law) or plain)) or (gap == "\n" and plain)
        if loose and edge == law.start and not beside and not _between("real_of").search(gap):
            return
        if _SENTENCE_BEGINS.fullmatch(gap) and not pin.text.isupper():  # "Art. 3º O art. 1° da Lei"
            return
        if len(gap) > _GAP or "\n\n" in gap or pin.end > edge or not connector.fullmatch(gap):
            return
        yield pin
        edge, connector = pin.start, _between("and")


def _runs_on(text: str, law: Mention | BackReference) -> bool:
    return isinstance(law, Mention) and law.kind == "act" and _RUNS_ON.match(text, law.end) is not None


def _is_short(law: Mention | BackReference) -> bool:
    """Return whether a law is named so shortly that no heading has it as title: by an abbreviation or a number."""
    return isinstance(law, Mention) and law.kind in ("abbreviation", "defined", "statute")


def _belongs_to_last(text: str, last: Citation, pins: tuple[Pinpoint, ...], law: Mention | BackReference) -> bool:
    """Return whether articles between two laws belong to the first: ``Ley 906 de 2004, artículo 484, Decreto 1069``."""
    gap = text[pins[-1].end : law.start]
    short = "," not in gap if isinstance(law, Mention) and law.kind == "abbreviation" else gap == " "
    weak = not short and not _between("real_of").search(gap)
    beside = last.law is not None and not last.pins and _takes_articles(last.law)
    return weak and beside and bool(_between("in_its").fullmatch(text[last.end : pins[0].start]))


def _with_pin_after(text: str, citation: Citation, pins: list[Pinpoint], free: dict[int, Pinpoint]) -> Citation:
    if citation.pins or citation.law is None or not _takes_articles(citation.law) or _is_self(citation.law):
        return citation
    index = bisect_left(pins, citation.end, key=lambda item: item.start)
    pin = free.get(pins[index].start) if index < len(pins) else None
    if pin is None or pin.start - citation.end > _GAP:
        return citation
    gap = text[citation.end : pin.start]
    if pin.heading and not (_LISTED.fullmatch(gap) and _ABBREVIATED.match(pin.text)):
        return citation
    unsure = (
        isinstance(citation.law, BackReference) and citation.law.noun == "named" and "(" in gap
    )  # "et TVA) (art. 429 du CPP)"
    if unsure or not _between("in_its").fullmatch(gap):
        return citation
    free.pop(pin.start)
    return replace(citation, end=pin.end, pins=(pin,))


def _with_list_item(text: str, citations: list[Citation]) -> Iterator[Citation]:
    """Yield citations, with numbers that continue the preceding list added to their law: ``; 16 da Lei 7.347``."""
    before: Citation | None = None
    for citation in citations:
        if before and not citation.pins and citation.law and _takes_articles(citation.law):
            aside = _between("aside").match(text, before.end, citation.start)
            start = aside.end() if aside else before.end
            pin = list_item_between(text, start, citation.start, before.pins[-1].items[-1])
            if pin and _between("of").fullmatch(text[pin.end : citation.start]):
                citation = replace(citation, start=pin.start, pins=(pin,))
        before = citation if citation.pins else before
        yield citation


def _earlier_of_all(
    text: str, citation: Citation, citations: list[Citation], free: dict[int, Pinpoint]
) -> Iterator[Citation]:
    """Yield the articles before a law in its sentence that are all said to be of it: ``art. 2, art. 5, todos do CPP``.

    They are taken from ``free``.
    """
    if not citation.pins or citation.law is None:
        return
    if not _between("all_of").search(text, citation.pins[-1].end, citation.law.start):
        return
    begin = max((other.end for other in citations if other.law and other.end <= citation.start), default=0)
    begin = max(begin, citation.start - _SENTENCE)
    for ending in _SENTENCE_ENDS.finditer(text, begin, citation.start):
        begin = ending.end()
    for start in sorted(start for start, pin in free.items() if begin <= start < citation.start and not pin.heading):
        pin = free.pop(start)
        yield Citation(pin.start, pin.end, citation.law, (pin,))


def _amended_before(
    text: str, citation: Citation, pins: list[Pinpoint], free: dict[int, Pinpoint]
) -> Iterator[Citation]:
    """Yield the articles that an order to amend names before those of a law: ``se reforman … y se derogan …``.

    They are taken from ``free``.
    """
    edge = citation.start
    if not citation.pins or citation.law is None or _is_self(citation.law):
        return
    for index in range(bisect_left(pins, edge, key=lambda item: item.start) - 1, -1, -1):
        pin = pins[index]
        if pin.start not in free or pin.end > edge or not _between("also").fullmatch(text[pin.end : edge]):
            return
        del free[pin.start]
        edge = pin.start
        yield Citation(pin.start, pin.end, citation.law, (pin,))


def _with_approved(
    text: str, citations: list[Citation], mentions: list[Mention], free: dict[int, Pinpoint]
) -> Iterator[Citation]:
    """Yield ``citations`` with articles of a text that a law approves as those of that law.

    ``artigo 19.º dos Estatutos, aprovados pelo Decreto-Lei n.º 125/2014``; the articles are taken from ``free``.
    """
    laws = {mention.start: mention for mention in mentions if mention.kind == "statute"}
    for citation in citations:
        law = laws.get(_approval_end(text, citation.pins[-1].end)) if _of_unknown(citation) else None
        yield replace(citation, law=law) if law else citation
    for pin in [pin for pin in free.values() if not pin.heading]:
        if law := laws.get(_approval_end(text, pin.end)):
            del free[pin.start]
            yield Citation(pin.start, pin.end, law, (pin,))


def _of_unknown(citation: Citation) -> bool:
    return bool(citation.pins) and isinstance(citation.law, BackReference) and citation.law.noun == "named"


def _approval_end(text: str, start: int) -> int:
    """Return the end of the words by which a law approves the text of the article before ``start``, or -1."""
    match = _between("approved").match(text, start)
    return match.end() if match else -1


def _is_self(law: Mention | BackReference) -> bool:
    return isinstance(law, BackReference) and law.noun == SELF


def _takes_articles(law: Mention | BackReference) -> bool:
    return (isinstance(law, BackReference) and law.noun != "article") or (
        isinstance(law, Mention) and law.label in ("LAW", "TREATY")
    )


def inside(item: Pinpoint | BackReference, mentions: list[Mention]) -> bool:
    """Return whether a pinpoint or back reference overlaps one of ``mentions``, which are sorted."""
    index = bisect_left(mentions, item.end, key=lambda mention: mention.start)
    return any(mention.end > item.start for mention in mentions[max(0, index - 1) : index])


@cache
def _between(name: str) -> regex.Pattern[str]:
    return compile_pattern("".join(load("nlp.joining")[name]))
