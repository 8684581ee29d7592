"""Text for display: divided at marked ranges, or shortened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.annotations import Segment, Span

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of text with the same marks; ``hit`` tells whether the query matched it.

    ``place`` tells whether it is in the range to which a link leads; ``language`` is set if it differs from that of the
    surrounding text.
    """

    start: int
    end: int
    text: str
    hit: Mark | None = None
    entity: Span | None = None
    doubtful: bool = False
    language: str = ""
    place: bool = False


def pieces(
    text: str,
    start: int,
    hits: Iterable[Mark] = (),
    entities: Sequence[Span] = (),
    doubtful: Iterable[tuple[int, int]] = (),
    foreign: Sequence[Segment] = (),
    place: Mark = (0, 0),
) -> list[Piece]:
    """Divide ``text``, which begins at offset ``start`` of the document, wherever a mark begins or ends.

    Of several ``entities`` over a piece the innermost (shortest) is shown.
    """
    end = start + len(text)
    hits = [hit for hit in hits if hit[0] < end and hit[1] > start]
    entities = sorted((e for e in entities if e.start < end and e.end > start), key=lambda e: e.end - e.start)
    doubts = [doubt for doubt in doubtful if doubt[0] < end and doubt[1] > start]
    cuts = {start, end}
    ranges = [*((e.start, e.end) for e in entities), *((s.start, s.end) for s in foreign)]
    for edge in (*hits, *ranges, *doubts, *([place] if place[0] < end and place[1] > start else ())):
        cuts |= {max(start, edge[0]), min(end, edge[1])}
    edges = sorted(cuts)
    return [
        Piece(
            left,
            right,
            text[left - start : right - start],
            hit=next((hit for hit in hits if hit[0] <= left < hit[1]), None),
            entity=next((e for e in entities if e.start <= left < e.end), None),
            doubtful=any(first <= left < last for first, last in doubts),
            language=next((part.label for part in foreign if part.start <= left < part.end), ""),
            place=place[0] <= left < place[1],
        )
        for left, right in pairwise(edges)
    ]


def shortened(text: str, most: int) -> str:
    """Return a text of more than ``most`` characters cut at a word, with an ellipsis."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
