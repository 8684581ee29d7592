"""Penalties that an offence takes from another provision of its law ("puni des peines prévues à l'article 421-5").

Words are in ``indexing/resources/cited_penalties.yaml``; of several provisions the first is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from app.comparison.parts import parts_of
from app.comparison.table import Provision
from extraction.resource import load
from nlp.folding import fold
from nlp.provision_roles.classifier import BASIC


def cited_units(chosen: Sequence[Provision], about: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (document id, unit) of the provision whose penalty a basic offence without one of its own takes."""
    for offence in chosen:
        penalties = [part for part in parts_of(offence, about) if part.element == "penalty"]
        if offence.role != BASIC or any(one.unit for part in penalties for one in part.penalties):
            continue
        folded = fold(offence.text)
        for part in penalties:
            if found := _words(offence.language).search(folded, part.start, part.end):
                yield offence.document_id, f"art. {offence.text[found.start('number') : found.end('number')]}"
                break


@cache
def _words(language: str) -> regex.Pattern[str]:
    return regex.compile(load("indexing.cited_penalties").get(language, "(?!)"))
