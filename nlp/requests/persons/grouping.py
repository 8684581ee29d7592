"""Mentions of one person or company brought together, and persons with like names told apart.

"Nuno Vaz" may be Nuno Vaz Filho again, or his father: a letter that names both in one sentence means two persons,
unless its words say that both are names of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.persons.parties import LEGAL, NATURAL, Mention, Party, name_words

# Characters between two names in which words tell that they are of two persons.
_REACH = 160

Names = frozenset[frozenset[str]]
"""Two names by their folded words."""


def grouped(text: str, mentions: Sequence[Mention]) -> list[Party]:
    """Return the parties of ``text`` in the order of their first mention.

    A name belongs to the party with all its words, in any order, that was mentioned last before it, unless the text
    tells the two apart. A single word without such a party is a party's only name ("Pargas", "Uxía").
    """
    full = [mention for mention in mentions if len(name_words(mention.name)) > 1 or mention.kind == LEGAL]
    different = names_told_apart(text, full)
    groups: list[list[Mention]] = []
    for mention in sorted(full, key=lambda mention: (-len(name_words(mention.name)), mention.start)):
        words = name_words(mention.name)
        same = [
            group
            for group in groups
            if group[0].kind == mention.kind and frozenset({words, name_words(group[0].name)}) not in different
        ]
        if group := _bearer(mention, same):
            group.append(mention)
        else:
            groups.append([mention])
    alone: dict[frozenset[str], list[Mention]] = {}
    for mention in mentions:
        if mention not in full and (words := name_words(mention.name)):
            (_bearer(mention, groups) or alone.setdefault(words, [])).append(mention)
    groups += alone.values()
    parties = [Party(group[0].kind, tuple(sorted(group, key=lambda mention: mention.start))) for group in groups]
    return sorted(parties, key=lambda party: party.mentions[0].start)


def _bearer(mention: Mention, groups: Sequence[list[Mention]]) -> list[Mention] | None:
    """Return the group with all words of a mention that was mentioned last before it, else the first one."""
    fitting = [group for group in groups if name_words(mention.name) <= name_words(group[0].name)]
    before = [group for group in fitting if min(other.start for other in group) < mention.start]
    if before:
        return max(before, key=lambda group: max(other.start for other in group if other.start < mention.start))
    return fitting[0] if fitting else None


def names_told_apart(text: str, mentions: Sequence[Mention]) -> frozenset[Names]:
    """Return the pairs of like names of which ``text`` says, or shows in one sentence, that they are of two persons."""
    natural = sorted((one for one in mentions if one.kind == NATURAL), key=lambda one: one.start)
    return frozenset(
        frozenset({name_words(first.name), name_words(second.name)})
        for first, second in pairwise(natural)
        if second.start - first.end < _REACH and _are_two(first, second, fold(text[first.end : second.start]))
    )


def _are_two(first: Mention, second: Mention, between: str) -> bool:
    """Return whether two like names with the words ``between`` them are of two persons."""
    one, other = name_words(first.name), name_words(second.name)
    if not (one < other or other < one) or _pattern("same").search(between):
        return False
    if _pattern("apart").search(_pattern("relation").sub(",", between)):
        return True
    return (one ^ other) <= _generations() and _pattern("sentence_end").search(between) is None


@cache
def _generations() -> frozenset[str]:
    """Return the words of a name that tell a son or father from his namesake, as in the matching of names, and more."""
    return frozenset((*load("nlp.linking")["suffixes"], *load("nlp.request_like_names")["generations"]))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_like_names")[name])
