"""False friend filter: excludes hits under the same word with another meaning, and explains why.

``secuestro`` is a kidnapping or a seizure; ``trafic des êtres humains`` is smuggling in one country. If the concept of
a query shares a word with another concept, hits tagged with the other concept alone are excluded and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from indexing.engines.plan import Clause, Keyword, Must, MustNot
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.request import FalseFriendNotice
from nlp.concepts.false_friends import FalseFriend, ambiguous_words, false_friends_of
from nlp.concepts.layer import broader_concepts, concept


class FalseFriendFilter:
    """Filter for the concept of a query; ``terms`` are the ambiguous words of the query with their false friends."""

    def __init__(self, concept_id: str, terms: Mapping[str, FalseFriend]) -> None:
        self._terms = terms
        friends = false_friends_of(concept_id)
        self._meant = _with_near(concept_id) - {code for friend in friends for code in _never(friend, concept_id)}
        self._others = tuple((friend, _others(friend, concept_id) - self._meant) for friend in friends)
        self._left_out: dict[str, FalseFriend] = {}

    def other_meanings(self) -> Iterator[tuple[FalseFriend, Clause]]:
        """Yield each false friend with a clause for the scopes that have only its other meanings."""
        meant = MustNot(Keyword("concept", tuple(sorted(self._meant))))
        for friend, others in self._others:
            if others:
                yield friend, Must((Keyword("concept", tuple(sorted(others))), meant))

    def about_another(self, scope_ids: Iterable[str]) -> Iterator[tuple[FalseFriend, Clause]]:
        """Yield the same for those of ``scope_ids`` alone."""
        among = Keyword("scope_id", tuple(scope_ids))
        for friend, clause in self.other_meanings():
            yield friend, Must((among, clause))

    def leave_out(self, scope_id: str, friend: FalseFriend) -> None:
        """Record a scope as excluded because of a false friend."""
        self._left_out.setdefault(scope_id, friend)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The ids of the scopes excluded so far."""
        return tuple(self._left_out)

    def notices(self) -> tuple[FalseFriendNotice, ...]:
        """Return notices of the ambiguous words of the query and of those that caused exclusions.

        Exclusions by a word of another language with the same meaning as one of the query ("séquestration" and
        "secuestro") are counted with the latter.
        """
        terms = dict(self._terms)
        left_out = [self._query_term(friend) for friend in self._left_out.values()]
        for friend in left_out:
            if friend not in terms.values():
                terms[" / ".join(term for of_language in friend.terms.values() for term in of_language)] = friend
        return tuple(
            FalseFriendNotice(term, dict(friend.note), sum(other is friend for other in left_out), _readings(friend))
            for term, friend in terms.items()
        )

    def _query_term(self, friend: FalseFriend) -> FalseFriend:
        """Return the false friend in the query that shares a meaning with ``friend``, else ``friend``."""
        own = self._terms.values()
        same = (other for other in own if other.concepts() & friend.concepts())
        return friend if friend in own else next(same, friend)


def _readings(friend: FalseFriend) -> tuple[str, ...]:
    named = (*(meaning.concept for meaning in friend.meanings), friend.excluded_concept)
    return tuple(dict.fromkeys(code for code in named if code))


def false_friend_filter(text: str, language: str, names: ConceptExpansion | None) -> FalseFriendFilter | None:
    """Return the filter for a query with the concepts ``names``, None if they are unknown."""
    if names is None:
        return None
    languages = (language,) if language else ("es", "pt", "en", "fr")
    words = {word.term: word.friend for code in languages for word in ambiguous_words(text, code)}
    return FalseFriendFilter(names.matches[0].concept, words)


def _with_near(concept_id: str) -> frozenset[str]:
    """Return a concept with its broader, narrower and related ones (a seizure and a search)."""
    entry = concept(concept_id)
    return frozenset((concept_id, *broader_concepts(concept_id), *entry.narrower, *entry.related))


def _never(friend: FalseFriend, concept_id: str) -> frozenset[str]:
    """Return the concepts that a false friend excludes for this concept even if they are close to it."""
    if friend.excluded_concept == concept_id:
        return friend.concepts()
    return frozenset({friend.excluded_concept} - {""})


def _others(friend: FalseFriend, concept_id: str) -> frozenset[str]:
    """Return the other meanings of a false friend with their broader and narrower concepts."""
    meanings = {*friend.concepts(), friend.excluded_concept} - {"", concept_id}
    return frozenset(code for other in meanings for code in (other, *broader_concepts(other), *concept(other).narrower))
