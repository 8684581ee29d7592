"""Recognises countries, a date in force, or a personal name in the words of a query.

Each is applied as a filter or name and returned, so that the user sees it and can have it searched as words instead.
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
    """Return the query with recognised filters or name, and what was recognised.

    Only queries of bare words without operators are interpreted. Fields in ``as_words`` are not recognised; for fields
    already used in the request (``taken``) the words are removed but no filter is added.
    """
    if not isinstance(query.tree, Run):
        return query, ()
    text = query.tree.text
    if PERSON not in as_words and (parts := person_name(text)):
        return replace(query, tree=Name(text, parts)), (Recognised(PERSON, (" ".join(parts),), text),)
    mentions = [*_mentions(text, as_words)]
    rest = _without(text, [mention for _, mention in mentions])
    if not mentions or not _has_content(rest):
        return query, ()
    added = tuple(_joined(text, mentions))
    fields = tuple(Field(each.field, each.values) for each in added if each.field not in taken)
    return replace(query, text=rest, tree=Run(rest), fields=(*query.fields, *fields)), added


def recognised_fields(recognised: Iterable[Recognised]) -> tuple[Field, ...]:
    """Return the recognised filters that were applied."""
    return tuple(Field(each.field, each.values) for each in recognised if each.applied and each.field != PERSON)


def _mentions(text: str, as_words: Collection[str]) -> Iterable[tuple[str, Mention]]:
    if FIELD not in as_words and (day := in_force_mention(text)):
        yield FIELD, day
    if COUNTRY not in as_words:
        yield from ((COUNTRY, mention) for mention in country_mentions(text))


def _joined(text: str, mentions_found: Iterable[tuple[str, Mention]]) -> Iterable[Recognised]:
    """Yield one recognised filter per field, with all its values."""
    by_field: dict[str, list[Mention]] = {}
    for field, mention in mentions_found:
        by_field.setdefault(field, []).append(mention)
    for field, mentions in by_field.items():
        values = dict.fromkeys(value for mention in mentions for value in mention.values)
        yield Recognised(field, tuple(values), " ".join(text[mention.start : mention.end] for mention in mentions))


def _without(text: str, mentions: Iterable[Mention]) -> str:
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return " ".join(text.split())


def _has_content(text: str) -> bool:
    return any(word not in stop_words() for word in content_words(text)) if text else False
