"""Structure of legislation: groupings, articles, and what stands within an article (brief 3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from extraction.document import Block
from nlp.annotations import Unit
from nlp.folding import fold
from nlp.provision_items import counted_paragraphs, items
from nlp.quoted_law import quoted_ranges
from nlp.sequence import rising
from nlp.structural_marks import Mark, marks
from nlp.unit_headings import clean, grouping_heading, own_rubric, rubric_before
from nlp.unit_labels import article_label, grammar

ORIGIN = "structure.legislation@1"
_ARTICLE_DEPTH = 20
_BASIC = ("article", "numbered", "ordinal", "disposition")


@dataclass(frozen=True, slots=True)
class _Node:
    """A unit before its end is known: ``opens`` is where the unit before it must end."""

    opens: int
    start: int
    depth: int
    kind: str
    label: str
    heading: str
    shown: str
    confidence: float


def find_legislation(text: str, blocks: Sequence[Block], language: str, jurisdiction: str) -> tuple[Unit, ...]:
    """Return the units of an act or code, each parent before its children."""
    found = _accepted(text, list(marks(text, language, blocks)), language)
    return tuple(_units(text, list(_nodes(text, found, language, jurisdiction)), language))


def _accepted(text: str, found: list[Mark], language: str) -> list[Mark]:
    quoted = list(quoted_ranges(text))
    found = [mark for mark in found if not _within(mark.start, quoted)]
    found = _merged(_without_contents(found))
    return _in_sequence(_in_context(found))


def _within(position: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in ranges)


def _without_contents(found: list[Mark]) -> list[Mark]:
    """Drop a table of contents: a first run of short lines whose numbers all come again."""
    basic = [mark for mark in found if mark.kind in ("article", "numbered")]
    if len(basic) < 6:
        return found
    first = basic[0]
    again = next((mark for mark in basic[1:] if (mark.kind, mark.number) == (first.kind, first.number)), None)
    if again is None or basic.index(again) < 3:
        return found
    run = basic[: basic.index(again)]
    lengths = [after.line - mark.line for mark, after in pairwise(run)]
    return [mark for mark in found if mark.line >= again.line] if sum(lengths) < 150 * len(lengths) else found


def _merged(found: list[Mark]) -> list[Mark]:
    """Join an English section's heading line with the line below it that says its number again."""
    merged: list[Mark] = []
    for mark in found:
        last = merged[-1] if merged and mark.kind == "numbered" else None
        if last and (last.kind, last.number) == (mark.kind, mark.number) and mark.line - last.end < 40:
            merged[-1] = replace(last, inside=mark.body)
        else:
            merged.append(mark)
    return merged


def _in_context(found: list[Mark]) -> list[Mark]:
    """Keep ordinals in words alone ("Primera.-") only below a heading of dispositions."""
    kept, listing = [], False
    for mark in found:
        if mark.kind in ("transitory", "disposition"):
            listing = True
        elif mark.kind in ("grouping", "article", "numbered"):
            listing = False if mark.kind == "grouping" else listing
        if mark.kind != "ordinal" or listing:
            kept.append(mark)
    return kept


def _in_sequence(found: list[Mark]) -> list[Mark]:
    """Drop weak lines whose number breaks the sequence of their region (between headings of other regions)."""
    kept: list[Mark] = []
    region: list[Mark] = []
    for mark in found:
        if mark.kind in ("transitory", "schedule") or (mark.kind == "disposition" and not mark.number.key):
            kept += [*_rising_region(region), mark]
            region = []
        else:
            region.append(mark)
    return kept + _rising_region(region)


def _rising_region(region: list[Mark]) -> list[Mark]:
    basic = [mark for mark in region if mark.kind in ("article", "numbered")]
    good = {basic[place].line for place in rising([mark.number.key for mark in basic])}
    good |= {
        mark.line
        for mark in region
        if mark.kind not in ("article", "numbered") or (mark.strong and mark.kind == "article")
    }
    return [mark for mark in region if mark.line in good]


def _nodes(text: str, found: list[Mark], language: str, jurisdiction: str) -> Iterator[_Node]:
    ranks = _ranks(found, language)
    region, schedule, previous_end = "", "", 0
    highest: tuple[int, ...] = ()
    for mark, after in zip(found, [*found[1:], None], strict=False):
        limit = after.line if after else len(text)
        if mark.kind in _BASIC and (mark.number.key or mark.kind != "disposition"):
            rubric = rubric_before(text, previous_end, mark.line)
            if "transitori" in region and mark.kind == "article" and mark.number.key > highest:
                region = ""
            highest = highest if region or mark.kind != "article" else max(highest, mark.number.key)
            yield from _basic(
                text,
                mark,
                limit,
                language,
                jurisdiction,
                region,
                schedule,
                rubric.text if rubric else "",
                rubric.start if rubric else mark.line,
            )
            previous_end = mark.end
            continue
        heading = grouping_heading(text, mark.body, mark.end, limit)
        previous_end = heading.end
        kind = _grouping_kind(mark, language)
        if mark.kind in ("transitory", "disposition"):
            region, schedule = fold(mark.type), ""
        else:
            region = ""
        if kind in ("schedule", "annex"):
            schedule = _schedule_label(mark, language, kind)
        shown = " ".join(filter(None, (clean(text[mark.start : mark.body]), heading.text)))
        yield _Node(
            mark.line, mark.start, ranks[kind], kind, clean(text[mark.start : mark.body]), heading.text, shown, 0.95
        )


