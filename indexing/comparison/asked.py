"""What a comparison asks about, and of which law."""

from __future__ import annotations

from extraction.errors import RogatioError
from indexing.comparison.table import ComparisonRequest
from indexing.search.in_force_clauses import FIELD, UNKNOWN
from nlp.concepts.layer import concept
from nlp.document_type import national_law_types
from nlp.elements.instruments import treaty_provisions


def law_asked(request: ComparisonRequest) -> dict[str, tuple[str, ...]]:
    """Return the filters of a search in what may be in force on the day, in the countries that were chosen."""
    filters = {"document_type": national_law_types(), FIELD: (request.date, UNKNOWN)}
    return filters | ({"jurisdiction": request.jurisdictions} if request.jurisdictions else {})


def concepts_asked(request: ComparisonRequest) -> tuple[str, ...]:
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
