"""Articles that a query names by their number and the title of their law ("art. 9 Ley contra la trata de personas")."""

from __future__ import annotations

from collections.abc import Iterator

from indexing.access import AccessFilter
from indexing.engines.plan import Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.search.cited_units import CitedUnit, labels_of
from indexing.search.clauses import ClauseMaker
from indexing.search.query_tree import Run
from nlp.citations.pinpoints import Pinpoint, find_pinpoints
from nlp.compiled_patterns import compiled
from nlp.folding import fold, words_of

_FEWEST_WORDS = 4  # of a title, or of the beginning of one
# A number that tells a law with fewer words before it ("Ley 1357"): no year.
_LAW_NUMBER = compiled(r"(?!(?:19|20)\d{2}$)\d{3,}")
_READ = 50  # scopes whose titles are compared
_NUMBER_SIGN = compiled(r"(?<!\w)(?:n[.ºo°]*|no\.|num\.?|numero|number)\s*(?=\d)")
_POINTED = compiled(r"(?<=\d)\.(?=\d{3}(?!\d))")
_WORD = compiled(r"[\p{L}\d]")


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
    if len(words) < _fewest(words):
        return
    match = ClauseMaker(language, 0, False).clause(Run(title))
    for part in readable_partitions(access):
        plan = Plan(part.partition, part.collections, match, limit=_READ, limits=part.limits)
        for ranked in engine.search(plan).ranked:
            if shares_title(title, ranked.shown.title):
                yield ranked.shown.document_id


def shares_title(named: str, title: str) -> bool:
    """Return whether a law of this ``title`` is ``named``: one begins like the other, up to its number at least."""
    words, other = _words(named), _words(title)
    common = min(len(words), len(other))
    return common >= _fewest(words) and words[:common] == other[:common]


def _fewest(words: tuple[str, ...]) -> int:
    """Return how many words of a title must be the same: those up to the number of the law, if it has one."""
    numbers = (place for place, word in enumerate(words, start=1) if _LAW_NUMBER.fullmatch(word))
    return min(_FEWEST_WORDS, max(2, next(numbers, _FEWEST_WORDS)))


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a title without the abbreviations of "number" and the points within numbers."""
    joined = _POINTED.sub("", _NUMBER_SIGN.sub(" ", fold(text)))
    return tuple(words_of(joined).forms)
