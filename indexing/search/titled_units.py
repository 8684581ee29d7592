"""Articles that a query names by their number and the title of their law ("art. 9 Ley contra la trata de personas")."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from indexing.access import AccessFilter
from indexing.engines.plan import Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.search.cited_units import CitedUnit, labels_of
from indexing.search.clauses import ClauseMaker
from indexing.search.query_tree import Run
from nlp.citations.pinpoints import Pinpoint, find_pinpoints
from nlp.folding import fold, words_of

_FEWEST_WORDS = 4  # of a title, or of the beginning of one
_READ = 50  # scopes whose titles are compared
_WORD = regex.compile(r"[\p{L}\d]")


def titled_units(text: str, language: str, access: AccessFilter, engine: Engine) -> tuple[CitedUnit, ...]:
    """Return the article with which a query begins or ends, in the laws whose title is the rest of it.

    ``language`` is that of the interface. The title may be shortened at its end, or be followed by further words.
    """
    pin = next((pin for pin in find_pinpoints(text) if _is_at_edge(text, pin)), None)
    if pin is None:
        return ()
    title = f"{text[: pin.start]} {text[pin.end :]}".strip()
    documents = tuple(dict.fromkeys(_titled(title, language, access, engine)))
    labels = tuple(label for item in pin.items for label in labels_of(item))
    return (CitedUnit(labels, documents=documents),) if documents and labels else ()


def _is_at_edge(text: str, pin: Pinpoint) -> bool:
    return not _WORD.search(text[: pin.start]) or not _WORD.search(text[pin.end :])


def _titled(title: str, language: str, access: AccessFilter, engine: Engine) -> Iterator[str]:
    """Yield the ids of the readable documents with a title that begins like ``title``, or that begins it."""
    words = _words(title)
    if len(words) < _FEWEST_WORDS:
        return
    match = ClauseMaker(language, 0, False).clause(Run(title))
    for part in readable_partitions(access):
        plan = Plan(part.partition, part.collections, match, limit=_READ, limits=part.limits)
        for ranked in engine.search(plan).ranked:
            other = _words(ranked.shown.title)
            common = min(len(words), len(other))
            if common >= _FEWEST_WORDS and words[:common] == other[:common]:
                yield ranked.shown.document_id


def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(fold(text)).forms)
