"""Compiler from plan clauses to Elasticsearch queries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

from indexing.engines.elasticsearch.mapping import DATE, PASSAGE_LEMMA, PASSAGE_PLAIN
from indexing.engines.plan import (
    EXACT,
    PLAIN,
    Alternatives,
    Clause,
    ConstantScore,
    DateRange,
    Fuzzy,
    Keyword,
    Must,
    MustNot,
    Phrase,
    Proximity,
    Should,
    Term,
    Wildcard,
)

Body: TypeAlias = dict[str, Any]
EVERYTHING: Body = {"constant_score": {"filter": {"match_all": {}}, "boost": 0.0}}
_PHRASES = 200


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles clauses for retrieval units, or for passages, which have no field of exact forms."""

    passages: bool = False

    def compile(self, clause: Clause) -> Body:
        """Return the Elasticsearch query of a clause."""
        match clause:
            case Term():
                return self._term(clause)
            case Alternatives(terms):
                return {"dis_max": {"queries": [self._term(term) for term in terms], "tie_breaker": 0.1}}
            case Phrase():
                return self._phrase(clause)
            case Proximity(field, places, gap):
                return self._intervals(field, places, gap, ordered=False)
            case Wildcard(field, pattern):
                return {"wildcard": {self._field(field): {"value": pattern}}}
            case Fuzzy(field, value, distance):
                return {"fuzzy": {self._field(field): {"value": value, "fuzziness": distance}}}
            case Keyword(field, values, score):
                return {"constant_score": {"filter": {"terms": {field: list(values)}}, "boost": score}}
            case DateRange(first, last, field):
                within = {"range": {DATE if field == "date" else field: {"gte": first, "lte": last}}}
                return {"constant_score": {"filter": within, "boost": 0.0}}
            case _:
                return self._compound(clause)

    def _compound(self, clause: Clause) -> Body:
        match clause:
            case Must(clauses):
                return {"bool": {"must": [self.compile(part) for part in clauses]}}
            case Should(clauses, minimum):
                should = [self.compile(part) for part in clauses]
                return {"bool": {"should": should, "minimum_should_match": minimum}}
            case ConstantScore(favoured, score):
                return {"constant_score": {"filter": self.compile(favoured), "boost": score}}
            case MustNot(excluded):
                return {"bool": {"must": [EVERYTHING], "must_not": [self.compile(excluded)]}}
            case _:
                return EVERYTHING

    def _field(self, name: str) -> str:
        if not self.passages:
            return name
        return PASSAGE_PLAIN if name in {EXACT, PLAIN} else PASSAGE_LEMMA

    def _term(self, term: Term) -> Body:
        return {"term": {self._field(term.field): {"value": term.value, "boost": term.boost}}}

    def _phrase(self, phrase: Phrase) -> Body:
        """Return a scoring phrase query, or an intervals query if a position has a wildcard."""
        if any(set(word) & {"*", "?"} for place in phrase.places for word in place):
            return self._intervals(phrase.field, phrase.places, 0, ordered=True)
        rows = [row for row, _ in zip(product(*phrase.places), range(_PHRASES), strict=False)]
        field = self._field(phrase.field)
        return {"dis_max": {"queries": [{"match_phrase": {field: " ".join(row)}} for row in rows]}}

    def _intervals(self, field: str, places: tuple[tuple[str, ...], ...], gap: int, ordered: bool) -> Body:
        parts = [{"any_of": {"intervals": [_interval(word) for word in place]}} for place in places]
        rule = {"all_of": {"intervals": parts, "max_gaps": gap, "ordered": ordered}}
        return {"intervals": {self._field(field): rule}}


def _interval(word: str) -> Body:
    if set(word) & {"*", "?"}:
        return {"wildcard": {"pattern": word}}
    return {"match": {"query": word}}
