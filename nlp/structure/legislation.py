"""Structure of legislation: groupings, articles, and units within articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.document import Block, BlockKind
from nlp.annotations import Unit
from nlp.structure.former_wording import with_former
from nlp.structure.mark_filter import law_marks
from nlp.structure.marks import Mark, inline_marks, marks
from nlp.structure.provision_items import counted_paragraphs, items, join
from nlp.structure.provision_labels import Place, grouping_label, provision_label
from nlp.structure.quoted_law import Range, quoted_ranges, range_end, within
from nlp.structure.replaced_codes import with_replaced_codes
from nlp.structure.rubric_forms import rubric_forms
from nlp.structure.unit_headings import (
    Heading,
    RubricForms,
    clean,
    grouping_heading,
    is_sentence,
    own_rubric,
    rubric_before,
)
from nlp.structure.unit_labels import grammar

ORIGIN = "structure.legislation@24"
DOUBTFUL_BOUNDS = 0.5  # confidence in an article that contains a line in the form of the heading of another one
_ARTICLE_DEPTH = 100
_GAP = 8  # blank characters between headings that follow one another
_MAX_HEADING_LENGTH = 220


@dataclass(frozen=True, slots=True)
class _Law:
    text: str
    language: str
    jurisdiction: str
    quoted: Sequence[Range]
    quotations: Sequence[Mark]
    blank_lines: bool
    headings: Mapping[int, Block]  # the headings of the typography by their ends
    rubrics: RubricForms
    doubtful: Sequence[int]  # where lines begin that may be headings of articles


@dataclass(frozen=True, slots=True)
class _Opened:
    mark: Mark
    opens: int
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class _Node:
    """A unit before its end is known.

    ``opens`` is the offset at which the preceding unit ends, ``shown`` the text of the unit in a path.
    """

    opens: int
    start: int
    depth: int
    kind: str
    label: str
    heading: str
    shown: str
    confidence: float
    ends: int = 0


def find_legislation(text: str, blocks: Sequence[Block], language: str, jurisdiction: str) -> tuple[Unit, ...]:
    """Return the units of an act or code, each parent before its children.

    Articles quoted by an amending law are units of kind ``quoted_article`` within the quoting provision, labelled
    ``«art. 5»``. Former wordings printed beside that in force are units of kind ``former_article``, labelled with their
    period: ``art. 157 [2000-07-24/2004-12-31]``; so are provisions that amend a code since replaced. ``language``
    (ISO 639-1) and ``jurisdiction`` (ISO 3166 alpha-2) decide the forms of marks and labels.
    """
    quoted = quoted_ranges(text)
    lost = inline_marks(text, language)
    separated = law_marks(text, list(marks(text, language, blocks)), lost, quoted)
    own = with_replaced_codes(text, with_former(text, separated.own, language), jurisdiction)
    headings = {block.end: block for block in blocks if block.kind is BlockKind.HEADING}
    lines = ("\n\n" in text, headings, rubric_forms(text, own), [mark.line for mark in separated.doubtful])
    law = _Law(text, language, jurisdiction, separated.quoted, separated.quotations, *lines)
    return tuple(_units(law, list(_nodes(law, own))))


def _opened(law: _Law, found: list[Mark]) -> Iterator[_Opened]:
    """Yield each mark with its heading and its start, which is that of the rubric or headings above an article."""
    text = law.text
    headed_until = 0
    for mark, after in pairwise([*found, None]):
        assert mark is not None
        heading: Heading | None = None
        opens = mark.line
        if mark.is_basic:
            above = _headings_above(law, headed_until, mark.line) if headed_until else _first_heading(law, mark, after)
            heading = above[-1] if above else _rubric_above(law, headed_until, mark.line)
            opens = above[0].start if above else heading.start if heading else mark.line
            headed_until = mark.end
        elif mark.kind != "closing":
            limit = after.line if after else len(text)
            before_rubric = law.rubrics.above and after is not None and after.is_basic
            heading = grouping_heading(text, mark.body, mark.end, limit, before_rubric=before_rubric)
            headed_until = heading.end
        yield _Opened(mark, opens, heading)


def _rubric_above(law: _Law, floor: int, line: int) -> Heading | None:
    """Return the rubric on the line above an article; the one above the first article may be the title of the law."""
    is_title = not floor and (law.rubrics.titled or _heading_above(law, line) is not None)
    return None if is_title else rubric_before(law.text, floor, line, law.rubrics)


def _headings_above(law: _Law, floor: int, line: int) -> list[Heading]:
    """Return the typographic headings directly above an article, after ``floor``, in order.

    In official statutes the title of several sections may be followed by the marginal note of the first one.
    """
    above: list[Heading] = []
    while True:
        block = _heading_above(law, line)
        if block is None or block.start < floor or block.end - block.start > _MAX_HEADING_LENGTH:
            return above[::-1]
        above.append(Heading(clean(law.text[block.start : block.end]), block.start, block.end))
        line = block.start


def _heading_above(law: _Law, line: int) -> Block | None:
    """Return the typographic heading that ends before ``line``; converters also print sentences as headings."""
    start = max(0, line - _GAP)
    block = law.headings.get(start + len(law.text[start:line].rstrip()))
    return None if block and is_sentence(clean(law.text[block.start : block.end])) else block


def _first_heading(law: _Law, first: Mark, second: Mark | None) -> list[Heading]:
    """Return the heading of the first article: without one of its level above the second, it is the law's title."""
    block, other = (_heading_above(law, mark.line) if mark else None for mark in (first, second))
    same = block and other and second and second.is_basic and block.level == other.level
    return _headings_above(law, block.start, first.line) if block and same else []


