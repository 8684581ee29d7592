"""Confusion of false friends in search: ``python -m benchmarks.false_friends [--home FOLDER]``.

``false_friends.yaml`` lists queries, the country searched and the concept that the words do not mean there. An error is
a hit among the first ten that is tagged with this concept and not with one of the query. The laws are those indexed by
``retrieval.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from benchmarks.comparative import CACHE
from indexing.installation import Installation, open_installation
from indexing.search.request import Hit, SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from nlp.concepts.query import concepts_of_query

LISTED = Path(__file__).parent / "false_friends.yaml"
FIRST = 10
LIMIT = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=CACHE / "home", help="an installation that contains the laws")
    installation = open_installation(Settings(home=parser.parse_args().home))
    rows = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    mixed = empty = 0
    for row in rows:
        hits, wrong = _hits(installation, row)
        mixed += bool(wrong)
        empty += not hits
        if wrong:
            listed = ", ".join(f"{hit.source} {hit.unit}" for hit in wrong)
            print(f"{row['query']} ({row['country'] or 'all'}), not {row['forbidden']}: {listed}")
    installation.close()
    print(
        f"{len(rows) - mixed}/{len(rows)} without the forbidden concept among the first {FIRST}; {empty} find nothing"
    )
    sys.exit(1 if mixed else 0)


def _hits(installation: Installation, row: Mapping[str, str]) -> tuple[list[Hit], list[Hit]]:
    """Return the first hits of a row, and those tagged with the forbidden concept only."""
    country = {"jurisdiction": (row["country"],)} if row["country"] else {}
    found = search(installation, SearchRequest(row["query"], country, language=row["language"], limit=FIRST))
    forbidden = _about(installation, row["forbidden"], country)
    meant = {
        place
        for match in concepts_of_query(row["query"], row["language"], 2)
        for place in _about(installation, match.concept, country)
    }
    return [*found.hits], [hit for hit in found.hits if _place(hit) in forbidden - meant]


def _about(
    installation: Installation, concept: str, country: Mapping[str, tuple[str, ...]]
) -> set[tuple[str, str, int]]:
    request = SearchRequest("", {"concept": (concept,), **country}, limit=LIMIT)
    return {_place(hit) for hit in search(installation, request).hits}


def _place(hit: Hit) -> tuple[str, str, int]:
    return hit.document_id, hit.unit, hit.start


if __name__ == "__main__":
    main()
