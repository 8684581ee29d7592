"""Citations and identifiers in a search query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading, Span
from nlp.citations.citations import find_citations
from nlp.citations.foreign_codes import ForeignCode, find_foreign_codes
from nlp.citations.pinpoints import Pinpoint, article_id, find_pinpoints, in_country, item_pattern
from nlp.citations.query_forms import WrittenQuery, written_query
from nlp.compiled_patterns import compiled
from nlp.entities.identifiers import find_identifiers
from nlp.folding import plain
from nlp.ranges import overlap
from nlp.state_languages import legislators

# Letter of an article number typed in lower case: "224-1 a code pénal".
_SMALL_LETTER = compiled(r"(?<=\d[ ])[a-df-hj-np-tw](?=[ ](?:du|de|del|d[ao]|code|c[oó]digo)\b|$)")
# A law by number and year, in Spanish: "Ley 1708/2014".
_LAW_AND_YEAR = compiled(r"(?P<law>\b(?:ley|decreto)\b[^/\n]{0,12}?\b\d{1,5})/(?P<year>(?:19|20)\d\d)(?!\d)", regex.I)
_LANGUAGES_WITH_SECTIONS = frozenset({"GB", "IE", "IN", "JM", "TT", "BB", "GY", "BZ", "BS"})


@dataclass(frozen=True, slots=True)
class CitedInQuery:
    """A citation in a query with its readings, the most likely first; ``kind`` is a span label."""

    start: int
    end: int
    kind: str
    readings: tuple[Reading, ...]


def parse_citation_query(query: str, *, language: str = "", jurisdiction: str = "") -> list[CitedInQuery]:
    """Return the citations and identifiers in a query, in order.

    More forms are recognised than in running text: the article may precede or follow the law without the word "article"
    (``324-1 code pénal``, ``CP 301``), and see ``nlp.citations.query_forms`` and ``nlp.citations.foreign_codes``.
    """
    written = written_query(query)
    cited = [_in_query(one, written) for one in _cited(written.text, language, written.jurisdiction or jurisdiction)]
    return [_own_language_first(query, one) for one in _with_foreign_codes(query, cited)]


def _own_language_first(query: str, cited: CitedInQuery) -> CitedInQuery:
    """Return a citation with the laws of States that legislate in the language of its words before others."""
    own = legislators(language_of_citation(query[cited.start : cited.end]))
    readings = sorted(cited.readings, key=lambda reading: reading.jurisdiction not in own)
    return replace(cited, readings=tuple(readings)) if own else cited


def language_of_citation(text: str) -> str:
    """Return the language of the words of a citation that tell it ("artigo", "del Código"), ``""`` if none does."""
    return next((language for language, words in _telling_words().items() if words.search(text)), "")


@cache
def _telling_words() -> Mapping[str, regex.Pattern[str]]:
    listed: Mapping[str, str] = load("nlp.query_forms")["languages"]
    return {language: compiled(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})", regex.I) for language, words in listed.items()}


def _with_foreign_codes(query: str, cited: list[CitedInQuery]) -> list[CitedInQuery]:
    """Return the citations with codes of a State that the query names instead of laws of other States."""
    for code in find_foreign_codes(query):
        states = {reading.jurisdiction for reading in code.readings}
        rivals = [one for one in cited if one.start < code.end and code.start < one.end]
        listed = (reading for one in rivals for reading in one.readings if _is_listed(reading, code))
        if any(reading.jurisdiction in states for reading in listed):
            cited = [_of_states(one, states, code) if one in rivals else one for one in cited]
        else:
            cited = [one for one in cited if one not in rivals]
            cited.append(CitedInQuery(code.start, code.end, "LAW", code.readings))
    return sorted(cited, key=lambda one: one.start)


def _is_listed(reading: Reading, code: ForeignCode) -> bool:
    """Return whether a citation is of a law that is known, or numbered as the laws of its State are."""
    return reading.rule.startswith("ref:") or code.is_numbered


def _of_states(cited: CitedInQuery, states: Collection[str], code: ForeignCode) -> CitedInQuery:
    """Return a citation with its readings in ``states``, if any, up to the State that the query names."""
    own = tuple(reading for reading in cited.readings if reading.jurisdiction in states)
    start, end = min(cited.start, code.start), max(cited.end, code.end)
    return replace(cited, start=start, end=end, readings=own or cited.readings)


def _in_query(cited: CitedInQuery, written: WrittenQuery) -> CitedInQuery:
    """Return a citation at its place in the query, with the readings of the law's country if the query names it."""
    start, end = written.original(cited.start, cited.end)
    named = written.jurisdiction
    own = tuple(reading for reading in cited.readings if named and reading.jurisdiction == named)
    return replace(cited, start=start, end=end, readings=own or cited.readings)


