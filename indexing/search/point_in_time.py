"""Point-in-time filter and the counts of what it excluded.

By default, expressions certainly not in force today are excluded and counted. ``in_force:`` with a day finds what was
certainly in force on it, and counts what may have been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexing.access import AccessFilter
from indexing.engines.plan import Clause, Everything, Must, MustNot, Plan
from indexing.engines.protocol import Engine
from indexing.records.validity import validity_of_unit
from indexing.search.clauses import (
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
from indexing.search.query_citations import nearest_expressions
from indexing.search.query_tree import And, Field, Node, Not, Or
from indexing.search.request import HitExpression, SearchResult
from indexing.store.reading import Store
from indexing.works.works import Work, validities, works_of

# Fields that select expressions themselves.
_CHOOSES = frozenset({FIELD, "document_id", "scope_id"})


def default_date_filter(
    fields: Iterable[Field], tree: Node | None, *, to_come: bool = False
) -> tuple[tuple[str, Clause], ...]:
    """Return the default filter of a search without a field of ``_CHOOSES``, else nothing.

    With ``to_come``, future expressions are included: alerts report a law when it is published.
    """
    used = {field.name for field in (*fields, *_fields(tree))}
    now = period_of(TODAY)
    not_in_force = surely_over(now[0]) if to_come else surely_not_in_force(now)
    return () if used & _CHOOSES else ((FIELD, MustNot(not_in_force)),)


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
    """Numbers of excluded scopes: not in force today, not in force in the requested period, or unknown for it."""

    today: int = 0
    then: int = 0
    unknown: int = 0


def count_out_of_force(plans: Iterable[Plan], fields: Iterable[Field], engine: Engine, found: int) -> OutOfForceCounts:
    """Return the counts of what a search with ``found`` hits excluded.

    By default: scopes not in force today. With requested days: scopes that may have been in force on them, and, only if
    nothing was found, expressions of other dates.
    """
    values = _in_force_values(fields)
    if not values:
        return OutOfForceCounts(today=_count(plans, surely_not_in_force(period_of(TODAY)), engine))
    if {ANY, UNKNOWN} & set(values):
        return OutOfForceCounts()
    periods = [period_of(value) for value in values]
    perhaps = Must((*map(undecided, periods), MustNot(in_force_clause(values))))
    others = 0 if found else _count(plans, Must(tuple(map(surely_not_in_force, periods))), engine)
    return OutOfForceCounts(then=others, unknown=_count(plans, perhaps, engine))


def times_in_force(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the days, months or years of which law is searched; ``today`` without a filter."""
    return tuple(dict.fromkeys(_in_force_values(fields))) or (TODAY,)


def _in_force_values(fields: Iterable[Field]) -> list[str]:
    return [value for field in fields if field.name == FIELD for value in field.values]


def _count(plans: Iterable[Plan], clause: Clause, engine: Engine) -> int:
    """Return how many scopes of another date match ``plans``.

    Whether there are any at all is asked first: mostly there are none, and the words and national terms of concepts are
    then not looked for again.
    """

    def counted(plan: Plan, match: Clause) -> int:
        others = tuple(item for item in plan.filters if item[0] != FIELD)
        counting = replace(plan, match=match, filters=(*others, (FIELD, clause)), limit=0, facets=(), after="")
        return engine.search(counting).total

    dated = [plan for plan in plans if FIELD in dict(plan.filters)]
    return sum(counted(plan, plan.match) for plan in dated if counted(plan, Everything()))


def with_expressions(result: SearchResult, fields: Iterable[Field], store: Store, access: AccessFilter) -> SearchResult:
    """Return ``result`` with the expression of each hit in a law, as of the requested period or today.

    Out-of-force citations are reduced to the expressions nearest to that date.
    """
    first, last = _days(next((value for value in _in_force_values(fields) if value not in (ANY, UNKNOWN)), TODAY))
    by_document = works_of(store, access, {hit.document_id for hit in result.hits}) if result.hits else {}
    works = ((hit, by_document.get(hit.document_id)) for hit in result.hits)
    hits = (
        replace(hit, version=hit_expression(hit.document_id, work, first, last, hit.unit, hit.since))
        for hit, work in works
    )
    cited = {citation.document_id for citation in result.out_of_force_citations}
    known = validities(store, cited) if cited else {}
    return replace(
        result, hits=tuple(hits), out_of_force_citations=nearest_expressions(result.out_of_force_citations, last, known)
    )


def _days(value: str) -> tuple[str, str]:
    """Return the first and last day of a period in ISO 8601."""
    first, last = (str(day) for day in period_of(value))
    return f"{first[:4]}-{first[4:6]}-{first[6:]}", f"{last[:4]}-{last[4:6]}-{last[6:]}"


def hit_expression(
    document: str, work: Work | None, first: str, last: str = "", unit: str = "", since: str = ""
) -> HitExpression | None:
    """Return the expression of ``work`` in a document, None without a work.

    ``in_force`` refers to the day ``first`` or, with ``last``, to the period up to it (ISO 8601, inclusive). ``unit``
    and ``since`` are label and first day of a wording with a period of its own.
    """
    if work is None:
        return None
    own = next(expression for expression in work.expressions if expression.document == document)
    start, wording = own.validity.start, validity_of_unit(own.validity, unit, since)
    same_language = [each.validity.start for each in work.expressions if each.language == own.language]
    starts = [day for day in same_language if day]
    return HitExpression(
        work=work.id,
        valid_from=wording.first_day,
        valid_to=wording.end,
        in_force=wording.within(first, last or first),
        older=sum(day < start for day in starts),
        later=sum(day > start for day in starts) if start else 0,
        others=len(work.expressions) - 1,
        text_of=wording.day_of_text,
    )
