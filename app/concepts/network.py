"""Diagram of the neighbours of a concept: broader concepts on the left, narrower on the right, related below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.concepts.layer import Concept, concepts

MAX_DRAWN = 8
"""Neighbours of a relation that are drawn; the table beside the drawing has all."""

WIDTH, NODE_WIDTH, NODE_HEIGHT = 672, 208, 58
_GAP, _INDENT, _STEP = 10, 24, NODE_HEIGHT + 10
_LETTER, _MARGIN, _LINES = 7.8, 20, 3
"""Usual width of a letter of a name, margin of a box on both sides together, lines of a name."""
_LEFT, _MIDDLE, _RIGHT = 1, (WIDTH - NODE_WIDTH) // 2, WIDTH - NODE_WIDTH - 1


@dataclass(frozen=True, slots=True)
class Node:
    """A concept in its box, whose upper left corner is ``x``, ``y``; the concept itself has no ``relation``."""

    concept: Concept
    relation: str
    x: int
    y: int
    width: int = NODE_WIDTH

    def lines(self, name: str) -> list[str]:
        """Return a name in the lines that fit the box; what does not fit is left out."""
        return textwrap.wrap(
            name, int((self.width - _MARGIN) / _LETTER), max_lines=_LINES, placeholder=" …", break_on_hyphens=True
        )


@dataclass(frozen=True, slots=True)
class ConceptNetwork:
    """``edges`` are paths of SVG with their relation; ``left`` and ``width`` bound what is drawn."""

    left: int
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]


def concept_network(concept: Concept) -> ConceptNetwork | None:
    """Return the diagram of the neighbours of ``concept``, None if it has none."""
    broader, narrower, related = (_known(codes) for codes in (concept.broader, concept.narrower, concept.related))
    if not (broader or narrower or related):
        return None
    height = max(len(broader), len(narrower), 1 + len(related)) * _STEP + 2
    own = Node(concept, "", _MIDDLE, (height - (1 + len(related)) * _STEP + _GAP) // 2)
    sides = [*_column(broader, "broader", _LEFT, height), *_column(narrower, "narrower", _RIGHT, height)]
    below = [
        Node(near, "related", _MIDDLE + _INDENT, own.y + _STEP * number, NODE_WIDTH - _INDENT)
        for number, near in enumerate(related, 1)
    ]
    nodes = (own, *sides, *below)
    left = min(node.x for node in nodes) - 1
    width = max(node.x + node.width for node in nodes) + 1 - left
    return ConceptNetwork(left, width, height, nodes, tuple((_edge(own, node), node.relation) for node in nodes[1:]))


def _known(codes: Sequence[str]) -> list[Concept]:
    return [concepts()[code] for code in codes if code in concepts()][:MAX_DRAWN]


def _column(found: Sequence[Concept], relation: str, x: int, height: int) -> Iterator[Node]:
    top = (height - len(found) * _STEP + _GAP) // 2
    for number, near in enumerate(found):
        yield Node(near, relation, x, top + number * _STEP)


def _edge(own: Node, other: Node) -> str:
    """Return a curve between the sides of two boxes, or a line down and across to a related concept."""
    middle, other_middle = own.y + NODE_HEIGHT // 2, other.y + NODE_HEIGHT // 2
    if other.relation == "related":
        return f"M{own.x + _INDENT // 2} {own.y + NODE_HEIGHT}V{other_middle}H{other.x}"
    start, end = (own.x, other.x + other.width) if other.relation == "broader" else (own.x + own.width, other.x)
    half = (start + end) // 2
    return f"M{start} {middle}C{half} {middle} {half} {other_middle} {end} {other_middle}"