def _cited(query: str, language: str, jurisdiction: str) -> list[CitedInQuery]:
    query = _SMALL_LETTER.sub(lambda letter: letter[0].upper(), query)
    text = plain(query)
    citations = find_citations(query, jurisdiction=jurisdiction, language=language, any_country=True)
    spans = [span for span in citations if _is_resolved(span)]
    cited = [_with_worded_year(query, _with_bare_article(text, span), language, jurisdiction) for span in spans]
    cited = [_with_remote_article(text, cited[0])] if len(cited) == 1 else cited
    for span in find_identifiers(query, jurisdiction=jurisdiction, language=language):
        rivals = [item for item in cited if overlap(item, span)]
        if not rivals or span.attributes["valid"] == "true":
            cited = [item for item in cited if item not in rivals]
            cited.append(CitedInQuery(span.start, span.end, span.label, span.readings))
    return sorted(cited, key=lambda item: item.start)


def _with_worded_year(query: str, cited: CitedInQuery, language: str, jurisdiction: str) -> CitedInQuery:
    """Add to the readings of ``Ley 1708/2014`` those of ``Ley 1708 de 2014``, as some States write it."""
    worded = _LAW_AND_YEAR.sub(r"\g<law> de \g<year>", query[cited.start : cited.end])
    if worded == query[cited.start : cited.end]:
        return cited
    found = find_citations(worded, jurisdiction=jurisdiction, language=language, any_country=True)
    known = {reading.canonical for reading in cited.readings}
    added = (reading for span in found for reading in span.readings if reading.canonical not in known)
    return replace(cited, readings=(*cited.readings, *added))


def _is_resolved(span: Span) -> bool:
    return "inferred" not in span.attributes


def _with_bare_article(text: str, span: Span) -> CitedInQuery:
    citation = CitedInQuery(span.start, span.end, span.label, span.readings)
    if span.label not in ("LAW", "TREATY") or "#" in span.value:
        return citation
    for start, end, number in _numbers_beside(text, span):
        readings = tuple(_pointed(reading, number) for reading in span.readings)
        return replace(citation, start=min(start, span.start), end=max(end, span.end), readings=readings)
    return citation


def _with_remote_article(text: str, cited: CitedInQuery) -> CitedInQuery:
    """Return the only law of a query with its only article, of which the title parts it ("Ley 1, de trata, art. 4")."""
    pins = list(find_pinpoints(text))
    is_law = cited.kind in ("LAW", "TREATY") and not any("#" in reading.canonical for reading in cited.readings)
    if not is_law or len(pins) != 1 or len(pins[0].items) != 1:
        return cited
    (pin,) = pins
    readings = tuple(_at_item(reading, pin) for reading in cited.readings)
    return replace(cited, start=min(cited.start, pin.start), end=max(cited.end, pin.end), readings=readings)


def _at_item(reading: Reading, pin: Pinpoint) -> Reading:
    item = in_country(pin.items[0], reading.jurisdiction)
    return replace(reading, canonical=f"{reading.canonical}#{item}", pinpoint=pin.text)


def _numbers_beside(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    before = regex.search(rf"(?<!\S){item_pattern()}\s?(?:,\s?)?(?:d[oe]l?\s|du\s|of\s)?$", text[: span.start], regex.I)
    if before:
        yield before.start("num"), before.end("num"), before["num"]
    after = regex.match(rf"\s?,?\s?{item_pattern()}(?!\S)", text[span.end :], regex.I)
    if after:
        yield span.end + after.start("num"), span.end + after.end("num"), after["num"]


def _pointed(reading: Reading, number: str) -> Reading:
    prefix = "s" if reading.jurisdiction in _LANGUAGES_WITH_SECTIONS else "art"
    item = in_country(f"{prefix}-{article_id(number)}", reading.jurisdiction)
    return replace(reading, canonical=f"{reading.canonical}#{item}", pinpoint=number)
