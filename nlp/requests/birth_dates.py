"""Birth dates that stand apart from the name, in a letter on one person alone ("Particulars: born on 8 May 1987")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.parties import NATURAL
from nlp.requests.person_details import LAST_YEAR, tells_birth
from nlp.requests.role_inference import PURSUED, DescribedParty


def with_distant_birth(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Give the only person pursued the only birth date of the letter that belongs to nobody else."""
    pursued = [entry for entry in described if entry[0].kind == NATURAL and entry[1].role in PURSUED]
    if len(pursued) != 1 or pursued[0][2].birth_date:
        return list(described)
    unclaimed = _births(context) - {details.birth_date for _, _, details in described}
    if len(unclaimed) != 1:
        return list(described)
    party, standing, details = pursued[0]
    completed = (party, standing, replace(details, birth_date=unclaimed.pop()))
    return [completed if entry is pursued[0] else entry for entry in described]


def _births(context: RequestContext) -> set[str | None]:
    """Return the full dates after words for a birth in the authority's own words."""
    folded = fold(context.text)
    return {
        span.value
        for span in context.spans("DATE")
        if len(span.value) == 10
        and int(span.value[:4]) <= LAST_YEAR
        and context.in_own_words(span.start)
        and tells_birth(folded, span)
    }
