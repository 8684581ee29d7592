"""What the words of a query say that is no word to look for: countries, a day in force, the name of a person.

Each is read as a filter or a name and returned, so that a reader sees it and can have it searched as words instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from indexing.search.in_force_clauses import FIELD
from indexing.search.query_countries import Mention, country_mentions
from indexing.search.query_days import in_force_mention
from indexing.search.query_persons import person_name
from indexing.search.query_tree import Field, Name, Query, Run, content_words, stop_words
from indexing.search.request import COUNTRY, PERSON, Recognised


def recognise(
    query: Query, as_words: Collection[str] = (), taken: Collection[str] = ()
) -> tuple[Query, tuple[Recognised, ...]]:
    """Return the query with what its words say as fields or a name, and what was read so.

    Only bare words without operators are read. Fields of ``as_words`` are left as words; of fields that are asked for
    otherwise (``taken``) the words are left out and nothing is added.
    """
    if not isinstance(query.tree, Run):
        return query, ()
    text = query.tree.text
    if PERSON not in as_words and (parts := person_name(text)):
        return replace(query, tree=Name(text, parts)), (Recognised(PERSON, (" ".join(parts),), text),)
    found = [*_mentions(text, as_words)]
    left = _without(text, [mention for _, mention in found])
    if not found or not _says_anything(left):
        return query, ()
    added = tuple(_joined(text, found))
    fields = tuple(Field(one.field, one.values) for one in added if one.field not in taken)
    return replace(query, text=left, tree=Run(left), fields=(*query.fields, *fields)), added


def recognised_fields(recognised: Iterable[Recognised]) -> tuple[Field, ...]:
    """Return the filters that were applied."""
    return tuple(Field(one.field, one.values) for one in recognised if one.applied and one.field != PERSON)


def _mentions(text: str, as_words: Collection[str]) -> Iterable[tuple[str, Mention]]:
    if FIELD not in as_words and (day := in_force_mention(text)):
        yield FIELD, day
    if COUNTRY not in as_words:
        yield from ((COUNTRY, mention) for mention in country_mentions(text))


def _joined(text: str, found: Iterable[tuple[str, Mention]]) -> Iterable[Recognised]:
    """Yield what was recognised once a field, all countries together."""
    by_field: dict[str, list[Mention]] = {}
    for field, mention in found:
        by_field.setdefault(field, []).append(mention)
    for field, mentions in by_field.items():
        values = dict.fromkeys(value for mention in mentions for value in mention.values)
        yield Recognised(field, tuple(values), " ".join(text[one.start : one.end] for one in mentions))


def _without(text: str, mentions: Iterable[Mention]) -> str:
    for one in sorted(mentions, key=lambda one: -one.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    return " ".join(text.split())


def _says_anything(text: str) -> bool:
    return any(word not in stop_words() for word in content_words(text)) if text else False
