"""What a query asks for and the collection does not have: a concept in its provisions, the laws of a State.

Hits with the words and those near in meaning are then no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from extraction.resource import load
from indexing.engines.plan import Keyword, Must, Plan
from indexing.engines.protocol import Engine
from indexing.search.concept_expansion import ConceptExpansion
from nlp.concepts.layer import LANGUAGES, concept
from nlp.concepts.query import content_of
from nlp.document_kinds import national_law_types
from nlp.folding import fold, stem


def asked_concept(text: str, names: ConceptExpansion | None) -> str:
    """Return the concept of which ``text`` is the name, without words that say more; ``""`` if there is none.

    A question how an offence is punished ("Qué pena tiene el robo") is its name too.
    """
    if not names or not names.is_stated or not names.matches[0].label:
        return ""
    named = names.matches[0]
    own = {*named.words}
    whole = any(
        content_of(text, language).distinctive <= own | stems_beside_name(named.concept, language)
        for language in LANGUAGES
    )
    return named.concept if whole else ""


def stems_beside_name(code: str, language: str) -> frozenset[str]:
    """Return the stems of the words that may stand beside the name of a concept."""
    return _punishing(language) if concept(code).penal else frozenset()


@cache
def _punishing(language: str) -> frozenset[str]:
    words: str = load("indexing.provision_order")["penalty_questions"][language]
    return frozenset(stem(fold(word), language) for word in words.split())


def is_absent(code: str, plans: Iterable[Plan], engine: Engine) -> bool:
    """Return whether no scope within the filters of ``plans`` is about a concept or a narrower one."""
    about = Keyword("concept", (code, *concept(code).narrower))
    counted = (replace(plan, match=about, pinned=(), limit=0, facets=(), after="") for plan in plans)
    return not any(engine.search(plan).total for plan in counted)


def states_without_law(states: Iterable[str], plans: Sequence[Plan], engine: Engine) -> tuple[str, ...]:
    """Return those of ``states`` of which no readable document is a law, whatever the filters of ``plans``."""
    return tuple(state for state in states if not _has_law(state, plans, engine))


def _has_law(state: str, plans: Sequence[Plan], engine: Engine) -> bool:
    law = Must((Keyword("jurisdiction", (state,)), Keyword("document_type", national_law_types())))
    counted = (replace(plan, match=law, filters=(), pinned=(), limit=0, facets=(), after="") for plan in plans)
    return any(engine.search(plan).total for plan in counted)
