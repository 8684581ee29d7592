"""Suggests a similar query that finds something, from readable text only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from indexing.analysis.folding import fold
from indexing.analysis.tokens import analyse
from indexing.engines.plan import PLAIN, Fuzzy, Plan
from indexing.engines.protocol import Engine
from indexing.records.record import RecordKind
from indexing.search.clauses import ClauseMaker
from indexing.search.query_tree import Pattern, Query, content_words, positive

_MIN_CORRECTED_LENGTH = 4
_LONG_WORD = 7


def suggest_query(query: Query, plans: list[Plan], engine: Engine, finds: Callable[[str], bool]) -> str:
    """Return the most similar query that ``finds`` something, ``""`` if there is none.

    ``plans`` include the access filter, so no word is suggested from text that the user may not see.
    """
    return next((text for text in _candidates(query, plans, engine) if text != query.text and finds(text)), "")


def _candidates(query: Query, plans: list[Plan], engine: Engine) -> Iterator[str]:
    leaves = [leaf for leaf in positive(query.tree) if not isinstance(leaf, Pattern)]
    words = list(dict.fromkeys(word for leaf in leaves for word in content_words(leaf.text)))
    corrected = query.text
    known: list[str] = []
    for word in words[:12]:
        if _is_indexed(word, plans, engine):
            known.append(word)
        elif other := _corrected(word, plans, engine):
            corrected = re.sub(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", other, corrected)
            known.append(other)
    yield corrected
    yield " ".join(leaf.text for leaf in leaves)
    yield " ".join(known)
    yield " OR ".join(known)


def _is_indexed(word: str, plans: list[Plan], engine: Engine) -> bool:
    match = ClauseMaker().word(word)
    return any(
        engine.search(replace(plan, match=match, pinned=(), filters=(), facets=(), limit=1)).total for plan in plans
    )


def _corrected(word: str, plans: list[Plan], engine: Engine) -> str:
    """Return the indexed word most similar to ``word``, at edit distance 1, or 2 for a long word; else ``""``."""
    plain = fold(word)
    if len(plain) < _MIN_CORRECTED_LENGTH or any(letter.isdigit() for letter in plain):
        return ""
    for distance in (1, 2) if len(plain) >= _LONG_WORD else (1,):
        forms = [form for plan in plans for form in _forms(plan, Fuzzy(PLAIN, plain, distance), engine)]
        close = [(SequenceMatcher(None, fold(form), plain).ratio(), form) for form in dict.fromkeys(forms)]
        best = max(close, default=(0.0, ""))
        if best[0] >= 1 - (distance + 1) / len(plain):
            return best[1]
    return ""


def _forms(plan: Plan, match: Fuzzy, engine: Engine) -> tuple[str, ...]:
    """Return the words of passages that match ``match``."""
    similar = replace(plan, match=match, pinned=(), filters=(), facets=(), limit=3, after="", sort="relevance")
    scopes = [ranked.shown for ranked in engine.search(similar).ranked]
    divided = tuple(scope.scope_id for scope in scopes if scope.kind is RecordKind.SCOPE)
    passages = [*(engine.passages(similar, divided).values() if divided else ()), *scopes]
    return tuple(form for passage in passages for form in analyse(passage.text).exact)
