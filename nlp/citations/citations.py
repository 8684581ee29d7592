"""Citations of laws, cases and treaties in running text and in queries, resolved to canonical ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from nlp.annotations import Reading, Span, Unit
from nlp.citations.amendments import OwnText
from nlp.citations.back_references import SELF, BackReference, find_back_references
from nlp.citations.bills import with_bills, without_titles_of_numbers
from nlp.citations.definitions import general_names, with_defined
from nlp.citations.initials import laws_by_initials
from nlp.citations.joining import Citation, inside, is_of_no_law, joined, unnamed_laws
from nlp.citations.laws import Mention, find_mentions
from nlp.citations.matched_text import matched_text
from nlp.citations.own_names import without_own_names
from nlp.citations.own_units import is_law, provision_items, without_headings, without_own
from nlp.citations.paragraphs import with_paragraphs
from nlp.citations.passages import find_passages
from nlp.citations.pinpoints import find_pinpoints, in_country
from nlp.citations.plain_words import without_words
from nlp.citations.regulations import of_regulations
from nlp.citations.resolve import Cited, Memory
from nlp.compiled_patterns import compiled
from nlp.pattern_bank import Setting
from nlp.ranges import overlap, overlapping
from nlp.state_languages import language_of

ORIGIN = "citations@43"
# A line that ends within a sentence, and a word in small letters, a comma or a name in brackets below a blank line; a
# number below the word or the list that announces it; anything below a preposition with its article.
_ESCAPED = compiled(r"\\(?=[-.*_()\[\]])")  # as in Markdown: "Decreto\-lei"
_RAISED = compiled(r"(?<=[\dn])\.o\^")  # a raised letter in Markdown: "artigo 43.o^", "n.o^ 2"
_PARTED = compiled(
    r"(?<=[\p{L}\d,º°])\n\n(?=\p{Ll}+[ \n]|\(\p{Lu}(?:\p{Ll}|\p{Lu}{1,9}\))|, )"
    r"|(?<=(?i:\b(?:sections?|articles?|art[íi]culos?|artigos?|regulations?|rules?|and|or|to|et|ou|y|e|o)))"
    r"\n\n(?=\d|[LRDA]\.? ?\d)"
    r"|(?<=\d,)\n\n(?=\d{1,4}(?:[ ,.]|[º°]))"
    r"|(?<=[ \n](?:de|del|de la|de los|de las|d[aoe]s?|du|des|de l’|of|of the|y el|y la|la|el|au|aux|ao?))"
    r"\n\n(?=\p{Lu}\p{Ll})"
    r"|\n\n(?=(?:\p{Lu}\p{Ll}+ ){1,4}(?:Act|Regulations|Rules|Order|Law)\b)"
    r"(?<=\b(?:of|under|by) the (?:\p{Lu}\p{Ll}+ (?:(?:and|of|for|the|to) ){0,2}){1,4}(?:\p{Lu}\p{Ll}+)?\n\n)"
)


def find_citations(
    text: str,
    *,
    jurisdiction: str = "",
    language: str = "",
    any_country: bool = False,
    units: Sequence[Unit] = (),
    decision: bool = False,
) -> list[Span]:
    """Return LAW, TREATY, CASE and IDENTIFIER spans in order.

    ``value`` is the canonical id of the most likely reading with its article (``ref:fr:code:penal#art-324-1``), or
    ``self#…`` for articles of the text itself. A list or range of articles is one span whose attribute ``targets`` has
    every item. ``jurisdiction`` is that of the text; if it is unknown, a form common to several states has ``xx`` as
    state, unless ``any_country`` (for queries) requests a reading for each. ``units`` are the text's structure, if
    known: headings of its own articles, its number and its running heads are no citations, and articles without a law
    refer to the text if it is a law. ``decision``: the text is one of a court, whose docket is none either.
    Whether ``9.4`` is an article of its own or paragraph 4 of article 9 is decided by the State of the cited law, and
    in the text itself by its units.
    """
    form = matched_text(text)
    units = [form.unit(unit) for unit in units]
    setting = Setting(jurisdiction, language or language_of(jurisdiction), any_country)
    found = _find(_with_lines_joined(form.text), setting, units, decision)
    return [form.span(span) for span in found]


def _find(matched: str, setting: Setting, units: Sequence[Unit], decision: bool) -> list[Span]:
    pins = [pin for pin in find_pinpoints(matched) if not is_of_no_law(matched, pin)]
    setting = setting if setting.any_country else replace(setting, state_at=find_passages(matched).state_at)
    named = find_mentions(matched, setting)
    found = without_words(matched, find_back_references(matched))
    if not pins and not named and not found:
        return []
    pins = without_own(matched, pins, units)
    found = [*found, *without_words(matched, unnamed_laws(matched, pins))]
    named = with_bills(matched, without_titles_of_numbers(matched, of_regulations(matched, named)))
    mentions = _without_self(with_defined(matched, named), found)
    backs = _outside_mentions(found, mentions)
    law = is_law(units, matched, any(back.noun == SELF for back in found))
    law = False if law is None and decision else law
    if law:
        mentions = without_headings(matched, mentions, pins)
    if units:
        mentions = without_own_names(matched, mentions, units, decision=decision)
    citations = _with_paragraphs(matched, joined(matched, mentions, backs, pins))
    signs = sum(pin.heading for pin in pins) + sum(back.noun == SELF for back in backs)
    items = provision_items(units)
    memory = Memory(matched, signs, setting, law, OwnText.of(units, items) if law else None)
    initials = laws_by_initials(matched, mentions, setting.home)
    memory.define(general_names(matched, mentions), initials, _owners(citations))
    numbering = _Numbering(setting.jurisdiction, items)
    spans = (_span(citation, memory, numbering) for citation in citations if _is_accepted(citation, setting, memory))
    return [span for span in spans if span]


def _owners(citations: Iterable[Citation]) -> dict[str, Mention]:
    """Return the laws of the articles that are cited with the name of one law only, by article."""
    owners: dict[str, Mention] = {}
    shared: set[str] = set()
    for citation in citations:
        law = citation.law
        if not isinstance(law, Mention) or not law.readings or law.label not in ("LAW", "TREATY"):
            continue
        for item in (item for pin in citation.pins for item in pin.items):
            if owners.setdefault(item, law).readings[0].canonical != law.readings[0].canonical:
                shared.add(item)
    return {item: law for item, law in owners.items() if item not in shared}


def _with_paragraphs(text: str, citations: list[Citation]) -> list[Citation]:
    """Return ``citations`` with the paragraphs of judgments that belong to no citation behind them."""
    longer = [with_paragraphs(text, citation) for citation in citations]
    pairs = zip_longest(longer, citations[1:])
    return [
        short if behind and long.end > behind.start else long
        for short, (long, behind) in zip(citations, pairs, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Numbering:
    """How the provisions that a text cites are numbered: its ``jurisdiction``, and its ``own`` items."""

    jurisdiction: str
    own: frozenset[str] = frozenset()

    def item(self, item: str, law: Reading) -> str:
        """Return the item in the numbering of the cited law, or of the text if the State of the law is unknown."""
        own = self.own if law.type == SELF else frozenset()
        return in_country(item, law.jurisdiction or self.jurisdiction, own)


def _with_lines_joined(text: str) -> str:
    """Return ``text``, of the same length, with the lines of a sentence joined that blank lines part.

    Some official sites print each line as a paragraph: ``conforme al artículo 14`` / ``de la Ley N° 24.185``.
    """
    return _PARTED.sub("\n ", _ESCAPED.sub(" ", _RAISED.sub(". º", text)))


def _without_self(mentions: list[Mention], backs: list[BackReference]) -> list[Mention]:
    """Return the mentions without those of the text itself: the law named in ``esta Constitución``."""
    own = sorted((back.start, back.end) for back in backs if back.noun == SELF)
    starts = [start for start, _ in own]

    def names_text(mention: Mention) -> bool:
        place = bisect_left(starts, mention.start) - 1
        return place >= 0 and mention.end <= own[place][1]

    return [mention for mention in mentions if not names_text(mention)]


def _is_accepted(citation: Citation, setting: Setting, memory: Memory) -> bool:
    """Return whether a citation is accepted: short abbreviations and "the Act" require an article.

    ``memory`` records what is none but names the law of later articles.
    """
    law = citation.law
    if citation.pins or law is None:
        return True
    if isinstance(law, BackReference):
        return not law.attached or law.noun == "year" or memory.mention(law)
    if law.kind in ("definition", "bill"):
        return False
    if law.kind == "abbreviation":
        best = law.readings[0]
        return law.end - law.start >= 3 and _at_home(best.jurisdiction, setting)
    return True


def _at_home(country: str, setting: Setting) -> bool:
    if setting.jurisdiction:
        return country in (setting.jurisdiction, "INT")
    return not setting.language or language_of(country) == setting.language or country == "INT"


def _span(citation: Citation, memory: Memory, numbering: _Numbering) -> Span | None:
    items = tuple(item for pin in citation.pins for item in pin.items)
    first = items[0].split("..")[0] if items else ""
    if isinstance(citation.law, Mention):
        memory.cite(citation.law, first)
        return _explicit(citation, citation.law, items, numbering)
    cited = (
        memory.resolve(citation.law, bool(items))
        if isinstance(citation.law, BackReference)
        else memory.bare(citation.start, first)
    )
    if cited is None:
        return None
    if citation.law is None and first:
        memory.again(cited, cited.start, first)
    if isinstance(citation.law, BackReference):
        memory.again(cited, citation.start, first, citation.end)
        if citation.law.noun in ("article", "same") and not items and cited.pinpoint:
            items = (cited.pinpoint,)
    return _inferred(citation, cited, items, numbering)


def _explicit(citation: Citation, law: Mention, items: tuple[str, ...], numbering: _Numbering) -> Span:
    readings = tuple(
        replace(
            reading,
            canonical=reading.canonical + _fragment(items, reading, numbering),
            pinpoint=_pin_text(citation),
        )
        for reading in law.readings
    )
    attributes = {"rule": readings[0].rule, **_attributes(citation, law.readings[0], items, numbering)}
    if readings[0].valid != "unchecked":
        attributes["valid"] = readings[0].valid
    return Span(
        citation.start, citation.end, law.label, readings[0].canonical, readings[0].score, ORIGIN, readings, attributes
    )


def _inferred(citation: Citation, cited: Cited, items: tuple[str, ...], numbering: _Numbering) -> Span:
    reading = replace(
        cited.reading,
        canonical=cited.reading.canonical + _fragment(items, cited.reading, numbering),
        pinpoint=_pin_text(citation),
        score=0.6,
    )
    label = "TREATY" if cited.kind in ("treaty", "protocol") else "LAW"
    attributes = {"rule": "inferred", "inferred": "true", **_attributes(citation, cited.reading, items, numbering)}
    return Span(citation.start, citation.end, label, reading.canonical, 0.6, ORIGIN, (reading,), attributes)


def _attributes(citation: Citation, law: Reading, items: tuple[str, ...], numbering: _Numbering) -> dict[str, str]:
    attributes = {"pinpoint": _pin_text(citation)} if citation.pins else {}
    if len(items) > 1 or any(".." in item for item in items):
        attributes["targets"] = " ".join(f"{law.canonical}#{numbering.item(item, law)}" for item in items)
    return attributes


def _pin_text(citation: Citation) -> str:
    return "; ".join(" ".join(pin.text.split()) for pin in citation.pins)


def _fragment(items: tuple[str, ...], law: Reading, numbering: _Numbering) -> str:
    return f"#{numbering.item(items[0].split('..')[0], law)}" if items else ""


def _outside_mentions(backs: Iterable[BackReference], mentions: list[Mention]) -> list[BackReference]:
    """Return the longest of overlapping back references outside all mentions."""
    kept: list[BackReference] = []
    for group in overlapping(back for back in backs if not inside(back, mentions)):
        chosen: list[BackReference] = []
        for back in sorted(group, key=lambda item: item.start - item.end):
            if not any(overlap(back, other) for other in chosen):
                chosen.append(back)
        kept += chosen
    return kept
