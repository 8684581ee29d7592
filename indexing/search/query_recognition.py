"""Recognises countries, a time in force, or a personal name in the words of a query.

Examples: "confiscation in Brazil", "ley peruana", "blanqueo excepto España", "in force in 2015", "lavado en 2015".

Abbreviations of concepts ("TdP", "LA/FT") are spelled out.

Each is applied as a filter or name and returned, so that the user sees it and can have it searched as words instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from indexing.analysis.folding import fold as fold_word
from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.search.clauses import FIELD
from indexing.search.query_days import day_mention
from indexing.search.query_tree import And, Field, Name, Node, Not, Or, Query, Quoted, Run, content_words, stop_words
from indexing.search.request import ABBREVIATION, COUNTRY, PERSON, Recognised
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.concepts.abbreviations import find_abbreviations, spelled_out
from nlp.concepts.query import concepts_of_query
from nlp.entities.gazetteers import find_gazetteer, find_query_countries
from nlp.entities.person_names import is_given
from nlp.folding import Words, fold, words_of
from nlp.matching.rarity import is_surname

_FEWEST_PARTS, _MOST_PARTS = 2, 7
_LONG = 3
_FEWEST_OF_A_BODY = 3
_CONCEPT = 0.8  # score from which a text is a concept ("juicio de amparo", although Amparo is a given name)
_NAME_CHARACTERS = compiled(r"[\p{L}\p{M}'’.\- ]+(?:,[\p{L}\p{M}'’.\- ]+)?")
_WORD = compiled(r"(?:\p{L}['’](?=\p{L}))?(\p{L}[\p{L}\p{M}]*)(\.?)")


def recognise(
    query: Query, as_words: Collection[str] = (), taken: Collection[str] = ()
) -> tuple[Query, tuple[Recognised, ...]]:
    """Return the query with recognised filters or name, and what was recognised.

    Only queries of bare words without operators are interpreted, besides a negated country. Fields in ``as_words`` are
    not recognised; for fields already used in the request (``taken``) the words are removed but no filter is added.
    """
    if not isinstance(query.tree, Run):
        return (query, ()) if COUNTRY in (*as_words, *taken) else _negated(query)
    text = query.tree.text
    if PERSON not in as_words and (parts := person_name(text)):
        return replace(query, tree=Name(text, parts)), (Recognised(PERSON, (" ".join(parts),), text),)
    mentions = [*_mentions(text, as_words)]
    rest = _without(text, [mention for _, mention in mentions])
    if not mentions or not _has_content(rest):
        return query, ()
    added = tuple(_joined(text, mentions))
    used = [each for each in added if each.field not in taken]
    fields = tuple(Field(each.field, each.values) for each in used if not each.excluded)
    excluded = tuple(Not(Field(each.field, each.values)) for each in used if each.excluded)
    tree = And((Run(rest), *excluded)) if excluded else Run(rest)
    return replace(query, text=rest, tree=tree, fields=(*query.fields, *fields)), added


def spell_out(query: Query, language: str = "") -> tuple[Query, tuple[Recognised, ...]]:
    """Return the query with the abbreviations in its bare words spelled out, and each of them.

    Texts are searched for an abbreviation too, unless its letters are also a word ("dei").
    """
    if query.tree is None:
        return query, ()
    added: list[Recognised] = []
    tree = _spelled_out(query.tree, language, added)
    return (replace(query, tree=tree, text=spelled_out(query.text, language)), tuple(added)) if added else (query, ())


def _spelled_out(node: Node, language: str, added: list[Recognised]) -> Node:
    match node:
        case Run(text) if found := find_abbreviations(text, language):
            added += [Recognised(ABBREVIATION, one.long, one.text) for one in found]
            return Run(spelled_out(text, language), "" if any(one.is_word for one in found) else text)
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_spelled_out(part, language, added) for part in parts))
        case _:
            return node


def recognised_fields(recognised: Iterable[Recognised]) -> tuple[Field, ...]:
    """Return the recognised filters that were applied."""
    filters = (each for each in recognised if each.applied and not each.excluded)
    return tuple(Field(each.field, each.values) for each in filters if each.field not in (PERSON, ABBREVIATION))


def _negated(query: Query) -> tuple[Query, tuple[Recognised, ...]]:
    """Return the query with negated names of countries as filters: ``blanqueo -España``, ``blanqueo NOT España``."""
    if not isinstance(query.tree, And):
        return query, ()
    parts, added = list[Node](), list[Recognised]()
    for part in query.tree.parts:
        text = part.part.text if isinstance(part, Not) and isinstance(part.part, Run | Quoted) else ""
        country = next((span.value for span in find_query_countries(text) if _is_whole(span, text)), "")
        parts.append(Not(Field(COUNTRY, (country,))) if country else part)
        added += [Recognised(COUNTRY, (country,), text, excluded=True)] if country else []
    return replace(query, tree=And(tuple(parts))), tuple(added)


def _is_whole(span: Span, text: str) -> bool:
    return span.label == "COUNTRY" and (span.start, span.end) == (0, len(text))


def _mentions(text: str, as_words: Collection[str]) -> Iterable[tuple[str, Mention]]:
    if FIELD not in as_words and (day := day_mention(text)):
        yield FIELD, Mention((day.value,), day.start, day.end)
    if COUNTRY not in as_words:
        yield from ((COUNTRY, mention) for mention in country_mentions(text))


def _joined(text: str, mentions_found: Iterable[tuple[str, Mention]]) -> Iterable[Recognised]:
    """Yield one recognised filter per field, with all its values, and one of those that are excluded."""
    by_field: dict[tuple[str, bool], list[Mention]] = {}
    for field, mention in mentions_found:
        by_field.setdefault((field, mention.excluded), []).append(mention)
    for (field, excluded), mentions in by_field.items():
        values = dict.fromkeys(value for mention in mentions for value in mention.values)
        words = " ".join(text[mention.start : mention.end] for mention in mentions)
        yield Recognised(field, tuple(values), words, excluded=excluded)


def _without(text: str, mentions: Iterable[Mention]) -> str:
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return " ".join(text.split())


def _has_content(text: str) -> bool:
    return any(word not in stop_words() for word in content_words(text)) if text else False


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a query interpreted as a filter: values and the range of the text; ``excluded``: all but these."""

    values: tuple[str, ...]
    start: int
    end: int
    excluded: bool = False