def _nodes(law: _Law, found: list[Mark]) -> Iterator[_Node]:
    ranks = _ranks(found)
    place = Place(law.language, law.jurisdiction)
    for opened, after in pairwise([*_opened(law, found), None]):
        assert opened is not None
        mark = opened.mark
        if mark.is_basic:
            place = place.at(mark)
            limit = after.opens if after else len(law.text)
            yield from _provision(law, opened, limit, place, _depth(mark, ranks))
        elif mark.kind == "closing":
            label = grammar()["closing"][law.language]
            yield _Node(mark.line, mark.start, _ARTICLE_DEPTH, "closing", label, "", label, 0.8)
        else:
            place = place.below(mark)
            yield _grouping(law.text, opened, ranks)


def _grouping(text: str, opened: _Opened, ranks: dict[str, int]) -> _Node:
    mark, heading = opened.mark, opened.heading.text if opened.heading else ""
    label = grouping_label(text, mark)
    shown = " ".join(filter(None, (label, heading)))
    confidence = 0.8 if mark.lost else 0.95
    kind = "transitory" if mark.kind == "disposition" else mark.kind
    return _Node(mark.line, mark.start, ranks[kind], kind, label, heading, shown, confidence)


def _ranks(found: list[Mark]) -> dict[str, int]:
    """Return the rank of each kind of grouping by its nesting in this document, otherwise in the usual order.

    A kind ranks above another if most first units of the other ("TÍTULO I") directly follow one of its units.
    """
    firsts: dict[str, int] = {}
    below: dict[tuple[str, str], int] = {}
    for mark, after in pairwise(found):
        if after.is_basic or after.number.key[1:2] != (1,):
            continue
        firsts[after.kind] = firsts.get(after.kind, 0) + 1
        if not mark.is_basic:
            below[mark.kind, after.kind] = below.get((mark.kind, after.kind), 0) + 1
    order: list[str] = []
    for kind in grammar()["order"]:
        above = (at for at, other in enumerate(order) if 2 * below.get((kind, other), 0) > firsts.get(other, 0))
        order.insert(next(above, len(order)), kind)
    return {kind: 2 * rank for rank, kind in enumerate(order)}


