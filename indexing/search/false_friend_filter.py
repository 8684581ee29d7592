"""False friend filter: hits under the same word with another meaning, and the reason.

``secuestro`` is a kidnapping and a seizure, ``trafic des êtres humains`` smuggling in one country. Where the concept of
a question shares a word with another, hits that are about the other alone, as they are tagged, are left out and
counted, and the word is explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from indexing.engines.plan import Clause, Keyword, Must, MustNot
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.request import FalseFriendNotice
from nlp.concepts.false_friends import FalseFriend, ambiguous_words, false_friends_of
from nlp.concepts.layer import broader_concepts, concept


class FalseFriendFilter:
    """Keeps what is ``asked`` apart from what shares a word with it; ``terms`` are such words of the question."""

    def __init__(self, asked: str, terms: Mapping[str, FalseFriend]) -> None:
        self._terms = terms
        friends = false_friends_of(asked)
        self._meant = _with_near(asked) - {code for friend in friends for code in _never(friend, asked)}
        self._others = tuple((friend, _others(friend, asked) - self._meant) for friend in friends)
        self._left_out: dict[str, FalseFriend] = {}

    def about_another(self, scope_ids: Iterable[str]) -> Iterator[tuple[FalseFriend, Clause]]:
        """Yield by false friend what holds for those scopes that are about another thing alone."""
        among = Keyword("scope_id", tuple(scope_ids))
        meant = MustNot(Keyword("concept", tuple(sorted(self._meant))))
        for friend, others in self._others:
            if others:
                yield friend, Must((among, Keyword("concept", tuple(sorted(others))), meant))

    def leave_out(self, scope_id: str, friend: FalseFriend) -> None:
        """Count a scope as left out because of a false friend, once."""
        self._left_out.setdefault(scope_id, friend)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The scopes that are left out so far."""
        return tuple(self._left_out)

    def told(self) -> tuple[FalseFriendNotice, ...]:
        """Return the ambiguous words of the question and those by which hits were left out, each explained.

        What is left out by a word of another language that means the same as one of the question ("séquestration"
        beside "secuestro") is counted with that one, which is explained.
        """
        terms = dict(self._terms)
        left_out = [self._asked_instead(friend) for friend in self._left_out.values()]
        for friend in left_out:
            if friend not in terms.values():
                terms[" / ".join(term for of_language in friend.terms.values() for term in of_language)] = friend
        return tuple(
            FalseFriendNotice(term, dict(friend.note), sum(one is friend for one in left_out), _readings(friend))
            for term, friend in terms.items()
        )

    def _asked_instead(self, friend: FalseFriend) -> FalseFriend:
        """Return the word of the question that has a meaning of ``friend``, else the friend itself."""
        own = self._terms.values()
        same = (one for one in own if one.concepts() & friend.concepts())
        return friend if friend in own else next(same, friend)


def _readings(friend: FalseFriend) -> tuple[str, ...]:
    named = (*(meaning.concept for meaning in friend.meanings), friend.kept_apart)
    return tuple(dict.fromkeys(code for code in named if code))


def false_friend_filter(text: str, language: str, names: ConceptExpansion | None) -> FalseFriendFilter | None:
    """Return what keeps the false friends of a question apart, None where nothing is known of what it asks."""
    if names is None:
        return None
    spoken = (language,) if language else ("es", "pt", "en", "fr")
    words = {word.term: word.friend for one in spoken for word in ambiguous_words(text, one)}
    return FalseFriendFilter(names.matches[0].concept, words)


def _with_near(asked: str) -> frozenset[str]:
    """Return a concept with what it falls under, what it holds and what stands beside it (a seizure and a search)."""
    found = concept(asked)
    return frozenset((asked, *broader_concepts(asked), *found.narrower, *found.related))


def _never(friend: FalseFriend, asked: str) -> frozenset[str]:
    """Return the concepts that a false friend keeps apart from what is asked, near as they may be otherwise."""
    if friend.kept_apart == asked:
        return friend.concepts()
    return frozenset({friend.kept_apart} - {""})


def _others(friend: FalseFriend, asked: str) -> frozenset[str]:
    """Return what else a false friend may be taken for, with what that falls under and what it holds."""
    named = {*friend.concepts(), friend.kept_apart} - {"", asked}
    return frozenset(code for other in named for code in (other, *broader_concepts(other), *concept(other).narrower))
