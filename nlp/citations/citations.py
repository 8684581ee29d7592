"""Citations of law, cases and treaties in running text (brief 2), each resolved to a canonical id."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.annotations import Reading, Segment, Span
from nlp.citations.definitions import with_defined
from nlp.citations.law_readings import LANGUAGE_OF, Setting
from nlp.citations.laws import Mention, find_mentions
from nlp.citations.pinpoints import Pinpoint, find_pinpoints, in_country, list_item_between
from nlp.citations.resolve import SELF, Back, Cited, Memory, find_backs
from nlp.pattern_bank import compile_pattern, overlapping, plain

ORIGIN = "citations@2"
_GAP = 110
_OF = compile_pattern(
    r"(?:\s?\([^()\n]{1,80}\))?(?:,\sen\smateria\sde\s[^,;.()\n]{3,40}(?=,))?\s?[,\-–(]?\s?(?:(?:ambos|todos|todas|ambas|tous|both)\s?,?\s)?"
    r"(?:(?:,\s)?(?:d[oae]s?|dest[ae]|nest[ae]|del|de\sla|de\slos|de\slas|de\sl’|du|of\sthe|to\sthe|of|to|r/w|under|a|à|al|ao)\s?)?(?:(?:l’|the|la|el|o|a)\s)?"
    r"(?:(?:loi|ley|lei)\s(?:sur|relative|relatif|sobre|relativa)\s[^.;:\n()]{3,50}\()?"
    r"(?:(?:citad|referid|present|présent|vigente|actual|nov|nuev|antig|revogad|mencionad|aludid|propi|própri|nouveau|nouvel|ancien|said)\w*\s)?"
    r"(?:(?:el|la|texto\sdel|texto\sda)\s)?",
    {},
)
_AND = compile_pattern(
    r"\s?,?\s?(?:(?:e|y|et|and|c/c|combinado\scom(?:\so)?|em\srelação\sao?|con\srelación\sal?|en\srelación\scon|r/w|read\swith|ou|o|or|&)\s?)?"
    r"(?:(?:a|o|os|el|la|los|las|le|les|l’|d[oe]s?|del|ao|au|aux|com\so)\s?)?",
    {},
)
_REAL_OF = compile_pattern(r"(?:d[aoe]s?|del|du|of)\s(?:the\s|la\s)?$", {})
_ASIDE = compile_pattern(r"\s?\([^()\n]{1,120}\)", {})
_IN_ITS = compile_pattern(
    r"\s?[,(:;\-–]?\s?(?:(?:em\sseus?|nos?\sseus?|en\ssus?|in\sits|dans\s(?:son|ses)|in|en\sel|no)\s)?", {}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Articles and the law they belong to, as they stand together in the text."""

    start: int
    end: int
    law: Mention | Back | None
    pins: tuple[Pinpoint, ...] = ()


def find_citations(
    text: str, *, jurisdiction: str = "", language: str = "", segments: Sequence[Segment] = ()
) -> list[Span]:
    """Return LAW, TREATY, CASE and IDENTIFIER spans in order.

    ``value`` is the canonical id of the likeliest reading with its article (``ref:fr:code:penal#art-324-1``),
    ``self#…`` for the text's own articles. A list or range of articles is one span: ``targets`` names every item.
    """
    matched = plain(text)
    setting = Setting(jurisdiction, language or _main_language(segments) or LANGUAGE_OF.get(jurisdiction, ""))
    pins = list(find_pinpoints(matched))
    mentions = with_defined(matched, find_mentions(matched, setting))
    backs = _apart(find_backs(matched), mentions)
    citations = combine(matched, mentions, backs, pins)
    signs = sum(pin.heading for pin in pins) + sum(back.noun == SELF for back in backs)
    memory = Memory(matched, signs, setting)
    spans = (_span(citation, memory, setting) for citation in citations if _stands(citation, setting))
    return [span for span in spans if span]


