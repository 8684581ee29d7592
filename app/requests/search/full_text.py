"""Free words of a search over request files, looked for in the texts of the letters."""

from __future__ import annotations

from dataclasses import replace

from app.requests.schema import REQUEST_TYPES
from indexing.access import AccessFilter
from indexing.engines.plan import Plan
from indexing.installation import Installation
from indexing.search.lexical_retrieval import plans_of
from indexing.search.parser import parse
from indexing.search.query_citations import QueryCitations
from indexing.search.request import SearchRequest

MAX_FOUND = 10_000
"""Letters with the words, of which more are left out."""
_AT_ONCE = 500


def letters_with(installation: Installation, access: AccessFilter, words: str) -> set[str]:
    """Return the ids of the requests that ``access`` allows and whose text has all ``words``, in any of their forms.

    Words in quotation marks are looked for as a phrase. Raises what ``parse`` does.
    """
    asked = SearchRequest(words, filters={"document_type": REQUEST_TYPES}, mode="words", limit=_AT_ONCE)
    found = set[str]()
    for plan in plans_of(asked, parse(words), access, 0, QueryCitations()):
        found |= _documents(installation, plan, MAX_FOUND - len(found))
    return found


def _documents(installation: Installation, plan: Plan, most: int) -> set[str]:
    found = set[str]()
    while len(found) < most:
        hits = installation.engine.search(plan).ranked
        found |= {hit.shown.document_id for hit in hits}
        if len(hits) < plan.limit:
            break
        plan = replace(plan, after=hits[-1].cursor)
    return found
