"""The question of a comparison: concepts, jurisdictions, and the selection of provisions."""

from __future__ import annotations

from collections.abc import Sequence

from app.comparison.parts import NOT_PUNISHING, parts_of, punishing
from app.comparison.table import ComparisonRequest, Provision
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.search.in_force_clauses import ANY, FIELD, UNKNOWN
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.concepts.layer import concept
from nlp.document_type import national_law_types
from nlp.elements.instruments import treaty_provisions


def jurisdictions_asked(request: ComparisonRequest) -> dict[str, tuple[str, ...]]:
    """Return the filters of a search in what may be in force on the day, in the countries that were chosen."""
    filters = {"document_type": national_law_types(), FIELD: (request.date, UNKNOWN)}
    return filters | ({"jurisdiction": request.jurisdictions} if request.jurisdictions else {})


def question_concepts(request: ComparisonRequest) -> tuple[str, ...]:
    """Return the concepts that a comparison is about; ``indexing.no_such_treaty_provision`` where a treaty has none."""
    if request.treaty:
        found = treaty_provisions().get(request.treaty, ())
        if not found:
            raise _no_such_treaty_provision(request.treaty)
        return tuple(dict.fromkeys((*found, *filter(None, (request.concept,)))))
    return (concept(request.concept).id,) if request.concept else ()


def _no_such_treaty_provision(asked: str) -> RogatioError:
    """Say which provisions of the treaty there are or, of a treaty that has none, which treaties."""
    treaty = asked.partition(" ")[0].upper()
    own = [one for one in treaty_provisions() if one.partition(" ")[0] == treaty]
    known = own or dict.fromkeys(one.partition(" ")[0] for one in treaty_provisions())
    return RogatioError("indexing.no_such_treaty_provision", treaty=asked[:60], known=", ".join(known))


def available_countries(access: AccessFilter, engine: Engine) -> tuple[str, ...]:
    """Return the countries of all national laws that ``access`` lets be seen, of any day, as ISO 3166 alpha-2."""
    laws = {"document_type": national_law_types(), FIELD: (ANY,)}
    asked = SearchRequest("", laws, limit=1, facets=("jurisdiction",), mode="words")
    return tuple(sorted(one.value for one in retrieve(asked, access, engine).facets["jurisdiction"] if one.value))


ABOUT = "about"
_NAMED = "name:"


def is_relevant(provision: Provision) -> bool:
    """Tell whether a provision was tagged with one of the concepts that are asked for."""
    return any(reason.startswith(f"{ABOUT}:") for reason in provision.why)


def best_provisions(found: Sequence[Provision], about: Sequence[str], most: int) -> tuple[Provision, ...]:
    """Return at most ``most`` provisions; ``found`` are in the order in which they answer.

    Where concepts are asked for, only what is tagged with one of them: that a law has words of it says too little. Of
    an offence, the first that defines it and those of its chapter that punish: what has a punishment as figures and one
    of the concept's names first, then what is nearest.
    """
    if not about:
        return tuple(found[:most])
    tagged = [one for one in found if is_relevant(one)]
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
