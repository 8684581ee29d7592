"""A concept that a query names and no provision is about: its words and what is near in meaning are no answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexing.engines.plan import Keyword, Plan
from indexing.engines.protocol import Engine
from indexing.search.concept_expansion import ConceptExpansion
from nlp.concepts.layer import LANGUAGES, concept
from nlp.concepts.query import content_of


def asked_concept(text: str, names: ConceptExpansion | None) -> str:
    """Return the concept of which ``text`` is the name, without words that say more; ``""`` if there is none."""
    if not names or not names.is_stated or not names.matches[0].label:
        return ""
    named = names.matches[0]
    whole = any(content_of(text, language).distinctive <= {*named.words} for language in LANGUAGES)
    return named.concept if whole else ""


def is_absent(code: str, plans: Iterable[Plan], engine: Engine) -> bool:
    """Return whether no scope within the filters of ``plans`` is about a concept or a narrower one."""
    about = Keyword("concept", (code, *concept(code).narrower))
    counted = (replace(plan, match=about, pinned=(), limit=0, facets=(), after="") for plan in plans)
    return not any(engine.search(plan).total for plan in counted)
