"""Which of the provisions that were found for a country are compared, and which are only offered."""

from __future__ import annotations

from collections.abc import Sequence

from indexing.comparison.parts import NOT_PUNISHING, parts_of, punishing
from indexing.comparison.table import Provision
from nlp.concepts.layer import concept

ABOUT = "about"


def is_about(provision: Provision) -> bool:
    """Tell whether a provision was tagged with one of the concepts that are asked for."""
    return any(reason.startswith(f"{ABOUT}:") for reason in provision.why)


def best(found: Sequence[Provision], about: Sequence[str], most: int) -> tuple[Provision, ...]:
    """Return at most ``most`` provisions; ``found`` are in the order in which they answer.

    Where concepts are asked for, only what is tagged with one of them: that a law has words of it says too little. Of
    an offence, what defines it and those of its chapter that punish, the nearest with a punishment as figures first.
    """
    if not about:
        return tuple(found[:most])
    tagged = [one for one in found if is_about(one)]
    if not tagged or not all(concept(one).penal for one in about):
        return tuple(tagged[:most])
    ranks = {one.id: punishing(one, about) for one in tagged}
    defines = min(tagged, key=lambda one: ranks[one.id])  # the first of those that do
    # where punishments stand apart, others that say what is done are compared too
    worst = NOT_PUNISHING if ranks[defines.id] == NOT_PUNISHING else NOT_PUNISHING - 1
    left = [one for one in tagged if _beside(one, defines) and ranks[one.id] <= worst]
    chosen = [defines]
    while left and len(chosen) < most:
        further = max(left, key=lambda one: _closeness(one, about, defines))  # the first of those that do
        chosen.append(further)
        left.remove(further)
    return tuple(sorted(chosen, key=lambda one: one.start))


def _closeness(one: Provision, about: Sequence[str], defines: Provision) -> tuple[bool, int]:
    """Return whether a provision has punishments as figures, and how near it stands to the definition."""
    figures = any(figure.unit for part in parts_of(one, about) for figure in part.penalties)
    return figures, -abs(one.start - defines.start)


def _beside(one: Provision, other: Provision) -> bool:
    """Tell whether both stand in one chapter."""
    return one.id != other.id and (one.document_id, one.path) == (other.document_id, other.path)