def combine(text: str, mentions: list[Mention], backs: list[Back], pins: list[Pinpoint]) -> list[Citation]:
    """Join each law with the articles before it, then with those after it; what is left stands alone."""
    laws: list[Mention | Back] = sorted([*mentions, *backs], key=lambda item: item.start)
    pins = [pin for pin in pins if not _inside(pin, mentions)]
    free = {pin.start: pin for pin in pins}
    joined: list[Citation] = []
    for law in laws:
        before = tuple(_pins_before(text, law, pins, free))[::-1] if _takes_articles(law) else ()
        if joined and before and _belongs_to_last(text, joined[-1], before, law):
            before = ()
        for pin in before:
            free.pop(pin.start)
        joined.append(Citation(min([law.start, *(pin.start for pin in before)]), law.end, law, before))
    joined = list(_with_list_item(text, [_with_pin_after(text, citation, pins, free) for citation in joined]))
    alone = [Citation(pin.start, pin.end, None, (pin,)) for pin in free.values() if not pin.heading]
    return sorted([*joined, *alone], key=lambda item: item.start)


def _pins_before(text: str, law: Mention | Back, pins: list[Pinpoint], free: dict[int, Pinpoint]) -> Iterator[Pinpoint]:
    edge, connector = law.start, _OF
    for index in range(bisect_left(pins, law.start, key=lambda item: item.start) - 1, -1, -1):
        pin = pins[index]
        if pin.start not in free:
            return
        gap = text[pin.end : edge]
        loose = pin.heading or (isinstance(law, Back) and law.noun == "named")
        if loose and edge == law.start and not _REAL_OF.search(gap):
            return
        if len(gap) > _GAP or "\n\n" in gap or pin.end > edge or not connector.fullmatch(gap):
            return
        yield pin
        edge, connector = pin.start, _AND


def _belongs_to_last(text: str, last: Citation, pins: tuple[Pinpoint, ...], law: Mention | Back) -> bool:
    """Tell whether articles between two laws are the first's: ``Ley 906 de 2004, artículo 484, Decreto 1069``."""
    gap = text[pins[-1].end : law.start]
    short = isinstance(law, Mention) and law.kind == "abbreviation" and "," not in gap
    weak = not short and not _REAL_OF.search(gap)
    beside = last.law is not None and not last.pins and _takes_articles(last.law)
    return weak and beside and bool(_IN_ITS.fullmatch(text[last.end : pins[0].start]))


def _with_pin_after(text: str, citation: Citation, pins: list[Pinpoint], free: dict[int, Pinpoint]) -> Citation:
    if citation.pins or citation.law is None or not _takes_articles(citation.law) or _is_self(citation.law):
        return citation
    index = bisect_left(pins, citation.end, key=lambda item: item.start)
    pin = free.get(pins[index].start) if index < len(pins) else None
    if (
        pin is None
        or pin.heading
        or pin.start - citation.end > _GAP
        or not _IN_ITS.fullmatch(text[citation.end : pin.start])
    ):
        return citation
    free.pop(pin.start)
    return replace(citation, end=pin.end, pins=(pin,))


def _with_list_item(text: str, citations: list[Citation]) -> Iterator[Citation]:
    """Give a law the bare numbers before it that go on the list of the citation before: ``; 16 da Lei 7.347``."""
    before: Citation | None = None
    for citation in citations:
        if before and not citation.pins and citation.law and _takes_articles(citation.law):
            aside = _ASIDE.match(text, before.end, citation.start)
            start = aside.end() if aside else before.end
            pin = list_item_between(text, start, citation.start, before.pins[-1].items[-1])
            if pin and _OF.fullmatch(text[pin.end : citation.start]):
                citation = replace(citation, start=pin.start, pins=(pin,))
        before = citation if citation.pins else before
        yield citation


def _is_self(law: Mention | Back) -> bool:
    return isinstance(law, Back) and law.noun == SELF


def _takes_articles(law: Mention | Back) -> bool:
    return (isinstance(law, Back) and law.noun != "article") or (
        isinstance(law, Mention) and law.label in ("LAW", "TREATY")
    )


def _stands(citation: Citation, setting: Setting) -> bool:
    """Tell whether a citation is one: short abbreviations and "the Act" need an article beside them."""
    law = citation.law
    if citation.pins or law is None:
        return True
    if isinstance(law, Back):
        return not law.attached or law.noun == "year"
    if law.kind == "definition":
        return False
    if law.kind == "abbreviation":
        best = law.readings[0]
        return law.end - law.start >= 3 and _at_home(best.jurisdiction, setting)
    return True


