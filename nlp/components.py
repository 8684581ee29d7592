"""Components of the annotation, each of which finds spans in an analysed text.

A text is a whole document, whose segments may be in several languages; language-dependent components work by segment.
:mod:`nlp.spacy_components` runs them as a pipeline of spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from nlp.annotations import Segment, Span, Unit
from nlp.citations.citations import find_citations
from nlp.concepts.concepts import find_concepts
from nlp.entities import legal_ner
from nlp.entities.dates import find_dates, writes_month_first
from nlp.entities.gazetteers import find_courts, find_gazetteer
from nlp.entities.identifiers import find_identifiers
from nlp.entities.money import find_money
from nlp.entities.name_lists import find_name_lists
from nlp.entities.names import find_names
from nlp.folding import Words, fold, folded_words
from nlp.language import UNDETERMINED
from nlp.language_model import SUPPORTED
from nlp.structure.unit_labels import line_end

# Longest request file (characters); longer documents are laws, which name only their own authorities.
_LETTER = 300_000
_HEADING_ENDS = frozenset(("", ".", ".-", ":"))
_TREATY = "ref:int:treaty:"

Finder = Callable[[str, str], list[Span]]


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text with what the components need of it.

    ``language`` is its main one, ``units`` its structure; by its type it is ``legislation``, a law or treaty, or a
    ``decision`` of a court.
    """

    text: str
    segments: tuple[Segment, ...]
    language: str
    jurisdiction: str
    units: tuple[Unit, ...]
    folded: str
    folded_words: Words
    legislation: bool = False
    decision: bool = False


def analysed(
    text: str,
    segments: tuple[Segment, ...],
    language: str,
    jurisdiction: str,
    units: tuple[Unit, ...] = (),
    *,
    legislation: bool = False,
    decision: bool = False,
) -> AnalysedText:
    """Return ``text`` with its folded form; segments, main language, jurisdiction, structure and type are given."""
    folded = fold(text)
    return AnalysedText(
        text, segments, language, jurisdiction, units, folded, folded_words(folded), legislation, decision
    )


def _by_segment(read: AnalysedText, find: Finder) -> Iterator[Span]:
    """Yield the results of ``find`` for each segment in its language; ``und`` stands for the document's language."""
    text = read.text
    for segment in read.segments:
        language = read.language if segment.label == UNDETERMINED else segment.label
        for span in find(text[segment.start : segment.end], language):
            yield replace(span, start=span.start + segment.start, end=span.end + segment.start)


def _citations(read: AnalysedText) -> Iterator[Span]:
    """Yield citations; the value of a treaty is its key, as in the gazetteer; its readings have the canonical id."""
    found = find_citations(
        read.text, jurisdiction=read.jurisdiction, language=read.language, units=read.units, decision=read.decision
    )
    for span in found:
        key = span.value.removeprefix(_TREATY).partition("#")[0]
        yield replace(span, value=key) if span.label == "TREATY" and span.value.startswith(_TREATY) else span


def _identifiers(read: AnalysedText) -> Iterator[Span]:
    yield from find_identifiers(read.text, jurisdiction=read.jurisdiction, language=read.language)


def _dates(read: AnalysedText) -> Iterator[Span]:
    month_first = writes_month_first(read.text, read.jurisdiction)
    yield from _by_segment(read, lambda text, _: find_dates(text, month_first=month_first))


def _money(read: AnalysedText) -> Iterator[Span]:
    yield from _by_segment(read, lambda text, language: find_money(text, language, read.jurisdiction))


def _names(read: AnalysedText) -> Iterator[Span]:
    yield from _by_segment(read, find_names)


def _name_lists(read: AnalysedText) -> Iterator[Span]:
    yield from find_name_lists(read.text)


def _gazetteer(read: AnalysedText) -> Iterator[Span]:
    yield from find_gazetteer(read.text, read.folded_words)


def _courts(read: AnalysedText) -> Iterator[Span]:
    """Yield courts and authorities; in a letter in all languages, because it names those of the other state."""
    if len(read.text) > _LETTER:
        yield from _by_segment(read, find_courts)
        return
    for language in SUPPORTED:
        yield from find_courts(read.text, language)


def _concepts(read: AnalysedText) -> Iterator[Span]:
    words: Words = read.folded_words
    for segment in read.segments:
        part = words.within(segment.start, segment.end)
        yield from find_concepts(read.text, part, segment.label, read.jurisdiction, folded=read.folded)


def _legal_ner(read: AnalysedText) -> Iterator[Span]:
    if (model := legal_ner.model()) is not None:
        found = legal_ner.find_entities(
            read.text, model, read.segments, read.jurisdiction, capitals_only=read.legislation
        )
        headings = {unit.start for unit in read.units}
        yield from (span for span in found if span.label != "LAW" or not _is_own_heading(read.text, span, headings))


def _is_own_heading(text: str, span: Span, headings: Collection[int]) -> bool:
    """Return whether a span is the heading of a unit of the text, alone on its line."""
    return span.start in headings and text[span.end : line_end(text, span.end)].strip() in _HEADING_ENDS


# Components in order. ``legal_ner`` is the trained model, which finds nothing where its files are not installed.
COMPONENTS: Mapping[str, Callable[[AnalysedText], Iterator[Span]]] = MappingProxyType(
    {
        "citations": _citations,
        "identifiers": _identifiers,
        "dates": _dates,
        "money": _money,
        "gazetteer": _gazetteer,
        "courts": _courts,
        "concepts": _concepts,
        "names": _names,
        "name_lists": _name_lists,
        "legal_ner": _legal_ner,
    }
)
