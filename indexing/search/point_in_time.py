"""Point-in-time filter and the counts of what it excluded.

Without a word about it, versions that are surely not in force today are left out and counted. ``in_force:`` with a
day finds what was surely in force on it, and counts what perhaps was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexing.access import AccessFilter
from indexing.engines.plan import Clause, Must, MustNot, Plan
from indexing.engines.protocol import Engine
from indexing.search.in_force_clauses import (
    ANY,
    FIELD,
    TODAY,
    UNKNOWN,
    in_force_clause,
    period_of,
    surely_not_in_force,
    surely_over,
    undecided,
)
from indexing.search.out_of_force_citations import nearest_expressions
from indexing.search.query_tree import And, Field, Node, Not, Or
from indexing.search.request import HitExpression, SearchResult
from indexing.store.reading import Store
from indexing.works.works import Work, validities, works_of

# Who asks for one document has chosen its version.
_CHOOSES = frozenset({FIELD, "document_id", "scope_id"})


def default_date_filter(
    fields: Iterable[Field], tree: Node | None, *, to_come: bool = False
) -> tuple[tuple[str, Clause], ...]:
    """Return the filter of a search that says nothing of versions, none for one that does.

    With ``to_come``, versions of later days stay: who waits for news hears of a law when it is made.
    """
    asked = {field.name for field in (*fields, *_fields(tree))}
    now = period_of(TODAY)
    gone = surely_over(now[0]) if to_come else surely_not_in_force(now)
    return () if asked & _CHOOSES else ((FIELD, MustNot(gone)),)


def _fields(node: Node | None) -> Iterable[Field]:
    match node:
        case And(parts) | Or(parts):
            return [field for part in parts for field in _fields(part)]
        case Not(part):
            return _fields(part)
        case Field():
            return [node]
        case _:
            return []


@dataclass(frozen=True, slots=True)
class OutOfForceCounts:
    """How many scopes are left out: not in force today, not in force on the days asked for, or nobody knows."""

    today: int = 0
    then: int = 0
    unknown: int = 0


def count_out_of_force(plans: Iterable[Plan], fields: Iterable[Field], engine: Engine, found: int) -> OutOfForceCounts:
    """Return what a search leaves out that found ``found`` scopes.

    One that says nothing of versions leaves out what is not in force today. One that asks for days alone leaves out
    what perhaps was in force on them; that there are versions of other days is counted only where it found nothing.
    """
    values = _asked(fields)
    if not values:
        return OutOfForceCounts(today=_count(plans, surely_not_in_force(period_of(TODAY)), engine))
    if {ANY, UNKNOWN} & set(values):
        return OutOfForceCounts()
    periods = [period_of(value) for value in values]
    perhaps = Must((*map(undecided, periods), MustNot(in_force_clause(values))))
    others = 0 if found else _count(plans, Must(tuple(map(surely_not_in_force, periods))), engine)
    return OutOfForceCounts(then=others, unknown=_count(plans, perhaps, engine))


def _asked(fields: Iterable[Field]) -> list[str]:
    return [value for field in fields if field.name == FIELD for value in field.values]


def _count(plans: Iterable[Plan], wanted: Clause, engine: Engine) -> int:
    def beside(plan: Plan) -> Plan:
        others = tuple(one for one in plan.filters if one[0] != FIELD)
        return replace(plan, filters=(*others, (FIELD, wanted)), limit=0, facets=(), after="")

    return sum(engine.search(beside(plan)).total for plan in plans if FIELD in dict(plan.filters))


def with_expressions(result: SearchResult, fields: Iterable[Field], store: Store, access: AccessFilter) -> SearchResult:
    """Say of each hit in a law when its version is in force, at the time asked for or today, and what else is held."""
    first, last = _days(next((value for value in _asked(fields) if value not in (ANY, UNKNOWN)), TODAY))
    held = works_of(store, access, {hit.document_id for hit in result.hits}) if result.hits else {}
    works = ((hit, held.get(hit.document_id)) for hit in result.hits)
    hits = (replace(hit, version=hit_expression(hit.document_id, work, first, last)) for hit, work in works)
    known = validities(store, {one.document_id for one in result.cited_elsewhen}) if result.cited_elsewhen else {}
    return replace(result, hits=tuple(hits), cited_elsewhen=nearest_expressions(result.cited_elsewhen, last, known))


def _days(value: str) -> tuple[str, str]:
    """Return the first and the last day of a time in ISO 8601."""
    first, last = (str(day) for day in period_of(value))
    return f"{first[:4]}-{first[4:6]}-{first[6:]}", f"{last[:4]}-{last[4:6]}-{last[6:]}"


def hit_expression(document: str, work: Work | None, first: str, last: str = "") -> HitExpression | None:
    """Return which version of ``work`` a document is, None for what is no law.

    ``in_force`` tells whether it is so on the day ``first`` or, with ``last``, on one of the days up to it.
    """
    if work is None:
        return None
    own = next(one for one in work.expressions if one.document == document)
    start = own.validity.start
    starts = [one.validity.start for one in work.expressions if one.language == own.language and one.validity.start]
    return HitExpression(
        work=work.id,
        valid_from=start,
        valid_to=own.validity.end,
        in_force=own.validity.within(first, last or first),
        older=sum(one < start for one in starts),
        later=sum(one > start for one in starts) if start else 0,
        others=len(work.expressions) - 1,
    )
