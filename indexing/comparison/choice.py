"""Which of the provisions that were found for a country are compared, and which are only offered."""

from __future__ import annotations

from collections.abc import Sequence

from indexing.comparison.parts import NOT_PUNISHING, parts_of, punishing
from indexing.comparison.table import Provision
from nlp.concepts.layer import concept

ABOUT = "about"
_NAMED = "name:"


def is_about(provision: Provision) -> bool:
    """Tell whether a provision was tagged with one of the concepts that are asked for."""
    return any(reason.startswith(f"{ABOUT}:") for reason in provision.why)


def best(found: Sequence[Provision], about: Sequence[str], most: int) -> tuple[Provision, ...]:
    """Return at most ``most`` provisions; ``found`` are in the order in which they answer.

    Where concepts are asked for, only what is tagged with one of them: that a law has words of it says too little. Of
    an offence, the first that defines it and those of its chapter that punish: what has a punishment as figures and one
    of the concept's names first, then what is nearest.
    """
    if not about:
        return tuple(found[:most])
    tagged = [one for one in found if is_about(one)]
    if not tagged or not all(concept(one).penal for one in about):
        return tuple(tagged[:most])
    first = next((one for one in tagged if not punishing(one, about)), None)
    defines = first or min(tagged, key=lambda one: punishing(one, about))
    # where punishments stand apart, others that say what is done are compared too
    worst = NOT_PUNISHING if punishing(defines, about) == NOT_PUNISHING else NOT_PUNISHING - 1
    left = [one for one in tagged if _beside(one, defines) and punishing(one, about) <= worst]
    chosen = [defines]
    while left and len(chosen) < most:
        further = max(left, key=lambda one: _closeness(one, about, defines))  # the first of those that do
        chosen.append(further)
        left.remove(further)
    return tuple(sorted(chosen, key=lambda one: one.start))


def _closeness(one: Provision, about: Sequence[str], defines: Provision) -> tuple[bool, bool, int]:
    """Return whether a provision has punishments as figures and bears a name, and how near it is to the definition."""
    figures = any(figure.unit for part in parts_of(one, about) for figure in part.penalties)
    named = any(reason.startswith(_NAMED) for reason in one.why)
    return figures, named, -abs(one.start - defines.start)


def _beside(one: Provision, other: Provision) -> bool:
    """Tell whether both stand in one chapter."""
    return one.id != other.id and (one.document_id, one.path) == (other.document_id, other.path)
