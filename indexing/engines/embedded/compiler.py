"""Compiler from plan clauses to tantivy queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations, product

import tantivy
from tantivy import Occur, Query

from indexing.engines.embedded.schema import NEWEST, PASSAGE_LEMMA, PASSAGE_PLAIN
from indexing.engines.plan import (
    EXACT,
    PLAIN,
    Alternatives,
    Clause,
    ConstantScore,
    DateRange,
    Everything,
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

_ORDERED_ABOVE = 4
_PHRASES = 200


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles clauses for retrieval units, or for passages, which have no exact forms and no filter fields."""

    schema: tantivy.Schema
    passages: bool = False

    def compile(self, clause: Clause) -> Query:
        """Return the tantivy query of a clause."""
        match clause:
            case Term():
                return self._term(clause)
            case Alternatives(terms):
                return Query.disjunction_max_query([self._term(term) for term in terms], tie_breaker=0.1)
            case Phrase(field, places):
                return self._any([self._row(field, words) for words in _choices(places)])
            case Proximity():
                return self._near(clause)
            case Wildcard(field, pattern):
                return Query.regex_query(self.schema, self._field(field), _regex(pattern))
            case Fuzzy(field, value, distance):
                return Query.fuzzy_term_query(self.schema, self._field(field), value, distance)
            case Keyword(field, values, score):
                return Query.const_score_query(Query.term_set_query(self.schema, field, list(values)), score)
            case DateRange(first, last, field):
                column = NEWEST if field == "date" else field
                within = Query.range_query(self.schema, column, tantivy.FieldType.Integer, first, last)
                return Query.const_score_query(within, 0.0)
            case _:
                return self._compound(clause)

    def _compound(self, clause: Clause) -> Query:
        match clause:
            case Must(clauses):
                return self.all(clauses)
            case Should(clauses, minimum):
                should = [(Occur.Should, self.compile(part)) for part in clauses]
                return Query.boolean_query(should, minimum_number_should_match=minimum)
            case ConstantScore(favoured, score):
                return Query.const_score_query(self.compile(favoured), score)
            case MustNot(excluded):
                return Query.boolean_query([(Occur.Must, _everything()), (Occur.MustNot, self.compile(excluded))])
            case _:
                return _everything()

    def all(self, clauses: tuple[Clause, ...]) -> Query:
        """Return the conjunction of ``clauses``; exclusions are on the same level as the rest, which is faster."""
        parts: list[tuple[Occur, Query]] = []
        for clause in clauses:
            if isinstance(clause, MustNot):
                parts.append((Occur.MustNot, self.compile(clause.clause)))
            elif not isinstance(clause, Everything):
                parts.append((Occur.Must, self.compile(clause)))
        if not any(occur is Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, _everything()))
        return Query.boolean_query(parts)

    def _field(self, name: str) -> str:
        if not self.passages:
            return name
        return PASSAGE_PLAIN if name in {EXACT, PLAIN} else PASSAGE_LEMMA

    def _term(self, term: Term) -> Query:
        query = Query.term_query(self.schema, self._field(term.field), term.value, "freq")
        return query if term.boost == 1.0 else Query.boost_query(query, term.boost)

    def _row(self, field: str, words: tuple[str, ...], slop: int = 0) -> Query:
        if any(set(word) & {"*", "?"} for word in words):
            return Query.regex_phrase_query(self.schema, self._field(field), [_regex(word) for word in words], slop)
        if len(words) == 1:
            return self._term(Term(field, words[0]))
        return Query.phrase_query(self.schema, self._field(field), list(words), slop)

    def _near(self, near: Proximity) -> Query:
        orders = permutations(near.places) if len(near.places) <= _ORDERED_ABOVE else [near.places]
        rows = dict.fromkeys(words for places in orders for words in _choices(tuple(places)))
        return self._any([self._row(near.field, words, near.gap) for words in list(rows)[:_PHRASES]])

    def _any(self, queries: list[Query]) -> Query:
        return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)


def _everything() -> Query:
    return Query.const_score_query(Query.all_query(), 0.0)


def _choices(places: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Return the word sequences of a phrase with alternatives per position, at most ``_PHRASES``."""
    return [row for row, _ in zip(product(*places), range(_PHRASES), strict=False)]


def _regex(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
