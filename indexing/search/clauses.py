"""Engine-neutral clauses from a query tree.

A word is searched by its lemma in each of the four languages (documents are lemmatised in their own) and by its folded
form; variants with ``n`` for ``ñ`` have a lower weight. Of bare words, few are all required, of many most. Clauses of
a period in force distinguish certain and unknown validity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from extraction.errors import RogatioError
from indexing.analysis.folding import fold
from indexing.analysis.lemmas import LEMMA_LANGUAGES, lemma
from indexing.analysis.tokens import analyse, exact_form, other_tilde, written_otherwise
from indexing.engines.plan import (
    CONTEXT,
    EXACT,
    LEMMA,
    PLAIN,
    Alternatives,
    Clause,
    ConstantScore,
    DateRange,
    Everything,
    Keyword,
    Must,
    MustNot,
    Phrase,
    Proximity,
    Should,
    Term,
    Wildcard,
)
from indexing.records.validity import LAST_DAY, day, last_day_of, read_day, today
from indexing.search.query_tree import (
    And,
    Field,
    Literal,
    Name,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    Quoted,
    Run,
    content_words,
    phrase_words,
    positive,
    stop_words,
)
from indexing.search.request import TAG

_OTHER_LANGUAGE = 0.9
_OTHER_TILDE = 0.3
_CONTEXT = 1.5  # weight of headings; on statutes of six countries nDCG@10 is 0.29 without them and 0.37 with them
_TILDES = 3
_OTHER_SPELLING = 0.9  # a word of the other norm of Portuguese
_ALL_UP_TO = 3
_ALL_WORDS = 100.0
_NOTHING = Keyword("document_id", ())
RELAXATIONS = 3
# Words between the parts of a name: particles ("de la"), or further names omitted in the query.
_PARTICLES, NAMES_BETWEEN = 3, 6
_ANY_ORDER_UP_TO = 4  # the embedded engine searches more words only in the given order


@dataclass(frozen=True, slots=True)
class ClauseMaker:
    """Converts query nodes; ``language`` is that of the query or ``""``, ``strict`` requires every bare word.

    ``relaxed`` is the relaxation step (0 to ``RELAXATIONS``); above 0 fewer words are required, and hits with all words
    rank first.
    """

    language: str = ""
    relaxed: int = 0
    strict: bool = False

    def clause(self, node: Node) -> Clause:
        """Return the clause of a query node."""
        match node:
            case Run(text, typed):
                own = self._run(text)
                return Should((own, self._as_typed(typed))) if typed else own
            case Literal(text):
                return Phrase(EXACT, tuple((word,) for word in analyse(text).exact) or (("",),))
            case Quoted(text, gap):
                return self._quoted(text, gap)
            case Pattern(text):
                return Wildcard(PLAIN, fold(text))
            case Name(_, parts):
                return _name(parts)
            case Field():
                return field_clause(node)
            case And(parts):
                return Must(tuple(self.clause(part) for part in parts))
            case Or(parts):
                return Should(tuple(self.clause(part) for part in parts))
            case Not(part):
                return MustNot(ClauseMaker(self.language, 0, True).clause(part))

    def word(self, exact: str) -> Alternatives:
        """Return the searched forms of a word, given in its exact form."""
        plain = fold(exact)
        lemmas = {lemma(exact, code): self._weight(code) for code in reversed(self._languages())}
        terms = [Term(PLAIN, plain), *(Term(LEMMA, value, weight) for value, weight in lemmas.items())]
        terms += [Term(PLAIN, other, _OTHER_TILDE) for other in other_tilde(plain)[:_TILDES]]
        terms += [Term(LEMMA, lemma(other, "pt"), _OTHER_SPELLING) for other in written_otherwise(exact, self.language)]
        if not self.strict:
            terms += [Term(CONTEXT, value, weight * _CONTEXT) for value, weight in lemmas.items()]
        return Alternatives(tuple(terms))

    def _languages(self) -> tuple[str, ...]:
        """Return the four languages, the query's own first."""
        first = (self.language,) if self.language in LEMMA_LANGUAGES else ()
        return (*first, *(code for code in LEMMA_LANGUAGES if code not in first))

    def _weight(self, code: str) -> float:
        return 1.0 if self.language in {code, ""} else _OTHER_LANGUAGE

    def _run(self, text: str) -> Clause:
        words = [self.word(exact) for exact in content_words(text)]
        if not words:
            return _NOTHING
        if len(words) == 1:
            return words[0]
        if self.strict:
            return Must(tuple(words))
        most = Should(tuple(words), self._minimum(len(words)))
        return Should((ConstantScore(Must(tuple(words)), _ALL_WORDS), most)) if self.relaxed else most

    def _as_typed(self, text: str) -> Clause:
        """Return the clause for all words of a text with abbreviations, each of them as one: ``LA/FT`` is a phrase."""
        parts = (words for part in text.split() if (words := phrase_words(part)) and not stop_words().issuperset(words))
        return Must(tuple(Phrase(PLAIN, tuple((word,) for word in words)) for words in parts))

    def _minimum(self, count: int) -> int:
        """Return how many of ``count`` words are required at the present relaxation."""
        shares = (1.0 if count <= _ALL_UP_TO else 0.75, 0.6, 0.34, 0.0)
        return max(1, int(count * shares[self.relaxed] + 0.5))

    def _quoted(self, text: str, gap: int | None) -> Clause:
        if gap is None:
            return Phrase(PLAIN, tuple((word,) for word in phrase_words(text)) or (("",),))
        exact = analyse(text).exact
        words = [word for word in exact if fold(word) not in stop_words()] or exact
        places = tuple(tuple(dict.fromkeys(lemma(word, code) for code in self._languages())) for word in words)
        return Proximity(LEMMA, places or (("",),), gap)