def country_mentions(text: str) -> tuple[Mention, ...]:
    """Return the countries to which ``text`` is restricted, each with the preceding preposition.

    The result is empty for a query about a relation between states ("extradición de España a Colombia"); a letter is of
    the first State ("carta rogatoria de Colombia a España"). Nationalities of persons, companies or currencies
    are ignored, as is a country outside of which an act was done.
    """
    words = words_of(text)
    mentions: list[Mention] = []
    for span in find_query_countries(text):
        first = next(number for number, bounds in enumerate(words.bounds) if bounds[1] > span.start)
        before = _Before(words, first, mentions[-1] if mentions else None)
        if before.is_relation:
            return tuple(mentions) if _letter().search(fold(text)) else ()
        if span.label != "COUNTRY":
            mentions += [] if _is_a_belonging(words, first, span) else [Mention((span.value,), span.start, span.end)]
        elif negation := _excluding().search(folded := fold(text[: span.start])):
            if not _abroad().search(folded):
                mentions.append(Mention((span.value,), negation.start(), span.end, excluded=True))
        else:
            excluded = before.is_joined and mentions[-1].excluded
            mentions.append(Mention((span.value,), before.start, span.end, excluded=excluded))
    return tuple(mentions)


@cache
def _excluding() -> regex.Pattern[str]:
    """Return the pattern of the words before a country that exclude it, with an article ("fuera del", "except the")."""
    return _before_country("|".join(load("indexing.query_recognition")["countries"]["excluding"]))


@cache
def _letter() -> regex.Pattern[str]:
    """Return the pattern of words for letters from one State to another."""
    return compiled(rf"(?<!\w)(?:{load('indexing.query_recognition')['countries']['letters']})(?!\w)")


@cache
def _abroad() -> regex.Pattern[str]:
    """Return the pattern of an act done outside a country, whose law may punish it: the country is no filter."""
    return _before_country(load("indexing.query_recognition")["countries"]["abroad"])


def _before_country(words: str) -> regex.Pattern[str]:
    """Return the pattern of the expression ``words`` at the end of a text, with the article of the country behind."""
    articles = "|".join(load("indexing.query_recognition")["countries"]["articles"])
    return compiled(rf"(?<!\w)(?:{words})\s+(?:(?:{articles})\s+)?$")