def _provision(law: _Law, opened: _Opened, limit: int, place: Place, depth: int) -> Iterator[_Node]:
    mark = opened.mark
    label = provision_label(law.text, mark, place)
    label = f"{label} [{mark.former}]" if mark.former else label
    heading = opened.heading.text if opened.heading else _own_rubric(law, mark, limit)
    shown = " ".join(filter(None, (label, heading)))
    yield _Node(
        opened.opens, mark.start, depth, _kind(mark, place), label, heading, shown, _confidence(law, mark, limit)
    )
    inside = [*_items(law, mark, limit, label), *_quotations(law, mark, limit)]
    yield from sorted(inside, key=lambda node: (node.start, node.depth))


def _confidence(law: _Law, mark: Mark, limit: int) -> float:
    if bisect_left(law.doubtful, mark.inside) < bisect_left(law.doubtful, limit):
        return DOUBTFUL_BOUNDS
    return 0.7 if mark.lost else 0.98 if mark.strong else 0.9


def _depth(mark: Mark, ranks: dict[str, int]) -> int:
    """Return the depth of a provision: dispositions with a title of their own are outside books and titles."""
    return ranks["transitory"] + 1 if mark.kind == "disposition" else _ARTICLE_DEPTH


def _own_rubric(law: _Law, mark: Mark, limit: int) -> str:
    if mark.inside != mark.body:  # the number is repeated below: the first line is the rubric
        return clean(law.text[mark.body : mark.end])
    forms = replace(law.rubrics, alone=True) if mark.end in law.headings else law.rubrics
    return own_rubric(law.text, mark.body, mark.end, limit, forms)


def _kind(mark: Mark, place: Place) -> str:
    if mark.kind in ("disposition", "ordinal"):
        return "disposition"
    if mark.former:
        return "former_article"
    return "paragraph" if place.schedule and mark.kind == "numbered" else "article"


def _items(law: _Law, mark: Mark, limit: int, label: str) -> Iterator[_Node]:
    labels = [label]
    starts: set[int] = set()
    for item in items(law.text, mark.inside, limit, law.language, law.jurisdiction):
        if within(item.start, law.quoted):
            continue
        depth = min(item.depth, len(labels))
        labels[depth:] = [join(labels[depth - 1], item.label, law.language, law.jurisdiction)]
        starts.add(item.start)
        yield _Node(item.line, item.start, _ARTICLE_DEPTH + depth, item.kind, labels[-1], "", labels[-1], 0.9)
    if law.language != "fr":
        return
    for start, count in counted_paragraphs(law.text, mark.inside, limit, blank_lines=law.blank_lines):
        if start not in starts and not within(start, law.quoted):
            name = f"{label} alinéa {count}"
            yield _Node(start, start, _ARTICLE_DEPTH + 1, "paragraph", name, "", name, 0.85)


def _quotations(law: _Law, mark: Mark, limit: int) -> Iterator[_Node]:
    first = bisect_left(law.quotations, mark.inside, key=lambda quotation: quotation.start)
    last = bisect_left(law.quotations, limit, key=lambda quotation: quotation.start)
    for quotation in law.quotations[first:last]:
        label = f"«{provision_label(law.text, quotation, Place(law.language, law.jurisdiction))}»"
        rubric = own_rubric(law.text, quotation.body, quotation.end, limit)
        end = range_end(quotation.start, law.quoted)
        depth = _ARTICLE_DEPTH + 1
        yield _Node(quotation.line, quotation.start, depth, "quoted_article", label, rubric, label, 0.8, end)


def _units(law: _Law, nodes: list[_Node]) -> Iterator[Unit]:
    if nodes and (end := len(law.text[: nodes[0].opens].rstrip())):
        start = end - len(law.text[:end].lstrip())
        yield Unit(start, end, grammar()["preamble"][law.language], "preamble", (), "", 0.9, ORIGIN)
    above: list[_Node] = []
    for node, limit in zip(nodes, _ends(nodes, len(law.text)), strict=True):
        while above and above[-1].depth >= node.depth:
            above.pop()
        path = tuple(parent.shown for parent in above)
        end = _trimmed(law.text, node.start, min(limit, node.ends or limit))
        yield Unit(node.start, end, node.label, node.kind, path, node.heading, node.confidence, ORIGIN)
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