def _grouping_kind(mark: Mark, language: str) -> str:
    if mark.kind in ("transitory", "disposition"):
        return "transitory"
    if mark.kind in ("schedule", "part"):
        return mark.kind
    kinds: dict[str, str] = grammar()["groupings"][language]
    return next(kind for word, kind in kinds.items() if fold(mark.type).startswith(fold(word)))


def _ranks(found: list[Mark], language: str) -> dict[str, int]:
    """Rank the kinds of groupings as this document nests them: its own adjacent headings overrule the usual order."""
    first: dict[str, int] = {}
    votes: dict[tuple[str, str], int] = {}
    for mark, after in pairwise(found):
        if after.kind in _BASIC or after.number.key[1:2] != (1,):
            continue
        inner = _grouping_kind(after, language)
        first[inner] = first.get(inner, 0) + 1
        if mark.kind not in _BASIC:
            pair = (_grouping_kind(mark, language), inner)
            votes[pair] = votes.get(pair, 0) + 1
    order: list[str] = []
    for kind in grammar()["order"]:
        above = (at for at, other in enumerate(order) if 2 * votes.get((kind, other), 0) > first.get(other, 0))
        order.insert(next(above, len(order)), kind)
    return {kind: rank for rank, kind in enumerate(order)}


def _schedule_label(mark: Mark, language: str, kind: str) -> str:
    word = grammar()["schedule_labels"]["schedule" if kind == "schedule" else f"annex_{language}"]
    return f"{word} {mark.number.key[1]}" if len(mark.number.key) > 1 else str(word)


def _basic(
    text: str,
    mark: Mark,
    limit: int,
    language: str,
    jurisdiction: str,
    region: str,
    schedule: str,
    above: str,
    opens: int,
) -> Iterator[_Node]:
    label = _basic_label(text, mark, language, jurisdiction, region, schedule)
    heading = above or own_rubric(text, mark.body, mark.end, limit)
    kind = (
        "disposition"
        if mark.kind in ("disposition", "ordinal")
        else "paragraph"
        if schedule and language == "en"
        else "article"
    )
    confidence = 0.98 if mark.strong else 0.9
    yield _Node(
        opens, mark.start, _ARTICLE_DEPTH, kind, label, heading, " ".join(filter(None, (label, heading))), confidence
    )
    yield from _inside(text, mark, limit, language, jurisdiction, label)


def _basic_label(text: str, mark: Mark, language: str, jurisdiction: str, region: str, schedule: str) -> str:
    if mark.kind == "disposition":
        return clean(text[mark.start : mark.body]).lower()
    transitory = "transitori" in region and not region.startswith("disposicion")
    if mark.kind == "ordinal" and not transitory:
        singular = regex.sub(r"(?:ion)es\b", "ión", region)
        singular = regex.sub(r"(\w{4,}?(?:ria|tiva|final|al))(?:es|s)\b", r"\1", singular)
        return f"{singular} {clean(text[mark.start : mark.body]).lower()}"
    if schedule:
        unit = "para." if mark.kind == "numbered" else "art."
        return f"{schedule} {unit} {mark.number.text}"
    if mark.kind == "numbered" or (
        mark.kind == "article" and language == "en" and not mark.type.upper().startswith("ART")
    ):
        return f"s. {mark.number.text}"
    label = article_label(mark.number, language, jurisdiction)
    return f"{label} {grammar()['transitory_words'][language]}" if "transitori" in region else label


def _inside(text: str, mark: Mark, limit: int, language: str, jurisdiction: str, label: str) -> Iterator[_Node]:
    labels = [label]
    counted = list(counted_paragraphs(text, mark.body, limit)) if language == "fr" else []
    marked = list(items(text, mark.inside, limit, language, jurisdiction))
    starts = {item.start for item in marked}
    nodes: list[_Node] = []
    for item in marked:
        del labels[item.depth :]
        labels.append(_joined(labels[-1], item.label, language, jurisdiction))
        nodes.append(_Node(item.line, item.start, _ARTICLE_DEPTH + item.depth, item.kind, labels[-1], "", "", 0.9))
    nodes += [
        _Node(start, start, _ARTICLE_DEPTH + 1, "paragraph", f"{label} alinéa {place}", "", "", 0.85)
        for start, place in counted
        if start not in starts
    ]
    yield from sorted(nodes, key=lambda node: node.start)


def _joined(parent: str, label: str, language: str, jurisdiction: str) -> str:
    if jurisdiction == "ES" and label.startswith("apartado "):
        return f"{parent}.{label.removeprefix('apartado ')}"
    return parent + label if language == "en" else f"{parent} {label}"


def _units(text: str, nodes: list[_Node], language: str) -> Iterator[Unit]:
    ends = _ends(nodes, len(text))
    if nodes and (end := len(text[: nodes[0].opens].rstrip())):
        start = len(text[:end]) - len(text[:end].lstrip())
        yield Unit(start, end, grammar()["preamble"][language], "preamble", (), "", 0.9, ORIGIN)
    above: list[_Node] = []
    for node, end in zip(nodes, ends, strict=True):
        while above and above[-1].depth >= node.depth:
            above.pop()
        path = tuple(parent.shown or parent.label for parent in above)
        yield Unit(
            node.start,
            _trimmed(text, node.start, end),
            node.label,
            node.kind,
            path,
            node.heading,
            node.confidence,
            ORIGIN,
        )
        above.append(node)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _ends(nodes: list[_Node], length: int) -> list[int]:
    ends = [length] * len(nodes)
    waiting: list[int] = []
    for place, node in enumerate(nodes):
        while waiting and nodes[waiting[-1]].depth >= node.depth:
            ends[waiting.pop()] = node.opens
        waiting.append(place)
    return ends
