"""Notices and filter of false friends in search results."""

from __future__ import annotations

import pytest

from indexing.search.concept_expansion import expand_concepts
from indexing.search.false_friend_filter import FalseFriendFilter, false_friend_filter
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


@pytest.mark.parametrize(
    ("query", "concept"),
    [
        ("misbehaviour in public office", "ABUSEOFF"),
        ("conspiracy to defraud", "CONSPIR"),
        ("public nuisance", "DANGER"),
    ],
)
def test_an_offence_at_common_law_is_explained_and_leaves_nothing_out(query: str, concept: str) -> None:
    found = false_friend_filter(query, "", expand_concepts(query, ""))
    assert found
    (notice,) = found.notices()
    assert "common law" in notice.note["en"]
    assert notice.readings == (concept,)
    assert list(found.other_meanings()) == []


def test_a_word_of_one_false_friend_alone_is_explained_by_it() -> None:
    found = false_friend_filter("concussão", "", expand_concepts("concussão", ""))
    assert found
    (notice,) = found.notices()
    assert (notice.term, notice.readings[0]) == ("concussão", "EXACT")
    assert "English concussion" in notice.note["en"]
