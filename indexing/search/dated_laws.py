"""Laws that a query cites by their date alone ("loi du 14 mai 2020", "Ley de 8 de febrero de 2017")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexing.access import AccessFilter
from indexing.engines.plan import DateRange, Keyword, Must, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.records.validity import day
from nlp.annotations import Reading
from nlp.citations.query import CitedInQuery
from nlp.compiled_patterns import compiled
from nlp.document_kinds import is_legislation

_BY_DATE = compiled(r"ref:[^:]+:[^:#]+:(?P<date>\d{4}-\d{2}-\d{2})(?P<unit>#.+)?")
_READ = 200


def with_laws_of_date(cited: CitedInQuery, access: AccessFilter, engine: Engine) -> CitedInQuery:
    """Return the citation read as the laws of its date in the collection; unchanged if there are none.

    Laws of another language than that of the citation are none of them.
    """
    readings = tuple(dict.fromkeys(found for one in cited.readings for found in _of_date(one, access, engine)))
    return replace(cited, readings=readings) if readings else cited


def _of_date(reading: Reading, access: AccessFilter, engine: Engine) -> Iterator[Reading]:
    cited = _BY_DATE.fullmatch(reading.canonical)
    if not cited:
        return
    language = reading.rule.partition("_")[0]
    match = Must((DateRange(day(cited["date"]), day(cited["date"])), Keyword("language", (language,))))
    for part in readable_partitions(access):
        plan = Plan(part.partition, part.collections, match, limit=_READ, limits=part.limits)
        for ranked in engine.search(plan).ranked:
            shown = ranked.shown
            if is_legislation(shown.document_type) and reading.jurisdiction in ("", shown.jurisdiction):
                laws = (identity.partition("#")[0] for identity in shown.identity)
                for law in dict.fromkeys(laws):
                    yield replace(reading, canonical=law + (cited["unit"] or ""), jurisdiction=shown.jurisdiction)