def _name(parts: tuple[str, ...]) -> Clause:
    """Return the clause for a personal name: all parts close to each other, adjacent ones first, accents folded.

    Names may begin with the given name or the surnames, which is a rotation of the parts.
    """
    places = tuple((plain, *other_tilde(plain)[:1]) for part in parts for plain in analyse(part).plain)
    orders = [places[at:] + places[:at] for at in range(len(places))] if len(places) > _ANY_ORDER_UP_TO else [places]
    close, apart = (
        Should(tuple(Proximity(PLAIN, order, gap) for order in orders)) for gap in (_PARTICLES, NAMES_BETWEEN)
    )
    return Should((ConstantScore(close, _ALL_WORDS), apart))


def field_clause(field: Field) -> Clause:
    """Return the filter clause of a field; its values are alternatives."""
    if field.name == "year":
        return Should(tuple(_years(value) for value in field.values))
    if field.name == FIELD:
        return in_force_clause(field.values)
    if field.name == TAG:
        return Keyword("document_id", field.documents)
    return Keyword(field.name, field.values)


def _years(value: str) -> Clause:
    first, dots, last = value.partition("..")
    if not dots:
        return Keyword("year", (value,))
    return DateRange(day(first) or 0, (day(last) or 9999_0000) + 1231 if len(last) <= 4 else day(last))


def passage_clauses(query: Query, language: str) -> Clause | None:
    """Return the clause by which the passage of a hit is chosen, None for a query without words."""
    maker = ClauseMaker(language, RELAXATIONS)
    clauses: list[Clause] = []
    for leaf in positive(query.tree):
        clauses.append(maker.clause(leaf))
        if isinstance(leaf, (Literal, Quoted)):
            clauses += [maker.word(exact_form(word)) for word in content_words(leaf.text)]
    return Should(tuple(clauses)) if clauses else None


FIELD = "in_force"
TODAY, UNKNOWN, ANY = "today", "unknown", "any"
# First and last day of a period as YYYYMMDD, both inclusive.
Period: TypeAlias = tuple[int, int]
_YEAR_OR_MONTH = re.compile(r"((?:1[5-9]|20)\d{2})(?:-(0[1-9]|1[0-2]))?")


def in_force_clause(values: Iterable[str]) -> Clause:
    """Return the filter ``in_force`` of days, months, years, ``today``, ``unknown`` and ``any``, as alternatives.

    ``unknown`` are expressions without a first day in force, and texts of a day that may have been amended since.
    Combined with days, it adds those that may be in force on one of them and are not texts of a later day. Raises
    ``indexing.no_such_time_in_force`` for any other value.
    """
    requested = set(values)
    periods = [period_of(value) for value in sorted(requested - {ANY, UNKNOWN})]
    without_a_day = Keyword("validity", (UNKNOWN,))
    clauses: list[Clause] = [surely_in_force(period) for period in periods]
    if UNKNOWN in requested:
        of_other_days = Must(tuple(Should((surely_not_in_force(period), _of_later_day(period))) for period in periods))
        clauses.append(Must((without_a_day, MustNot(of_other_days))) if periods else without_a_day)
    if ANY in requested:
        clauses.append(Everything())
    return Should(tuple(clauses))


def period_of(value: str) -> Period:
    """Return the period of a day, ``today``, a month (``2015-03``) or a year.

    Raises ``indexing.no_such_time_in_force`` for any other value.
    """
    if date := read_day(today() if value == TODAY else value):
        return day(date), day(date)
    if whole := _YEAR_OR_MONTH.fullmatch(value.strip()):
        return day(f"{whole[1]}-{whole[2] or '01'}-01"), day(last_day_of(whole[0]))
    raise RogatioError("indexing.no_such_time_in_force", value=value[:80])


def surely_in_force(period: Period) -> Clause:
    """Return the clause for expressions certainly in force on a day of the period."""
    first, last = period
    return Must((DateRange(1, last, "valid_from"), DateRange(first + 1, LAST_DAY, "valid_to")))


def surely_not_in_force(period: Period) -> Clause:
    """Return the clause for expressions certainly not in force on any day of the period."""
    first, last = period
    return Should((DateRange(last + 1, LAST_DAY, "possible_from"), surely_over(first)))


def _of_later_day(period: Period) -> Clause:
    """Return the clause for expressions of which the first known day is after the period."""
    return DateRange(period[1] + 1, LAST_DAY, "valid_from")


def surely_over(at: int) -> Clause:
    """Return the clause for expressions certainly no longer in force on a day (YYYYMMDD)."""
    return DateRange(1, at, "possible_to")


def undecided(period: Period) -> Clause:
    """Return the clause for expressions of which it is unknown whether they are in force in the period."""
    return Must(
        (
            Keyword("validity", ("known", "unknown")),
            MustNot(surely_not_in_force(period)),
            MustNot(surely_in_force(period)),
        )
    )
