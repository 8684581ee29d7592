"""False friends kept apart: which of a search's hits are about another thing under the same word, and why.

``secuestro`` is a kidnapping and a seizure, ``trafic des êtres humains`` smuggling in one country. Where the concept of
a question shares a word with another, hits that speak of the other alone are left out and counted, and the word is
explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from indexing.engine import Shown
from indexing.own_names import OwnNames
from indexing.results import FalseFriendTold
from nlp.concept_layer import broader_concepts, concept
from nlp.concepts import find_concepts
from nlp.false_friends import FalseFriend, ambiguous_words, false_friends_of
from nlp.lexicon import words_of


class Apart:
    """Keeps what is ``asked`` apart from the ``others`` that share a word with it, each with what explains it."""

    def __init__(self, asked: str, terms: Mapping[str, FalseFriend]) -> None:
        self._terms = terms
        self._meant = _with_near(asked)
        self._others = {
            near: friend
            for friend in false_friends_of(asked)
            for other in {*friend.concepts(), friend.kept_apart} - {"", asked}
            for near in _with_near(other) - self._meant
        }
        self._left_out: dict[str, FalseFriend] = {}

    def leaves_out(self, scope: Shown, text: str) -> bool:
        """Tell whether a scope, shown by ``text``, speaks of another thing alone; it is counted, once."""
        if not self._others:
            return False
        said = _concepts("\n".join((scope.title, *scope.path, text)), scope.language, scope.jurisdiction)
        if not said.isdisjoint(self._meant):
            return False
        friend = next((friend for other, friend in self._others.items() if other in said), None)
        if friend:
            self._left_out[scope.scope_id] = friend
        return friend is not None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The scopes that are left out so far."""
        return tuple(self._left_out)

    def told(self) -> tuple[FalseFriendTold, ...]:
        """Return the ambiguous words of the question and those by which hits were left out, each explained."""
        left_out = [*self._left_out.values()]
        terms = dict(self._terms)
        for friend in left_out:
            if friend not in terms.values():
                terms[" / ".join(term for of_language in friend.terms.values() for term in of_language)] = friend
        return tuple(
            FalseFriendTold(term, dict(friend.note), sum(one is friend for one in left_out), _readings(friend))
            for term, friend in terms.items()
        )


def _readings(friend: FalseFriend) -> tuple[str, ...]:
    named = (*(meaning.concept for meaning in friend.meanings), friend.kept_apart)
    return tuple(dict.fromkeys(code for code in named if code))


def apart(text: str, language: str, names: OwnNames | None) -> Apart | None:
    """Return what keeps the false friends of a question apart, None where nothing is known of what it asks."""
    if names is None:
        return None
    spoken = (language,) if language else ("es", "pt", "en", "fr")
    words = {word.term: word.friend for one in spoken for word in ambiguous_words(text, one)}
    return Apart(names.matches[0].concept, words)


def _with_near(asked: str) -> frozenset[str]:
    """Return a concept with what it falls under, what it holds and what stands beside it (a seizure and a search)."""
    found = concept(asked)
    return frozenset((asked, *broader_concepts(asked), *found.narrower, *found.related))


@lru_cache(maxsize=10_000)
def _concepts(text: str, language: str, jurisdiction: str) -> frozenset[str]:
    return frozenset(span.value for span in find_concepts(text, words_of(text), language, jurisdiction))
