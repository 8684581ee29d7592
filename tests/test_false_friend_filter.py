"""Notices and filter of false friends in search results."""

from __future__ import annotations

import pytest

from indexing.search.false_friend_filter import FalseFriendFilter
from nlp.concepts.false_friends import FalseFriend, ambiguous_words


def friend(text: str, language: str) -> FalseFriend:
    (found,) = ambiguous_words(text, language)
    return found.friend


@pytest.mark.parametrize(
    ("asked", "language", "other", "of", "told"),
    [
        ("secuestro", "es", "séquestre", "fr", ["secuestro"]),
        ("secuestro", "es", "sequestro", "pt", ["secuestro"]),
        ("secuestro", "es", "embargos", "pt", ["secuestro", "embargos"]),
    ],
)
def test_a_word_of_another_language_with_the_same_meanings_is_counted_and_not_explained(
    asked: str, language: str, other: str, of: str, told: list[str]
) -> None:
    apart = FalseFriendFilter("KIDN", {asked: friend(asked, language)})
    apart.leave_out("a:1", friend(other, of))
    assert [one.term for one in apart.notices()] == told
    assert sum(one.left_out for one in apart.notices()) == 1