class _Before:
    """The words before word ``first``: an article, and a preposition or a conjunction after the mention ``last``."""

    def __init__(self, words: Words, first: int, last: Mention | None) -> None:
        at = first
        if at and words.forms[at - 1] in _listed("articles"):
            at -= 1
        word = words.forms[at - 1] if at else ""
        self.is_joined = word in _listed("joining") and last is not None and words.bounds[at - 2][1] == last.end
        self.is_relation = word in _listed("relation")
        if self.is_joined or word in _listed("of"):
            at -= 1
        self.start = words.bounds[at][0]


def _is_a_belonging(words: Words, first: int, span: Span) -> bool:
    """Return whether a nationality is adjacent to a person, company or currency."""
    following = next((number for number, bounds in enumerate(words.bounds) if bounds[0] >= span.end), len(words))
    adjacent = (*words.forms[max(0, first - 1) : first], *words.forms[following : following + 1])
    return not _listed("belongings").isdisjoint(adjacent)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("indexing.query_recognition")["countries"][name])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a possible name; ``given``: a given name, ``ordinary``: a dictionary word."""

    text: str
    given: bool
    ordinary: bool

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()


def person_name(text: str) -> tuple[str, ...]:
    """Return the parts of the personal name in ``text`` without titles, particles and initials; empty if it is none.

    A name has two to seven parts and begins or ends with a given name; if all parts are capitalised, parts in no
    dictionary suffice. If the other parts are ordinary words, three parts or an unusual given name are required, and a
    final given name counts only after a comma.
    """
    text = text.strip()
    words = _words(text)
    if not _FEWEST_PARTS <= len(words) <= _MOST_PARTS or not _NAME_CHARACTERS.fullmatch(text):
        return ()
    if not _is_a_name(words, text) or _is_something_else(text):
        return ()
    return tuple(word.text for word in words)


def is_proper_name(text: str) -> bool:
    """Return whether a text is written like the name of an institution or two surnames: its words in title case.

    Articles and prepositions do not count. Two words are surnames if one of them is known as such or is in no
    dictionary.
    """
    words = [word for word, _ in _WORD.findall(text) if fold(word) not in stop_words()]
    if not words or text.isupper() or not all(word[0].isupper() for word in words):
        return False
    if len(words) < _FEWEST_OF_A_BODY:
        return len(words) == _FEWEST_PARTS and _has_surname(words) and not _is_something_else(text)
    return True


def _has_surname(words: Iterable[str]) -> bool:
    return any(is_surname(fold_word(word)) or not is_in_a_dictionary(word.lower()) for word in words)


def _is_a_name(words: Sequence[_Word], text: str) -> bool:
    ordinary = sum(word.ordinary for word in words)
    capitals = all(word.has_capital for word in words)
    first, last = words[0].given, words[-1].given
    if capitals and (first or last or not ordinary):
        return True
    if not ordinary:
        return first or last
    if not first:
        return last and ordinary < len(words) - ("," not in text)
    unusual = not is_in_a_dictionary(words[0].text.lower())
    return ordinary < len(words) - 1 or len(words) >= _LONG or unusual


def _is_something_else(text: str) -> bool:
    """Return whether the text is a country, body, treaty or concept, or has the abbreviation of one."""
    if find_gazetteer(text, words_of(text)) or find_abbreviations(text):
        return True
    return any(match.label and match.score >= _CONCEPT for match in concepts_of_query(text, "", 1))


def _words(text: str) -> list[_Word]:
    """Return the words of a name; none if one of them excludes a name ("Tribunal", "Ley", "San")."""
    words: list[_Word] = []
    for word, stop in _WORD.findall(text):
        folded = fold_word(word)
        if folded in _linking("particles") or (stop and len(word) == 1) or (not words and folded in _linking("titles")):
            continue
        if folded in _no_names():
            return []
        given = is_given(folded)
        words.append(_Word(word, given, not given and is_in_a_dictionary(word.lower())))
    return words


@cache
def _linking(name: str) -> frozenset[str]:
    return frozenset(load("nlp.linking")[name])


@cache
def _no_names() -> frozenset[str]:
    return frozenset((*load("nlp.names")["not_names"], *load("indexing.query_recognition")["no_persons"]))