def _at_home(country: str, setting: Setting) -> bool:
    if setting.jurisdiction:
        return country in (setting.jurisdiction, "INT")
    return not setting.language or LANGUAGE_OF.get(country, "es") == setting.language or country == "INT"


def _span(citation: Citation, memory: Memory, setting: Setting) -> Span | None:
    items = tuple(item for pin in citation.pins for item in pin.items)
    first = items[0].split("..")[0] if items else ""
    if isinstance(citation.law, Mention):
        memory.cite(citation.law, first)
        return _explicit(citation, citation.law, items)
    cited = memory.resolve(citation.law, bool(items)) if isinstance(citation.law, Back) else memory.bare(citation.start)
    if cited is None:
        return None
    if isinstance(citation.law, Back):
        memory.again(cited, citation.start, first)
        if citation.law.noun in ("article", "same") and not items and cited.pinpoint:
            items = (cited.pinpoint,)
    return _inferred(citation, cited, items)


def _explicit(citation: Citation, law: Mention, items: tuple[str, ...]) -> Span:
    readings = tuple(
        replace(
            reading,
            canonical=reading.canonical + _fragment(items, reading.jurisdiction),
            pinpoint=_pin_text(citation),
        )
        for reading in law.readings
    )
    attributes = {"rule": readings[0].rule, **_attributes(citation, law.readings[0], items)}
    if readings[0].valid != "unchecked":
        attributes["valid"] = readings[0].valid
    return Span(
        citation.start, citation.end, law.label, readings[0].canonical, readings[0].score, ORIGIN, readings, attributes
    )


def _inferred(citation: Citation, cited: Cited, items: tuple[str, ...]) -> Span:
    reading = replace(
        cited.reading,
        canonical=cited.reading.canonical + _fragment(items, cited.reading.jurisdiction),
        pinpoint=_pin_text(citation),
        score=0.6,
    )
    label = "TREATY" if cited.kind in ("treaty", "protocol") else "LAW"
    attributes = {"rule": "inferred", "inferred": "true", **_attributes(citation, cited.reading, items)}
    return Span(citation.start, citation.end, label, reading.canonical, 0.6, ORIGIN, (reading,), attributes)


def _attributes(citation: Citation, law: Reading, items: tuple[str, ...]) -> dict[str, str]:
    attributes = {"pinpoint": _pin_text(citation)} if citation.pins else {}
    if len(items) > 1 or any(".." in item for item in items):
        attributes["targets"] = " ".join(f"{law.canonical}#{in_country(item, law.jurisdiction)}" for item in items)
    return attributes


def _pin_text(citation: Citation) -> str:
    return "; ".join(" ".join(pin.text.split()) for pin in citation.pins)


def _fragment(items: tuple[str, ...], jurisdiction: str) -> str:
    return f"#{in_country(items[0].split('..')[0], jurisdiction)}" if items else ""


def _apart(backs: Iterator[Back], mentions: list[Mention]) -> list[Back]:
    """Return the longest of overlapping backward words that stand outside every mention."""
    kept: list[Back] = []
    for group in overlapping(back for back in backs if not _inside(back, mentions)):
        chosen: list[Back] = []
        for back in sorted(group, key=lambda item: item.start - item.end):
            if not _overlaps(back, chosen):
                chosen.append(back)
        kept += chosen
    return kept


def _overlaps(back: Back, others: list[Back]) -> bool:
    return any(other.start < back.end and back.start < other.end for other in others)


def _inside(item: Pinpoint | Back, mentions: list[Mention]) -> bool:
    index = bisect_left(mentions, item.end, key=lambda mention: mention.start)
    return any(mention.end > item.start for mention in mentions[max(0, index - 1) : index])


def _main_language(segments: Sequence[Segment]) -> str:
    lengths: dict[str, int] = {}
    for segment in segments:
        lengths[segment.label] = lengths.get(segment.label, 0) + segment.end - segment.start
    return max(lengths, key=lambda label: lengths[label], default="")
