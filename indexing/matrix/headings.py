"""The provisions of a law with what their headings say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.annotations import Unit
from nlp.stems import content_stems
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class Headed:
    """A provision with the stems of its own heading, of the nearest one above it, and of all of them."""

    unit: Unit
    rubric: frozenset[str]
    above: frozenset[str]
    whole: frozenset[str]


def headed_provisions(structure: Sequence[Unit], language: str) -> dict[int, Headed]:
    """Return the provisions of a law by where they start."""
    units = provisions(structure)
    lines = {line for unit in units for line in (*unit.path, unit.heading)}
    known = {line: frozenset(content_stems(line, language)) for line in lines}
    return {unit.start: _headed(unit, known) for unit in units}


def _headed(unit: Unit, known: Mapping[str, frozenset[str]]) -> Headed:
    rubric, above = known[unit.heading], [known[line] for line in unit.path]
    return Headed(unit, rubric, above[-1] if above else frozenset(), rubric.union(*above))
