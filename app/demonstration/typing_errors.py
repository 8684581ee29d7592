"""Typing errors outside of the spans of the ground truth."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from app.demonstration.writing import Draft, Paragraph

LONG_WORD = re.compile(r"[^\W\d_]{6,}")


def with_typing_errors(draft: Draft, rng: Random, count: int) -> Draft:
    """Return ``draft`` with two adjacent letters swapped in up to ``count`` words; lengths are unchanged."""
    bodies = [place for place, paragraph in enumerate(draft.paragraphs) if paragraph.kind == "paragraph"]
    paragraphs = list(draft.paragraphs)
    for place in rng.sample(bodies, min(count, len(bodies))):
        paragraphs[place] = _swapped(paragraphs[place], rng)
    return replace(draft, paragraphs=tuple(paragraphs))


def _swapped(paragraph: Paragraph, rng: Random) -> Paragraph:
    marked = [(span.start, span.end) for span in paragraph.spans]
    words = [
        match
        for match in LONG_WORD.finditer(paragraph.text)
        if not any(start < match.end() and match.start() < end for start, end in marked)
    ]
    if not words:
        return paragraph
    word = rng.choice(words)
    place = word.start() + rng.randint(1, len(word[0]) - 3)
    text = paragraph.text
    return replace(paragraph, text=text[:place] + text[place + 1] + text[place] + text[place + 2 :])
